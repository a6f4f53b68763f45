"""Makes the encoder half as dear: heads and inner units that others can stand in for are cut, and what is left learns to give what it gave.

Of each layer the heads and inner units are kept from which the layer's own output is best put together again (least squares on some
text); then the slim encoder is taught to give the states of the whole one, layer by layer, and what the heads make of them (distillation;
Hinton, Vinyals, Dean 2015), on any text. No label is needed.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from model import HEAD, Encoder, Names, Network, attention, load_network
from sayso.attribution.features import encode

# Heads of each layer, and inner units, of 12 and 1,536: more where what a layer does is harder to put together again.
HEADS = (8, 8, 8, 8, 8, 8)
INNER = (256, 640, 512, 640, 512, 256)
WINDOW = 240
# Windows from which a layer's parts are chosen.
CHOSEN_ON = 24
_STEADY = 1e-3


def windows(texts: list[str], tokenizer: Tokenizer) -> Tensor:
    """Whole windows of *texts* (n, WINDOW, 5): piece, shape, line, quotation, and whether a token begins there."""
    edges = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    out = []
    for text in texts:
        e = encode(text, tokenizer)
        begins = np.zeros(len(e.ids), np.int64)
        begins[e.first] = 1
        rows = np.stack([e.ids, e.shape, e.line, e.quote, begins], -1)
        for a in range(0, len(rows) - WINDOW + 3, WINDOW - 18):
            window = np.zeros((WINDOW, 5), np.int64)
            window[1:-1] = rows[a : a + WINDOW - 2]
            window[0, 0], window[-1, 0] = edges
            out.append(window)
    return torch.from_numpy(np.stack(out))


def outputs(encoder: Encoder, w: Tensor) -> list[Tensor]:
    return encoder.outputs(w[..., 0], w[..., 1], w[..., 2], w[..., 3])


def refit(x: Tensor, target: Tensor) -> tuple[Tensor, Tensor, float]:
    """Weights and bias by which *target* (n, d) is best put together from *x* (n, k), and the share of it that is not."""
    x = torch.cat([x, torch.ones(len(x), 1)], 1)
    gram = x.T @ x
    solved = torch.linalg.solve(gram + _STEADY * gram.diagonal().mean() * torch.eye(len(gram)), x.T @ target)
    rest = (x @ solved - target).pow(2).sum() / (target - target.mean(0)).pow(2).sum()
    return solved[:-1].T, solved[-1], float(rest)


def cut(encoder: Encoder, w: Tensor) -> Encoder:
    """The slim encoder to begin with, its parts chosen on the windows *w*."""
    whole = list(zip(HEADS, INNER, strict=True))
    slim = Encoder(encoder.piece.weight.shape[0], whole, encoder.piece.weight.shape[1])
    slim.load_state_dict({k: v for k, v in encoder.state_dict().items() if not k.startswith("layers.")}, strict=False)
    before = encoder.norm(sum(table(w[..., n]) for n, table in enumerate((encoder.piece, encoder.shape, encoder.line, encoder.quote)))
                          + encoder.position(torch.arange(w.shape[1])))
    for layer, new, after in zip(encoder.layers, slim.layers, outputs(encoder, w), strict=True):
        seen = attention(*layer.qkv(before).chunk(3, -1), None, layer.heads)
        mixed = seen.flatten(0, 1)
        kept = list(range(layer.heads))
        columns = lambda heads: torch.cat([torch.arange(h * HEAD, (h + 1) * HEAD) for h in heads])  # noqa: E731
        while len(kept) > new.heads:
            left = {h: refit(mixed[:, columns([k for k in kept if k != h])], mixed @ layer.out.weight.T)[2] for h in kept}
            kept.remove(min(left, key=lambda h: left[h]))
        of_heads = columns(kept)
        weight, bias, lost = refit(mixed[:, of_heads], mixed @ layer.out.weight.T)
        rows = torch.cat([of_heads + n * layer.heads * HEAD for n in range(3)])
        fill(new.qkv, layer.qkv.weight[rows], layer.qkv.bias[rows])
        fill(new.out, weight, layer.out.bias + bias)
        units = F.gelu(layer.up(layer.norm1(before + layer.out(seen)))).flatten(0, 1)
        best = (units.pow(2).mean(0).sqrt() * layer.down.weight.norm(dim=0)).topk(new.up.out_features).indices
        weight, bias, lost_units = refit(units[:, best], units @ layer.down.weight.T)
        fill(new.up, layer.up.weight[best], layer.up.bias[best])
        fill(new.down, weight, layer.down.bias + bias)
        new.norm1.load_state_dict(layer.norm1.state_dict())
        new.norm2.load_state_dict(layer.norm2.state_dict())
        print(f"heads {kept}, {len(best)} units: {lost:.3f} and {lost_units:.3f} of what the layer's halves give is not explained", flush=True)
        before = after
    return slim


def fill(linear: nn.Linear, weight: Tensor, bias: Tensor) -> None:
    linear.weight.copy_(weight)
    linear.bias.copy_(bias)


def away(x: Tensor, y: Tensor) -> Tensor:
    """How far *x* is from *y*, in variances of *y*."""
    return (x - y).pow(2).mean() / y.var()


def apart(x: Tensor, y: Tensor) -> Tensor:
    """What is lost where scores *x* stand for scores *y*, in nats a token."""
    return F.kl_div(F.log_softmax(x, -1), F.log_softmax(y, -1), log_target=True, reduction="batchmean")


def loss(net: Network, names: Names, slim: Encoder, w: Tensor) -> tuple[Tensor, list[float]]:
    """What *slim* lacks of what the network makes of windows *w*: states, what the reader is given, tags of statements, cues and names."""
    with torch.no_grad():
        whole = outputs(net.encoder, w)
    given = outputs(slim, w)
    states = [away(x, y) for x, y in zip(given, whole, strict=True)]
    begins = w[..., 4].bool()
    mine, theirs = given[-1][begins], whole[-1][begins]
    read = sum(away(x, y) for x, y in zip(net.reader.project(mine), net.reader.project(theirs), strict=True))
    third = len(whole) // 3
    three = [torch.cat([states_of[k][begins] for k in (third - 1, 2 * third - 1, -1)], -1) for states_of in (given, whole)]
    tags = [apart(net.flat(mine), net.flat(theirs)), apart(net.cues(mine), net.cues(theirs)), apart(names(three[0]), names(three[1]))]
    total = 2 * states[-1] + 0.5 * sum(states[:-1]) + read + 2 * sum(tags)
    return total, [x.item() for x in (states[-1], read, *tags)]


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ap.add_argument("--weights", type=Path, required=True, help="the network's, as train.py, mean.py or unpack.py wrote them")
    ap.add_argument("--names", type=Path, required=True, help="of the head that tags names")
    ap.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    ap.add_argument("--texts", type=Path, required=True, nargs="+", help='JSON Lines with "text"')
    ap.add_argument("--out", type=Path, required=True, help="gets the network with the slim encoder")
    ap.add_argument("--steps", type=int, default=3000)
    ap.add_argument("--batch", type=int, default=8, help="windows a step")
    ap.add_argument("--rate", type=float, default=4e-4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    net, names = load_network(args.weights).eval().requires_grad_(False), Names(384)
    names.load_state_dict(torch.load(args.names, weights_only=True))
    names.eval().requires_grad_(False)
    every = windows([row["text"] for path in args.texts for row in map(json.loads, path.read_text().splitlines())], tokenizer)
    held, learn = every[::97], every[np.arange(len(every)) % 97 != 0]
    print(f"{len(learn)} windows to learn from, {len(held)} held back", flush=True)
    with torch.no_grad():
        slim = cut(net.encoder, learn[rng.choice(len(learn), CHOSEN_ON, replace=False)]).eval()
    slim.piece.requires_grad_(False)
    learned = [p for p in slim.parameters() if p.requires_grad]
    opt = torch.optim.AdamW(learned, lr=args.rate, weight_decay=0.01, betas=(0.9, 0.98))
    began = time.time()
    for step in range(args.steps + 1):
        if step % 250 == 0 or step == args.steps:
            with torch.no_grad():
                parts = np.mean([loss(net, names, slim, w)[1] for w in held.split(args.batch)], 0)
            print(f"step {step}, {(time.time() - began) / 60:.0f} min; held back: states {parts[0]:.4f} reader {parts[1]:.4f} "
                  f"statements {parts[2]:.4f} cues {parts[3]:.4f} names {parts[4]:.4f}", flush=True)
        if step == args.steps:
            break
        for group in opt.param_groups:
            group["lr"] = args.rate * min(1, (step + 1) / 50) * (1 - step / args.steps)
        total, _ = loss(net, names, slim, learn[rng.choice(len(learn), args.batch, replace=False)])
        opt.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        opt.step()
    rest = {k: v for k, v in net.state_dict().items() if not k.startswith("encoder.")}
    torch.save(rest | {f"encoder.{k}": v for k, v in slim.state_dict().items()}, args.out)


if __name__ == "__main__":
    main()
