"""Neighbourhoods: the nodes that are to be grouped again where some came, went or were judged, and no more of the record than that.

What became of a link was told by the two groups that it lies between, as they were when it came up. So the groups that are touched are
grouped again among those that they are linked with; links between two of the latter were declined before, and are again, as long as
none of the two is joined with what was touched. Where one is, it counts as touched too, and all is done once more.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import fsum
from typing import Final

from sayso.claims.grouping import LOOKED_AT, Group, Link, grouped
from sayso.record.batches import slots
from sayso.record.nodes import HeldScores, parts
from sayso.record.packing import number_id

_LINKS: Final = "SELECT a, b, score FROM node_links WHERE a IN ({0}) UNION ALL SELECT b, a, score FROM node_links WHERE b IN ({0})"


class Judged:
    """What persons judged of nodes: pairs that are one claim (with the sign between them), and pairs that are not."""

    def __init__(self, same: Iterable[tuple[str, str, int]] = (), apart: Iterable[tuple[str, str]] = ()) -> None:
        self.same, self.apart = tuple(sorted(same)), tuple(sorted(apart))
        self.beside: dict[str, set[str]] = defaultdict(set)
        for a, b, _ in self.same:
            self.beside[a].add(b)
            self.beside[b].add(a)
        self.nodes: set[str] = {n for a, b, _ in self.same for n in (a, b)} | {n for pair in self.apart for n in pair}


class Neighbourhood:
    """Nodes by key with their links, and the groups that they were in before; looked up when they are asked for."""

    def __init__(self, db: sqlite3.Connection, judged: Judged) -> None:
        self._db, self._judged = db, judged
        self._links: dict[str, dict[str, float]] = {}
        self._group: dict[str, int | None] = {}  # of the nodes that are there
        self._members: dict[int, list[str]] = {}

    def links(self, keys: Iterable[str]) -> dict[str, dict[str, float]]:
        """For each of *keys* the keys that it is linked with, and how surely."""
        wanted = sorted(set(keys))
        new = [key for key in wanted if key not in self._links]
        self._links.update((key, {}) for key in new)
        for part in parts(new):
            for key, other, score in self._db.execute(_LINKS.format(slots(part)), (*part, *part)):
                self._links[number_id(key)][number_id(other)] = score
        return {key: self._links[key] for key in wanted}

    def beside(self, keys: Iterable[str]) -> set[str]:
        """What *keys* are linked with or were judged to be one with, as far as it is there."""
        linked = self.links(keys)
        found = {other for some in linked.values() for other in some}
        return found | self.there(other for key in linked for other in self._judged.beside.get(key, ()))

    def there(self, keys: Iterable[str]) -> set[str]:
        wanted = set(keys)
        for part in parts(wanted - self._group.keys()):
            for node, group in self._db.execute(f"SELECT node, claim_group FROM nodes WHERE node IN ({slots(part)})", part):
                self._group[number_id(node)] = group
        return wanted & self._group.keys()

    def groups(self, keys: Iterable[str]) -> dict[int, list[str]]:
        """The groups in which *keys* were, each with all that are in it still."""
        found = {group for key in self.there(keys) if (group := self._group[key]) is not None}
        for group in sorted(found - self._members.keys()):
            rows = self._db.execute("SELECT node FROM nodes WHERE claim_group = ?", (group,))
            self._members[group] = [number_id(node) for (node,) in rows]
            self._group.update(dict.fromkeys(self._members[group], group))
        return {group: self._members[group] for group in sorted(found)}

    def around(self, touched: Iterable[str]) -> tuple[set[str], dict[str, int]]:
        """The nodes to be grouped anew because of *touched*, and the others beside them, each with its group."""
        anew = self.there(touched)
        # how strongly a node is linked tells, in a larger group, which of its members stand for all
        large = (some for some in self.groups(self.beside(anew)).values() if len(some) > LOOKED_AT)
        anew |= {key for some in (*self.groups(anew).values(), *large) for key in some}
        return anew, self._rest(anew)

    def joined(self, anew: set[str], groups: Iterable[Group]) -> set[str]:
        """Nodes of groups beside *anew* that were joined with some of these."""
        mixed = {key for group in groups if any(k in anew for k, _ in group.signs) for key, _ in group.signs} - anew
        return {key for some in self.groups(mixed).values() for key in some} | mixed

    def _rest(self, anew: set[str]) -> dict[str, int]:
        return {key: group for group, some in self.groups(self.beside(anew) - anew).items() for key in some if key not in anew}

    def grouped(self, touched: Iterable[str], score: HeldScores) -> list[Group]:
        """The groups of *touched* and of what that touches, and those beside them."""
        anew, rest = self.around(touched)
        while anew:
            found = self._grouped(sorted({*anew, *rest}), rest, score)
            more = self.joined(anew, found)
            if not more:
                return found
            anew |= more
            rest = self._rest(anew)
        return []

    def _grouped(self, keys: Sequence[str], rest: dict[str, int], score: HeldScores) -> list[Group]:
        held, linked = set(keys), self.links(keys)
        strength = {key: fsum(some.values()) for key, some in linked.items()}
        links = [
            Link(a, b, s) for a, some in linked.items() for b, s in some.items()
            if a < b and b in held and not (a in rest and b in rest and rest[a] != rest[b])
        ]
        same = [j for j in self._judged.same if j[0] in held and j[1] in held]
        apart = [j for j in self._judged.apart if j[0] in held and j[1] in held]
        weight: dict[str, int] = {}
        for part in parts(keys):
            counted = self._db.execute(f"SELECT node, count(*) FROM contents WHERE node IN ({slots(part)}) GROUP BY 1", part)
            weight.update((number_id(node), n) for node, n in counted)
        score.hold(keys, {(link.a, link.b): link.score for link in links})
        return grouped(keys, links, score, same=same, apart=apart, weight=weight, strength=strength)
