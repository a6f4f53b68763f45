"""Clauses: whether a time stands in the clause of a statement's cue, and how the cue tells of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import Final

from sayso.dates.lexicon import contexts
from sayso.dates.places import LONGEST, NOUN, POSSESSIVE, Places
from sayso.spans import Span
from sayso.statements import Statement

#: Acts whose content is what they are done to: what comes after it tells of the act ("named her to the court in May").
_NAMING: Final = frozenset(("decree", "support", "oppose", "criticise", "praise", "reject", "discuss", "demand", "announce", "deny"))
#: Verbs that "before" goes with: "appeared before supporters".
_STANDING: Final = ("appear", "spoke", "speak", "testif", "stood", "stand")
#: Acts that take no moment.
ATTITUDES: Final = frozenset(("believe", "know", "feel", "want", "intend", "support", "oppose"))
#: Occasions of which one speaker has many: another one need not be on the same day.
_PRIVATE: Final = frozenset(("interview", "interviews", "memoir", "book"))
#: Tokens around a day in which the occasion stands that was on it.
NEAR: Final = 8
#: Subordinate clauses that tell of the same moment.
MEANWHILE: Final = frozenset(("as", "while", "when"))
#: Words between the cue and an expression that make it the time of something else: "before his meeting on Monday", "about the vote on Monday".
_ELSEWHERE: Final = frozenset(
    ("prior", "ahead", "following", "amid", "about", "over", "regarding", "concerning", "against", "despite", "toward", "towards")
)
#: Expressions of one sentence that are tried, the nearest first.
_TRIED: Final = 8
#: Words before a cue that is yet to come, or may.
YET: Final = frozenset(("will", "would", "shall", "ll", "could", "may", "might", "should"))
_HABIT: Final = frozenset(("had", "often", "famously", "repeatedly", "previously", "once", "long", "always", "never", "usually"))
_PERFECT: Final = _HABIT | {"has", "have", "ve"}
#: Tokens between a cue and the expression right after it; between the beginning of a sentence, an expression, a source and a cue.
_RIGHT_AFTER: Final = 3
_FIRST: Final = 2


class Clauses(Places):
    """The clauses of one text's cues."""

    @cached_property
    def of_source(self) -> dict[tuple[Span, ...], list[int]]:
        """The statements with a cue that have the same words for their source."""
        out: dict[tuple[Span, ...], list[int]] = defaultdict(list)
        for k, s in enumerate(self.statements):
            if s.source and s.cue:
                out[s.source].append(k)
        return out

    def clause(self, k: int) -> int | None:
        """The expression in the clause of a statement's cue that tells when it was made."""
        s = self.statements[k]
        if not s.cue:
            return None
        cue = s.cue[0]
        at = self.token(cue[0])
        perfect = bool({"has", "have"} & set(self.page.words[max(0, at - 2) : at + 1]))
        if s.act in ATTITUDES and any(word.endswith("ing") for word in self.words(*cue)):
            return None  # "a group backing her"
        if YET & set(self.page.words[max(0, at - 2) : at + 1]):
            return None
        begin, end = self.sentence(cue[0])
        if s.quoted and s.content[-1][1] >= end and self.page.text[s.content[-1][1] : s.content[-1][1] + NOUN].lstrip(" ,")[:1].islower():
            end = self.sentence(min(s.content[-1][1], begin + LONGEST))[1]  # “Never! Not I,” on Monday
        noun = at > 0 and self.page.words[at - 1] in POSSESSIVE and len(self.words(*cue)) == 1
        by_source = self.page.words[at] == "according"
        nouns, present = contexts()["sayings"], self.page.words[at] in contexts()["present"]
        near: list[tuple[int, int]] = []
        for i in range(bisect_left(self.told_starts, begin), bisect_left(self.told_starts, end)):
            n = self.told[i]
            e = self.times[n]
            if self.within[n] != s.parent or any(a <= e.span[0] < b for a, b in s.content):
                continue
            within_source = any(a <= e.span[0] < b for a, b in s.source)
            if within_source and not any(w in nouns for a, b in s.source for w in self.words(a, b)):
                continue
            if by_source and not within_source and not (s.source and 0 <= self.token(e.span[0]) - self.token(s.source[-1][1]) <= 2):
                continue  # what the words before "according to" tell is the content's
            if noun and not within_source and abs(self.token(e.span[0]) - at) > NOUN + 1:
                continue
            if (present or perfect) and not within_source and not (e.shift is not None and e.shift[0] == 0):
                continue  # neither tells of a time past, but of "this month"
            near.append((self._distance(s, e.span, cue), n))
        return next((n for _, n in sorted(near)[:_TRIED] if self._of_clause(s, self.times[n].span, cue, begin)), None)

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
        if span[1] <= cue[0] and self.token(cue[0]) - self.token(span[1]) <= 1 and not page.text[span[1] : cue[0]].count(","):
            return True  # "Orlan, who leads since June, on Monday said"
        for at in range(self.token(span[0]) - 1, -1, -1):
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
            if (word in lists["subordinate"] and word not in MEANWHILE) or (word in _ELSEWHERE and span[0] > cue[0]):
                return False
        if span[0] < cue[0]:  # "was held on Monday, and his lawyer said": another clause
            places = range(self.token(span[1]), self.token(cue[0]))
            gap = [words[at] for at in places if not any(a <= page.spans[at][0] < b for a, b in s.content)]
            lower = [n for n, word in enumerate(gap) if word in ("that", "amid") or (word == "which" and gap[n - 1] not in ("in", "during", "at"))]
            below = max(lower, default=None)
            if below is not None and "," not in gap[below:]:
                return False  # "appeared on Monday amid reports that question"
            for n, word in enumerate(gap):
                if word in (";", ":") or (word in ("and", "but") and n < len(gap) - 2 and n and gap[n - 1] == ","):
                    return False
        return True

    def _of_act(self, s: Statement, end: int, span: Span) -> bool:
        """Whether an expression after the content, which ends at *end*, tells of the act: "backed it on Monday", "as much in a letter Monday"."""
        between = self.words(end, span[0])
        if s.act in _NAMING:
            return len(between) <= 1
        nouns = contexts()["sayings"] | contexts()["gatherings"]
        return 0 < len(between) <= NEAR and between[0] in ("in", "at", "during") and any(w in nouns for w in between)

    def has_occasion(self, k: int) -> bool:
        """Whether the sentence of a statement names an occasion."""
        begin, end = self.sentence(self.anchor(k)[0])
        s = self.statements[k]
        nouns = contexts()["sayings"]
        return any(
            self.page.words[at] in nouns and not any(a <= self.page.spans[at][0] < b for a, b in s.content)
            for at in range(self.token(begin), self.token(end))
        )

    def told_plainly(self, k: int) -> bool:
        """Whether the cue is a verb in the past tense."""
        s, past, words = self.statements[k], contexts()["past"], self.page.words
        if any(word.endswith("ed") or word in past for a, b in s.cue for word in self.words(a, b)):
            return True
        at = self.token(s.cue[0][0]) if s.cue else 0
        return at > 0 and words[at].endswith("ing") and words[at - 1] == "," and s.act not in ATTITUDES  # "…, saying"

    def is_present(self, k: int) -> bool:
        """Whether the cue is a verb in the present tense."""
        return any(word in contexts()["present"] for a, b in self.statements[k].cue for word in self.words(a, b))

    @staticmethod
    def is_past(word: str) -> bool:
        """Whether a word is a form of the past."""
        return word in contexts()["past"] or (len(word) > 4 and word.endswith("ed"))

    def is_plain(self, k: int, *, lead: bool = False, beside: bool = False) -> bool:
        """Whether a statement is one act of speech, told as such: no attitude, nothing that was said often or at another time.

        In a *lead* the perfect and the present tell news; *beside* another saying a participle goes with it ("dismissed it, saying").
        """
        s = self.statements[k]
        if not s.cue or s.negated or s.act in ATTITUDES:
            return False
        at = self.token(s.cue[0][0])
        perfect = _HABIT if lead else _PERFECT
        if any(w in perfect for w in [*self.page.words[max(0, at - 2) : at], *self.words(*s.cue[0])]):
            return False
        begin, end = self.sentence(s.cue[0][0])
        before = [o for o in self.of_source.get(s.source, ()) if begin <= self.statements[o].cue[0][0] < s.cue[0][0]] if s.source else []
        if any("had" in self.words(self.statements[o].source[-1][1], self.statements[o].cue[-1][1]) for o in before):
            return False  # "had called it a sham and promised"
        own = self.told[bisect_left(self.told_starts, begin) : bisect_left(self.told_starts, end)]
        if any(self.within[n] is None and not self.is_current(n) for n in own):
            return False  # the sentence has a time of its own, which is not that of this saying
        saying = beside and any(word.endswith("ing") for a, b in s.cue for word in self.words(a, b))
        headline = lead and self.paragraph(s.cue[0][0]) == 1
        return (self.told_plainly(k) or saying or headline or (lead and self.is_present(k))) and not self.is_elsewhere(k)

    def is_elsewhere(self, k: int) -> bool:
        """Whether the sentence tells of an occasion of its own, of which no day is told: "said in an interview"."""
        s, words, page = self.statements[k], self.page.words, self.page
        begin, end = self.sentence(s.cue[0][0])
        for at in range(self.token(begin) + 1, self.token(end)):
            another = words[at] in _PRIVATE and {"a", "an", "another"} & set(words[max(0, at - 4) : at])
            if another and not any(a <= page.spans[at][0] < b for a, b in s.content):
                return True
        return False

    def is_beside(self, k: int, n: int) -> bool:
        """Whether a verb in the past stands right beside its time, with no other clause between: "said last week that", "On Nov. 19, Orlan wrote"."""
        s, e, words = self.statements[k], self.times[n], self.page.words
        if not s.cue or s.act in ATTITUDES:
            return False
        cue, first = self.words(*s.cue[-1]), self.token(s.cue[0][0])
        if not any(map(self.is_past, cue)) or any(word.endswith("ing") for word in cue):
            return False
        after = self.token(s.cue[-1][1])
        begin, end = self.token(e.span[0]), self.token(e.span[1])
        if after <= begin:
            return begin - after <= _RIGHT_AFTER and all(w.isalpha() and w not in contexts()["subordinate"] for w in words[after:begin])
        if not s.source or s.source[-1][1] > s.cue[0][0] or first - self.token(s.source[-1][1]) > _FIRST:
            return False
        source = self.token(s.source[0][0])
        opens = begin - self.token(self.sentence(e.span[0])[0]) <= 1
        return opens and 0 <= source - end <= _FIRST and words[source - 1] not in ("what", "which", "that", "after", "before", "when", "as")
