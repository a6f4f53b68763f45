"""Comparison: what two outlets, or two reports, have in common, and what only one of them has."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sayso.record.packing import id_number, number_id
from sayso.record.relations import DIRECTLY, Relation, heard_as

_FACTS: Final = ("outlet", "title", "byline", "published")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two: all current reports of an outlet, or a single report."""

    outlet: str | None
    report: str | None

    @property
    def condition(self) -> str:
        """On a row r of reports, with one value."""
        return "r.report_id = ?" if self.report else "r.current AND r.outlet = ?"

    @property
    def value(self) -> str:
        return self.report or self.outlet or ""


def part(db: sqlite3.Connection, name: str) -> Part | None:
    """The report with this id, else the outlet of this name; None if the record has neither."""
    if db.execute("SELECT 1 FROM reports WHERE report_id = ?", (name,)).fetchone():
        return Part(None, name)
    if db.execute("SELECT 1 FROM reports WHERE current AND outlet = ?", (name,)).fetchone():
        return Part(name, None)
    return None


def size(db: sqlite3.Connection, one: Part) -> dict[str, Any]:
    """How much there is of it, and of a report the facts of its publication."""
    (reports,) = db.execute(f"SELECT count(*) FROM reports r WHERE {one.condition}", (one.value,)).fetchone()
    (statements,) = db.execute(
        f"SELECT count(*) FROM reports r CROSS JOIN statements USING (report) WHERE {one.condition}", (one.value,)
    ).fetchone()
    facts: Sequence[str | None] = (one.outlet, None, None, None)
    if one.report is not None:
        facts = db.execute(f"SELECT {', '.join(_FACTS)} FROM reports WHERE report_id = ?", (one.report,)).fetchone()
    return {"report": one.report, **dict(zip(_FACTS, facts, strict=True)), "reports": reports, "statements": statements}


def heard(db: sqlite3.Connection, parts: Mapping[str, Part], canonical: Callable[[str], str]) -> list[dict[str, Any]]:
    """How often each actor is heard in each part: *direct*, where the report itself lets it speak; *reported*, where somebody whom it lets
    speak tells what the actor said; *about*, where it is spoken of. Those of whom both have most first; those whom nobody named are left out.
    """
    counts: dict[str, dict[str, Counter[str]]] = {}
    for key, one in parts.items():
        query = (
            f"SELECT h.actor, CASE WHEN h.relation = {Relation.ABOUT} THEN 'about' WHEN s.parent IS NULL THEN 'direct' ELSE 'reported' END AS how, "
            "count(DISTINCT h.report || '/' || h.number) AS n FROM reports r CROSS JOIN heard h USING (report) "
            f"CROSS JOIN statements s USING (report, number) WHERE {one.condition} AND h.relation IN {heard_as(*DIRECTLY)} GROUP BY 1, 2"
        )
        for actor, how, n in db.execute(f"SELECT actor_id, how, n FROM ({query}) JOIN actors USING (actor)", (one.value,)):
            counts.setdefault(canonical(actor), {k: Counter() for k in parts})[key][how] += n
    names = {i: db.execute("SELECT name, kind FROM actors WHERE actor_id = ?", (i,)).fetchone() or (i, "person") for i in counts}
    rows = [
        {"id": actor, "name": names[actor][0], "kind": names[actor][1],
         **{key: {how: found[key][how] for how in ("direct", "reported", "about")} for key in parts}}
        for actor, found in counts.items()
    ]  # fmt: skip
    named = (row for row in rows if row["kind"] != "anonymous")
    return sorted(named, key=lambda r: (-sum(r[k]["direct"] for k in parts), -sum(sum(r[k].values()) for k in parts), r["name"], r["id"]))


@dataclass(frozen=True)
class Shares:
    """Groups (quotes or claims), the most carried first: those that *both* have; those that *only* one of the two has, each with how many other
    reports of the record have it, too.
    """

    both: tuple[Any, ...]
    only: Mapping[str, Mapping[Any, int]]


def _shares(found: Mapping[str, Mapping[Any, int]], whole: Callable[[Iterable[Any]], Mapping[Any, int]]) -> Shares:
    """*found*: for each part how many of its reports have each group; *whole* tells in how many reports the record has some."""
    a, b = found.values()
    both = sorted(a.keys() & b.keys(), key=lambda g: (-a[g] - b[g], g))
    only = {}
    for key, mine, other in zip(found, (a, b), (b, a), strict=True):
        rest = mine.keys() - other.keys()
        elsewhere = {g: n - mine[g] for g, n in whole(rest).items()}
        only[key] = {g: elsewhere[g] for g in sorted(rest, key=lambda g: (-elsewhere[g], g))}
    return Shares(tuple(both), only)


def quotes(db: sqlite3.Connection, parts: Mapping[str, Part]) -> Shares:
    """Quotes by number; an utterance that is quoted once in the record is in no quote."""
    query = (
        "SELECT s.quote, count(DISTINCT s.report) FROM reports r CROSS JOIN stretches s USING (report) "
        "WHERE {} AND s.quote IS NOT NULL GROUP BY 1"
    )
    whole = "SELECT quote, count(DISTINCT report) FROM stretches WHERE quote IN ({}) GROUP BY 1"
    return _shares(_in_each(db, query, parts), lambda some: _counted(db, whole, some))


def claims(db: sqlite3.Connection, parts: Mapping[str, Part]) -> Shares:
    """Claims by group; those of one content in the whole record among them."""
    query = (
        "SELECT g.claim_group, count(DISTINCT c.report) FROM reports r CROSS JOIN contents c USING (report) JOIN nodes g USING (node) "
        "WHERE {} GROUP BY 1"
    )
    whole = "SELECT claim_group, count(DISTINCT report) FROM nodes JOIN contents USING (node) WHERE claim_group IN ({}) GROUP BY 1"
    found = {key: _by_id(some) for key, some in _in_each(db, query, parts).items()}
    return _shares(found, lambda some: _by_id(_counted(db, whole, map(id_number, some))))


def _by_id(counts: Mapping[int, int]) -> dict[str, int]:
    return {number_id(group): n for group, n in counts.items()}


def _in_each(db: sqlite3.Connection, query: str, parts: Mapping[str, Part]) -> dict[str, dict[Any, int]]:
    return {key: dict(db.execute(query.format(one.condition), (one.value,))) for key, one in parts.items()}


def unshared(db: sqlite3.Connection, one: Part, limit: int) -> tuple[list[tuple[str, int]], int]:
    """First stretches of what is quoted in no other report of the record either: (report, remark), the longest first; and how many
    there are."""
    where = f"FROM reports r CROSS JOIN stretches s USING (report) WHERE {one.condition} AND s.quote IS NULL"
    (total,) = db.execute(f"SELECT count(DISTINCT s.report || '/' || s.remark) {where}", (one.value,)).fetchone()
    rows = db.execute(
        f"SELECT r.report_id, s.remark {where} GROUP BY 1, 2 "
        "ORDER BY sum(s.content) DESC, r.report_id, s.remark LIMIT ?", (one.value, limit),
    )
    return [(report_id, remark) for report_id, remark in rows], total


def in_parts(db: sqlite3.Connection, quote: int, parts: Mapping[str, Part], most: int) -> list[int]:
    """The stretches of a quote in the two parts, of the first *most* reports of each."""
    out: list[int] = []
    for one in parts.values():
        by_report: dict[str, list[int]] = defaultdict(list)
        for report_id, stretch in db.execute(
            f"SELECT r.report_id, s.stretch FROM stretches s CROSS JOIN reports r USING (report) WHERE s.quote = ? AND {one.condition} "
            "ORDER BY s.published IS NULL, s.published, r.report_id", (quote, one.value),
        ):  # fmt: skip
            by_report[report_id].append(stretch)
        out += [n for some in list(by_report.values())[:most] for n in some]
    return out


def beside(db: sqlite3.Connection, report_id: str, limit: int) -> list[tuple[str, int]]:
    """The current reports that have most quotes and claims in common with one, and how many."""
    (report,) = db.execute("SELECT report FROM reports WHERE report_id = ?", (report_id,)).fetchone()
    counts: Counter[int] = Counter()
    for query in (
        "SELECT o.report, count(DISTINCT o.quote) FROM stretches s JOIN stretches o USING (quote) WHERE s.report = ?1 AND o.report <> ?1 GROUP BY 1",
        "SELECT d.report, count(DISTINCT g.claim_group) FROM contents c JOIN nodes g USING (node) JOIN nodes h USING (claim_group) "
        "JOIN contents d ON d.node = h.node WHERE c.report = ?1 AND d.report <> ?1 GROUP BY 1",
    ):
        for other, n in db.execute(query, (report,)):
            counts[other] += n
    rows = [(db.execute("SELECT report_id, current FROM reports WHERE report = ?", (i,)).fetchone(), n) for i, n in counts.items()]
    return sorted(((i, n) for (i, current), n in rows if current), key=lambda x: (-x[1], x[0]))[:limit]


def _counted(db: sqlite3.Connection, query: str, some: Iterable[Any]) -> dict[Any, int]:
    wanted: Sequence[Any] = sorted(some)
    out: dict[Any, int] = {}
    for begin in range(0, len(wanted), 500):
        here = wanted[begin : begin + 500]
        out |= dict(db.execute(query.format(", ".join("?" * len(here))), here))
    return out
