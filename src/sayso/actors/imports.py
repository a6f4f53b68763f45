"""Imports: larger registers of actors, read from files into entries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Final

from sayso.actors.actor import Actor, Holding
from sayso.actors.drafts import MAX_HOLDINGS, Draft, DraftHolding, Post, Tie
from sayso.actors.entries import MAX_NAMES, Entry, EntryName
from sayso.actors.naming import folded, person_words, sound_key
from sayso.actors.places import shipped_wikidata, state_of, states_of
from sayso.actors.register_files import BadRow, read_rows
from sayso.actors.register_rows import RowReader, prefix_of
from sayso.actors.registry import shipped
from sayso.errors import SaysoError
from sayso.intake.problems import Problem, UnreadableError

#: Changes whenever the same file would give other entries.
REVISION: Final = 1
#: Nobody takes office at this age or before it, in years.
_TOO_YOUNG: Final = 15
_ADVICE_LINK: Final = "add it, or leave the link out"
_SCHEMA: Final = """
CREATE TABLE drafts (key TEXT PRIMARY KEY, kind TEXT, above TEXT, dropped INTEGER DEFAULT 0, data TEXT);
CREATE TABLE posts (key TEXT PRIMARY KEY, of_ TEXT, role TEXT) WITHOUT ROWID;
CREATE TABLE ties (holder TEXT, target TEXT, number INTEGER, role TEXT, since TEXT, until TEXT, ended INTEGER);
CREATE TABLE links (child TEXT PRIMARY KEY, parent TEXT, number INTEGER, done INTEGER DEFAULT 0);
"""


def read_register(path: str | Path, *, state: str | None = None) -> Iterator[Entry | Problem]:
    """The actors of the register at *path*, with what could not be taken.

    The format is recognised by the content: FollowTheMoney entities, a CSV of offices, Wikidata query results, or a table
    with the columns of sayso's own; gzip is unpacked. *state* (a name, an ISO code or an id) is where the offices are held, if the
    file does not say. The file is first gone through whole, into a temporary database on disk, since what it says of one
    actor may stand anywhere in it; memory does not grow with it. Problems come as they are met, entries after that, in
    the order of the file; one entry an actor.

    An actor is taken for one of the package's if it has its id or Wikidata id, or if its names are, letter by letter but for
    case, marks and accents, those of exactly one of them of the same kind, or it sounds like the one who held the
    same office in the same time; and if nothing speaks against it: gender, Wikidata id, states, the years of its life, another
    actor of the register that was taken for the same one. Any other has an id of its own.

    Raises SaysoError if there is no such state.
    """
    home = None
    if state is not None:
        home = state_of(state)
        if home is None:
            raise SaysoError(f"there is no state {state!r} in sayso's tables", "Give its usual name in English or its ISO code")
    return _read(Path(path), home)


def _read(path: Path, home: str | None) -> Iterator[Entry | Problem]:
    origin = str(path)
    whole = True
    with closing(_Stage(origin)) as stage:
        reader = RowReader(home)
        try:
            for row in read_rows(path):
                for item in [row] if isinstance(row, BadRow) else reader.items(row):
                    problem = stage.put(item)
                    if problem is not None:
                        yield problem
        except UnreadableError as error:
            whole = False
            yield error.at(origin)
        if stage.drafts:
            yield from stage.settled()
        elif whole:
            yield Problem(origin, "no actors are in it", "give a file with persons, states, bodies or organisations")


class _Stage:
    """Where drafts lie until all is known of them."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._db = sqlite3.connect("", isolation_level=None)  # "": a file of its own, gone when it is closed
        for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -16000", *_SCHEMA.split(";\n")):
            self._db.execute(statement)
        self._db.execute("BEGIN")
        self._merged: dict[str, str] = {}  # key: id of the shipped actor that it is
        self._taken: dict[str, str] = {}  # the other way
        self._ties = False
        self.drafts = 0

    def close(self) -> None:
        self._db.close()

    def _problem(self, number: int, reason: str, advice: str) -> Problem:
        return Problem(f"{self._origin}:{number}", reason, advice)

    # -- going in --------------------------------------------------------------------------------------------------

    def put(self, item: Draft | Post | Tie | BadRow) -> Problem | None:
        if isinstance(item, BadRow):
            return self._problem(item.number, item.reason, item.advice)
        if isinstance(item, Post):
            self._db.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?)", (item.key, item.of, item.role))
            return None
        if isinstance(item, Tie):
            self._ties = True
            values = (item.holder, item.target, item.number, item.role, item.since, item.until, item.ended)
            self._db.execute("INSERT INTO ties VALUES (?, ?, ?, ?, ?, ?, ?)", values)
            return None
        return self._put_draft(item)

    def _put_draft(self, draft: Draft) -> Problem | None:
        row = self._db.execute("SELECT data FROM drafts WHERE key = ?", (draft.key,)).fetchone()
        if row is None:
            self.drafts += 1
            over = draft.bounded()
            self._take_sure(draft)
            values = (draft.key, draft.kind, draft.part_of, _dumped(draft))
            self._db.execute("INSERT INTO drafts (key, kind, above, data) VALUES (?, ?, ?, ?)", values)
        else:
            known = Draft.from_row(json.loads(row[0]))
            if known.kind != draft.kind:
                reason = f"{draft.key} is {_a(draft.kind)} here, {_a(known.kind)} in line {known.number}; this one is passed over"
                return self._problem(draft.number, reason, "give each an id of its own")
            over = known.add(draft)
            self._db.execute("UPDATE drafts SET above = ?, data = ? WHERE key = ?", (known.part_of, _dumped(known), draft.key))
        if any(over):
            what = f"{over[0]} names and {over[1]} offices" if all(over) else f"{over[0]} names" if over[0] else f"{over[1]} offices"
            advice = f"give {MAX_NAMES} names and {MAX_HOLDINGS} offices at most"
            return self._problem(draft.number, f"{draft.key} has too many: {what} are left out", advice)
        return None

    def _take_sure(self, draft: Draft) -> None:
        """Take a draft for the shipped actor whose id or Wikidata id it has."""
        for known in (draft.key, shipped_wikidata().get(draft.qid or "")):
            actor = shipped().actor(known) if known else None
            if actor is not None and actor.kind == draft.kind and actor.id not in self._taken:
                self._take(draft.key, actor.id)
                return

    def _take(self, key: str, actor: str) -> None:
        self._merged[key] = actor
        self._taken[actor] = key

    # -- coming out ------------------------------------------------------------------------------------------------

    def settled(self) -> Iterator[Entry | Problem]:
        """All that lies here, each actor once."""
        if self._ties:
            self._db.execute("CREATE INDEX ties_holder ON ties (holder)")
            yield from self._loose_ties()
        last = 0
        while rows := self._db.execute("SELECT rowid, data FROM drafts WHERE rowid > ? ORDER BY rowid LIMIT 1000", (last,)).fetchall():
            last = rows[-1][0]
            for rowid, data in rows:
                draft = Draft.from_row(json.loads(data))
                if draft.key not in self._merged and (found := self._same(draft)) is not None:
                    self._take(draft.key, found)
                named = self._own_names(draft)
                if not any(isinstance(n, EntryName) for n in named) and draft.key not in self._merged:
                    self._db.execute("UPDATE drafts SET dropped = 1 WHERE rowid = ?", (rowid,))
                    yield from (p for p in named if isinstance(p, Problem))
                    yield self._problem(draft.number, f"{draft.key} has no other name; it is passed over", "give it a name of its own")
        yield from self._linked()
        last = 0
        query = "SELECT rowid, data FROM drafts WHERE rowid > ? AND NOT dropped ORDER BY rowid LIMIT 1000"
        while rows := self._db.execute(query, (last,)).fetchall():
            last = rows[-1][0]
            for _, data in rows:
                yield from self._entry(Draft.from_row(json.loads(data)))

    def _loose_ties(self) -> Iterator[Problem]:
        rows = self._db.execute(
            "SELECT number, holder, target, holder IN (SELECT key FROM drafts) FROM ties WHERE holder NOT IN (SELECT key FROM drafts) "
            "OR (target NOT IN (SELECT key FROM posts) AND target NOT IN (SELECT key FROM drafts))"
        )
        for number, holder, target, held in rows:
            missing = (target if held else holder).removeprefix("ftm/")
            yield self._problem(number, f"{missing!r} is no actor or position of this file; the link to it is passed over", _ADVICE_LINK)

    def _held(self, draft: Draft) -> list[DraftHolding]:
        """The offices and memberships of a draft, from its rows and from the links to it."""
        held = list(draft.holdings)
        if self._ties:
            for target, number, role, since, until, ended, of, post_role in self._db.execute(
                "SELECT target, number, ties.role, since, until, ended, of_, posts.role FROM ties LEFT JOIN posts ON posts.key = target "
                "WHERE holder = ? ORDER BY ties.rowid LIMIT ?", (draft.key, MAX_HOLDINGS),
            ):  # fmt: skip
                if post_role is None:
                    if role is not None and draft.kind == "person":
                        held.append(DraftHolding(target, role, since, until, number))
                elif of is not None and (since or until) and not ended:
                    held.append(DraftHolding(of, post_role, since, until, number))
                elif of is not None and of.startswith("state:"):  # nobody knows when: it must not stand beside who holds it now
                    draft.official = True
                    draft.states.add(of)
        return held[:MAX_HOLDINGS]

    def _same(self, draft: Draft) -> str | None:
        """The shipped actor that a draft is, if that is beyond doubt."""
        held = self._held(draft)
        found = _namesakes(draft)
        if draft.kind == "person":
            found |= _successors(draft, held)
        fitting = {i for i in found if i not in self._taken and not _contradicts(draft, held, i)}
        return fitting.pop() if len(fitting) == 1 else None

    def _id(self, key: str) -> str | None:
        """The id of the actor of a draft; None if there is none."""
        if key in self._merged:
            return self._merged[key]
        row = self._db.execute("SELECT kind FROM drafts WHERE key = ? AND NOT dropped", (key,)).fetchone()
        return None if row is None else _own_id(key, row[0])

    def _target(self, value: str) -> tuple[str | None, str | None]:
        """(key of a draft, id) of what *value*, a key, an id or a name, means."""
        for key in (value, f"csv/{value}"):
            own = self._id(key)
            if own is not None:
                return key, own
        actor = shipped().actor(value)
        if actor is not None:
            return None, actor.id
        found = {n.actor for n in shipped().named(folded(value)) if n.how in ("name", "alias") and not n.actor.startswith("person:")}
        return None, found.pop() if len(found) == 1 else None

    def _linked(self) -> Iterator[Problem]:
        """Settle what each is part of; links to nothing, and those that close a circle, are told and dropped."""
        self._db.execute(
            "INSERT INTO links (child, parent, number) SELECT key, above, json_extract(data, '$[1]') FROM drafts "
            "WHERE above IS NOT NULL AND NOT dropped ORDER BY rowid"
        )
        last = 0
        query = "SELECT rowid, child, parent, number FROM links WHERE rowid > ? ORDER BY rowid LIMIT 1000"
        while rows := self._db.execute(query, (last,)).fetchall():
            last = rows[-1][0]
            for rowid, child, parent, number in rows:
                key, actor = self._target(parent)
                if actor is None:
                    yield self._problem(number, f"{child} is part of {parent.removeprefix('ftm/')!r}, which is not there", _ADVICE_LINK)
                elif child == key or actor == self._merged.get(child):
                    yield self._problem(number, f"{child} is part of itself; the link is dropped", "correct it")
                    actor = None
                self._db.execute("UPDATE links SET parent = ? WHERE rowid = ?", (actor and (key or actor), rowid))
        yield from self._circles()

    def _circles(self) -> Iterator[Problem]:
        last = 0
        while rows := self._db.execute("SELECT rowid, child FROM links WHERE rowid > ? AND NOT done ORDER BY rowid LIMIT 1000", (last,)).fetchall():
            last = rows[-1][0]
            for _, first in rows:
                way: dict[str, int] = {}  # key: line; in the order of walking
                at: str | None = first
                while at is not None and at not in way:
                    # what is one of the package's has its place there, whatever the register says
                    row = None if at in self._merged else self._db.execute("SELECT parent, number, done FROM links WHERE child = ?", (at,)).fetchone()
                    if row is None or row[2]:
                        break
                    way[at] = row[1]
                    at = row[0]
                else:
                    if at is not None:
                        circle = list(way)[list(way).index(at) :]
                        closing_one = max(circle, key=lambda key: (way[key], key))
                        self._db.execute("UPDATE links SET parent = NULL WHERE child = ?", (closing_one,))
                        shown = " → ".join([*circle[:4], "…"] if len(circle) > 4 else circle)
                        reason = f"a circle of parts ({shown} → {at}); the link of {closing_one} is dropped"
                        yield self._problem(way[closing_one], reason, "correct it")
                self._db.executemany("UPDATE links SET done = 1 WHERE child = ?", [(key,) for key in way])

    def _own_names(self, draft: Draft) -> list[EntryName | Problem]:
        """The names that an actor can go by, and those that would take away another's."""
        actor = self._merged.get(draft.key)
        keys = [folded(n.name) for n in draft.names]
        bare = any(" " not in key for key in keys)
        surnames = {w for n, key in zip(draft.names, keys, strict=True) if " " in key for w in person_words(n.name)[-1:]} if bare else set()
        out: list[EntryName | Problem] = []
        for name, key in zip(draft.names, keys, strict=True):
            others = {n.actor for n in shipped().named(key) if n.actor != actor}
            loser = min((i for i in others if i.startswith("state:") or (" " not in key and not i.startswith("person:"))), default=None)
            if loser is not None:
                whose = shipped().actor(loser)
                reason = f"the name {name.name!r} of {draft.key} already means {whose.name if whose else loser}; it is passed over"
                out.append(self._problem(draft.number, reason, "leave it out"))
            elif draft.kind != "person" or key not in surnames:  # a bare surname is found as one
                out.append(name)
        return out

    def _entry(self, draft: Draft) -> Iterator[Entry | Problem]:
        held = self._held(draft)
        names = self._own_names(draft)
        yield from (n for n in names if isinstance(n, Problem))
        own = tuple(n for n in names if isinstance(n, EntryName))
        merged = self._merged.get(draft.key)
        known = shipped().actor(merged) if merged else None
        if known is not None:
            actor = known
            own = tuple(n for n in own if not any(m.actor == known.id for m in shipped().named(folded(n.name))))
        else:
            actor = Actor(_own_id(draft.key, draft.kind), own[0].name, draft.kind, self._whole(draft), draft.gender)
        holdings = []
        for h in held:
            of = h.of if shipped().actor(h.of) is not None else self._id(h.of)
            if of is not None:
                holdings.append(Holding(of, h.role, actor.id, h.since, h.until))
        like = tuple(sorted(_namesakes(draft) - {actor.id}))
        register_id = draft.key.removeprefix("ftm/").removeprefix("csv/")
        yield Entry(f"{self._origin}:{draft.number}", actor, own, tuple(dict.fromkeys(holdings)), tuple(draft.surnames), register_id, like)

    def _whole(self, draft: Draft) -> str | None:
        """What an actor is part of: what its register says, else the one state for which it speaks."""
        row = self._db.execute("SELECT parent FROM links WHERE child = ?", (draft.key,)).fetchone() if draft.part_of is not None else None
        if row is not None and row[0] is not None:
            return self._id(row[0]) or str(row[0])
        return next(iter(draft.states)) if draft.official and len(draft.states) == 1 else None


def _dumped(draft: Draft) -> str:
    return json.dumps(draft.to_row(), ensure_ascii=False, separators=(",", ":"))


def _own_id(key: str, kind: str) -> str:
    prefix = prefix_of(kind)  # type: ignore[arg-type]
    return key if key.startswith((f"{prefix}:", "group:")) else f"{prefix}:{key}"


def _a(kind: str) -> str:
    return ("an " if kind[0] in "aeiou" else "a ") + kind


# -- who is who ----------------------------------------------------------------------------------------------------


def _namesakes(draft: Draft) -> set[str]:
    """The shipped actors of the same kind that bear the main name of a draft, or if there are none, another of its names."""
    for names in (draft.names[:1], draft.names[1:50]):
        found: set[str] = set()
        for name in names:
            key = folded(name.name)
            if draft.kind == "person" and " " not in key:
                continue
            for named in shipped().named(key):
                actor = shipped().actor(named.actor)
                if named.how in ("name", "alias") and actor is not None and actor.kind == draft.kind:
                    found.add(actor.id)
        if found:
            return found
    return set()


def _successors(draft: Draft, held: Iterable[DraftHolding]) -> set[str]:
    """The shipped persons who held an office of the draft's in the same time, and whose names sound alike."""
    sounds = {sound_key(n.name) for n in draft.names[:50] if len(person_words(n.name)) > 1}
    out = set()
    for h in held:
        for other in shipped().holders(h.of, h.role):
            if _overlap(h, other) and _sounds_of(other.person) & sounds:
                out.add(other.person)
    return out


@lru_cache(maxsize=8192)
def _sounds_of(person: str) -> frozenset[str]:
    actor = shipped().actor(person)
    return frozenset((sound_key(actor.name),)) if actor is not None and len(person_words(actor.name)) > 1 else frozenset()


def _overlap(a: DraftHolding, b: Holding) -> bool:
    """Whether two terms share a day, and at least one bound, to the year, where both have it."""
    for first, last in ((a.since, b.until), (b.since, a.until)):
        if first and last and first[: len(last)] > last[: len(first)]:
            return False
    return any(x and y and abs(int(x[:4]) - int(y[:4])) <= 1 for x, y in ((a.since, b.since), (a.until, b.until)))


def _contradicts(draft: Draft, held: Iterable[DraftHolding], actor_id: str) -> bool:
    actor = shipped().actor(actor_id)
    if actor is None:
        return True
    if draft.gender and actor.gender and draft.gender != actor.gender:
        return True
    if draft.qid and shipped_wikidata().get(draft.qid, actor_id) != actor_id:
        return True
    if draft.qid and actor_id in _with_wikidata() and shipped_wikidata().get(draft.qid) != actor_id:
        return True
    states = draft.states | {h.of for h in held if h.of.startswith("state:")}
    if states and states_of(actor_id) and not states & states_of(actor_id) and draft.kind != "state":
        return True
    terms = list(shipped().held_by(actor_id))
    starts = [int(h.since[:4]) for h in terms if h.since]
    if draft.born and starts and int(draft.born[:4]) + _TOO_YOUNG > min(starts):
        return True
    return bool(draft.died and starts and int(draft.died[:4]) < min(starts))


@lru_cache(maxsize=1)
def _with_wikidata() -> frozenset[str]:
    return frozenset(shipped_wikidata().values())
