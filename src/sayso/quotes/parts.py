"""Parts: the sentences and pieces of two wordings of one utterance, and what of the one is no rendering of the other.

Who quotes little skips, and quotes apart what was said apart: words beyond what the other has are then nothing that was put in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from sayso.quotes.words import Word, Wording

Column = tuple[int | None, int | None]
#: A sentence renders another if a run of so many words, with so many of content, stands in both, or such a share of the shorter one's content.
_RUN: Final = (3, 2)
_HALF: Final = 0.5
_THIRD: Final = 1 / 3
_FEW: Final = 3


def cut_before(word: Word) -> bool:
    """Whether something else may have been said between *word* and the one before it."""
    return word.joint or word.gap


def opens(word: Word) -> bool:
    """Whether *word* begins a sentence or a piece."""
    return word.opens or cut_before(word)


def numbered(wording: Wording) -> list[int]:
    """The number of the part that each word stands in."""
    return list(accumulate(int(n > 0 and opens(word)) for n, word in enumerate(wording)))


class Parts:
    """Which parts of *variant* render which of *base*, by the words that *columns* pair."""

    def __init__(self, base: Wording, variant: Wording, columns: Sequence[Column]) -> None:
        self._variant = variant
        self._of = numbered(base), numbered(variant)
        self._size = tuple([sum(word.content for word, k in zip(w, of, strict=True) if k == n) for n in range(of[-1] + 1 if of else 0)]
                           for w, of in zip((base, variant), self._of, strict=True))  # fmt: skip
        runs: defaultdict[tuple[int, int], list[list[int]]] = defaultdict(list)
        last: Column = (None, None)
        for i, j in columns:
            if i is not None and j is not None:
                pair = self._of[0][i], self._of[1][j]
                if last == (i - 1, j - 1) and runs[pair]:
                    runs[pair][-1].append(j)
                else:
                    runs[pair].append([j])
            last = i, j
        self._kin = {pair for pair, found in runs.items() if self._renders(pair, found)}

    def _renders(self, pair: tuple[int, int], runs: Sequence[Sequence[int]]) -> bool:
        counts = [sum(self._variant[j].content for j in run) for run in runs]
        if any(len(run) >= _RUN[0] and count >= _RUN[1] for run, count in zip(runs, counts, strict=True)):
            return True
        least = min(self._size[0][pair[0]], self._size[1][pair[1]])
        share = sum(counts) / least if least else 1
        return share >= _HALF or (share >= _THIRD and sum(counts) >= _FEW)

    def kin(self, i: int, j: int) -> bool:
        """Whether word *j* of the variant stands in a part that renders that of word *i* of the base."""
        return (self._of[0][i], self._of[1][j]) in self._kin

    def related(self, columns: Sequence[Column]) -> list[Column]:
        """*columns* without pairs of words that two parts have by chance. Of an utterance in one part nothing is chance."""
        if not any(of and of[-1] for of in self._of):
            return list(columns)
        out: list[Column] = []
        for i, j in columns:
            out += [(i, j)] if i is None or j is None or self.kin(i, j) else [(i, None), (None, j)]
        return out


def parted(base: Wording, variant: Wording, a: tuple[int, int], b: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the words *a* of the base and *b* of the variant, which differ, are to be parted: (a1, a2) and (b1, b2).

    Up to a1 and b1 they go on from the same words, from a2 and b2 they lead into the same ones; what lies between was only left
    out of the variant, or of the base.
    """
    inner_a, inner_b = ([n for n in range(x + 1, y) if opens(w[n])] for w, (x, y) in ((base, a), (variant, b)))
    on = b[0] > 0 and 0 < a[0] < len(base) and not opens(variant[b[0]]) and not cut_before(base[a[0]])
    into = 0 < a[1] < len(base) and b[1] < len(variant) and not opens(variant[b[1]]) and not cut_before(base[a[1]])
    if on and into and not inner_b:
        return (a[1], a[1]), (b[1], b[1])
    b1 = (inner_b or [b[1]])[0] if on else b[0]
    b2 = max(b1, (inner_b or [b[0]])[-1]) if into else b[1]
    a1 = a[0] if b1 == b[0] or (a[0] < a[1] and opens(base[a[0]])) else (inner_a or [a[1]])[0]
    a2 = a[1] if b2 == b[1] or opens(base[a[1]]) else max(a1, (inner_a or [a[0]])[-1])
    return (a1, a2), (b1, b2)
