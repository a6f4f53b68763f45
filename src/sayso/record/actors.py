"""Asking a record for actors: who is meant by some words, what each said and what is said of each."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

from sayso.actors.actor import Actor
from sayso.actors.naming import folded
from sayso.actors.registry import Register, path

#: How the relations of the table heard answer the questions by whom, from which side, about whom.
BY: Final = ("speaker", "member")
SIDE: Final = ("side", "part")
ABOUT: Final = ("about",)

# The most actor ids that one query names.
_AT_ONCE = 500


def get_actor(db: sqlite3.Connection, actor_id: str) -> Actor | None:
    """An actor that the record's statements name."""
    row = db.execute("SELECT actor, name, kind, part_of, gender FROM actors WHERE actor = ?", (actor_id,)).fetchone()
    return None if row is None else Actor(*row)


def meant(db: sqlite3.Connection, words: str, register: Register, *, whole: bool = False) -> set[str]:
    """Ids of the actors that *words* may mean: an id, a name that a register knows, or words of a name used in the record.

    With *whole*, words of a name serve only where no name is just these words.
    """
    if db.execute("SELECT 1 FROM actors WHERE actor = ?", (words,)).fetchone():
        return {words}
    key = folded(words)
    if not key:
        return set()
    ids = {n.actor for n in register.named(key) if n.how != "people"}
    ids |= {a for (a, name) in db.execute("SELECT actor, name FROM actors") if folded(name) == key}
    if ids and whole:
        return ids
    inside = f" {key} "
    ids |= {a for (a, name) in db.execute("SELECT actor, name FROM actors WHERE kind <> 'anonymous'") if inside in f" {folded(name)} "}
    ids |= {a for (a, name) in db.execute("SELECT DISTINCT actor, name FROM names_used WHERE NOT title") if inside in f" {folded(name)} "}
    return ids


def heard(db: sqlite3.Connection, ids: Collection[str], relations: Collection[str]) -> dict[str, set[int]]:
    """Numbers of the statements, by report, in which any of *ids* stands in one of *relations*."""
    out: dict[str, set[int]] = defaultdict(set)
    some = sorted(ids)
    for begin in range(0, len(some), _AT_ONCE):
        part = some[begin : begin + _AT_ONCE]
        marks = ", ".join("?" * len(part)), ", ".join("?" * len(relations))
        for report_id, number in db.execute(
            f"SELECT report_id, number FROM heard WHERE actor IN ({marks[0]}) AND relation IN ({marks[1]})", (*part, *relations)
        ):
            out[report_id].add(number)
    return out


def listing(
    db: sqlite3.Connection, *, among: Collection[str] | None = None, kind: str | None = None, canonical: Callable[[str], str] = lambda actor: actor,
) -> Iterator[dict[str, Any]]:
    """The actors of the current reports, those who speak most first: id, name, kind, side, statements, about, reports.

    *canonical* gives the id that stands for all those that were judged to be the same.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for actor, relation, n in db.execute(
        "SELECT actor, relation, count(*) FROM heard JOIN reports USING (report_id) WHERE current AND relation IN ('speaker', 'member', 'about') "
        "GROUP BY actor, relation"
    ):
        counts[canonical(actor)]["about" if relation == "about" else "statements"] += n
    carried: dict[str, set[str]] = defaultdict(set)
    for actor, report_id in db.execute(
        "SELECT DISTINCT actor, report_id FROM heard JOIN reports USING (report_id) WHERE current AND relation IN ('speaker', 'member', 'about')"
    ):
        carried[canonical(actor)].add(report_id)
    sides = _sides(db)
    rows = []
    for actor, name, what in db.execute("SELECT actor, name, kind FROM actors"):
        if actor in counts and canonical(actor) == actor and (among is None or actor in among) and (kind is None or kind == what):
            rows.append((actor, name, what))
    for actor, name, what in sorted(rows, key=lambda r: (-counts[r[0]]["statements"], -counts[r[0]]["about"], r[1], r[0])):
        yield {
            "id": actor, "name": name, "kind": what, "side": sides.get(actor), "statements": counts[actor]["statements"], "about": counts[actor]["about"],
            "reports": len(carried[actor]),
        }


def _sides(db: sqlite3.Connection) -> dict[str, str]:
    """The side's name with which each actor speaks most."""
    best: dict[str, tuple[int, str]] = {}
    for actor, side, n in db.execute(
        "SELECT s.actor, a.name, count(*) FROM heard s JOIN heard d ON d.report_id = s.report_id AND d.number = s.number AND d.relation = 'side' "
        "JOIN actors a ON a.actor = d.actor WHERE s.relation = 'speaker' GROUP BY s.actor, a.name"
    ):
        best[actor] = max(best.get(actor, (0, "")), (n, side))
    return {actor: side for actor, (_, side) in best.items()}


def page(db: sqlite3.Connection, actor: Actor, ids: Collection[str], register: Register) -> dict[str, Any]:
    """All that a record knows of one actor (*ids*: those judged to be the same): names and titles used, offices, counts."""
    marks = ", ".join("?" * len(ids))
    used: dict[int, Counter[str]] = {0: Counter(), 1: Counter()}
    for name, title, n in db.execute(f"SELECT name, title, sum(mentions) FROM names_used WHERE actor IN ({marks}) GROUP BY name, title", sorted(ids)):
        used[title][name] += n
    by, about = heard(db, ids, BY), heard(db, ids, ABOUT)
    offices = [
        {"of": _name(register, h.of), "role": h.role, "since": h.since, "until": h.until}
        for i in sorted(ids) for h in sorted(register.held_by(i), key=lambda h: (h.since or "", h.of, h.role))
    ]
    return {
        "id": actor.id, "name": actor.name, "kind": actor.kind, "part_of": [_name(register, i) for i in path(register, actor, None)],
        "same": sorted(set(ids) - {actor.id}), "names": _counted(used[0]), "titles": _counted(used[1]), "offices": offices,
        "statements": sum(map(len, by.values())), "about": sum(map(len, about.values())), "reports": len({*by, *about}),
    }


def _name(register: Register, actor_id: str) -> str:
    actor = register.actor(actor_id)
    return actor_id if actor is None else actor.name


def _counted(names: Counter[str]) -> list[dict[str, Any]]:
    return [{"name": name, "mentions": n} for name, n in sorted(names.items(), key=lambda x: (-x[1], x[0]))]


def rows_of(db: sqlite3.Connection, ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """(id, name, kind) of those of *ids* that the record names."""
    return [row for i in sorted(ids) for row in db.execute("SELECT actor, name, kind FROM actors WHERE actor = ?", (i,))]
