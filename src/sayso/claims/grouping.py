"""Grouping: which contents are one claim, and which of them negate it.

Average linkage over scored pairs (Sneath and Sokal, 1973), with a sign at each link: the closest pairs are joined first, and two
groups become one only if what links them holds on the whole, so that no chain of neighbours joins what is not alike. The result
depends on the contents and links alone, not on their order; groups of one connected component do not depend on others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from sayso.unions import Unions

#: Two groups are joined where the mean score over their pairs is at least this, and some link holds between them.
JOINED: Final = 0.3
#: What two score that cannot be one claim, whatever else links their groups.
BARRED: Final = -1.0
#: Members of each group whose pairs are looked at, the most central first: bounds the work on large groups.
LOOKED_AT: Final = 6
# What sums of scores are uncertain by.
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Link:
    """How sure it is that two contents (by key, a before b) say the same (sign 1), or the one the negation of the other (-1)."""

    a: str
    b: str
    score: float
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Keys of contents that are one claim, each with its sign: 1 as the claim's label says, -1 its negation; in the order of keys."""

    signs: tuple[tuple[str, int], ...]
    label: str  # the key of the most central content, whose sign is 1


def components(keys: Iterable[str], links: Iterable[Link]) -> list[list[str]]:
    """The connected components of *links* over *keys*, each in the order of keys."""
    unions = Unions(keys)
    for link in links:
        unions.join(link.a, link.b)
    return unions.sets()


def strengths(keys: Iterable[str], links: Iterable[Link]) -> dict[str, float]:
    """How strongly each key is linked in all; the order of the links makes no difference."""
    found: dict[str, list[float]] = {key: [] for key in keys}
    for link in links:
        found[link.a].append(link.score)
        found[link.b].append(link.score)
    return {key: fsum(some) for key, some in found.items()}


def grouped(
    keys: Sequence[str], links: Sequence[Link], score: Callable[[str, str], tuple[float, int]], *, same: Sequence[tuple[str, str, int]] = (),
    apart: Sequence[tuple[str, str]] = (), weight: Mapping[str, int] | None = None, strength: Mapping[str, float] | None = None,
) -> list[Group]:
    """The groups of one component. *score* gives score and sign of any two keys; *same* (with sign) and *apart* are judged.

    *strength* is that of each key (strengths()), where *keys* and *links* are but a part of what hangs together.
    """
    group: dict[str, dict[str, int]] = {key: {key: 1} for key in keys}
    home = {key: key for key in keys}
    barred = defaultdict(set)
    for a, b in apart:
        barred[a].add(b)
        barred[b].add(a)
    strength = strengths(keys, links) if strength is None else strength

    atoms = Unions(keys)  # keys judged to be one count once, by whichever of them is most alike
    for a, b, _ in same:
        atoms.join(a, b)
    parts = {some[0]: some for some in atoms.sets()}

    def central(members: Mapping[str, int]) -> list[list[str]]:
        firsts = {atoms.find(k) for k in members}
        return [parts[k] for k in sorted(firsts, key=lambda k: (-max(strength[m] for m in parts[k]), k))[:LOOKED_AT]]

    def join(a: str, b: str, sign: int) -> None:
        """The groups of a and b become one, so that a and b have the relation *sign*."""
        one, other = home[a], home[b]
        turn = group[one][a] * sign * group[other][b]
        if len(group[other]) > len(group[one]) or (len(group[other]) == len(group[one]) and other < one):
            one, other = other, one
        for key, s in group.pop(other).items():
            group[one][key] = s * turn
            home[key] = one

    for a, b, sign in sorted(same):
        if home[a] != home[b]:
            join(a, b, sign)
    for link in sorted(links, key=lambda x: (-x.score, x.a, x.b)):
        one, other = home[link.a], home[link.b]
        if one == other:
            continue
        if any(k in barred and barred[k] & group[other].keys() for k in group[one]):
            continue
        turn = group[one][link.a] * link.sign * group[other][link.b]
        if _alike(central(group[one]), central(group[other]), score, group[one], group[other], turn):
            join(link.a, link.b, link.sign)
    return [_group(members, strength, weight or {}) for _, members in sorted(group.items())]


def _alike(
    ones: Sequence[Sequence[str]], others: Sequence[Sequence[str]], score: Callable[[str, str], tuple[float, int]], here: Mapping[str, int],
    there: Mapping[str, int], turn: int,
) -> bool:  # fmt: skip
    """Whether the mean score over the pairs of *ones* and *others* lets two groups be one; given up where what is left cannot make it so."""
    left, means = len(ones) * len(others), []
    wanted = JOINED * left
    for some in ones:
        for rest in others:
            found = ((*score(min(p, q), max(p, q)), here[p] * turn * there[q]) for p in some for q in rest)
            s, sign, agreed = max(found, key=lambda f: (f[0], f[1] == f[2]))
            left -= 1
            means.append(s if sign == agreed else -s)
            if s <= BARRED or fsum(means) + left < wanted - _ROUNDING:
                return False
    return fsum(means) >= wanted  # summed so that the order of the members makes no difference


def _group(members: dict[str, int], strength: Mapping[str, float], weight: Mapping[str, int]) -> Group:
    """The label is the most central of those that say it the way most do."""
    ways = {1: 0, -1: 0}
    for key, sign in members.items():
        ways[sign] += weight.get(key, 1)
    way = max((1, -1), key=lambda s: (ways[s], s * min(members.items())[1]))
    label = max((k for k, s in members.items() if s == way), key=lambda k: (strength[k], k))
    return Group(tuple((k, members[k] * way) for k in sorted(members)), label)
