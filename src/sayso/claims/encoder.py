"""The encoder of contents: a text as a vector of unit length; texts that mean alike lie close together."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.attribution.gate import NATIVE
from sayso.attribution.graphs import load

Floats = NDArray[np.float32]

#: Numbers in a vector.
SIZE: Final = 384
# Pieces of words that are read of a text; nearly all contents are shorter.
_LONGEST: Final = 96


class Encoder:
    """The encoder in *directory*, with its tokeniser. Safe to use from several threads."""

    def __init__(self, directory: Path, tokenizer: Path, *, threads: int = 1) -> None:
        self._session = load(directory / "encoder.onnx", threads)
        #: Two encoders with one id give the same vectors.
        self.id = hashlib.sha256((directory / "encoder.onnx").read_bytes()).hexdigest()[:16]
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)

    def vector(self, text: str) -> Floats:
        """The vector (384) of *text*. Each text goes through alone: in company its vector would be another."""
        with NATIVE:
            ids = np.array([self._tokenizer.encode(text).ids], np.int64)
            (vectors,) = self._session.run(None, {"ids": ids})
        made: Floats = vectors[0]
        return made


def models() -> Path:
    """The folder of the package's models."""
    return Path(str(files("sayso.models")))


@cache
def shared_encoder() -> Encoder:
    """The encoder of the package, loaded at first use."""
    return Encoder(models() / "claims", models() / "attribution" / "tokenizer.json")
