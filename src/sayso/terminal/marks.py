"""Marks: what is put into a text to show where the parts of its statements begin and end.

‹source›¹  _cue_¹  ⟦¹content⟧¹: each kind has its own sign, every mark the number of its statement, inner contents stand inside
outer ones. Parts that run over several paragraphs are opened and closed in each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sayso.spans import Span, Spans
from sayso.statements import Statement
from sayso.terminal.characters import extends
from sayso.terminal.lines import BREAKING, Setter
from sayso.terminal.styles import BOLD, QUIET, UNDERLINED, combined, depth_colour

_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_JOINER: Final = "\u200d"


class Part(IntEnum):
    """The parts of a statement, in the order in which marks that begin together are opened."""

    CONTENT = 0
    SOURCE = 1
    CUE = 2


SIGNS: Final = {Part.CONTENT: ("⟦", "⟧"), Part.SOURCE: ("‹", "›"), Part.CUE: ("_", "_")}


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of a part, within one paragraph; *numbers* are those of the statements that share it."""

    start: int
    end: int
    part: Part
    depth: int
    numbers: tuple[int, ...]


def superscript(number: int) -> str:
    return str(number).translate(_SUPERSCRIPTS)


def depths(statements: Sequence[Statement]) -> list[int]:
    """How many statements each one stands in. A parent that leads back to its child is not followed further."""
    unknown, underway = -1, -2
    out = [unknown] * len(statements)
    for index in range(len(statements)):
        path: list[int] = []
        at: int | None = index
        while at is not None and out[at] == unknown:
            out[at] = underway
            path.append(at)
            at = statements[at].parent
        depth = 0 if at is None or out[at] == underway else out[at] + 1
        for step in reversed(path):
            out[step] = depth
            depth += 1
    return out


def marks(text: str, paragraphs: Sequence[Span], statements: Sequence[Statement], depth: Sequence[int]) -> dict[int, list[Mark]]:
    """The marks of each paragraph, by its index; those of several statements that coincide are one."""
    shared: dict[tuple[int, int, int, Part, int], list[int]] = defaultdict(list)
    begins = [start for start, _ in paragraphs]
    for index, statement in enumerate(statements):
        parts: tuple[tuple[Part, Spans], ...] = (
            (Part.CONTENT, statement.content),
            (Part.SOURCE, statement.source),
            (Part.CUE, statement.cue),
        )
        for part, spans in parts:
            for paragraph, start, end in pieces(text, paragraphs, begins, spans):
                numbers = shared[paragraph, start, end, part, depth[index]]
                if index + 1 not in numbers[-1:]:
                    numbers.append(index + 1)
    out: dict[int, list[Mark]] = defaultdict(list)
    for (paragraph, start, end, part, level), numbers in shared.items():
        out[paragraph].append(Mark(start, end, part, level, tuple(numbers)))
    return out


def pieces(text: str, paragraphs: Sequence[Span], begins: Sequence[int], spans: Spans) -> Iterator[tuple[int, int, int]]:
    """*spans* cut at the paragraphs' ends and trimmed: index of the paragraph, start, end. What holds no ink is left out."""
    for begin, stop in spans:
        at = max(0, bisect_right(begins, begin) - 1)
        while at < len(paragraphs) and paragraphs[at][0] < stop:
            start, end = max(begin, paragraphs[at][0]), min(stop, paragraphs[at][1])
            while start < end and text[start] in BREAKING:
                start += 1
            while start < end and text[end - 1] in BREAKING:
                end -= 1
            if start < end:
                low, high = paragraphs[at]
                while start > low and _clings(text, start):
                    start -= 1
                while end < high and _clings(text, end):
                    end += 1
                yield at, start, end
            at += 1


def _clings(text: str, position: int) -> bool:
    """Whether the character at *position* shares its place with the one before, so that no mark may part them."""
    before = text[position - 1]
    return before not in BREAKING and (extends(text[position]) or before == _JOINER)


def set_marked(text: str, paragraph: Span, found: Sequence[Mark], anchors: Sequence[tuple[int, int]], setter: Setter) -> None:
    """Set *paragraph* of *text* with its marks.

    *anchors* are positions with a key each: the setter is told when it comes to them.
    """
    events: list[tuple[int, int, int, tuple[int, ...], Mark | int]] = []
    for mark in found:
        rank = (int(mark.part), mark.depth, *mark.numbers)
        events.append((mark.end, 0, -mark.start, tuple(-value for value in rank), mark))
        events.append((mark.start, 1, -mark.end, rank, mark))
    events.extend((position, 2, 0, (key,), key) for position, key in anchors)
    events.sort(key=lambda event: event[:4])
    position = paragraph[0]
    state = _State()
    for at, kind, _, _, item in events:
        if at > position:
            setter.text(text[position:at], state.style())
            position = at
        if not isinstance(item, Mark):
            setter.anchor(item)
        elif kind:
            state.add(item, 1)
            _open(item, setter, text[at])
        else:
            _close(item, setter)
            state.add(item, -1)
    setter.text(text[position : paragraph[1]], state.style())


class _State:
    """Which parts are open, for the style of the words."""

    def __init__(self) -> None:
        self.contents: dict[int, int] = {}
        self.sources = self.cues = 0

    def add(self, mark: Mark, change: int) -> None:
        if mark.part is Part.SOURCE:
            self.sources += change
        elif mark.part is Part.CUE:
            self.cues += change
        else:
            count = self.contents.get(mark.depth, 0) + change
            if count:
                self.contents[mark.depth] = count
            else:
                del self.contents[mark.depth]

    def style(self) -> str:
        colour = depth_colour(max(self.contents)) if self.contents else ""
        return combined(BOLD if self.sources else "", UNDERLINED if self.cues else "", colour)


def _open(mark: Mark, setter: Setter, before: str) -> None:
    colour = depth_colour(mark.depth)
    sign = SIGNS[mark.part][0]
    if mark.part is Part.CONTENT:
        setter.opening(sign + superscript(mark.numbers[0]), colour, before)
        for number in mark.numbers[1:]:
            setter.opening("·" + superscript(number), colour, before)
    else:
        setter.opening(sign, combined(QUIET, colour), before)


def _close(mark: Mark, setter: Setter) -> None:
    colour = depth_colour(mark.depth)
    setter.closing(SIGNS[mark.part][1], colour if mark.part is Part.CONTENT else combined(QUIET, colour))
    setter.closing(superscript(mark.numbers[0]), colour)
    for number in mark.numbers[1:]:
        setter.closing("·" + superscript(number), colour)
