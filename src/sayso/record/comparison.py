"""Comparison: what two outlets, or two reports, have in common, and what only one of them has."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sayso.record.batches import slots
from sayso.record.judgements import Links
from sayso.record.relations import links_table

# Of so many times those that are told of the names are looked up: that many may be anonymous.
_UNNAMED: Final = 8
# How an actor stands in what is compared, and how often by its tallies.
_COUNTS: Final = (("direct", "direct"), ("reported", "statements - direct"), ("about", "about"))
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
    def tallied(self) -> str:
        """A query for how often each actor is heard in it, with the same value."""
        if self.report:
            return "SELECT actor, direct, statements, about FROM reports JOIN tallies INDEXED BY tallies_report USING (report) WHERE report_id = ?"
        return "SELECT actor, direct, statements, about FROM tally_sums WHERE outlet = ?"

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
    query = f"SELECT count(*), coalesce(sum(statement_count), 0) FROM reports r WHERE {one.condition}"
    reports, statements = db.execute(query, (one.value,)).fetchone()
    facts: Sequence[str | None] = (one.outlet, None, None, None)
    if one.report is not None:
        facts = db.execute(f"SELECT {', '.join(_FACTS)} FROM reports WHERE report_id = ?", (one.report,)).fetchone()
    return {"report": one.report, **dict(zip(_FACTS, facts, strict=True)), "reports": reports, "statements": statements}


def heard(db: sqlite3.Connection, parts: Mapping[str, Part], links: Links, most: int) -> list[dict[str, Any]]:
    """How often actors are heard in each part: *direct*, where the report itself lets one speak; *reported*, where somebody whom it lets speak
    tells what the actor said; *about*, where it is spoken of.

    So many at most of those heard directly in both, in one alone, and in neither; first those of whom they have most, and none whom nobody named.
    """
    sums = " UNION ALL ".join(f"SELECT {n} AS part, t.* FROM ({one.tallied}) t" for n, one in enumerate(parts.values()))
    names = [f"{name}{n}" for n in range(len(parts)) for name, _ in _COUNTS]
    columns = ", ".join(f"sum(CASE WHEN part = {n} THEN {count} ELSE 0 END) AS {name}{n}" for n in range(len(parts)) for name, count in _COUNTS)
    same, renamed = links_table(links)
    by = "PARTITION BY direct0 > 0, direct1 > 0 ORDER BY direct0 + direct1 DESC, every DESC"
    # Names are looked up for those only that can be among the first, and all is told as one value: a row at a time, a query waits for whatever
    # else is going on between any two.
    (found,) = db.execute(
        f"{same}, "
        "renamed AS (SELECT a.actor, o.actor AS one FROM same JOIN actors a ON a.actor_id = id JOIN actors o ON o.actor_id = same.one), "
        f"counted AS (SELECT coalesce(one, actor) AS actor, {columns} FROM ({sums}) LEFT JOIN renamed USING (actor) GROUP BY 1), "
        f"summed AS (SELECT *, {' + '.join(names)} AS every FROM counted), "
        f"near AS (SELECT * FROM (SELECT *, rank() OVER ({by}) AS about_place FROM summed) WHERE about_place <= ?), "
        "placed AS (SELECT *, row_number() OVER "
        f"({by}, name, actor_id) AS place FROM near JOIN actors USING (actor) WHERE kind <> 'anonymous') "
        f"SELECT json_group_array(json_array(actor_id, name, kind, {', '.join(names)})) FROM (SELECT * FROM placed WHERE place <= ? "
        "ORDER BY direct0 + direct1 DESC, every DESC, name, actor_id)",
        (*renamed, *(one.value for one in parts.values()), _UNNAMED * most, most),
    ).fetchone()
    width = len(_COUNTS)
    return [
        {"id": i, "name": name, "kind": kind,
         **{key: {what: n for (what, _), n in zip(_COUNTS, counts[width * k :], strict=False)} for k, key in enumerate(parts)}}
        for i, name, kind, *counts in json.loads(found)
    ]  # fmt: skip


@dataclass(frozen=True)
class Shares:
    """Groups (quotes or claims), the most carried first: those that *both* have; those that *only* one of the two has, each with how many other
    reports of the record have it, too; and how many there are of each.
    """

    both: tuple[int, ...]
    only: Mapping[str, Mapping[int, int]]
    counts: Mapping[str, int]


def quotes(db: sqlite3.Connection, parts: Mapping[str, Part], limit: int) -> Shares:
    """Quotes by number; an utterance that is quoted once in the record is in no quote."""
    held = (
        "SELECT s.quote AS grouped, count(DISTINCT s.report) AS n FROM reports r CROSS JOIN stretches s USING (report) "
        "WHERE {} AND s.quote IS NOT NULL GROUP BY 1"
    )
    return _shares(db, parts, [held.format(one.condition) for one in parts.values()], "quotes", "quote", limit)


def claims(db: sqlite3.Connection, parts: Mapping[str, Part], limit: int) -> Shares:
    """Claims by group; those of one content in the whole record among them."""
    of_report = (
        "SELECT n.claim_group AS grouped, 1 AS n FROM reports r CROSS JOIN contents c USING (report) CROSS JOIN nodes n USING (node) "
        "WHERE r.report_id = ? GROUP BY 1"
    )
    of_outlet = "SELECT claim_group AS grouped, reports AS n FROM claims_carried WHERE outlet = ?"
    return _shares(db, parts, [of_report if one.report else of_outlet for one in parts.values()], "claims", "claim_group", limit)


def _shares(db: sqlite3.Connection, parts: Mapping[str, Part], held: Sequence[str], table: str, key: str, limit: int) -> Shares:
    """*held* tells for each part which groups (of *table*, by *key*) it has, and in how many reports."""
    first, second = parts
    rows = db.execute(
        f"WITH held AS (SELECT grouped, sum(a) AS a, sum(b) AS b FROM (SELECT grouped, n AS a, 0 AS b FROM ({held[0]}) "
        f"UNION ALL SELECT grouped, 0, n FROM ({held[1]})) GROUP BY 1), "
        f"told AS (SELECT grouped, a, b, coalesce(reports, 1) - a - b AS elsewhere FROM held LEFT JOIN {table} ON {key} = grouped), "
        "placed AS (SELECT *, count(*) OVER sort AS total, row_number() OVER (sort ORDER BY CASE WHEN a AND b THEN 0 ELSE elsewhere END DESC, "
        "a + b DESC, grouped < 0, grouped) AS place FROM told WINDOW sort AS (PARTITION BY a > 0, b > 0)) "
        "SELECT a > 0, b > 0, grouped, elsewhere, total FROM placed WHERE place <= ? ORDER BY place", (*(one.value for one in parts.values()), limit),
    ).fetchall()  # fmt: skip
    found: dict[str, dict[int, int]] = {"both": {}, first: {}, second: {}}
    counts = dict.fromkeys(found, 0)
    for a, b, group, elsewhere, total in rows:
        part = "both" if a and b else first if a else second
        found[part][group] = elsewhere
        counts[part] = total
    return Shares(tuple(found["both"]), {first: found[first], second: found[second]}, counts)


def unshared(db: sqlite3.Connection, one: Part, limit: int) -> tuple[list[tuple[str, int]], int]:
    """First stretches of what is quoted in no other report of the record either: (report, remark), the longest first; and how many
    there are."""
    rows = db.execute(
        "SELECT report_id, remark, count(*) OVER () FROM (SELECT r.report_id, s.remark, sum(s.content) AS words FROM reports r "
        f"CROSS JOIN stretches s USING (report) WHERE {one.condition} AND s.quote IS NULL GROUP BY 1, 2) "
        "ORDER BY words DESC, report_id, remark LIMIT ?", (one.value, limit),
    ).fetchall()  # fmt: skip
    return [(report_id, remark) for report_id, remark, _ in rows], rows[0][2] if rows else 0


def in_parts(db: sqlite3.Connection, quote: int, parts: Mapping[str, Part], most: int) -> list[int]:
    """The stretches of a quote in the two parts, of the first *most* reports of each."""
    query = " UNION ALL ".join(
        "SELECT stretch FROM (SELECT s.stretch, dense_rank() OVER (ORDER BY s.published IS NULL, s.published, r.report_id) AS place "
        f"FROM stretches s CROSS JOIN reports r USING (report) WHERE s.quote = ? AND {one.condition}) WHERE place <= ?" for one in parts.values()
    )
    return [n for (n,) in db.execute(query, [value for one in parts.values() for value in (quote, one.value, most)])]


def first_contents(db: sqlite3.Connection, groups: Sequence[int], parts: Mapping[str, Part], most: int) -> list[tuple[int, int, int]]:
    """(report, number, part) of the contents of claims in the two parts, of each claim the *most* first published of each."""
    query = " UNION ALL ".join(
        "SELECT report, number, part FROM (SELECT c.report, c.number, c.part, row_number() OVER (PARTITION BY n.claim_group "
        "ORDER BY r.published IS NULL, r.published, r.report_id, c.number, c.part) AS place FROM nodes n CROSS JOIN contents c USING (node) "
        f"CROSS JOIN reports r USING (report) WHERE n.claim_group IN ({slots(groups)}) AND {one.condition}) WHERE place <= ?"
        for one in parts.values()
    )
    return db.execute(query, [value for one in parts.values() for value in (*groups, one.value, most)]).fetchall()


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
