"""Errors that sayso raises: each says what is wrong, where, and what to do next."""

from __future__ import annotations


class SaysoError(Exception):
    """Base of all. *message* says what is wrong and where, *advice* what to do; str() gives both."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(f"{message}. {advice}" if advice else message)
        self.message = message
        self.advice = advice


class RecordError(SaysoError):
    """A record cannot be opened, read or written."""
