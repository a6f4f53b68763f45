"""Stretches: what one report quotes, each piece once and with the statement of whoever speaks the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.language.quotation import quoted_stretches
from sayso.quotes.words import Wording, words_of
from sayso.reports import Report, content_hash
from sayso.spans import Span, Spans, length, surface
from sayso.statements import Statement

_SENTENCE_END: Final = re.compile(r"[.?!…][\"'”’»)\]]*\s*$")
#: Between two pieces of one remark, in one paragraph, stand at most so many words of the reporter's. With 15, one of forty
#: pairs more in the story that this was set on was wrong, with 30 one of four.
_CUE_WORDS: Final = 8
_MARKS: Final = "\"'“”„‟‘’‚«»`"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One quoted stretch of one report. *spans*, marks apart, are characters of its text; several where the cue splits it.

    *speaker* is opaque: what tells speakers apart is given to the grouping. *published* is ISO 8601, None where unknown.
    """

    key: str
    report_id: str
    text_id: str
    statement_id: str | None  # None for marks in no statement: in a headline, a caption
    spans: Spans
    text: str
    words: Wording
    speaker: Hashable = None
    published: str | None = None
    remark: str = ""  # what is said in one go: stretches of one report with the same remark are parts of one utterance


def stretches_of(report: Report, statements: Sequence[Statement], speakers: Sequence[Hashable] = ()) -> list[Stretch]:
    """What *report* quotes, in order; *speakers*, one a statement, are those of the statements."""
    out: list[Stretch] = []
    remarks: dict[int, str] = {}
    owned = [(number, spans) for number, spans in quotations(report.text, statements)]
    for number, spans in sorted([*owned, *_unowned(report.text, [spans for _, spans in owned])], key=lambda pair: pair[1][0]):
        words = words_of(report.text, spans)
        if not words:
            continue
        key = content_hash(report.id, repr(spans))
        statement = None if number is None else statements[number].id(report.id)
        speaker = speakers[number] if speakers and number is not None else None
        remark = key if number is None else remarks.setdefault(number, key)
        if number is not None and remark == key and out and _goes_with(report.text, out[-1], speaker, spans[0][0]):
            remark = remarks[number] = out[-1].remark
        out.append(Stretch(
            key, report.id, report.text_id, statement, spans, surface(report.text, spans), words, speaker,
            report.publication.published, remark,
        ))  # fmt: skip
    return out


def _unowned(text: str, owned: Sequence[Spans]) -> Iterator[tuple[None, Spans]]:
    """Marked stretches that stand in no statement."""
    taken = sorted(span for spans in owned for span in spans)
    starts = [start for start, _ in taken]
    for stretch in quoted_stretches(text):
        place = bisect_right(starts, stretch.inner_start)
        if (place == 0 or taken[place - 1][1] <= stretch.inner_start) and (place == len(taken) or taken[place][0] >= stretch.inner_end):
            inner = _inner(text, stretch.inner_start, stretch.inner_end)
            if stretch.closed and inner[0] < inner[1]:
                yield None, (inner,)


def _goes_with(text: str, before: Stretch, speaker: Hashable, start: int) -> bool:
    """Whether what begins at *start* is of one remark with the stretch before: the same speaker, and nothing but a cue between (he added)."""
    between = text[before.spans[-1][1] : start]
    return speaker is not None and speaker == before.speaker and "\n" not in between and len(between.split()) <= _CUE_WORDS


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
