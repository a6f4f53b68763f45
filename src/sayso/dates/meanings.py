"""Meanings: what the words of a match of the grammar tell."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace

from sayso.dates.expression import Anchor, Direction, TimeExpression
from sayso.dates.lexicon import Rule, contexts, grammar
from sayso.dates.numbers import duration, number, ordinal_day, year_of_two

#: Years in a part of a century.
_OF_CENTURY = {"quarter": 25, "half": 50}
#: Words that make no part of what follows but a comparison with now ("earlier this week").
_THIS, _LAST, _NEXT = "THIS", "LAST", "NEXT"


@dataclass(frozen=True)
class Match:
    """A match of a rule: the words of each named group, folded, and what the text around it says of its tense."""

    rule: Rule
    words: dict[str, str]
    surface: str  # all of it, folded
    before: str  # the word before it, folded
    after: str  # the word after it, folded
    tense: Callable[[], Direction]
    beside_verb: Callable[[], bool]
    distributed: Callable[[], bool]  # whether a count of things stands before it: "200 cars a year"

    def __contains__(self, name: str) -> bool:
        return name in self.words

    def value(self, name: str) -> str:
        """The value of the words of a group; the words themselves where the lexicon gives none."""
        words = self.words.get(name, "")
        found = grammar().value(self.rule.classes[name], words.removesuffix(" .")) if name in self.rule.classes else None
        return words if found is None else found

    def kind(self, name: str) -> str:
        """The class of the words of a group, or the words where they are a literal."""
        words = self.words.get(name, "")
        return next((c for c in self.rule.classes.get(name, ()) if (c, words) in grammar().values), words)

    def number(self, name: str) -> int:
        return int(self.words[name])


#: On which side of the publication "last", "past", "next" put a day of the year.
_SIDES: dict[str, Direction] = {_LAST: "before", "PAST": "before", _NEXT: "after"}
#: What "in the" goes with: "later in the day".
_TOLD_IN = ("D", "W", "M", "Y", "E")
#: Words before "the next year" that make it one of twelve months.
_SPANNING = frozenset(("over", "within", "in", "for", "during", "through", "throughout", "of", "into", "about"))
#: Words before "the next century" that make it a hundred years.
_OVER = frozenset(("over", "within", "for"))
#: Words before a month up to which something goes on: "picked three firms to train through June".
_UP_TO = frozenset(("through", "until", "till", "by"))
#: Words before "that Monday" with which it points back.
_WITH_THAT = frozenset(("on", "by", "since", "until", "before", "after", "from", "through", "for", "during", "and", "of"))
#: What makes the day of "one day" one that nobody knows yet.
_MODAL = frozenset(("will", "ll", "would", "may", "might", "could", "can", "should", "must", "to"))
#: What the end of the year is told with as a day.
_AT_THE_END = frozenset(("by", "at", "since", "until", "till", "before", "after", "from", "through", "to", "around", "about", "of"))
#: Of a whole that has ended: "the year ended March 31".
ENDED = frozenset(("ended", "ending"))
#: Parts of a year that have values of their own.
_HALVES = {"first half of": "H1", "second half of": "H2", "last half of": "H2"}
_BLANK = TimeExpression((0, 0), "DATE")


def meaning(m: Match) -> list[TimeExpression]:
    """The expressions that a match makes (two for a range); none where its words mean no time."""
    made = _MAKERS[m.rule.name](m)
    out = made if isinstance(made, list) else [made]
    return [replace(e, type=m.rule.type if e.type == "DATE" and not e.pick.endswith("_REF") else e.type) for e in out if e is not None]


def _mod(m: Match) -> str | None:
    for name in ("part", "part2", "mod"):
        if m.words.get(name):
            return m.value(name) or None
    return None


def wrong_day(year: int | None, month: int, day: int) -> str | None:
    """Why there is no such day; None if there is one."""
    if 1 <= month <= 12 and day <= calendar.monthrange(year or 2000, month)[1]:
        return None
    return f"there is no day {day} in {calendar.month_name[month]}{f' {year}' if year else ''}" if 1 <= month <= 12 else f"there is no month {month}"


def _day(year: int | None, month: int, day: int, **more: object) -> TimeExpression:
    wrong = wrong_day(year, month, day)
    if wrong:
        return replace(_BLANK, problem=wrong, **more)  # type: ignore[arg-type]
    pick = f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}"
    return replace(_BLANK, pick=pick, **more)  # type: ignore[arg-type]


def says_that(before: str) -> bool:
    """Whether "that" after the word *before* introduces what is said, rather than pointing back to a day."""
    return before.isalpha() and before not in _WITH_THAT


def _named(pick: str, m: Match, *, around: str = "Y") -> TimeExpression:
    """A name of the calendar (December, Monday, spring) with what "last", "next" and the tense make of it."""
    e = replace(_BLANK, pick=pick, anchor="published", mod=_mod(m))
    if "rel2" in m:
        return replace(e, shift=({_LAST: -1, _NEXT: 1}.get(m.kind("rel2"), 0), around))
    rel = m.kind("rel") if "rel" in m else ""
    if rel == _LAST:
        return replace(e, direction="before")
    if rel == _NEXT:
        return replace(e, direction="after")
    if rel == "PAST":
        return replace(e, direction="before") if m.words["rel"] == "past" else replace(e, direction="before", anchor="told")
    if rel == "FOLLOWING":
        return replace(e, direction="after", anchor="told" if m.words["rel"] != "coming" else "published")
    if rel == "that" and around == "W" and says_that(m.before):
        return replace(e, direction=m.tense())  # "said that Monday"
    if rel in ("that", "SAME"):
        return replace(e, direction="near", anchor="told")
    if rel == _THIS and around == "Y":
        return replace(e, shift=(0, around))
    if rel == _THIS:
        return replace(e, direction="future" if m.tense() != "past" else "past")
    if around == "W" and "part" in m and m.kind("part") in ("EARLIERIN", "LATERIN"):
        return replace(e, direction="past")  # "speaks later Monday": that of the news
    return replace(e, direction=m.tense())


def _iso(m: Match) -> TimeExpression:
    return _day(m.number("year"), m.number("mm"), m.number("dd"))


def _numeric(m: Match) -> TimeExpression | None:
    a, b, c = m.number("a"), m.number("b"), m.number("c")
    if len(m.words["c"]) == 2 and c > 31 and max(a, b) <= 31 and min(a, b) and (a > 12) != (b > 12):  # 2/13/98
        month, day = (b, a) if a > 12 else (a, b)
        return _day(1900 + c, month, day)
    if len(m.words["c"]) != 4:
        if max(a, b) > 31 or c > 99 or not a or not b:
            return None
        return replace(_BLANK, problem=f"{a}/{b}/{m.words['c']} may be several days: day, month and year can stand in any order")
    if min(a, b) < 1 or max(a, b) > 31:
        return None
    if a == b or a > 12 or b > 12:
        month, day = (b, a) if a > 12 else (a, b)
        return _day(c, month, day)
    return replace(_BLANK, problem=f"{a}/{b}/{c} may be two days: day and month can stand in either order")


def _monthday(m: Match) -> list[TimeExpression]:
    year = m.number("year") if "year" in m else None
    month = int(m.value("month"))
    clock = _clock(m.words["clock"]) if "clock" in m else m.value("daypart") if "daypart" in m else ""
    out = []
    for name in ("day", "day2", "spokenday"):
        if name not in m:
            continue
        day = ordinal_day(m.words[name]) if name == "spokenday" else m.number(name)
        if day < 1:  # "the last of March"
            return []
        e = _day(year, month, day, clock=clock, mod=_mod(m))
        if e.problem is None and "ofyear" in m:
            e = replace(e, **_unit_shift(m.kind("ofyear"), "Y"))  # type: ignore[arg-type]
        elif e.problem is None and year is None:
            rel = m.kind("rel") if "rel" in m else ""
            e = replace(e, anchor="published", direction=_SIDES.get(rel) or m.tense())
        if "weekday" in m and e.problem is None:
            weekday = int(m.value("weekday"))
            if year is None:
                e = replace(e, pick=f"{e.pick}@{weekday}")
            elif calendar.weekday(year, month, day) + 1 != weekday:
                e = replace(e, problem=f"{day} {calendar.month_name[month]} {year} was no {calendar.day_name[weekday - 1]}")
        out.append(e)
    if len(out) == 2:
        out = [replace(out[0], bound="since"), replace(out[1], bound="until")]
    return out


def _zoned(m: Match) -> TimeExpression | None:
    """1930 GMT."""
    figures = m.words["clock"]
    clock = f"T{figures[:2]}:{figures[2:]}" if len(figures) == 4 and figures[:2] < "25" and figures[2:] < "60" else ""
    return replace(_BLANK, anchor="told", shift=(0, "D"), clock=clock) if clock else None


def _dayofmonth(m: Match) -> TimeExpression:
    """Friday the 13th: the nearest month on that side in which it is one."""
    weekday = f"@{m.value('weekday')}" if "weekday" in m else ""
    return replace(_BLANK, pick=f"XXXX-XX-{m.number('day'):02d}{weekday}", anchor="published", direction=m.tense())


def _nthday(m: Match) -> TimeExpression | None:
    """The first Monday in October."""
    n = int(m.value("ord"))
    if not -1 <= n <= 4:
        return None
    pick = f"{m.value('month')}-{n}W{m.value('weekday')}"
    return replace(_BLANK, pick=f"{m.words['year']}-{pick}") if "year" in m else _named(f"XXXX-{pick}", m)


def _wrongyear(m: Match) -> TimeExpression:
    return replace(_BLANK, problem=f"there is no year {m.words['year']}")


def _month(m: Match) -> TimeExpression:
    if "yy" in m:
        return replace(_BLANK, pick=f"{year_of_two(m.words['yy'])}-{m.value('month2')}")
    month = m.value("month")
    if "year" in m:
        return replace(_BLANK, pick=f"{m.words['year']}-{month}", mod=_mod(m))
    if m.words.get("rel") and m.surface.endswith("year"):
        return replace(_BLANK, pick=f"XXXX-{month}", mod=_mod(m), **_unit_shift(m.kind("rel"), "Y"))  # type: ignore[arg-type]
    e = _named(f"XXXX-{month}", m)
    if m.after in contexts()["after_delivery"] and e.direction in ("past", "future", "near"):
        return replace(e, direction="future")  # "the December contract"
    if e.direction == "past" and not m.beside_verb():
        return replace(e, direction="near" if m.before in _UP_TO else "recent")
    return e


def _unit_shift(rel: str, unit: str) -> dict[str, object]:
    """Anchor and shift of "last year", "that year"."""
    told = rel in ("that", "SAME", "FOLLOWING", "told")
    n = {_LAST: -1, _NEXT: 1, "FOLLOWING": 1}.get(rel, 0)
    return {"anchor": "told" if told else "published", "shift": (n, unit)}


def _weekof(m: Match) -> TimeExpression:
    (e,) = _monthday(m)
    return e if e.problem else replace(e, pick=f"{e.pick}/{'WE' if m.words['weekend'] == 'weekend' else 'W'}")


def _weekday(m: Match) -> TimeExpression:
    e = _named(f"XXXX-WXX-{m.value('weekday')}", m, around="W")
    if "daypart" in m:
        return replace(e, clock=m.value("daypart"))
    if "clock" not in m:
        return e
    return replace(e, clock=_clock_of_half(m))


def _weekdays(m: Match) -> TimeExpression:
    name = "weekdays" if "weekdays" in m else "weekday"
    clock = m.value("daypart") if "daypart" in m else m.value("dayparts") if "dayparts" in m else ""
    return replace(_BLANK, pick=f"XXXX-WXX-{m.value(name)}{clock}")


def _clock(words: str) -> str:
    """The time of day in *words*: "T17:00"."""
    known = grammar().value(("OCLOCK",), words)
    if known is not None:
        return known
    figures = [int(t) for t in words.split() if t.isdigit()]
    if not figures:
        spoken = number(words.split()[0])
        figures = [int(spoken)] if spoken else [99]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else 0
    letters = [t for t in words.split() if t in ("a", "p", "am", "pm")]
    if letters:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if letters[0][0] == "p" else 0)
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else ""


def _clock_of_half(m: Match) -> str:
    """The time of day in the words *clock*, seen from the part of the day that they are in, if that is told: "8:30 on Monday night"."""
    clock = _clock(m.words["clock"])
    late = "half" in m and m.value("half") in ("TAF", "TEV", "TNI")
    return f"T{int(clock[1:3]) + 12}{clock[3:]}" if late and "T01" <= clock[:3] <= "T11" else clock


def _dayword(m: Match) -> TimeExpression:
    n, clock = 0, ""
    if "dayword" in m:
        n = int(m.value("dayword"))
        clock = m.value("daypart") if "daypart" in m else _clock(m.words["clock"]) if "clock" in m else ""
    elif "before" in m or "after" in m:
        n = -2 if "before" in m else 2
    else:
        n, clock = (-1 if "lastnight" in m else 0), "TNI"
    return replace(_BLANK, type="TIME" if clock else "DATE", anchor="published", shift=(n, "D"), clock=clock, mod=_mod(m))


def _daypart(m: Match) -> TimeExpression | None:
    rel = m.kind("rel")
    if m.words["rel"] == "past":
        return None
    shift = {"THIS": 0, "NEXT": 1, "FOLLOWING": 1, "PAST": -1}.get(rel, 0)
    return replace(_BLANK, anchor="published" if rel == _THIS else "told", shift=(shift, "D"), clock=m.value("daypart"), mod=_mod(m))


def _clocked(m: Match) -> TimeExpression | None:
    clock = m.value("daypart") if "daypart" in m else _clock_of_half(m)
    return replace(_BLANK, anchor="told", shift=(0, "D"), clock=clock, mod=_mod(m)) if clock else None


def _unit(m: Match) -> TimeExpression | None:
    the = m.surface.startswith("the ")
    if "samemonth" in m:
        return replace(_BLANK, anchor="published", shift=(-12, "M"))
    if "comparable" in m or "same" in m:
        return replace(_BLANK, anchor="told", shift=(-1, "Y"), pick="=")
    if "inunit" in m:  # "later in the day", "earlier in the year"
        unit = m.value("inunit")
        told = unit in ("D", "M")
        e = replace(_BLANK, anchor="told" if told else "published", shift=(0, unit), pick="=D" if unit == "D" else "", mod=_mod(m))
        return e if unit in _TOLD_IN else None
    if "theunit" in m:
        unit = m.value("theunit")
        if unit == "Q":
            return replace(_BLANK, anchor="told", shift=(0, "Q"), pick="=")
        if unit not in ("W", "M", "Y"):
            return None
        if m.after in ENDED or "whole" in m.surface or "entire" in m.surface or ("full" in m.surface and unit != "Y"):
            return replace(_BLANK, type="DURATION", pick=duration(1, unit))
        if unit == "W":
            return replace(_BLANK, anchor="published", shift=(0, "W"))
        return replace(_BLANK, anchor="told", shift=(0, unit), pick=f"={unit}")
    if "yearend" in m:
        return _year_end(m)
    if "midyear" in m:
        return replace(_BLANK, anchor="published", shift=(0, m.value("midyear")), mod="MID")
    if "latest" in m:
        return replace(_BLANK, anchor="published", shift=(-1, "Q"))
    if "unit" not in m:
        if "PERIOD" in m.rule.classes or "period" in m.surface:
            return replace(_BLANK, anchor="told", shift=(-1, "Y"), pick="=")
        return None
    unit, rel, word = m.value("unit"), m.kind("rel") if "rel" in m else _THIS, m.words.get("rel", "")
    if unit == "WE":
        return _named("XXXX-WXX-WE", m, around="W")
    if unit in ("S", "MI", "H", "2W"):
        return None
    mod = _mod(m)
    if rel == "that" and unit == "D":
        return replace(_BLANK, anchor="told", shift=(0, "D"), mod=mod)
    if "fiscal" in m and unit == "Y" and rel in (_LAST, "PAST", "LATEST"):
        return replace(_BLANK, anchor="published", shift=(-1, "Y"))
    if "fiscal" in m and unit == "Y" and rel == _NEXT:
        return replace(_BLANK, anchor="published", shift=(1, "Y"))
    if rel == "LATEST":
        return replace(_BLANK, anchor="published", shift=(-1 if unit == "Q" else 0, unit))
    if rel in (_LAST, _NEXT) and unit == "D" and not the:
        return None if rel == _LAST else replace(_BLANK, anchor="told", shift=(1, "D"))
    if rel == _NEXT and unit == "D":
        if word != "next":
            return None
        return replace(_BLANK, anchor="told", shift=(1, "D"), mod=mod)
    if rel == _NEXT and the and mod is None and word == "next" and unit in ("W", "M", "Y") and m.before not in _SPANNING:
        return replace(_BLANK, anchor="told", shift=(1, unit))  # "challenged it the next year"
    if rel == _NEXT and ((unit == "C" and m.before not in _OVER) or (unit == "E" and m.before == "into")):
        return replace(_BLANK, anchor="published", shift=(1, unit))
    if unit == "Q" and the and rel in (_LAST, _NEXT) and m.before not in ("over", "for", "within"):
        return replace(_BLANK, **_unit_shift(rel, unit))  # type: ignore[arg-type]
    if (rel in (_LAST, _NEXT) or word == "past") and the and mod is None:
        return replace(_BLANK, type="DURATION", pick=duration(1, unit))
    if rel == "PAST":
        return replace(_BLANK, anchor="told" if word != "past" else "published", shift=(-1, unit), mod=mod)
    half = _HALVES.get(m.words.get("part", "")) if unit == "Y" else None
    return replace(_BLANK, pick=f"XXXX-{half}" if half else "", mod=None if half else mod, **_unit_shift(rel, unit))  # type: ignore[arg-type]


def _year_end(m: Match) -> TimeExpression:
    """The last day of the year where it is told as a time ("by year-end"), else its end ("the year-end rally")."""
    day = (m.before in _AT_THE_END or m.before == "\n") and (" - " in m.surface or "yearend" in m.surface)  # "year's end" is its last part
    if "year" in m:
        return replace(_BLANK, pick=f"{m.words['year']}-12-31") if day else replace(_BLANK, pick=m.words["year"], mod="END")
    if not day:
        return replace(_BLANK, anchor="published", shift=(-1 if m.before == "since" else 0, "Y"), mod="END")
    past = m.before in ("since", "from") or (m.before in ("at", "after", "\n") and m.tense() == "past")
    return replace(_BLANK, anchor="published", pick="XXXX-12-31", direction="before" if past else "after")


def _half(m: Match) -> TimeExpression | None:
    """Halves of a year, in a report of business."""
    pick = {"1": "XXXX-H1", "2": "XXXX-H2", "-1": "XXXX-H2"}.get(m.value("ord"))
    if pick is None:
        return None
    if "rel" in m:
        return replace(_BLANK, pick=pick, **_unit_shift(m.kind("rel"), "Y"))  # type: ignore[arg-type]
    return replace(_BLANK, pick=pick, anchor="published", direction="past" if m.tense() == "past" else "near")


def _spanning(m: Match) -> TimeExpression | None:
    units = m.surface.split()[-1]
    unit = grammar().value(("UNITS", "UNIT", "WORKDAYS"), units) or grammar().value(("WORKDAYS",), " ".join(m.surface.split()[-2:]))
    if unit is None:
        return None
    if m.surface.startswith("each of"):
        return replace(_BLANK, type="SET", pick=duration(1, unit))
    return replace(_BLANK, pick=duration(number(m.words["count"]), unit))


def _ago(m: Match) -> TimeExpression | None:
    if m.kind("units") == "WEEKENDS":
        back_by = number(m.words["count"])
        return None if back_by is None else replace(_BLANK, anchor="published", pick="XXXX-WXX-WE", shift=(-round(back_by), "W"))
    if "fraction" in m and "ago" not in m:
        return replace(_BLANK, type="DURATION", pick=f"P{_OF_CENTURY[m.words['fraction']]}Y", mod=_mod(m))
    unit = m.value("units") if "units" in m else "Y"
    if "day" in m:
        return _ago_day(m, unit)
    kind = {"before": "EARLIER", "after": "LATER"}[m.words["beside"]] if "beside" in m else m.kind("ago")
    back = kind in ("AGO", "EARLIER")
    count = number(m.words["count"]) if "count" in m else 1.0
    if "half" in m and count is not None:
        count += 0.5
    if unit in ("S", "MI", "H", "2W") or count is None:
        if kind in ("EARLIER", "LATER"):  # "an hour later", "a few days earlier": from what is told, how long only
            return replace(_BLANK, type="DURATION", pick=duration(count, unit))
        return replace(_BLANK, pick="PAST_REF" if kind == "AGO" else "FUTURE_REF")
    if "fraction" in m:
        return replace(_BLANK, anchor=_hung(kind), pick="=", shift=(-_OF_CENTURY[m.words["fraction"]], "Y"), mod=_mod(m))
    if "half" in m or (count == 0.5 and unit in ("Y", "D")):
        smaller = {"Y": (12, "M"), "D": (1, "D")}.get(unit)
        if smaller is None:
            return None
        count, unit = count * smaller[0], smaller[1]
    if unit in ("E", "C"):  # a decade ago: about ten years
        count, unit = count * (10 if unit == "E" else 100), "Y"
    n = round(count) or 1
    anchor = _hung(kind)
    tense = m.tense() if kind == "LATER" else "near"
    return replace(
        _BLANK, anchor=anchor, pick="=" if unit == "Y" else "", shift=(-n if back else n, unit), direction=tense, mod=_mod(m)
    )


def _hung(kind: str) -> Anchor:
    return "told" if kind in ("EARLIER", "LATER") else "published"


def _ago_day(m: Match, unit: str) -> TimeExpression | None:
    """A year ago today, two weeks ago Saturday: that many weeks before the last one."""
    count = number(m.words["count"])
    if count is None or unit not in ("W", "M", "Y"):
        return None
    n = round(count) if m.words["ago"] == "from" else -round(count)
    if m.words["day"] == "today":
        return replace(_BLANK, anchor="published", pick="=D", shift=(n, unit))
    if n > 0:  # a week from Tuesday: the Tuesday after the next
        return replace(_BLANK, pick=f"XXXX-WXX-{m.value('day')}", anchor="published", shift=(7 * (n + 1), "D")) if unit == "W" else None
    return replace(_BLANK, pick=f"XXXX-WXX-{m.value('day')}", anchor="published", shift=(-7 * round(count), "D")) if unit == "W" else None


def _durations(m: Match) -> TimeExpression | None:
    if "units" not in m:  # a year and a half
        unit = next((u for w in m.surface.split() if (u := grammar().value(("UNIT",), w)) is not None), None)
        return None if unit is None else replace(_BLANK, pick=duration((number(m.words["count"]) or 1) + 0.5, unit), mod=_mod(m))
    count = number(m.words["count2" if "count2" in m else "count"])
    if m.surface in ("one day", "some day") and m.before in _MODAL:
        return replace(_BLANK, type="DATE", pick="FUTURE_REF")
    if m.words["count"] in ("a", "an") and "mod" not in m and m.distributed():
        return replace(_BLANK, type="SET", pick=duration(1, m.value("units")))
    if "half" in m and count is not None:  # two and a half years
        count += 0.5
    return replace(_BLANK, pick=duration(count, m.value("units")), mod=_mod(m))


def _manyunits(m: Match) -> TimeExpression:
    if "long" in m or "long2" in m:
        return replace(_BLANK, pick=duration(1, m.value("long" if "long" in m else "long2")))
    return replace(_BLANK, pick=duration(None, m.value("units")))


def _quarter(m: Match) -> TimeExpression | None:
    figure = m.value("ord") if "ord" in m else "X"
    if m.words.get("ord") == "final":
        figure = "4"
    if "q" in m:
        figure = m.words["figure"]
    if "month" in m:  # the September quarter
        figure = str((int(m.value("month")) + 2) // 3)
    if figure not in ("1", "2", "3", "4", "X"):
        return None
    fiscal = "FY" if ("fiscal" in m or "fiscal2" in m) and "year" in m else ""
    if "year" in m:
        told = figure == "X"
        return replace(_BLANK, pick=f"{fiscal}{m.words['year']}-Q{figure}", anchor="told" if told else "none")
    if "yearago" in m or "ayear" in m:
        return replace(_BLANK, pick=f"XXXX-Q{figure}", anchor="published", shift=(-1, "Y"))
    if "rel" not in m and m.surface.endswith("of the year"):
        return replace(_BLANK, pick=f"XXXX-Q{figure}", **_unit_shift(_THIS, "Y")) if figure != "X" else None  # type: ignore[arg-type]
    if "rel" in m and " year" in m.surface:
        e = replace(_BLANK, pick=f"XXXX-Q{figure}", **_unit_shift(m.kind("rel"), "Y"))  # type: ignore[arg-type]
        return replace(e, anchor="told", pick="=") if figure == "X" else replace(e, anchor="published")
    return replace(_BLANK, pick=f"XXXX-Q{figure}", anchor="published", direction="past" if m.tense() == "past" else "near")


def _fiscal(m: Match) -> TimeExpression:
    return replace(_BLANK, pick=f"FY{m.words['year']}")


def _decade(m: Match) -> TimeExpression:
    if "century" in m:
        return replace(_BLANK, pick=f"{grammar().value(('CENTURYWORD',), m.words['century'])}{m.value('decadeword')}X", mod=_mod(m))
    if "decade" in m:
        year = m.words["decade"]
        return replace(_BLANK, pick=f"{year[:2]}XX" if year.endswith("00") and year < "2000" else f"{year[:3]}X", mod=_mod(m))
    figure = m.words["short"][0] if "short" in m else m.value("decadeword")
    return replace(_BLANK, pick=f"{'20' if figure in '01' else '19'}{figure}X", mod=_mod(m))


def _century(m: Match) -> TimeExpression | None:
    number = m.number("cent") if "cent" in m else int(m.value("centord"))
    return replace(_BLANK, pick=f"{number - 1:02d}XX", mod=_mod(m)) if 1 <= number <= 22 else None


def _year(m: Match) -> list[TimeExpression]:
    if "yy" in m:
        return [replace(_BLANK, pick=year_of_two(m.words["yy"]))]
    year = m.words["year"]
    half = _HALVES.get(m.words.get("part", ""))
    e = replace(_BLANK, pick=f"{year}-{half}") if half else replace(_BLANK, pick=year, mod=_mod(m))
    if m.surface.startswith(("pre -", "post -")):
        return [replace(e, mod="BEFORE" if m.surface.startswith("pre") else "AFTER", bound="before" if m.surface.startswith("pre") else "after")]
    second = m.words.get("year2") or (year[:2] + m.words["yy2"] if "yy2" in m else None)
    if second is None:
        return [e]
    if second <= year:
        return []
    through = " and " not in m.surface
    return [replace(e, bound="since" if through else "at"), replace(_BLANK, pick=second, bound="until" if through else "at")]


def _yearzero(m: Match) -> TimeExpression:
    return replace(_BLANK, problem="there is no year 0")


def _spoken(m: Match) -> TimeExpression | None:
    n = int(m.value("n")) if "n" in m else 0
    if "c" in m:
        if n > 9:
            return None
        year = int(m.value("c")) * 100 + (int(m.value("tens")) if "tens" in m else 0) + n
    else:
        year = 2000 + n
    return replace(_BLANK, pick=f"{year}-{m.value('month')}" if "month" in m else str(year))


def _season(m: Match) -> TimeExpression:
    name = m.value("season")
    if "year" in m:
        return replace(_BLANK, pick=f"{m.words['year']}-{name}", mod=_mod(m))
    if m.surface.endswith("year"):
        return replace(_BLANK, pick=f"XXXX-{name}", **_unit_shift(m.kind("rel"), "Y"))  # type: ignore[arg-type]
    if "past" in m:
        return replace(_BLANK, pick=f"XXXX-{name}", anchor="published", direction="before")
    if m.words.get("rel") == "this":
        return replace(_BLANK, pick=f"XXXX-{name}", anchor="published", shift=(0, "Y"), mod=_mod(m))
    return _named(f"XXXX-{name}", m)


def _holiday(m: Match) -> TimeExpression:
    pick = m.value("holiday")
    if "year" in m:
        return replace(_BLANK, pick=m.words["year"] + pick[4:])
    if "rel" in m and " year " in m.surface:
        return replace(_BLANK, pick=pick, **_unit_shift(m.kind("rel"), "Y"))  # type: ignore[arg-type]
    e = _named(pick, m)
    return replace(e, direction="before") if m.before == "since" and e.shift is None else e


def _event(m: Match) -> TimeExpression | None:
    pick = m.value("event")
    return replace(_BLANK, pick=pick) if pick != m.words["event"] else None  # "5/12" has the signs of "9/11"


def _other(m: Match) -> TimeExpression | None:
    if "otherfeast" in m:
        return replace(_BLANK, problem="its day moves by another calendar")
    calendars = {"hijri": "Hijri", "persian": "Persian", "hebrew": "Hebrew"}
    return replace(_BLANK, problem=f"a date of the {calendars.get(m.value('othermonth'), 'Hijri')} calendar")


def _vague(m: Match) -> TimeExpression:
    if "recent" in m and m.words["recent"] == "current" and m.before == "then":
        return replace(_BLANK, pick="PAST_REF")
    return replace(_BLANK, pick=m.value("vague" if "vague" in m else "recent"))


def _set(m: Match) -> TimeExpression | None:
    if "set" in m:
        return replace(_BLANK, pick=m.value("set"))
    if "month" in m or "season" in m:
        return replace(_BLANK, pick=f"XXXX-{m.value('month' if 'month' in m else 'season')}")
    if "daypart" in m:
        return replace(_BLANK, pick=f"XXXX-XX-XX{m.value('daypart')}")
    if "units" in m:
        unit = m.value("units")
        if unit == "WE":
            return replace(_BLANK, pick="XXXX-WXX-WE")
        count = number(m.words["count"]) if "count" in m else 2.0 if "other" in m.surface else 1.0
        return replace(_BLANK, pick=duration(count, unit))
    if "every" in m and m.surface.startswith("per ") and m.value("every") not in ("D", "W", "M", "Y"):
        return None  # miles per hour
    return replace(_BLANK, pick="XXXX-WXX-WE" if "every" not in m else duration(1, m.value("every")))


_MAKERS: dict[str, Callable[[Match], TimeExpression | list[TimeExpression] | None]] = {
    "iso": _iso, "numeric": _numeric, "monthday": _monthday, "wrongyear": _wrongyear, "month": _month, "weekof": _weekof, "weekday": _weekday,
    "weekdays": _weekdays, "dayofmonth": _dayofmonth, "zoned": _zoned, "nthday": _nthday, "dayword": _dayword, "daypart": _daypart,
    "clock": _clocked, "unit": _unit, "spanning": _spanning, "ago": _ago, "duration": _durations, "manyunits": _manyunits, "quarter": _quarter,
    "half": _half, "fiscal": _fiscal, "decade": _decade, "century": _century, "year": _year, "yearzero": _yearzero, "spoken": _spoken,
    "season": _season, "holiday": _holiday, "event": _event, "other": _other, "vague": _vague, "set": _set,
}  # fmt: skip
