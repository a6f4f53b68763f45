"""The shipped network: loads its files, runs the encoder over a text once, and asks the reader about cues."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.attribution.features import Encoded, Ints, distance_buckets, encode, windows
from sayso.attribution.gate import NATIVE
from sayso.attribution.graphs import load
from sayso.errors import SaysoError

Floats = NDArray[np.float32]

FILES = ("encoder.onnx", "reader.onnx", "transitions.json", "calibration.json", "tokenizer.json")

#: Tokens that the reader sees before and after a cue, as in training; and those that suffice for most cues, at half the cost.
FAR, NEAR = (56, 112), (32, 60)
# Cues asked at a time: bounds memory, and is no matter to the result.
_CUES = 4


@dataclass(frozen=True)
class Encoding:
    """A text as the encoder saw it. flat (tokens, 7) and cues (tokens, 3) are scores of tags.

    token and as_cue (tokens, 128) are what the reader needs of each token, as itself and as part of a cue. names
    (tokens, tags) are scores of the tags of names.
    """

    text: Encoded
    token: Floats
    as_cue: Floats
    flat: Floats
    cues: Floats
    names: Floats


class Network:
    """The network in *directory*. Safe to use from several threads, and to fork beside them.

    Raises SaysoError if a file is missing.
    """

    def __init__(self, directory: Path, *, threads: int = 1) -> None:
        missing = [name for name in FILES if not (directory / name).is_file()]
        if missing and missing != ["calibration.json"]:
            raise SaysoError(f"the models in {directory} are incomplete: no {', '.join(missing)}", "Install sayso again")
        #: Hash of the network's files: two networks with one id give the same readings.
        self.id = _hash(directory)
        self._encoder = load(directory / "encoder.onnx", threads)
        self._reader = load(directory / "reader.onnx", threads)
        self.transitions: dict[str, Any] = json.loads((directory / "transitions.json").read_text(encoding="utf-8"))
        calibration = directory / "calibration.json"
        self.calibration: dict[str, Any] = json.loads(calibration.read_text(encoding="utf-8")) if calibration.exists() else {}
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        vocabulary = self._tokenizer.get_vocab()
        self._edges = next((vocabulary[a], vocabulary[b]) for a, b in (("[CLS]", "[SEP]"), ("<s>", "</s>")) if a in vocabulary)

    def encode(self, text: str) -> Encoding:
        """The one pass of the encoder over *text*, window by window; windows never share a batch, so company is no matter."""
        with NATIVE:
            encoded = encode(text, self._tokenizer)
        k = len(encoded.tokens)
        token = as_cue = np.zeros((k, 1), np.float32)
        flat = np.zeros((k, len(self.transitions["flat"]["labels"])), np.float32)
        cues = np.zeros((k, len(self.transitions["cue"]["labels"])), np.float32)
        names = np.zeros((k, len(self.transitions["name"]["labels"])), np.float32)
        for lo, hi, feed in windows(encoded, self._edges):
            with NATIVE:
                t, q, f, c, m = self._encoder.run(None, feed)
            if token.shape[1] != t.shape[1]:
                token, as_cue = np.zeros((2, k, t.shape[1]), np.float32)
            token[lo:hi], as_cue[lo:hi], flat[lo:hi], cues[lo:hi], names[lo:hi] = t, q, f, c, m
        return Encoding(encoded, token, as_cue, flat, cues, names)

    def ask(self, encoding: Encoding, cues: Sequence[tuple[int, int]], around: Ints) -> Floats:
        """Scores (cues, tokens, 5) of the roles of the tokens around each cue (first and last token).

        *around* (cues, 2) are the tokens [begin, end) that are read for each; its scores begin with the first of these, and are 0 behind the
        last.
        """
        lengths = around[:, 1] - around[:, 0]
        scores = np.zeros((len(cues), int(lengths.max()), len(self.transitions["role"]["labels"])), np.float32)
        order = np.argsort(lengths, kind="stable")  # those of like length together, so that little is read in vain
        for batch in (order[begin : begin + _CUES] for begin in range(0, len(cues), _CUES)):
            first, last = np.array([cues[k] for k in batch], np.int64).reshape(-1, 2, 1).swapaxes(0, 1)
            at = around[batch, :1] + np.arange(lengths[batch[-1]])
            there = at < around[batch, 1:]
            at = np.where(there, at, around[batch, 1:] - 1)
            feed = {
                "token": encoding.token[at],
                "cue": np.stack([np.add.reduce(encoding.as_cue[a : b + 1]) / np.float32(b + 1 - a) for a, b in (cues[k] for k in batch)]),
                "bucket": distance_buckets(at, first, last),
                "marked": ((at >= first) & (at <= last) & there).astype(np.int64),
                "mask": there,
            }
            with NATIVE:
                (roles,) = self._reader.run(None, feed)
            scores[batch, : roles.shape[1]] = np.where(there[:, :, None], roles, 0)
        return scores


def _hash(directory: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        path = directory / name
        digest.update(name.encode() + b"\0" + (path.read_bytes() if path.exists() else b""))
    return digest.hexdigest()[:16]
