"""Unions: things joined into sets, each known by its least member (union-find, Tarjan 1975)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T", int, str)


class Unions(Generic[T]):
    """Sets of *things*; each is a set by itself until it is joined with another."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._above: dict[T, T] = {thing: thing for thing in things}

    def add(self, thing: T) -> None:
        self._above.setdefault(thing, thing)

    def find(self, thing: T) -> T:
        """The least member of the set that *thing* is in."""
        above = self._above
        while above[thing] != thing:
            above[thing] = above[above[thing]]
            thing = above[thing]
        return thing

    def join(self, a: T, b: T) -> None:
        """Make the sets of *a* and *b* one."""
        x, y = self.find(a), self.find(b)
        self._above[max(x, y)] = min(x, y)

    def sets(self) -> list[list[T]]:
        """Every set in the order of its members, in the order of their least."""
        out: dict[T, list[T]] = {}
        for thing in sorted(self._above):
            out.setdefault(self.find(thing), []).append(thing)
        return list(out.values())
