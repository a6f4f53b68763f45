"""Listings: pages of the statements and reports that match filters, found in the index and never by going through all."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sayso.record.batches import slots
from sayso.record.filters import fold, statement_conditions
from sayso.record.relations import Relation, heard_as, numbered
from sayso.record.search import MOST, matching_reports, matching_statements

#: Orders in which a listing can be asked for.
ORDERS: Final = ("newest", "oldest", "said")
_BY_DAY: Final = {"newest": "r.published DESC, r.report_id", "oldest": "r.published IS NULL, r.published, r.report_id"}
#: The first or last day on which a statement was made: where the text does not tell, that of publication stands for it.
SAID: Final = (
    "coalesce((SELECT {} FROM said WHERE said.report = r.report AND said.number = {}), "
    "substr(r.published, 1, 10))"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a listing: *rows*, from *offset* on, of *total* (*more*: at least so many, the rest was not counted)."""

    rows: tuple[dict[str, Any], ...]
    total: int
    offset: int
    limit: int
    more: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {"total": self.total, "total_is_at_least": self.more, "offset": self.offset, "limit": self.limit, "rows": list(self.rows)}


@dataclass
class Query:
    """A query over statements (s) or reports (r) that grows by filters."""

    tables: list[str]
    where: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        self.where.append(condition)
        self.values += values

    @property
    def body(self) -> str:
        return f"FROM {' CROSS JOIN '.join(self.tables)} WHERE {' AND '.join(self.where) or '1'}"

    def run(self, db: sqlite3.Connection, columns: str, order: str, offset: int, limit: int, *, few: bool = False) -> tuple[list[Any], int]:
        """The rows asked for, and how many match in all (one more than MOST: that many or more). *few*: all that match are looked at anyway."""
        body = self.body
        if few:
            counted = f"SELECT {columns}, count(*) OVER () {body} ORDER BY {order} LIMIT ? OFFSET ?"
            rows = db.execute(counted, (*self.values, limit, offset)).fetchall()
            if rows or not offset:
                return rows, rows[0][-1] if rows else 0
        rows = db.execute(f"SELECT {columns} {body} ORDER BY {order} LIMIT ? OFFSET ?", (*self.values, limit, offset)).fetchall()
        if len(rows) < limit and (rows or not offset):
            return rows, offset + len(rows)
        (total,) = db.execute(f"SELECT count(*) FROM (SELECT 1 {body} LIMIT {MOST + 1})", self.values).fetchone()
        return rows, total


def outlets_named(db: sqlite3.Connection, words: str) -> list[str]:
    """The outlets whose names hold *words*."""
    wanted = fold(words)
    return [name for (name,) in db.execute("SELECT DISTINCT outlet FROM reports WHERE outlet IS NOT NULL") if wanted in fold(name)]


def _published(query: Query, db: sqlite3.Connection, outlet: str | None, since: str | None = None, until: str | None = None) -> None:
    query.add("r.current")
    if outlet is not None:
        names = outlets_named(db, outlet)
        query.add(f"r.outlet IN ({slots(names)})", *names)
    if since is not None:
        query.add("r.published >= ?", since)
    if until is not None:
        query.add("r.published < ?", until + "U")  # after every time of that day


def find_statements(
    db: sqlite3.Connection, *, words: str | None, actors: Iterable[tuple[Collection[str], tuple[Relation, ...]]], report: str | None,
    outlet: str | None, since: str | None, until: str | None, form: str | None, act: str | None, stance: str | None, min_confidence: float,
    nested: bool | None, order: str, offset: int, limit: int,
) -> tuple[list[tuple[str, int]], int]:  # fmt: skip
    """(report_id, number) of the statements that match, and how many there are.

    *actors*: for each filter on an actor the ids that it may mean, and the relations in which one of them is to stand.
    """
    query = Query([])
    narrowed = few = False
    for n, (ids, relations) in enumerate(actors):
        query.tables.append(f"(SELECT DISTINCT report, number FROM heard WHERE actor IN {numbered(ids)} AND relation IN {heard_as(*relations)}) h{n}")
        query.values += ids
        narrowed = True
    if words is not None:
        sql, values = matching_statements(words)
        query.tables.append(f"({sql}) w")
        query.values += values
        narrowed = True
    base = query.tables[0].rsplit(" ", 1)[1] if narrowed else None
    for table in query.tables[1:]:
        name = table.rsplit(" ", 1)[1]
        query.add(f"{name}.report = {base}.report AND {name}.number = {base}.number")
    conditions = statement_conditions(form=form, act=act, stance=stance, min_confidence=min_confidence, nested=nested)
    if narrowed:
        query.tables.append("reports r")
        query.add(f"r.report = {base}.report")
        if conditions:
            query.tables.append("statements s")
            query.add(f"s.report = {base}.report AND s.number = {base}.number")
    elif few := _few(db, conditions):
        query.tables += ["statements s", "reports r"]
        query.add("r.report = s.report")
    else:
        query.tables += ["reports r", "statements s"]
        query.add("s.report = r.report")
    if report is not None:
        query.add("r.report_id = ?", report)
    _published(query, db, outlet)
    number = f"{base}.number" if narrowed else "s.number"
    first, last = SAID.format("first", number), SAID.format("last", number)
    if since is not None:
        query.add(f"{last} >= ?", since)
    if until is not None:
        query.add(f"{first} <= ?", until)
    if report is not None:  # an earlier version, too, is shown when it is asked for
        query.where.remove("r.current")
    for condition, value in conditions:
        query.add(f"s.{condition}", *value)
    by = f"{last} IS NULL, {last}, r.report_id" if order == "said" else _BY_DAY[order]
    rows, total = query.run(db, f"r.report_id, {number}", f"{by}, {number}", offset, limit, few=narrowed or few)
    return [(row[0], row[1]) for row in rows], total


def _few(db: sqlite3.Connection, conditions: list[tuple[str, list[Any]]]) -> bool:
    """Whether so few statements are of the form, act or stance asked for that all are looked at, rather than reports gone through for them."""
    for condition, values in conditions:
        if condition.startswith("manner "):
            (n,) = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM statements WHERE {condition} LIMIT {MOST})", values).fetchone()
            if n < MOST:
                return True
    return False


def find_reports(
    db: sqlite3.Connection, *, words: str | None, actors: Iterable[tuple[Collection[str], tuple[Relation, ...]]], outlet: str | None,
    since: str | None, until: str | None, order: str, offset: int, limit: int,
) -> tuple[list[str], int]:  # fmt: skip
    """Ids of the reports that match, and how many there are."""
    query = Query(["reports r"])
    _published(query, db, outlet, since, until)
    for ids, relations in actors:
        query.add(f"r.report IN (SELECT report FROM heard WHERE actor IN {numbered(ids)} AND relation IN {heard_as(*relations)})", *ids)
    if words is not None:
        sql, values = matching_reports(words)
        query.add(f"r.report IN ({sql})", *values)
    rows, total = query.run(db, "r.report_id", _BY_DAY.get(order, _BY_DAY["oldest"]), offset, limit, few=words is not None)
    return [row[0] for row in rows], total
