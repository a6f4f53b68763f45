"""Trains the network on PolNeAR's training part. See README.md beside this file."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from compose import build_pool, compose, restyle
from corpus import Document, add_inner, is_held_out, load
from model import AFTER, BEFORE, CUE, FLAT, ROLE, Network, load_bert, load_network
from own import load_labelled, load_own, shuffled_documents
from sayso.attribution.features import distance_buckets, encode
from sayso.attribution.vicinity import Vicinity

WINDOW = 384
MARGIN = 16  # pieces at an inner edge of a window that are read but not learned from


def labels(doc: Document, tokens) -> tuple[np.ndarray, np.ndarray, list[tuple[list[int], np.ndarray]]]:
    """Flat tags, cue tags (-1: unknown), and for each attribution its cue tokens and role tags."""
    starts = np.array([t.start for t in tokens])
    ends = np.array([t.end for t in tokens])

    def at(span) -> range:
        return range(int(np.searchsorted(ends, span[0], "right")), int(np.searchsorted(starts, span[1], "left")))

    flat = np.zeros(len(tokens), np.int64)
    cues = np.zeros(len(tokens), np.int64)
    roles = []
    for item in doc.attributions:  # what is in doubt first; certain labels overwrite it
        if item.opaque:
            for span in item.content:
                r = at(span)
                cues[r.start : r.stop] = -1
    for item in doc.attributions:
        tags = np.zeros(len(tokens), np.int64)
        for role, spans in (("source", item.source), ("content", item.content)):
            for span in spans:
                r = at(span)
                if len(r):
                    tags[r.start : r.stop] = ROLE.index("I-" + role)
                    tags[r.start] = ROLE.index("B-" + role)
        own = [i for span in item.cue for i in at(span)]
        if own:
            cues[own] = CUE.index("I")
            cues[own[0]] = CUE.index("B")
            roles.append((own, tags))
        if not item.inner:
            for role, spans in item.parts():
                for span in spans:
                    r = at(span)
                    if len(r):
                        flat[r.start : r.stop] = FLAT.index("I-" + role)
                        flat[r.start] = FLAT.index("B-" + role)
    return flat, cues, roles


def well_formed(tags: np.ndarray) -> np.ndarray:
    """Tags (1 + 2r begins role r, 2 + 2r goes on) in which every run begins with a B, also where a window or a label cut it."""
    tags = tags.copy()
    before = np.concatenate([[0], tags[:-1]])
    inside = (tags > 0) & (tags % 2 == 0)
    broken = inside & (before != tags) & (before != tags - 1)
    tags[broken] -= 1
    return tags


def windows(doc: Document, tokenizer: Tokenizer, rng: random.Random) -> list[dict]:
    text = encode(doc.text, tokenizer)
    if not text.tokens:
        return []
    flat, cues, roles = labels(doc, text.tokens)
    n = len(text.ids)
    size = WINDOW - 2
    around = Vicinity(doc.text, text)
    first = -rng.randrange(0, size // 2) if n > size else 0
    out = []
    for begin in range(first, n, size - 2 * MARGIN - 32):
        a, b = max(0, begin), min(n, begin + size)
        if b - a < 24 and a > 0:
            break
        words = np.flatnonzero((text.first >= a) & (text.first < b))
        if not len(words):
            continue
        lo, hi = int(words[0]), int(words[-1]) + 1
        learn = (text.first[lo:hi] >= (a + MARGIN if a else 0)) & (text.first[lo:hi] < (b - MARGIN if b < n else n + 1))
        asked = [([i - lo for i in own], tags[lo:hi], around.of([(own[0], own[-1] + 1)], (BEFORE, AFTER))[0] - lo) for own, tags in roles
                 if lo <= own[0] and own[-1] < hi and learn[own[0] - lo] and tags[lo:hi].any()]
        out.append({
            "ids": text.ids[a:b], "shape": text.shape[a:b], "line": text.line[a:b], "quote": text.quote[a:b],
            "first": text.first[lo:hi] - a + 1, "flat": well_formed(flat[lo:hi]), "cues": cues[lo:hi], "learn": learn, "asked": asked,
        })
        if b == n:
            break
    return out


def batches(items: list[dict], pieces: int, rng: random.Random) -> list[list[dict]]:
    rng.shuffle(items)
    items.sort(key=lambda w: len(w["ids"]) // 24)
    out, cur = [], []
    for w in items:
        if cur and (len(cur) + 1) * max(len(w["ids"]), max(len(x["ids"]) for x in cur)) > pieces:
            out.append(cur)
            cur = []
        cur.append(w)
    out.append(cur)
    rng.shuffle(out)
    return out


def collate(batch: list[dict], cls: int, sep: int, pad: int) -> dict:
    length = max(len(w["ids"]) for w in batch) + 2
    words = max(len(w["first"]) for w in batch)
    n = len(batch)
    t = {k: torch.zeros(n, length, dtype=torch.long) for k in ("ids", "shape", "line", "quote")}
    t["ids"].fill_(pad)
    mask = torch.zeros(n, length, dtype=torch.bool)
    first = torch.zeros(n, words, dtype=torch.long)
    flat = torch.zeros(n, words, dtype=torch.long)
    cues = torch.full((n, words), -1, dtype=torch.long)
    there = torch.zeros(n, words, dtype=torch.bool)
    for i, w in enumerate(batch):
        m = len(w["ids"])
        t["ids"][i, 0], t["ids"][i, m + 1] = cls, sep
        for k in t:
            t[k][i, 1 : m + 1] = torch.from_numpy(w[k].astype(np.int64))
        mask[i, : m + 2] = True
        k = len(w["first"])
        first[i, :k] = torch.from_numpy(w["first"])
        flat[i, :k] = torch.from_numpy(w["flat"])
        cues[i, :k] = torch.from_numpy(np.where(w["learn"], w["cues"], -1))
        there[i, :k] = True
    asked = [(i, *one) for i, w in enumerate(batch) for one in w["asked"]]
    return {**t, "mask": mask, "first": first, "flat": flat, "cues": cues, "there": there, "asked": asked}


def reader_batch(token: torch.Tensor, as_cue: torch.Tensor, there: torch.Tensor, asked: list, rng: random.Random | None):
    """Gathers the words around each cue from the projections (n, words, inner): inputs of the reader, and its gold tags."""
    rows, index, bucket, marked, mask, gold = [], [], [], [], [], []
    offsets = np.arange(-BEFORE, AFTER + 1)
    count = there.sum(1).tolist()
    for i, own, tags, (begin, end) in asked:
        own = list(own)
        if rng is not None and len(own) > 1 and rng.random() < 0.15:  # the cues found later will not be perfect
            own = own[1:] if rng.random() < 0.5 else own[:-1]
        at = own[0] + offsets
        ok = (at >= max(0, begin)) & (at < min(end, count[i]))
        clipped = np.clip(at, 0, count[i] - 1)
        rows.append(i)
        index.append(clipped)
        bucket.append(distance_buckets(at, own[0], own[-1]))
        marked.append(np.isin(at, own))
        mask.append(ok)
        gold.append(well_formed(np.where(ok, tags[clipped], 0)))
    at_rows = torch.tensor(rows)[:, None]
    idx = torch.from_numpy(np.stack(index))
    is_cue = torch.from_numpy(np.stack(marked)).long()
    share = (is_cue / is_cue.sum(1, keepdim=True).clamp(min=1))[:, :, None]
    cue = (as_cue[at_rows, idx] * share).sum(1)
    return (
        token[at_rows, idx], cue, torch.from_numpy(np.stack(bucket)), is_cue, torch.from_numpy(np.stack(mask)), torch.from_numpy(np.stack(gold)),
    )


def roles_loss(net: Network, logits, gold, mask):
    """CRF loss over the tokens present; those before the text begins are shifted out so that masks are left aligned."""
    shift = (~mask).long().cumsum(1).eq(torch.arange(1, mask.shape[1] + 1)).sum(1)  # leading absent tokens
    t = mask.shape[1]
    at = (torch.arange(t)[None] + shift[:, None]).clamp(max=t - 1)
    return net.role_crf.loss(
        logits.gather(1, at[:, :, None].expand(-1, -1, logits.shape[2])), gold.gather(1, at),
        (torch.arange(t)[None] + shift[:, None] < t) & mask.gather(1, at),
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", type=Path, required=True, help="folder with train.jsonl")
    ap.add_argument("--encoder", type=Path, required=True, help="folder with the base encoder")
    ap.add_argument("--layers", type=int, default=6)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--silver", type=Path, help="inner attributions made by silver.py")
    ap.add_argument("--own", type=Path, help="folder with the project's own bracketed passages")
    ap.add_argument("--labelled", type=Path, help="labels made by hand inside contents of the corpus")
    ap.add_argument("--own-times", type=int, default=3, help="how often an epoch sees them")
    ap.add_argument("--start", type=Path, help="weights to start from, instead of the base encoder's alone")
    ap.add_argument("--frozen", action="store_true", help="leave the encoder as it is, and the head that tags names fits it still")
    ap.add_argument("--epochs", type=int, default=5)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--pieces", type=int, default=3072, help="word pieces in a batch")
    ap.add_argument("--average", type=float, default=0.998, help="share that the running mean of the weights, which is what is written, keeps of itself a step")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--floats", action="store_true", help="32 bits throughout: faster where the processor has no bfloat16")
    ap.add_argument("--limit", type=int, help="documents, for a trial")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    docs = [d for d in load(args.corpus / "train.jsonl") if not is_held_out(d.name)][: args.limit]
    pool = build_pool(docs)
    if args.silver:
        print(add_inner(docs, args.silver), "inner attributions added")
    own = load_own(args.own) if args.own else []
    if args.labelled:
        own += load_labelled(args.labelled, docs)
    print(len(own), "passages with every attribution marked")
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    net = load_network(args.start) if args.start else Network(load_bert(args.encoder, args.layers))
    special = [tokenizer.token_to_id(x) if tokenizer.token_to_id(x) is not None else tokenizer.token_to_id(y)
               for x, y in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[PAD]", "<pad>"))]
    if args.frozen:
        net.encoder.requires_grad_(False).eval()
    slow = [p for n, p in net.named_parameters() if n.startswith("encoder.") and not n.startswith(("encoder.shape", "encoder.line", "encoder.quote"))]
    slow_ids = {id(p) for p in slow}
    fast = [p for p in net.parameters() if id(p) not in slow_ids]
    opt = torch.optim.AdamW([{"params": slow, "lr": args.rate}, {"params": fast, "lr": args.head_rate}], weight_decay=0.01, fused=True)

    def epoch_items() -> list[dict]:
        items = []
        for d in docs:
            if rng.random() < 0.6:
                d = compose(d, pool, rng, 1.0)
            if rng.random() < 0.15:
                d = restyle(d, rng)
            items.extend(windows(d, tokenizer, rng))
        for _ in range(args.own_times if own else 0):
            for d in shuffled_documents(own, rng):
                items.extend(windows(restyle(d, rng) if rng.random() < 0.3 else d, tokenizer, rng))
        return items

    step, total, began, log = 0, None, time.time(), []
    learned = {k for k, v in net.named_parameters() if v.requires_grad}
    mean = {k: v.detach().clone() for k, v in net.state_dict().items()}
    for epoch in range(args.epochs):
        todo = batches(epoch_items(), args.pieces, rng)
        total = total or len(todo) * args.epochs
        for batch in todo:
            share = min(step / total, 0.999)
            factor = share / 0.06 if share < 0.06 else (1 - share) / 0.94
            for group, base in zip(opt.param_groups, (args.rate, args.head_rate), strict=True):
                group["lr"] = base * max(factor, 0.002)
            x = collate(batch, *special)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not args.floats), torch.set_grad_enabled(not args.frozen):
                h = net.encoder(x["ids"], x["shape"], x["line"], x["quote"], x["mask"])
            words = net.dropout(h.float()).gather(1, x["first"][:, :, None].expand(-1, -1, h.shape[2]))
            n_words = x["there"].sum()
            flat = net.flat_crf.loss(net.flat(words), x["flat"], x["there"]) / n_words
            cue = F.cross_entropy(net.cues(words).flatten(0, 1), x["cues"].flatten(), ignore_index=-1)
            role = torch.zeros(())
            if x["asked"]:
                asked = reader_batch(*net.reader.project(words), x["there"], x["asked"], rng)
                mask, gold = asked[-2:]
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not args.floats):
                    logits = net.reader(*asked[:-1])
                role = roles_loss(net, logits.float(), gold, mask) / len(x["asked"]) / 30
            loss = flat + cue + role
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            step += 1
            keep = min(args.average, step / (step + 10))
            for k, v in net.state_dict().items():
                if k in learned:
                    mean[k].lerp_(v, 1 - keep)
            log.append((flat.item(), cue.item(), role.item()))
            if step % 25 == 0:
                a, b, c = np.mean(log[-50:], 0)
                left = (time.time() - began) / step * (total - step)
                print(f"epoch {epoch} step {step}/{total} flat {a:.4f} cue {b:.4f} role {c:.4f} left {left/60:.1f} min", flush=True)
        torch.save(mean, args.out)
        if epoch + 1 == args.epochs:  # what tells that it is done
            args.out.with_suffix(".json").write_text(json.dumps({"epochs_done": epoch + 1, "minutes": (time.time() - began) / 60, **{k: str(v) for k, v in vars(args).items()}}))
    assert math.isfinite(loss.item())


if __name__ == "__main__":
    main()
