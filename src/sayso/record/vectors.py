"""The vectors of a record's nodes in memory, kept up with what this process writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

import numpy as np

from sayso.claims.encoder import SIZE, Floats
from sayso.claims.neighbours import Flags, neighbours
from sayso.record.packing import id_number, number_id

_VECTORS: Final = "SELECT node, vector, mood FROM nodes JOIN node_vectors USING (number)"


class Vectors:
    """Vectors by the key of their node."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.empty()
        self._loaded = False

    def empty(self) -> None:
        """Begin with none, whatever the record has: what is added is compared with what was added since only."""
        self._keys: list[str] = []
        self._place: dict[str, int] = {}
        self._matrix = np.zeros((0, SIZE), np.float32)
        self._wide = np.zeros(0, np.bool_)
        self._size = 0
        self._loaded = True

    def load(self, db: sqlite3.Connection) -> None:
        if self._loaded:
            return
        self.empty()
        found = db.execute(_VECTORS).fetchall()
        self._keys = [number_id(node) for node, *_ in found]
        self._wide = np.array([mood == "denied" for *_, mood in found], np.bool_)
        self._place = {key: n for n, key in enumerate(self._keys)}
        self._size = len(found)
        self._matrix = from_halves(b"".join(vector for _, vector, _ in found)).reshape(-1, SIZE)

    def add(self, key: str, vector: Floats, *, wide: bool) -> None:
        """*wide*: whether it is held against what lies far, too (neighbours)."""
        if self._size == len(self._matrix):
            self._wide = np.concatenate([self._wide, np.zeros(max(256, self._size // 4), np.bool_)])
            self._matrix = np.concatenate([self._matrix, np.zeros((max(256, self._size // 4), SIZE), np.float32)])
        self._matrix[self._size], self._wide[self._size] = vector, wide
        self._place[key] = self._size
        self._keys.append(key)
        self._size += 1

    def remove(self, key: str) -> None:
        at = self._place.pop(key)
        self._size -= 1
        last = self._keys.pop()
        if at != self._size:
            self._keys[at], self._place[last] = last, at
            self._matrix[at], self._wide[at] = self._matrix[self._size], self._wide[self._size]

    def near(self, vectors: Floats, wide: Flags) -> Iterator[tuple[int, str, float]]:
        for i, j, s in neighbours(vectors, self._matrix[: self._size], wide=(wide, self._wide[: self._size])):
            yield i, self._keys[j], s


class Held(dict[str, Floats]):
    """The vectors of nodes, each read when it is asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __missing__(self, node: str) -> Floats:
        row = self._db.execute(f"{_VECTORS} WHERE node = ?", (id_number(node),)).fetchone()
        if row is None:
            raise KeyError(node)
        self[node] = made = from_halves(row[1])
        return made


def halves(vector: Floats) -> bytes:
    return vector.astype(np.float16).tobytes()


def from_halves(blob: bytes) -> Floats:
    made: Floats = np.frombuffer(blob, np.float16).astype(np.float32)
    return made
