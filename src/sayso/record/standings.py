"""Lists of claims and of quotes: which of them match, in their order, found in the index and never by going through all."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, Final

from sayso.record.batches import slots
from sayso.record.briefs import unpacked_brief
from sayso.record.listing import SAID, Query, outlets_named
from sayso.record.packing import number_id
from sayso.record.relations import BY, Relation, heard_as, numbered
from sayso.record.search import matching_statements

#: Actors, each with the relations in which one of them is to stand.
Roles = Iterable[tuple[Collection[str], tuple[Relation, ...]]]

_RANKS: Final = {
    "claims": "g.speakers DESC, g.contents DESC, g.claim < 0, g.claim",
    "disputes": "g.weaker DESC, g.sides DESC, g.speakers DESC, g.claim < 0, g.claim",
    "quotes": "g.texts DESC, g.reports DESC, g.published, g.quote",
}
# Where a content stands towards the label of its claim: 1 for, -1 against, 0 neither.
_STANDS: Final = "c.position * c.sign * n.sign * g.way"
# Of a group that speaks those that it consists of count, if they are known.
_SPEAKS: Final = (
    f"h.relation IN {heard_as(*BY)} AND NOT (h.relation = {Relation.SPEAKER} AND EXISTS (SELECT 1 FROM heard m "
    f"WHERE m.report = h.report AND m.number = h.number AND m.relation = {Relation.MEMBER}))"
)


def found(
    db: sqlite3.Connection, kind: str, *, words: str | None = None, actors: Roles = (), outlet: str | None = None, since: str | None = None,
    until: str | None = None, offset: int = 0, limit: int = -1,
) -> tuple[list[int], int]:  # fmt: skip
    """The claims, disputes or quotes (*kind*; groups by number) of which some statement matches all that is asked for, and how many there are."""
    table, key = ("quotes", "quote") if kind == "quotes" else ("claims", "claim_group")
    query = Query([f"{table} g"])
    some = _matching(db, kind, words, actors, outlet, since, until)
    if some is not None:
        sql, values = some
        query = Query([f"({sql}) f", f"{table} g"], [f"g.{key} = f.{key}"], values)
    if kind == "disputes":
        query.add("g.disputed")
    if limit < 0:  # all of them
        rows, _ = query.run(db, f"g.{key}", _RANKS[kind], offset, -1, few=True)
        return [row[0] for row in rows], len(rows)
    rows, total = query.run(db, f"g.{key}", _RANKS[kind], offset, limit, few=some is not None)
    return [row[0] for row in rows], total


def _matching(
    db: sqlite3.Connection, kind: str, words: str | None, actors: Roles, outlet: str | None, since: str | None, until: str | None
) -> tuple[str, list[Any]] | None:  # fmt: skip
    """A query for the groups with a statement that matches; None where all do."""
    query = Query([])
    for n, (ids, relations) in enumerate(actors):
        query.tables.append(f"(SELECT DISTINCT report, number FROM heard WHERE actor IN {numbered(ids)} AND relation IN {heard_as(*relations)}) h{n}")
        query.values += ids
    if words is not None:
        sql, values = matching_statements(words)
        query.tables.append(f"({sql}) w")
        query.values += values
    names = [table.rsplit(" ", 1)[1] for table in query.tables]
    if not names and outlet is None and since is None and until is None:
        return None
    for name in names[1:]:
        query.add(f"{name}.report = {names[0]}.report AND {name}.number = {names[0]}.number")
    if outlet is not None or since is not None or until is not None:
        query.tables.append("reports r")
        query.add(f"r.report = {names[0]}.report" if names else "r.current")
        if outlet is not None:
            outlets = outlets_named(db, outlet)
            query.add(f"r.outlet IN ({slots(outlets)})", *outlets)
        names = names or ["r"]
    query.tables.append("stretches c" if kind == "quotes" else "contents c")
    query.add(f"c.report = {names[0]}.report" + (f" AND c.number = {names[0]}.number" if names[0] != "r" else ""))
    for day, edge, way in ((since, "last", ">="), (until, "first", "<=")):
        if day is not None:
            query.add(f"{SAID.format(edge, 'c.number')} {way} ?", day)
    if kind == "quotes":
        query.add("c.quote IS NOT NULL")
        return f"SELECT DISTINCT c.quote {query.body}", query.values
    query.tables.append("nodes n")
    query.add("n.node = c.node")
    return f"SELECT DISTINCT n.claim_group {query.body}", query.values


def briefs(db: sqlite3.Connection, groups: Iterable[int]) -> list[dict[str, Any]]:
    """The rows of these claims in lists."""
    query = "SELECT claim, brief FROM claims WHERE claim_group = ?"
    found = (db.execute(query, (group,)).fetchone() for group in groups)
    return [unpacked_brief(number_id(row[0]), row[1]) for row in found if row is not None]


def latest(db: sqlite3.Connection, group: int, ids: Collection[str], stands: int) -> tuple[str, str | None]:
    """The latest statement in which one of the actors *ids* stands so towards a claim, and when it was published."""
    row = db.execute(
        "SELECT statement, published FROM claims g CROSS JOIN nodes n USING (claim_group) CROSS JOIN contents c USING (node) "
        "CROSS JOIN heard h ON h.report = c.report AND h.number = c.number CROSS JOIN statements s ON s.report = c.report AND s.number = c.number "
        f"CROSS JOIN reports r ON r.report = c.report WHERE claim_group = ? AND h.actor IN {numbered(ids)} AND {_SPEAKS} AND {_STANDS} = ? "
        f"ORDER BY {SAID.format('first', 'c.number')} DESC, r.report_id DESC, c.number DESC LIMIT 1", (group, *sorted(ids), stands),
    ).fetchone()  # fmt: skip
    return number_id(row[0]), row[1]


def disputed(db: sqlite3.Connection, group: int) -> bool:
    return db.execute("SELECT 1 FROM claims WHERE claim_group = ? AND disputed", (group,)).fetchone() is not None


def stands(db: sqlite3.Connection, ids: Collection[str]) -> list[tuple[int, int, bool]]:
    """The claims towards which one of the actors *ids* stands, each with where (1 for, -1 against), and whether somebody stands otherwise.

    Those come first towards which somebody does, then those of which most speak.
    """
    mine = (
        f"SELECT DISTINCT claim_group, {_STANDS} AS stands FROM (SELECT DISTINCT report, number FROM heard h WHERE actor IN {numbered(ids)} "
        f"AND {_SPEAKS}) CROSS JOIN contents c USING (report, number) CROSS JOIN nodes n USING (node) CROSS JOIN claims g USING (claim_group) "
        "WHERE c.position <> 0"
    )
    rows = db.execute(
        f"SELECT claim_group, stands, g.weaker FROM ({mine}) JOIN claims g USING (claim_group) "
        f"ORDER BY NOT g.weaker, {_RANKS['claims']}, stands DESC",
        sorted(ids),
    )
    return [(group, way, bool(weaker)) for group, way, weaker in rows]


def contrary(db: sqlite3.Connection, mine: Iterable[tuple[int, int]]) -> dict[str, int]:
    """The actors that stand otherwise than is told for these claims, and towards how many."""
    counts: Counter[str] = Counter()
    for group, way in mine:
        counts.update(i for (i,) in db.execute(
            "SELECT DISTINCT actor_id FROM claims g CROSS JOIN nodes n USING (claim_group) CROSS JOIN contents c USING (node) "
            "CROSS JOIN heard h ON h.report = c.report AND h.number = c.number CROSS JOIN actors a ON a.actor = h.actor "
            f"WHERE claim_group = ? AND {_STANDS} = ? AND {_SPEAKS}", (group, -way),
        ))  # fmt: skip
    return counts


def claimed_in(db: sqlite3.Connection, report_id: str) -> dict[int, tuple[str, int, bool]]:
    """For the statements of a report that claim what others do, too: the id of the claim, how many contents make it, and whether one disputes it."""
    out: dict[int, tuple[str, int, bool]] = {}
    for number, claim, n, disputed in db.execute(
        "SELECT c.number, claim, g.contents, g.disputed AND c.position <> 0 FROM reports JOIN contents c USING (report) JOIN nodes USING (node) "
        "JOIN claims g USING (claim_group) WHERE report_id = ? ORDER BY c.number, part", (report_id,),
    ):  # fmt: skip
        before = out.get(number)
        out[number] = number_id(claim), n, bool(disputed) or (before is not None and before[2])
    return out
