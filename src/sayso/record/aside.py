"""Readings set aside: what the machine read, kept beside what persons made of it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any, Final

from sayso.dates.saying import Saying
from sayso.mentions.mention import Speaker
from sayso.reading import Reading
from sayso.record.corrections import Corrected
from sayso.statements import Statement

#: What the machine read, kept beside what persons made of it, for the reports of which persons judged statements; and which
#: statement each of the machine's that is not there any more became (none: it was judged to be none).
ASIDE_TABLES: Final = """
CREATE TABLE aside (
  report_id TEXT PRIMARY KEY REFERENCES reports (report_id),
  statements TEXT NOT NULL, speakers TEXT NOT NULL, sayings TEXT NOT NULL  -- JSON
) WITHOUT ROWID;
CREATE TABLE moved (
  statement_id TEXT PRIMARY KEY,
  report_id TEXT NOT NULL REFERENCES reports (report_id),
  became TEXT
) WITHOUT ROWID;
CREATE INDEX moved_report ON moved (report_id);
"""


def put_aside(db: sqlite3.Connection, report_id: str, machine: Reading, corrected: Corrected) -> None:
    """Keep the machine's reading of a report of which *corrected* takes the place."""
    forget_aside(db, report_id)
    db.execute(
        "INSERT INTO aside VALUES (?, ?, ?, ?)",
        (
            report_id, json.dumps([_row(s) for s in machine.statements]), json.dumps([_speaker_row(s) for s in machine.speakers]),
            json.dumps([None if s is None else [s.time, s.how, s.confidence] for s in machine.said]),
        ),
    )
    new = [s.id(report_id) for s in corrected.reading.statements]
    old = [s.id(report_id) for s in machine.statements]
    db.executemany(
        "INSERT OR REPLACE INTO moved VALUES (?, ?, ?)",
        [(i, report_id, None if n is None else new[n]) for i, n in zip(old, corrected.became, strict=True) if n is None or new[n] != i],
    )


def forget_aside(db: sqlite3.Connection, report_id: str) -> None:
    db.execute("DELETE FROM aside WHERE report_id = ?", (report_id,))
    db.execute("DELETE FROM moved WHERE report_id = ?", (report_id,))


def machines(db: sqlite3.Connection, report_id: str, reading: Reading) -> Reading:
    """The machine's reading of a report of which *reading* is in the record: itself where no person judged its statements."""
    row = db.execute("SELECT statements, speakers, sayings FROM aside WHERE report_id = ?", (report_id,)).fetchone()
    if row is None:
        return reading
    return replace(
        reading, statements=tuple(map(_statement, json.loads(row[0]))), speakers=tuple(map(_speaker, json.loads(row[1]))),
        said=tuple(None if s is None else Saying(*s) for s in json.loads(row[2])),
    )  # fmt: skip


def became(db: sqlite3.Connection, statement_id: str) -> tuple[str, str | None]:
    """The report, and the statement that one of the machine's became (None: none). Raises KeyError where it became nothing else."""
    row = db.execute("SELECT report_id, became FROM moved WHERE statement_id = ?", (statement_id,)).fetchone()
    if row is None:
        raise KeyError(statement_id)
    return row[0], row[1]


def _row(s: Statement) -> list[Any]:
    return [s.source, s.cue, s.content, s.quoted, s.form, s.act, s.negated, s.parent, s.confidence]


def _statement(row: list[Any]) -> Statement:
    source, cue, content, quoted = (tuple((a, b) for a, b in spans) for spans in row[:4])
    return Statement(source, cue, content, quoted, row[4], row[5], row[6], row[7], row[8])


def _speaker_row(s: Speaker | None) -> list[Any] | None:
    return None if s is None else [s.entities, s.how, s.confidence, s.candidates]


def _speaker(row: list[Any] | None) -> Speaker | None:
    return None if row is None else Speaker(tuple(row[0]), row[1], row[2], tuple((n, p) for n, p in row[3]))
