"""Small networks over candidates: the mean of some with one hidden layer each, of which the softmax is taken over the candidates of a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

#: Features of the candidates of one decision (candidates, features), which of them are right, and what the decision counts.
Example = tuple[np.ndarray, list[int], float]


def fit(examples: Sequence[Example], *, hidden: int, nets: int, penalty: float, steps: int, seed: int = 0, drop: float = 0.1) -> dict[str, Any]:
    """Networks that make the right candidates likely; each sees features dropped at random. Penalised by the squares of the weights."""
    most, features = max(len(f) for f, _, _ in examples), examples[0][0].shape[1]
    x = np.zeros((len(examples), most, features), np.float32)
    closed = np.full((len(examples), most), -1e9, np.float32)
    right = np.zeros((len(examples), most), np.float32)
    for i, (rows, wanted, _) in enumerate(examples):
        x[i, : len(rows)] = rows
        closed[i, : len(rows)] = 0
        right[i, wanted or [len(rows) - 1]] = 1
    counts = np.asarray([c for _, _, c in examples], np.float32)
    out: dict[str, list[Any]] = {"hidden": [], "hidden_bias": [], "out": [], "straight": []}
    for n in range(nets):
        weights = _fit(x, closed, right, counts, hidden, penalty, steps, np.random.default_rng(seed + n), drop)
        for name, w in zip(out, weights, strict=True):
            out[name].append(np.round(w.astype(float), 3).tolist())
    return out


def _fit(x: Any, closed: Any, right: Any, counts: Any, hidden: int, penalty: float, steps: int, rng: Any, drop: float) -> list[Any]:
    features = x.shape[2]
    w = [
        rng.normal(0, 1 / np.sqrt(features), (features, hidden)).astype(np.float32),
        np.zeros(hidden, np.float32),
        rng.normal(0, 1 / np.sqrt(hidden), hidden).astype(np.float32),
        np.zeros(features, np.float32),
    ]
    m, v = [np.zeros_like(a) for a in w], [np.zeros_like(a) for a in w]
    shape, flat = x.shape[:2], x.reshape(-1, features)
    for step in range(1, steps + 1):
        kept = (rng.random(features) > drop).astype(np.float32) / (1 - drop)
        a = flat @ (w[0] * kept[:, None]) + w[1]
        h = np.maximum(0, a)
        z = (h @ w[2] + flat @ (w[3] * kept)).reshape(shape) + closed
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        q = p * right
        q /= q.sum(axis=1, keepdims=True) + 1e-12
        dz = ((p - q) * counts[:, None]).reshape(-1)
        da = (dz[:, None] * w[2]) * (a > 0)
        back = flat.T @ np.concatenate([da, dz[:, None]], axis=1) * kept[:, None]
        g = [back[:, :-1], da.sum(axis=0), h.T @ dz, back[:, -1]]
        rate = 0.01 * (1 - 0.9 * step / steps)
        for i, (gradient, weight) in enumerate(zip(g, w, strict=True)):
            gradient = gradient + penalty * (weight if i != 1 else 0)
            m[i] = 0.9 * m[i] + 0.1 * gradient
            v[i] = 0.99 * v[i] + 0.01 * gradient**2
            w[i] = weight - rate * (m[i] / (1 - 0.9**step)) / (np.sqrt(v[i] / (1 - 0.99**step)) + 1e-8)
    return w
