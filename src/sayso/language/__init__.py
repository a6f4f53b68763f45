"""Sentences, tokens and quoted stretches of a text of record: what a reader sees before it understands."""
