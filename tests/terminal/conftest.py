"""Statements built by hand, by the words of their parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.spans import GAP, Spans
from sayso.statements import Form, Statement

Build = Callable[..., Statement]


def _spans(text: str, words: str, after: str) -> Spans:
    out = []
    position = text.index(after)
    for piece in words.split(GAP) if words else ():
        start = text.index(piece, position)
        position = start + len(piece)
        out.append((start, position))
    return tuple(out)


@pytest.fixture
def build() -> Build:
    """Makes a statement of *text* from the words of its parts; pieces of one part are joined by " … "."""

    def make(
        text: str,
        source: str,
        cue: str,
        content: str,
        *,
        form: Form = "indirect",
        act: str = "say",
        negated: bool = False,
        parent: int | None = None,
        confidence: float = 0.9,
        after: str = "",
    ) -> Statement:
        parts = (_spans(text, words, after) for words in (source, cue, content))
        return Statement(*parts, (), form, act, negated, parent, confidence)

    return make
