"""Measures coreference within a text as CoNLL-2012 does: the mean F1 of MUC, B³ and CEAF-e.

    python benchmarks/coreference.py [--models DIR] [--shared DIR]

Gold: persons, organisations and places of the Wikinews reports and interviews that training/antecedents.py leaves out, each mentioned
at least twice (as in OntoNotes, singletons are left out on both sides). A mention found is the gold one whose head word it holds, the
smallest one first ("head"), or the one with the very same span ("exact"). Wikinews chains appositions and predicates, OntoNotes does not.

Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B³), Luo 2005 (CEAF), Pradhan et al. 2012 (their mean).
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluate import SHARED
from sayso.attribution.engine import Engine, default_models
from sayso.reports import Publication
from speakers import resolved, wikinews

Cluster = frozenset[Hashable]
_ACTORS = frozenset(("person", "organization", "place"))


class Counts:
    """Numerators and denominators of recall and precision, summed over texts."""

    def __init__(self) -> None:
        self.recall = [0.0, 0.0]
        self.precision = [0.0, 0.0]

    def add(self, recall: tuple[float, float], precision: tuple[float, float]) -> None:
        for sums, (numerator, denominator) in ((self.recall, recall), (self.precision, precision)):
            sums[0] += numerator
            sums[1] += denominator

    def figures(self) -> dict[str, float]:
        r = self.recall[0] / self.recall[1] if self.recall[1] else 0.0
        p = self.precision[0] / self.precision[1] if self.precision[1] else 0.0
        return {"recall": r, "precision": p, "f1": 2 * p * r / (p + r) if p + r else 0.0}


Sides = tuple[tuple[float, float], tuple[float, float]]


def muc(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Sides:
    """Links: (kept, all) for recall and for precision."""

    def links(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
        of = {m: k for k, c in enumerate(others) for m in c}
        kept = sum(len(c) - len({of.get(m, ("alone", m)) for m in c}) for c in clusters)
        return float(kept), float(sum(len(c) - 1 for c in clusters))

    return links(gold, found), links(found, gold)


def b_cubed(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Sides:
    """Mentions: (their shares of the right cluster, mentions) for recall and for precision."""

    def shares(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
        of = {m: c for c in others for m in c}
        return sum(len(c & of.get(m, frozenset())) / len(c) for c in clusters for m in c), float(sum(map(len, clusters)))

    return shares(gold, found), shares(found, gold)


def ceaf_e(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Sides:
    """Entities: (likeness of the best pairing one to one, entities) for recall and for precision."""
    alike = np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold]) if gold and found else np.zeros((0, 0))
    best = pairing(alike)
    return (best, float(len(gold))), (best, float(len(found)))


def pairing(alike: np.ndarray) -> float:
    """The greatest sum of entries no two of which share a row or a column (Kuhn's method with potentials)."""
    if not alike.size:
        return 0.0
    cost = -(alike if alike.shape[0] <= alike.shape[1] else alike.T)
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    row_of, way = [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        row_of[0], j = i, 0
        least, used = np.full(m + 1, np.inf), np.zeros(m + 1, bool)
        while row_of[j]:
            used[j] = True
            i0 = row_of[j]
            now = cost[i0 - 1] - u[i0] - v[1:]
            better = ~used[1:] & (now < least[1:])
            least[1:][better] = now[better]
            for k in np.flatnonzero(better):
                way[int(k) + 1] = j
            j = int(np.where(used, np.inf, least).argmin())
            delta = least[j]
            for k in np.flatnonzero(used):
                u[row_of[int(k)]] += delta
                v[k] -= delta
            least[~used] -= delta
        while j:
            row_of[j] = row_of[way[j]]
            j = way[j]
    return float(-sum(cost[row_of[j] - 1, j - 1] for j in range(1, m + 1) if row_of[j]))


METRICS: dict[str, Callable[[Sequence[Cluster], Sequence[Cluster]], Sides]] = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}


def gold_clusters(document: dict[str, Any]) -> tuple[list[Cluster], list[tuple[int, int, int]]]:
    """Clusters of the numbers of mentions, and by mention its span and where its head word begins."""
    tokens = document["tokens"]
    firsts: dict[int, int] = {}
    for k, t in enumerate(tokens):
        firsts.setdefault(t["sentence"], k)
    places, clusters = [], defaultdict(set)
    for n, m in enumerate(document["mentions"]):
        inside = range(m["first_token"], m["last_token"] + 1)
        heads = [k for k in inside if (firsts[tokens[k]["sentence"]] + tokens[k]["head"] - 1) not in inside or tokens[k]["head"] == 0]
        places.append((m["start"], m["end"], tokens[heads[0] if heads else m["last_token"]]["start"]))
        if m["entity_type"] in _ACTORS:
            clusters[m["cluster"]].add(n)
    return [frozenset(c) for c in clusters.values() if len(c) > 1], places


def align(span: tuple[int, int], places: Sequence[tuple[int, int, int]], exact: bool) -> Hashable:
    """The gold mention that *span* is, else the span itself."""
    same = next((n for n, (a, b, _) in enumerate(places) if (a, b) == span), None)
    if same is not None or exact:
        return span if same is None else same
    holding = [(b - a, n) for n, (a, b, head) in enumerate(places) if a <= span[0] and span[1] <= b and span[0] <= head < span[1]]
    return min(holding)[1] if holding else span


def measure(engine: Engine, shared: Path = SHARED, part: int = 1) -> dict[str, Any]:
    """Figures by way of matching; part 0 is the half that antecedents are learned from."""
    counts = {(how, name): Counts() for how in ("head", "exact") for name in METRICS}
    for document in wikinews(shared, part):
        gold, places = gold_clusters(document)
        reading, _ = resolved(engine, document["text"], Publication())
        for how in ("head", "exact"):
            entities: dict[int, set[Hashable]] = defaultdict(set)
            taken: set[Hashable] = set()
            for mention in reading.mentions:
                key = align(mention.span, places, how == "exact")
                if key not in taken:  # two mentions of ours may hold the head of one of the gold
                    taken.add(key)
                    entities[mention.entity].add(key)
            actors = {m for c in gold for m in c}
            others = {n for n in range(len(places)) if n not in actors}  # gold, but no actor or alone: not asked for
            found = [frozenset(c - others) for c in entities.values() if len(c - others) > 1]
            for name, metric in METRICS.items():
                counts[how, name].add(*metric(gold, found))
    out: dict[str, Any] = {}
    for how in ("head", "exact"):
        out[how] = {name: counts[how, name].figures() for name in METRICS}
        out[how]["conll_f1"] = sum(out[how][name]["f1"] for name in METRICS) / len(METRICS)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ap.add_argument("--models", type=Path, default=default_models())
    ap.add_argument("--shared", type=Path, default=SHARED)
    args = ap.parse_args()
    print(json.dumps({"coreference": measure(Engine(args.models), args.shared)}, indent=1))


if __name__ == "__main__":
    main()
