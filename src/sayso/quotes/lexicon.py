"""The tables by which words are compared: spelling, numbers, contractions, equivalents, function words, how rare a word is."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from sayso.reports import content_hash

_RAREST: Final = 20
_FIGURE: Final = 10

NumberKind = Literal["unit", "tens", "scale", "ordinal"]


def _rows(name: str) -> list[dict[str, str]]:
    with (files("sayso.quotes") / "tables" / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def spellings() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """American spellings: of whole words, and of how words begin (the longest beginning first)."""
    rows = _rows("spelling.csv")
    prefixes = sorted(((r["british"], r["american"]) for r in rows if r["kind"] == "prefix"), key=lambda pair: (-len(pair[0]), pair))
    return {r["british"]: r["american"] for r in rows if r["kind"] == "word"}, tuple(prefixes)


@cache
def numbers() -> dict[str, tuple[int, NumberKind]]:
    """Value and kind of number words."""
    return {r["word"]: (int(r["value"]), r["kind"]) for r in _rows("numbers.csv")}  # type: ignore[misc]


@cache
def contractions() -> dict[str, tuple[str, ...]]:
    """What contracted words stand for, where no rule tells."""
    return {r["form"]: tuple(r["words"].split()) for r in _rows("contractions.csv")}


@cache
def equivalents() -> dict[str, str]:
    """Wordings, joined without spaces, that are the same as another."""
    return {r["joined"]: r["same_as"] for r in _rows("equivalents.csv")}


@cache
def function_words() -> frozenset[str]:
    lines = (files("sayso.quotes") / "tables" / "function_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("# ") for word in line.split())


@cache
def _frequencies() -> dict[str, int]:
    lines = (files("sayso.quotes") / "tables" / "frequencies.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {word: int(bits) for bits, *words in rows for word in words}


def rarity(key: str) -> int:
    """How rare a word is in English, in bits: 5 (the) to 20 (what is not among the 20,000 commonest words); figures count as common."""
    return _FIGURE if key.startswith("#") else _frequencies().get(key, _RAREST)


@cache
def stock_phrases() -> frozenset[frozenset[str]]:
    """Phrases that everybody uses, each as the set of its words of content, compared as words.py makes them."""
    from sayso.quotes.words import words_of

    lines = (files("sayso.quotes") / "tables" / "stock_phrases.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(frozenset(word.key for word in words_of(line) if word.content) for line in lines if line and not line.startswith("#"))


@cache
def tables_id() -> str:
    """Hash of the tables: with others stretches may be grouped differently."""
    tables = sorted((files("sayso.quotes") / "tables").iterdir(), key=lambda path: path.name)
    return content_hash(*(path.read_text(encoding="utf-8") for path in tables if path.is_file()))
