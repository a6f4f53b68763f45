"""What is read around a cue: its paragraph, what a colon or a quotation carries on into the next ones, and a few words on either side."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from sayso.attribution.decoding import Ints
from sayso.attribution.features import Encoded

# Between two paragraphs: an empty line, or the end of a sentence and of a line. A line that is only full goes on in the next.
APART = re.compile(r"\n[ \t\r]*\n|[.!?”\"][ \t\r]*\n")
# Tokens that are read beyond that on either side, as a hint of what stands there.
_MORE = 8


class Vicinity:
    """The paragraphs of a text: which tokens are read with each."""

    def __init__(self, text: str, encoded: Encoded) -> None:
        tokens = encoded.tokens
        self._count = len(tokens)
        lines = (i for i, token in enumerate(tokens) if i and token.after_break)
        begins = [0, *(i for i in lines if APART.search(text, tokens[i - 1].end - 1, tokens[i].start))]
        ends = [*begins[1:], len(tokens)]
        starts = np.array([token.start for token in tokens], np.int64)
        quoted = {int(np.searchsorted(starts, s.start)): int(np.searchsorted(starts, s.end)) for s in encoded.stretches}
        for k in range(len(begins) - 2, -1, -1):  # a paragraph that a quotation opens goes on from the one before
            if text[tokens[ends[k] - 1].start] == ":":  # so may all that a colon opens
                ends[k] = len(tokens)
            elif (end := quoted.get(begins[k + 1])) is not None:
                ends[k] = ends[k + 1] if end >= (begins[k + 2] if k + 2 < len(begins) else len(tokens)) - 1 else end
        self._begins, self._ends = np.array(begins, np.int64), np.array(ends, np.int64)

    def of(self, cues: Sequence[tuple[int, int]], reach: tuple[int, int]) -> Ints:
        """The tokens [begin, end) that are read around each of *cues*, as (cues, 2): at most *reach* before and after its first one."""
        first, end = np.array(cues, np.int64).reshape(-1, 2).T
        begins = self._begins[np.searchsorted(self._begins, first, "right") - 1]
        ends = self._ends[np.searchsorted(self._begins, end - 1, "right") - 1]
        return np.stack([
            np.maximum(np.maximum(begins - _MORE, first - reach[0]), 0),
            np.minimum(np.minimum(ends + _MORE, first + reach[1] + 1), self._count),
        ], 1)
