"""Tallies: how often each actor speaks and is spoken about in each report, so that nobody counts statements one by one."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from sayso.record.relations import DIRECTLY, Relation, heard_as, numbered

TALLY_TABLES: Final = """
CREATE TABLE tallies (
  actor INTEGER NOT NULL,
  report INTEGER NOT NULL REFERENCES reports,
  statements INTEGER NOT NULL, about INTEGER NOT NULL,
  direct INTEGER NOT NULL,           -- of its statements those that stand in no other
  side INTEGER,                      -- the one with which the actor speaks most there
  PRIMARY KEY (actor, report)
) WITHOUT ROWID;
CREATE INDEX tallies_report ON tallies (report);
"""

# Counts what the table heard holds of a report.
_COUNT: Final = f"""
INSERT INTO tallies
  SELECT actor, report,
    count(DISTINCT CASE WHEN relation <> {Relation.ABOUT} THEN number END), count(CASE WHEN relation = {Relation.ABOUT} THEN 1 END),
    count(DISTINCT CASE WHEN relation <> {Relation.ABOUT} AND parent IS NULL THEN number END),
    (SELECT d.actor FROM heard s JOIN heard d USING (report, number) JOIN actors ON actors.actor = d.actor
     WHERE s.report = heard.report AND s.relation = {Relation.SPEAKER} AND s.actor = heard.actor AND d.relation = {Relation.SIDE}
     GROUP BY d.actor ORDER BY count(*) DESC, actor_id LIMIT 1)
  FROM heard JOIN statements USING (report, number) WHERE report = ? AND relation IN {heard_as(*DIRECTLY)} GROUP BY actor"""


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


def put_tallies(db: sqlite3.Connection, report: int) -> None:
    """Count one report anew."""
    db.execute("DELETE FROM tallies WHERE report = ?", (report,))
    db.execute(_COUNT, (report,))


def tallies(db: sqlite3.Connection, canonical: Callable[[str], str], among: Collection[str] | None = None) -> dict[str, Tally]:
    """The tally of every actor of the current reports, or of those *among* them, under the id that *canonical* gives it."""
    out: dict[str, Tally] = defaultdict(Tally)
    chosen = ""
    values: tuple[str, ...] = ()
    if among is not None:
        chosen, values = f"AND tallies.actor IN {numbered(among)}", tuple(among)
    for actor, side, statements, about, reports in db.execute(
        "SELECT a.actor_id, s.actor_id, statements, about, reports FROM (SELECT actor, side, sum(statements) AS statements, sum(about) AS about, "
        f"count(*) AS reports FROM tallies JOIN reports USING (report) WHERE current {chosen} GROUP BY 1, 2) t "
        "JOIN actors a ON a.actor = t.actor LEFT JOIN actors s ON s.actor = t.side",
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
    row: tuple[int, int, int] = db.execute(
        f"SELECT count(DISTINCT CASE WHEN relation <> {Relation.ABOUT} THEN report || '/' || number END), "
        f"count(DISTINCT CASE WHEN relation = {Relation.ABOUT} THEN report || '/' || number END), count(DISTINCT report) "
        f"FROM heard JOIN reports USING (report) WHERE current AND relation IN {heard_as(*DIRECTLY)} AND actor IN {numbered(ids)}", tuple(ids),
    ).fetchone()  # fmt: skip
    return row
