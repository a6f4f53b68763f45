"""The scorer: how sure it is that two contents are one claim."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np

from sayso.claims.encoder import Encoder, models, shared_encoder
from sayso.claims.likeness import FEATURES, Parsed, features
from sayso.errors import SaysoError
from sayso.reports import content_hash


class Scorer:
    """The small networks in *path* (pairs.json: the mean of some with one hidden layer), over vectors of *encoder*."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        if not path.is_file():
            raise SaysoError(f"the models in {path.parent} are incomplete: no {path.name}", "Install sayso again")
        raw = path.read_bytes()
        model = json.loads(raw)
        if model["features"] != list(FEATURES):
            raise SaysoError(f"{path} is of another version", "Install sayso again")
        self.encoder = encoder
        #: Two scorers with one id give the same scores.
        self.id = content_hash(encoder.id, hashlib.sha256(raw).hexdigest())
        self._hidden, self._hidden_bias = np.array(model["hidden"], np.float32), np.array(model["hidden_bias"], np.float32)
        self._out, self._out_bias = np.array(model["out"], np.float32), np.array(model["out_bias"], np.float32)

    def score(self, a: Parsed, b: Parsed) -> float:
        """The chance that *a* and *b* say the same, or the one the same and more."""
        hidden = np.maximum(0, features(a, b) @ self._hidden + self._hidden_bias)  # (networks, units)
        return float((1 / (1 + np.exp(-((hidden * self._out).sum(1) + self._out_bias)))).mean())


@cache
def shared_scorer() -> Scorer:
    """The scorer of the package, loaded at first use."""
    return Scorer(models() / "claims" / "pairs.json", shared_encoder())
