"""Actors on the terminal: the list of a record's actors, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from sayso.terminal.characters import cells, clean, cut, padded
from sayso.terminal.styles import BOLD, QUIET, Run, painted
from sayso.terminal.table import render_table

_NARROWEST: Final = 40
_COUNTED: Final = {"says": "statements", "about": "about", "reports": "reports"}
_SHORTEST_NAME: Final = 16
_LONGEST_KIND: Final = 12
_LONGEST_SIDE: Final = 20
_COUNT: Final = 7
_GAP: Final = "  "
#: Names and titles that a page lists, and statements of each kind.
_NAMES: Final = 8
_STATEMENTS: Final = 10


def render_actors(rows: Iterable[Mapping[str, Any]], *, width: int, colour: bool = False) -> Iterator[str]:
    """*rows* of Record.actors() as lines of at most *width* cells, with a heading; nothing for no rows.

    Where there is no room, first the kind, then the side is left out. Widths below 40 are taken as 40.
    """
    width = max(width, _NARROWEST)
    room = width - 3 * (len(_GAP) + _COUNT)
    columns = [("actor", "name", 0, BOLD)]
    if room >= _SHORTEST_NAME + len(_GAP) + _LONGEST_SIDE + len(_GAP) + _LONGEST_KIND:
        columns.append(("kind", "kind", _LONGEST_KIND, QUIET))
    if room >= _SHORTEST_NAME + len(_GAP) + _LONGEST_SIDE:
        columns.append(("side", "side", _LONGEST_SIDE, ""))
    columns[0] = ("actor", "name", room - sum(len(_GAP) + size for _, _, size, _ in columns[1:]), BOLD)
    first = True
    for row in rows:
        if first:
            heads = [f"{heading:<{size}}" for heading, _, size, _ in columns] + [f"{heading:>{_COUNT}}" for heading in _COUNTED]
            yield painted([(_GAP.join(heads), BOLD)], colour=colour)
            first = False
        runs: list[Run] = []
        for _, key, size, style in columns:
            runs += [(padded(cut(clean(row[key] or ""), size), size), style), (_GAP, "")]
        runs += [(_GAP.join(f"{row[key]:>{_COUNT}}" for key in _COUNTED.values()), "")]
        yield painted(runs, colour=colour)


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
