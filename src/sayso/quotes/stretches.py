"""Stretches: what one report quotes, each piece once and with the statement of whoever speaks the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.language.quotation import quoted_stretches
from sayso.quotes.words import Wording, keys, words_of
from sayso.reports import Report, content_hash
from sayso.spans import Span, Spans, length, surface
from sayso.statements import Statement
from sayso.unions import Unions

_SENTENCE_END: Final = re.compile(r"[.?!…][\"'”’»)\]]*\s*$")
#: Between two pieces of one remark, in one paragraph, stand at most so many words of the reporter's. With 15, one of forty
#: pairs more in the story that this was set on was wrong, with 30 one of four.
_CUE_WORDS: Final = 8
#: The same where the first piece ends with a comma, so that what follows names its speaker, and the next begins a sentence of its own.
_CLAUSE_WORDS: Final = 40
_CLAUSE: Final = re.compile(r"[^\"“”„«»\n]{0,3}[\"”’»]?[^\"“”„«»\n]*(?P<end>[.,])\s*[\"'“‘„«`]{1,2}")
_CLAUSE_ENDS: Final = frozenset(",?!")
_SENTENCES: Final = re.compile(r"[a-z]{4}[.!?]\s+[^\W\d_]")
_REOPENED: Final = re.compile(r"\s*\n\s*[\"“„«'‘]{1,2}")
_SIGNATURE: Final = re.compile(r"[—–-] ?(?P<name>[^—–@\n]{2,60}) \(@\w{1,30}\)(?: [A-Z][a-z]{2,8} \d{1,2}, \d{4})?\s*$")
_LONGEST_SIGNATURE: Final = 140
_LINE: Final = re.compile(r"\S[^\n]*")
_MARGIN: Final = 4
#: A line that begins with so many words of a quotation, with so many of content, repeats it.
_PULLED: Final = 6
_PULLED_CONTENT: Final = 3
_DOUBLE_MARKS: Final = "\"“”„«»"
_MARKS: Final = "\"'“”„‟‘’‚«»`"


#: What one speaker is quoted with within so many days is of one occasion.
NEAR: Final = 3


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
    report_id, text_id = report.id, report.text_id  # each hashes the text
    owned = list(quotations(report.text, statements))
    blocks = sorted(span for statement in statements if statement.form == "block" for span in statement.content)
    posts = {post: name for post, name in _posts(report.text) if not _touches(blocks, post)}
    owned = [(n, spans) for n, spans in owned if not _touches(list(posts), (spans[0][0], spans[-1][1]))]
    taken = [*(spans for _, spans in owned), *((post,) for post in posts)]
    found = sorted([*owned, *((None, (post,)) for post in posts), *_unowned(report.text, taken)], key=lambda pair: pair[1][0])
    named = _named(report.text, statements, speakers) if posts else {}
    follows = _following(report.text, statements, speakers, [spans[0] for number, spans in found if number is None])
    out: list[Stretch] = []
    remarks = Unions[int]()  # of places in *out*, each known by the first one of its remark
    last: dict[int, int] = {}
    for number, spans in found:
        words = words_of(report.text, spans)
        if not words:
            continue
        key = content_hash(report_id, repr(spans))
        statement = None if number is None else statements[number].id(report_id)
        if number is not None:
            speaker = speakers[number] if speakers else None
        else:
            speaker = named.get(posts[spans[0]]) if spans[0] in posts else follows.get(spans[0])
        place = len(out)
        remarks.add(place)
        befores = [last[number]] if number is not None and number in last and _in_one(report.text, out[last[number]], spans[0][0]) else []
        if out and _goes_with(report.text, out[-1], speaker, spans[0][0]):
            befores.append(place - 1)
        for before in befores:
            remarks.join(before, place)
        out.append(Stretch(
            key, report_id, text_id, statement, spans, surface(report.text, spans), words, speaker, report.publication.published,
        ))  # fmt: skip
        if number is not None:
            last[number] = place
    known: defaultdict[int, set[Hashable]] = defaultdict(set)
    for place, stretch in enumerate(out):
        known[remarks.find(place)].add(stretch.speaker)
    for place, stretch in enumerate(out):
        head = remarks.find(place)
        told = known[head] - {None}
        speaker = next(iter(told)) if stretch.speaker is None and len(told) == 1 else stretch.speaker
        out[place] = replace(stretch, speaker=speaker, remark=out[head].key)
    return sorted([*out, *_pulled(report, statements, out)], key=lambda stretch: stretch.spans)


def _in_one(text: str, before: Stretch, start: int) -> bool:
    """Whether what begins at *start* goes on with a piece of the same statement: a paragraph with marks of its own is another remark."""
    between = text[before.spans[-1][1] : start]
    return "\n" not in between or _REOPENED.fullmatch(between) is not None


def _unowned(text: str, owned: Sequence[Spans]) -> Iterator[tuple[None, Spans]]:
    """Marked stretches that stand in no statement."""
    taken = sorted(span for spans in owned for span in spans)
    starts = [start for start, _ in taken]
    for stretch in quoted_stretches(text):
        place = bisect_right(starts, stretch.inner_start)
        if (place == 0 or taken[place - 1][1] <= stretch.inner_start) and (place == len(taken) or taken[place][0] >= stretch.inner_end):
            inner = _inner(text, stretch.inner_start, stretch.inner_end)
            # marks that open a paragraph and do not close are closed in a later one
            opens = stretch.start == 0 or text[stretch.start - 1] == "\n"
            if (stretch.closed or opens) and inner[0] < inner[1]:
                yield None, (inner,)


def _following(text: str, statements: Sequence[Statement], speakers: Sequence[Hashable], spans: Sequence[Span]) -> dict[Span, Hashable]:
    """The speakers of those *spans* that are paragraphs of whole sentences: whoever speaks last in the paragraph before goes on."""
    lines = [match.start() for match in _LINE.finditer(text)]
    ends = [match.end() for match in _LINE.finditer(text)]
    last: dict[int, tuple[int, int, int]] = {}
    for number in range(min(len(statements), len(speakers))):
        parts = [*statements[number].source, *statements[number].cue, *statements[number].content]
        start, end = min(a for a, _ in parts), max(b for _, b in parts)
        line = bisect_right(lines, start) - 1
        if line >= 0 and end <= ends[line]:
            last[line] = max(last.get(line, (0, 0, 0)), (end, -start, -number))
    out: dict[Span, Hashable] = {}
    for start, end in spans:
        line = bisect_right(lines, start) - 1
        alone = line > 0 and start - lines[line] <= _MARGIN and end <= ends[line] <= end + _MARGIN
        if not alone or line - 1 not in last or not _SENTENCE_END.search(text[max(start, end - 8) : end]):
            continue
        if not (text[lines[line] : start] + text[end : ends[line]]).strip(_MARKS + " "):
            out[start, end] = speakers[-last[line - 1][2]]
    return out


def _touches(spans: Sequence[Span], other: Span) -> bool:
    """Whether *other* overlaps one of *spans*, which are sorted and do not overlap each other but by nesting at their start."""
    place = bisect_right(spans, (other[1] - 1, other[1]))
    return any(end > other[0] and start < other[1] for start, end in spans[max(0, place - 2) : place])


def _posts(text: str) -> Iterator[tuple[Span, str]]:
    """Posts as pages embed them, a line each without marks: the words, a dash, the name, the handle and mostly the day; and the last name."""
    start = 0
    for line in text.split("\n") if "(@" in text else ():
        signature = _SIGNATURE.search(line, max(0, len(line) - _LONGEST_SIGNATURE))
        if signature is not None:
            span = _inner(text, start, start + signature.start())
            if span[0] < span[1]:
                yield span, signature["name"].split()[-1]
        start += len(line) + 1


def _named(text: str, statements: Sequence[Statement], speakers: Sequence[Hashable]) -> dict[str, Hashable]:
    """Who mostly speaks under a last name in this report."""
    found: defaultdict[str, Counter[Hashable]] = defaultdict(Counter)
    for statement, speaker in zip(statements, speakers, strict=False):
        words = surface(text, statement.source).split()
        if words and speaker is not None and words[-1][0].isupper():
            found[words[-1]][speaker] += 1
    return {name: min(held, key=lambda speaker: (-held[speaker], repr(speaker))) for name, held in found.items()}


def _goes_with(text: str, before: Stretch, speaker: Hashable, start: int) -> bool:
    """Whether what begins at *start* is of one remark with the stretch before, of which the cue parts it (he added).

    Pieces by one speaker, with few words between; or one ends with a comma and the other follows the clause that names who speaks; or a
    paragraph ends without closing its marks and the next opens them again. Then a speaker who is not known is that of the other piece.
    """
    end = before.spans[-1][1]
    between = text[end:start]
    if speaker is not None and speaker == before.speaker and "\n" not in between and len(between.split()) <= _CUE_WORDS:
        return True
    if speaker is not None and before.speaker is not None and speaker != before.speaker:
        return False
    if "\n" in between:
        return bool(_REOPENED.fullmatch(between))
    if not (text[end - 1 : end] in _CLAUSE_ENDS or between[1:2] == ",") or len(between.split()) > _CLAUSE_WORDS:
        return False
    clause = _CLAUSE.fullmatch(between)
    # "…,” she said, although she also said, “Others …" is two
    return clause is not None and (clause["end"] == "." or text[start].islower()) and not _SENTENCES.search(between)


def _pulled(report: Report, statements: Sequence[Statement], marked: Sequence[Stretch]) -> Iterator[Stretch]:
    """Lines without marks that repeat what the report quotes, a speaker's name apart: pull quotes, captions."""
    runs: dict[tuple[str, ...], tuple[Stretch, int]] = {}
    for stretch in marked:
        wording = keys(stretch.words)
        for k in range(len(wording) - _PULLED + 1):
            runs.setdefault(wording[k : k + _PULLED], (stretch, k))
    inside = sorted(span for statement in statements if statement.form == "block" for span in statement.content)
    start = 0
    for line in report.text.split("\n") if runs else ():
        end = start + len(line)
        if not any(mark in line for mark in _DOUBLE_MARKS) and not _touches(inside, (start, end)):
            words = words_of(report.text, [(start, end)])
            wording = keys(words)
            found = runs.get(wording[:_PULLED])
            if found is not None:
                stretch, k = found
                size = _PULLED
                while size < len(wording) and k + size < len(stretch.words) and wording[size] == stretch.words[k + size].key:
                    size += 1
                if all(word.capital for word in words[size:]) and sum(word.content for word in words[:size]) >= _PULLED_CONTENT:
                    spans = ((words[0].start, words[size - 1].end),)
                    key = content_hash(stretch.report_id, repr(spans))
                    yield Stretch(
                        key, stretch.report_id, stretch.text_id, None, spans, surface(report.text, spans), words[:size], stretch.speaker,
                        report.publication.published, key,
                    )  # fmt: skip
        start = end + 1


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
