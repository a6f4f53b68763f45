"""Entries: what a register says of one actor, checked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.actors.actor import Actor, Holding
from sayso.actors.naming import folded
from sayso.actors.registry import NameHow
from sayso.mentions.lexicon import GENERIC, PRONOUNS

#: So many names of one actor are taken; the longest list in OpenSanctions has about half as many.
MAX_NAMES: Final = 200
MAX_NAME: Final = 300
_YEARS: Final = range(1, 2201)
_DATE: Final = re.compile(r"\+?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?")
# What Wikidata gives for "some value, not known which".
_UNKNOWN_DATE: Final = re.compile(r"(?i)t\d+|_:.*|https?://.*|unknown|none|null|\?")
_WORDS: Final = PRONOUNS.keys() | GENERIC | frozenset(
    "a an the and or but not no yes of in on at to for from by with as if is are was were be been has have had do does did "
    "will would can could may might must shall should here there now then today monday tuesday wednesday thursday friday saturday "
    "sunday january february march april june july august september october november december".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryName:
    """One name of an actor, how it names it, and in which times (ISO, as precise as known)."""

    name: str
    how: NameHow = "alias"
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a register says of one actor.

    *names* has the main one first; none of them is left where the actor is one of the package and bears them there.
    *surnames* are those that the register tells as such, where the last word of the name is not one ("Xi"). *register_id*
    is the register's own id of it; *like* the ids of the package's actors that bear its name, but may be somebody else.
    """

    origin: str
    actor: Actor
    names: tuple[EntryName, ...] = ()
    holdings: tuple[Holding, ...] = ()
    surnames: tuple[str, ...] = ()
    register_id: str | None = None
    like: tuple[str, ...] = ()


def checked_name(value: str) -> str:
    """*value* on one line, its white space made even.

    Raises ValueError, with what is wrong, for what cannot be a name, or cannot be told from a word.
    """
    # a lone surrogate is a byte that was no UTF-8, or half an escape
    if "\ufffd" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise ValueError(f"the name {_shown(value)} is not UTF-8")
    name = " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in value).split())
    if len(name) > MAX_NAME:
        raise ValueError(f"a name of {len(name):,} characters")
    key = folded(name)
    letters = [c for c in key if c.isalpha()]
    if not letters:
        raise ValueError(f"the name {_shown(name)} has no letters")
    if len(letters) == 1 and letters[0].lower() != letters[0].upper():  # one sign may be a whole name in Chinese
        raise ValueError(f"the name {_shown(name)} is one letter")
    if " " not in key:
        if name == name.lower() != name.upper():
            raise ValueError(f"the name {_shown(name)} in lower case cannot be told from a word")
        if key in _WORDS and not (name.isupper() and len(name) > 2):
            raise ValueError(f"the name {_shown(name)} is a common word")
    return name


def _shown(value: str) -> str:
    return ascii(value[:40]) if any("\ud800" <= c <= "\udfff" for c in value) else repr(value[:40])


def checked_date(value: str | None, precision: str | None = None) -> str | None:
    """*value* as YYYY, YYYY-MM or YYYY-MM-DD, as precise as it is; None for what says that it is not known.

    *precision* is Wikidata's (9 a year, 10 a month, 11 a day). Raises ValueError, with what is wrong, for anything else.
    """
    text = (value or "").strip()
    if not text or _UNKNOWN_DATE.fullmatch(text):
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{_shown(text)} is not a date (YYYY-MM-DD, YYYY-MM or YYYY)")
    year, month, day = match.groups()
    month, day = (None if part in (None, "00") else part for part in (month, day))
    try:
        date(int(year), int(month or 1), int((month and day) or 1))
    except ValueError:
        raise ValueError(f"there is no day {_shown(text)}") from None
    if int(year) not in _YEARS:
        raise ValueError(f"the year {year} cannot be")
    if precision == "9" or month is None:
        return year
    return f"{year}-{month}" if precision == "10" or day is None else f"{year}-{month}-{day}"


def checked_times(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Both, if the first is not after the last. Raises ValueError otherwise; vague bounds are taken widely."""
    if since and until:
        size = min(len(since), len(until))
        if since[:size] > until[:size]:
            raise ValueError(f"it starts on {since}, after its end on {until}")
    return since, until
