"""Actors on the terminal: the list of a record's actors, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from sayso.terminal.characters import cells, clean, cut, padded
from sayso.terminal.styles import BOLD, QUIET, Run, painted
from sayso.terminal.table import render_table

_NARROWEST: Final = 40
_HEADINGS: Final = ("actor", "kind", "side", "says", "about", "reports")
_LONGEST_KIND: Final = 12
_LONGEST_SIDE: Final = 20
_COUNT: Final = 7
_GAP: Final = "  "
#: Names and titles that a page lists, and statements of each kind.
_NAMES: Final = 8
_STATEMENTS: Final = 10


def render_actors(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows* of Record.actors() as lines of at most *width* cells, with a heading; nothing for no rows."""
    width = max(width, _NARROWEST)
    name = max(12, width - _LONGEST_KIND - _LONGEST_SIDE - 3 * _COUNT - 5 * len(_GAP))
    widths = (name, _LONGEST_KIND, _LONGEST_SIDE)
    first = True
    for row in rows:
        if first:
            yield painted([(_line(_HEADINGS[:3], widths, _HEADINGS[3:]), BOLD)], colour=colour)
            first = False
        counts = [str(row[key]) for key in ("statements", "about", "reports")]
        head = cut(clean(row["name"]), name)
        runs: list[Run] = [(padded(head, name), BOLD), (_GAP, "")]
        runs += [(padded(cut(clean(row["kind"]), _LONGEST_KIND), _LONGEST_KIND), QUIET), (_GAP, "")]
        runs += [(padded(cut(clean(row["side"] or ""), _LONGEST_SIDE), _LONGEST_SIDE), ""), (_GAP, "")]
        runs += [(_GAP.join(f"{n:>{_COUNT}}" for n in counts), "")]
        yield painted(runs, colour=colour)


def _line(words: Sequence[str], widths: Sequence[int], counts: Sequence[str]) -> str:
    return _GAP.join([*(f"{w:<{size}}" for w, size in zip(words, widths, strict=True)), *(f"{c:>{_COUNT}}" for c in counts)])


def render_actor(
    actor: Mapping[str, Any], by: Iterable[Mapping[str, Any]], about: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False
) -> Iterator[str]:
    """The page of one actor (Record.actor()): who, offices, names used, then the first statements *by* and *about* them."""
    width = max(width, _NARROWEST)

    def line(*runs: Run) -> str:
        return painted(list(runs), colour=colour)

    yield line((cut(clean(actor["name"]), width), BOLD))
    parts = " › ".join(clean(p) for p in actor["part_of"])
    yield line((cut(f"{actor['kind']}{' of ' + parts if parts else ''} · {clean(actor['id'])}", width), QUIET))
    for other in actor["same"]:
        yield line((cut(f"judged to be the same: {clean(other)}", width), QUIET))
    for office in actor["offices"]:
        when = f"{office['since'] or '?'} – {office['until'] or ''}".rstrip()
        yield line((cut(f"  {when:<25}{clean(office['role']).replace('-', ' ')}, {clean(office['of'])}", width), ""))
    for label, key in (("names used", "names"), ("called", "titles")):
        if actor[key]:
            words = ", ".join(f"{clean(n['name'])} ({n['mentions']})" for n in actor[key][:_NAMES])
            more = f" and {len(actor[key]) - _NAMES} more" if len(actor[key]) > _NAMES else ""
            yield from (line((part, "")) for part in _wrapped(f"{label}: {words}{more}", width))
    for label, rows, total in (("says", by, actor["statements"]), ("is spoken about", about, actor["about"])):
        yield ""
        yield line((f"{label}: {total} statement{'' if total == 1 else 's'}", BOLD))
        yield from render_table(islice(rows, _STATEMENTS), width=width, colour=colour)
        if total > _STATEMENTS:
            yield line((f"… and {total - _STATEMENTS} more", QUIET))


def _wrapped(text: str, width: int) -> Iterator[str]:
    current = ""
    for word in text.split(" "):
        if current and cells(current) + 1 + cells(word) > width:
            yield current
            current = "  " + word
        else:
            current = f"{current} {word}" if current else word
    if current:
        yield cut(current, width)
