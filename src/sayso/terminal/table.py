"""The table: many statements, one a line, as `sayso statements` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, Final

from sayso.terminal.characters import cells, clean, cut, padded
from sayso.terminal.notes import NO_SPEAKER, act, percentage
from sayso.terminal.styles import BOLD, QUIET, STANCES, Run, painted

_NARROWEST: Final = 24
#: Below this width a row takes two lines: who, act, date and confidence, then the content.
_COLUMNS: Final = 64
#: Rows that the widths of the columns are fitted to; those after it are cut where they do not fit.
_FITTED: Final = 100
_GAP: Final = "  "
_HEADINGS: Final = ("date", "speaker", "act", "content", "conf")
_LONGEST_PLACE: Final = 24
_LONGEST_SPEAKER: Final = 32
_DAY: Final = len("2000-01-01")
_LONGEST_ACT: Final = len("not criticise")
_CONFIDENCE: Final = 4
_INDENT: Final = 2
_RULE: Final = "─"


def render_table(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows*, statements as in the JSON Lines contract, as lines of at most *width* cells, with a heading.

    Columns: when it was said, else the report's date, else its outlet or file; the words that name the speaker; the act;
    the content, cut to fit; the confidence. Rows are printed as they come: only the first hundred are looked at ahead, to
    fit the columns. Widths below 24 are taken as 24. Nothing at all is printed for no rows.
    """
    width = max(width, _NARROWEST)
    coming = iter(rows)
    head = list(islice(coming, _FITTED))
    if not head:
        return
    render = _columns if width >= _COLUMNS else _stacked
    for line in render(head, coming, width):
        yield painted(line, colour=colour)


def _columns(head: list[Mapping[str, Any]], rest: Iterable[Mapping[str, Any]], width: int) -> Iterator[list[Run]]:
    """One line a row."""
    longest = (min(_LONGEST_PLACE, max(_DAY, width // 6)), min(_LONGEST_SPEAKER, width // 4), _LONGEST_ACT)
    seen = list(zip(*((_place(row), _speaker(row), _act(row)) for row in head), strict=True))
    place, speaker, deed = (
        min(most, max(len(heading), *map(cells, column))) for most, heading, column in zip(longest, _HEADINGS, seen, strict=False)
    )
    content = width - place - speaker - deed - _CONFIDENCE - 4 * len(_GAP)
    widths = (place, speaker, deed, content)
    yield [(_GAP.join(f"{heading:<{size}}" for heading, size in zip(_HEADINGS, (*widths, _CONFIDENCE), strict=True)), BOLD)]
    yield [(_GAP.join(_RULE * size for size in (*widths, _CONFIDENCE)), QUIET)]
    for row in chain(head, rest):
        values = (_place(row), _speaker(row), _act(row), _content(row))
        styles = (QUIET, BOLD if row.get("source") else QUIET, _stance(row), "")
        line: list[Run] = []
        for value, size, style in zip(values, widths, styles, strict=True):
            line += [(padded(value, size), style), (_GAP, "")]
        yield [*line, (f"{_confidence(row):>{_CONFIDENCE}}", "")]


def _stacked(head: list[Mapping[str, Any]], rest: Iterable[Mapping[str, Any]], width: int) -> Iterator[list[Run]]:
    """Two lines a row, for narrow terminals."""
    for row in chain(head, rest):
        place = cut(_place(row), width // 3)
        fixed = cells(place) + _CONFIDENCE + 3 * len(_GAP) + cells(_act(row))
        speaker = cut(_speaker(row), max(1, width - fixed))
        filled = cells(speaker) + fixed
        yield [
            (speaker, BOLD if row.get("source") else QUIET),
            (_GAP + cut(_act(row), max(1, width - fixed + cells(_act(row)) - cells(speaker))), _stance(row)),
            (" " * max(0, width - filled) + _GAP, ""),
            (place, QUIET),
            (f"{_GAP}{_confidence(row):>{_CONFIDENCE}}", ""),
        ]
        yield [(" " * _INDENT + cut(_content(row), width - _INDENT), "")]


def _place(row: Mapping[str, Any]) -> str:
    """When it was said, else when or where it was reported."""
    report = row.get("report") or {}
    day = row.get("said_on") or report.get("published")
    if day:
        return clean(str(day))[:_DAY]
    path = str(report.get("path") or "")
    return clean(str(report.get("outlet") or path.replace("\\", "/").rsplit("/", 1)[-1] or "unknown"))


def _speaker(row: Mapping[str, Any]) -> str:
    """Who speaks, where it is known, else the words that name the speaker."""
    known = row.get("speaker")
    if known and known.get("kind") != "anonymous":
        return clean(str(known["name"]))
    source = row.get("source")
    return clean(str(source["text"])) if source else NO_SPEAKER


def _act(row: Mapping[str, Any]) -> str:
    return act(clean(str(row.get("act") or "")), negated=bool(row.get("negated")))


def _stance(row: Mapping[str, Any]) -> str:
    return STANCES.get(str(row.get("stance")), "")


def _content(row: Mapping[str, Any]) -> str:
    return clean(str((row.get("content") or {}).get("text") or ""))


def _confidence(row: Mapping[str, Any]) -> str:
    confidence = row.get("confidence")
    return "" if confidence is None else percentage(float(confidence))
