"""The registry: actors known beforehand, with their names, offices and what they are part of, each dated.

The tables in the package are what a well-read reporter knows; a record may hold further registers (Register), which are asked
in the same way.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, Protocol

from sayso.actors.actor import Actor, Holding, Kind
from sayso.actors.naming import folded, person_words, sound_key

NameHow = Literal["name", "alias", "metonym", "people"]
_TABLES = ("states", "roles", "titles", "bodies", "people", "holders", "organisations", "groups", "names", "memberships", "outlets")
_KINDS: dict[str, Kind] = {"armed group": "armed group", "movement": "organisation"}
#: Words before an office that say it is not the office itself, or not now.
_NOT_NOW = frozenset("former ex one-time onetime late then past previous retired outgoing disgraced ousted deposed".split())
_NOT_ITSELF = frozenset("deputy assistant vice acting under junior aspiring".split())
#: Names that mean nobody by themselves inside the name of an office.
_NO_OWNERS = frozenset("state central parliament general house".split())
#: Where the family's name comes first.
_FAMILY_FIRST = ("state:china", "state:north-korea", "state:south-korea", "state:taiwan", "state:vietnam")
_EMPTY = frozenset(
    ("the a an acting his her its their our new current longtime veteran top senior s of for to at from in incoming embattled mr mrs ms dr").split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """That *actor* goes by a name: its main one or another, a seat of power that stands for it, or its people's; in these times."""

    actor: str
    how: NameHow
    since: str | None = None
    until: str | None = None

    def used_on(self, day: str | None) -> bool:
        return day is None or (not (self.since and day[: len(self.since)] < self.since) and not (self.until and day[: len(self.until)] > self.until))


@dataclass(frozen=True, slots=True)
class Office:
    """What a phrase such as "the former Russian foreign minister" says: of what, which roles it may mean, and whether now."""

    of: str | None
    roles: tuple[str, ...]
    former: bool
    other: bool  # a deputy, an acting one: not the office itself
    acting: bool = False  # the tables have who acts in an office among its holders
    among: tuple[str, ...] = ()  # where the phrase names no owner: those who alone have such a title

    def fits(self, held: Holding) -> bool:
        """Whether *held* is this office, whenever that was."""
        return held.role in self.roles and (held.of == self.of if self.of is not None else not self.among or held.of in self.among)


class Register(Protocol):
    """Where actors can be looked up."""

    def named(self, key: str) -> Iterable[Named]:
        """Who goes by the folded name *key*."""
        ...

    def sounding(self, key: str) -> Iterable[str]:
        """Ids of the persons whose names have the sound key *key*."""
        ...

    def surnamed(self, word: str) -> Iterable[str]:
        """Ids of the persons with this folded surname."""
        ...

    def actor(self, actor_id: str) -> Actor | None: ...

    def held_by(self, person: str) -> Iterable[Holding]: ...

    def holders(self, of: str, role: str) -> Iterable[Holding]: ...


class Registry:
    """Actors of the package's tables. Safe to share between threads: what is made at first use is the same whoever makes it."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._names: dict[str, list[Named]] = {}
        self._people: list[tuple[str, str]] = []  # ids and names
        self._held: dict[str, list[Holding]] = defaultdict(list)
        self._holders: dict[tuple[str, str], list[Holding]] = defaultdict(list)
        self._generic: dict[str, list[str]] = defaultdict(list)  # title: roles
        self._local: dict[tuple[str, str], list[str]] = defaultdict(list)  # (of, title): roles
        self._bodies: dict[str, list[str]] = defaultdict(list)  # generic name of a body: roles that head it
        self._owners: dict[str, set[str]] = defaultdict(set)  # role: of whom it is held
        self._anywhere: dict[str, list[tuple[str, str]]] = defaultdict(list)  # title: (of, role)
        self.states_of_outlets: dict[str, str] = {}
        self.id = _load_into(self)

    @cached_property
    def _sounds(self) -> dict[str, set[str]]:
        """Ids of persons by the sound key of each of their names."""
        out: dict[str, set[str]] = defaultdict(set)
        for person, name in self._people:
            if len(person_words(name)) > 1:
                out[sound_key(name)].add(person)
        return out

    @cached_property
    def _surnames(self) -> dict[str, set[str]]:
        """Ids of persons by the last word and the last two words of each of their names, or by the first where the family's comes first."""
        out: dict[str, set[str]] = defaultdict(set)
        for person, name in self._people:
            words = person_words(name)
            if len(words) > 1:
                out[words[-1]].add(person)
                if len(words) > 2:
                    out[" ".join(words[-2:])].add(person)
                if any(h.of.startswith(_FAMILY_FIRST) for h in self._held.get(person, ())):
                    out[words[0]].add(person)
        return out

    @cached_property
    def _whole(self) -> dict[str, tuple[str, str]]:
        """(of, role) by a title that says itself whose it is ("Kremlin spokesman"); what several have is none."""
        out = {}
        for title, owned in self._anywhere.items():
            own = [(of, role) for of, role in owned if of in self._actors and (not of.startswith("state:") or self._names_owner(of, title.split()))]
            if own and len({of for of, _ in own}) == 1:
                out[title] = own[0]
        return out

    def _names_owner(self, of: str, words: list[str]) -> bool:
        for a in range(len(words)):
            for b in range(a + 1, min(len(words), a + 5) + 1):
                part = " ".join(words[a:b])
                named = self._names.get(part, ()) if part not in _NO_OWNERS else ()
                if any(n.actor == of or self._actors[n.actor].part_of == of for n in named):
                    return True
        return False

    def named(self, key: str) -> Iterable[Named]:
        return self._names.get(key, ())

    def sounding(self, key: str) -> Iterable[str]:
        return self._sounds.get(key, ())

    def surnamed(self, word: str) -> Iterable[str]:
        return self._surnames.get(word, ())

    def actor(self, actor_id: str) -> Actor | None:
        return self._actors.get(actor_id)

    def actors(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def held_by(self, person: str) -> Iterable[Holding]:
        return self._held.get(person, ())

    def holders(self, of: str, role: str) -> Iterable[Holding]:
        return self._holders.get((of, role), ())

    # -- phrases ---------------------------------------------------------------------------------------------------

    def body_of(self, phrase: str) -> Actor | None:
        """The generic body that *phrase* names with its state ("the Russian Foreign Ministry"), made if no table has it."""
        of, rest = self._whose(folded(phrase).split())
        if of is None or not of.startswith("state:"):
            return None
        name = " ".join(w for w in rest if w not in _EMPTY)
        if name not in self._bodies:
            return None
        state = self._actors[of]
        return Actor(f"body:{of[6:]}/{name.replace(' ', '-')}", f"{name.title().replace(' Of ', ' of ')} of {state.name}", "body", of)

    def office(self, phrase: str) -> Office | None:
        """What office *phrase* names, or None if it names none that the tables know."""
        words = re.sub(r"[^\w\s'’.-]", " ", phrase.lower()).replace("’s", " 's ").replace("'s", " 's ").split()
        former = any(w.strip(".'") in _NOT_NOW or w.startswith("ex-") for w in words)
        words = [w.removeprefix("ex-") for w in folded(" ".join(words)).replace("one time", "onetime").split() if w not in _NOT_NOW]
        while words and words[0] in _EMPTY - {"top", "acting"}:
            words.pop(0)
        whole = " ".join(words)
        for title in (whole, " ".join(w for w in words if w not in _EMPTY)):
            if title in self._whole:
                whole_of, role = self._whole[title]
                return Office(whole_of, (role,), former, False)
        splits = [*self._splits(words), (None, words)]
        found = next((x for of, rest in splits if (x := self._titled(of, rest, words))), None)
        found = found or next((x for of, rest in splits if (x := self._called(of, rest)) and any((of, r) in self._holders for r in x[2])), None)
        found = found or next((x for of, rest in splits if (x := self._called(of, rest))), None)
        among: tuple[str, ...] = ()
        if found is None:  # a title that only some use, without their name
            titles = [t for t in self._tries(words) if t in self._anywhere]
            if not titles:
                return None
            owned = self._anywhere[titles[0]]
            found, among = (None, words, list(dict.fromkeys(role for _, role in owned))), tuple(dict.fromkeys(of for of, _ in owned))
        of, rest, roles = found
        if of is None and len(roles) == 1 and len(owners := self._owners.get(roles[0], set())) == 1:
            of = next(iter(owners))
        other = bool(rest) and rest[0] in _NOT_ITSELF and not any(role.startswith(("deputy", "vice")) for role in roles)
        return Office(of, tuple(roles), former, other, other and rest[0] == "acting", among if of is None else ())

    @staticmethod
    def _tries(rest: list[str]) -> list[str]:
        """*rest* as a title, as it stands and without empty words."""
        titles = (" ".join(rest), " ".join(w for w in rest if w not in _EMPTY))
        return [re.sub(r"^(?:of|for|the|s) |(?: of| for| to| at| the| s)+$", "", t).strip() for t in titles]

    def _titled(self, of: str | None, rest: list[str], words: list[str]) -> tuple[str | None, list[str], list[str]] | None:
        """The roles of *of* that a title of its own means: "Pentagon chief" is one of the state's."""
        if of is None:
            return None
        above = self._actors[of].part_of if of in self._actors else None
        for owner, titles in ((of, self._tries(rest)), (of, [" ".join(words)]), (above, [" ".join(words)])):
            for title in titles:
                if title in self._whole and self._actors[self._whole[title][0]].part_of == of:
                    return self._whole[title][0], rest, [self._whole[title][1]]
                if owner is not None and (own := self._local.get((owner, title))):
                    roles = list(dict.fromkeys([*own, *self._generic.get(title, ())]))
                    return owner, rest, [r for r in roles if (owner, r) in self._holders] or roles
        return None

    def _called(self, of: str | None, rest: list[str]) -> tuple[str | None, list[str], list[str]] | None:
        """The roles that a title means anywhere; those that *of* has had, if any, else those that its like have."""
        for title in self._tries(rest):
            roles = self._generic.get(title)
            if roles and of is not None:
                of_state = of.startswith("state:")
                like = [r for r in roles if not (owners := self._owners.get(r)) or any(x.startswith("state:") == of_state for x in owners)]
                roles = [r for r in roles if (of, r) in self._holders] or like
            if roles:
                return of, rest, list(roles)
        return None

    def _splits(self, words: list[str]) -> Iterator[tuple[str, list[str]]]:
        """Each state or body that a part of *words* names, the longest name first, and the words without it."""
        for size in range(min(6, len(words) - 1), 0, -1):  # something must be left for the office
            for at in range(len(words) - size + 1):
                key = " ".join(words[at : at + size])
                found = [n for n in self._names.get(key, ()) if not n.actor.startswith(("person:", "outlet:"))]
                if found and key not in _NO_OWNERS:
                    best = min(found, key=lambda n: (not n.actor.startswith("state:"), n.until is not None, n.actor))
                    yield best.actor, words[:at] + words[at + size :]

    def _whose(self, words: list[str]) -> tuple[str | None, list[str]]:
        """The state or body that *words* name, the longest name first, and the words without it."""
        return next(self._splits(words), (None, words))


@dataclass(frozen=True, slots=True)
class Together:
    """Several registers asked as one; what an earlier one knows comes first."""

    registers: tuple[Register, ...]

    def named(self, key: str) -> Iterable[Named]:
        return [n for r in self.registers for n in r.named(key)]

    def sounding(self, key: str) -> Iterable[str]:
        return [x for r in self.registers for x in r.sounding(key)]

    def surnamed(self, word: str) -> Iterable[str]:
        return [x for r in self.registers for x in r.surnamed(word)]

    def actor(self, actor_id: str) -> Actor | None:
        return next((found for r in self.registers if (found := r.actor(actor_id)) is not None), None)

    def held_by(self, person: str) -> Iterable[Holding]:
        return [h for r in self.registers for h in r.held_by(person)]

    def holders(self, of: str, role: str) -> Iterable[Holding]:
        return [h for r in self.registers for h in r.holders(of, role)]


def path(register: Register, actor: Actor, day: str | None) -> list[str]:
    """Ids from *actor*'s body up to its side, as of *day* (or whenever, if no day is known); empty if it is its own side."""
    out: list[str] = []
    at: Actor | None = actor
    while at is not None and len(out) < 8:  # a register may go in circles
        above = at.part_of
        if at.kind == "person":
            held = office_on(register, at.id, day)
            if held is not None:
                above = held.of
        if above is None or above in out or above == actor.id:
            break
        out.append(above)
        at = register.actor(above)
    return out


def above(register: Register, actor: Actor, day: str | None) -> list[Actor]:
    """path() as actors, those that the register knows."""
    return [a for i in path(register, actor, day) if (a := register.actor(i)) is not None]


def office_on(register: Register, person: str, day: str | None) -> Holding | None:
    """The office by which *person* counts on *day*: the one held then, else the nearest before, else the last."""
    held = list(register.held_by(person))
    if not held:
        return None
    if day is not None:
        now = [h for h in held if h.holds_on(day)]
        if now:
            return min(now, key=lambda h: (not h.of.startswith("state:"), h.since or "", h.role))
        before = [h for h in held if (h.since or "") <= day]
        if before:
            return max(before, key=lambda h: (h.since or "", h.role))
    return max(held, key=lambda h: (h.of.startswith("state:"), h.since or "", h.role))


def _load_into(registry: Registry) -> str:
    digest = hashlib.sha256()
    tables: dict[str, list[dict[str, str]]] = {}
    for name in _TABLES:
        path = files("sayso.actors") / "tables" / f"{name}.csv"
        content = path.read_bytes()
        digest.update(name.encode() + b"\0" + content)
        header, *rows = csv.reader(content.decode("utf-8").splitlines())
        tables[name] = [dict(zip(header, row, strict=True)) for row in rows]
    digest.update((files("sayso.actors") / "tables" / "shared_names.csv").read_bytes())  # by which bodies are told apart, too
    _actors(registry, tables)
    _offices(registry, tables)
    return digest.hexdigest()[:16]


def _several(cell: str) -> list[str]:
    return [x for x in map(str.strip, cell.split("|")) if x] if cell else []


def _name(registry: Registry, actor: str, name: str, how: NameHow, since: str | None = None, until: str | None = None) -> None:
    key = folded(name)
    rows = registry._names.get(key)
    if rows is None:
        if key:
            registry._names[key] = [Named(actor, how, since or None, until or None)]
    elif not any(r.actor == actor for r in rows):
        rows.append(Named(actor, how, since or None, until or None))


def _actors(registry: Registry, tables: dict[str, list[dict[str, str]]]) -> None:
    dated = {(row["actor"], folded(row["name"])) for row in tables["names"]}
    with_dates = {actor for actor, _ in dated}

    def add(actor: Actor, names: Iterable[str]) -> None:
        registry._actors[actor.id] = actor
        some = actor.id in with_dates
        if not some or (actor.id, folded(actor.name)) not in dated:
            _name(registry, actor.id, actor.name, "name")
        for name in names:
            if not some or (actor.id, folded(name)) not in dated:
                _name(registry, actor.id, name, "alias")

    for row in tables["states"]:
        add(Actor(row["id"], row["name"], "state"), [row["official"], *_several(row["names"])])
        for name in [*_several(row["adjectives"]), *_several(row["people"])]:
            _name(registry, row["id"], name, "people")
    for row in tables["states"]:  # after all names of states: no seat takes one away
        for name in [*_several(row["capital"]), *_several(row["seats"])]:
            _name(registry, row["id"], name, "metonym", row["since"], row["until"])
    for row in tables["bodies"]:
        add(Actor(row["id"], row["name"], "organisation" if row["kind"] == "party" else "body", row["part_of"] or None), _several(row["names"]))
    for row in tables["organisations"]:
        add(Actor(row["id"], row["name"], "organisation", row["part_of"] or None), _several(row["names"]))
        for name in _several(row["seats"]):
            _name(registry, row["id"], name, "metonym")
    for row in tables["groups"]:
        add(Actor(row["id"], row["name"], _KINDS.get(row["kind"], "organisation"), row["part_of"] or None), _several(row["names"]))
    for row in tables["outlets"]:
        add(Actor(row["id"], row["name"], "outlet", row["part_of"] or None), _several(row["names"]))
        if row["state"]:
            registry.states_of_outlets[row["id"]] = row["state"]
    for row in tables["people"]:
        names = _several(row["names"])
        add(Actor(row["id"], row["name"], "person", None, "m" if row["gender"] == "m" else "f" if row["gender"] == "f" else None), names)
        registry._people += [(row["id"], name) for name in (row["name"], *names)]
    for row in tables["names"]:
        if row["actor"] in registry._actors:
            _name(registry, row["actor"], row["name"], "alias", row["since"], row["until"])


def _offices(registry: Registry, tables: dict[str, list[dict[str, str]]]) -> None:
    for row in tables["holders"]:
        held = Holding(row["of"], row["role"], row["person"], row["since"] or None, row["until"] or None)
        registry._held[held.person].append(held)
        registry._holders[held.of, held.role].append(held)
        registry._owners[held.role].add(held.of)
    for row in tables["titles"]:
        for title in _several(row["titles"]):
            registry._local[row["of"], folded(title)].append(row["role"])
            registry._anywhere[folded(title)].append((row["of"], row["role"]))
    for row in tables["roles"]:
        for title in [row["title"], *_several(row["titles"])]:
            if row["id"] not in registry._generic[folded(title)]:
                registry._generic[folded(title)].append(row["id"])
        for body in _several(row["body"]):
            registry._bodies[folded(body)].append(row["id"])


@cache
def shipped() -> Registry:
    """The registry of the package, loaded at first use."""
    return Registry()
