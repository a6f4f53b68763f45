"""Forest: decision trees over numbers, as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Forest:
    """Trees padded to one size: of each node the feature it asks for, the bound, the node below for what is not above it, the other; the chance."""

    feature: np.ndarray[Any, np.dtype[np.int64]]
    bound: Floats
    low: np.ndarray[Any, np.dtype[np.int64]]
    high: np.ndarray[Any, np.dtype[np.int64]]
    chance: Floats
    depth: int

    @classmethod
    def load(cls, trees: Sequence[dict[str, Sequence[float]]]) -> Forest:
        """The forest of *trees* as training wrote them: leaves point at themselves."""
        size = max(len(t["feature"]) for t in trees)

        def table(key: str) -> Floats:
            return np.array([[*t[key], *[0.0] * (size - len(t[key]))] for t in trees], dtype=np.float64)

        low, high = table("low").astype(np.int64), table("high").astype(np.int64)
        return cls(table("feature").astype(np.int64), table("bound"), low, high, table("chance"), _depth(low, high))

    def chances(self, rows: Floats) -> Floats:
        """The mean chance of the trees for each row."""
        if not len(rows):
            return np.zeros(0)
        trees = np.arange(len(self.feature))[None, :]
        at = np.zeros((len(rows), len(self.feature)), dtype=np.int64)
        every = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[every, self.feature[trees, at]] <= self.bound[trees, at], self.low[trees, at], self.high[trees, at])
        out: Floats = self.chance[trees, at].mean(axis=1)
        return out


def _depth(low: np.ndarray[Any, np.dtype[np.int64]], high: np.ndarray[Any, np.dtype[np.int64]]) -> int:
    """Steps from the root to the deepest leaf: a node's number is above its parent's."""
    deepest = 0
    for a, b in zip(low, high, strict=True):
        depth = [0] * len(a)
        for node in range(len(a)):
            for below in (int(a[node]), int(b[node])):
                if below > node:
                    depth[below] = depth[node] + 1
        deepest = max(deepest, *depth)
    return deepest
