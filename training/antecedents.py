"""Fits the weights by which antecedents are weighed (src/sayso/mentions/antecedents.json).

A conditional logit for each class of mentions (one for those that make statements, one for the others), on sources of PolNeAR's
training part labelled by hand with their speakers (speakers_polnear.jsonl: offsets and names only) and on half of the Wikinews
reports with coreference. Each gold antecedent is put in place before the next mention is looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from evaluate import rows
from sayso.attribution.engine import Engine
from sayso.mentions.antecedents import FEATURES
from sayso.mentions.names import names
from sayso.mentions.page import lay_out
from sayso.mentions.speakers import prepare, settle
from sayso.mentions.work import Work
from sayso.statements import Statement
from speakers import gold_statements, near, same_name, wikinews

CLASSES = ("he", "they", "it", "the person", "the body", "the people")
# What one labelled source (read with the corpus's own statements, and again with the engine's) and one mention of Wikinews count:
# of pronouns in the weights for sources and in those for all others, and of noun phrases.
WEIGHTS = {"source": (1.5, 0.5), "other": (0.5, 2.0), "noun": (0.7, 1.5)}
PENALTY = 3.0
# What the weights for noun phrases are drawn to, where a few hundred labels do not tell otherwise: what a noun says by itself.
PRIOR = {
    "the person": {
        "noun_match": 1.5, "known_for": 1.0, "known_for_there": 0.5, "modifier_match": 0.8, "same_words": 0.5, "sort_clashes": -1.0, "sort_fits": 0.4,
        "known_unseen": -0.2, "log_tokens": -0.4, "other_office": -0.7,
    },
}
STEPS = 300

Example = tuple[np.ndarray, list[int]]


def work_of(engine: Engine, text: str, statements: Sequence[Statement] | None = None) -> Work:
    """One text before its pronouns are settled; with *statements* instead of the engine's own."""
    encoding = engine.encode(text)
    if statements is None:
        statements = engine.statements(text, encoding)
    page = lay_out(text, encoding.text.tokens, encoding.text.stretches)
    return prepare(page, names(page, encoding.names, engine.network.transitions["name"]), statements)


def learn(work: Work, gold: Any, sink: dict[str, list[Example]]) -> None:
    """Adds the examples of one text; gold(draft, entities) gives the right ones (none: none of them), or None where unlabelled."""

    def decide(k: int, kind: str, found: list[int], features: np.ndarray) -> np.ndarray:
        right = gold(k, found)
        p = np.zeros(len(features))
        if right is None:
            p[-1] = 1
            return p
        sink[kind].append((features, right))
        p[right[0] if right else -1] = 1
        return p

    settle(work, decide, _nobody)


def _nobody(k: int, kind: str, found: list[int], features: np.ndarray) -> np.ndarray:
    """Names nobody: what comes after the antecedents is no matter here."""
    return np.zeros(len(features))


def labelled_reports(shared: Path) -> Iterator[tuple[str, list[Statement], list[dict[str, Any]]]]:
    """Of each labelled report its text, the statements that the corpus marks in it, and the labels."""
    documents = {d["doc"]: d for d in rows(shared / "data" / "polnear" / "train.jsonl")}
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(Path(__file__).parent / "speakers_polnear.jsonl"):
        labels[row["doc"]].append(row)
    if missing := sorted(labels.keys() - documents.keys()):
        print(f"{len(missing)} of {len(labels)} labelled reports are not in the corpus and are left out: {missing[0]} …")
    for doc in sorted(labels.keys() & documents.keys()):
        text = documents[doc]["text"]
        yield text, gold_statements(text, documents[doc]["annotations"][0]["attributions"]), labels[doc]


def labelled(work: Work, labels: list[dict[str, Any]]) -> Any:
    at = {work.page.run(tuple(row["source"]))[0]: row for row in labels}

    def gold(k: int, found: list[int]) -> list[int] | None:
        d = work.drafts[k]
        row = at.get(d.run[0])
        if row is None or (d.noun is not None and d.noun.type == "document"):
            return None
        right: list[int] = []
        if row["kind"] in ("person", "body", "group"):
            parts = row["speaker"].split(" + ")
            if row["kind"] == "group":  # the group of two of them at least, else any of them
                right = [i for i, n in enumerate(found) if sum(goes_by(work, m, parts) for m in work.made[n].members) > 1]
            right = right or [i for i, n in enumerate(found) if goes_by(work, n, [row["speaker"]])]
            right = right or [i for i, n in enumerate(found) if goes_by(work, n, parts)]
        if right:
            return right
        if row["kind"] == "anonymous" and d.noun is None:  # any of those that have no name
            return [i for i, n in enumerate(found) if not _named(work, n)] or None
        if d.noun is not None and any(d.noun.base in work.made[n].nouns and not work.made[n].named for n in found):
            return None  # may well take up one that has no name
        if row["kind"] in ("person", "body", "group"):
            return []
        return [] if d.noun is not None or row["kind"] == "generic" else None

    return gold


def goes_by(work: Work, n: int, labels: list[str]) -> bool:
    """Whether entity *n* goes by one of the names."""
    names = list(work.made[n].names) or [work.made[n].described]
    return any(same_name(label, names) for label in labels)


def _named(work: Work, n: int) -> bool:
    return work.made[n].named or any(work.made[m].named for m in work.made[n].members)


def annotated(work: Work, document: dict[str, Any]) -> Any:
    clusters = [near(work.page.span(d.run), document["mentions"]) for d in work.drafts]

    def gold(k: int, found: list[int]) -> list[int] | None:
        if clusters[k] is None:
            return None
        return [i for i, n in enumerate(found) if any(clusters[m] == clusters[k] for m in work.made[n].mentions if m < k)]

    return gold


def fit(examples: list[Example], weights: list[float], prior: dict[str, float]) -> np.ndarray:
    """Weights of the features that make the right ones likely, by Adam on the log likelihood, penalised for distance from *prior*."""
    most = max(len(features) for features, _ in examples)
    x = np.zeros((len(examples), most, len(FEATURES)))
    closed = np.full((len(examples), most), -1e9)
    right = np.zeros((len(examples), most))
    for i, (features, wanted) in enumerate(examples):
        x[i, : len(features)] = features
        closed[i, : len(features)] = 0
        right[i, wanted or [len(features) - 1]] = 1
    drawn = np.asarray([prior.get(name, 0.0) for name in FEATURES])
    w = drawn.copy()
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        z = x @ w + closed
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        q = p * right
        q /= q.sum(axis=1, keepdims=True)
        gradient = PENALTY * (w - drawn) + np.einsum("in,inf->f", (p - q) * np.asarray(weights)[:, None], x)
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient**2
        w = w - 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return w


def fit_all(sources: Sequence[dict[str, list[Example]]], others: dict[str, list[Example]]) -> dict[str, np.ndarray]:
    """For each class the weights for mentions that make statements and for those that do not.

    *sources* are those read with the corpus's statements, and those read with the engine's, which count half.
    """
    out = {}
    for kind in CLASSES:
        examples = [*sources[0][kind], *sources[1][kind], *others[kind]]
        for name, use in ((f"{kind}, source", "source"), (kind, "other")):
            a, b = WEIGHTS["noun" if kind.startswith("the ") else use]
            out[name] = fit(examples, [a] * len(sources[0][kind]) + [a / 2] * len(sources[1][kind]) + [b] * len(others[kind]), PRIOR.get(kind, {}))
            right = sum(int((f @ out[name]).argmax()) in (r or [len(f) - 1]) for f, r in examples)
            print(f"{name}: {len(examples)} examples, {right / len(examples):.3f} right after fitting")
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--models", type=Path, required=True)
    ap.add_argument("--shared", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--only", nargs="*", help="rows to fit (of sources: 'he, source'); all others stay as they are in --out")
    args = ap.parse_args()
    engine = Engine(args.models)
    sources: list[dict[str, list[Example]]] = [{kind: [] for kind in CLASSES} for _ in range(2)]
    others: dict[str, list[Example]] = {kind: [] for kind in CLASSES}
    for text, marked, found in labelled_reports(args.shared):
        for statements, sink in zip((marked, None), sources, strict=True):
            work = work_of(engine, text, statements)
            learn(work, labelled(work, found), sink)
    for document in wikinews(args.shared, part=0):
        work = work_of(engine, document["text"])
        learn(work, annotated(work, document), others)
    weights = fit_all(sources, others)
    if args.only:
        before = json.loads(args.out.read_text(encoding="utf-8"))
        kept = {k: dict(zip(before["features"], row, strict=True)) for k, row in before["weights"].items() if k not in args.only}
        weights |= {k: np.asarray([row.get(name, 0.0) for name in FEATURES]) for k, row in kept.items()}
    args.out.write_text(
        json.dumps({"features": FEATURES, "weights": {k: [round(float(x), 4) for x in w] for k, w in weights.items()}}, indent=0) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
