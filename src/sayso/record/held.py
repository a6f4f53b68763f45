"""What judgements hold on to: statements of the reports that a record has of their texts."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.reading import Reading
from sayso.record.aside import machines
from sayso.record.corrections import Corrected, corrected, is_of_statements
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


def held_in(reading: Reading, judgements: Iterable[Judgement], made: Corrected | None) -> dict[str, int | None]:
    """Which statement of a report each judgement of its text (by uid) holds on to; None: one that was judged to be none.

    *made* is what the judgements on statements make of the machine's reading; None where there are none.
    """
    held: dict[str, int | None] = dict(attached([j for j in judgements if not is_of_statements(j)], reading.statements))
    return held if made is None else held | made.held


def holding(
    db: sqlite3.Connection, every: Iterable[Judgement], stated: Mapping[str, Sequence[Judgement]]
) -> tuple[dict[str, list[str]], dict[str, Judgement]]:
    """Ids of the statements that each judgement (by uid) holds on to, in the current reports of its text; and the later ones on statements
    (*stated*, by text) that contradict one."""
    out: dict[str, list[str]] = defaultdict(list)
    against: dict[str, Judgement] = {}
    by_text: dict[str, list[Judgement]] = defaultdict(list)
    for j in every:
        if j.text_id is not None:
            by_text[j.text_id].append(j)
    for text_id, some in by_text.items():
        for (report_id,) in db.execute("SELECT report_id FROM reports WHERE text_id = ? AND current ORDER BY report_id", (text_id,)):
            reading = get_reading(db, report_id)
            made = None
            if stated.get(text_id):
                made = corrected(get_report(db, report_id).text, machines(db, report_id, reading), stated[text_id])
                against |= made.against
            for uid, number in held_in(reading, some, made).items():
                if number is not None:
                    out[uid].append(reading.statements[number].id(report_id))
    return out, against
