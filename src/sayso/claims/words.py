"""Words of contents: which carry meaning, which negate, and by what they are matched."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from sayso.attribution.lemmas import lemma

WORD: Final = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:[-'’][^\W_]+)*")
#: Words that carry no meaning by themselves.
FUNCTION: Final = frozenset((
    "a an the this that these those and or but nor so yet if then than as of in on at by for from to into onto with within without about over under "
    "between among through during before after since until against up down out off again further is are was were be been being am do does did "
    "done doing have has had having will would shall should can could may might must ought i you he she it we they me him her us them my your his "
    "its our their mine yours hers ours theirs myself yourself himself herself itself ourselves themselves who whom whose which what when where "
    "why how there here all any both each few more most other some such only own same too very just also even ever still now s t d ll m re ve "
    "said say says told tell because while although though whether however really quite not no never none nothing nobody neither "
    "don didn doesn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn cannot ain"
).split())
NEGATIONS: Final = frozenset("not no never none nothing nobody neither nor cannot without hardly scarcely n't don't didn't doesn't isn't aren't "
                             "wasn't weren't won't wouldn't couldn't shouldn't hasn't haven't hadn't can't ain't mustn't".split())


def words(text: str) -> list[str]:
    """The words of *text*, lower case, straight apostrophes."""
    return [w.lower().replace("’", "'") for w in WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """The lemmas of the words that carry meaning, in order."""
    return [stem(w) for w in words(text) if w not in FUNCTION and w not in NEGATIONS and not w.startswith("'")]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What stands for *word* where words are matched."""
    return lemma(word.removesuffix("'s"))


# Words that the names of several states begin with.
_SHARED: Final = frozenset("united south north new saint san republic democratic papua equatorial central trinidad".split())
# Endings that make one word of another, longest first; what is left has at least four letters.
_ENDINGS: Final = tuple(sorted((
    "ational ations ation itions ition ions ion isms ism ists ist ments ment ences ence ances ance ings ing ities ity ives ive ers er ors or als al "
    "ly able ible ness ful ous ary ant ent ees ee e y ian ians ic ical ise ize ised ized ising izing ate ates ated ating"
).split(), key=lambda end: (-len(end), end)))


@cache
def _kin() -> dict[str, str]:
    """For the root of each word of kin.csv the first word of its line: words that say the same of most things in the news."""
    out: dict[str, str] = {}
    with (files("sayso.claims") / "kin.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for word in row["words"].split():
                out.setdefault(_bare(stem(word)), row["words"].split()[0])
    return out


@cache
def _states() -> dict[str, str]:
    """For each single word that stands for a state, its people or its capital one word for them all: turkish, ankara."""
    out: dict[str, str] = {}
    with (files("sayso.actors.tables") / "states.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            first = _bare(stem(row["name"].split()[0].lower()))
            for name in "|".join(row[column] for column in ("name", "adjectives", "people", "capital")).split("|"):
                if name and " " not in name and first not in _SHARED:
                    out.setdefault(_bare(stem(name.lower())), first)
    return out


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What *word* (a stem) has in common with others of its family and its kin: terror, terrorist; meddle, interference."""
    bare = _bare(word)
    return _kin().get(bare) or _states().get(bare, bare)


def is_kin(word: str) -> bool:
    """Whether *word* (a stem) stands in kin.csv: it tells a deed or thing of the news."""
    return _bare(word) in _kin()


def _bare(word: str) -> str:
    for end in _ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= 4 and word.isalpha():
            return _bare(word[: -len(end)]) if len(word) - len(end) > 6 else word[: -len(end)]
    return word
