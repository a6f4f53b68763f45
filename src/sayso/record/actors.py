"""Asking a record for actors: who is meant by some words, what each said and what is said of each."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from sayso.actors.actor import Actor
from sayso.actors.naming import folded, person_key, slug
from sayso.actors.proposals import Seen
from sayso.actors.registry import Register, path
from sayso.errors import SaysoError
from sayso.record.batches import batches, slots
from sayso.record.judgements import Links
from sayso.record.relations import DIRECTLY, Relation, heard_as, numbered
from sayso.record.search import phrases
from sayso.record.tallies import Tally, is_of, most_heard, sides, tallies

# What an id of an actor looks like.
_ID: Final = re.compile(r"[a-z]+:\S+")


def get_actor(db: sqlite3.Connection, actor_id: str) -> Actor | None:
    """An actor that the record's statements name."""
    row = db.execute("SELECT actor_id, name, kind, part_of, gender FROM actors WHERE actor_id = ?", (actor_id,)).fetchone()
    return None if row is None else Actor(*row)


def meant(db: sqlite3.Connection, words: str, register: Register, *, whole: bool = False) -> set[str]:
    """Ids of the actors that *words* may mean: an id, a name that a register knows, or words of a name used in the record.

    With *whole*, words of a name serve only where no name is just these words.
    """
    if get_actor(db, words) is not None or register.actor(words) is not None:
        return {words}
    key = folded(words)
    if not key:
        return set()
    ids = {n.actor for n in register.named(key) if n.how != "people"}
    known = bool(ids)  # who else is called by these words is told by them, as a minister by a state's name
    found = [(i, anonymous, folded(name), own, used and not known and not _of_another(name, words)) for i, anonymous, name, own, used in db.execute(
        "SELECT actor_id, kind = 'anonymous', n.name, n.name = a.name, EXISTS (SELECT 1 FROM names_used u WHERE u.name = n.number) "
        "FROM (SELECT rowid AS at FROM name_words WHERE name_words MATCH ?) JOIN names n ON n.number = at JOIN actors a USING (actor)",
        (phrases(words, key),),
    )]  # fmt: skip
    ids |= {actor for actor, _, name, own, _ in found if own and name == key}
    # a single word that no register knows for a name may be a surname that stood alone in one report
    if whole and (any(register.actor(i) is not None for i in ids) or (ids and " " in key)):
        return ids
    return ids | {actor for actor, anonymous, name, own, used in found if f" {key} " in f" {name} " and (used or (own and not anonymous))}


def _of_another(name: str, words: str) -> bool:
    """Whether *name* tells of somebody by *words*, another's name: "Orlan's rival", "Orlan supporter"."""
    return any(m[0][:1].isupper() for m in re.finditer(rf"(?i)(?<!\w){re.escape(words)}(?:['’]s?(?!\w)|\s+(?-i:[a-z]))", name))


def heard(db: sqlite3.Connection, ids: Collection[str], relations: Collection[Relation]) -> dict[str, set[int]]:
    """Numbers of the statements, by current report, in which any of *ids* stands in one of *relations*."""
    out: dict[str, set[int]] = defaultdict(set)
    for part in batches(sorted(ids)):
        for report_id, number in db.execute(
            "SELECT report_id, number FROM heard JOIN reports USING (report) "
            f"WHERE current AND actor IN {numbered(part)} AND relation IN {heard_as(*relations)}", part,
        ):
            out[report_id].add(number)
    return out


def speaking_in(db: sqlite3.Connection, ids: Collection[str]) -> set[str]:
    """Ids of the reports, earlier versions among them, in which any of *ids* speaks."""
    out: set[str] = set()
    for part in batches(sorted(ids)):
        query = (
            "SELECT report_id FROM reports WHERE report IN "
            f"(SELECT report FROM heard WHERE actor IN {numbered(part)} AND relation = {Relation.SPEAKER})"
        )
        out |= {i for (i,) in db.execute(query, part)}
    return out


def bearing(db: sqlite3.Connection, name: str) -> set[str]:
    """Ids of the actors of the record that bear just this name, and not only a part of it."""
    key = folded(name)
    heard = "SELECT actor_id, name FROM actors WHERE kind <> 'anonymous' AND EXISTS (SELECT 1 FROM heard WHERE heard.actor = actors.actor)"
    return {a for (a, n) in db.execute(heard) if key and folded(n) == key}


def listing(
    db: sqlite3.Connection, register: Register, links: Links, *, among: Collection[str] | None = None, kind: str | None = None, offset: int = 0,
    limit: int = -1,
) -> tuple[list[dict[str, Any]], int]:  # fmt: skip
    """Actors of the current reports, those who speak most first (id, name, kind, side, statements, about, reports), and how many there are.

    *among* ids; of a *kind*, or all that are "named"; *links* tell which were judged to be the same: such are counted together, under one id.
    """
    joined = {i for group in links.groups for i in group if among is None or i in among}
    counted = tallies(db, links.canonical, joined) if joined else {}
    names = _names(db, counted)
    one = ((i, *_known(i, names, register)[1:], t.statements, t.about, t.reports) for i, t in counted.items())
    together = sorted((row for row in one if is_of(kind, row[2])), key=_rank)
    # They are put among the others: each of those stands as many places further on as there are of them before it.
    begin = max(0, offset - len(together))
    rows, total = most_heard(db, among=among, kind=kind, without=joined, offset=begin, limit=limit if limit < 0 else limit + offset - begin)
    before = sum(not rows or _rank(row) < _rank(rows[0]) for row in together) if begin else 0
    every = sorted((*rows, *together[before:]), key=_rank)[offset - begin - before :]
    shown = every if limit < 0 else every[:limit]
    beside = sides(db, {row[0] for row in shown} - joined, links.canonical) | {i: t.side for i, t in counted.items() if t.side is not None}
    names |= _names(db, set(beside.values()))
    return [
        {
            "id": i, "name": name, "kind": what, "side": _known(beside[i], names, register)[1] if i in beside else None,
            "statements": statements, "about": about, "reports": reports,
        }
        for i, name, what, statements, about, reports in shown
    ], total + len(together)  # fmt: skip


def _rank(row: tuple[str, str, str, int, int, int]) -> tuple[int, int, str, str]:
    actor, name, _, statements, about, _ = row
    return -statements, -about, name, actor


def _names(db: sqlite3.Connection, among: Collection[str]) -> dict[str, tuple[str, str, str]]:
    """(id, name, kind) of those of these actors that the record names."""
    return {row[0]: row for part in batches(sorted(among)) for row in db.execute(
        f"SELECT actor_id, name, kind FROM actors WHERE actor_id IN ({slots(part)})", part)}  # fmt: skip


def seen(db: sqlite3.Connection, register: Register, canonical: Callable[[str], str]) -> Iterator[Seen]:
    """The actors of the current reports as proposals are made from them."""
    carried, counts = _carried(db, canonical), tallies(db, canonical)
    for actor_id in sorted(carried):
        actor = get_actor(db, actor_id) or register.actor(actor_id)
        if actor is not None and actor.kind not in ("anonymous", "group"):
            yield Seen(actor.id, actor.name, actor.kind, counts[actor_id].side, frozenset(carried[actor_id]), actor.gender)


def _known(actor_id: str, known: Mapping[str, tuple[str, str, str]], register: Register) -> tuple[str, str, str]:
    """(id, name, kind) of an actor that the record names, or only a register."""
    if actor_id in known:
        return known[actor_id]
    actor = register.actor(actor_id)
    return (actor_id, actor_id, "person") if actor is None else (actor.id, actor.name, actor.kind)


def _carried(db: sqlite3.Connection, canonical: Callable[[str], str]) -> dict[str, set[str]]:
    """Ids of the current reports in which each actor speaks or is spoken about."""
    out: dict[str, set[str]] = defaultdict(set)
    for actor, report_id in db.execute(
        "SELECT actor_id, report_id FROM (SELECT DISTINCT actor, report FROM heard "
        f"WHERE relation IN {heard_as(*DIRECTLY)}) JOIN reports USING (report) JOIN actors USING (actor) WHERE current"
    ):
        out[canonical(actor)].add(report_id)
    return out


def page(db: sqlite3.Connection, actor: Actor, ids: Collection[str], register: Register) -> dict[str, Any]:
    """All that a record knows of one actor (*ids*: those judged to be the same): names and titles used, offices, counts."""
    used: dict[int, Counter[str]] = {0: Counter(), 1: Counter()}
    for name, title, n in db.execute(
        "SELECT n.name, n.title, sum(mentions) FROM names n CROSS JOIN names_used u ON u.name = n.number CROSS JOIN reports USING (report) "
        f"WHERE current AND actor IN {numbered(ids)} GROUP BY 1, 2", sorted(ids),
    ):
        used[title][name] += n
    tally = tallies(db, lambda i: actor.id if i in ids else i, ids).get(actor.id, Tally())
    offices = [
        {"of": _name(register, h.of), "role": h.role, "since": h.since, "until": h.until}
        for i in sorted(ids) for h in sorted(register.held_by(i), key=lambda h: (h.since or "", h.of, h.role))
    ]
    return {
        "id": actor.id, "name": actor.name, "kind": actor.kind, "part_of": [_name(register, i) for i in path(register, actor, None)],
        "same": sorted(set(ids) - {actor.id}), "names": _counted(used[0]), "titles": _counted(used[1]), "offices": offices,
        "statements": tally.statements, "about": tally.about, "reports": tally.reports,
    }


def _name(register: Register, actor_id: str) -> str:
    actor = register.actor(actor_id)
    return actor_id if actor is None else actor.name


def _counted(names: Counter[str]) -> list[dict[str, Any]]:
    return [{"name": name, "mentions": n} for name, n in sorted(names.items(), key=lambda x: (-x[1], x[0]))]


def only(db: sqlite3.Connection, who: str, register: Register, canonical: Callable[[str], str]) -> str:
    """The id of the actor with this id or name; *who* itself if it is the name of somebody new."""
    if register.actor(who) is not None or get_actor(db, who) is not None:
        return who
    if _ID.fullmatch(who):
        raise SaysoError(f"there is no actor {who!r}", "Give an id that sayso actors RECORD --format jsonl has, or a name")
    named = {n.actor for n in register.named(folded(who)) if n.how in ("name", "alias")} | bearing(db, who)
    ids = sorted({canonical(i) for i in named})
    if len(ids) > 1:
        raise SaysoError(f"{who!r} may mean several: {', '.join(ids[:6])}", "Give the id of one")
    return ids[0] if ids else who


def actor_of(db: sqlite3.Connection, value: str, register: Register) -> Actor:
    """The actor with this id, else the one known by this name, else one made of the name."""
    known = register.actor(value) or get_actor(db, value)
    if known is None:
        named = [n.actor for n in register.named(folded(value)) if n.how in ("name", "alias")]
        known = register.actor(named[0]) if len(set(named)) == 1 else None
    if known is None and value.startswith("name:"):  # of another record, and not in this one's reports
        return Actor(value, value[5:].split("@")[0].replace("-", " ").title(), "person")
    return known or Actor(f"name:{slug(person_key(value))}", value, "person")
