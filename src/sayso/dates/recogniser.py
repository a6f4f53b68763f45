"""The recogniser: finds the expressions of time in a text by the grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.dates.expression import Bound, TimeExpression
from sayso.dates.lexicon import BREAK, TOKEN, Rule, contexts, folded, grammar
from sayso.dates.meanings import ENDED, Match, meaning, says_that
from sayso.dates.tense import beside_past, direction

#: Rules whose tokens stand without a gap between them.
_TIGHT = frozenset(("iso", "numeric"))
_GAP = re.compile(r"\n\s*\n")
#: Ordinals that say a day only where nothing follows that they may count.
_ORDINARY = frozenset(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))
_AND = frozenset(("and", "or", "through", "to"))
_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
)
#: Words before "at the time" that it goes with, whatever comes after it.
_SAYING = frozenset(("said", "saying", "say", "says", "told", "argued", "insisted", "claimed", "thought", "wrote"))
#: Words before a year of two figures: "in '87".
_BEFORE_SHORT = frozenset(("in", "since", "until", "of", "after", "before", "by", "from"))
_SEASONS = frozenset(("spring", "summer", "fall", "autumn", "winter", "back"))
#: Words after "a year-".
_AFTER_HYPHEN = frozenset(("long", "end", "over", "to"))
#: How far around a half or a period stands what tells that it is one of business.
_AMID = 12
#: How far before "a year" stands the count of what is told by the year, in tokens, and words that end it.
_COUNTED = 6
_AMOUNTS = frozenset(("million", "billion", "trillion", "percent", "%", "cents", "people", "hundred", "thousand", "dozen"))
_NO_PLURAL = frozenset(("s", "as", "is", "was", "has", "does", "its", "his", "this", "us", "plus", "less", "thus", "times", "perhaps"))
#: Words before a weekday that a sentence may begin with.
_BEFORE_WEEKDAY = frozenset("on last this next late early by since until every both and from".split())
#: Months that are also words or names of persons.
_DOUBTFUL = frozenset(("may", "march", "april", "june", "august"))


@dataclass(frozen=True)
class Page:
    """A text as the grammar sees it: tokens with their offsets, a break where no expression goes on, and their signs."""

    text: str
    spans: Sequence[tuple[int, int]]
    words: Sequence[str]  # folded
    signs: str


def lay_out(text: str) -> Page:
    """The tokens of *text*. Cost is linear in its length."""
    sign = grammar().sign
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    signs: list[str] = []
    known: dict[str, tuple[str, str]] = {}
    last = 0
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if start > last and "\n" in text[last:start] and words and (words[-1] in '.!?:"”' or _GAP.search(text, last, start)):
            spans.append((last, last))
            words.append(BREAK)
            signs.append(BREAK)
        token = match.group()
        if token not in known:
            known[token] = folded(token), sign(token)
        spans.append((start, end))
        words.append(known[token][0])
        signs.append(known[token][1])
        last = end
    return Page(text, spans, words, "".join(signs))


def find(text: str) -> tuple[TimeExpression, ...]:
    """The expressions of time in *text*, in order, none overlapping another."""
    return expressions(lay_out(text))


def expressions(page: Page) -> tuple[TimeExpression, ...]:
    """The expressions of time of a page, in order, none overlapping another."""
    rules, signs = grammar().rules, page.signs
    # Most of a text is words that no rule knows: only what lies between them, and tells something, is looked at.
    stretches = [m.span() for m in grammar().telling.finditer(signs)]
    short = BREAK.join(signs[a:b] for a, b in stretches)
    shift: list[int] = []
    at = 0
    for a, b in stretches:
        shift += [a - at] * (b - a + 1)
        at += b - a + 1
    there = set(short)
    able = [(number, rule) for number, rule in enumerate(rules) if not any(map(there.isdisjoint, rule.needs))]
    candidates = sorted(
        ((m.start() + shift[m.start()], -m.end() - shift[m.start()], number, m, shift[m.start()])
         for number, rule in able for m in rule.pattern.finditer(short)),
        key=lambda c: c[:3],
    )  # fmt: skip
    out: list[TimeExpression] = []
    end = 0
    for begin, stop, number, m, by in candidates:
        if begin < end:
            continue
        made = _expressions(page, rules[number], m, by)
        if made:
            out += made
            end = -stop
    return tuple(_linked(page, out))


def _expressions(page: Page, rule: Rule, m: re.Match[str], by: int) -> list[TimeExpression]:
    """The expressions that a match makes, *by* tokens further on in the text than in what was matched."""
    begin, end = m.start() + by, m.end() + by
    if rule.name == "weekday" and page.words[begin] == "that" and begin and says_that(page.words[begin - 1]):
        begin += 1  # "said that Monday"
    if rule.name in _TIGHT and page.spans[end - 1][1] - page.spans[begin][0] != sum(b - a for a, b in page.spans[begin:end]):
        return []
    if not _stands(page, rule, begin, end):
        return []
    groups = {name: " ".join(page.words[m.start(name) + by : m.end(name) + by]) for name in m.re.groupindex if m.group(name)}
    words = page.words
    surface, before, after = " ".join(words[begin:end]), words[begin - 1] if begin else BREAK, words[end] if end < len(words) else BREAK
    match = Match(
        rule, groups, surface, before, after,
        lambda: direction(words, begin, end), lambda: beside_past(words, begin, end), lambda: _is_distributed(words, begin),
    )  # fmt: skip
    made = meaning(match)
    if not made:
        return []
    runs = [(begin, end)]
    if len(made) == 2:
        second = next(name for name in ("day2", "year2", "yy2") if name in groups)
        first = m.end("day" if second == "day2" else "year")
        runs = [(begin, first + by), (m.start(second) + by, end)]
    out = []
    for e, (a, b) in zip(made, runs, strict=True):
        bound = e.bound if e.bound != "at" else _bound(page, a)
        out.append(replace(e, span=(page.spans[a][0], page.spans[b - 1][1]), bound=bound))
    return out


def _stands(page: Page, rule: Rule, begin: int, end: int) -> bool:
    """Whether a match means a time where it stands."""
    lists, words = contexts(), page.words
    before = words[begin - 1] if begin else BREAK
    after = words[end] if end < len(words) else BREAK
    touching = end < len(words) and page.spans[end][0] == page.spans[end - 1][1]  # no gap after it
    name = rule.name
    joined = begin > 0 and words[begin].isdigit() and page.spans[begin - 1][1] == page.spans[begin][0] and before in "$£€#.,/-–:@_"
    if joined and not (before in "-–/" and name in ("year", "monthday") and begin > 1 and not words[begin - 2].isdigit()):
        return False
    if (
        words[end - 1].isdigit()
        and touching
        and (
            after.isalpha()
            or after in "%_@"
            or (after in "/.:," and end + 1 < len(words) and words[end + 1].isdigit() and page.spans[end + 1][0] == page.spans[end][1])
        )
    ):
        return False
    if name == "zoned" and before == "(":
        return False  # beside the time of the place
    if name == "year" and words[begin] == "'":
        return end - begin == 2 and (before in _BEFORE_SHORT or before in _SEASONS) and not (touching and after.isalnum())
    if name == "year" and len(words[end - 1]) == 2 and after in _MONTHS:
        return False  # "2013 – 30 March 2017"
    if name == "year" and end - begin == 1:
        return _year_stands(page, begin, end, before, after)
    if name == "monthday" and words[end - 1] in _ORDINARY and words[end - 2] not in ("-", "twenty", "thirty", "of", "the"):
        return after in ".,;:?!)" or after in (BREAK, "and", "at", "when", "through", "to")  # "In March first aid"
    if name == "quarter" and words[begin] == "q":
        return page.spans[begin][1] == page.spans[begin + 1][0] and page.text[page.spans[begin][0]] == "Q" and not joined
    if name == "dayofmonth":
        return words[begin] != "the" or (before == "on" and (after in ".,;:)" or after in (BREAK, "and", "at")))
    if (name == "half" and "year" not in words[begin:end]) or (name == "quarter" and words[begin + 1] == "-" and words[end - 1] == "period"):
        return any(w in lists["business"] for w in words[max(0, begin - _AMID) : end + _AMID])  # "in the second half" of a match
    if name == "event" and before.isdigit():
        return False
    if name == "weekday" and words[begin] == "sun" and before.isalpha() and before not in _BEFORE_WEEKDAY:
        written = page.text[slice(*page.spans[begin - 1])]
        return written.isupper() or not written[0].isupper()  # "told the Orlan Sun."; "7 p.m. ET Sun."
    if name == "weekdays" and after in ("ago", "earlier", "later"):
        return False
    if name == "month" and end - begin == 1 and after in lists["after_delivery"] and _capital(page, begin):
        return True
    if name == "month" and end - begin == 1:
        if (after in _AND and words[end + 1 : end + 2] and words[end + 1] in _MONTHS and _capital(page, end + 1)) or (
            before in _AND and begin > 1 and words[begin - 2] in _MONTHS
        ):
            return page.text[page.spans[begin][0]].isupper()
        if before in lists["before_name"] or (after == "," and words[begin] not in _DOUBTFUL):
            return True
        return words[begin] not in _DOUBTFUL and not _within_name(page, begin, end)
    if name == "dayword" and before == "a":
        return False  # "a tomorrow in which"
    if name in ("dayword", "vague") and end - begin == 1 and begin and (before == "usa" or (before in "'\"“‘" and after in "'\"”’,")):
        return False  # a title
    if name == "weekday" and after in ("before", "after", "following", "preceding") and "the" in (before, words[begin]):
        return False  # "the Friday before the vote"
    if name == "weekday" and end - begin == 1:
        return before not in lists["not_weekday_before"]
    if name == "ago" and words[end - 1] in ("before", "after"):
        return after in ".,;:)" or after in (BREAK, "and", "but", "when", "”", "—", "–")
    if name in ("duration", "ago", "spanning", "manyunits"):
        if words[begin] in ("a", "an") and end - begin == 2 and after == "-" and words[end + 1 : end + 2] and words[end + 1] in _AFTER_HYPHEN:
            return False  # "a year-long strike", "a year-end rally": the next match
        if words[begin] in ("a", "an") and end - begin == 2 and words[end - 1] in ("decades", "years", "months", "weeks", "days", "hours"):
            return False  # "a decades-long war": the next match
        if (
            after in ("old", "olds")
            or (after == "-" and end + 1 < len(words) and words[end + 1] in ("old", "olds"))
            or (after == "of" and words[end + 1 : end + 2] == ["age"])
        ):
            return False
        if "quarter" in words[end - 1] and (end - begin == 1 or after in ("of", "-") or words[begin] in ("a", "three") or "than" in words[begin:end]):
            return False
        if end - begin > 1 and words[begin].isdigit() and _capital(page, end - 1):  # a title: 60 Minutes
            return False
        if end - begin == 2 and len(words[begin]) == 4 and words[begin].isdigit() and not words[end - 1].endswith("s"):
            return False  # "the comparable 1988 quarter"
        if name == "manyunits" and end - begin == 1 and not words[begin].endswith("long"):
            told_of = after == "of" and (before in lists["before_many_of"] or before == BREAK)
            return before in lists["before_many"] or told_of or (before == "the" and after == "that")
    if name == "season":
        if after == "of" and not words[end - 1].isdigit():
            return False
        return page.words[begin] != "the" or end - begin > 2 or before in lists["before_name"] or before in ("by", "of")
    titled = page.text[page.spans[begin][0]].isupper() and _capital(page, end - 1)
    if name in ("unit", "daypart") and end - begin == 2 and words[begin] == "this" and titled:
        return False  # a broadcast
    if name == "unit" and words[begin:end] == ["the", "end", "of", "the", "day"]:
        return before not in ("at", "'")  # when all is said
    if name == "unit" and end - begin == 2 and words[begin] == "the":
        if words[begin + 1] == "quarter":
            return after != "-"  # "the quarter-century-old brigade"
        if words[begin + 1] in ("week", "month", "year") and after in ENDED:
            return before in ("for", "during", "in", "of", "from", "than", "with")
        if words[begin + 1] == "week":
            return before in ("for", "during", "earlier", "later", "in", "of") and after in (".", ",", BREAK, "and", "'")
        if words[begin + 1] == "month":
            return before in ("for", "during") and after in (".", ",", BREAK, "and")
        if words[begin + 1] == "year":
            return before in ("for", "during") and after not in ("of", "'")
    if name == "spoken" and after in ("greenwich", "gmt", "universal", "utc", "hours"):
        return False  # a time of day
    if name == "clock" and before == "high":
        return False
    if name == "clock" and words[begin].isdigit() and ":" in words[begin:end] and end - begin == 3:
        return before in ("at", "by", "about", "around", "until", "from", "before", "after", "to")
    if name == "set" and words[begin] in ("annual", "daily", "weekly"):
        paper = _capital(page, begin - 1) and _capital(page, end)
        return not page.text[page.spans[begin][0]].isupper() and before != "average" and not paper
    if name == "vague":
        if words[begin] == "recently" and before in lists["before_attribute"]:
            return False
        if words[begin] == "soon" and end - begin == 1:
            return before in lists["before_soon"]
        if words[begin : begin + 2] == ["the", "past"] and end - begin == 2:
            return not (after.isdigit() or (after.isalpha() and after not in lists["after_vague"]))  # "the past eight contests"
        if words[begin : begin + 2] == ["the", "future"] and end - begin == 2:
            if _capital(page, end):
                return page.text[page.spans[end - 1][0]].islower()
            return not after.isalpha() or after in lists["after_vague"]  # "the future leader"
        if words[begin:end] == ["at", "the", "time"] and before not in _SAYING and (after in lists["after_at_the_time"] or _capital(page, end)):
            return False  # "at the time they met"
        if words[begin:end] == ["now"] and _capital(page, begin) and _capital(page, begin - 1) and not _capital(page, begin + 1):
            return False  # the last word of a name
        return not (words[begin] == "at" and after == "of")
    if name == "decade" and words[begin] == "'":
        return True
    return True


def _is_distributed(words: Sequence[str], begin: int) -> bool:
    """Whether a count of things stands before "a year": "200 cars a year"."""
    before = words[max(0, begin - _COUNTED) : begin]
    if not before or not (before[-1] in _AMOUNTS or before[-1].isdigit() or (before[-1].endswith("s") and before[-1] not in _NO_PLURAL)):
        return False
    return any(w.isdigit() or w in _AMOUNTS or w == "$" for w in before)


def _within_name(page: Page, begin: int, end: int) -> bool:
    """Whether capitalised words stand right on both sides, as in a name."""
    return begin > 0 and _capital(page, begin - 1) and page.words[begin - 1] not in contexts()["before_name"]


def _capital(page: Page, at: int) -> bool:
    return (
        0 <= at < len(page.words)
        and page.words[at].isalpha()
        and page.text[page.spans[at][0]].isupper()
        and at > 0
        and page.words[at - 1] not in '.!?\n"“'
    )


def _year_stands(page: Page, begin: int, end: int, before: str, after: str) -> bool:
    lists = contexts()
    year = int(page.words[begin])
    if before in lists["no_year_before"] or after in lists["no_year_after"] or after == "%":
        return False
    if before in (",", ".") and begin > 1 and page.words[begin - 2].isdigit():
        return False
    if not 1700 <= year <= 2100:
        return before in ("in", "since", "of", "until") and (after in ",.;)" or after == BREAK) and year >= 1000
    if before in lists["before_year"]:
        return True
    return 1850 <= year <= 2050


def _bound(page: Page, begin: int) -> Bound:
    """What the words before an expression make of it."""
    words = page.words
    for at in range(begin - 1, max(-1, begin - 4), -1):
        word = words[at]
        if word in ("since", "until", "before", "after", "by"):
            return word  # type: ignore[return-value]
        if word in ("till", "through", "thru"):
            return "until"
        if word == "following":
            return "after"
        if word == "from":
            return "since"
        if word == "to" and at == begin - 1 and "from" in words[max(0, begin - 8) : at]:
            return "until"
        if word == "starting" or word == "beginning":
            return "since"
        if (word == "of" and at and words[at - 1] == "ahead") or (word == "to" and at and words[at - 1] == "prior"):
            return "before"
        if word not in ("on", "the", "in", "about", "around", "late", "early", "at", "last"):
            return "at"
    return "at"


#: Within so many characters a quarter that was told is the one that "a year earlier" is compared with.
_NEAR = 600
#: Between a time of day and the day that it is of.
_ASIDE = re.compile(r"\s*\([^()\n]{1,30}\),?\s*(?:on\s)?\s*|,?\s+on\s+")
_VAGUE = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


def _linked(page: Page, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """*found*, those that hang on a time told before with its index; where none was told, on the day of publication or nothing."""
    out: list[TimeExpression] = []
    told: int | None = None
    day: int | None = None
    compared: int | None = None  # what a year earlier is a year earlier than
    quarter: int | None = None  # the last quarter that was told
    months: int | None = None  # months that were told together: "the nine months"
    for k, e in enumerate(found):
        if e.clock and e.anchor == "told" and k + 1 < len(found) and _ASIDE.fullmatch(page.text, e.span[1], found[k + 1].span[0]):
            on_day = found[k + 1]
            if on_day.type == "DATE" and (is_day(on_day.pick) or on_day.pick[9:].isdigit()) and on_day.anchor != "told" and not on_day.problem:
                e = replace(on_day, span=e.span, type="TIME", clock=e.clock, mod=e.mod)  # "10:30 a.m. (0830 GMT) Monday"
        near = compared is not None and e.span[0] - found[compared].span[1] <= _NEAR
        if e.shift == (0, "Q") and k + 1 < len(found):
            e = _ended(page, e, found[k + 1])
        if e.pick in ("=M", "=Y"):  # "for the year": that of the quarter told
            hooked = near and compared is not None and (e.pick == "=M" or _is_quarter(found[compared]))
            e = replace(e, told=compared) if hooked else replace(e, anchor="published")
        elif e.pick == "=" and e.shift is not None:
            if e.shift[1] == "Q":
                e = (
                    replace(e, told=compared)
                    if near and compared is not None and _is_quarter(found[compared])
                    else replace(e, anchor="published", shift=(-1, "Q"))
                )
            elif near and compared is not None and months is not None and months > compared:
                e = replace(e, anchor="published")  # as long as they were: no quarter
            elif (
                near and compared is not None
                and (e.anchor == "told" or _is_quarter(found[compared]) or _is_against_month(page, e, found[compared]))
            ):  # fmt: skip
                e = replace(e, anchor="told", told=compared)
            elif e.anchor == "told" and e.shift is not None and e.shift[0] < 0:
                e = replace(e, anchor="published")
        elif "QX" in e.pick and (compared is None or not _is_quarter(found[compared]) or (months is not None and months > compared)):
            e = replace(e, pick=e.pick[:4], anchor="none")  # "the same period in 2012": of no quarter that was told
        elif e.anchor == "told":
            on = compared if "QX" in e.pick else quarter if quarter is not None and e.shift == (0, "Q") else told
            if e.shift is not None and e.shift[0] < 0 and told is None:
                e = replace(e, anchor="published")  # "from the previous week", and nothing told before
            elif e.pick == "=D" and day is None:
                e = replace(e, anchor="published")
            elif e.clock and e.shift == (0, "D"):
                on = day if day is not None and "\n" not in page.text[found[day].span[1] : e.span[0]] else None
                e = replace(e, told=on) if on is not None else replace(e, anchor="published")
            else:
                finer = e.shift is not None and e.shift[1] == "D" and on is not None and on != day and not _is_week(found[on])
                e = replace(e, told=day if finer and day is not None else on)
        if e.shift == (0, "D") and e.anchor == "told" and not e.clock and not e.pick and day is None:
            e = replace(e, told=None)  # "that day", and no day was told
        if e.pick in _MONTHS_TOGETHER:
            months = k
        if _is_quarter(e) or (e.pick == "=" and e.told is not None and e.told == quarter):
            quarter = k
        out.append(e)
        if e.type in ("DATE", "TIME") and e.problem is None and e.pick not in _VAGUE and not (e.anchor == "told" and e.told is None):
            told = k
            if e.clock or (e.shift and e.shift[1] == "D") or is_day(e.pick):
                day = k
            if e.pick != "=" and (
                _is_quarter(e) or compared is None or not _is_quarter(found[compared]) or e.span[0] - found[compared].span[1] > _NEAR
            ):
                compared = k
    return out


#: Months that a year's report is made of, but for the quarter.
_MONTHS_TOGETHER = frozenset(("P6M", "P9M", "P12M"))
#: Between a quarter and the day that it ended on.
_TO_ITS_END = re.compile(r"\s+(?:that\s+)?(?:ended|ending)\s+")


def _ended(page: Page, e: TimeExpression, end: TimeExpression) -> TimeExpression:
    """"The quarter ended July 31": the quarter of the calendar in which most of it lies."""
    day = _DAY_OF_YEAR.match(end.pick)
    if day is None or not _TO_ITS_END.fullmatch(page.text, e.span[1], end.span[0]):
        return e
    middle = (int(day[2]) - (1 if int(day[3] or 28) > 14 else 2) - 1) % 12 + 1
    year = day[1] if day[1] == "XXXX" else f"{int(day[1]) - (middle > int(day[2])):04d}"
    pick = f"{year}-Q{(middle + 2) // 3}"
    e = replace(e, pick=pick, shift=None, direction="past")
    return replace(e, anchor="published" if year == "XXXX" else "none")


#: A pick that tells a month, and perhaps its day.
_DAY_OF_YEAR = re.compile(r"(XXXX|\d{4})-(\d\d)(?:-(\d\d))?(?:@\d)?$")
#: What "a year ago" follows where the same month is meant.
_AGAINST = ("from", "than", "with", "against")


def _is_against_month(page: Page, e: TimeExpression, told: TimeExpression) -> bool:
    """Whether a month is compared with its own of another year: "September sales rose 3% from a year ago"."""
    day = _DAY_OF_YEAR.match(told.pick)
    between = page.text[told.span[1] : e.span[0]]
    return day is not None and day[3] is None and "\n" not in between and ". " not in between and between.rstrip().endswith(_AGAINST)


def _is_week(e: TimeExpression) -> bool:
    return e.shift is not None and e.shift[1] == "W"


def _is_quarter(e: TimeExpression) -> bool:
    return "-Q" in e.pick or (e.shift is not None and e.shift[1] == "Q")


def is_day(pick: str) -> bool:
    """Whether a pick tells one day of the year."""
    return pick.count("-") == 2 and "/" not in pick and not pick.endswith("-WE") and "-XX" not in pick
