"""Second labels for what the corpus leaves unlabelled: attributions inside the contents of others.

Each content is read again as a text of its own, its double quotation marks taken out, by a network trained without such
labels. What it finds with enough confidence serves train.py (--silver) as inner attributions; offsets only, no text.
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from corpus import Document, Span, is_held_out, load
from sayso.attribution.candidates import candidates
from sayso.attribution.engine import Engine, assemble, select
from sayso.language.sentences import sentences

FLOOR = 0.25
_engine: Engine | None = None


def begin(models: Path) -> None:
    global _engine
    _engine = Engine(models)


def stripped(text: str, spans: list[Span]) -> tuple[str, list[int]]:
    """The characters of *spans* but double quotation marks, pieces apart, and where each came from (-1: added)."""
    out, where = [], []
    for start, end in spans:
        if out:
            out.append(" ")
            where.append(-1)
        for i in range(start, end):
            if text[i] not in "“”\"":
                out.append(text[i])
                where.append(i)
    return "".join(out), where


def back(spans: tuple[Span, ...], where: list[int]) -> list[Span]:
    """*spans* of the stripped text in the whole text; a span over a gap becomes several."""
    out: list[Span] = []
    for start, end in spans:
        for i in range(start, end):
            at = where[i]
            if at < 0:
                continue
            if (out and out[-1][1] == at) or (out and 0 < at - out[-1][1] <= 1):
                out[-1] = (out[-1][0], at + 1)
            else:
                out.append((at, at + 1))
    return out


def inner(doc: Document) -> dict[str, list]:
    assert _engine is not None
    found = []
    for number, item in enumerate(doc.attributions):
        sub, where = stripped(doc.text, item.content)
        if len(sub.split()) < 5:
            continue
        encoding = _engine.network.encode(sub)
        drafts = select(candidates(_engine.network, sub, encoding), _engine._confidence, top_floor=FLOOR, inner_floor=FLOOR)
        for s in assemble(sub, encoding, drafts, sentences(sub)):
            spans = {role: back(getattr(s, role), where) for role in ("source", "cue", "content")}
            if spans["cue"] and spans["content"]:
                found.append({"in": number, **spans, "confidence": s.confidence})
    return {"doc": doc.name, "inner": found}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--models", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    docs = [d for d in load(args.corpus / "train.jsonl") if not is_held_out(d.name)]
    began, total = time.time(), 0
    with ProcessPoolExecutor(args.jobs, initializer=begin, initargs=(args.models,)) as pool, args.out.open("w") as out:
        for n, row in enumerate(pool.map(inner, docs, chunksize=4), 1):
            total += len(row["inner"])
            out.write(json.dumps(row) + "\n")
            if n % 100 == 0:
                print(f"{n}/{len(docs)} documents, {total} inner, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
