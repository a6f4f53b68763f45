"""Fits the weights by which antecedents are weighed (src/sayso/mentions/antecedents.json).

A conditional logit for each class of mentions, on sources of PolNeAR's training part labelled by hand with their speakers
(speakers_polnear.jsonl: offsets and names only) and on half of the Wikinews reports with coreference. Each gold antecedent is
put in place before the next mention is looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from evaluate import rows
from sayso.attribution.engine import Engine
from sayso.mentions.antecedents import FEATURES
from sayso.mentions.names import names
from sayso.mentions.page import lay_out
from sayso.mentions.speakers import Work, prepare, settle
from speakers import near, same_name, wikinews

CLASSES = ("he", "they", "it", "the person", "the body", "the people")
# What one labelled source counts beside one pronoun of Wikinews: sources are what is asked for.
SOURCE_WEIGHT = 3.0
PENALTY = 3.0
STEPS = 300

Example = tuple[np.ndarray, list[int], float]


def work_of(engine: Engine, text: str) -> Work:
    encoding = engine.encode(text)
    statements = engine.statements(text, encoding)
    page = lay_out(text, encoding.text.tokens, encoding.text.stretches)
    return prepare(page, names(page, encoding.names, engine.network.transitions["name"]), statements)


def learn(work: Work, gold: Any, weight: float, sink: dict[str, list[Example]]) -> None:
    """Adds the examples of one text; gold(draft, entities) gives the right ones (none: none of them), or None where unlabelled."""

    def decide(k: int, kind: str, found: list[int], features: np.ndarray) -> np.ndarray:
        right = gold(k, found)
        p = np.zeros(len(features))
        if right is None:
            p[-1] = 1
            return p
        sink[kind].append((features, right, weight))
        p[right[0] if right else -1] = 1
        return p

    settle(work, decide)


def labelled(work: Work, labels: list[dict[str, Any]]) -> Any:
    at = {work.page.run(tuple(row["source"]))[0]: row for row in labels}

    def gold(k: int, found: list[int]) -> list[int] | None:
        d = work.drafts[k]
        row = at.get(d.run[0])
        if row is None or (d.noun is not None and d.noun.type == "document"):
            return None
        right: list[int] = []
        if row["kind"] in ("person", "body", "group"):
            parts = [row["speaker"], *row["speaker"].split(" + ")]
            for wanted in parts:
                right = right or [i for i, n in enumerate(found) if same_name(wanted, work.made[n].names or [work.made[n].described])]
            if row["kind"] == "group" and (groups := [i for i in right if work.made[found[i]].members]):
                right = groups
        if right:
            return right
        if d.noun is not None and any(d.noun.base in work.made[n].nouns and not work.made[n].named for n in found):
            return None  # may well take up one that has no name
        if row["kind"] in ("person", "body", "group"):
            return []
        return [] if d.noun is not None or row["kind"] == "generic" else None

    return gold


def annotated(work: Work, document: dict[str, Any]) -> Any:
    clusters = [near(work.page.span(d.run), document["mentions"]) for d in work.drafts]

    def gold(k: int, found: list[int]) -> list[int] | None:
        if clusters[k] is None:
            return None
        return [i for i, n in enumerate(found) if any(clusters[m] == clusters[k] for m in work.made[n].mentions if m < k)]

    return gold


def fit(examples: list[Example]) -> np.ndarray:
    """Weights that make the right ones likely, by Adam on the penalised log likelihood."""
    w = np.zeros(len(FEATURES))
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        gradient = PENALTY * w
        for features, right, weight in examples:
            z = features @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            wanted = right or [len(features) - 1]
            q = np.zeros(len(features))
            q[wanted] = p[wanted] / p[wanted].sum()
            gradient = gradient + weight * (features.T @ (p - q))
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w - 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return w


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--models", type=Path, required=True)
    ap.add_argument("--shared", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    engine = Engine(args.models)
    texts = {d["doc"]: d["text"] for d in rows(args.shared / "data" / "polnear" / "train.jsonl")}
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(Path(__file__).parent / "speakers_polnear.jsonl"):
        labels[row["doc"]].append(row)
    sink: dict[str, list[Example]] = {kind: [] for kind in CLASSES}
    for doc, found in sorted(labels.items()):
        work = work_of(engine, texts[doc])
        learn(work, labelled(work, found), SOURCE_WEIGHT, sink)
    for document in wikinews(args.shared, part=0):
        work = work_of(engine, document["text"])
        learn(work, annotated(work, document), 1.0, sink)
    weights = {}
    for kind, examples in sink.items():
        weights[kind] = fit(examples)
        right = sum(int((f @ weights[kind]).argmax()) in (r or [len(f) - 1]) for f, r, _ in examples)
        print(f"{kind}: {len(examples)} examples, {right / len(examples):.3f} right after fitting")
    args.out.write_text(
        json.dumps({"features": FEATURES, "weights": {k: [round(float(x), 4) for x in w] for k, w in weights.items()}}, indent=0) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
