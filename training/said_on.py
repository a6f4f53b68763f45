"""Fits what decides when a statement was made (src/sayso/dates/said_on.json, .npz): two forests, small networks, the weights of the day's age.

    python training/said_on.py --shared ../shared -o src/sayso/dates/said_on.json --forests src/sayso/dates/said_on.json

The forests on said_on_polnear.jsonl (831 statements of 116 reports of PolNeAR's training part, labelled by hand: offsets and days only), the networks on
said_on_polnear_read.jsonl, too (8,403 of 385 others, labelled in one reading), each report read twice, with the corpus's own statements and with the
engine's. Prints the figures of a cross-validation by report, on the 425 statements that no rule was made on. The shipped forests are those
of an earlier run (--forests; docs/decisions.md tells why). Needs scikit-learn and PyTorch.
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

from attention import Example, scale, taught

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from dates import _lies_in as lies_in
from dates import best_match, marked_statements
from evaluate import rows as read_rows
from sayso.attribution.engine import shared_engine
from sayso.dates.aging import aged
from sayso.dates.anchoring import Time, anchored
from sayso.dates.attention import Weights, scores, shared_out
from sayso.dates.evidence import FEATURES, Candidate, Evidence
from sayso.dates.nodes import Nodes, Window
from sayso.dates.proposals import Proposals
from sayso.dates.ranking import AROUND, around
from sayso.dates.recogniser import expressions, lay_out
from sayso.dates.saying import as_past
from sayso.language.quotation import quoted_stretches
from sayso.mentions.speakers import find as find_speakers

LABELS = Path(__file__).resolve().parent / "said_on_polnear.jsonl"
READ = Path(__file__).resolve().parent / "said_on_polnear_read.jsonl"
TREES, LEAVES, SMALLEST, SHARE = 50, 48, 3, 0.3
FOLDS, INNER = 6, 4
# What a label counts on which the rules were made ("rules": true): there they look better than they are; and one made in one reading.
COUNTS = {"careful": 1.0, "rules": 0.25, "read": 0.3}
# The same for the networks, and that of a label that the reader doubted.
NET_COUNTS, DOUBTED = {"careful": 1.5, "rules": 0.5, "read": 1.0}, 0.4
NETS = 2
PENALTY = 1.0
# The chance from which on a day is given: chosen by the cross-validation, where about nine in ten of those given are right.
GIVEN, GIVEN_UNDATED = 0.72, 0.7


@dataclass
class Report:
    """One report in one reading: its candidates, and of each labelled statement the day and which candidates lie in it."""

    doc: str
    mode: str
    work: Proposals
    found: list[Candidate]
    rows: np.ndarray
    labels: dict[int, tuple[str | None, dict[int, bool]]]
    doubted: set[int]
    kind: str
    windows: list[Window]
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
        evidence = Evidence(work, work.all())
        candidates = evidence.candidates()
        made = anchored(as_past(times, work.all()), day)
        of: dict[int, list[int]] = {}
        for i, c in enumerate(candidates):
            of.setdefault(c.statement, []).append(i)
        labels, doubted = {}, set()
        for row in rows:
            k = best_match(row, found)
            if k is not None:
                said = row["said_on"]
                labels[k] = said, {i: said is not None and is_within(made[candidates[i].time], said) for i in of.get(k, ())}
                if not row.get("sure", True):
                    doubted.add(k)
        ages = []
        for c in candidates:
            t, clause = made[c.time], work.clauses[c.statement]
            days = -1 if t.last is None or t.first is None or t.first > day else (date.fromisoformat(day) - date.fromisoformat(t.last)).days
            if t.first is not None and t.first <= day:
                days = max(0, days)
            ages.append((days, t.first == t.last, clause is not None and work.meant(clause.time) == c.meant))
        kind = "read" if "rules" not in rows[0] else "rules" if rows[0]["rules"] else "careful"
        windows = list(Nodes(evidence, candidates, encoding).windows())
        features = np.array([c.features for c in candidates], dtype=np.float64)
        out.append(Report(report["doc"], mode, work, candidates, features, labels, doubted, kind, windows, ages))
    return out


def is_within(time: Time, said: str) -> bool:
    """Whether a time lies within the day, month or year of a label, or the days from one to another."""
    if "/" not in said:
        return lies_in(time.first, time.last, said)
    first, last = said.split("/")
    return time.first is not None and time.last is not None and first <= time.first and time.last <= last


def examples(reports: list[Report], key: str | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x, y, weight = [], [], []
    for r in reports:
        if r.kind == "read":
            continue
        for _, right in r.labels.values():
            for i, is_right in right.items():
                x.append(r.rows[i] if key is None else np.r_[r.rows[i], r.extra[key][i]])
                y.append(is_right)
                weight.append(COUNTS[r.kind])
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
    train = [r for r in train if r.kind != "read"]
    first = forest(*examples(train, None))
    for part in split(sorted({r.doc for r in train}), seed, INNER):
        first_chances(forest(*examples([r for r in train if r.doc not in part], None)), [r for r in train if r.doc in part])
    return first, forest(*examples(train, "around"))


def seen_together(reports: list[Report]) -> list[Example]:
    """What the networks are taught on."""
    out = []
    for r in reports:
        for window in r.windows:
            at: dict[int, list[int]] = {}
            for n, i in enumerate(window.rows):
                at.setdefault(r.found[i].statement, []).append(n)
            labels = [
                (ns, [n for n in ns if r.labels[k][1][window.rows[n]]], NET_COUNTS[r.kind] * (DOUBTED if k in r.doubted else 1.0))
                for k, ns in at.items() if k in r.labels
            ]  # fmt: skip
            out.append(Example(window, r.rows[window.rows], labels))
    return out


def net_chances(nets: Weights, r: Report) -> np.ndarray:
    out = np.zeros(len(r.found))
    for window in r.windows:
        out[window.rows] = shared_out(*scores(nets, window, r.rows[window.rows].astype(np.float32)), window.of).mean(axis=0)
    return out


def stacked(nets: list[Weights]) -> Weights:
    return {name: np.stack([w[name] for w in nets]) for name in nets[0]}


def decisions(reports: list[Report]) -> list[tuple[str, str, bool, dict[str, float] | None, bool, str]]:
    """Of each labelled statement: report, reading, whether its day can be known, what the likeliest day looks like, whether it is right; whose label."""
    out = []
    for r in reports:
        for k, (said, right) in r.labels.items():
            best = max(right, key=lambda i: r.extra["weighed"][i], default=None)
            if best is not None and (r.ages[best][0] < 0 or (r.work.statements[k].parent is not None and not r.ages[best][2])):
                best = None
            told = None
            if best is not None:
                days, is_day, clause = r.ages[best]
                told = aged(float(r.extra["weighed"][best]), days, is_day=is_day, clause=clause)
            out.append((r.doc, r.mode, said is not None, told, best is not None and right[best], r.kind))
    return out


def weigh(made: list[Any]) -> dict[str, float]:
    told = [d for d in made if d[3] is not None]
    names = list(told[0][3])
    model = LogisticRegression(C=PENALTY, fit_intercept=False, max_iter=1000).fit([list(d[3].values()) for d in told], [d[4] for d in told], [COUNTS[d[5]] for d in told])
    return dict(zip(names, map(float, model.coef_[0]), strict=True))


def figures(made: list[Any], chance: list[float], given: float) -> dict[str, Any]:
    out = {}
    for mode in ("marked", "found"):
        here = [(d, c) for d, c in zip(made, chance, strict=True) if d[1] == mode and d[5] == "careful"]
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
    options.add_argument("--forests", type=Path, help="an earlier said_on.json whose forests are kept")
    given = options.parse_args()
    labels: dict[str, list[dict[str, Any]]] = {}
    for row in (*read_rows(LABELS), *read_rows(READ)):
        labels.setdefault(row["doc"], []).append(row)
    corpus = {r["doc"]: r for r in read_rows(given.shared / "data" / "polnear" / "train.jsonl") if r["doc"] in labels}
    reports = [r for doc, rows in sorted(labels.items()) for r in prepare(corpus[doc], rows)]
    names, read = (sorted({r.doc for r in reports if (r.kind == "read") is is_read}) for is_read in (False, True))
    parts = [a | b for a, b in zip(split(names, 0, FOLDS), split(read, 0, FOLDS), strict=True)]
    for part in parts:
        held, rest = [r for r in reports if r.doc in part], [r for r in reports if r.doc not in part]
        first, second = fit(rest, 1)
        first_chances(first, held)
        seen = seen_together(rest)
        nets = stacked([taught(seen, scale(seen), 1)])
        for r in held:
            if len(r.found):
                r.extra["weighed"] = (second.predict_proba(np.hstack([r.rows, r.extra["around"]]))[:, 1] + net_chances(nets, r)) / 2
    made = decisions(reports)
    chance = [0.0] * len(made)
    for part in (a | b for a, b in zip(split(names, 3, FOLDS), split(read, 3, FOLDS), strict=True)):
        ages = weigh([d for d in made if d[0] not in part])
        for i, d in enumerate(made):
            if d[0] in part and d[3] is not None:
                chance[i] = float(1 / (1 + np.exp(-sum(ages[n] * v for n, v in d[3].items()))))
    undated = [0.0 if d[3] is None else float(1 / (1 + np.exp(-d[3]["odds"]))) for d in made]
    for bound in (0.55, 0.6, 0.65, 0.7, 0.72, 0.75, 0.8):
        print(bound, "dated", json.dumps(figures(made, chance, bound)), "undated", json.dumps(figures(made, undated, bound)))
    print("shipped", json.dumps({"dated": figures(made, chance, GIVEN), "undated": figures(made, undated, GIVEN_UNDATED)}, indent=1))
    ages = weigh(made)
    if given.forests:
        kept = json.loads(given.forests.read_text(encoding="utf-8"))
        forests = {name: kept[name] for name in ("first", "second")}
    else:
        forests = {name: trees(model) for name, model in zip(("first", "second"), fit(reports, 1), strict=True)}
    weights = {
        "features": FEATURES + AROUND, "ages": {n: round(v, 4) for n, v in ages.items()}, "given": GIVEN, "given_undated": GIVEN_UNDATED, **forests,
    }  # fmt: skip
    seen = seen_together(reports)
    scaled = scale(seen)
    nets = stacked([taught(seen, scaled, seed) for seed in range(1, NETS + 1)])
    np.savez_compressed(given.out.with_suffix(".npz"), **{name: array.astype(np.float16) for name, array in nets.items()})
    given.out.write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
