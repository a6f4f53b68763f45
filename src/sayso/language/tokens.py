"""Tokens: runs of word characters, and each other visible character by itself."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|[^\w\s]")

SHAPES = ("lower", "capital", "upper", "mixed", "digit", "mark")
MARK = SHAPES.index("mark")


class Token(NamedTuple):  # made thrice as fast as a frozen dataclass, and there are many
    """Half-open code-point offsets of one token, whether a line break stands before it, and its shape."""

    start: int
    end: int
    after_break: bool
    shape: int  # index into SHAPES


def tokenise(text: str) -> list[Token]:
    """Tokens of *text* in order. Cost is linear in its length."""
    out: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        after_break = start == 0 or "\n" in text[last:start] or "\r" in text[last:start]
        out.append(Token(start, end, after_break, _shape(match.group())))
        last = end
    return out


def _shape(form: str) -> int:
    if not form[0].isalnum() and len(form) == 1:
        return MARK
    if form[0].isdigit():
        return 4
    if form.islower():
        return 0
    if form.isupper():
        return 2 if len(form) > 1 else 1
    if form[0].isupper() and form[1:].islower():
        return 1
    return 3 if any(ch.isupper() for ch in form) else 0
