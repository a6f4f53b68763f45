"""Expressions of time in one text, with what they mean as far as that text alone tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.spans import Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
#: What an expression hangs on: nothing, the day of publication, or a time that the text told before (index *told*).
Anchor = Literal["none", "published", "told"]
#: Which of the days, months … of a name is meant, seen from the anchor. past and future: by the tense of the clause (the
#: anchor's own day is among both); recent: in the past, if not long ago, else the nearest; before and after: strictly ("last
#: Monday"); near: whichever is nearest.
Direction = Literal["past", "recent", "future", "before", "after", "near"]
#: What the word before it makes of the expression: since, until, before, after, by (a day), at.
Bound = Literal["at", "since", "until", "before", "after", "by"]
#: S, MI, H, D, W, M, Q, Y, E (ten years), C (a hundred), WE (weekend).
Unit = str


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A span that tells a time, and its relative meaning.

    *pick* is a TIMEX3 value with X for what is not told: "2017-03-30", "XXXX-12", "XXXX-WXX-1" (a Monday), "XXXX-SU", "199X",
    "P2Y", "PAST_REF"; three forms are ours: "=" (as fine as what it is counted from; "=D" a day, "=M", "=Y"), "XXXX-11-4W4" (the
    fourth Thursday of November; -1W the last) and "XXXX-EASTER+49".
    With *shift* (n, unit) the time is the unit n units away from the anchor, and pick, if any, lies in it: "March of last year".
    Without, *direction* says which. *clock* is the time of day ("TMO", "T17:00"), *mod* TIMEX3's modifier, *problem* why
    there is no value.
    """

    span: Span
    type: TimexType
    pick: str = ""
    anchor: Anchor = "none"
    told: int | None = None
    shift: tuple[int, Unit] | None = None
    direction: Direction = "near"
    clock: str = ""
    mod: str | None = None
    bound: Bound = "at"
    problem: str | None = None
