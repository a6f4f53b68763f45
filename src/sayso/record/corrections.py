"""Corrections: what persons judged about a text's statements, laid over what the machine read in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.attribution.acts import act_of, first_content
from sayso.attribution.forms import form_of, quoted_in
from sayso.attribution.negation import negated, words_before
from sayso.dates.saying import Saying
from sayso.language.quotation import quoted_stretches
from sayso.mentions.mention import Mention, Speaker
from sayso.reading import Reading
from sayso.record.judgements import Judgement, Place
from sayso.record.overlay import share
from sayso.spans import Spans, contains, length, overlap, surface
from sayso.statements import Statement

#: Kinds of judgement that say something about a statement itself (right and wrong: in the field "statement").
KINDS = ("right", "wrong", "spans", "missed")


def is_of_statements(judgement: Judgement) -> bool:
    return judgement.kind in ("spans", "missed") or (judgement.kind in ("right", "wrong") and judgement.field == "statement")


@dataclass
class _Entry:
    """A statement as it stands after the judgements so far."""

    statement: Statement
    number: int | None  # in the machine's reading; None: a person found it
    stands: bool = True
    by: Judgement | None = None  # the latest judgement on it


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading with the judgements laid over it.

    *by*: for each of its statements the judgement by which it is as it is, if any. *became*: for each statement of the
    machine its number here; None where it was judged to be none. *held*: the judgements (uids) that hold on to a statement here
    or, where it was judged wrong, held on to one of the machine's; *against*: those that a later one overruled, with it.
    """

    reading: Reading
    by: tuple[Judgement | None, ...]
    became: tuple[int | None, ...]
    struck: tuple[Judgement | None, ...]
    held: dict[str, int | None]
    against: dict[str, Judgement]


def corrected(text: str, reading: Reading, judgements: Sequence[Judgement]) -> Corrected:
    """*reading* with *judgements* (the standing ones on statements of this text) laid over it, the later over the earlier."""
    entries = [_Entry(s, n) for n, s in enumerate(reading.statements)]
    on: dict[str, _Entry] = {}
    against: dict[str, Judgement] = {}
    for j in sorted(judgements, key=lambda j: j.order):
        assert j.place is not None
        entry = _held_by(j.place, entries)
        if j.kind == "missed" and entry is None and j.place.cue:  # one cue makes one statement
            entry = next((e for e in entries if e.stands and e.statement.cue == j.place.cue), None)
        if j.kind == "missed" and j.place.content and _fits(j.place, text):
            if entry is None:
                entry = _Entry(_made(text, j.place, None), None)
                entries.append(entry)
            elif not _same(entry.statement, j.place):  # the machine finds it by now, or finds it otherwise
                entry.statement = _made(text, j.place, entry.statement)
        if entry is None:
            continue
        if entry.by is not None and (entry.by.kind, entry.by.value) != (j.kind, j.value) and {entry.by.kind, j.kind} != {"right", "missed"}:
            against[entry.by.uid] = j
        on[j.uid] = entry
        entry.stands, entry.by = j.kind != "wrong", j
        if j.kind == "spans" and j.value is not None:
            place = Place.from_dict(json.loads(j.value))
            if place.content and _fits(place, text):
                entry.statement = _made(text, place, entry.statement)
    return _ordered(text, reading, entries, on, against)


def _fits(place: Place, text: str) -> bool:
    return all(end <= len(text) for spans in (place.source, place.cue, place.content) for _, end in spans)


def _same(statement: Statement, place: Place) -> bool:
    return (statement.source, statement.cue, statement.content) == (place.source, place.cue, place.content)


def _held_by(place: Place, entries: Sequence[_Entry]) -> _Entry | None:
    """The statement that a judgement holds on to: the best fitting one, of which half is common."""
    best, most = None, 0.5
    for entry in entries:
        common = share(place, entry.statement)
        if common > most or (common == most and best is None):
            best, most = entry, common
    return best


def _made(text: str, place: Place, before: Statement | None) -> Statement:
    """A statement at *place*: act and form as the machine would give them, unless *before* has the same cue."""
    quoted = quoted_in(place.content, quoted_stretches(text))
    if before is not None and before.cue == place.cue:
        act, no = before.act, before.negated
    elif place.cue:
        words = surface(text, place.cue)
        act, decides = act_of(words, first_content(text, place.content, place.cue[0][1]))
        no = negated(words, decides, words_before(text, place.cue[0][0]), surface(text, place.source))
    else:
        act, no = "say", False
    form = form_of(text, place.content, quoted, place.cue[0][1] if place.cue else None)
    return Statement(place.source, place.cue, place.content, quoted, form, act, no, None, 1.0)


def _ordered(text: str, reading: Reading, entries: list[_Entry], on: dict[str, _Entry], against: dict[str, Judgement]) -> Corrected:
    """The entries that stand as a reading, in the order of their first characters."""

    def first(entry: _Entry) -> tuple[int, int]:
        s = entry.statement
        return min(a for spans in (s.source, s.cue, s.content) for a, _ in spans), (s.cue or s.content)[0][0]

    standing = sorted((e for e in entries if e.stands), key=first)
    place = {id(e): n for n, e in enumerate(standing)}
    machine = {e.number: e for e in entries if e.number is not None}
    moved = [n for n, e in enumerate(standing) if e.number is None or e.statement is not reading.statements[e.number]]
    statements: list[Statement] = []
    speakers: list[Speaker | None] = []
    said: list[Saying | None] = []
    for n, entry in enumerate(standing):
        statements.append(replace(
            entry.statement, parent=_parent(n, entry, standing, place, machine, reading, moved),
            confidence=1.0 if entry.by is not None else entry.statement.confidence,
        ))  # fmt: skip
        said.append(reading.said[entry.number] if entry.number is not None and reading.said else None)
        if entry.number is not None and entry.statement.source == reading.statements[entry.number].source:
            speakers.append(reading.speakers[entry.number])
        else:
            speakers.append(_speaker(entry.statement.source, reading.mentions))
    return Corrected(
        replace(reading, statements=_without_circles(statements), speakers=tuple(speakers), said=tuple(said)), tuple(e.by for e in standing),
        tuple(place.get(id(machine[n])) for n in range(len(reading.statements))),
        tuple(None if machine[n].stands else machine[n].by for n in range(len(reading.statements))),
        {uid: place.get(id(e)) for uid, e in on.items()}, against,
    )  # fmt: skip


def _parent(
    n: int, entry: _Entry, standing: Sequence[_Entry], place: dict[int, int], machine: dict[int, _Entry], reading: Reading,
    moved: Sequence[int],
) -> int | None:  # fmt: skip
    """The smallest other statement whose content holds this one's cue; what nobody touched keeps the machine's."""
    about = entry.statement.cue or entry.statement.content
    candidates: list[int] = list(moved)
    if n in moved:
        candidates = list(range(len(standing)))
    elif entry.number is not None:
        parent = reading.statements[entry.number].parent
        while parent is not None and not machine[parent].stands:
            parent = reading.statements[parent].parent
        if parent is not None and place[id(machine[parent])] not in moved:
            candidates.append(place[id(machine[parent])])
    own = length(entry.statement.content)
    around = [
        m for m in candidates
        if m != n and contains(standing[m].statement.content, about) and (length(standing[m].statement.content) > own or m not in moved)
    ]  # fmt: skip
    return min(around, key=lambda m: (length(standing[m].statement.content), m), default=None)


def _without_circles(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    out = list(statements)
    for n in range(len(out)):
        seen, at = {n}, out[n].parent
        while at is not None and at not in seen:
            seen.add(at)
            at = out[at].parent
        if at is not None:
            out[n] = replace(out[n], parent=None)
    return tuple(out)


def _speaker(source: Spans, mentions: Sequence[Mention]) -> Speaker | None:
    """Who is named in a source that a person marked: the one whose mention fills most of it."""
    best = max((m for m in mentions if overlap((m.span,), source)), key=lambda m: (overlap((m.span,), source), -m.span[0]), default=None)
    return None if best is None else Speaker((best.entity,), best.how, 1.0)
