"""What judgements hold on to: statements of the reports that a record has of their texts."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.reading import Reading
from sayso.record.aside import machines
from sayso.record.corrections import corrected, is_of_statements
from sayso.record.judgements import Judgement, Place
from sayso.record.overlay import attached
from sayso.record.rows import get_reading, get_report


def statements_held(db: sqlite3.Connection, text_id: str, place: Place) -> Iterator[tuple[str, int]]:
    """Report and number of the statement to which a place holds on, in each report of the text."""
    probe = Judgement(0, "", "", "", "position", text_id=text_id, place=place)
    rows = db.execute("SELECT report_id FROM reports WHERE text_id = ? AND current ORDER BY report_id", (text_id,)).fetchall()
    for (report_id,) in rows:
        for number in attached([probe], get_reading(db, report_id).statements).values():
            yield report_id, number


def held_in(
    db: sqlite3.Connection, report_id: str, reading: Reading, some: Iterable[Judgement], stated: Mapping[str, Sequence[Judgement]]
) -> dict[str, int | None]:  # fmt: skip
    """Which statement of a report each judgement of its text (by uid) holds on to; None: one that was judged to be none."""
    judgements = list(some)
    held: dict[str, int | None] = dict(attached([j for j in judgements if not is_of_statements(j)], reading.statements))
    if stated.get(reading.text_id):
        made = corrected(get_report(db, report_id).text, machines(db, report_id, reading), stated[reading.text_id])
        held |= made.held
    return held


def holding(db: sqlite3.Connection, every: Iterable[Judgement], stated: Mapping[str, Sequence[Judgement]]) -> dict[str, list[str]]:
    """Ids of the statements that each judgement on a speaker (by uid) holds on to, in the current reports of its text."""
    out: dict[str, list[str]] = defaultdict(list)
    by_text: dict[str, list[Judgement]] = defaultdict(list)
    for j in every:
        if j.text_id is not None:
            by_text[j.text_id].append(j)
    for text_id, some in by_text.items():
        for (report_id,) in db.execute("SELECT report_id FROM reports WHERE text_id = ? AND current ORDER BY report_id", (text_id,)):
            reading = get_reading(db, report_id)
            for uid, number in held_in(db, report_id, reading, some, stated).items():
                if number is not None:
                    out[uid].append(reading.statements[number].id(report_id))
    return out
