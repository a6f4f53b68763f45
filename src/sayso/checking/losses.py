"""Losses: what a cut takes away with the words: a negation, a condition, a hedge, the subject."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from sayso.quotes.words import keys, words_of

Loss = Literal["negation", "condition", "hedge", "subject"]
LOSSES: Final[tuple[Loss, ...]] = ("negation", "condition", "hedge", "subject")


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], Loss], ...]]:
    """Words that a loss is told by, as they are compared (words.py), by their first; without a kind, those that only look like it."""
    out: dict[str, list[tuple[tuple[str, ...], Loss]]] = {}
    with (files("sayso.checking") / "losses.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            phrase = keys(words_of(row["words"]))
            out.setdefault(phrase[0], []).append((phrase, row["kind"]))  # type: ignore[arg-type]
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in out.items()}


@cache
def _words(name: str) -> frozenset[str]:
    lines = (files("sayso.checking") / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def losses_in(words: Sequence[str]) -> set[Loss]:
    """What is lost with *words*, which are keys as words.py makes them."""
    found: set[Loss] = set()
    i = 0
    while i < len(words):
        phrase, kind = next((p for p in _phrases().get(words[i], ()) if tuple(words[i : i + len(p[0])]) == p[0]), ((), None))
        found |= {kind} if kind else set()
        i += len(phrase) if phrase and not kind else 1
    return found


def opens_finite(word: str) -> bool:
    """Whether *word* begins a finite verb phrase, before which a subject stands."""
    return word in _words("finite_verbs.txt")


def reports(word: str) -> bool:
    """Whether *word* makes what follows somebody's words: says, claimed."""
    return word in _words("reporting_verbs.txt")
