"""Said: when each statement of a report was made, from what its text tells and the day on which it was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sayso.dates.aging import is_given
from sayso.dates.anchoring import Time
from sayso.dates.clauses import ATTITUDES
from sayso.dates.expression import TimeExpression
from sayso.dates.periods import period
from sayso.dates.relative import relative
from sayso.dates.saying import Grounds, Saying
from sayso.mentions.mention import Speaker
from sayso.spans import Span
from sayso.statements import Statement

#: Line breaks between a lead and the sentence that names and dates it.
_LEAD_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class Said:
    """When one statement was made: the words that tell it, and the day, week, month or year (ISO 8601), if it can be known.

    first and last are the days that it lies within; relative says in words what it hangs on ("the Monday on or before publication").
    """

    span: Span
    how: Grounds
    on: str | None
    first: str | None
    last: str | None
    relative: str | None


def said(
    text: str, times: Sequence[TimeExpression], anchored: Sequence[Time], sayings: Sequence[Saying | None], published: str | None
) -> tuple[Said | None, ...]:
    """One entry for each of *sayings* that is likely enough. What would have been said after the report was published was not said then: absent."""
    out: list[Said | None] = []
    for saying in sayings:
        if saying is None:
            out.append(None)
            continue
        e, time = times[saying.time], anchored[saying.time]
        if time.first is not None and published is not None and time.first > published[:10]:
            out.append(None)
            continue
        days = None
        if time.last is not None and published is not None:
            days = (date.fromisoformat(published[:10]) - date.fromisoformat(time.last)).days
        if not is_given(saying, days, is_day=time.first == time.last):
            out.append(None)
            continue
        lost = e.anchor == "told" and e.told is not None and time.first is None and anchored[e.told].first is not None  # "a month later" than a year
        out.append(None if lost else Said(e.span, saying.how, _iso(e, time), time.first, time.last, relative(times, saying.time, text)))
    return tuple(out)


def with_lead(
    text: str, statements: Sequence[Statement], speakers: Sequence[Speaker | None], who: Sequence[str | None], said: Sequence[Said | None]
) -> tuple[Said | None, ...]:  # fmt: skip
    """*said*, with what the first sentences tell of somebody whom only the next ones name, with the day: "The minister has denied …".

    *speakers* are those of the reading, *who* makes each statement the ids of actors: a Reading cannot know that they are one.
    """
    out = list(said)
    first = next((k for k, s in enumerate(said) if s is not None and s.how == "clause" and statements[k].parent is None), None)
    if first is None or who[first] is None:
        return tuple(out)
    for k in range(first):
        s, speaker = statements[k], speakers[k]
        if speaker is None or speaker.how != "noun":
            continue
        near = text.count("\n", s.content[0][0], max(s.content[0][0], statements[first].content[0][0])) <= _LEAD_LINES
        if out[k] is None and s.parent is None and who[k] == who[first] and near and s.act not in ATTITUDES:
            made = said[first]
            out[k] = None if made is None else replace(made, how="occasion")
    return tuple(out)


def _iso(e: TimeExpression, time: Time) -> str | None:
    """The smallest day, week, month or year of ISO 8601 that holds a time."""
    if time.value is None or time.first is None or time.last is None:
        return None
    if e.clock or time.first == time.last:
        return time.first
    made = period(time.value)
    if made is None:
        return None
    if made.unit in ("W", "M", "Y"):
        return made.value
    if made.unit == "WE":
        return made.value.removesuffix("-WE")
    return time.first[:4] if time.first[:4] == time.last[:4] else None
