"""Comparison: what two outlets, or two reports, have in common, and what only one of them has."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any, Final

from sayso.record.packing import number_id

_HEARD: Final = ("direct", "reported", "about")
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


def heard(db: sqlite3.Connection, parts: Mapping[str, Part], canonical: Callable[[str], str], most: int) -> list[dict[str, Any]]:
    """How often each actor is heard in each part: *direct*, where the report itself lets it speak; *reported*, where somebody whom it lets
    speak tells what the actor said; *about*, where it is spoken of. Those of whom both have most first; at most so many, and none whom nobody named.
    """
    counts: dict[str, list[int]] = {}  # direct, reported and about of the first, then of the second
    names: dict[str, tuple[str, str]] = {}
    for n, one in enumerate(parts.values()):
        for actor, name, kind, *found in db.execute(
            "SELECT actor_id, name, kind, direct, statements - direct, about FROM (SELECT actor, sum(direct) AS direct, "
            "sum(statements) AS statements, sum(about) AS about FROM reports r CROSS JOIN tallies INDEXED BY tallies_report USING (report) "
            f"WHERE {one.condition} GROUP BY 1) JOIN actors USING (actor)", (one.value,),
        ):  # fmt: skip
            names[actor] = name, kind
            counted = counts.setdefault(canonical(actor), [0] * 6)
            for k, count in enumerate(found, 3 * n):
                counted[k] += count
    for i in counts.keys() - names.keys():
        names[i] = db.execute("SELECT name, kind FROM actors WHERE actor_id = ?", (i,)).fetchone() or (i, "person")
    some = nsmallest(
        most, ((-c[0] - c[3], -sum(c), names[i][0], i) for i, c in counts.items() if names[i][1] != "anonymous")
    )  # fmt: skip
    return [
        {"id": i, "name": names[i][0], "kind": names[i][1],
         **{key: dict(zip(_HEARD, counts[i][3 * n :], strict=False)) for n, key in enumerate(parts)}}
        for *_, i in some
    ]  # fmt: skip


@dataclass(frozen=True)
class Shares:
    """Groups (quotes or claims), the most carried first: those that *both* have; those that *only* one of the two has, each with how many other
    reports of the record have it, too.
    """

    both: tuple[int, ...]
    only: Mapping[str, Mapping[int, int]]


def quotes(db: sqlite3.Connection, parts: Mapping[str, Part]) -> Shares:
    """Quotes by number; an utterance that is quoted once in the record is in no quote."""
    return _shares(db, parts, (
        "SELECT quote, n, g.reports FROM (SELECT s.quote, count(DISTINCT s.report) AS n FROM reports r CROSS JOIN stretches s USING (report) "
        "WHERE {} AND s.quote IS NOT NULL GROUP BY 1) JOIN quotes g USING (quote)"
    ))  # fmt: skip


def claims(db: sqlite3.Connection, parts: Mapping[str, Part]) -> Shares:
    """Claims by group; those of one content in the whole record among them."""
    return _shares(db, parts, (
        "SELECT claim_group, n, coalesce(g.reports, 1) FROM (SELECT n.claim_group, count(DISTINCT c.report) AS n FROM reports r "
        "CROSS JOIN contents c USING (report) CROSS JOIN nodes n USING (node) WHERE {} GROUP BY 1) LEFT JOIN claims g USING (claim_group)"
    ))  # fmt: skip


def _shares(db: sqlite3.Connection, parts: Mapping[str, Part], query: str) -> Shares:
    """*query* tells for one part which groups it has, how many of its reports have each, and how many in the whole record."""
    found = {key: {group: (n, whole) for group, n, whole in db.execute(query.format(one.condition), (one.value,))} for key, one in parts.items()}
    a, b = found.values()
    both = sorted(a.keys() & b.keys(), key=lambda g: (-a[g][0] - b[g][0], number_id(g)))
    only = {}
    for key, mine, other in zip(found, (a, b), (b, a), strict=True):
        elsewhere = {g: mine[g][1] - mine[g][0] for g in mine.keys() - other.keys()}
        only[key] = {g: elsewhere[g] for g in sorted(elsewhere, key=lambda g: (-elsewhere[g], number_id(g)))}
    return Shares(tuple(both), only)


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
