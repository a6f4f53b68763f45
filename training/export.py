"""Writes trained weights as the files that the package ships: two ONNX graphs, the transition scores and the tokeniser."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from model import CUE, FLAT, NAME, ROLE, Names, Network, load_network


class EncoderGraph(nn.Module):
    def __init__(self, net: Network, names: Names) -> None:
        super().__init__()
        self.net, self.names = net, names

    def forward(self, ids, shape, line, quote, first):
        last, states = self.net.encoder.states(ids, shape, line, quote)
        hidden = last[0][first]
        return *self.net.reader.project(hidden), self.net.flat(hidden), self.net.cues(hidden), self.names(states[0][first])


def export(net: Network, names: Names, out: Path, *, quantise: bool = True) -> None:
    out.mkdir(parents=True, exist_ok=True)
    net.eval()
    names.eval()
    piece = tuple(torch.ones(1, 20, dtype=torch.long) for _ in range(4))
    raw = out / "raw.onnx"
    torch.onnx.export(
        EncoderGraph(net, names), (*piece, torch.arange(1, 19)), str(raw), dynamo=False, opset_version=17,
        input_names=["ids", "shape", "line", "quote", "first"], output_names=["token", "cue", "flat", "cues", "names"],
        dynamic_axes={**{k: {1: "pieces"} for k in ("ids", "shape", "line", "quote")}, "first": {0: "tokens"},
                      **{k: {0: "tokens"} for k in ("token", "cue", "flat", "cues", "names")}},
    )
    finish(raw, out / "encoder.onnx", quantise, ["MatMul", "Gather"])
    inner = net.reader.into.weight.shape[0]
    torch.onnx.export(
        net.reader, (torch.zeros(3, 30, inner), torch.zeros(3, inner), torch.zeros(3, 30, dtype=torch.long), torch.ones(3, 30, dtype=torch.long),
                     torch.ones(3, 30, dtype=torch.bool)), str(raw), dynamo=False, opset_version=17,
        input_names=["token", "cue", "bucket", "marked", "mask"], output_names=["roles"],
        dynamic_axes={**{k: {0: "cues", 1: "tokens"} for k in ("token", "bucket", "marked", "mask", "roles")}, "cue": {0: "cues"}},
    )
    finish(raw, out / "reader.onnx", quantise, ["MatMul"])
    crf = {
        name: {"labels": labels, "begin": (c.begin + c.barred_begin).tolist(), "transition": (c.transition + c.barred).tolist()}
        for name, labels, c in (("flat", FLAT, net.flat_crf), ("role", ROLE, net.role_crf), ("name", NAME, names.crf))
    }
    (out / "transitions.json").write_text(json.dumps({**crf, "cue": {"labels": CUE}}))


def finish(raw: Path, path: Path, quantise: bool, ops: list[str]) -> None:
    if quantise:  # 7-bit weights: the same sums with and without VNNI instructions
        quantize_dynamic(raw, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=ops)
        raw.unlink()
    else:
        raw.rename(path)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--names", type=Path, help="the head that tags names, as names.py made it; without it the names are noise")
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--float", action="store_true", help="do not quantise")
    args = ap.parse_args()
    net = load_network(args.weights)
    names = Names(net.encoder.piece.weight.shape[1])
    if args.names:
        names.load_state_dict(torch.load(args.names, weights_only=True))
    export(net, names, args.out, quantise=not args.float)
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")


if __name__ == "__main__":
    main()
