"""Decisions: what a person says of actors and statements of a record, checked against it and written down."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from sayso.actors.registry import Register
from sayso.actors.resolve import Voice
from sayso.errors import SaysoError
from sayso.record import judgements as judging
from sayso.record.actors import get_actor, only
from sayso.record.claims import in_same_words
from sayso.record.rows import find_statement, get_reading, some_statements


def judge_pair(db: sqlite3.Connection, register: Register, kind: judging.Kind, a: str, b: str, coder: str) -> judging.Judgement:
    for one in (a, b):
        if register.actor(one) is None and get_actor(db, one) is None:
            raise SaysoError(f"there is no actor {one!r}", "Give ids: sayso actors RECORD --format jsonl has them")
    return judging.add(db, kind, coder, a=a, b=b)


def are_statements(db: sqlite3.Connection, *ids: str) -> bool:
    return all(find_statement(db, i) is not None for i in ids)


def place_of(db: sqlite3.Connection, statement_id: str) -> tuple[str, judging.Place]:
    """The text and the spans of a statement."""
    row = find_statement(db, statement_id)
    if row is None:
        raise SaysoError(f"there is no statement {statement_id!r}", "sayso statements RECORD --format jsonl has the ids")
    reading = get_reading(db, row[0])
    s = reading.statements[row[1]]
    return reading.text_id, judging.Place(s.source, s.cue, s.content)


def judge_statement(db: sqlite3.Connection, kind: judging.Kind, statement_id: str, value: str, coder: str) -> judging.Judgement:
    text_id, place = place_of(db, statement_id)
    return judging.add(db, kind, coder, text_id=text_id, place=place, value=value)


def judge_alike(db: sqlite3.Connection, kind: judging.Kind, statement_id: str, other: str, coder: str) -> judging.Judgement:
    """Whether two statements make one claim, or quote one utterance."""
    if statement_id == other:
        raise SaysoError("these are one statement", "Give two")
    if kind == "not same claim" and in_same_words(db, statement_id, other):
        raise SaysoError("these two say it in the same words, and make one claim", "Judge the position, or who speaks, instead")
    return judge_statement(db, kind, statement_id, judging.place_value(*place_of(db, other)), coder)


def judge_speaker(
    db: sqlite3.Connection, register: Register, canonical: Callable[[str], str], statement_id: str, who: str, coder: str
) -> judging.Judgement:  # fmt: skip
    text_id, place = place_of(db, statement_id)
    return judging.add(db, "speaker", coder, text_id=text_id, place=place, value=only(db, who.strip(), register, canonical))


def judge_whether(db: sqlite3.Connection, kind: judging.Kind, statement_id: str, field: str, coder: str) -> judging.Judgement:
    text_id, place = place_of(db, statement_id)
    value = None
    if field == "speaker":
        voice = _voice_of(db, statement_id)
        if voice is None or voice.speaker is None:
            raise SaysoError("no speaker was found whom one could judge", "Say who it is: a judgement speaker")
        value = voice.speaker.id
    return judging.add(db, kind, coder, text_id=text_id, place=place, field=field, value=value)


def judge_spans(db: sqlite3.Connection, kind: judging.Kind, one: str, spans: Mapping[str, Any], coder: str) -> judging.Judgement:
    """*one*: the id of a statement, or for one that was missed of a report."""
    try:
        right = judging.Place.from_dict(spans)
    except ValueError as error:
        raise SaysoError(str(error), "Give [[start, end], …] for source, cue and content") from None
    place, value = right, None
    if kind == "spans":
        text_id, place = place_of(db, one)
        value = json.dumps(right.to_dict())
        if right == place:
            raise SaysoError("these are the spans that it has", "Judge it right instead")
    row = db.execute(
        "SELECT text_id, length(text) FROM reports JOIN texts USING (text_id) WHERE report_id = ? OR text_id = ?",
        (one, text_id if kind == "spans" else None),
    ).fetchone()  # fmt: skip
    if row is None:
        raise SaysoError(f"there is no report {one!r}", "Give the id of one")
    if any(end > row[1] for part in (right.source, right.cue, right.content) for _, end in part):
        raise SaysoError(f"the spans reach beyond the text of {row[1]} characters", "Correct them")
    return judging.add(db, kind, coder, text_id=row[0], place=place, value=value)


def _voice_of(db: sqlite3.Connection, statement_id: str) -> Voice | None:
    """Who makes a statement that is there."""
    row = find_statement(db, statement_id)
    if row is None:
        return None
    report_id, number = row
    found, voices, _ = some_statements(db, report_id, [number])
    return voices[list(found).index(number)] if voices else None
