"""Lines: styled words set one after another into a measure, as a compositor fills a stick."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from sayso.terminal.characters import cells, clusters, extends, is_simple, shown
from sayso.terminal.styles import Run

_TAB: Final = 4
_WIDEST_GAP: Final = 8  # cells; longer white space inside a line tells a reader nothing more
#: White space a line may be broken at. No-break spaces are not among it; the separators U+001C to U+001F are shown.
BREAKING: Final = " \t\n\r\v\f\x85\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
_PIECES: Final = re.compile(f"([{BREAKING}]+)|[^{BREAKING}]+")
_LINE_BREAK: Final = re.compile("[\n\r\v\f\x85\u2028\u2029]")
#: Where a word may be broken without anything added: after the hyphen of a compound, after a dash.
_WITHIN_WORD: Final = re.compile(r"(?<=\w\w)-(?=\w\w)|(?<=\w)[–—](?=\w)")
# What East Asian typesetting does not begin or end a line with.
_NOT_FIRST: Final = frozenset("、。，．・：；！？）」』】》〉〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…’”%％")
_NOT_LAST: Final = frozenset("（「『【《〈〔［｛‘“")
_ZERO_WIDTH_SPACE: Final = "\u200b"


class _Edge(Enum):
    """What the word in hand ends in, for whether the line may be broken there."""

    NONE = 0  # nothing yet
    LETTER = 1  # a break only before East Asian characters
    OPEN = 2  # a break before anything that may begin a line
    CLOSED = 3  # no break


class Line:
    """Runs of styled text that stand side by side, and the cells they take."""

    __slots__ = ("runs", "width")

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.width = 0

    def add(self, text: str, width: int, style: str) -> None:
        self.runs.append((text, style))
        self.width += width

    def extend(self, other: Line) -> None:
        self.runs += other.runs
        self.width += other.width


class Setter:
    """Sets what it is given into lines of at most *measure* cells.

    *anchors* holds, for every key given to anchor(), the index of the line that the next character came to stand on.
    """

    def __init__(self, measure: int) -> None:
        self.measure = measure
        self.anchors: list[tuple[int, int]] = []  # line, key
        self._lines: list[Line] = [Line()]
        self._word: list[tuple[str, int, str]] = []  # text, width (-1: an anchor, its key as text), style
        self._word_width = 0
        self._gap = 0
        self._gap_style = ""
        self._after = _Edge.NONE

    def text(self, outside: str, style: str = "") -> None:
        """Set text from outside: harmless, words kept whole where they fit, white space kept within a line."""
        for piece in _PIECES.finditer(outside):
            space, word = piece.group(1), piece.group()
            if space:
                self._space(space, style)
            elif is_simple(word):
                self._simple(word, style)
            else:
                self._other(word, style)

    def opening(self, mark: str, style: str, before: str) -> None:
        """Set a mark of our own that must stand on one line with the character *before* which it comes."""
        self._break_before(before, wide=cells(shown(before)) > 1)
        self._put(mark, len(mark), style)
        self._after = _Edge.CLOSED

    def closing(self, mark: str, style: str) -> None:
        """Set a mark of our own that must stand on one line with the character before it."""
        self._put(mark, len(mark), style)

    def anchor(self, key: int) -> None:
        self._word.append((str(key), -1, ""))

    def lines(self) -> list[Line]:
        """All lines set; nothing may be added afterwards."""
        self._flush()
        return self._lines

    def _put(self, text: str, width: int, style: str) -> None:
        self._word.append((text, width, style))
        self._word_width += width

    def _space(self, space: str, style: str) -> None:
        self._flush()
        if _LINE_BREAK.search(space):
            self._gap = 1
        else:
            self._gap = min(_WIDEST_GAP, sum(_TAB if c == "\t" else 2 if c == "\u3000" else 1 for c in space))
        self._gap_style = style

    def _simple(self, word: str, style: str) -> None:
        self._break_before(word[0], wide=False)
        begin = 0
        if not word.isalnum():
            for hyphen in _WITHIN_WORD.finditer(word):
                self._put(word[begin : hyphen.end()], hyphen.end() - begin, style)
                self._flush()
                begin = hyphen.end()
        self._put(word[begin:], len(word) - begin, style)
        self._after = _Edge.CLOSED if word[-1] in _NOT_LAST else _Edge.LETTER

    def _other(self, word: str, style: str) -> None:
        for number, part in enumerate(word.split(_ZERO_WIDTH_SPACE)):
            if number and self._after is _Edge.LETTER:
                self._after = _Edge.OPEN
            visible = shown(part)
            if visible and extends(visible[0]):
                visible = "◌" + visible
            for cluster, width in clusters(visible):
                wide = width > 1
                self._break_before(cluster[0], wide=wide)
                self._put(cluster, width, style)
                self._after = _Edge.CLOSED if cluster in _NOT_LAST else _Edge.OPEN if wide else _Edge.LETTER

    def _break_before(self, char: str, *, wide: bool) -> None:
        """Let the line be broken here if what came before and *char*, which comes now, allow it."""
        if (self._after is _Edge.OPEN or (wide and self._after is _Edge.LETTER)) and char not in _NOT_FIRST:
            self._flush()

    def _flush(self) -> None:
        """Move the word in hand to the line in hand, or to a new one where it does not fit."""
        self._after = _Edge.NONE
        if not self._word:
            return
        line = self._lines[-1]
        if line.width and line.width + self._gap + self._word_width > self.measure:
            line = self._new_line()
        elif line.width and self._gap:
            line.add(" " * self._gap, self._gap, self._gap_style)
        self._gap = 0
        for text, width, style in self._word:
            if width < 0:
                self.anchors.append((len(self._lines) - 1, int(text)))
            elif line.width + width <= self.measure:
                line.add(text, width, style)
            else:
                for cluster, size in clusters(text):
                    if line.width + size > self.measure:
                        line = self._new_line()
                    line.add(cluster, size, style)
        self._word = []
        self._word_width = 0

    def _new_line(self) -> Line:
        self._lines.append(Line())
        return self._lines[-1]


def line_of(text: str, style: str = "") -> Line:
    """A line of one-cell characters of our own."""
    line = Line()
    line.add(text, len(text), style)
    return line


def set_text(outside: str, measure: int, style: str = "") -> list[Line]:
    """*outside* in lines of at most *measure* cells, in one style."""
    setter = Setter(measure)
    setter.text(outside, style)
    return setter.lines()
