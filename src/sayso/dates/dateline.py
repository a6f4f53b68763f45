"""Dateline: the place and day at the head of a report from which it was filed ("ORLANVILLE, March 6 (Agency) —")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sayso.dates.expression import TimeExpression
from sayso.dates.recogniser import is_day

#: Characters at the top of a text in which a dateline stands, headline and byline before it.
_TOP: Final = 1200
#: From the beginning of the line to the day, and from the day on. Bounded: no text makes them slow.
_PLACE: Final = re.compile(r"[^\S\n]{0,8}[A-Z]{3}[A-Z .'’/-]{0,40}(?:, [A-Z][A-Za-z. ]{1,24}){0,2}, (?:[A-Z][a-z]{2,8}, )?")
_DASH: Final = re.compile(r"[^\S\n]{0,3}(?:\([A-Z][A-Za-z /.&-]{1,40}\)[^\S\n]{0,3})?(?:—|–|-{1,2}|_|/)")


def dateline(text: str, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The day that the dateline of *text* tells; None where it has none, or one without a day."""
    for e in times:
        begin, end = e.span
        if begin > _TOP:
            return None
        if e.type != "DATE" or e.problem is not None or e.shift is not None or not is_day(e.pick.split("@")[0]) or e.pick.startswith("XXXX-W"):
            continue
        head = text[text.rfind("\n", 0, begin) + 1 : begin]
        if _PLACE.fullmatch(head) and _DASH.match(text, end):
            return e
    return None
