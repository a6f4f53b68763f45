"""Neighbours: which contents lie close enough together to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sayso.claims.encoder import Floats

Flags = NDArray[np.bool_]

#: Contents of which one denies what something stronger implies ("no ties", beside "supports") are compared as far apart as this.
FAR: Final = 0.55
#: Other contents whose vectors lie further apart than this (cosine) are never compared: two in a hundred of the pairs that the
#: scorer links would lie beyond it.
NEAR: Final = 0.68
# Rows multiplied at a time: bounds memory.
_BLOCK: Final = 1024


def neighbours(
    vectors: Floats, others: Floats | None = None, *, near: float = NEAR, wide: tuple[Flags, Flags] | None = None
) -> Iterator[tuple[int, int, float]]:
    """Pairs (i, j, cosine) of near *vectors*, i before j; with *others*, pairs of one of *vectors* and one of those.

    *wide* tells for each of *vectors*, and of what they are held against, whether its pairs may be FAR.

    Exact, block by block: which pairs are near depends on the two alone.
    """
    against = vectors if others is None else others
    for low in range(0, len(vectors), _BLOCK):
        some = vectors[low : low + _BLOCK]
        for left in range(low if others is None else 0, len(against), 8 * _BLOCK):
            scores = some @ against[left : left + 8 * _BLOCK].T
            found = scores >= near
            if wide is not None:
                found |= (scores >= FAR) & (wide[0][low : low + _BLOCK, None] | wide[1][None, left : left + 8 * _BLOCK])
            rows, columns = np.nonzero(found)
            for i, j, s in zip((rows + low).tolist(), (columns + left).tolist(), scores[rows, columns].tolist(), strict=True):
                if others is not None or i < j:
                    yield i, j, s
