"""Fits what decides when a statement was made (src/sayso/dates/said_on.json): two forests and the weights of the day's age.

    python training/said_on.py --shared ../shared -o src/sayso/dates/said_on.json

On said_on_polnear.jsonl (831 statements of 116 reports of PolNeAR's training part, labelled by hand: offsets and days only), each read twice, with the
corpus's own statements and with the engine's. Prints the figures of a cross-validation by report, on the 425 statements that no rule was made on.
Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from dates import _lies_in as lies_in
from dates import best_match, marked_statements
from evaluate import rows as read_rows
from sayso.attribution.engine import shared_engine
from sayso.dates.aging import aged
from sayso.dates.anchoring import anchored
from sayso.dates.evidence import FEATURES, Candidate
from sayso.dates.evidence import candidates as evidence
from sayso.dates.proposals import Proposals
from sayso.dates.ranking import AROUND, around
from sayso.dates.recogniser import expressions, lay_out
from sayso.dates.saying import as_past
from sayso.language.quotation import quoted_stretches
from sayso.mentions.speakers import find as find_speakers

LABELS = Path(__file__).resolve().parent / "said_on_polnear.jsonl"
TREES, LEAVES, SMALLEST, SHARE = 50, 48, 3, 0.3
FOLDS, INNER = 6, 4
# What a label counts on which the rules were made ("rules": true): there they look better than they are.
SEEN = 0.25
PENALTY = 1.0
# The chance from which on a day is given: chosen by the cross-validation, where about nine in ten of those given are right.
GIVEN, GIVEN_UNDATED = 0.65, 0.65


@dataclass
class Report:
    """One report in one reading: its candidates, and of each labelled statement the day and which candidates lie in it."""

    doc: str
    mode: str
    work: Proposals
    found: list[Candidate]
    rows: np.ndarray
    labels: dict[int, tuple[str | None, dict[int, bool]]]
    seen: bool
    ages: list[tuple[int, bool, bool]]  # by candidate: days before publication, whether it tells a day, whether in the clause
    extra: dict[str, np.ndarray] = field(default_factory=dict)


def prepare(report: dict[str, Any], rows: list[dict[str, Any]]) -> list[Report]:
    text, day = report["text"], report["publication_date"]
    engine = shared_engine()
    encoding = engine.encode(text)
    own = engine.statements(text, encoding)
    speakers_of_own = find_speakers(text, encoding, own, engine.network.transitions["name"])
    statements, who = marked_statements(report)
    page = lay_out(text)
    times = expressions(page)
    quoted = [(q.start, q.end) for q in quoted_stretches(text)]
    out = []
    for mode, (found, speakers, mentions) in {
        "marked": (statements, who.speakers, who.mentions), "found": (own, speakers_of_own.speakers, speakers_of_own.mentions),
    }.items():  # fmt: skip
        work = Proposals(page, times, found, speakers, mentions, quoted)
        candidates = evidence(work, work.all())
        made = anchored(as_past(times, work.all()), day)
        of: dict[int, list[int]] = {}
        for i, c in enumerate(candidates):
            of.setdefault(c.statement, []).append(i)
        labels = {}
        for row in rows:
            k = best_match(row, found)
            if k is not None:
                said = row["said_on"]
                labels[k] = said, {i: said is not None and lies_in(made[candidates[i].time].first, made[candidates[i].time].last, said) for i in of.get(k, ())}
        ages = []
        for c in candidates:
            t, clause = made[c.time], work.clauses[c.statement]
            days = -1 if t.last is None or t.first is None or t.first > day else (date.fromisoformat(day) - date.fromisoformat(t.last)).days
            if t.first is not None and t.first <= day:
                days = max(0, days)
            ages.append((days, t.first == t.last, clause is not None and work.meant(clause.time) == c.meant))
        out.append(Report(report["doc"], mode, work, candidates, np.array([c.features for c in candidates], dtype=np.float64), labels, rows[0]["rules"], ages))
    return out


def examples(reports: list[Report], key: str | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x, y, weight = [], [], []
    for r in reports:
        for _, right in r.labels.values():
            for i, is_right in right.items():
                x.append(r.rows[i] if key is None else np.r_[r.rows[i], r.extra[key][i]])
                y.append(is_right)
                weight.append(SEEN if r.seen else 1.0)
    return np.array(x), np.array(y), np.array(weight)


def forest(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> ExtraTreesClassifier:
    return ExtraTreesClassifier(TREES, min_samples_leaf=SMALLEST, max_features=SHARE, max_leaf_nodes=LEAVES, random_state=1).fit(x, y, weight)


def first_chances(model: ExtraTreesClassifier, reports: list[Report]) -> None:
    for r in reports:
        if len(r.found):
            r.extra["first"] = model.predict_proba(r.rows)[:, 1]
            r.extra["around"] = around(r.work, r.found, r.extra["first"])


def split(names: list[str], seed: int, parts: int) -> list[set[str]]:
    shuffled = list(names)
    np.random.RandomState(seed).shuffle(shuffled)
    return [set(shuffled[n::parts]) for n in range(parts)]


def fit(train: list[Report], seed: int) -> tuple[ExtraTreesClassifier, ExtraTreesClassifier]:
    """Both forests; what the second sees of the first comes from forests that did not see the report."""
    first = forest(*examples(train, None))
    for part in split(sorted({r.doc for r in train}), seed, INNER):
        first_chances(forest(*examples([r for r in train if r.doc not in part], None)), [r for r in train if r.doc in part])
    return first, forest(*examples(train, "around"))


def decisions(reports: list[Report]) -> list[tuple[str, str, bool, dict[str, float] | None, bool, bool]]:
    """Of each labelled statement: report, reading, whether its day can be known, what the likeliest day looks like, whether it is right; as seen."""
    out = []
    for r in reports:
        for k, (said, right) in r.labels.items():
            best = max(right, key=lambda i: r.extra["second"][i], default=None)
            if best is not None and (r.ages[best][0] < 0 or (r.work.statements[k].parent is not None and not r.ages[best][2])):
                best = None
            told = None
            if best is not None:
                days, is_day, clause = r.ages[best]
                told = aged(float(r.extra["second"][best]), days, is_day=is_day, clause=clause)
            out.append((r.doc, r.mode, said is not None, told, best is not None and right[best], r.seen))
    return out


def weigh(made: list[Any]) -> dict[str, float]:
    told = [d for d in made if d[3] is not None]
    names = list(told[0][3])
    model = LogisticRegression(C=PENALTY, fit_intercept=False, max_iter=1000).fit([list(d[3].values()) for d in told], [d[4] for d in told], [SEEN if d[5] else 1.0 for d in told])
    return dict(zip(names, map(float, model.coef_[0]), strict=True))


def figures(made: list[Any], chance: list[float], given: float) -> dict[str, Any]:
    out = {}
    for mode in ("marked", "found"):
        here = [(d, c) for d, c in zip(made, chance, strict=True) if d[1] == mode and not d[5]]
        shown = [d for d, c in here if c >= given]
        known = sum(d[2] for d, _ in here)
        out[mode] = {
            "labelled": len(here), "knowable": known, "given": len(shown), "given_right": round(sum(d[4] for d in shown) / max(1, len(shown)), 4),
            "knowable_given": round(sum(d[2] for d in shown) / max(1, known), 4),
        }  # fmt: skip
    return out


def trees(model: ExtraTreesClassifier) -> list[dict[str, list[float]]]:
    out = []
    for tree in (e.tree_ for e in model.estimators_):
        leaf = tree.children_left < 0
        number = np.arange(tree.node_count)
        share = tree.value[:, 0, 1] / tree.value[:, 0].sum(1)
        out.append({
            "feature": np.where(leaf, 0, tree.feature).tolist(), "bound": [0 if end else round(float(b), 4) for b, end in zip(tree.threshold, leaf, strict=True)],
            "low": np.where(leaf, number, tree.children_left).tolist(), "high": np.where(leaf, number, tree.children_right).tolist(),
            "chance": [round(float(s), 4) if end else 0 for s, end in zip(share, leaf, strict=True)],
        })  # fmt: skip
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, required=True)
    options.add_argument("-o", "--out", type=Path, required=True)
    given = options.parse_args()
    labels: dict[str, list[dict[str, Any]]] = {}
    for row in read_rows(LABELS):
        labels.setdefault(row["doc"], []).append(row)
    corpus = {r["doc"]: r for r in read_rows(given.shared / "data" / "polnear" / "train.jsonl") if r["doc"] in labels}
    reports = [r for doc, rows in sorted(labels.items()) for r in prepare(corpus[doc], rows)]
    names = sorted(labels)
    for part in split(names, 0, FOLDS):
        held = [r for r in reports if r.doc in part]
        first, second = fit([r for r in reports if r.doc not in part], 1)
        first_chances(first, held)
        for r in held:
            if len(r.found):
                r.extra["second"] = second.predict_proba(np.hstack([r.rows, r.extra["around"]]))[:, 1]
    made = decisions(reports)
    chance = [0.0] * len(made)
    for part in split(names, 3, FOLDS):
        ages = weigh([d for d in made if d[0] not in part])
        for i, d in enumerate(made):
            if d[0] in part and d[3] is not None:
                chance[i] = float(1 / (1 + np.exp(-sum(ages[n] * v for n, v in d[3].items()))))
    undated = [0.0 if d[3] is None else float(1 / (1 + np.exp(-d[3]["odds"]))) for d in made]
    for bound in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        print(bound, "dated", json.dumps(figures(made, chance, bound)), "undated", json.dumps(figures(made, undated, bound)))
    print("shipped", json.dumps({"dated": figures(made, chance, GIVEN), "undated": figures(made, undated, GIVEN_UNDATED)}, indent=1))
    ages = weigh(made)
    first, second = fit(reports, 1)
    weights = {
        "features": FEATURES + AROUND, "ages": {n: round(v, 4) for n, v in ages.items()}, "given": GIVEN, "given_undated": GIVEN_UNDATED,
        "first": trees(first), "second": trees(second),
    }  # fmt: skip
    given.out.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
