"""Neighbours: which contents lie close enough together to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from sayso.claims.encoder import Floats

#: Contents whose vectors lie further apart than this (cosine) are never compared: no pair that the scorer joins was found beyond it.
NEAR: Final = 0.62
# Rows multiplied at a time: bounds memory.
_BLOCK: Final = 1024


def neighbours(vectors: Floats, others: Floats | None = None, *, near: float = NEAR) -> Iterator[tuple[int, int, float]]:
    """Pairs (i, j, cosine) of near *vectors*, i before j; with *others*, pairs of one of *vectors* and one of those.

    Exact, block by block: which pairs are near depends on the two alone.
    """
    against = vectors if others is None else others
    for low in range(0, len(vectors), _BLOCK):
        some = vectors[low : low + _BLOCK]
        for left in range(low if others is None else 0, len(against), 8 * _BLOCK):
            scores = some @ against[left : left + 8 * _BLOCK].T
            rows, columns = np.nonzero(scores >= near)
            for i, j, s in zip((rows + low).tolist(), (columns + left).tolist(), scores[rows, columns].tolist(), strict=True):
                if others is not None or i < j:
                    yield i, j, s
