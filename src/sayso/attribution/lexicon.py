"""The lexicon of cues (cues.csv): words that attribute, and the act of each."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def entries() -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """Words of a cue, opening of the content, act: as they stand in cues.csv, with -ise and -ize for each other."""
    out = []
    with (files("sayso.attribution") / "cues.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for s, z in ("ss", "sz", "zs"):
                cue = re.sub(rf"(?<=[iy]){s}(?=(?:e|ation)\b)", z, row["cue"])
                out.append((tuple(cue.split()), row["content"], row["act"]))
    return tuple(out)


@cache
def _words() -> frozenset[str]:
    return frozenset(word for cue, _, _ in entries() for word in cue)


def known_cue(word: str) -> bool:
    """Whether *word* stands in the lexicon of cues."""
    return word in _words()
