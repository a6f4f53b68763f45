"""The timeline: statements in the order in which they were made, one a line, each with the outlet that carried it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, Final

from sayso.terminal.characters import cells, clean, cut, padded
from sayso.terminal.notes import NO_OUTLET, NO_SPEAKER, act
from sayso.terminal.styles import BOLD, QUIET, STANCES, Run, painted

_NARROWEST: Final = 40
_FITTED: Final = 100
_GAP: Final = "  "
_DAY: Final = len("≤ 2000-01-01")
_LONGEST_SPEAKER: Final = 24
_LONGEST_ACT: Final = len("not criticise")
_LONGEST_OUTLET: Final = 20
_UNKNOWN: Final = "not known"


def render_timeline(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows* of Record.timeline() as lines of at most *width* cells, with a heading; nothing for no rows.

    A day that is the same as in the line above is not said again. Where only the day of publication is known, "≤" stands before
    it. Widths below 40 are taken as 40; where there is no room, first the act, then the outlet is left out.
    """
    width = max(width, _NARROWEST)
    coming = iter(rows)
    head = list(islice(coming, _FITTED))
    if not head:
        return
    speaker = min(_LONGEST_SPEAKER, width // 4, max(len("speaker"), *(cells(_speaker(row)) for row in head)))
    outlet = min(_LONGEST_OUTLET, width // 5, max(len("outlet"), *(cells(_outlet(row)) for row in head))) if width >= 72 else 0
    deed = min(_LONGEST_ACT, max(len("act"), *(cells(_act(row)) for row in head))) if width >= 60 else 0
    content = width - _DAY - speaker - sum(size + len(_GAP) for size in (outlet, deed) if size) - 2 * len(_GAP)
    sizes = [
        (size, heading) for size, heading in ((_DAY, "said"), (speaker, "speaker"), (deed, "act"), (content, "content"), (outlet, "outlet")) if size
    ]
    yield painted([(_GAP.join(f"{heading:<{size}}" for size, heading in sizes).rstrip(), BOLD)], colour=colour)
    last = ""
    for row in chain(head, coming):
        day = _day(row)
        cell = [(padded(cut("" if day == last else day, _DAY), _DAY), QUIET if day.startswith("≤") or day == _UNKNOWN else "")]
        cell.append((padded(cut(_speaker(row), speaker), speaker), BOLD if row.get("source") else QUIET))
        if deed:
            cell.append((padded(cut(_act(row), deed), deed), STANCES.get(str(row.get("stance")), "")))
        cell.append((padded(cut(clean(str((row.get("content") or {}).get("text") or "")), content), content), ""))
        if outlet:
            cell.append((padded(cut(_outlet(row), outlet), outlet), QUIET))
        runs: list[Run] = []
        for run in cell:
            runs += [run, (_GAP, "")]
        yield painted(runs, colour=colour)
        last = day


def _day(row: Mapping[str, Any]) -> str:
    said = row.get("said_on")
    if said:
        return clean(str(said))
    published = (row.get("report") or {}).get("published")
    return f"≤ {clean(str(published))[:10]}" if published else _UNKNOWN


def _speaker(row: Mapping[str, Any]) -> str:
    known = row.get("speaker")
    if known and known.get("kind") != "anonymous":
        return clean(str(known["name"]))
    source = row.get("source")
    return clean(str(source["text"])) if source else NO_SPEAKER


def _outlet(row: Mapping[str, Any]) -> str:
    return clean(str((row.get("report") or {}).get("outlet") or NO_OUTLET))


def _act(row: Mapping[str, Any]) -> str:
    return act(clean(str(row.get("act") or "")), negated=bool(row.get("negated")))
