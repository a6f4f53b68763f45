"""Quoted stretches: where quotation marks open and close, however they were typed.

Double marks are curly, straight, doubled single (`` '' ''``), back-ticked or guillemets; single marks count where they
cannot be apostrophes. A stretch never leaves its paragraph (line): a quotation that runs over several re-opens its
marks in each, so an unclosed one ends with its line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_DOUBLE = r"[“”„‟«»＂]|(?<!\S)\"{2,3}(?=\w)|\"{2,3}(?![\w\"])|\"|''|``|’’|‘‘"
_DOUBLE_MARK = re.compile(_DOUBLE)
_MARK = re.compile(rf"{_DOUBLE}|[‘’‚'`]")
_DOUBLE_OPEN = frozenset("“„‟«") | {"``", "‘‘"}
_DOUBLE_CLOSE = frozenset("”»") | {"’’"}
_DOUBLE_EITHER = frozenset(('"', '""', '"""', "＂", "''"))
# What closes a stretch that one of these opened; any other is closed by any closing mark but a guillemet.
_CLOSES = {"„": "“”‟\"", "«": "»", "»": "«»"}
_OPENERS_BEFORE = frozenset(" \t\xa0\u2009\u200a\u202f([{—–-/…:“\"‘'")
_FEET = re.compile(r"\d['’′]\s?\d[\d./½¼¾]*$")
_SIZE = re.compile(r"\s\d{1,3}(?:\.\d)?$")
# Words that begin with an apostrophe: 'tis, rock 'n' roll; with a mark right after the word it is quoted, not cut.
_ELISION = re.compile(r"n['’]|(?:tis|twas|twere|em|till?|cause|cuz|n|bout|round|nuff|fraid|kay|hood|burbs|nam)\b(?!['’])", re.I)
_YEARS = re.compile(r"\d\d(?:s|\b)(?![,.]\d)")
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
    """Outermost quoted stretches of *text*, in order, none overlapping another. Cost is linear in its length."""
    out: list[Stretch] = []
    base = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        if body:
            _scan(body, base, out)
        base += len(line)
    return out


def stretch_at(stretches: Sequence[Stretch], at: int) -> Stretch | None:
    """The last of *stretches*, in order, that begins at character *at* or before it, if it does not end before."""
    k = bisect_right(stretches, at, key=lambda stretch: stretch.start) - 1
    return stretches[k] if k >= 0 and at < stretches[k].end else None


def _scan(line: str, base: int, out: list[Stretch]) -> None:
    opened: tuple[int, int] | None = None  # start and end of the opening double mark
    skip_to = -1
    singles = _Singles(line)
    for match in _MARK.finditer(line):
        mark, start, end = match.group(), match.start(), match.end()
        if start < skip_to:
            continue
        double = mark in _DOUBLE_OPEN or mark in _DOUBLE_CLOSE or mark in _DOUBLE_EITHER
        if double:
            if opened is None:
                if mark not in _DOUBLE_OPEN and not _may_open(line, start, end):
                    continue  # closes what never opened; inches, or a stray mark
                opened = (start, end)
            elif _closes(line, opened, mark, start, end):
                if line[opened[1] : start].strip():
                    out.append(Stretch(base + opened[0], base + end, base + opened[1], base + start, True))
                opened = None
        elif opened is None and _single_opens(line, start, end):
            close = singles.close(end)
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


def _closes(line: str, opened: tuple[int, int], mark: str, start: int, end: int) -> bool:
    """Whether the double *mark* closes the stretch that *opened* began."""
    closers = _CLOSES.get(line[slice(*opened)])
    if closers is not None:
        return mark in closers
    if mark in ("«", "»") or _inches(line, mark, start, end):
        return False
    if mark in _DOUBLE_OPEN:  # typed the wrong way round: “so“
        return _stands_after(line, start, end)
    return mark in _DOUBLE_CLOSE or _may_close(line, start, end)


def _stands_after(line: str, start: int, end: int) -> bool:
    """Whether the mark clings to what is before it and to nothing after it."""
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    return not before.isspace() and before not in _OPENERS_BEFORE and (after.isspace() or after in ".,;:!?)]")


def _inches(line: str, mark: str, start: int, end: int) -> bool:
    """Whether *mark*, after a figure, measures, and another one further on closes."""
    if not line[start - 1 : start].isnumeric():
        return False
    figure = _FEET.search(line, max(0, start - 12), start) or (mark in _DOUBLE_EITHER and _SIZE.search(line, max(0, start - 6), start))
    if not figure:
        return False
    following = _DOUBLE_MARK.search(line, end)
    return following is not None and following.group() not in _DOUBLE_OPEN and not line[following.start() - 1].isspace()


def _single_opens(line: str, start: int, end: int) -> bool:
    if line[start] not in "‘'‚`":
        return False
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    if before not in _OPENERS_BEFORE:
        return False
    if after.isdigit():
        return _YEARS.match(line, end) is None
    return (after.isalpha() or after in "[(…$£€") and _ELISION.match(line, end) is None


class _Singles:
    """The single marks of a line: which of them can close a stretch."""

    def __init__(self, line: str) -> None:
        self._line = line

    @cached_property
    def _marks(self) -> tuple[list[int], list[int], list[int]]:
        """Where a mark closes, where one closes or is an apostrophe (dogs', goin'), and where one opens."""
        sure: list[int] = []
        unsure: list[int] = []
        opens: list[int] = []
        line = self._line
        for match in re.finditer("[‘’'‚`]", line):
            i = match.start()
            before, after = line[i - 1] if i else " ", line[i + 1] if i + 1 < len(line) else " "
            if line[i] in "’'" and not after.isalnum() and not before.isspace():
                if line[i - 2 : i].lower() not in ("'n", "’n", "‘n"):  # rock 'n' roll
                    (unsure if before == "s" or line[i - 2 : i] == "in" else sure).append(i)
            elif _single_opens(line, i, i + 1):
                opens.append(i)
        return sure, unsure, opens

    def close(self, begin: int) -> int | None:
        """The mark that closes a stretch begun at *begin*, or None if none can be told from apostrophes."""
        sure, unsure, opens = (_first(found, begin + 1, begin + _SINGLE_MAX) for found in self._marks)
        if unsure is not None and (sure is None or (opens is not None and unsure < opens < sure)):
            sure = unsure  # taken only if nothing better follows
            if _DOUBLE_MARK.search(self._line, begin, sure):
                return None
        if sure is None or len(_DOUBLE_MARK.findall(self._line, begin, sure)) % 2:
            return None
        return sure


def _first(places: list[int], least: int, limit: int) -> int | None:
    i = bisect_left(places, least)
    return places[i] if i < len(places) and places[i] < limit else None
