"""Attention: a small network in which the statements and the expressions of time of a report see each other (training/said_on.py).

For each statement it shares one chance out among the days that it may be of and "not told".
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np

from sayso.dates.nodes import FLAGS, Floats, Ints, Nodes, Window

HEADS: Final = 4
BLOCKS: Final = 2
#: Standardised numbers beyond this are held to it.
BOUND: Final = 4.0

#: The arrays of some networks, by name; the first axis tells the networks apart.
Weights = dict[str, Floats]


@cache
def networks() -> Weights:
    """The networks of the package; their mean counts."""
    loaded = np.load(BytesIO((files("sayso.dates") / "said_on.npz").read_bytes()), allow_pickle=False)
    return {name: loaded[name].astype(np.float32) for name in loaded.files}


def chances(nodes: Nodes, rows: Floats, weights: Weights) -> Floats:
    """The chance of each candidate, the mean of the networks; *rows* are the candidates' features."""
    out = np.zeros(len(rows), np.float32)
    for window in nodes.windows():
        out[window.rows] = shared_out(*scores(weights, window, rows[window.rows]), window.of).mean(axis=0)
    return out


def shared_out(days: Floats, none: Floats, node: Ints) -> Floats:
    """The chances of the days (networks, candidates) among those of their statement and that of none; *node* is the statement of each, in runs."""
    begin = np.flatnonzero(np.append(True, node[1:] != node[:-1]))
    length = np.diff(np.append(begin, len(node)))
    none = none[:, node[begin]]
    top = np.maximum(np.maximum.reduceat(days, begin, axis=1), none)
    e = np.exp(days - np.repeat(top, length, axis=1))
    out: Floats = e / np.repeat(np.add.reduceat(e, begin, axis=1) + np.exp(none - top), length, axis=1)
    return out


def scores(w: Weights, window: Window, rows: Floats) -> tuple[Floats, Floats]:
    """What speaks for each candidate of a window, whose features are *rows*; and for each statement what speaks for no day being told."""

    def linear(x: Floats, name: str) -> Floats:
        return x @ w[f"{name}.weight"].swapaxes(1, 2) + w[f"{name}.bias"][:, None]

    def standard(x: Floats, name: str) -> Floats:
        held: Floats = np.clip((x - w[f"{name}_mean"][0]) / w[f"{name}_deviation"][0], -BOUND, BOUND)
        return held

    told = ((window.told - w["mean"][0]) / w["deviation"][0] * window.filled).reshape(len(window.told), -1)
    tellings = ((window.tellings - w["mean"][0]) / w["deviation"][0]).reshape(len(window.tellings), -1)
    x = np.concatenate(
        [linear(told, "told") + linear(standard(window.own, "own"), "own"), linear(tellings, "tellings") + linear(window.shapes, "shapes")], axis=1
    )
    x = x + w["place"][:, window.paragraph]
    nets, n, d = x.shape
    for b in range(BLOCKS):
        table = w[f"blocks.{b}.links"]
        bias = (window.flags.reshape(n * n, -1) @ table[:, FLAGS:]).reshape(nets, n, n, HEADS)
        bias += sum(table.take(window.links[..., kind], axis=1) for kind in range(3))
        seen = linear(_normal(x, w, f"blocks.{b}.before"), f"blocks.{b}.seen")
        q, k, v = (a.reshape(nets, n, HEADS, -1).transpose(0, 2, 1, 3) for a in np.split(seen, 3, axis=2))
        share = _softmax(q @ k.swapaxes(2, 3) / np.float32(np.sqrt(d / HEADS)) + bias.transpose(0, 3, 1, 2))
        x = x + linear((share @ v).swapaxes(1, 2).reshape(nets, n, d), f"blocks.{b}.out")
        x = x + linear(np.maximum(0, linear(_normal(x, w, f"blocks.{b}.between"), f"blocks.{b}.up")), f"blocks.{b}.down")
    x = _normal(x, w, "last")
    asking, answering = linear(x[:, window.of], "asking"), linear(x, "answering")
    match = np.where(window.group, asking @ answering.swapaxes(1, 2) / np.float32(np.sqrt(d)), np.float32(-1e4))
    share = _softmax(match)
    z = linear(np.concatenate([asking * (share @ answering), share @ x + x[:, window.near], x[:, window.of]], axis=2), "pair")
    z = z + linear(standard(rows, "feature"), "features")
    z = linear(np.maximum(0, linear(np.maximum(0, z), "middle")), "day")[..., 0]
    top = match.max(axis=2)
    none = linear(np.maximum(0, linear(x[:, : len(window.told)], "doubt")), "none")[..., 0]
    return z + top + np.log(np.exp(match - top[..., None]).sum(axis=2)), none


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Floats = e / e.sum(axis=-1, keepdims=True)
    return out


def _normal(x: Floats, w: Weights, name: str) -> Floats:
    centred = x - x.mean(axis=2, keepdims=True)
    out: Floats = centred / np.sqrt((centred**2).mean(axis=2, keepdims=True) + 1e-5) * w[f"{name}.weight"][:, None] + w[f"{name}.bias"][:, None]
    return out
