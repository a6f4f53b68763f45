"""Forest: decision trees over numbers, as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Forest:
    """The nodes of all trees in one row: the feature each asks for, the bound, the node below for what is not above it and for the rest; the chance.

    *roots* are the nodes that the trees begin with; a leaf is below itself.
    """

    roots: Ints
    feature: Ints
    bound: Floats
    below: Ints  # two for each node
    chance: Floats

    @classmethod
    def load(cls, trees: Sequence[dict[str, Sequence[float]]]) -> Forest:
        """The forest of *trees* as training wrote them."""
        sizes = [len(t["feature"]) for t in trees]
        roots = np.cumsum([0, *sizes[:-1]])

        def joined(key: str) -> Floats:
            return np.concatenate([np.asarray(t[key], dtype=np.float64) for t in trees])

        first = np.repeat(roots, sizes)
        below = np.stack([joined("low").astype(np.int64) + first, joined("high").astype(np.int64) + first], axis=1).ravel()
        return cls(roots, joined("feature").astype(np.int64), joined("bound"), below, joined("chance"))

    def chances(self, rows: Floats) -> Floats:
        """The mean chance of the trees for each row."""
        if not len(rows):
            return np.zeros(0)
        flat = rows.ravel()
        start = np.repeat(np.arange(len(rows)) * rows.shape[1], len(self.roots))
        at = np.tile(self.roots, len(rows))
        moving, here = np.arange(len(at)), at  # those that have not come to a leaf, and where they are
        while len(moving):  # take() is twice as fast as brackets
            then = self.below.take(2 * here + (flat.take(start + self.feature.take(here)) > self.bound.take(here)))
            on = np.flatnonzero(then != here)
            at[moving] = then
            moving, here, start = moving.take(on), then.take(on), start.take(on)
        out: Floats = self.chance[at].reshape(len(rows), -1).mean(axis=1)
        return out
