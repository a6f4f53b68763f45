"""Decoding of tag scores: Viterbi paths and marginals of linear-chain conditional random fields, many sequences at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.language.tokens import Token

# Lines longer than this are decoded in pieces, so that memory stays bounded.
_LINE = 400

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Chain:
    """Transition scores (k, k) and begin scores (k,) over the tags *labels* ("O", "B-x", "I-x")."""

    labels: tuple[str, ...]
    begin: Floats
    transition: Floats

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Chain:
        return cls(tuple(row["labels"]), np.asarray(row["begin"], np.float32), np.asarray(row["transition"], np.float32))

    def best(self, scores: Floats, lengths: Ints) -> Ints:
        """Most probable tags (n, t) of *scores* (n, t, k); positions from ``lengths`` on are 0."""
        n, t, k = scores.shape
        laid = np.ascontiguousarray(scores.transpose(1, 2, 0))  # (t, k, n): what one step reads lies together
        alpha, step, transition = np.empty((t, k, n), np.float32), np.empty((k, k, n), np.float32), self.transition[:, :, None]
        alpha[0] = self.begin[:, None] + laid[0]
        for i in range(1, t):
            np.add(alpha[i - 1][:, None], transition, out=step)
            np.maximum.reduce(step, axis=0, out=alpha[i])
            alpha[i] += laid[i]
        ends = _ends(lengths)
        tags = np.empty((t, n), np.int64)
        state = np.zeros(n, np.int64)
        for i in range(t - 1, -1, -1):  # what lies behind the end of a sequence is reckoned too, and never looked at
            if i in ends:
                state[ends[i]] = alpha[i][:, ends[i]].argmax(0)
            tags[i] = state
            if i:
                state = (alpha[i - 1] + self.transition.take(state, axis=1)).argmax(0)
        tags[np.arange(t)[:, None] >= lengths] = 0
        return tags.T

    def marginals(self, scores: Floats, lengths: Ints) -> Floats:
        """Probability of each tag (n, t, k) at each position before ``lengths``, by the forward-backward algorithm in scaled space."""
        n, t, k = scores.shape
        # never quite nothing: float32 would underflow; (t, k, n), so that what one step reads lies together
        e = np.ascontiguousarray(np.exp(np.maximum(scores - scores.max(2, keepdims=True), -80.0)).transpose(1, 2, 0))
        onward = np.exp(self.transition - self.transition.max())
        way = np.stack([onward.T, onward])
        ends = _ends(lengths)
        out, behind = np.empty((2, t, k, n), np.float32)
        x = np.ones((2, k, n), np.float32)  # one pass goes forward from the first, the other backward from the last
        x[0] = np.exp(self.begin - self.begin.max())[:, None] * e[0]
        x[0] /= np.add.reduce(x[0], 0)
        out[0], behind[-1] = x
        for i in range(1, t):
            x[1] *= e[t - i]
            x = way @ x
            x[0] *= e[i]
            x /= np.maximum(np.add.reduce(x, 1, keepdims=True), 1e-30)
            if t - 1 - i in ends:
                x[1][:, ends[t - 1 - i]] = np.float32(1) / k
            out[i], behind[t - 1 - i] = x
        out *= behind
        out /= np.maximum(out.sum(1, keepdims=True), 1e-30)
        return np.ascontiguousarray(out.transpose(2, 0, 1))


def _ends(lengths: Ints) -> dict[int, Ints]:
    """By last position, the sequences that end there."""
    return {int(length) - 1: np.flatnonzero(lengths == length) for length in np.unique(lengths)}


def runs(tags: Ints, begin: int, inside: int) -> list[tuple[int, int]]:
    """Half-open runs that open with tag *begin* (or a stray *inside*) and go on with *inside*."""
    at = np.flatnonzero((tags == begin) | (tags == inside))
    out: list[tuple[int, int]] = []
    for i, opens in zip(at.tolist(), (tags[at] == begin).tolist(), strict=True):
        if opens or not out or out[-1][1] != i:
            out.append((i, i + 1))
        else:
            out[-1] = out[-1][0], i + 1
    return out


def line_starts(tokens: Sequence[Token]) -> Ints:
    """Numbers of the tokens with which lines begin, and the pieces of those that are too long."""
    starts: list[int] = []
    for i, token in enumerate(tokens):
        if token.after_break or not starts or i - starts[-1] >= _LINE:
            starts.append(i)
    return np.asarray(starts, np.int64)


def by_lines(scores: Floats, line_starts: Ints) -> tuple[Floats, Ints]:
    """Scores (tokens, k) laid out as lines (n, t, k), with the lengths; *line_starts* are token numbers, the first one 0."""
    bounds = np.append(line_starts, len(scores))
    lengths = np.diff(bounds)
    out = np.zeros((len(lengths), int(lengths.max()), scores.shape[1]), np.float32)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    out[rows, np.arange(len(scores)) - bounds[rows]] = scores
    return out, lengths
