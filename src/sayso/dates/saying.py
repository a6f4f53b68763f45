"""Sayings: which expression of a text tells when each of its statements was made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from sayso.dates.expression import TimeExpression
from sayso.dates.lexicon import contexts
from sayso.dates.recogniser import Page, is_day
from sayso.language.sentences import sentences
from sayso.mentions.mention import Mention, Speaker
from sayso.spans import Span
from sayso.statements import Statement

#: Where it is told: in the clause of the cue; in another saying of the same speaker in the sentence or paragraph; or of the occasion (an interview,
#: a speech, a meeting) that the words come from.
Grounds = Literal["clause", "paragraph", "occasion"]

#: Acts whose content is what they are done to: what comes after it tells of the act ("named her to the court in May").
_NAMING: Final = frozenset(("decree",))
#: Acts that take no moment.
ATTITUDES: Final = frozenset(("believe", "know", "feel", "want", "intend", "support", "oppose"))
#: Paragraphs over which what somebody says goes on belonging to the occasion told last.
_CARRIED: Final = 6
_OCCASION_CARRIED: Final = 12
#: Paragraphs back to which an occasion is looked for that the speaker had a part in, and expressions on the way.
_BEFORE: Final = 3
_TOLD_BEFORE: Final = 3
#: Tokens between an expression and the noun of saying that it stands with: "Tuesday's prime-time debate".
_NOUN: Final = 4
_POSSESSIVE: Final = frozenset(("a", "an", "the", "his", "her", "their", "its", "s", "this", "that"))
_LEADING: Final = frozenset(("on", "the", "late", "early", "earlier", "later", "also", "just", "only"))
#: Occasions of which one speaker has many: another one need not be on the same day.
_PRIVATE: Final = frozenset(("interview", "interviews", "memoir", "book"))
#: Characters of a sentence on either side of a cue that are looked at: cost stays linear where no sentence ends.
_LONGEST: Final = 1500
#: Subordinate clauses that tell of the same moment.
_MEANWHILE: Final = frozenset(("as", "while", "when"))
#: Words between the cue and an expression that make it the time of something else: "before his meeting on Monday", "about the vote on Monday".
_ELSEWHERE: Final = frozenset(
    ("prior", "ahead", "following", "amid", "about", "over", "regarding", "concerning", "against", "despite", "toward", "towards")
)
#: Words before a cue that is yet to come, or may.
_YET: Final = frozenset(("will", "would", "shall", "ll", "could", "may", "might", "should"))
_HABIT: Final = frozenset(("had", "often", "repeatedly", "previously", "once", "long", "always", "never", "usually"))
_PERFECT: Final = _HABIT | {"has", "have", "ve"}
#: Paragraphs at the top of a text that may sum up what the next ones date.
_LEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """The expression (index) that tells when a statement was made, and on which grounds."""

    time: int
    how: Grounds


def sayings(
    page: Page,
    times: Sequence[TimeExpression],
    statements: Sequence[Statement],
    speakers: Sequence[Speaker | None],
    mentions: Sequence[Mention],
    quoted: Sequence[Span],
) -> tuple[Saying | None, ...]:
    """One saying for each statement, None where the text does not tell when it was made. Cost is linear in the length of the text.

    *quoted* are the stretches in quotation marks.
    """
    return _Sayings(page, times, statements, speakers, mentions, quoted).all()


def as_past(times: Sequence[TimeExpression], said: Sequence[Saying | None]) -> tuple[TimeExpression, ...]:
    """*times*, the months and seasons in which something was said in the past, where the tense did not tell."""
    past = {s.time for s in said if s is not None}
    return tuple(
        replace(e, direction="past") if k in past and e.direction == "near" and e.anchor == "published" and not is_day(e.pick) else e
        for k, e in enumerate(times)
    )


class _Sayings:
    def __init__(
        self,
        page: Page,
        times: Sequence[TimeExpression],
        statements: Sequence[Statement],
        speakers: Sequence[Speaker | None],
        mentions: Sequence[Mention],
        quoted: Sequence[Span],
    ) -> None:
        self.page, self.times, self.statements, self.speakers, self.mentions = page, times, statements, speakers, mentions
        self.quoted = sorted(quoted)
        self.quote_starts = [s for s, _ in self.quoted]
        self.sentences = sentences(page.text)
        self.sentence_starts = [s for s, _ in self.sentences]
        self.token_starts = [s for s, _ in page.spans]
        self.line_starts = [0] + [k + 1 for k, c in enumerate(page.text) if c == "\n"]
        paragraph, self.paragraph = 0, []
        for k, begin in enumerate(self.line_starts):
            end = self.line_starts[k + 1] if k + 1 < len(self.line_starts) else len(page.text)
            if page.text[begin:end].strip():
                paragraph += 1
            self.paragraph.append(paragraph)
        holder: list[int | None] = [None] * len(page.spans)
        for k in sorted(range(len(statements)), key=lambda k: -sum(e - s for s, e in statements[k].content)):  # the smallest last: it holds
            for begin, end in statements[k].content:
                a, b = self._token(begin), self._token(end)
                holder[a:b] = [k] * (b - a)
        self.within = [holder[min(self._token(e.span[0]), len(holder) - 1)] for e in times]  # the smallest statement whose content holds each
        self.told = [k for k, e in enumerate(times) if self._tells(k, e)]
        self.told_starts = [times[k].span[0] for k in self.told]
        self.mention_starts = [m.span[0] for m in mentions]

    def all(self) -> tuple[Saying | None, ...]:
        out: list[Saying | None] = [self._clause(k) for k in range(len(self.statements))]
        order = sorted((k for k in range(len(self.statements)) if self.statements[k].parent is None), key=lambda k: self._anchor(k)[0])
        days: dict[int, set[tuple[str, str]]] = defaultdict(set)  # on which days, as the text tells them, each speaker said something
        for k in order:
            who, made = self._who(k), out[k]
            if who is not None and made is not None and self._dates_others(k, made):
                days[who].add(self._meant(made.time))
        last: dict[int, tuple[int, int, bool]] = {}  # by speaker: the expression, the paragraph, whether it is of an occasion
        for k in order:
            who, made = self._who(k), out[k]
            if who is None:
                continue
            at = self._paragraph(self._anchor(k)[0])
            if made is None and self._plain(k, beside=who in last and last[who][1] == at):
                made = self._carried(last.get(who), at, len(days[who]) == 1)
                if made is None:
                    out[k] = self._before(k, who, at)
                    continue
                out[k] = made
            if made is not None and (made.how != "clause" or self._told_plainly(k)):
                known = last.get(who)
                occasion = (made.how == "clause" and self._has_occasion(k)) or (known is not None and known[0] == made.time and known[2])
                last[who] = made.time, at, occasion
        self._date_leads(out, order, days)
        self._date_by_the_day(out, order)
        self._date_inner(out)
        return tuple(out)

    def _date_leads(self, out: list[Saying | None], order: Sequence[int], days: dict[int, set[tuple[str, str]]]) -> None:
        """What the text says of somebody before it says when was said then, if it tells of no other day; so is what its top sums up."""
        first: dict[int, tuple[int, int]] = {}  # by speaker: the first expression that dates a saying, its paragraph
        for k in reversed(order):
            who, made = self._who(k), out[k]
            at = self._paragraph(self._anchor(k)[0])
            if who is None:
                continue
            if made is None and who in first:
                time, then = first[who]
                if (len(days[who]) == 1 and self._plain(k)) or (at <= _LEAD and then - at <= 2 and self._plain(k, lead=True)):
                    out[k] = Saying(time, "occasion")
            elif made is not None and self._dates_others(k, made):
                first[who] = made.time, at

    def _date_by_the_day(self, out: list[Saying | None], order: Sequence[int]) -> None:
        """A text that tells, from its top on, of one day only, and of a gathering on it, tells what all were heard to say there."""
        days = [n for n in self.told if self.within[n] is None and self._is_day(n)]
        if not days or len({self._meant(n) for n in days}) > 1 or self._paragraph(self.times[days[0]].span[0]) > _LEAD:
            return
        if not any(w in contexts()["gatherings"] for n in days for w in self._words(*self._sentence(self.times[n].span[0]))):
            return
        for k in order:
            if out[k] is None and self.statements[k].quoted and self._plain(k, lead=self._paragraph(self._anchor(k)[0]) <= _LEAD):
                out[k] = Saying(days[0], "occasion")

    def _date_inner(self, out: list[Saying | None]) -> None:
        """What a speaker is said to say, hope or believe within their own statement was said with it."""
        for k, s in enumerate(self.statements):
            chain = [k]
            while out[chain[-1]] is None and (parent := self.statements[chain[-1]].parent) is not None and self._who(parent) is not None:
                if self._who(parent) != self._who(k) or not self._now(chain[-1]):
                    break
                chain.append(parent)
            made = out[chain[-1]]
            if made is not None and len(chain) > 1 and s.parent is not None:
                out[k] = made

    def _now(self, k: int) -> bool:
        """Whether the cue is a verb in the present tense."""
        return any(word in contexts()["present"] for a, b in self.statements[k].cue for word in self._words(a, b))

    def _dates_others(self, k: int, made: Saying) -> bool:
        """Whether the clause of a statement dates what else its speaker says."""
        return made.how == "clause" and self._is_day(made.time) and self._told_plainly(k)

    def _meant(self, n: int) -> tuple[str, str]:
        """What tells the day of one expression from that of another, whatever the part of the day."""
        e = self.times[n]
        return (e.pick, "") if e.shift is None else (e.pick, repr((e.anchor, e.told, e.shift)))

    # -- places ----------------------------------------------------------------------------------------------------

    def _anchor(self, k: int) -> Span:
        s = self.statements[k]
        return (s.cue or s.content)[0]

    def _sentence(self, at: int) -> Span:
        n = bisect_right(self.sentence_starts, at) - 1
        begin, end = self.sentences[max(0, n)] if self.sentences else (0, 0)
        return max(begin, at - _LONGEST), min(end, at + _LONGEST)

    def _paragraph(self, at: int) -> int:
        return self.paragraph[bisect_right(self.line_starts, at) - 1]

    def _token(self, at: int) -> int:
        return bisect_left(self.token_starts, at)

    def _who(self, k: int) -> int | None:
        speaker = self.speakers[k] if k < len(self.speakers) else None
        return speaker.entities[0] if speaker is not None and len(speaker.entities) == 1 else None

    def _quoted(self, at: int) -> bool:
        i = bisect_right(self.quote_starts, at) - 1
        return i >= 0 and at < self.quoted[i][1]

    def _is_day(self, n: int) -> bool:
        """Whether an expression tells a day, a part of one, or the days of one week."""
        e = self.times[n]
        return (
            bool(e.clock)
            or (e.shift is not None and e.shift[1] in ("D", "W"))
            or is_day(e.pick)
            or (e.pick.startswith("XXXX-WXX-") and e.pick[9:].isdigit())
        )

    def _is_whole(self, n: int) -> bool:
        """Whether an expression tells of a stretch that is not over ("this year")."""
        e = self.times[n]
        return e.shift is not None and e.shift[0] == 0 and e.shift[1] != "D" and not e.pick

    # -- expressions -----------------------------------------------------------------------------------------------

    def _tells(self, k: int, e: TimeExpression) -> bool:
        """Whether something may have been said at the time that *e* tells: no start or end of a stretch, nothing vague, no noun's mere attribute."""
        if (
            e.type not in ("DATE", "TIME")
            or e.problem
            or e.bound != "at"
            or e.pick.endswith("_REF")
            or e.pick.startswith("FY")
            or e.direction in ("future", "after")
        ):
            return False
        if e.shift is not None and e.shift[0] > 0 and e.anchor == "published":
            return False
        if self.within[k] is None and self._quoted(e.span[0]):
            return False
        words, lists = self.page.words, contexts()
        begin, end = self._token(e.span[0]), self._token(e.span[1])
        at = begin - 1
        while at >= 0 and words[at] in _LEADING:
            at -= 1
        governed = words[at] if at >= 0 else ""
        after = words[end] if end < len(words) and self.page.spans[end][0] == self.page.spans[end - 1][1] else ""
        attributive = after in ("'", "’", "-") or (begin > 0 and words[begin - 1] in _POSSESSIVE and words[begin] not in ("last", "this", "next"))
        if governed in lists["not_said_before"]:
            return False
        if attributive:
            return any(w in lists["sayings"] or w in lists["gatherings"] for w in words[end : end + _NOUN + (2 if after == "'" else 0)])
        return True

    # -- the clause ------------------------------------------------------------------------------------------------

    def _clause(self, k: int) -> Saying | None:
        s = self.statements[k]
        if not s.cue:
            return None
        cue = s.cue[0]
        at = self._token(cue[0])
        perfect = bool({"has", "have"} & set(self.page.words[max(0, at - 2) : at + 1]))
        if s.act in ATTITUDES and any(word.endswith("ing") for word in self._words(*cue)):
            return None  # "a group backing her"
        if _YET & set(self.page.words[max(0, at - 2) : at + 1]):
            return None
        begin, end = self._sentence(cue[0])
        if s.quoted and s.content[-1][1] >= end and self.page.text[s.content[-1][1] :].lstrip(" ,")[:1].islower():
            end = self._sentence(min(s.content[-1][1], begin + _LONGEST))[1]  # “Never! Not I,” on Monday
        nouns, present = contexts()["sayings"], self.page.words[at] in contexts()["present"]
        best: tuple[int, int] | None = None
        for i in range(bisect_left(self.told_starts, begin), bisect_left(self.told_starts, end)):
            n = self.told[i]
            e = self.times[n]
            if self.within[n] != s.parent or any(a <= e.span[0] < b for a, b in s.content):
                continue
            within_source = any(a <= e.span[0] < b for a, b in s.source)
            if within_source and not any(w in nouns for a, b in s.source for w in self._words(a, b)):
                continue
            if (present or perfect) and not within_source and not (e.shift is not None and e.shift[0] == 0):
                continue  # neither tells of a time past, but of "this month"
            if not self._of_clause(s, e.span, cue, begin):
                continue
            distance = self._distance(s, e.span, cue)
            if best is None or distance < best[0]:
                best = distance, n
        return None if best is None else Saying(best[1], "clause")

    def _words(self, begin: int, end: int) -> Sequence[str]:
        return self.page.words[self._token(begin) : self._token(end)]

    def _distance(self, s: Statement, span: Span, cue: Span) -> int:
        """Characters between an expression and the cue, those of the content not counted; before the cue counts a little more than after it."""
        a, b = (span[1], cue[0]) if span[0] < cue[0] else (cue[1], span[0])
        inside = sum(max(0, min(b, e) - max(a, f)) for f, e in s.content)
        return b - a - inside + (5 if span[0] < cue[0] else 0)

    def _of_clause(self, s: Statement, span: Span, cue: Span, begin: int) -> bool:
        """Whether an expression stands in the clause of the cue, and in none below it."""
        lists, words, page = contexts(), self.page.words, self.page
        before = [b for _, b in s.source if b <= span[0]] if span[0] < cue[0] else []
        stop = cue[1] if span[0] >= cue[1] else max(before, default=begin)  # "As she had before, Orlan on Monday said"
        if s.form == "indirect" and s.act not in _NAMING and any(cue[1] <= a and b <= span[0] for a, b in s.content):
            return False  # of what was said
        for at in range(self._token(span[0]) - 1, -1, -1):
            place = page.spans[at][0]
            if place < stop:
                break
            if any(a <= place < b for a, b in s.content):
                continue
            word = words[at]
            if word in (";", "\n"):
                return False
            if (word in lists["subordinate"] and word not in _MEANWHILE) or (word in _ELSEWHERE and span[0] > cue[0]):
                return False
        if span[0] < cue[0]:  # "was held on Monday, and his lawyer said": another clause
            places = range(self._token(span[1]), self._token(cue[0]))
            gap = [words[at] for at in places if not any(a <= page.spans[at][0] < b for a, b in s.content)]
            for n, word in enumerate(gap):
                if word in (";", ":") or (word in ("and", "but") and n < len(gap) - 2 and n and gap[n - 1] == ","):
                    return False
        return True

    def _has_occasion(self, k: int) -> bool:
        begin, end = self._sentence(self._anchor(k)[0])
        s = self.statements[k]
        nouns = contexts()["sayings"]
        return any(
            self.page.words[at] in nouns and not any(a <= self.page.spans[at][0] < b for a, b in s.content)
            for at in range(self._token(begin), self._token(end))
        )

    # -- what was told before --------------------------------------------------------------------------------------

    def _told_plainly(self, k: int) -> bool:
        """Whether the cue is a verb in the past tense."""
        past = contexts()["past"]
        return any(word.endswith("ed") or word in past for a, b in self.statements[k].cue for word in self._words(a, b))

    def _plain(self, k: int, *, lead: bool = False, beside: bool = False) -> bool:
        """Whether a statement is one act of speech, told as such: no attitude, nothing that was said often or at another time.

        In a *lead* the perfect and the present tell news; *beside* another saying a participle goes with it ("dismissed it, saying").
        """
        s = self.statements[k]
        if not s.cue or s.negated or s.act in ATTITUDES:
            return False
        at = self._token(s.cue[0][0])
        perfect = _HABIT if lead else _PERFECT
        if any(w in perfect for w in [*self.page.words[max(0, at - 2) : at], *self._words(*s.cue[0])]):
            return False
        begin, end = self._sentence(s.cue[0][0])
        own = self.told[bisect_left(self.told_starts, begin) : bisect_left(self.told_starts, end)]
        if any(self.within[n] is None and not self._is_whole(n) for n in own):
            return False  # the sentence has a time of its own, which is not that of this saying
        saying = beside and any(word.endswith("ing") for a, b in s.cue for word in self._words(a, b))
        return (self._told_plainly(k) or saying or (lead and self._now(k))) and not self._elsewhere(k)

    def _elsewhere(self, k: int) -> bool:
        """Whether the sentence tells of an occasion of its own, of which no day is told: "said in an interview"."""
        s, words, page = self.statements[k], self.page.words, self.page
        begin, end = self._sentence(s.cue[0][0])
        for at in range(self._token(begin) + 1, self._token(end)):
            another = words[at] in _PRIVATE and {"a", "an", "another"} & set(words[max(0, at - 4) : at])
            if another and not any(a <= page.spans[at][0] < b for a, b in s.content):
                return True
        return False

    def _carried(self, known: tuple[int, int, bool] | None, at: int, only: bool) -> Saying | None:
        """The time of the same speaker's last saying, if this one is near enough, or the *only* day of which the text tells."""
        if known is None:
            return None
        time, paragraph, occasion = known
        if not self._is_day(time) and at != paragraph:  # a month or a year of which somebody spoke in passing
            return None
        if at == paragraph:
            return Saying(time, "paragraph")
        if only or at - paragraph <= (_OCCASION_CARRIED if occasion else _CARRIED):
            return Saying(time, "occasion" if occasion else "paragraph")
        return None

    def _before(self, k: int, who: int, at: int) -> Saying | None:
        """The time of what the speaker had a part in shortly before: in this paragraph or the last, an interview or speech a little further up."""
        begin = self._sentence(self._anchor(k)[0])[0]
        i = bisect_left(self.told_starts, begin)
        for n in self.told[max(0, i - _TOLD_BEFORE) : i][::-1]:
            e = self.times[n]
            a, b = self._sentence(e.span[0])
            far = at - self._paragraph(e.span[0])
            if far > _BEFORE or (far > 1 and not any(w in contexts()["sayings"] for w in self._words(a, b))):
                return None
            if self.within[n] is not None or not self._is_day(n) or e.shift == (0, "D"):
                continue
            j = bisect_left(self.mention_starts, a)
            while j < len(self.mentions) and self.mention_starts[j] < b:
                if self.mentions[j].entity == who:
                    return Saying(n, "paragraph" if far <= 1 else "occasion")
                j += 1
            return None
        return None
