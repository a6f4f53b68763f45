"""Counts: what is in a record, over time and by outlet."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Final

from sayso.record.batches import slots
from sayso.record.judgements import Links
from sayso.record.relations import BY, Relation, heard_as, links_table, numbered

#: Most days that are shown one by one, and most months.
_DAYS: Final = 92
_MONTHS: Final = 96


def overview(db: sqlite3.Connection) -> dict[str, Any]:
    """What the current reports of a record hold: how many of each thing, over time, by outlet, act and stance."""
    reports, texts, first, last = db.execute(
        "SELECT count(*), count(DISTINCT text_id), min(substr(published, 1, 10)), max(substr(published, 1, 10)) FROM reports WHERE current"
    ).fetchone()
    acts, stances, forms, statements = Counter[str](), Counter[str](), Counter[str](), 0
    for act, stance, form, n in db.execute(
        "SELECT act, stance, form, sum(n) FROM (SELECT manner, count(*) AS n FROM statements GROUP BY 1 UNION ALL "
        "SELECT manner, -count(*) FROM reports CROSS JOIN statements USING (report) WHERE NOT current GROUP BY 1) "
        "JOIN manners USING (manner) GROUP BY manner HAVING sum(n) > 0"
    ):
        acts[act] += n
        stances[stance] += n
        forms[form] += n
        statements += n
    outlets = [
        {"outlet": outlet, "reports": n, "statements": said} for outlet, n, said in db.execute(
            "SELECT outlet, count(*), sum(statement_count) FROM reports WHERE current GROUP BY outlet ORDER BY 2 DESC, 1"
        )
    ]  # fmt: skip
    unit, width = period(first, last)
    counted = {
        when: (n, said) for when, n, said in db.execute(
            f"SELECT substr(published, 1, {width}), count(*), sum(statement_count) FROM reports WHERE current AND published IS NOT NULL GROUP BY 1"
        )
    }  # fmt: skip
    (judged,) = db.execute("SELECT count(*) FROM judgements").fetchone()
    return {
        "reports": reports, "texts": texts, "statements": statements, "outlets": outlets, "first": first, "last": last,
        "undated": reports - sum(n for n, _ in counted.values()), "unit": unit,
        "over_time": [{"when": when, "reports": counted.get(when, (0, 0))[0], "statements": counted.get(when, (0, 0))[1]}
                      for when in periods(first, last, unit)],
        "acts": _sorted(acts, "act"), "stances": _sorted(stances, "stance"), "forms": _sorted(forms, "form"), "judgements": judged,
    }  # fmt: skip


def _sorted(counts: Counter[str], key: str) -> list[dict[str, Any]]:
    return [{key: name, "statements": n} for name, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]


def period(first: str | None, last: str | None) -> tuple[str, int]:
    """By what to count what lies between two days: day, month or year, and how much of an ISO date tells it."""
    if first is None or last is None:
        return "day", 10
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return ("day", 10) if days < _DAYS else ("month", 7) if days < 31 * _MONTHS else ("year", 4)


def periods(first: str | None, last: str | None, unit: str) -> Iterable[str]:
    """Every day, month or year from the first to the last."""
    if first is None or last is None:
        return
    if unit == "day":
        day, end = date.fromisoformat(first), date.fromisoformat(last)
        while day <= end:
            yield day.isoformat()
            if day == end:
                return
            day += timedelta(days=1)
    elif unit == "month":
        year, month = int(first[:4]), int(first[5:7])
        while f"{year:04}-{month:02}" <= last[:7]:
            yield f"{year:04}-{month:02}"
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    else:
        yield from (f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1))


def over_time(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, Any]:
    """When and in which outlets an actor (*ids*: those judged to be the same) is heard directly, and spoken about."""
    some = sorted(ids)
    heard = f"FROM tallies JOIN reports USING (report) WHERE current AND actor IN {numbered(ids)}"
    first, last = db.execute(f"SELECT min(substr(published, 1, 10)), max(substr(published, 1, 10)) {heard}", some).fetchone()
    unit, width = period(first, last)
    query = f"SELECT substr(published, 1, {width}), sum(statements), sum(about) {heard} AND published IS NOT NULL GROUP BY 1"
    when = {p: (statements, about) for p, statements, about in db.execute(query, some)}
    most = "ORDER BY sum(statements + about) DESC, coalesce(outlet, '')"
    outlets = db.execute(f"SELECT outlet, sum(statements), sum(about) {heard} GROUP BY 1 {most}", some)
    return {
        "unit": unit,
        "over_time": [{"when": p, **dict(zip(("statements", "about"), when.get(p, (0, 0)), strict=True))} for p in periods(first, last, unit)],
        "outlets": [{"outlet": name, "statements": statements, "about": about} for name, statements, about in outlets],
    }


def acts_of(db: sqlite3.Connection, ids: Collection[str]) -> list[dict[str, Any]]:
    """What an actor does in saying, the most frequent act first."""
    return [
        {"act": act, "statements": n} for act, n in db.execute(
            "SELECT act, count(*) FROM (SELECT DISTINCT report, number FROM heard "
            f"WHERE actor IN {numbered(ids)} AND relation IN {heard_as(*BY)}) h JOIN reports r USING (report) "
            "JOIN statements s USING (report, number) JOIN manners USING (manner) WHERE r.current GROUP BY act ORDER BY 2 DESC, 1", sorted(ids),
        )
    ]  # fmt: skip


def company(
    db: sqlite3.Connection, ids: Collection[str], given: Collection[Relation], asked: Collection[Relation], links: Links, limit: int
) -> list[dict[str, Any]]:
    """Actors that stand in the relations *asked* in the statements in which one of *ids* stands in *given*, the most frequent first."""
    same, renamed = links_table(links)
    rows = db.execute(
        f"{same}, "
        f"held AS (SELECT DISTINCT report, number FROM heard WHERE actor IN {numbered(ids)} AND relation IN {heard_as(*given)}), "
        "others AS (SELECT DISTINCT b.report, b.number, b.actor FROM held a CROSS JOIN reports r ON r.report = a.report AND r.current "
        f"CROSS JOIN heard b ON b.report = a.report AND b.number = a.number WHERE b.relation IN {heard_as(*asked)}), "
        "counted AS (SELECT actor, count(*) AS n FROM others GROUP BY 1) "
        "SELECT c.actor_id, c.name, c.kind, sum(n) FROM counted JOIN actors a USING (actor) LEFT JOIN same ON same.id = a.actor_id "
        "JOIN actors c ON c.actor_id = coalesce(same.one, a.actor_id) "
        f"WHERE c.actor_id NOT IN ({slots(ids)}) GROUP BY 1 ORDER BY 4 DESC, 1 LIMIT ?", (*renamed, *sorted(ids), *sorted(ids), limit),
    )  # fmt: skip
    return [{"id": i, "name": name, "kind": kind, "statements": n} for i, name, kind, n in rows]
