"""Dates as they lie in the database: expressions of time of each reading, and when each statement was made."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sayso.actors.resolve import Resolution
from sayso.dates.expression import TimeExpression
from sayso.dates.said import Said
from sayso.dates.saying import Saying
from sayso.reading import Reading

DATE_TABLES: Final = """
CREATE TABLE said (
  report INTEGER NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- of the statement in the report's reading
  first TEXT NOT NULL, last TEXT NOT NULL,  -- the days that it was made within; those only of which it is known
  PRIMARY KEY (report, number)
) WITHOUT ROWID;
"""


def times_row(reading: Reading) -> list[Any]:
    """The expressions and sayings of a reading."""
    times = [
        [*e.span, e.type, e.pick, e.anchor, e.told, e.shift, e.direction, e.clock, e.mod, e.bound, e.problem] for e in reading.times
    ]  # fmt: skip
    return [times, [None if s is None else [s.time, s.how, s.confidence] for s in reading.said]]


def times_from(row: list[Any]) -> tuple[tuple[TimeExpression, ...], tuple[Saying | None, ...]]:
    """What times_row() was given."""
    times = tuple(
        TimeExpression((e[0], e[1]), e[2], e[3], e[4], e[5], None if e[6] is None else (e[6][0], e[6][1]), *e[7:]) for e in row[0]
    )
    sayings = tuple(None if s is None else Saying(*s) for s in row[1])
    if any(s is not None and not 0 <= s.time < len(times) for s in sayings) or any(
        e.told is not None and not 0 <= e.told < len(times) for e in times
    ):
        raise ValueError("expressions of time are missing")
    return times, sayings


def said_row(said: Said | None) -> list[Any] | None:
    return None if said is None else [*said.span, said.how, said.on, said.first, said.last, said.relative]


def said_from(row: list[Any] | None) -> Said | None:
    """What said_row() was given."""
    return None if row is None else Said((row[0], row[1]), *row[2:])


def put_days(db: sqlite3.Connection, report: int, resolution: Resolution) -> None:
    """Write on which days the statements of a report were made, in place of what was there."""
    db.execute("DELETE FROM said WHERE report = ?", (report,))
    known = ((n, s.first, s.last) for n, s in enumerate(resolution.said) if s is not None and s.first is not None)
    db.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", [(report, *row) for row in known])


def days(db: sqlite3.Connection, report: int) -> dict[int, tuple[str, str]]:
    """The first and the last day on which each statement was made, by its number; those only of which it is known."""
    return {n: (a, b) for n, a, b in db.execute("SELECT number, first, last FROM said WHERE report = ?", (report,))}
