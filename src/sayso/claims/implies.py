"""Implications: deeds that cannot be without another ("supports" without ties), so that who denies the weaker denies the stronger, too.

It holds in this direction alone: to have ties is not to support, and to deny support is not to deny ties.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from sayso.claims.words import root, stem


@cache
def _rows() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each line of implies.csv the roots of the stronger words and of the weaker."""
    with (files("sayso.claims") / "implies.csv").open(encoding="utf-8") as lines:
        rows = [tuple(frozenset(root(stem(word)) for word in row[side].split()) for side in ("strong", "weak")) for row in csv.DictReader(lines)]
    return tuple((strong - weak, weak - strong) for strong, weak in rows)


@cache
def _all() -> frozenset[str]:
    return frozenset(word for row in _rows() for side in row for word in side)


def graded(words: Iterable[str]) -> bool:
    """Whether some of *words* (roots) implies another or is implied."""
    return not _all().isdisjoint(words)


def strengthened(weak: Sequence[str], strong: Sequence[str]) -> tuple[str, ...] | None:
    """*weak* (roots) with the stronger word of *strong* for that which it implies; None if *strong* says nothing stronger."""
    these, those = set(weak), set(strong)
    for stronger, weaker in _rows():
        if these & weaker and those & stronger and not these & stronger and not those & weaker:
            put = min(those & stronger)
            return tuple(dict.fromkeys(put if word in weaker else word for word in weak))
    return None
