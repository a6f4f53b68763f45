"""Anchoring: expressions and a day of publication give absolute times; a pure function of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sayso.dates.expression import TimeExpression
from sayso.dates.periods import Period, around, easter, narrowed, nth_weekday, period, shifted

#: Values that name no period, and are whole as they are.
_WHOLE: Final = re.compile(r"P[\dTX.]+[A-Z]*|(?:PAST|PRESENT|FUTURE)_REF|XXXX-.*")
_NTH: Final = re.compile(r"(\d{4})-(\d\d)-(-?\d)W(\d)")
_EASTER: Final = re.compile(r"(\d{4})-EASTER([+-]\d\d)")
#: Years around the anchor in which a name of the calendar is looked for: leap days and weekdays of a date come round within.
_YEARS: Final = 9
#: Days within which a day of the year is that of the nearest year (on the half of TempEval-3 that was tuned on).
_SOON: Final = 60
#: Days after which a month without its year is hardly the last of its name if no verb next to it says so: that one would be told as "last March".
_LONG_AGO: Final = 300


@dataclass(frozen=True, slots=True)
class Time:
    """What an expression tells, as far as it is known: its TIMEX3 value, and the days that it lies within (ISO 8601).

    All None where nothing can be known: no day to hang on, or the problem of the expression.
    """

    value: str | None = None
    first: str | None = None
    last: str | None = None


_NONE: Final = Time()
_FINENESS: Final = ("D", "W", "M", "Q", "Y", "E", "C")


def anchored(times: Sequence[TimeExpression], published: str | None) -> tuple[Time, ...]:
    """One time for each expression, seen from the day of publication (ISO 8601, or None where it is not known)."""
    day = None if published is None else date.fromisoformat(published[:10])
    out: list[Time] = []
    periods: list[Period | None] = []
    for e in times:
        made, on = None, None
        if e.problem is None:
            if e.anchor == "told":
                on = periods[e.told] if e.told is not None else None
            elif e.anchor == "published" and day is not None:
                on = around(day, "D")
            made = _period(e, on)
            late = made is not None and day is not None and made.first > day
            if late and e.anchor == "told" and (e.pick == "=" or e.direction == "past"):
                made = None  # "died thirteen years later": than what was not told
        periods.append(made)
        out.append(_time(e, made))
    return tuple(out)


def _time(e: TimeExpression, made: Period | None) -> Time:
    if made is None:
        whole = e.problem is None and (e.type in ("DURATION", "SET") or e.pick.endswith("_REF") or e.pick.startswith("FY"))
        return Time(e.pick.split("@")[0]) if whole else _NONE
    if e.clock:
        return Time(made.value + e.clock, made.first.isoformat(), made.last.isoformat())
    first, last = narrowed(made.first, made.last, e.mod)
    return Time(made.value, first.isoformat(), last.isoformat())


def _period(e: TimeExpression, on: Period | None) -> Period | None:
    if e.type in ("DURATION", "SET") or e.pick.endswith("_REF") or e.pick.startswith(("FY", "P")):
        return None
    if e.anchor == "none":
        return _of_year(e.pick)
    if e.anchor == "told" and e.pick.startswith(("1", "2")):  # the 1988 quarter: which one was told before
        return period(e.pick.replace("QX", on.value[5:])) if on is not None and on.unit == "Q" else None
    if on is None:
        return None
    if e.shift is None:
        return _nearest(e.pick, on, e.direction)
    n, unit = e.shift
    if e.anchor == "told" and on.unit in _FINENESS and unit in _FINENESS and _FINENESS.index(on.unit) > _FINENESS.index(unit):
        return None  # a day counted from a month
    moved = shifted(on.first, n, unit)
    if moved is None:
        return None
    if e.pick == "=":  # as fine as what it is counted from
        return around(moved, on.unit if e.anchor == "told" and on.unit in _FINENESS else unit)
    if e.pick in ("=D", "=M", "=Y"):
        return around(moved, e.pick[1])
    if unit == "D" and e.pick.startswith("XXXX-WXX-"):  # "two weeks ago Saturday"
        return _nearest(e.pick, around(moved, "D"), "past")
    whole = around(moved, unit)
    if not e.pick:
        return whole
    return next((p for p in _within(e.pick, whole) if whole.first <= p.first <= whole.last), None)


def _of_year(pick: str) -> Period | None:
    """The period of a pick that tells its year."""
    base, _, weekday = pick.partition("@")
    base, _, wide = base.partition("/")
    nth, feast = _NTH.fullmatch(base), _EASTER.fullmatch(base)
    day: date | None = None
    if nth:
        day = nth_weekday(int(nth[1]), int(nth[2]), int(nth[3]), int(nth[4]))
    elif feast:
        day = easter(int(feast[1])) + timedelta(int(feast[2]))
    elif base.endswith("-ELECTION"):
        monday = nth_weekday(int(base[:4]), 11, 1, 1)
        day = None if monday is None else monday + timedelta(1)
    made = around(day, "D") if day is not None else period(base)
    if made is not None and weekday and made.first.isoweekday() != int(weekday):
        return None
    return around(made.first, wide) if made is not None and wide else made


def _within(pick: str, whole: Period) -> Iterator[Period]:
    """The periods of a name of the calendar that begin within *whole* or right around it."""
    if pick.startswith("XXXX-WXX-"):
        weekday = pick[9:]
        monday = around(whole.first, "W").first
        while monday <= whole.last:
            yield around(monday, "WE") if weekday == "WE" else around(monday + timedelta(int(weekday) - 1), "D")
            monday += timedelta(7)
        return
    if pick.startswith("XXXX-XX-"):
        for year in range(whole.first.year, whole.last.year + 1):
            yield from (made for month in range(1, 13) if (made := _of_year(f"{year:04d}-{month:02d}{pick[7:]}")) is not None)
        return
    for year in range(whole.first.year, whole.last.year + 1):
        made = _of_year(f"{year:04d}{pick[4:]}")
        if made is not None:
            yield made


def _nearest(pick: str, on: Period, direction: str) -> Period | None:
    """The period of a name of the calendar in that direction from *on*; its own period is in the past and in the future."""
    if pick.startswith("XXXX-WXX-") and direction == "near":
        direction = "past"
    first, last = on.first, on.last
    if pick.startswith("XXXX-WXX-"):
        around_it = Period("", "", max(date.min + timedelta(14), first) - timedelta(14), min(date.max - timedelta(14), last) + timedelta(14))
    else:
        around_it = Period("", "", date(max(1, first.year - _YEARS), 1, 1), date(min(9999, last.year + _YEARS), 12, 31))
    found = list(_within(pick, around_it))
    tests: dict[str, Callable[[Period], bool]] = {
        "before": lambda p: p.last < first, "after": lambda p: p.first > last, "past": lambda p: p.first <= last,
        "recent": lambda p: p.first <= last, "future": lambda p: p.last >= first,
        "near": lambda p: True,
    }  # fmt: skip
    if found and (found[0].unit == "D" or "/" in pick) and not pick.startswith(("XXXX-WXX-", "XXXX-XX-")) and direction in ("past", "future"):
        # A day without its year is mostly the nearest one, whatever the tense of the verb next to it.
        near = min(found, key=lambda p: abs((p.first - first).days))
        if abs((near.first - first).days) <= _SOON:
            return near
    if pick.endswith("-ELECTION"):  # mostly that of an even year; in the weeks around one of an odd year, its own
        soon = [p for p in found if abs((p.first - first).days) <= _SOON]
        found, direction = soon or [p for p in found if not p.first.year % 2], direction if direction in ("before", "after") else "near"
    kept = [p for p in found if tests[direction](p)]
    if direction == "recent" and kept and (first - kept[-1].last).days > _LONG_AGO:
        direction, kept = "near", found
    if not kept:
        return None
    if direction in ("before", "past", "recent"):
        return kept[-1]
    if direction in ("after", "future"):
        return kept[0]
    return min(kept, key=lambda p: (max((p.first - last).days, (first - p.last).days, 0), p.first > last))
