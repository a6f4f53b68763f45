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
_NAMING: Final = frozenset(("decree", "support", "oppose", "criticise", "praise", "reject", "discuss", "demand", "announce"))
#: Verbs that "before" goes with: "appeared before supporters".
_STANDING: Final = ("appear", "spoke", "speak", "testif", "stood", "stand")
#: Acts that take no moment.
ATTITUDES: Final = frozenset(("believe", "know", "feel", "want", "intend", "support", "oppose"))
#: Paragraphs over which what somebody says goes on belonging to the occasion told last.
_CARRIED: Final = 3
_OCCASION_CARRIED: Final = 12
_DEED_CARRIED: Final = 2
#: Tokens between an expression and the noun of saying that it stands with: "Tuesday's prime-time debate".
_NOUN: Final = 4
_POSSESSIVE: Final = frozenset(("a", "an", "the", "his", "her", "their", "its", "s", "this", "that"))
_LEADING: Final = frozenset(("on", "the", "late", "early", "earlier", "later", "also", "just", "only"))
#: Occasions of which one speaker has many: another one need not be on the same day.
_PRIVATE: Final = frozenset(("interview", "interviews", "memoir", "book"))
#: Characters of a sentence on either side of a cue that are looked at: cost stays linear where no sentence ends.
_LONGEST: Final = 1500
#: Paragraphs over which those whom a poll asked are those of the poll told last, and what they are called.
_POLLED: Final = 4
_ASKED: Final = frozenset(("surveyed", "respondents", "polled", "voters", "percent", "%", "pct", "poll", "survey"))
_WRITING: Final = frozenset(("tweeted", "wrote", "posted", "tweeting", "writing", "retweeted"))
_WRITINGS: Final = frozenset(
    ("tweet", "tweets", "twitter", "facebook", "instagram", "post", "posts", "letter", "email", "e-mail", "memo", "blog", "column", "op-ed", "essay")
    + ("opinion", "ruling", "statement", "report", "book", "article")
)
_RELEASED: Final = frozenset(("released", "published", "conducted", "out", "taken", "issued"))
#: Tokens around a day in which the occasion stands that was on it.
_NEAR: Final = 8
#: Occasions and documents that "the" or "his" takes up again.
_DEFINITE: Final = frozenset(
    ("interview", "debate", "speech", "rally", "hearing", "statement", "letter", "tweet", "post", "conference", "briefing", "forum", "release", "memo")
    + ("email", "testimony", "addres", "ruling", "filing", "op-ed", "appearance", "sermon", "broadcast", "report", "poll", "survey", "fundraiser", "video")
)
_ORDINAL: Final = frozenset(("first", "second", "third", "last", "next", "previous", "final", "earlier", "recent", "new", "upcoming", "vice", "other"))
_THE: Final = frozenset(("the", "that", "this", "his", "her", "their", "its", "same"))
#: Subordinate clauses that tell of the same moment.
_MEANWHILE: Final = frozenset(("as", "while", "when"))
#: Words between the cue and an expression that make it the time of something else: "before his meeting on Monday", "about the vote on Monday".
_ELSEWHERE: Final = frozenset(
    ("prior", "ahead", "following", "amid", "about", "over", "regarding", "concerning", "against", "despite", "toward", "towards")
)
#: Words before a cue that is yet to come, or may.
_YET: Final = frozenset(("will", "would", "shall", "ll", "could", "may", "might", "should"))
_HABIT: Final = frozenset(("had", "often", "famously", "repeatedly", "previously", "once", "long", "always", "never", "usually"))
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


@dataclass(frozen=True, slots=True)
class _Last:
    """What was told last of somebody: the expression that tells the day, the paragraph, whether it is of an occasion, whether only of a deed."""

    time: int
    paragraph: int
    occasion: bool
    weak: bool = False


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
        self.holder = holder
        self.within = [holder[min(self._token(e.span[0]), len(holder) - 1)] for e in times]  # the smallest statement whose content holds each
        self.told = [k for k, e in enumerate(times) if self._tells(k, e)]
        self.told_starts = [times[k].span[0] for k in self.told]
        self.speaking = {self._who(k) for k in range(len(statements))}
        self.times_at = frozenset(self._token(e.span[0]) for e in times)
        self.not_said = contexts()["not_said_before"] - {"for", "of", "because"}
        self.told_set = frozenset(self.told)
        self.of_source: dict[tuple[Span, ...], list[int]] = defaultdict(list)
        for k, s in enumerate(statements):
            if s.source and s.cue:
                self.of_source[s.source].append(k)
        self.mention_starts = [m.span[0] for m in mentions]

    def all(self) -> tuple[Saying | None, ...]:
        out: list[Saying | None] = [self._clause(k) for k in range(len(self.statements))]
        order = sorted((k for k in range(len(self.statements)) if self.statements[k].parent is None), key=lambda k: self._anchor(k)[0])
        days: dict[int, set[tuple[str, str]]] = defaultdict(set)  # on which days, as the text tells them, each speaker said something
        for k in order:
            who, made = self._who(k), out[k]
            if who is not None and made is not None and self._dates_others(k, made):
                days[who].add(self._meant(made.time))
        self.why = {}
        dated = {(self._sentence(self._anchor(k)[0])[0], self._who(k)) for k in order if out[k] is not None and self._told_plainly(k)}
        last: dict[int, _Last] = {}
        shared: dict[str, tuple[int, int]] = {}  # the last day and paragraph in which each kind of occasion was told
        events = [n for n in range(len(self.times)) if self._is_event(n)]
        points = sorted([(self._anchor(k)[0], 1, k) for k in order] + [(self.times[n].span[0], 0, n) for n in events])
        for place, is_statement, k in points:
            at = self._paragraph(place)
            if not is_statement:
                self._tell(k, at, last, shared, dated)
                continue
            who, made = self._who(k), out[k]
            if made is None:
                made = self._polled(k, at, shared) or self._same_occasion(k, at, shared)
            if who is None:
                out[k] = made
                continue
            if made is None and self._plain(k, beside=who in last and last[who].paragraph == at):
                made = self._carried(last.get(who), at, only=len(days[who]) == 1, direct=self.statements[k].form == "direct")
                if made is not None and not self._fits(k, made.time):
                    continue
                if made is not None: self.why[k] = ('far' if at-last[who].paragraph>6 else 'weak' if last[who].weak else 'carried', 0)
            out[k] = made
            if made is not None and (made.how != "clause" or self._told_plainly(k)):
                known = last.get(who)
                occasion = (made.how == "clause" and self._has_occasion(k)) or (known is not None and known.time == made.time and known.occasion)
                last[who] = _Last(made.time, at, occasion, known is not None and known.time == made.time and known.weak)
        self._date_leads(out, order, days)
        self._date_by_the_day(out, order)
        self._date_inner(out)
        return tuple(out)

    def _is_event(self, n: int) -> bool:
        e = self.times[n]
        if e.shift is not None and not e.pick and (e.shift[1] == "W" or e.shift == (0, "D")):
            return False
        return self.within[n] is None and e.type in ("DATE", "TIME") and e.problem is None and self._is_day(n) and not self._quoted(e.span[0])

    def _tell(
        self, n: int, at: int, last: dict[int, _Last], shared: dict[str, tuple[int, int]], dated: set[tuple[int, int | None]]
    ) -> None:
        """Takes note of what was done, and by whom, on a day that is told."""
        span = self.times[n].span
        begin, end = self._sentence(span[0])
        a = self._token(span[0])
        nouns = self._nouns(n)
        subject = self._subject(begin, end)
        if n not in self.told_set:
            if nouns and subject is not None and self.times[n].direction not in ("future", "after"):
                last.pop(subject, None)
            return
        for noun in nouns:
            if noun.removesuffix("s") not in ("poll", "survey") or _RELEASED & set(self.page.words[max(0, a - 4) : a]):
                shared[noun.removesuffix("s")] = n, at
        if subject is None or (begin, subject) in dated or any(self._below(i) for i in range(self._token(begin), a)):
            return
        if self.page.words[a - 1 : a] and not self._past_between(begin, end):
            return
        last[subject] = _Last(n, at, bool(nouns), not nouns)
        if nouns & contexts()["gatherings"]:
            for m in self.mentions[bisect_left(self.mention_starts, begin) : bisect_left(self.mention_starts, end)]:
                if m.entity != subject and (begin, m.entity) not in dated and self.holder[self._token(m.span[0])] is None:
                    last[m.entity] = _Last(n, at, occasion=False, weak=True)

    def _nouns(self, n: int) -> set[str]:
        """The occasions that are named near a day."""
        span = self.times[n].span
        begin, end = self._sentence(span[0])
        a, b = self._token(span[0]), self._token(span[1])
        near = {self.page.words[i] for i in range(max(self._token(begin), a - _NEAR), min(self._token(end), b + _NEAR)) if not self._said_at(i)}
        return near & (contexts()["sayings"] | contexts()["gatherings"])

    def _said_at(self, token: int) -> bool:
        return self.holder[token] is not None

    def _below(self, token: int) -> bool:
        word = self.page.words[token]
        return not self._said_at(token) and (word in contexts()["subordinate"] and word not in _MEANWHILE)

    def _past_between(self, begin: int, end: int) -> bool:
        words = self.page.words
        there = [words[i] for i in range(self._token(begin), self._token(end)) if not self._said_at(i)]
        return not _YET & set(there) and any(map(self._is_past, there))

    @staticmethod
    def _is_past(word: str) -> bool:
        return word in contexts()["past"] or (len(word) > 4 and word.endswith("ed"))

    def _subject(self, begin: int, end: int) -> int | None:
        """Who is named first in a sentence, outside of what is said and before its verb."""
        past = contexts()["past"]
        verb = next((i for i in range(self._token(begin), self._token(end)) if not self._said_at(i) and self._is_past(self.page.words[i])), None)
        if verb is None:
            return None
        end = self.page.spans[verb][0]
        j = bisect_left(self.mention_starts, begin)
        while j < len(self.mentions) and self.mention_starts[j] < end:
            if self.mentions[j].entity in self.speaking and not self._said_at(min(self._token(self.mention_starts[j]), len(self.holder) - 1)):
                return self.mentions[j].entity
            j += 1
        return None

    def _polled(self, k: int, at: int, shared: dict[str, tuple[int, int]]) -> Saying | None:
        """The day of the poll told before, of what those say whom it asked."""
        s = self.statements[k]
        told = max((shared[noun] for noun in ("poll", "survey") if noun in shared), key=lambda x: x[1], default=None)
        if told is None:
            return None
        begin, end = self._sentence(self._anchor(k)[0])
        words = self._words(begin, end)
        if {"poll", "polls", "survey", "surveys", "average"} & set(words) and not any(self.told_starts[i] < end for i in [bisect_left(self.told_starts, begin)] if i < len(self.told_starts)):
            definite = any(w in ("poll", "survey") and words[max(0, n - 2) : n] and _THE & set(words[max(0, n - 2) : n]) for n, w in enumerate(words))
            if not definite:
                shared.pop("poll", None), shared.pop("survey", None)
                return None
        who = {w for a, b in s.source for w in self._words(a, b)}
        if at - told[1] > _POLLED or not who & _ASKED:
            return None
        self.why[k] = "polled"
        return Saying(told[0], "occasion")

    def _same_occasion(self, k: int, at: int, shared: dict[str, tuple[int, int]]) -> Saying | None:
        """The day of the interview, the debate, the letter, if the sentence says that the words come from the one told before."""
        s, words = self.statements[k], self.page.words
        if not s.cue or not shared or s.act in ATTITUDES or not self._told_plainly(k):
            return None
        begin, end = self._sentence(s.cue[0][0])
        if any(self.within[n] is None for n in self.told[bisect_left(self.told_starts, begin) : bisect_left(self.told_starts, end)]):
            return None
        for i in range(self._token(begin) + 1, self._token(end)):
            noun = words[i].removesuffix("s")
            before = set(words[max(0, i - 4) : i])
            if noun in shared and noun in _DEFINITE and not _ORDINAL & set(words[max(0, i - 3) : i]) and not self._said_at(i) and _THE & before and not self.not_said & before:
                if self.page.text[self.page.spans[i][0]].isupper():
                    continue  # the Post
                n, then = shared[noun]
                if at - then <= _OCCASION_CARRIED:
                    self.why[k] = 'same ' + noun
                    return Saying(n, "occasion")
        return None

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
                if (len(days[who]) == 1 and at <= 2 * _LEAD and then - at <= _CARRIED and self._plain(k) and self._fits(k, time)) or (at <= _LEAD and then - at <= 2 and self._plain(k, lead=True)):
                    out[k] = Saying(time, "occasion")
                    self.why[k] = 'lead' if at <= _LEAD else 'back'
            elif made is not None and (self._dates_others(k, made) or (at <= 2 * _LEAD and made.how == "occasion" and self._told_plainly(k))):
                first[who] = made.time, at

    def _date_by_the_day(self, out: list[Saying | None], order: Sequence[int]) -> None:
        """A text that tells, from its top on, of one day only, and of a gathering on it, tells what all were heard to say there."""
        days = [n for n in self.told if self._is_event(n)]
        if not days or len({self._meant(n) for n in days}) > 1 or self._paragraph(self.times[days[0]].span[0]) > _LEAD:
            return
        near = [self._token(self.times[n].span[0]) for n in days]
        if not any(w in contexts()["gatherings"] for i in near for w in self.page.words[max(0, i - _NEAR + 2) : i + _NEAR]):
            return
        for k in order:
            if out[k] is None and self.statements[k].quoted and self._plain(k, lead=self._paragraph(self._anchor(k)[0]) <= _LEAD):
                out[k] = Saying(days[0], "occasion")
                self.why[k] = 'byday'

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
                self.why[k] = 'inner'

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
        noun = at > 0 and self.page.words[at - 1] in _POSSESSIVE and len(self._words(*cue)) == 1
        by_source = self.page.words[at] == "according"
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
            if by_source and not within_source and not (s.source and 0 <= self._token(e.span[0]) - self._token(s.source[-1][1]) <= 2):
                continue  # what the words before "according to" tell is the content's
            if noun and not within_source and abs(self._token(e.span[0]) - at) > _NOUN + 1:
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
        after = [b for a, b in s.content if cue[1] <= a and b <= span[0]]
        if s.form == "indirect" and after and not self._of_act(s, after[-1], span):
            return False  # of what was said
        if span[1] <= cue[0] and self._token(cue[0]) - self._token(span[1]) <= 1 and not page.text[span[1] : cue[0]].count(","):
            return True  # "Orlan, who leads since June, on Monday said"
        for at in range(self._token(span[0]) - 1, -1, -1):
            place = page.spans[at][0]
            if place < stop:
                break
            if any(a <= place < b for a, b in s.content):
                continue
            word = words[at]
            if word in (";", "\n"):
                return False
            if word == "before" and at and words[at - 1].startswith(_STANDING):
                continue
            if (word in lists["subordinate"] and word not in _MEANWHILE) or (word in _ELSEWHERE and span[0] > cue[0]):
                return False
        if span[0] < cue[0]:  # "was held on Monday, and his lawyer said": another clause
            places = range(self._token(span[1]), self._token(cue[0]))
            gap = [words[at] for at in places if not any(a <= page.spans[at][0] < b for a, b in s.content)]
            places = [n for n, word in enumerate(gap) if word in ("that", "amid") or (word == "which" and gap[n - 1] not in ("in", "during", "at"))]
            below = max(places, default=None)
            if below is not None and "," not in gap[below:]:
                return False  # "appeared on Monday amid reports that question"
            for n, word in enumerate(gap):
                if word in (";", ":") or (word in ("and", "but") and n < len(gap) - 2 and n and gap[n - 1] == ","):
                    return False
        return True

    def _of_act(self, s: Statement, end: int, span: Span) -> bool:
        """Whether an expression after the content, which ends at *end*, tells of the act: "backed the deal on Monday", "as much in a letter Monday"."""
        between = self._words(end, span[0])
        if s.act in _NAMING:
            return len(between) <= 1
        nouns = contexts()["sayings"] | contexts()["gatherings"]
        return 0 < len(between) <= _NEAR and between[0] in ("in", "at", "during") and any(w in nouns for w in between)

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
        s, past, words = self.statements[k], contexts()["past"], self.page.words
        if any(word.endswith("ed") or word in past for a, b in s.cue for word in self._words(a, b)):
            return True
        at = self._token(s.cue[0][0]) if s.cue else 0
        return at > 0 and words[at].endswith("ing") and words[at - 1] == "," and s.act not in ATTITUDES  # "…, saying"

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
        before = [o for o in self.of_source.get(s.source, ()) if begin <= self.statements[o].cue[0][0] < s.cue[0][0]] if s.source else []
        if any("had" in self._words(self.statements[o].source[-1][1], self.statements[o].cue[-1][1]) for o in before):
            return False  # "had called it a sham and promised"
        own = self.told[bisect_left(self.told_starts, begin) : bisect_left(self.told_starts, end)]
        if any(self.within[n] is None and not self._is_whole(n) for n in own):
            return False  # the sentence has a time of its own, which is not that of this saying
        saying = beside and any(word.endswith("ing") for a, b in s.cue for word in self._words(a, b))
        headline = lead and self._paragraph(s.cue[0][0]) == 1
        return (self._told_plainly(k) or saying or headline or (lead and self._now(k))) and not self._elsewhere(k)

    def _elsewhere(self, k: int) -> bool:
        """Whether the sentence tells of an occasion of its own, of which no day is told: "said in an interview"."""
        s, words, page = self.statements[k], self.page.words, self.page
        begin, end = self._sentence(s.cue[0][0])
        for at in range(self._token(begin) + 1, self._token(end)):
            another = words[at] in _PRIVATE and {"a", "an", "another"} & set(words[max(0, at - 4) : at])
            if another and not any(a <= page.spans[at][0] < b for a, b in s.content):
                return True
        return False

    def _fits(self, k: int, time: int) -> bool:
        """Whether a statement may be of the occasion that *time* tells: made to nobody else, and not in writing if that was spoken."""
        s, words = self.statements[k], self.page.words
        a, b = self._sentence(self.times[time].span[0])
        there = set(self._words(a, b))
        cue = self._words(*s.cue[-1])
        begin = self._token(s.cue[-1][1])
        if "then" in words[begin : begin + 1]:
            return False
        if _WRITING & set(cue) and not (_WRITING | _WRITINGS) & there:
            return False
        if "told" in cue or words[begin : begin + 1] == ["on"]:
            begin += words[begin : begin + 1] == ["on"]
            begin += words[begin : begin + 1] == ["the"]
            if begin < len(words) and self.page.text[self.page.spans[begin][0]].isupper() and not self.times_at & {begin}:
                return words[begin] in there
        return True

    def _carried(self, known: _Last | None, at: int, *, only: bool, direct: bool) -> Saying | None:
        """The time of the same speaker's last saying, if this one is near enough, or the *only* day of which the text tells."""
        if known is None:
            return None
        time, paragraph, occasion = known.time, known.paragraph, known.occasion
        if not self._is_day(time) and at - paragraph > (1 if occasion and direct else 0):  # a month or a year of which somebody spoke in passing
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
