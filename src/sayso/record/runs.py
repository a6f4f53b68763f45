"""Runs of reading: what is to be done in one, how far it is, and what it did."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Collection
from dataclasses import dataclass, field

from sayso.intake import Found, Problem
from sayso.reading import Reading
from sayso.record.inputs import Inputs
from sayso.reports import Publication, Report, content_hash


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading is, told after each report: inputs done of all, their bytes, and the report just done."""

    inputs_done: int
    inputs: int
    bytes_done: int
    bytes: int
    reports: int
    statements: int
    origin: str


@dataclass
class Summary:
    """What a run did.

    Reports read for the first time, already there, and brought up to date (text, facts or models had changed);
    statements in those read or brought up to date; and what could not be read.
    """

    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    statements: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in a run, at its place in it: a report to store, or an input that is done."""

    item: Found
    origin: str
    report: Report | None = None
    place: str = ""  # where the report stands in what was given: not where the record has it, if its line has moved
    alone: bool = True  # the report is all that its input holds
    reading: Reading | None = None  # where the record has one already
    whole: bool = False  # nothing in the input was a problem


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for one run of reading."""

    given: Publication
    languages: Collection[str] | None
    models: str
    inputs: Inputs
    summary: Summary

    @property
    def stamp(self) -> str:
        """Changes with all that decides, beside an input itself, what becomes of it."""
        wanted = ",".join(sorted(self.languages)) if self.languages is not None else "any"
        return content_hash(json.dumps(self.given.to_dict(), sort_keys=True), wanted)


def bug(origin: str, error: Exception) -> Problem:
    """What to say of a text that we failed on, with an *error* that nobody foresaw."""
    said = textwrap.shorten(": ".join(filter(None, (type(error).__name__, str(error)))), 200, placeholder=" …")
    return Problem(origin, f"sayso failed on this text ({said})", "report this as a bug of sayso, with the text")
