"""Pages, names and statements made by hand from a text's words, without a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from sayso.language.quotation import quoted_stretches
from sayso.language.tokens import tokenise
from sayso.mentions.mention import Entity
from sayso.mentions.names import names
from sayso.mentions.page import Page, lay_out
from sayso.mentions.phrases import Draft
from sayso.mentions.speakers import Found, gather, prepare, settle
from sayso.mentions.work import Work
from sayso.spans import Span
from sayso.statements import Statement

_KINDS = ("person", "organisation", "state", "place", "people", "other")
LABELS = ("O", *(f"{part}-{kind}" for kind in _KINDS for part in "BI"))
TRANSITIONS: dict[str, Any] = {"labels": LABELS, "begin": [0.0] * len(LABELS), "transition": [[0.0] * len(LABELS)] * len(LABELS)}

Said = tuple[str | None, str | None, str]  # the words of source, cue and content


def _page(text: str) -> Page:
    return lay_out(text, tokenise(text), quoted_stretches(text))


def _named(page: Page, known: Mapping[str, str]) -> list[Draft]:
    """The names that a network which is sure of *known* (kind by name) would find, wherever they stand; the longer ones first."""
    scores = np.zeros((len(page.words), len(LABELS)), np.float32)
    scores[:, 0] = 9
    free = [True] * len(page.words)
    for name, kind in sorted(known.items(), key=lambda item: -len(item[0])):
        words = [name[t.start : t.end] for t in tokenise(name)]
        for i in range(len(page.words) - len(words) + 1):
            j = i + len(words)
            if page.words[i:j] == words and all(free[i:j]):
                scores[i, LABELS.index(f"B-{kind}")] = 20
                scores[i + 1 : j, LABELS.index(f"I-{kind}")] = 20
                free[i:j] = [False] * len(words)
    return names(page, scores, TRANSITIONS)


def _statements(text: str, said: Sequence[Said]) -> list[Statement]:
    """Statements by their words, each sought from where the one before it in the list begins."""
    out: list[Statement] = []
    at = 0
    for source, cue, content in said:
        begin = min(text.index(words, at) for words in (source, cue, content) if words is not None)
        spans = []
        seek = begin
        for words in (content, source, cue) if text.startswith(content, begin) else (source, cue, content):
            found = None if words is None else text.index(words, seek)
            spans.append(() if found is None or words is None else ((found, found + len(words)),))
            seek = spans[-1][0][1] if spans[-1] else seek
        s, c, what = (spans[1], spans[2], spans[0]) if text.startswith(content, begin) else spans
        quoted = tuple((q.start, q.end) for q in quoted_stretches(text) if what[0][0] <= q.start and q.end <= what[0][1])
        out.append(Statement(s, c, what, quoted, "direct" if quoted == what else "mixed" if quoted else "indirect", "say", False, None, 1.0))
        at = begin
    return [replace(s, parent=_around(s, out)) for s in out]


def _around(s: Statement, all_of_them: Sequence[Statement]) -> int | None:
    (begin, end) = (s.cue or s.content)[0]
    inside = [k for k, o in enumerate(all_of_them) if o is not s and o.content[0][0] <= begin and end <= o.content[0][1]]
    return min(inside, key=lambda k: all_of_them[k].content[0][1] - all_of_them[k].content[0][0], default=None)


@dataclass
class Scene:
    """What the stage makes of a text."""

    page: Page
    work: Work
    found: Found
    statements: list[Statement]

    def words(self, span: Span) -> str:
        return self.page.text[span[0] : span[1]]

    def who(self, words: str, nth: int = 0) -> Entity | None:
        """The entity meant where *words* stand as a mention for the nth time; None: it is open."""
        at = -1
        for _ in range(nth + 1):
            at = self.page.text.index(words, at + 1)
        found = [m for m in self.found.mentions if m.span == (at, at + len(words))]
        return self.found.entities[found[0].entity] if found else None

    def name(self, words: str, nth: int = 0) -> str | None:
        entity = self.who(words, nth)
        return entity.name if entity else None

    def speakers(self, number: int = 0) -> list[str] | None:
        """The names of who makes a statement; None: it names nobody."""
        speaker = self.found.speakers[number]
        return None if speaker is None else [self.found.entities[n].name for n in speaker.entities]


def _read(text: str, known: Mapping[str, str], said: Sequence[Said] = ()) -> Scene:
    page = _page(text)
    statements = _statements(text, said)
    work = prepare(page, _named(page, known), statements)
    settle(work)
    return Scene(page, work, gather(work, statements), statements)


@pytest.fixture(scope="session")
def page() -> Callable[[str], Page]:
    """Lays out a text."""
    return _page


@pytest.fixture(scope="session")
def named() -> Callable[[Page, Mapping[str, str]], list[Draft]]:
    """Finds known names on a page."""
    return _named


@pytest.fixture(scope="session")
def read() -> Callable[..., Scene]:
    """Reads a text whose names are known, with its statements."""
    return _read


@pytest.fixture(scope="session")
def labels() -> tuple[str, ...]:
    """The tags of names."""
    return LABELS


@pytest.fixture(scope="session")
def transitions() -> dict[str, Any]:
    """Transition scores between the tags of names that allow all alike."""
    return TRANSITIONS
