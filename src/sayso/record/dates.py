"""Dates as they lie in the database: expressions of time of each reading, and when each statement was made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from sayso.actors.resolve import Resolution
from sayso.dates.expression import TimeExpression
from sayso.dates.said import Said
from sayso.dates.saying import Saying
from sayso.reading import Reading

DATE_TABLES: Final = """
CREATE TABLE times (
  report_id TEXT PRIMARY KEY REFERENCES reports,
  times TEXT NOT NULL,               -- the expressions of the reading, JSON
  sayings TEXT NOT NULL              -- by statement: which of them tells when it was made, JSON
) WITHOUT ROWID;

CREATE TABLE said (
  report_id TEXT NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- of the statement in the report's reading
  first TEXT, last TEXT,             -- the days that it was made within; NULL where that is not known
  said TEXT NOT NULL,                -- JSON
  PRIMARY KEY (report_id, number)
) WITHOUT ROWID;
"""


def put_times(db: sqlite3.Connection, report_id: str, reading: Reading) -> None:
    """Write the expressions of a report's reading; its resolution is to follow."""
    times = [
        [*e.span, e.type, e.pick, e.anchor, e.told, e.shift, e.direction, e.clock, e.mod, e.bound, e.problem] for e in reading.times
    ]  # fmt: skip
    db.execute(
        "INSERT OR REPLACE INTO times VALUES (?, ?, ?)",
        (report_id, _dumped(times), _dumped([None if s is None else [s.time, s.how, s.confidence] for s in reading.said])),
    )


def get_times(db: sqlite3.Connection, report_id: str) -> tuple[tuple[TimeExpression, ...], tuple[Saying | None, ...]]:
    """The expressions and sayings of a report's reading; both empty where they were not read yet."""
    row = db.execute("SELECT times, sayings FROM times WHERE report_id = ?", (report_id,)).fetchone()
    if row is None:
        return (), ()
    times = tuple(
        TimeExpression((e[0], e[1]), e[2], e[3], e[4], e[5], None if e[6] is None else (e[6][0], e[6][1]), *e[7:]) for e in json.loads(row[0])
    )
    sayings = tuple(None if s is None else Saying(*s) for s in json.loads(row[1]))
    if any(s is not None and not 0 <= s.time < len(times) for s in sayings) or any(
        e.told is not None and not 0 <= e.told < len(times) for e in times
    ):
        raise ValueError("expressions of time are missing")
    return times, sayings


def put_said(db: sqlite3.Connection, report_id: str, resolution: Resolution) -> None:
    """Write when the statements of a report were made, in place of what was there."""
    db.execute("DELETE FROM said WHERE report_id = ?", (report_id,))
    db.executemany(
        "INSERT INTO said VALUES (?, ?, ?, ?, ?)",
        [(report_id, n, s.first, s.last, _dumped([*s.span, s.how, s.on, s.relative])) for n, s in enumerate(resolution.said) if s is not None],
    )


def get_said(db: sqlite3.Connection, report_id: str, count: int) -> list[Said | None]:
    """When each of a report's *count* statements was made; None where it is not known."""
    out: list[Said | None] = [None] * count
    for number, said in said_in(db, report_id).items():
        out[number] = said
    return out


def said_in(db: sqlite3.Connection, report_id: str) -> dict[int, Said]:
    """When the statements of a report were made, by number; those only of which something tells it."""
    out = {}
    for number, first, last, row in db.execute("SELECT number, first, last, said FROM said WHERE report_id = ?", (report_id,)):
        a, b, how, on, relative = json.loads(row)
        out[number] = Said((a, b), how, on, first, last, relative)
    return out


def days(db: sqlite3.Connection, report_id: str) -> dict[int, tuple[str, str]]:
    """The first and the last day on which each statement was made, by its number; those only of which it is known."""
    return {n: (a, b) for n, a, b in _known(db, report_id)}


def _known(db: sqlite3.Connection, report_id: str) -> Iterator[tuple[int, str, str]]:
    yield from db.execute("SELECT number, first, last FROM said WHERE report_id = ? AND first IS NOT NULL", (report_id,))


def forget(db: sqlite3.Connection, report_id: str) -> None:
    """Take out what is known of a report's times."""
    for table in ("said", "times"):
        db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
