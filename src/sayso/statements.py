"""Statements: one attribution each, as spans of a text of record."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from sayso.reports import content_hash
from sayso.spans import Spans, check, surface

Form = Literal["direct", "mixed", "indirect", "block"]
Stance = Literal["affirm", "deny", "doubt", "want", "none"]
FORMS: Final[tuple[Form, ...]] = ("direct", "mixed", "indirect", "block")
STANCES: Final[tuple[Stance, ...]] = ("affirm", "deny", "doubt", "want", "none")


@dataclass(frozen=True, slots=True)
class Act:
    """What a cue does, with the stance it gives when plain and when negated."""

    name: str
    stance: Stance
    negated_stance: Stance
    definition: str
    example: str


@cache
def acts() -> dict[str, Act]:
    """The closed list of acts by name (acts.csv in the package)."""
    with (files("sayso.attribution") / "acts.csv").open(encoding="utf-8") as lines:
        return {
            row["act"]: Act(row["act"], row["stance"], row["negated_stance"], row["definition"], row["example"])  # type: ignore[arg-type]
            for row in csv.DictReader(lines)
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution. All but *content* may be empty; *parent* is an index into the same reading's statements."""

    source: Spans
    cue: Spans
    content: Spans
    quoted: Spans  # quoted stretches inside the content, marks included
    form: Form
    act: str
    negated: bool
    parent: int | None
    confidence: float

    @property
    def stance(self) -> Stance:
        """What the statement makes of the content for its speaker."""
        act = acts()[self.act]
        return act.negated_stance if self.negated else act.stance

    def id(self, report_id: str) -> str:
        """Hash of the report and the spans of the parts."""
        return content_hash(report_id, repr((self.source, self.cue, self.content)))

    def check(self, size: int) -> None:
        """Raise ValueError unless every span lies within a text of *size* characters and there is content."""
        if not self.content:
            raise ValueError("a statement needs content")
        for spans in (self.source, self.cue, self.content, self.quoted):
            check(spans, size)


def enclosing(statements: Sequence[Statement], index: int) -> list[int]:
    """Indices of the statements around *index*, from the outermost in, without it."""
    out: list[int] = []
    parent = statements[index].parent
    while parent is not None:
        out.append(parent)
        parent = statements[parent].parent
    return out[::-1]


def source_text(text: str, statement: Statement) -> str | None:
    """The words that name the speaker, or None where the statement names none."""
    return surface(text, statement.source) if statement.source else None
