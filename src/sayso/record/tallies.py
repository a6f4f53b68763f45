"""Tallies: how often each actor speaks and is spoken about in each report, so that nobody counts statements one by one."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

TALLY_TABLES: Final = """
CREATE TABLE tallies (
  actor TEXT NOT NULL,
  report_id TEXT NOT NULL REFERENCES reports,
  statements INTEGER NOT NULL, about INTEGER NOT NULL,
  side TEXT,                         -- the one with which the actor speaks most there
  PRIMARY KEY (actor, report_id)
) WITHOUT ROWID;
CREATE INDEX tallies_report ON tallies (report_id);
"""

#: Counts what the table heard holds, of the reports that the condition names.
COUNT: Final = """
INSERT INTO tallies
  SELECT actor, report_id, count(DISTINCT CASE WHEN relation <> 'about' THEN number END), count(CASE WHEN relation = 'about' THEN 1 END),
    (SELECT d.actor FROM heard s JOIN heard d ON d.report_id = s.report_id AND d.number = s.number AND d.relation = 'side'
     WHERE s.actor = heard.actor AND s.relation = 'speaker' AND s.report_id = heard.report_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)
  FROM heard WHERE relation IN ('speaker', 'member', 'about') {} GROUP BY actor, report_id"""


@dataclass
class Tally:
    """How often one actor is heard and spoken about, and from which side."""

    statements: int = 0
    about: int = 0
    reports: int = 0
    ids: set[str] = field(default_factory=set)
    sides: Counter[str] = field(default_factory=Counter)

    @property
    def side(self) -> str | None:
        """The one with which the actor speaks most; of two alike, the first by id."""
        return min(self.sides, key=lambda side: (-self.sides[side], side), default=None)


def put_tallies(db: sqlite3.Connection, report_id: str) -> None:
    """Count one report anew."""
    db.execute("DELETE FROM tallies WHERE report_id = ?", (report_id,))
    db.execute(COUNT.format("AND report_id = ?"), (report_id,))


def tallies(db: sqlite3.Connection, canonical: Callable[[str], str], among: Collection[str] | None = None) -> dict[str, Tally]:
    """The tally of every actor of the current reports, or of those *among* them, under the id that *canonical* gives it."""
    out: dict[str, Tally] = defaultdict(Tally)
    chosen = ""
    values: tuple[str, ...] = ()
    if among is not None:
        chosen, values = f"AND actor IN ({', '.join('?' * len(among))})", tuple(sorted(among))
    for actor, side, statements, about, reports in db.execute(
        f"SELECT actor, side, sum(statements), sum(about), count(*) FROM tallies JOIN reports USING (report_id) WHERE current {chosen} GROUP BY 1, 2",
        values,
    ):
        tally = out[canonical(actor)]
        tally.ids.add(actor)
        tally.statements += statements
        tally.about += about
        tally.reports += reports
        if side is not None:
            tally.sides[canonical(side)] += statements
    for tally in out.values():
        if len(tally.ids) > 1:  # one statement, or report, may name two of them
            tally.statements, tally.about, tally.reports = _exact(db, tally.ids)
    return dict(out)


def _exact(db: sqlite3.Connection, ids: Collection[str]) -> tuple[int, int, int]:
    marks = ", ".join("?" * len(ids))
    row: tuple[int, int, int] = db.execute(
        "SELECT count(DISTINCT CASE WHEN relation <> 'about' THEN report_id || number END), "
        "count(DISTINCT CASE WHEN relation = 'about' THEN report_id || number END), count(DISTINCT report_id) "
        f"FROM heard JOIN reports USING (report_id) WHERE current AND relation IN ('speaker', 'member', 'about') AND actor IN ({marks})", tuple(ids),
    ).fetchone()  # fmt: skip
    return row
