"""Drafts: what the rows of a register say, before it is known who its actors are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from sayso.actors.actor import Kind
from sayso.actors.entries import MAX_NAMES, EntryName
from sayso.mentions.mention import Gender

#: So many offices of one person are taken.
MAX_HOLDINGS: Final = 200


@dataclass(frozen=True, slots=True)
class DraftHolding:
    """An office, of a shipped actor or of one of the register (*of* is then its key there)."""

    of: str
    role: str
    since: str | None
    until: str | None
    number: int  # of its line


@dataclass
class Draft:
    """One actor, as far as the register has told; *key* tells it from the others of the register."""

    key: str
    number: int  # the line that it begins at
    kind: Kind
    names: list[EntryName] = field(default_factory=list)
    gender: Gender | None = None
    states: set[str] = field(default_factory=set)  # ids of shipped states
    qid: str | None = None
    part_of: str | None = None  # a key, an id or a name
    official: bool = False  # speaks for its state, even if no dated office tells so
    surnames: list[str] = field(default_factory=list)
    born: str | None = None
    died: str | None = None
    holdings: list[DraftHolding] = field(default_factory=list)

    def add(self, other: Draft) -> tuple[int, int]:
        """Take over what a further row says of the same actor; how many names and offices were too many."""
        self.names += [replace(n, how="alias") for n in other.names if not any(n.name == m.name for m in self.names)]
        self.states |= other.states
        self.surnames += [s for s in other.surnames if s not in self.surnames]
        there = {(h.of, h.role, h.since, h.until) for h in self.holdings}
        self.holdings += [h for h in other.holdings if (h.of, h.role, h.since, h.until) not in there]
        self.official |= other.official
        for key in ("gender", "qid", "part_of", "born", "died"):
            if getattr(self, key) is None:
                setattr(self, key, getattr(other, key))
        return self.bounded()

    def bounded(self) -> tuple[int, int]:
        """Leave out the names and offices that are too many; how many they were."""
        over = max(0, len(self.names) - MAX_NAMES), max(0, len(self.holdings) - MAX_HOLDINGS)
        del self.names[MAX_NAMES:], self.holdings[MAX_HOLDINGS:]
        return over

    def to_row(self) -> list[Any]:
        return [
            self.key, self.number, self.kind, [[n.name, n.how, n.since, n.until] for n in self.names], self.gender, sorted(self.states), self.qid,
            self.part_of, self.official, self.surnames, self.born, self.died, [[h.of, h.role, h.since, h.until, h.number] for h in self.holdings],
        ]  # fmt: skip

    @classmethod
    def from_row(cls, row: list[Any]) -> Draft:
        key, number, kind, names, gender, states, qid, part_of, official, surnames, born, died, holdings = row
        return cls(
            key, number, kind, [EntryName(*n) for n in names], gender, set(states), qid, part_of, official, surnames, born, died,
            [DraftHolding(*h) for h in holdings],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """An office that has an entry of its own: whose it is, if known, and which role."""

    key: str
    number: int
    of: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Tie:
    """That a holder has a post, or is a member of something: keys of both, the role where the post does not tell it."""

    holder: str
    target: str
    number: int
    role: str | None
    since: str | None
    until: str | None
    ended: bool = False  # it is over, though no end is told
