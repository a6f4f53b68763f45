"""Periods of the calendar: a TIMEX3 value with its first and last day, and the arithmetic on them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: What TIMEX3 values stand for: whole days of the Gregorian calendar.
_VALUE: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)|(?P<week>\d{4}-W\d\d)|(?P<weekend>\d{4}-W\d\d-WE)|(?P<quarter>\d{4}-Q[1-4])|(?P<month>\d{4}-\d\d)|"
    r"(?P<half>\d{4}-H[12])|(?P<season>\d{4}-(?:SP|SU|FA|WI))|(?P<year>\d{4})|(?P<decade>\d{3}X)|(?P<century>\d{2}XX)"
)
#: Seasons of the northern hemisphere, as meteorologists have them; winter is that of its December.
_SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_UNIT_OF: Final = {
    "day": "D", "week": "W", "weekend": "WE", "quarter": "Q", "half": "HALF",
    "month": "M", "season": "SEASON", "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """Some days on end that have a name: its TIMEX3 value, its unit, first and last day."""

    value: str
    unit: str
    first: date
    last: date


def period(value: str) -> Period | None:
    """The period that a TIMEX3 value names; None if it names none, or none from year 1 to 9999."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    unit = _UNIT_OF[match.lastgroup or ""]
    try:
        first, last = _days(value, unit)
    except (ValueError, OverflowError):
        return None
    return Period(value, unit, first, last)


def _days(value: str, unit: str) -> tuple[date, date]:
    if unit == "D":
        day = date.fromisoformat(value)
        return day, day
    if unit in ("W", "WE"):
        monday = date.fromisocalendar(int(value[:4]), int(value[6:8]), 1)
        return (monday, monday + timedelta(6)) if unit == "W" else (monday + timedelta(5), monday + timedelta(6))
    if unit in ("E", "C"):
        size = 10 if unit == "E" else 100
        year = int(value.rstrip("X")) * size
        return date(max(1, year), 1, 1), date(year + size - 1, 12, 31)  # there is no year 0
    year = int(value[:4])
    if unit == "Y":
        return date(year, 1, 1), date(year, 12, 31)
    months = 3
    if unit == "HALF":
        month, months = 6 * int(value[6]) - 5, 6
    elif unit == "M":
        month, months = int(value[5:]), 1
    elif unit == "Q":
        month = 3 * int(value[6]) - 2
    else:
        month = _SEASONS[value[5:]]
    return date(year, month, 1), _last_of(*_month_after(year, month, months - 1))


def _month_after(year: int, month: int, n: int) -> tuple[int, int]:
    count = year * 12 + month - 1 + n
    return count // 12, count % 12 + 1


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def around(day: date, unit: str) -> Period:
    """The period of *unit* (D, W, WE, M, Q, Y, E, C) that holds *day*. Weeks begin on Monday, as ISO 8601 has them."""
    week = day.isocalendar()
    value = {
        "D": day.isoformat(), "W": f"{week.year:04d}-W{week.week:02d}", "WE": f"{week.year:04d}-W{week.week:02d}-WE",
        "M": f"{day.year:04d}-{day.month:02d}",
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}", "Y": f"{day.year:04d}", "E": f"{day.year // 10:03d}X", "C": f"{day.year // 100:02d}XX",
    }[unit]  # fmt: skip
    made = period(value)
    assert made is not None, value
    return made


def shifted(day: date, n: int, unit: str) -> date | None:
    """*day* moved by *n* units; the last of a month where there is no such day; None beyond the calendar."""
    try:
        if unit in ("D", "W"):
            return day + timedelta(n * (7 if unit == "W" else 1))
        months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit] * n
        year, month = _month_after(day.year, day.month, months)
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, n: int, weekday: int) -> date | None:
    """The *n*th *weekday* (1: Monday) of a month; n = -1 the last."""
    days = [d for d in range(1, calendar.monthrange(year, month)[1] + 1) if date(year, month, d).isoweekday() == weekday]
    try:
        return date(year, month, days[n - 1 if n > 0 else n])
    except IndexError:
        return None


def narrowed(first: date, last: date, mod: str | None) -> tuple[date, date]:
    """The days of the first half (START), the middle half (MID) or the last half (END): generous, as such words are."""
    size = (last - first).days + 1
    if size < 3 or mod not in ("START", "MID", "END"):
        return first, last
    if mod == "START":
        return first, first + timedelta((size + 1) // 2 - 1)
    if mod == "END":
        return last - timedelta((size + 1) // 2 - 1), last
    return first + timedelta(size // 4), last - timedelta(size // 4)
