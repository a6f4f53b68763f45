"""Tense: whether the clause around an expression of time tells of what was or of what is to come."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.dates.expression import Direction
from sayso.dates.lexicon import BREAK, contexts

#: How far, in tokens, the verb may stand before and after the expression.
_BEFORE = 14
_AFTER = 16
_ENDS = frozenset((";", "!", "?", BREAK, "“", "”", '"'))
#: Forms of the past that are no participles.
_FINITE = frozenset(("was", "were", "did", "had"))


def direction(words: Sequence[str], begin: int, end: int) -> Direction:
    """Tense of the clause around the tokens [begin, end) of *words* (folded): the nearest verb before it tells, else the one after."""
    left = _tense(words, range(begin - 1, max(-1, begin - 1 - _BEFORE), -1))
    if left is not None:
        return left
    return _tense(words, range(end, min(len(words), end + _AFTER))) or "near"


def _tense(words: Sequence[str], places: range) -> Direction | None:
    lists = contexts()
    weak: Direction | None = None
    for n, i in enumerate(places):
        word = words[i]
        if word in _ENDS or (word == "." and i and len(words[i - 1]) > 3):
            break
        if word == "but" and i and words[i - 1] == ",":
            break
        if word in lists["future"]:
            return "past" if words[max(0, i - 2) : i] == ["had", "been"] else "future"  # "had been scheduled"
        if word in lists["past"] or (len(word) > 4 and word.endswith("ed") and word not in lists["not_past"]):
            if n and i and words[i - 1] in ("to", "be", "is", "are", "being") and word not in _FINITE:
                continue
            return "past"
        if word == "to" and i and words[i - 1] in ("is", "are"):
            return "future"
        if word in lists["future_weak"]:
            weak = weak or "future"
    return weak
