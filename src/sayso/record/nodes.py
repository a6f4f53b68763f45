"""Nodes of a record: their texts and vectors, to be scored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from sayso.claims.claims import Node, Scores
from sayso.claims.encoder import Floats
from sayso.claims.scorer import Scorer
from sayso.record.batches import batches, slots
from sayso.record.packing import id_number, number_id
from sayso.record.vectors import from_halves


class HeldScores(Scores):
    """Scores of pairs of nodes of a record: of those that hold() was told of."""

    def __init__(self, db: sqlite3.Connection, scorer: Scorer) -> None:
        self._db, self._nodes, self._vectors = db, dict[str, Node](), dict[str, Floats]()
        super().__init__(self._nodes, self._vectors, scorer, kept=0.0)

    def hold(self, keys: Iterable[str], known: Mapping[tuple[str, str], float] | None = None) -> None:
        """Read the nodes *keys*; the scores of some pairs are *known*."""
        for part in parts(set(keys) - self._nodes.keys()):
            query = f"SELECT node, text, mood, vector FROM nodes JOIN node_vectors USING (number) WHERE node IN ({slots(part)})"
            for node, text, mood, vector in self._db.execute(query, part):
                key = number_id(node)
                self._nodes[key], self._vectors[key] = Node(key, text, mood), from_halves(vector)
        self._known.update(known or {})


def parts(keys: Iterable[str]) -> Iterator[list[int]]:
    """The numbers of *keys* in the order of these, so many at once as a query takes."""
    return batches(id_number(key) for key in sorted(keys))
