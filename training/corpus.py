"""Reads PolNeAR (train.jsonl, dev.jsonl) into training documents."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]


@dataclass
class Attribution:
    """Spans of one attribution. *opaque*: its content may hold attributions that nobody labelled."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    opaque: bool = True
    inner: bool = False

    def parts(self) -> list[tuple[str, list[Span]]]:
        return [("source", self.source), ("cue", self.cue), ("content", self.content)]


@dataclass
class Document:
    name: str
    text: str
    attributions: list[Attribution] = field(default_factory=list)


def is_held_out(name: str) -> bool:
    """True for the tenth of the training reports that is kept for calibration and never trained on."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % 10 == 0


def load(path: Path, *, all_annotators: bool = True) -> list[Document]:
    """One document for each annotation of each report in *path*."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for annotation in row["annotations"] if all_annotators else row["annotations"][:1]:
            found = []
            for item in annotation["attributions"]:
                spans = {
                    role: [_strip(row["text"], s["start"], s["end"]) for s in item[role]] for role in ("source", "cue", "content")
                }
                if spans["content"]:
                    found.append(Attribution(**spans))
            out.append(Document(row["doc"], row["text"], found))
    return out


def add_inner(documents: list[Document], path: Path, *, at_least: float = 0.3) -> int:
    """Adds to *documents* the inner attributions that silver.py wrote to *path*; returns how many.

    They stand in the order in which load() gave the documents. Those less sure than *at_least* are left out.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    count = 0
    for doc, row in zip(documents, rows, strict=False):
        if doc.name != row["doc"]:
            raise SystemExit(f"{path} was made for other documents: {row['doc']} where {doc.name} is read")
        for item in row["inner"]:
            if item["confidence"] >= at_least:
                spans = {role: [(s, e) for s, e in item[role]] for role in ("source", "cue", "content")}
                doc.attributions.append(Attribution(**spans, inner=True))
                count += 1
    return count


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
