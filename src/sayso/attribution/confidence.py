"""Calibrated confidence: the chance that a trained annotator would mark a statement, from the network's evidence.

A logistic model fitted on reports that the network never saw (training/calibrate.py), one for statements that stand in no
other and one for those inside another's content.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.attribution.candidates import EVIDENCE


class Confidence:
    """Made from calibration.json; without it, the network's own probabilities are used as they are."""

    def __init__(self, calibration: dict[str, Any]) -> None:
        self._weights = {}
        for level in ("top", "inner"):
            row = calibration.get(level)
            if row is not None:
                if tuple(row["evidence"]) != EVIDENCE:
                    raise ValueError("calibration.json was fitted on other evidence: run training/calibrate.py again")
                self._weights[level] = (np.asarray(row["weights"], np.float64), float(row["bias"]))

    def __call__(self, evidence: NDArray[np.float32], *, inner: bool) -> float:
        """Confidence in [0.01, 0.99]."""
        return self.each(evidence[None], inner=inner)[0]

    def each(self, evidence: NDArray[np.float32], *, inner: bool) -> list[float]:
        """The confidence of each row of *evidence*."""
        weights = self._weights.get("inner" if inner else "top")
        if weights is None:
            named = dict(zip(EVIDENCE, evidence.T, strict=True))
            return [min(max(p, 0.01), 0.99) for p in (named["cue_deep"] * named["content"]).tolist()]
        return [min(max(1 / (1 + math.exp(-float(x @ weights[0] + weights[1]))), 0.01), 0.99) for x in features(evidence)]


def features(evidence: NDArray[np.float32]) -> NDArray[np.float64]:
    """The evidence with probabilities (the first nine) turned into log-odds."""
    x = np.asarray(evidence, np.float64).copy()
    p = np.minimum(np.maximum(x[..., :9], 0.002), 0.998)
    x[..., :9] = np.log(p / (1 - p))
    return x
