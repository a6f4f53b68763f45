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
        live = np.arange(t)[:, None] < lengths
        alpha = np.empty((t, k, n), np.float32)
        alpha[0] = self.begin[:, None] + laid[0]
        for i in range(1, t):
            step = (alpha[i - 1][:, None] + self.transition[:, :, None]).max(0) + laid[i]
            alpha[i] = np.where(live[i], step, alpha[i - 1])
        tags = np.zeros((n, t), np.int64)
        state = alpha[-1].argmax(0)
        for i in range(t - 1, 0, -1):
            tags[:, i] = np.where(live[i], state, 0)
            state = np.where(live[i], (alpha[i - 1] + self.transition[:, state]).argmax(0), state)
        tags[:, 0] = np.where(live[0], state, 0)
        return tags

    def marginals(self, scores: Floats, lengths: Ints) -> Floats:
        """Probability of each tag (n, t, k) at each position, by the forward-backward algorithm in scaled space."""
        n, t, k = scores.shape
        # never quite nothing: float32 would underflow; (t, k, n), so that what one step reads lies together
        e = np.ascontiguousarray(np.exp(np.maximum(scores - scores.max(2, keepdims=True), -80.0)).transpose(1, 2, 0))
        trans = np.exp(self.transition - self.transition.max())
        onward = np.ascontiguousarray(trans.T)
        out = np.empty((t, k, n), np.float32)
        a = np.exp(self.begin - self.begin.max())[:, None] * e[0]
        out[0] = a = a / a.sum(0)
        for i in range(1, t):
            a = (onward @ a) * e[i]
            out[i] = a = a / np.maximum(a.sum(0), 1e-30)
        live = np.arange(t)[:, None] < lengths
        b = np.ones((k, n), np.float32)
        for i in range(t - 1, -1, -1):
            out[i] *= np.where(live[i], b, 1)
            b = np.where(live[i], trans @ (b * e[i]), b)
            b /= np.maximum(b.sum(0), 1e-30)
        out /= np.maximum(out.sum(1, keepdims=True), 1e-30)
        return np.ascontiguousarray(out.transpose(2, 0, 1))


def runs(tags: Ints, begin: int, inside: int) -> list[tuple[int, int]]:
    """Half-open runs that open with tag *begin* (or a stray *inside*) and go on with *inside*."""
    hit = (tags == begin) | (tags == inside)
    opens = hit & ((tags == begin) | ~np.concatenate([[False], hit[:-1]]))
    starts = np.flatnonzero(opens)
    out = []
    for s in starts:
        e = int(s) + 1
        while e < len(tags) and tags[e] == inside:
            e += 1
        out.append((int(s), e))
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
