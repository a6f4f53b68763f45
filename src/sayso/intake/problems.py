"""Problems: what could not be read, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read as a report."""

    origin: str  #: a path, a path and a line ("file.jsonl:7"), a pattern, or "-"
    reason: str  #: what is wrong with it, as the end of "ORIGIN: …"
    advice: str  #: what to do next


class UnreadableError(Exception):
    """Says inside the intake that the thing at hand is no report; becomes a Problem where its origin is known."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice

    def at(self, origin: str) -> Problem:
        return Problem(origin, self.reason, self.advice)
