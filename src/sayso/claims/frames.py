"""Frames: what the words around a proposition make of it ("there is no evidence that p", "the claim that p is a lie")."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sayso.attribution.verdicts import heads, verdict

# Contents longer than this are not looked at for frames: bounds the work of the expressions.
_LONGEST: Final = 600
_DETERMINERS: Final = (
    r"(?:the|a|an|any|all|some|such|these|those|this|that|his|her|its|their|our|my|many|most|recent|new|earlier|previous|repeated|similar|"
    r"widespread|growing|official|public|ongoing|[\w.-]+(?:['’]s|s['’])|[A-Z][\w.-]*|[a-z]+(?:ed|ive|ous|ish|less|ian|ese|ican)) "
)


@dataclass(frozen=True, slots=True)
class Framed:
    """A proposition without its frame, as the half-open part of the text that it is, and the sign that the frame gives it.

    head says under which kind of noun it stood ("claim", "denial"), None if under none.
    """

    start: int
    end: int
    sign: int = 1
    head: str | None = None
    verdict: bool = False  # whether the frame itself says that the proposition is so or not


@cache
def _frames() -> list[tuple[re.Pattern[str], int]]:
    with (files("sayso.claims") / "frames.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(re.compile(row["words"].replace("'", "['’]") + r"\Z", re.I | re.S), int(row["sign"])) for row in rows]


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "the claim by X that p", and "the claim of p"."""
    nouns = "|".join(sorted(heads(), key=lambda n: (-len(n), n)))
    begin = rf"(?:{_DETERMINERS}){{0,5}}(?P<noun>{nouns})"
    return (
        re.compile(rf"{begin}(?:,? (?!that\b)[^\s;:]+){{0,18}}?(?:,? that|:) (?P<rest>\S.*)\Z", re.I | re.S),
        re.compile(rf"{begin}(?: (?!that\b|of\b)[^\s,;:]+){{0,8}}? of (?P<rest>\S.*)\Z", re.I | re.S),
    )


def unframed(text: str) -> Framed:
    """The proposition in *text* without the frame that is outermost; the whole of it where there is none."""
    if len(text) > _LONGEST:
        return Framed(0, len(text))
    return _whole(text) or _headed(text) or Framed(0, len(text))


def _whole(text: str) -> Framed | None:
    for pattern, sign in _frames():
        match = pattern.match(text)
        if match:
            return Framed(match.start("rest"), match.end("rest"), sign, verdict=True)
    return None


def _headed(text: str) -> Framed | None:
    that, of = _heads()
    match = that.match(text) or of.match(text)
    if match is None:
        return None
    kind = heads()[match["noun"].lower()]
    start, end, sign = match.start("rest"), len(text), -1 if kind == "denial" else 1
    if found := verdict(text, start):
        # "the claim that p is a lie": a frame of its own, no longer only a noun with its clause
        return Framed(start, found.start, sign * found.sign, verdict=True)
    if match.re is of and len(text[start:].split()) < 3:
        return None
    return Framed(start, end, sign, kind)
