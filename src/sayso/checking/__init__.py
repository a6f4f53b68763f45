"""Checking: is this quote what was said? Wordings held against transcripts."""
