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


def scores(db: sqlite3.Connection, keys: Iterable[str], scorer: Scorer, known: Mapping[tuple[str, str], float] | None = None) -> Scores:
    """Scores of pairs of these nodes, of which some are *known*."""
    nodes: dict[str, Node] = {}
    vectors: dict[str, Floats] = {}
    for part in parts(keys):
        query = f"SELECT node, text, mood, vector FROM nodes JOIN node_vectors USING (number) WHERE node IN ({slots(part)})"
        for node, text, mood, vector in db.execute(query, part):
            key = number_id(node)
            nodes[key], vectors[key] = Node(key, text, mood), from_halves(vector)
    return Scores(nodes, vectors, scorer, known)


def parts(keys: Iterable[str]) -> Iterator[list[int]]:
    """The numbers of *keys* in the order of these, so many at once as a query takes."""
    return batches(id_number(key) for key in sorted(keys))
