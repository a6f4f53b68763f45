"""Quoted stretches: where quotation marks open and close, however they were typed.

Double marks are curly, straight, doubled single (`` '' ''``), back-ticked or guillemets; single marks count where they
cannot be apostrophes. A stretch never leaves its paragraph (line): a quotation that runs over several re-opens its
marks in each, so an unclosed one ends with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[“”„‟«»\"＂]|''|``|’’|‘‘|[‘’‚'`]")
_DOUBLE_OPEN = frozenset("“„‟«") | {"``", "‘‘"}
_DOUBLE_CLOSE = frozenset("”»") | {"’’"}
_DOUBLE_EITHER = frozenset(('"', "＂", "''"))
_OPENERS_BEFORE = frozenset(" \t\xa0\u2009\u200a\u202f([{—–-/…:“\"‘'")
# A single-marked stretch longer than this is two apostrophes, not a quotation (code points).
_SINGLE_MAX = 1500


@dataclass(frozen=True, slots=True)
class Stretch:
    """One quoted stretch, marks included; *inner* excludes them. ``closed`` is False where the line ended first."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool = False


def quoted_stretches(text: str) -> list[Stretch]:
    """Outermost quoted stretches of *text*, in order, none overlapping another."""
    out: list[Stretch] = []
    base = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        if body:
            _scan(body, base, out)
        base += len(line)
    return out


def _scan(line: str, base: int, out: list[Stretch]) -> None:
    opened: tuple[int, int] | None = None  # start and end of the opening double mark
    skip_to = -1
    for match in _MARK.finditer(line):
        mark, start, end = match.group(), match.start(), match.end()
        if start < skip_to:
            continue
        double = mark in _DOUBLE_OPEN or mark in _DOUBLE_CLOSE or mark in _DOUBLE_EITHER
        if double:
            if opened is None:
                if mark in _DOUBLE_CLOSE and not _may_open(line, start, end):
                    continue  # closes what never opened
                if mark in _DOUBLE_EITHER and not _may_open(line, start, end):
                    continue  # inches, or a stray mark
                opened = (start, end)
            elif mark in _DOUBLE_CLOSE or (mark in _DOUBLE_EITHER and _may_close(line, start, end)):
                out.append(Stretch(base + opened[0], base + end, base + opened[1], base + start, True))
                opened = None
        elif opened is None and _single_opens(line, start, end):
            close = _single_close(line, end)
            if close is not None:
                out.append(Stretch(base + start, base + close + 1, base + end, base + close, True, single=True))
                skip_to = close + 1
    if opened is not None and len(line.rstrip()) > opened[1]:
        stop = len(line.rstrip())
        out.append(Stretch(base + opened[0], base + stop, base + opened[1], base + stop, False))


def _may_open(line: str, start: int, end: int) -> bool:
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    return (before in _OPENERS_BEFORE or (not before.isalnum() and before not in ".,!?;%)]")) and not after.isspace()


def _may_close(line: str, start: int, end: int) -> bool:
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    return not before.isspace() or not after.isalnum()


def _single_opens(line: str, start: int, end: int) -> bool:
    if line[start] not in "‘'‚`":
        return False
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    return (before in _OPENERS_BEFORE) and (after.isalpha() or after in "[(…$£€") and line[end : end + 4].lower() not in (
        "tis ", "twas", "em a", "em i", "em o", "til ", "cause"[:4],
    )


def _single_close(line: str, begin: int) -> int | None:
    """Position of the single mark that closes a stretch begun at *begin*, or None if none can be told from apostrophes."""
    fallback = None
    for i in range(begin, min(len(line), begin + _SINGLE_MAX)):
        if line[i] not in "’'":
            continue
        before, after = line[i - 1], line[i + 1] if i + 1 < len(line) else " "
        if after.isalnum() or before.isspace() or i == begin:
            continue
        if before in ".,!?…;—" or not before == "s":
            return i
        if fallback is None:
            fallback = i  # a plural possessive, or the end after an s: taken only if nothing better follows
    return fallback
