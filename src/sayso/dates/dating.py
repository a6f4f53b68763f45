"""Dating: what a text tells of the day on which it was published, and where that day and the text do not fit. Offered, never used silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sayso.dates.anchoring import anchored
from sayso.dates.clauses import YET, Clauses
from sayso.dates.dateline import dateline
from sayso.dates.expression import TimeExpression
from sayso.dates.lexicon import BREAK
from sayso.dates.periods import Period, period
from sayso.dates.recogniser import is_day, lay_out
from sayso.dates.tense import direction

#: Years between the last day that a text tells of and its publication from which on one of them is in doubt.
_LONG: Final = 50
#: Days between a dateline and the day of publication: it is printed that day or the next; from here on one of them is in doubt.
_PRINTED: Final = timedelta(1)
_LATE: Final = timedelta(7)
_WEEKDAYS_COME_ROUND: Final = 12
#: What stands before a year in which something was done, and between the two; what a clause begins after; tokens in which a verb may be yet to come.
_WITHIN: Final = frozenset(("in", "during"))
_PARTS_OF: Final = frozenset(("early", "late", "mid", "-", "the", "spring", "summer", "fall", "autumn", "winter", "of"))
_BREAKS: Final = frozenset((BREAK, ".", "!", "?", ";", "”", "“", '"', ","))
_FAR: Final = 4
#: What is told of long before it comes.
_VOTES: Final = frozenset("presidential general parliamentary election elections vote referendum race ballot runoff deadline".split())


@dataclass(frozen=True, slots=True)
class Dating:
    """An inference: a report was published on or after *first* and on or before *last* (ISO 8601), on the *grounds* of some words of it.

    *season* are the days of the year (MM-DD) between which it was published, of whatever year from *first* on. What is not told is None.
    """

    first: str | None
    last: str | None
    season: tuple[str, str] | None
    grounds: tuple[str, ...]

    def __str__(self) -> str:
        said = []
        if self.season is not None and self.last is None:
            said.append(f"between {self.season[0]} and {self.season[1]} (month-day)")
        if self.first and self.last:
            said.append(f"from {self.first} to {self.last}" if self.first != self.last else f"on {self.first}")
        elif self.first or self.last:
            said.append(f"on or after {self.first}" if self.first else f"on or before {self.last}")
        return f"published {', '.join(said)}, as told by " + ", ".join(f"“{g}”" for g in self.grounds)


def infer(text: str, times: Sequence[TimeExpression]) -> Dating | None:
    """When *text* was published, as far as its *times* pin it down; None where they tell nothing."""
    past, coming = _told(text, times)
    grounds: list[TimeExpression] = []
    first = max(((p.first, e.span, e) for p, e in past), default=None)
    last = min(((p.last, e.span, e) for p, e in coming), default=None)
    grounds += [x[2] for x in (first, last) if x is not None]
    since = first[0] if first is not None else None
    until = last[0] if last is not None else None
    if since is not None and until is not None and since > until:
        return None  # they contradict each other
    season = None
    filed = dateline(text, times)
    if filed is not None and filed.anchor == "none":
        return _filed(text, filed, since, until)
    tenses = dict(zip((e.span for e in times), _tenses(text, times), strict=True))
    days = [
        e
        for e in times
        if e.pick.startswith("XXXX-")
        and is_day(e.pick.split("@")[0])
        and e.anchor == "published"
        and e.problem is None
        and "W" not in e.pick
        and "E" not in e.pick
    ]
    before = [e for e in days if tenses[e.span] != "future"]
    after = [e for e in days if tenses[e.span] == "future"]
    if before:
        latest = max(before, key=lambda e: _md(e)) if not after else max(before, key=lambda e: _turned(_md(e), min(map(_md, after))))
        soonest = min(after, key=lambda e: _turned(_md(e), _md(latest))) if after else None
        if filed is not None:
            latest, soonest = filed, None
            season = _md(filed), _next(_md(filed))
        grounds += [latest, *([soonest] if soonest else [])]
        if soonest is not None:
            season = (_md(latest), _md(soonest))
        pinned = any("@" in e.pick for e in days)
        # a day that is over, with nothing yet to come: "3 February" beside "12 March 2019" may be before that
        year = _year(days, since) if pinned or season is not None else None
        if year is not None:
            made = period(f"{year:04d}-{_md(latest)}")
            if made is not None and (since is None or made.first > since):
                since = made.first
            if pinned and soonest is not None:
                end = period(f"{year + (_md(soonest) < _md(latest)):04d}-{_md(soonest)}")
                until = end.last if end is not None and (until is None or end.last < until) else until
            grounds += [e for e in days if "@" in e.pick]
    if since is None and until is None and season is None:
        return None
    words = dict.fromkeys(" ".join(text[slice(*e.span)].split()) for e in sorted(grounds, key=lambda e: e.span))
    return Dating(since.isoformat() if since else None, until.isoformat() if until else None, season, tuple(words))


def _filed(text: str, filed: TimeExpression, since: date | None, until: date | None) -> Dating | None:
    """What a dateline with its year tells; None where the text tells of later days as past, or of earlier ones as yet to come."""
    made = period(filed.pick.split("@")[0])
    if made is None or (since is not None and since > made.first + _PRINTED) or (until is not None and until < made.first):
        return None
    return Dating(made.first.isoformat(), (made.first + _PRINTED).isoformat(), None, (" ".join(text[slice(*filed.span)].split()),))


def _next(day: str) -> str:
    """The day of the year after *day* (MM-DD), of a year that has a 29 February."""
    return (date.fromisoformat(f"2000-{day}") + _PRINTED).isoformat()[5:]


def _md(e: TimeExpression) -> str:
    return e.pick[5:10]


def _turned(day: str, since: str) -> tuple[bool, str]:
    """Days of the year in the order in which they come after *since*."""
    return day < since, day


def _year(days: Sequence[TimeExpression], since: date | None) -> int | None:
    """The first year, from *since* on, in which every weekday that stands with a date fits, and the days are not before it."""
    if since is None:
        return None
    latest = max(map(_md, days))
    for year in range(since.year, since.year + _WEEKDAYS_COME_ROUND):
        if f"{year:04d}-{latest}" < since.isoformat():
            continue
        fits = [
            (made := period(f"{year:04d}-{_md(e)}")) is not None and made.first.isoweekday() == int(e.pick.split("@")[1])
            for e in days
            if "@" in e.pick
        ]
        if all(fits):
            return year
    return None


def _tenses(text: str, times: Sequence[TimeExpression]) -> list[str]:
    page = lay_out(text)
    starts = {span[0]: k for k, span in enumerate(page.spans)}
    ends = {span[1]: k + 1 for k, span in enumerate(page.spans)}
    return [direction(page.words, starts[e.span[0]], ends[e.span[1]]) for e in times]


def _told(
    text: str, times: Sequence[TimeExpression], *, strict: bool = False
) -> tuple[list[tuple[Period, TimeExpression]], list[tuple[Period, TimeExpression]]]:
    """The periods of whole dates that the text tells as past, and those that it tells as yet to come; *strict*: no month that is only named."""
    past, coming = [], []
    page = lay_out(text)
    starts = {span[0]: k for k, span in enumerate(page.spans)}
    ends = {span[1]: k + 1 for k, span in enumerate(page.spans)}
    for e, tense in zip(times, _tenses(text, times), strict=True):
        made = period(e.pick) if e.anchor == "none" and e.problem is None and e.type in ("DATE", "TIME") else None
        if made is None:
            continue
        if tense == "future":
            if made.unit in ("D", "M"):  # "would serve until 2008" was told of what was
                coming.append((made, e))
        elif e.bound == "since" or (e.bound == "at" and _has_been(page.words, starts[e.span[0]], ends[e.span[1]], made.unit, strict)):
            past.append((made, e))
    return past, coming


def _has_been(words: Sequence[str], begin: int, end: int, unit: str, strict: bool) -> bool:
    """Whether the expression of the tokens [begin, end) is of what has been: "was sold in 2015", "In 2015 it sold", not "the 2016 race"."""
    if unit == "D":
        return words[begin - 1 : begin] != ["for"]  # "a vote was called for June 5, 2016"
    if unit == "M" and not strict and _VOTES.isdisjoint(words[end : end + 2]):
        return True
    at = begin - 1
    while at >= 0 and words[at] in _PARTS_OF:
        at -= 1
    if at < 1 or words[at] not in _WITHIN:
        return False
    if words[at - 1] in _BREAKS:
        return True
    return Clauses.is_past(words[at - 1]) and YET.isdisjoint(words[max(0, at - _FAR) : at])


def doubts(text: str, times: Sequence[TimeExpression], published: str | None, *, today: date) -> tuple[str, ...]:
    """What cannot be in a text's expressions of time, and where they and the day of publication do not fit, one line each."""
    out = [f"“{' '.join(text[slice(*e.span)].split())}”: {e.problem}" for e in times if e.problem]
    if published is None:
        return tuple(out)
    day = date.fromisoformat(published[:10])
    if day > today:
        out.append(f"the day of publication, {day}, is yet to come")
    past, coming = _told(text, times, strict=True)
    later = [(p, e) for p, e in past if p.first > day + _PRINTED]
    if later:
        words = ", ".join(dict.fromkeys(f"“{text[slice(*e.span)]}”" for _, e in later))
        out.append(f"published on {day}, but it tells of {words} as past")
    filed = dateline(text, times)
    if filed is not None:
        on = anchored((filed,), published)[0].first
        if on is not None and not -_PRINTED <= day - date.fromisoformat(on) <= _LATE:
            out.append(f"published on {day}, but its dateline says “{text[slice(*filed.span)]}”")
    last = max((p.last for p, _ in (*past, *coming)), default=None)
    if any(e.anchor == "published" and e.problem is None for e in times):
        last = None  # it tells of its own days, too: the others it looks back on
    if last is not None and day.year - last.year >= _LONG:
        out.append(f"published on {day}, but the last day that it tells of is in {last.year}")
    named = anchored(times, published)
    for e, t in zip(times, named, strict=True):
        if "@" in e.pick and t.value is None and e.problem is None:
            out.append(f"“{text[slice(*e.span)]}”: that day of the month was none of that name around {day.year}")
    return tuple(out)
