"""Tallies: how often each actor speaks and is spoken about, by report and by outlet, so that nobody counts statements one by one."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from sayso.record.batches import batches, slots
from sayso.record.relations import DIRECTLY, Relation, heard_as, numbered

# What a trigger adds to the sums of an outlet, or takes away: {} stand for sign, the report's row (old or new) and which tallies.
_ADD: Final = (
    "INSERT INTO tally_sums SELECT coalesce({1}.outlet, ''), t.actor, coalesce(t.side, 0), {0}1, {0}t.statements, {0}t.about, {0}t.direct "
    "FROM {2} AND {1}.current ON CONFLICT DO UPDATE SET reports = reports + excluded.reports, statements = statements + excluded.statements, "
    "about = about + excluded.about, direct = direct + excluded.direct"
)
_ONE: Final = "reports r JOIN tallies t USING (report) WHERE t.report = {0}.report AND t.actor = {0}.actor"
_OF_ONE: Final = "tallies t WHERE t.report = new.report"
_EMPTY: Final = "DELETE FROM tally_sums WHERE reports = 0 AND outlet = coalesce({}, '')"

TALLY_TABLES: Final = f"""
CREATE TABLE tallies (
  actor INTEGER NOT NULL,
  report INTEGER NOT NULL REFERENCES reports,
  statements INTEGER NOT NULL, about INTEGER NOT NULL,
  direct INTEGER NOT NULL,           -- of its statements those that stand in no other
  side INTEGER,                      -- the one with which the actor speaks most there
  PRIMARY KEY (actor, report)
) WITHOUT ROWID;
CREATE INDEX tallies_report ON tallies (report);

CREATE TABLE tally_sums (            -- of an outlet's current reports
  outlet TEXT NOT NULL,              -- '' where it is not known
  actor INTEGER NOT NULL,
  side INTEGER NOT NULL,             -- 0 where there is none
  reports INTEGER NOT NULL, statements INTEGER NOT NULL, about INTEGER NOT NULL, direct INTEGER NOT NULL,
  PRIMARY KEY (outlet, actor, side)
) WITHOUT ROWID;
CREATE TRIGGER tallies_in AFTER INSERT ON tallies BEGIN
  {_ADD.format("", "r", _ONE.format("new"))}; END;
CREATE TRIGGER tallies_out BEFORE DELETE ON tallies BEGIN
  {_ADD.format("-", "r", _ONE.format("old"))}; {_EMPTY.format("(SELECT outlet FROM reports WHERE report = old.report)")}
    AND actor = old.actor AND side = coalesce(old.side, 0); END;
CREATE TRIGGER tallies_moved AFTER UPDATE OF current, outlet ON reports WHEN old.current IS NOT new.current OR old.outlet IS NOT new.outlet BEGIN
  {_ADD.format("-", "old", _OF_ONE)}; {_EMPTY.format("old.outlet")}; {_ADD.format("", "new", _OF_ONE)}; END;
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


def most_heard(
    db: sqlite3.Connection, *, among: Collection[str] | None, kind: str | None, without: Collection[str], offset: int, limit: int
) -> tuple[list[tuple[str, str, str, int, int, int]], int]:  # fmt: skip
    """Actors of the current reports, those who speak most first: (id, name, kind, statements, about, reports), and how many there are in all.

    Those *among* some ids, and of a *kind* ("named": of all but the anonymous), and *without* some.
    """
    if among is None:
        of, values = "SELECT actor, statements, about, reports FROM tally_sums", []
    else:
        where = f"current AND actor IN {numbered(among)}"
        of, values = f"SELECT actor, statements, about, 1 AS reports FROM tallies JOIN reports USING (report) WHERE {where}", sorted(among)
    conditions = [("kind <> 'anonymous'", [])] if kind == "named" else [("kind = ?", [kind])] if kind else []
    conditions += [(f"actor_id NOT IN ({slots(without)})", sorted(without))] if without else []
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    body = (
        f"FROM (SELECT actor, sum(statements) AS statements, sum(about) AS about, sum(reports) AS reports FROM ({of}) GROUP BY 1) "
        f"JOIN actors USING (actor) WHERE {where}"
    )
    values += [value for _, some in conditions for value in some]
    rows = db.execute(
        f"SELECT actor_id, name, kind, statements, about, reports {body} ORDER BY statements DESC, about DESC, name, actor_id LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()  # fmt: skip
    (total,) = db.execute(f"SELECT count(*) {body}", values).fetchone()
    return rows, total


def is_of(kind: str | None, found: str) -> bool:
    """Whether an actor of the kind *found* is of the *kind* asked for."""
    return kind is None or (found != "anonymous" if kind == "named" else found == kind)


def sides(db: sqlite3.Connection, actors: Collection[str], canonical: Callable[[str], str]) -> dict[str, str]:
    """With which side each of these actors speaks most, if with any."""
    found: dict[str, Tally] = defaultdict(Tally)
    for some in batches(sorted(actors)):
        for actor, side, n in db.execute(
            "SELECT a.actor_id, s.actor_id, n FROM (SELECT actor, side, sum(statements) AS n FROM tally_sums "
            f"WHERE side AND actor IN {numbered(some)} GROUP BY 1, 2) JOIN actors a USING (actor) JOIN actors s ON s.actor = side", some,
        ):  # fmt: skip
            found[actor].sides[canonical(side)] += n
    return {actor: tally.side for actor, tally in found.items() if tally.side is not None}


def _exact(db: sqlite3.Connection, ids: Collection[str]) -> tuple[int, int, int]:
    row: tuple[int, int, int] = db.execute(
        f"SELECT count(DISTINCT CASE WHEN relation <> {Relation.ABOUT} THEN report || '/' || number END), "
        f"count(DISTINCT CASE WHEN relation = {Relation.ABOUT} THEN report || '/' || number END), count(DISTINCT report) "
        f"FROM heard JOIN reports USING (report) WHERE current AND relation IN {heard_as(*DIRECTLY)} AND actor IN {numbered(ids)}", tuple(ids),
    ).fetchone()  # fmt: skip
    return row
