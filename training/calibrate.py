"""Fits the confidences on reports that the network never saw: the held-out tenth of PolNeAR's training part, and the tuning
halves of the nested gold. Writes calibration.json beside the model, and prints where F1 is highest.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from corpus import is_held_out

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
import evaluate as ev
from sayso.attribution.candidates import EVIDENCE, Candidate, candidates
from sayso.attribution.confidence import Confidence, features
from sayso.attribution.engine import Engine, assemble, select
from sayso.language.sentences import sentences

PENALTY = 1.0


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray | None = None) -> tuple[np.ndarray, float]:
    """Ridge-penalised logistic regression by Newton's method; the penalty is on standardised weights."""
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / scale, np.ones(len(x))]
    w = np.zeros(z.shape[1])
    ridge = np.r_[np.full(x.shape[1], PENALTY), 0.0]
    k = np.ones(len(y)) if weight is None else weight
    for _ in range(60):
        p = 1 / (1 + np.exp(-z @ w))
        step = np.linalg.solve((z * (k * p * (1 - p))[:, None]).T @ z + np.diag(ridge) + 1e-8 * np.eye(len(w)), z.T @ (k * (y - p)) - ridge * w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w[:-1] / scale, float(w[-1] - (w[:-1] * mean / scale).sum())


def candidate_words(text: str, tokens: list[Any], runs: Any) -> frozenset[int]:
    return ev.words(text, [(tokens[a].start, tokens[b - 1].end) for a, b in runs])


def collect(engine: Engine, text: str, gold: list[dict[str, Any]]) -> tuple[Any, list[Candidate], list[bool]]:
    """Candidates of *text*, and whether each is one of *gold* (content, source), each gold one given to its best candidate."""
    encoding = engine.network.encode(text)
    found = candidates(engine.network, text, encoding)
    tokens = encoding.text.tokens
    g = [(ev.words(text, s["source"]), ev.words(text, s["content"]), ev.words(text, s["cue"])) for s in gold]
    pairs = []
    for n, c in enumerate(found):
        content, source = candidate_words(text, tokens, c.content), candidate_words(text, tokens, c.source)
        cue = candidate_words(text, tokens, [c.cue])
        for k, (gs, gc, gq) in enumerate(g):
            score = ev.iou(gc, content)
            if score >= 0.5 and ev.same_source(gs, source):
                pairs.append((-score - 0.5 * bool(gq & cue), k, n))
    used_k: set[int] = set()
    right = [False] * len(found)
    for _, k, n in sorted(pairs):
        if k not in used_k and not right[n]:
            used_k.add(k)
            right[n] = True
    return encoding, found, right


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--models", type=Path, required=True)
    ap.add_argument("--shared", type=Path, default=ev.SHARED)
    args = ap.parse_args()
    path = args.models / "calibration.json"
    path.unlink(missing_ok=True)
    engine = Engine(args.models)
    docs = [d for d in ev.rows(args.shared / "data" / "polnear" / "train.jsonl") if is_held_out(d["doc"])]
    kept, labels = [], []
    for d in docs:
        gold = [{r: [(s["start"], s["end"]) for s in a[r]] for r in ("source", "cue", "content")} for a in d["annotations"][0]["attributions"] if a["content"]]
        encoding, found, right = collect(engine, d["text"], gold)
        kept.append((d, gold, encoding, found))
        labels.append(right)
    x = features(np.stack([c.evidence for _, _, _, found in kept for c in found]))
    y = np.array([r for right in labels for r in right], float)
    weights, bias = fit(x, y)
    inner_x, inner_y = inner_examples(engine, args.shared, {d["doc"]: (d["text"], found, encoding) for d, _, encoding, found in kept})
    inner_weights, inner_bias = fit(inner_x, inner_y)
    model = {
        "top": {"evidence": EVIDENCE, "weights": weights.tolist(), "bias": bias},
        "inner": {"evidence": EVIDENCE, "weights": inner_weights.tolist(), "bias": inner_bias},
    }
    # competition changes which candidates stand: fit again on those that do
    module = ev.scorer(args.shared)
    confidence = Confidence(model)
    pairs = []
    for d, gold, encoding, found in kept:
        statements = [s for s in assemble(d["text"], encoding, select(found, confidence, top_floor=0.1), sentences(d["text"])) if s.parent is None]
        pairs += ev.right_ones(module, d["text"], gold, statements)
    c = np.clip([p for p, _ in pairs], 0.01, 0.99)
    a, b = fit(np.log(c / (1 - c))[:, None], np.array([r for _, r in pairs], float))
    model["top"]["weights"] = (weights * a[0]).tolist()
    model["top"]["bias"] = bias * a[0] + b
    path.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    confidence = Confidence(model)
    print(f"{len(y)} candidates, {int(y.sum())} right; inner {len(inner_y)}, {int(inner_y.sum())} right; second fit {a[0]:.2f} {b:.2f}")
    gold_count = sum(len(g) for _, g, _, _ in kept)
    for floor in np.arange(0.2, 0.6, 0.04):
        pairs = []
        for d, gold, encoding, found in kept:
            pairs += ev.right_ones(module, d["text"], gold, [s for s in assemble(d["text"], encoding, select(found, confidence, top_floor=float(floor)), sentences(d["text"])) if s.parent is None])
        right = sum(r for _, r in pairs)
        print(f"floor {floor:.2f}: precision {right / len(pairs):.3f} recall {right / gold_count:.3f} F1 {2 * right / (len(pairs) + gold_count):.4f}")


def inner_examples(engine: Engine, shared: Path, known: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Candidates inside the outer contents of the tuning halves of the nested gold, and whether each is right."""
    xs, ys = [], []
    for gold in ev.rows(ev.GOLD / "nested_polnear.jsonl"):
        if gold["split"] != "tune" or gold["doc"] not in known:
            continue
        text, found, encoding = known[gold["doc"]]
        place = ev.words(text, gold["outer_content"])
        outer = ev.words(text, gold["outer_cue"])
        for c, right in zip(found, _matches(text, encoding, found, gold["inner"]), strict=True):
            cue = candidate_words(text, encoding.text.tokens, [c.cue])
            if cue & place and not cue & outer:
                xs.append(c.evidence)
                ys.append(right)
    for gold in ev.rows(ev.GOLD / "nested_own.jsonl"):
        if gold["split"] != "tune":
            continue
        text = gold["text"]
        inner = [s for s in gold["statements"] if s["parent"] is not None]
        top = [s for s in gold["statements"] if s["parent"] is None]
        encoding, found, right = collect(engine, text, inner)
        for c, r in zip(found, right, strict=True):
            cue = candidate_words(text, encoding.text.tokens, [c.cue])
            if any(cue & ev.words(text, s["content"]) for s in top) and not any(cue & ev.words(text, s["cue"]) for s in top):
                xs.append(c.evidence)
                ys.append(r)
    return features(np.stack(xs)), np.array(ys, float)


def _matches(text: str, encoding: Any, found: list[Candidate], gold: list[dict[str, Any]]) -> list[bool]:
    tokens = encoding.text.tokens
    right = [False] * len(found)
    for s in gold:
        source, content = ev.words(text, s["source"]), ev.words(text, s["content"])
        best, at = 0.0, -1
        for n, c in enumerate(found):
            score = ev.iou(content, candidate_words(text, tokens, c.content))
            if score >= 0.5 and score > best and not right[n] and ev.same_source(source, candidate_words(text, tokens, c.source)):
                best, at = score, n
        if at >= 0:
            right[at] = True
    return right


if __name__ == "__main__":
    main()
