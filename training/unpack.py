"""Weights to go on from, read back out of the files that export.py made: the network's and those of the head that tags names."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import CRF, FLAT, NAME, ROLE

# Where the parts of a graph stand in the network; all else of the encoder's graph lies in its encoder, of the reader's in its reader.
_PLACES = {"into": "reader.into", "cue": "reader.cue", "flat": "flat", "cues": "cues"}


def weights_of(path: Path, inside: str) -> dict[str, torch.Tensor]:
    """The weights of the graph at *path* under their names in the network, those of names under "names."; *inside*: "encoder" or "reader"."""
    graph = onnx.load(path).graph
    kept = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    out = {}
    for name, values in kept.items():
        if not name.endswith(("_quantized", "_scale", "_zero_point")):
            plain = name.removeprefix("net.")
            out[plain if plain != name or plain.startswith("names.") else f"{inside}.{plain}"] = values
    for node in graph.node:
        packed = next((i.removesuffix("_quantized") for i in node.input if i.endswith("_quantized") and i in kept), None)
        if packed is None:
            continue
        values = (kept[packed + "_quantized"].astype(np.float32) - kept[packed + "_zero_point"].astype(np.float32)) * kept[packed + "_scale"]
        part = ".".join(node.name.strip("/").split("/")[:-1])
        place = part if part.startswith("names.") else _PLACES.get(part, f"{inside}.{part}") if inside == "encoder" else f"{inside}.{part}"
        out[f"{place}.weight"] = values.T if node.op_type == "MatMulInteger" else values
    return {name: torch.from_numpy(np.ascontiguousarray(values)) for name, values in out.items()}


def chain(labels: tuple[str, ...], row: dict) -> dict[str, torch.Tensor]:
    """The parameters of the CRF of *labels* whose scores are *row*, without the bars in them."""
    crf = CRF(labels)
    with torch.no_grad():
        for parameter, bars, scores in ((crf.transition, crf.barred, row["transition"]), (crf.begin, crf.barred_begin, row["begin"])):
            parameter.copy_(torch.where(bars < 0, 0.0, torch.tensor(scores)))
    return crf.state_dict()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--models", type=Path, required=True, help="folder with encoder.onnx, reader.onnx and transitions.json")
    ap.add_argument("--out", type=Path, required=True, help="folder that gets network.pt and names.pt")
    args = ap.parse_args()
    every = weights_of(args.models / "encoder.onnx", "encoder") | weights_of(args.models / "reader.onnx", "reader")
    rows = json.loads((args.models / "transitions.json").read_text())
    for name, labels, row in (("flat_crf", FLAT, "flat"), ("role_crf", ROLE, "role"), ("names.crf", NAME, "name")):
        every |= {f"{name}.{part}": values for part, values in chain(labels, rows[row]).items()}
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({name: values for name, values in every.items() if not name.startswith("names.")}, args.out / "network.pt")
    torch.save({name.removeprefix("names."): values for name, values in every.items() if name.startswith("names.")}, args.out / "names.pt")


if __name__ == "__main__":
    main()
