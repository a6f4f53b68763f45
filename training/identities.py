"""Fits the networks by which those are named who say something and are called by no name there (src/sayso/mentions/identities.json).

On sources of PolNeAR's training part labelled by hand with their speakers (speakers_polnear.jsonl), each report read with the corpus's
own statements and again with the engine's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from antecedents import goes_by, labelled_reports, work_of
from nets import Example, fit
from sayso.attribution.engine import Engine
from sayso.mentions.antecedents import chances
from sayso.mentions.identities import FEATURES
from sayso.mentions.speakers import settle
from sayso.mentions.work import Work

CLASSES = ("person", "body", "document")
#: What one example counts that was read with the corpus's statements, and with the engine's.
COUNTS = (1.0, 0.5)
#: What a label that its reader was not sure of counts.
UNSURE = 0.5
SETTING = {"hidden": 8, "nets": 3, "penalty": 3.0, "steps": 200}


def learn(work: Work, labels: Sequence[dict[str, Any]], sink: dict[str, list[Example]], count: float, first: dict[str, np.ndarray]) -> None:
    """Adds the examples of one text; *first* are the weights by which antecedents are settled before."""
    runs = [(work.page.run(tuple(row["source"])), row) for row in labels]

    def label(k: int) -> dict[str, Any] | None:
        return next((row for (a, b), row in runs if a <= work.drafts[k].head < b), None)

    def identify(k: int, kind: str, found: list[int], features: np.ndarray) -> np.ndarray:
        n = work.drafts[k].entity
        same = [k, *(() if n is None or work.made[n].named else (m for m in work.made[n].mentions if m in work.context.source_of and m != k))]
        row = next((row for m in same if (row := label(m)) is not None), None)
        p = np.zeros(len(features))
        p[-1] = 1
        if row is not None:
            right = _right(work, row, found)
            if right is not None:
                sink[kind].append((features, right, count * (1.0 if row["sure"] else UNSURE)))
                p[:] = 0
                p[right[0] if right else -1] = 1
        return p

    def decide(k: int, kind: str, found: list[int], features: np.ndarray) -> np.ndarray:
        return chances(features, first[f"{kind}, source" if k in work.context.source_of else kind])

    settle(work, decide, identify)


def _right(work: Work, row: dict[str, Any], found: Sequence[int]) -> list[int] | None:
    """Which of those found the label names; None where it cannot tell."""
    if row["kind"] in ("anonymous", "generic"):
        return []
    parts = row["speaker"].split(" + ")
    if row["kind"] == "group":
        right = [i for i, n in enumerate(found) if sum(goes_by(work, m, parts) for m in work.made[n].members) > 1]
        return right or [i for i, n in enumerate(found) if goes_by(work, n, parts)] or None
    return [i for i, n in enumerate(found) if goes_by(work, n, [row["speaker"]])]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--models", type=Path, required=True)
    ap.add_argument("--shared", type=Path, required=True)
    ap.add_argument("--antecedents", type=Path, required=True, help="the weights of the pass before, as antecedents.py writes them")
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    engine = Engine(args.models)
    first = {kind: np.asarray(row) for kind, row in json.loads(args.antecedents.read_text(encoding="utf-8"))["weights"].items()}
    sink: dict[str, list[Example]] = {kind: [] for kind in CLASSES}
    for text, marked, found in labelled_reports(args.shared):
        for statements, count in zip((marked, None), COUNTS, strict=True):
            learn(work_of(engine, text, statements), found, sink, count, first)
    nets = {kind: fit(examples, **SETTING) for kind, examples in sink.items()}  # type: ignore[arg-type]
    args.out.write_text(json.dumps({"features": FEATURES, "nets": nets}, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
