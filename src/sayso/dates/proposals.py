"""Proposals: the day on which each statement of a text was made, as rules have it; evidence among other for the ranking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sayso.dates.clauses import ATTITUDES, MEANWHILE, NEAR, YET, Clauses
from sayso.dates.lexicon import contexts
from sayso.dates.places import LONGEST
from sayso.dates.saying import Saying

#: Paragraphs over which what somebody says goes on belonging to the day told last: that of another saying, of an occasion, of a mere deed.
_CARRIED: Final = 3
_OCCASION_CARRIED: Final = 12
_DEED_CARRIED: Final = 2
#: Paragraphs over which those whom a poll asked are those of the poll told last.
_POLLED: Final = 4
#: What takes up again an occasion or a document that was told.
_THE: Final = frozenset(("the", "that", "this", "his", "her", "their", "its", "same"))
#: Adverbs beside a cue that tells of another time than the one around it.
_ANOTHER_TIME: Final = frozenset("often famously previously long always usually initially originally once regularly routinely".split())
#: What counts the time to another day, right before who said it.
_COUNTING: Final = re.compile(r"(?i)\b(?:days?|weeks?|months?|years?) (?:after|before)\s\Z")
#: Paragraphs at the top of a text that may sum up what the next ones date.
_LEAD: Final = 3


@dataclass(frozen=True, slots=True)
class _Last:
    """What was told last of somebody: the expression that tells the day, the paragraph, whether it is of an occasion, whether only of a deed."""

    time: int
    paragraph: int
    occasion: bool
    weak: bool = False


class Proposals(Clauses):
    """The rules, over one text."""

    @cached_property
    def speaking(self) -> frozenset[int | None]:
        """Those who make statements."""
        return frozenset(map(self.who, range(len(self.statements))))

    @cached_property
    def time_tokens(self) -> frozenset[int]:
        """The tokens at which expressions of time begin."""
        return frozenset(self.token(e.span[0]) for e in self.times)

    @cached_property
    def clauses(self) -> tuple[Saying | None, ...]:
        """The sayings that stand in the clause of their cue."""
        return tuple(None if (n := self.clause(k)) is None else Saying(n, "clause") for k in range(len(self.statements)))

    def all(self) -> tuple[Saying | None, ...]:
        """The sayings, in the order of the statements."""
        out = list(self.clauses)
        order = sorted((k for k in range(len(self.statements)) if self.statements[k].parent is None), key=lambda k: self.anchor(k)[0])
        days: dict[int, set[tuple[str, str]]] = defaultdict(set)  # on which days, as the text tells them, each speaker said something
        for k in order:
            who, made = self.who(k), out[k]
            if who is not None and made is not None and self._dates_others(k, made):
                days[who].add(self.meant(made.time))
        # sentences that date what somebody says in them: no deed told there dates it otherwise
        dated = {(self.sentence(self.anchor(k)[0])[0], self.who(k)) for k in order if out[k] is not None and self.told_plainly(k)}
        last: dict[int, _Last] = {}
        shared: dict[str, tuple[int, int]] = {}  # the last day and paragraph in which each kind of occasion was told
        events = [n for n in range(len(self.times)) if self._is_event(n)]
        points = sorted([(self.anchor(k)[0], 1, k) for k in order] + [(self.times[n].span[0], 0, n) for n in events])
        for place, is_statement, k in points:
            at = self.paragraph(place)
            if not is_statement:
                self._tell(k, at, last, shared, dated)
                continue
            who, made = self.who(k), out[k]
            if made is None:
                made = self._polled(k, at, shared) or self._same_occasion(k, at, shared)
            if who is None:
                out[k] = made
                continue
            if made is None and self.is_plain(k, beside=who in last and last[who].paragraph == at):
                made = self._carried(last.get(who), at, only=len(days[who]) == 1, direct=self.statements[k].form == "direct")
                if made is not None and not self._fits(k, made.time):
                    continue
            out[k] = made
            if made is not None and (made.how != "clause" or self.told_plainly(k)):
                known = last.get(who)
                occasion = (made.how == "clause" and self.has_occasion(k)) or (known is not None and known.time == made.time and known.occasion)
                last[who] = _Last(made.time, at, occasion, known is not None and known.time == made.time and known.weak)
        self._date_leads(out, order, days)
        self._date_by_the_day(out, order)
        self.date_inner(out)
        return tuple(out)

    # -- what was done on a day ------------------------------------------------------------------------------------

    def _is_event(self, n: int) -> bool:
        """Whether an expression, outside of what is said, tells a day on which something may have been done."""
        e = self.times[n]
        if e.shift is not None and not e.pick and (e.shift[1] == "W" or e.shift == (0, "D")):
            return False
        return self.within[n] is None and e.type in ("DATE", "TIME") and e.problem is None and self.is_day(n) and not self.in_quotes(e.span[0])

    def _tell(
        self, n: int, at: int, last: dict[int, _Last], shared: dict[str, tuple[int, int]], dated: set[tuple[int, int | None]]
    ) -> None:
        """Takes note of what was done, and by whom, on a day that is told."""
        span = self.times[n].span
        begin, end = self.sentence(span[0])
        a = self.token(span[0])
        nouns = self.nouns_near(n)
        subject = self.subject(begin, end)
        if n not in self.told_set:
            if nouns and subject is not None and self.times[n].direction not in ("future", "after"):
                last.pop(subject, None)
            return
        for noun in nouns:
            if noun.removesuffix("s") not in ("poll", "survey") or contexts()["released"] & set(self.page.words[max(0, a - 4) : a]):
                shared[noun.removesuffix("s")] = n, at
        if subject is None or (begin, subject) in dated or any(self._below(i) for i in range(self.token(begin), a)):
            return
        if not self.is_told_as_past(begin, end):
            return
        last[subject] = _Last(n, at, bool(nouns), not nouns)
        if nouns & contexts()["gatherings"]:
            for m in self.mentions[bisect_left(self.mention_starts, begin) : bisect_left(self.mention_starts, end)]:
                if m.entity != subject and (begin, m.entity) not in dated and self.holder[self.token(m.span[0])] is None:
                    last[m.entity] = _Last(n, at, occasion=False, weak=True)

    def nouns_near(self, n: int) -> set[str]:
        """The occasions that are named near a day."""
        span = self.times[n].span
        begin, end = self.sentence(span[0])
        a, b = self.token(span[0]), self.token(span[1])
        near = {self.page.words[i] for i in range(max(self.token(begin), a - NEAR), min(self.token(end), b + NEAR)) if not self.is_said(i)}
        return near & (contexts()["sayings"] | contexts()["gatherings"])

    def _below(self, token: int) -> bool:
        """Whether a subordinate clause begins at a token."""
        word = self.page.words[token]
        return not self.is_said(token) and (word in contexts()["subordinate"] and word not in MEANWHILE)

    def is_told_as_past(self, begin: int, end: int) -> bool:
        """Whether the sentence between two places tells of what was."""
        words = self.page.words
        there = [words[i] for i in range(self.token(begin), self.token(end)) if not self.is_said(i)]
        return not YET & set(there) and any(map(self.is_past, there))

    def subject(self, begin: int, end: int) -> int | None:
        """Who is named first in a sentence, outside of what is said and before its verb."""
        verb = next((i for i in range(self.token(begin), self.token(end)) if not self.is_said(i) and self.is_past(self.page.words[i])), None)
        if verb is None:
            return None
        end = self.page.spans[verb][0]
        j = bisect_left(self.mention_starts, begin)
        while j < len(self.mentions) and self.mention_starts[j] < end:
            if self.mentions[j].entity in self.speaking and not self.is_said(min(self.token(self.mention_starts[j]), len(self.holder) - 1)):
                return self.mentions[j].entity
            j += 1
        return None

    def told_in(self, begin: int, end: int) -> Sequence[int]:
        """The expressions between two places that may tell when something was said."""
        return self.told[bisect_left(self.told_starts, begin) : bisect_left(self.told_starts, end)]

    def _polled(self, k: int, at: int, shared: dict[str, tuple[int, int]]) -> Saying | None:
        """The day of the poll told before, of what those say whom it asked."""
        s = self.statements[k]
        told = max((shared[noun] for noun in ("poll", "survey") if noun in shared), key=lambda x: x[1], default=None)
        if told is None:
            return None
        begin, end = self.sentence(self.anchor(k)[0])
        words = self.words(begin, end)
        that = any(w in ("poll", "survey") and _THE & set(words[max(0, n - 2) : n]) for n, w in enumerate(words))
        if not that and {"poll", "polls", "survey", "surveys", "average"} & set(words) and not self.told_in(begin, end):
            shared.pop("poll", None)
            shared.pop("survey", None)
            return None  # of another poll, no day is told
        who = {w for a, b in s.source for w in self.words(a, b)}
        if at - told[1] > _POLLED or not who & contexts()["asked"]:
            return None
        return Saying(told[0], "occasion")

    def _same_occasion(self, k: int, at: int, shared: dict[str, tuple[int, int]]) -> Saying | None:
        """The day of the interview, the debate, the letter, if the sentence says that the words come from the one told before."""
        s, words = self.statements[k], self.page.words
        if not s.cue or not shared or s.act in ATTITUDES or not self.told_plainly(k):
            return None
        begin, end = self.sentence(s.cue[0][0])
        if any(self.within[n] is None for n in self.told_in(begin, end)):
            return None
        lists = contexts()
        for i in range(self.token(begin) + 1, self.token(end)):
            noun = words[i].removesuffix("s")
            if noun not in shared or noun not in lists["taken_up"] or self.is_said(i) or self.page.text[self.page.spans[i][0]].isupper():
                continue  # in capitals: a newspaper
            before = set(words[max(0, i - 4) : i])
            if _THE & before and not lists["not_at"] & before and not lists["another"] & before:
                n, then = shared[noun]
                if at - then <= _OCCASION_CARRIED:
                    return Saying(n, "occasion")
        return None

    def _carried(self, known: _Last | None, at: int, *, only: bool, direct: bool) -> Saying | None:
        """The time of the same speaker's last saying, if this one is near enough, or the *only* day of which the text tells."""
        if known is None:
            return None
        time, paragraph, occasion = known.time, known.paragraph, known.occasion
        if not self.is_day(time) and at - paragraph > (1 if occasion and direct else 0):  # a month or a year of which somebody spoke in passing
            return None
        if at == paragraph:
            return Saying(time, "paragraph")
        if known.weak and at - paragraph > _DEED_CARRIED:
            return None
        if self.times[time].anchor == "none":  # a day of another year, told in passing
            return None
        if at - paragraph <= (_OCCASION_CARRIED if occasion or only else _CARRIED):
            return Saying(time, "occasion" if occasion else "paragraph")
        return None

    def _fits(self, k: int, time: int) -> bool:
        """Whether a statement may be of the occasion that *time* tells: made to nobody else, and not in writing if that was spoken."""
        s, words = self.statements[k], self.page.words
        a, b = self.sentence(self.times[time].span[0])
        there = set(self.words(a, b))
        cue = self.words(*s.cue[-1])
        begin = self.token(s.cue[-1][1])
        if "then" in words[begin : begin + 1]:
            return False
        if contexts()["writing"] & set(cue) and not (contexts()["writing"] | contexts()["writings"]) & there:
            return False
        if "told" in cue or words[begin : begin + 1] == ["on"]:  # "told the Gazette", "said on Orlan Live"
            begin += words[begin : begin + 1] == ["on"]
            begin += words[begin : begin + 1] == ["the"]
            if begin < len(words) and begin not in self.time_tokens and self.page.text[self.page.spans[begin][0]].isupper():
                return words[begin] in there
        return True

    def _date_leads(self, out: list[Saying | None], order: Sequence[int], days: dict[int, set[tuple[str, str]]]) -> None:
        """What the text says of somebody before it says when was said then, if it tells of no other day; so is what its top sums up."""
        first: dict[int, tuple[int, int]] = {}  # by speaker: the first expression that dates a saying, its paragraph
        for k in reversed(order):
            who, made = self.who(k), out[k]
            at = self.paragraph(self.anchor(k)[0])
            if who is None:
                continue
            if made is None and who in first:
                time, then = first[who]
                near = len(days[who]) == 1 and at <= 2 * _LEAD and then - at <= _CARRIED and self.is_plain(k) and self._fits(k, time)
                if near or (at <= _LEAD and then - at <= 2 and self.is_plain(k, lead=True)):
                    out[k] = Saying(time, "occasion")
            elif made is not None and (self._dates_others(k, made) or (at <= 2 * _LEAD and made.how == "occasion" and self.told_plainly(k))):
                first[who] = made.time, at

    def _date_by_the_day(self, out: list[Saying | None], order: Sequence[int]) -> None:
        """A text that tells, from its top on, of one day only, and of a gathering on it, tells what all were heard to say there."""
        days = [n for n in self.told if self._is_event(n)]
        if not days or len({self.meant(n) for n in days}) > 1 or self.paragraph(self.times[days[0]].span[0]) > _LEAD:
            return
        near = [self.token(self.times[n].span[0]) for n in days]
        if not any(w in contexts()["gatherings"] for i in near for w in self.page.words[max(0, i - NEAR + 2) : i + NEAR]):
            return
        for k in order:
            if out[k] is None and self.statements[k].quoted and self.is_plain(k, lead=self.paragraph(self.anchor(k)[0]) <= _LEAD):
                out[k] = Saying(days[0], "occasion")

    def date_inner(self, out: list[Saying | None]) -> None:
        """What a speaker is said to say, hope or believe within their own statement was said with it."""
        for k, s in enumerate(self.statements):
            chain = [k]
            while out[chain[-1]] is None and (parent := self.statements[chain[-1]].parent) is not None and self.who(parent) is not None:
                if self.who(parent) != self.who(k) or not self.is_present(chain[-1]):
                    break
                chain.append(parent)
            made = out[chain[-1]]
            if made is not None and len(chain) > 1 and s.parent is not None:
                out[k] = made

    def is_apart(self, k: int, n: int) -> bool:
        """Whether a statement tells by its own words that it was made at another time than one told elsewhere: "had called", "famously said"."""
        s = self.statements[k]
        if not s.cue:
            return False
        at, end = self.token(s.cue[0][0]), s.cue[-1][1]
        told = {*self.page.words[max(0, at - 2) : at], *self.words(*s.cue[0])}
        if "had" in told or (_ANOTHER_TIME & told and "again" not in told):
            return True
        if self.page.words[max(0, at - 1) : at] in (["who"], ["which"]) and self.is_present(k):
            return True  # "Orlan, who questions it, said on Monday"
        if _COUNTING.search(self.page.text, max(0, (s.source or s.cue)[0][0] - NEAR * 5), min((s.source or s.cue)[0][0], s.cue[0][0])):
            return True  # "three days after | Orlan said so"
        opens = min((a for a, _ in s.content if a >= end), default=end)  # "wrote in his 1990 memoir | that"
        if opens - end > LONGEST or "," in self.page.text[end:opens]:
            opens = end
        near = bisect_left(self.times, s.cue[0][0], key=lambda e: e.span[0]), bisect_left(self.times, opens, key=lambda e: e.span[0])
        own = (self.times[m] for m in range(*near) if self.meant(m) != self.meant(n))
        return any(e.type in ("DATE", "TIME") and not e.pick.endswith("_REF") for e in own)

    def _dates_others(self, k: int, made: Saying) -> bool:
        """Whether the clause of a statement dates what else its speaker says."""
        return made.how == "clause" and self.is_day(made.time) and self.told_plainly(k)

    def meant(self, n: int) -> tuple[str, str]:
        """What tells the day of one expression from that of another, whatever the part of the day."""
        e = self.times[n]
        return (e.pick, "") if e.shift is None else (e.pick, repr((e.anchor, e.told, e.shift)))
