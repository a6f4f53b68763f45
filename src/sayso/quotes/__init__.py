"""Quotes: the wordings in which one utterance is carried, told from each other word by word."""
