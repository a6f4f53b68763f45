"""Naming: when two spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APART = re.compile(r"[^\w\s]|_")
_NICKNAME = re.compile(r"[“\"‘(][^”\"’)]*[”\"’)]")
_SUFFIXES = frozenset("jr sr ii iii iv esq".split())
_PARTICLES = frozenset("al el bin ibn abu abd von van de der den di da la le du dos".split())
# Letters that transliterations swap, longest first.
_SWAPS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("tsch", "ch"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("ks", "x"),
    ("ou", "u"),
    ("oo", "u"),
    ("ow", "v"),
    ("ee", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ai", "i"),
    ("ay", "i"),
    ("iy", "i"),
    ("ij", "i"),
    ("yi", "i"),
    ("yo", "e"),
    ("yu", "u"),
    ("ya", "a"),
    ("ie", "e"),
    ("y", "i"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("z", "s"),
    ("o", "u"),
    ("e", "i"),
    ("j", "i"),
)


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """*name* in lower case without diacritics, marks and article: the key under which names are looked up."""
    plain = name if name.isascii() else "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if plain.isascii() and plain.replace(" ", "").replace("-", "").isalpha():
        words = plain.lower().replace("-", " ").split()
        return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    plain = re.sub(r"['’]s?(?=\s|$)", "", plain)
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$|\.)", "", plain.replace("’", "'"))
    words = _APART.sub(lambda m: "" if m[0] in ".'" else " ", plain).casefold().split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def person_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name without suffixes and inner initials."""
    words = [w for w in folded(_NICKNAME.sub(" ", name)).split() if w not in _SUFFIXES]
    if len(words) < 3:
        return tuple(words)
    return tuple(w for k, w in enumerate(words) if k in (0, len(words) - 1) or len(w) > 1)


def person_key(name: str) -> str:
    """First and last word of a person's name, the key of a person who stands in no register."""
    words = person_words(name)
    return " ".join((words[0], words[-1])) if len(words) > 1 else " ".join(words)


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """What is left of a word when the letters that transliterations swap are made equal."""
    for a, b in _SWAPS:
        word = word.replace(a, b)
    out: list[str] = []
    for c in word:
        if not out or out[-1] != c:
            out.append(c)
    return re.sub(r"(?<=.)[aiueh]+(?=.)|(?<=..)[aiuh]+$", lambda m: m[0][0], "".join(out))


def sound_key(name: str) -> str:
    """The key under which other transliterations of a person's name are looked up; particles are left out."""
    words = [w for w in person_words(name) if w not in _PARTICLES]
    if not words:
        return ""
    return " ".join((sounds(words[0]), sounds(words[-1]))) if len(words) > 1 else sounds(words[0])


def slug(name: str) -> str:
    """*name* as a part of an id: ASCII where it can be, words joined by a hyphen."""
    return "-".join(folded(name).split())[:80] or "unnamed"
