"""The prose of a report: its text cut where statements begin and end, with what each piece is, and notes for the margin."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from markupsafe import Markup

from sayso.spans import normalised

#: How many colours sides are told apart by; the style sheet has as many.
COLOURS: Final = 8
#: From which depth on nested statements look alike.
DEEPEST: Final = 3
#: About how many characters of a text one page shows.
PART: Final = 60_000


def parts(text: str) -> list[tuple[int, int]]:
    """Where a long text is cut into pages: between lines, or where there are none, anywhere."""
    out: list[tuple[int, int]] = []
    start, size = 0, PART
    while len(text) - start > size + size // 4:
        end = text.rfind("\n", start + size // 2, start + size) + 1 or start + size
        out.append((start, end))
        start = end
    return [*out, (start, len(text))]


def sides(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The colour (from 1) of each side in the order in which they speak: the same on every page, unless two would be one here."""
    out: dict[str, int] = {}
    free = list(range(1, COLOURS + 1))
    for row in rows:
        side = side_of(row)
        if side is not None and side not in out:
            wished = zlib.crc32(side.encode("utf-8", "replace")) % COLOURS + 1
            if not free:
                out[side] = wished
                continue
            out[side] = min(free, key=lambda c: (c - wished) % COLOURS)
            free.remove(out[side])
    return out


def side_of(row: Mapping[str, Any]) -> str | None:
    return None if row["speaker"] is None else row["speaker"]["side"]


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of one statement."""

    number: int  # in the page, from 1
    row: Mapping[str, Any]
    depth: int  # 1: in no other
    colour: int  # 0: no side known
    inside: int | None  # number of the statement around it


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    markup: Markup
    notes: tuple[Note, ...]


@dataclass
class _Marks:
    """Statements (by their place in the list) that one piece of text is part of."""

    contents: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)
    quoted: bool = False


def paragraphs(text: str, rows: Sequence[Mapping[str, Any]], start: int = 0, end: int | None = None) -> list[Paragraph]:
    """The lines of text[start:end] that are not blank, marked up, with the notes on the statements that begin in each."""
    end = len(text) if end is None else end
    colour = sides(rows)
    place = {row["id"]: n for n, row in enumerate(rows)}
    depths = [min(DEEPEST, len(row["chain"]) - 1) for row in rows]
    notes = [
        Note(n + 1, row, depths[n], colour.get(side_of(row) or "", 0), place[row["parent"]] + 1 if row["parent"] in place else None)
        for n, row in enumerate(rows)
    ]
    cuts, marks = _cut(rows, start, end)
    heads = [_head(row) for row in rows]
    out = []
    for begin, stop in _lines(text, start, end):
        here = [notes[n] for n, (a, _) in enumerate(heads) if begin <= a < stop]
        labels = {heads[note.number - 1][1]: note.number for note in reversed(here)}
        out.append(Paragraph(begin, stop, _markup(text, begin, stop, cuts, marks, notes, labels), tuple(here)))
    return out


def _lines(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1


def _head(row: Mapping[str, Any]) -> tuple[int, int]:
    """Where a statement begins, and where the number of its note stands: after its cue, else before its content."""
    spans = [span for key in ("source", "cue", "content") if row[key] for span in row[key]["spans"]]
    label = row["cue"]["spans"][-1][1] if row["cue"] else row["content"]["spans"][0][0]
    first = min(a for a, _ in spans)
    return (first if not row["cue"] else row["cue"]["spans"][0][0]), label


def _cut(rows: Sequence[Mapping[str, Any]], start: int, end: int) -> tuple[list[int], list[_Marks]]:
    """The places between start and end at which something begins or ends, and what holds from each on."""
    spans: list[tuple[int, int, str, int]] = []
    for n, row in enumerate(rows):
        for key in ("source", "cue", "content"):
            if row[key]:
                spans += [(a, b, key, n) for a, b in row[key]["spans"]]
        spans += [(a, b, "quoted", n) for a, b in row["quoted"]]
    spans = [(max(a, start), min(b, end), key, n) for a, b, key, n in spans if a < end and b > start]
    cuts = sorted({start, *(x for a, b, _, _ in spans for x in (a, b))})
    marks = [_Marks() for _ in cuts]
    for a, b, key, n in spans:
        for i in range(bisect_right(cuts, a) - 1, len(cuts)):
            if cuts[i] >= b:
                break
            if key == "quoted":
                marks[i].quoted = True
            else:
                getattr(marks[i], key + "s").append(n)
    return cuts, marks


def _markup(
    text: str, begin: int, stop: int, cuts: Sequence[int], marks: Sequence[_Marks], notes: Sequence[Note], labels: Mapping[int, int]
) -> Markup:  # fmt: skip
    out = []
    at = begin
    i = bisect_right(cuts, begin) - 1
    while at < stop:
        if at in labels:
            out.append(_label(notes[labels[at] - 1]))
        after = min(stop, cuts[i + 1] if i + 1 < len(cuts) else stop)
        out.append(_piece(text[at:after], at, marks[i] if i >= 0 else _Marks(), notes))
        at = after
        i += 1
    if stop in labels:
        out.append(_label(notes[labels[stop] - 1]))
    return Markup("").join(out)


def _label(note: Note) -> Markup:
    return Markup('<a class="fn k{}" href="#n{}" id="t{}" aria-label="note {}">{}</a>').format(
        note.colour, note.number, note.number, note.number, note.number
    )


def _piece(text: str, at: int, marks: _Marks, notes: Sequence[Note]) -> Markup:
    names = []
    if marks.contents:
        inner = notes[max(marks.contents, key=lambda n: notes[n].depth)]
        names += ["c", f"d{inner.depth}", f"k{inner.colour}"]
        outer = notes[min(marks.contents, key=lambda n: notes[n].depth)]
        if outer is not inner:
            names.append(f"o{outer.colour}")
        if marks.quoted:
            names.append("q")
    else:
        names.append("own")
    deepest = 0
    for kind, numbers in (("src", marks.sources), ("cue", marks.cues)):
        if numbers:
            names.append(kind)
            deepest = max(deepest, *(notes[n].depth for n in numbers))
            if len(names) and not marks.contents:
                names.append(f"k{notes[numbers[0]].colour}")
    if deepest > 1:
        names.append("in")  # names and acts of a nested statement
    numbers = sorted({*marks.contents, *marks.sources, *marks.cues})
    if numbers:
        return Markup('<span class="{}" data-o="{}" data-s="{}">{}</span>').format(
            " ".join(dict.fromkeys(names)), at, " ".join(str(n + 1) for n in numbers), text
        )
    return Markup('<span class="own" data-o="{}">{}</span>').format(at, text)


def own_share(text: str, rows: Sequence[Mapping[str, Any]]) -> float | None:
    """The share of the words that stand in no statement's content: the outlet's own voice."""
    inside = normalised((a, b) for row in rows for a, b in row["content"]["spans"])
    total = own = at = reach = 0
    for word in text.split():
        at = text.find(word, at)
        while reach < len(inside) and inside[reach][1] <= at:
            reach += 1
        total += 1
        own += not (reach < len(inside) and inside[reach][0] <= at)
        at += len(word)
    return own / total if total else None
