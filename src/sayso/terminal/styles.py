"""Styles: the few renditions the terminal output uses, from the sixteen colours that every theme sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: A piece of text and its style: parameters of an SGR sequence, "" for none.
Run = tuple[str, str]

BOLD: Final = "1"
QUIET: Final = "2"
UNDERLINED: Final = "4"
#: Colour of a content by its depth, outermost first.
DEPTHS: Final = ("36", "35", "32", "34", "33")
STANCES: Final = {"affirm": "", "deny": "31", "doubt": "33", "want": "34", "none": QUIET}


def depth_colour(depth: int) -> str:
    return DEPTHS[depth % len(DEPTHS)]


def combined(*styles: str) -> str:
    return ";".join(style for style in styles if style)


def painted(runs: Iterable[Run], *, colour: bool) -> str:
    """*runs* as one string: plain, or with the escape sequences that style them; white space at the end dropped."""
    out: list[str] = []
    current = ""
    for text, style in _without_trailing_space(runs):
        wanted = style if colour else ""
        if wanted != current:
            if current:
                out.append("\x1b[0m")
            if wanted:
                out.append(f"\x1b[{wanted}m")
            current = wanted
        out.append(text)
    if current:
        out.append("\x1b[0m")
    return "".join(out)


def _without_trailing_space(runs: Iterable[Run]) -> list[Run]:
    kept = [run for run in runs if run[0]]
    while kept:
        text, style = kept.pop()
        text = text.rstrip(" ")
        if text:
            kept.append((text, style))
            break
    return kept
