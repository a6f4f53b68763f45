"""Stretches: what one report quotes, each piece once and with the statement of whoever speaks the words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.language.quotation import quoted_stretches
from sayso.quotes.words import Wording, words_of
from sayso.reports import Report, content_hash
from sayso.spans import Span, Spans, length
from sayso.statements import Statement

_SENTENCE_END: Final = re.compile(r"[.?!…][\"'”’»)\]]*\s*$")
_MARKS: Final = "\"'“”„‟‘’‚«»`"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One quoted stretch of one report. *spans*, marks apart, are characters of its text; several where the cue splits it.

    *speaker* is opaque: what tells speakers apart is given to the grouping. *published* is ISO 8601, None where unknown.
    """

    key: str
    report_id: str
    text_id: str
    statement_id: str
    spans: Spans
    text: str
    words: Wording
    speaker: Hashable = None
    published: str | None = None


def stretches_of(report: Report, statements: Sequence[Statement], speakers: Sequence[Hashable] = ()) -> list[Stretch]:
    """What *report* quotes, in order; *speakers*, one a statement, are those of the statements."""
    out = []
    for number, spans in quotations(report.text, statements):
        words = words_of(report.text, spans)
        if words:
            out.append(Stretch(
                content_hash(report.id, repr(spans)), report.id, report.text_id, statements[number].id(report.id), spans,
                " … ".join(report.text[a:b] for a, b in spans), words, speakers[number] if speakers else None, report.publication.published,
            ))  # fmt: skip
    return out


def quotations(text: str, statements: Sequence[Statement]) -> Iterator[tuple[int, Spans]]:
    """Number of a statement and the spans, marks apart, of each piece that it quotes, in the order of the text.

    A piece inside several statements belongs to the innermost that holds all of it: the others quote whoever quotes it. Pieces of
    a direct statement that its cue splits within a sentence are one. The whole content of a block quotation is quoted.
    """
    owners: dict[Span, tuple[int, int, int]] = {}
    for number, statement in enumerate(statements):
        if statement.form == "block":
            continue
        for span in _marked(text, statement.quoted):
            part = sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in statement.content)
            rank = (-part, length(statement.content), number)
            if span not in owners or rank < owners[span]:
                owners[span] = rank
    found: list[tuple[int, Spans]] = []
    last: dict[int, int] = {}
    for span in sorted(owners):
        number = owners[span][2]
        inner = _inner(text, *span)
        if inner[0] >= inner[1] or any(s.form == "block" and any(a <= inner[0] < b for a, b in s.content) for s in statements):
            continue
        before = found[last[number]][1] if number in last else None
        if before and statements[number].form == "direct" and _goes_on(text, before[-1][1], inner[0]):
            found[last[number]] = (number, (*before, inner))
        else:
            last[number] = len(found)
            found.append((number, (inner,)))
    found += [(number, statement.content) for number, statement in enumerate(statements) if statement.form == "block"]
    yield from sorted(found, key=lambda pair: (pair[1][0], pair[0]))


def _marked(text: str, quoted: Spans) -> Iterator[Span]:
    """The whole marked stretches of which *quoted* are parts."""
    if not quoted:
        return
    start = text.rfind("\n", 0, quoted[0][0]) + 1
    end = text.find("\n", quoted[-1][1])
    line = text[start : len(text) if end < 0 else end]
    stretches = [(s.start + start, s.end + start) for s in quoted_stretches(line)]
    for a, b in quoted:
        yield next(((s, e) for s, e in stretches if s <= a and b <= e), (a, b))


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a sentence runs on from a piece that ends at *end* into one that begins at *start*."""
    return not _SENTENCE_END.search(text[max(0, end - 8) : end]) and text[start].islower()


def _inner(text: str, start: int, end: int) -> Span:
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _MARKS or text[end - 1].isspace()):
        end -= 1
    return start, end
