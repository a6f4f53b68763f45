"""Numbers: what words of the grammar tell of how many, and how long that is."""

from __future__ import annotations

from sayso.dates.lexicon import grammar

#: Of the units of the lexicon: the letter in a duration, and how many of it.
_IN_DURATION = {
    "S": ("TS", 1),
    "MI": ("TM", 1),
    "H": ("TH", 1),
    "D": ("D", 1),
    "W": ("W", 1),
    "2W": ("W", 2),
    "M": ("M", 1),
    "Q": ("M", 3),
    "Y": ("Y", 1),
    "E": ("Y", 10),
    "C": ("Y", 100),
}
#: Half of a unit: whether the unit is one of time of day, and the half in smaller ones.
_HALF = {"Y": (False, "6M"), "D": (False, "T12H"), "H": (True, "30M"), "MI": (True, "30S")}


def number(words: str) -> float | None:
    """The number that *words* (tokens with spaces) say; None for "several"."""
    g = grammar()
    tokens = [t for t in words.split() if t not in ("-", "and")]
    if words in ("a", "an", "another", "one"):
        return 1
    if words.startswith("half") or words == "a half -":
        return 0.5
    if tokens and tokens[0].isdigit():
        if len(tokens) == 4 and tokens[2] == "/":
            return int(tokens[0]) + (int(tokens[1]) / int(tokens[3]) if int(tokens[3]) else 0)
        if len(tokens) == 3:
            return float("".join(tokens)) if tokens[1] == "." else float(tokens[0] + tokens[2])
        return float(tokens[0]) if len(tokens) == 1 else None
    if ("COUPLE", words) in g.values:
        return 2
    if ("NUMBER", words) in g.values:
        return int(g.values["NUMBER", words])
    if ("SOME", words) in g.values or (len(tokens) > 1 and ("SOME", tokens[0]) in g.values):
        return None
    total = 0
    for token in tokens:
        known = g.value(("NUMBER", "TENS"), token)
        if known is not None:
            total += int(known)
        elif token in ("hundred", "thousand"):
            total = (total or 1) * int(g.value(("HUNDRED", "THOUSAND"), token) or 1)
    return total or None


def duration(count: float | None, unit: str) -> str:
    """So many (None: nobody tells how many) of a *unit* of the lexicon, in ISO 8601."""
    letter, times = _IN_DURATION[unit]
    if count is not None and count % 1 == 0.5 and unit in _HALF:
        larger, smaller = _HALF[unit]
        whole = f"{int(count)}{letter[-1]}" if count > 1 else ""
        return f"P{'T' if larger else ''}{whole}{smaller}"
    figures = "X" if count is None else f"{count * times:g}"
    return f"P{'T' if letter[0] == 'T' else ''}{figures}{letter[-1]}"


def ordinal_day(words: str) -> int:
    """The day of the month that an ordinal says; below 1 where it says none."""
    g = grammar()
    known = g.value(("ORDINAL",), words)
    if known is not None:
        return int(known)
    tens, *_, ones = words.split()
    figure = int(g.value(("ORDINAL",), ones) or 0)
    return int(g.value(("TENS",), tens) or 0) + figure if 1 <= figure <= 9 else 0


def year_of_two(figures: str) -> str:
    """The year that two figures tell: '87."""
    return ("20" if figures < "30" else "19") + figures
