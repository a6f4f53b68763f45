"""Proposals: pairs of a record's actors that may be one, for a person to confirm or reject."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sayso.actors.actor import Actor, Kind
from sayso.actors.naming import folded, person_words, sound_key, sounds
from sayso.actors.registry import Register, path, shipped
from sayso.mentions.lexicon import given_names
from sayso.mentions.mention import Gender

# How often such a pair was one person, by what speaks for it: set by hand, and only good for putting the likeliest first.
_TRANSPOSED: Final = 0.85
_SOUNDS: Final = 0.75
_SHORT: Final = 0.7
_PART: Final = 0.65
_INITIAL: Final = 0.6
_CONSONANTS: Final = 0.55
_BARE: Final = 0.5
#: Added where both are of the same side, and where a report names both.
_SAME_SIDE: Final = 0.1
_SAME_REPORT: Final = 0.05
#: So many others are looked at for one actor; of more with one surname, those of its reports and its side.
_RIVALS: Final = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """An actor as a record knows it. *side* is an id or a name, the same for all; *reports* are the ids of those that name it."""

    id: str
    name: str
    kind: Kind
    side: str | None = None
    reports: frozenset[str] = frozenset()
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """That *a* and *b* (a < b) may be one: why, in words, and how likely, from 0 to 1, beside other proposals."""

    a: str
    b: str
    names: tuple[str, str]
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    """What the names of an actor come down to."""

    seen: Seen
    words: tuple[str, ...]
    gender: Gender | None
    registered: bool

    @property
    def surname(self) -> str:
        return self.words[-1]

    @property
    def bare(self) -> bool:
        return len(self.words) == 1

    @property
    def initial(self) -> bool:
        return len(self.words) > 1 and len(self.words[0]) == 1


def proposals(actors: Iterable[Seen], register: Register | None = None) -> Iterator[Proposal]:
    """Pairs of persons among *actors* that may be one, each once, the likeliest first.

    With a *register*, persons in it whom no report names yet are proposed too, for actors that stand in none. Two actors
    of the package are never one, nor are two whose sides, genders or first names contradict each other. The cost grows
    with the number of actors, not of pairs.
    """
    people = [p for seen in sorted(set(actors), key=lambda s: s.id) if (p := _person(seen, register)) is not None]
    if register is not None:
        there = {p.seen.id for p in people}
        people += [p for actor in _registered(people, register, there) if (p := _person(actor, register)) is not None]
    best: dict[tuple[str, str], Proposal] = {}
    for made in _pairs(people):
        if (made.a, made.b) not in best or best[made.a, made.b].score < made.score:
            best[made.a, made.b] = made
    yield from sorted(best.values(), key=lambda p: (-p.score, p.a, p.b))


def _person(seen: Seen, register: Register | None) -> _Person | None:
    words = person_words(seen.name)
    if seen.kind != "person" or not words or seen.id.startswith(("anonymous:", "office:")):
        return None
    known = shipped().actor(seen.id) or (register.actor(seen.id) if register is not None else None)
    gender = seen.gender or (known.gender if known is not None else None) or (given_names().get(words[0]) if len(words) > 1 else None)
    return _Person(seen, words, gender, known is not None)


def _registered(people: Sequence[_Person], register: Register, there: set[str]) -> list[Seen]:
    """Persons of the register who may be one of those that stand in none."""
    found: dict[str, Actor] = {}
    for p in people:
        if p.registered:
            continue
        ids = list(register.surnamed(p.surname)) if p.bare else [*register.sounding(sound_key(p.seen.name)), *_named(register, p)]
        if len(set(ids)) > _RIVALS:  # of so many, none is more likely than the others
            continue
        for one in ids:
            actor = register.actor(one)
            if one not in there and actor is not None and actor.kind == "person":
                found[one] = actor
    return [Seen(a.id, a.name, a.kind, next(iter(path(register, a, None)[-1:]), None), gender=a.gender) for _, a in sorted(found.items())]


def _named(register: Register, p: _Person) -> list[str]:
    """Who goes by a fuller or shorter first name, or the other order of names."""
    first, rest = p.words[0], " ".join(p.words[1:])
    keys = [*(f"{other} {rest}" for other in sorted(_short_forms().get(first, ()))), f"{rest} {first}"]
    return [n.actor for key in keys for n in register.named(key)]


# -- pairs ---------------------------------------------------------------------------------------------------------


def _pairs(people: Sequence[_Person]) -> Iterator[Proposal]:
    by_surname: dict[str, list[_Person]] = defaultdict(list)
    by_sound: dict[str, list[_Person]] = defaultdict(list)
    by_words: dict[tuple[str, ...], list[_Person]] = defaultdict(list)
    for p in people:
        by_surname[p.surname].append(p)
        if not p.bare:
            by_words[tuple(sorted(p.words))].append(p)
            by_sound[f"{_consonants(p.words[0])} {sounds(p.surname)}"].append(p)
    for group in by_surname.values():
        bare = [p for p in group if p.bare]
        full = _Group([p for p in group if not p.bare])
        for p in bare:
            for q, others in full.near(p):
                yield from _proposed(p, q, _BARE, f"“{p.seen.name}” is the surname of {q.seen.name}", others)
        by_first: dict[str, list[_Person]] = defaultdict(list)
        by_letter: dict[str, list[_Person]] = defaultdict(list)
        inside: dict[str, list[_Person]] = defaultdict(list)
        for p in full.people:
            by_first[p.words[0]].append(p)
            by_letter[p.words[0][0]].append(p)
            for word in p.words[1:-1]:
                inside[word].append(p)
        letters = {letter: _Group([p for p in some if not p.initial]) for letter, some in by_letter.items()}
        firsts = {first: _Group(some) for first, some in by_first.items()}
        insides = {word: _Group(some) for word, some in inside.items()}
        for p in full.people:
            if p.initial:
                for q, others in letters[p.words[0]].near(p):
                    yield from _proposed(p, q, _INITIAL, f"“{p.seen.name}” has the surname and the first letter of {q.seen.name}", others)
                continue
            for short in sorted(_short_forms().get(p.words[0], ())):
                if short in firsts:
                    for q, others in firsts[short].near(p):
                        yield from _proposed(p, q, _SHORT, f"{_title(p.words[0])} and {_title(short)} are forms of one name", others)
            if p.words[0] in insides:
                for q, others in insides[p.words[0]].near(p):
                    yield from _proposed(p, q, _PART, f"“{p.seen.name}” is a part of {q.seen.name}", others)
            if len(p.words) > 2:
                for q, others in firsts[p.words[0]].near(p):
                    if set(q.words) <= set(p.words) and q.words != p.words:
                        yield from _proposed(p, q, _SOUNDS, f"“{q.seen.name}” is a part of {p.seen.name}", others)
    for group in by_sound.values():
        some = _Group(group)
        for p in group:
            for q, others in some.near(p):
                if p.seen.id < q.seen.id and (score := _sound_alike(p, q)):
                    yield from _proposed(p, q, score, f"“{p.seen.name}” and “{q.seen.name}” sound alike, spelled differently", others)
    for group in by_words.values():
        some = _Group(group)
        for p in group:
            for q, others in some.near(p):
                if p.seen.id >= q.seen.id:
                    continue
                if p.words == q.words:  # unless both are of one register, which tells them apart
                    if not (p.registered and q.registered) or (shipped().actor(p.seen.id) is None) != (shipped().actor(q.seen.id) is None):
                        yield from _proposed(p, q, _SHORT, f"both bear the name {p.seen.name}", others)
                else:
                    yield from _proposed(p, q, _TRANSPOSED, f"“{p.seen.name}” and “{q.seen.name}” are the same words in another order", others)


def _consonants(word: str) -> str:
    """What Mohammed, Muhammad and Mohamad have in common."""
    return "".join(c for c in sounds(word) if c not in "aiueh")


def _sound_alike(p: _Person, q: _Person) -> float:
    """How likely two of a group, who sound alike but for vowels, are one by that; 0 if they are spelled the same, or it is too little."""
    if p.initial or q.initial or (p.words[0], p.surname) == (q.words[0], q.surname) or p.words[0][0] != q.words[0][0]:
        return 0.0
    if sounds(p.words[0]) == sounds(q.words[0]):
        return _SOUNDS
    return _CONSONANTS if len(_consonants(p.words[0])) >= 3 else 0.0


class _Group:
    """Persons with something in common, of whom those nearest to another are asked."""

    def __init__(self, people: list[_Person]) -> None:
        self.people = people
        self._by_report: dict[str, list[_Person]] = defaultdict(list)
        self._by_side: dict[str, list[_Person]] = defaultdict(list)
        if len(people) > _RIVALS:
            for p in people:
                for report in p.seen.reports:
                    self._by_report[report].append(p)
                if p.seen.side is not None:
                    self._by_side[p.seen.side].append(p)

    def near(self, p: _Person) -> list[tuple[_Person, int]]:
        """Those that may be *p*, at most _RIVALS, each with the number of the others that may be."""
        if len(self.people) <= _RIVALS:
            found = self.people
        else:
            shared = [q for report in sorted(p.seen.reports)[:_RIVALS] for q in self._by_report[report][:_RIVALS]]
            side = self._by_side[p.seen.side][: 2 * _RIVALS] if p.seen.side is not None else []
            found = list({q.seen.id: q for q in (*shared, *side)}.values())
        fitting = [q for q in found if q.seen.id != p.seen.id and not _contradict(p, q)][:_RIVALS]
        return [(q, len(fitting) - 1) for q in fitting]


def _contradict(p: _Person, q: _Person) -> bool:
    if shipped().actor(p.seen.id) is not None and shipped().actor(q.seen.id) is not None:
        return True
    a, b = p.seen, q.seen
    return bool((a.side and b.side and a.side != b.side) or (p.gender and q.gender and p.gender != q.gender))


def _proposed(p: _Person, q: _Person, score: float, why: str, others: int) -> Iterator[Proposal]:
    if p.seen.id == q.seen.id:
        return
    evidence = [why]
    if p.seen.side is not None and p.seen.side == q.seen.side:
        score += _SAME_SIDE
        evidence.append(f"both are of {_place(p.seen.side)}")
    if common := len(p.seen.reports & q.seen.reports):
        score += _SAME_REPORT
        evidence.append(f"{common} report names both" if common == 1 else f"{common} reports name both")
    if others:
        score /= 1 + others
        evidence.append(f"{others} other may be meant as well" if others == 1 else f"{others} others may be meant as well")
    first, second = sorted((p.seen, q.seen), key=lambda s: s.id)
    yield Proposal(first.id, second.id, (first.name, second.name), round(min(score, 1.0), 3), tuple(evidence))


def _place(side: str) -> str:
    actor = shipped().actor(side)
    return actor.name if actor is not None else side


def _title(word: str) -> str:
    return word[:1].upper() + word[1:]


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """First names by the folded first names that stand for them, both ways; two short forms of one name too."""
    out: dict[str, set[str]] = defaultdict(set)
    with (files("sayso.actors") / "tables" / "short_names.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            forms = [folded(form) for form in (row["name"], *row["short"].split("|"))]
            for form in forms:
                out[form] |= set(forms) - {form}
    return {form: frozenset(others) for form, others in out.items()}
