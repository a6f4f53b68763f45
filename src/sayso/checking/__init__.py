"""Checking: is this quotation what was said? Quotations held against transcripts."""

from sayso.checking.check import Check, check, check_quote
from sayso.checking.transcripts import Transcript, Turn, read_transcripts, transcript
from sayso.checking.verdicts import Difference, Finding

__all__ = ["Check", "Difference", "Finding", "Transcript", "Turn", "check", "check_quote", "read_transcripts", "transcript"]
