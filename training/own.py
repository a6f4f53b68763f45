"""Reads passages with every attribution marked, nested too: the project's own (own/*.txt), and labels of the corpus's.

own/*.txt: invented news text, a passage a line; {1s …} is the source, {1c …} the cue, {1k …} the content of statement 1, brackets
nest; \\n is a line break. inner_polnear.jsonl: labels made by hand for passages of PolNeAR's training part, as offsets only.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from pathlib import Path

from corpus import Attribution, Document, Span

Passage = tuple[str, list[Attribution]]

_OPEN = re.compile(r"\{(\d)([sck]) ")


def parse(line: str) -> tuple[str, list[Attribution]]:
    """Text and attributions of one bracketed passage. Raises ValueError where brackets do not fit."""
    raw = line.replace("\\n", "\n")
    text: list[str] = []
    length = 0
    opened: list[tuple[str, str, int]] = []
    spans: dict[str, dict[str, list[Span]]] = defaultdict(lambda: {"s": [], "c": [], "k": []})
    i = 0
    while i < len(raw):
        match = _OPEN.match(raw, i)
        if match:
            opened.append((match[1], match[2], length))
            i = match.end()
        elif raw[i] == "}":
            if not opened:
                raise ValueError(f"a bracket closes that none opened: {line[max(0, i - 30) : i + 1]!r}")
            number, kind, start = opened.pop()
            spans[number][kind].append((start, length))
            i += 1
        elif raw[i] == "{":
            raise ValueError(f"no such bracket: {raw[i : i + 12]!r}")
        else:
            text.append(raw[i])
            length += 1
            i += 1
    if opened:
        raise ValueError(f"a bracket is never closed: {line[:60]!r}")
    whole = "".join(text)
    out = []
    for parts in spans.values():
        if parts["k"]:
            out.append(Attribution(*(_trim(whole, parts[kind]) for kind in "sck"), opaque=False))
    _mark_inner(out)
    return whole, out


def _mark_inner(items: list[Attribution]) -> None:
    for item in items:
        at = (item.cue or item.content)[0]
        item.inner = any(other is not item and any(s <= at[0] and at[1] <= e for s, e in other.content) for other in items)


def _trim(text: str, spans: list[Span]) -> list[Span]:
    out = []
    for start, end in sorted(spans):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            out.append((start, end))
    return out


def load_own(folder: Path) -> list[Passage]:
    """All passages under *folder*."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    out.append(parse(line.strip()))
                except ValueError as error:
                    raise SystemExit(f"{path}:{number}: {error}") from None
    return out


def load_labelled(path: Path, documents: list[Document]) -> list[Passage]:
    """The passages of *documents* that *path* labels. Labels made by machine in the same places are taken off the documents."""
    by_name: dict[str, list[Document]] = defaultdict(list)
    for doc in documents:
        by_name[doc.name].append(doc)
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        begin, end = row["start"], row["end"]
        items = [
            Attribution(*([(s - begin, e - begin) for s, e in item[role]] for role in ("source", "cue", "content")), opaque=False)
            for item in row["statements"]
        ]
        _mark_inner(items)
        for doc in by_name[row["doc"]]:
            doc.attributions = [a for a in doc.attributions if not (a.inner and begin <= a.content[0][0] < end)]
        if by_name[row["doc"]]:
            out.append((by_name[row["doc"]][0].text[begin:end], items))
    return out


def shuffled_documents(passages: list[Passage], rng: random.Random) -> list[Document]:
    """The passages as documents of some 250 words, put together anew at each call."""
    order = rng.sample(passages, len(passages))
    out: list[Document] = []
    text, items = "", list[Attribution]()
    for more, found in order:
        base = len(text) + 2 if text else 0
        text = text + "\n\n" + more if text else more
        for a in found:
            items.append(Attribution(*([(s + base, e + base) for s, e in spans] for _, spans in a.parts()), opaque=False, inner=a.inner))
        if len(text.split()) > 250:
            out.append(Document("own", text, items))
            text, items = "", []
    if text:
        out.append(Document("own", text, items))
    return out
