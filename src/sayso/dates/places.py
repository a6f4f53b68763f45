"""Places: where the statements, the times and the mentions of one text stand in its sentences and paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from sayso.dates.expression import TimeExpression
from sayso.dates.lexicon import contexts
from sayso.dates.recogniser import Page, is_day
from sayso.language.sentences import sentences
from sayso.mentions.mention import Mention, Speaker
from sayso.spans import Span
from sayso.statements import Statement

#: Characters of a sentence on either side of a place that are looked at: cost stays linear where no sentence ends.
LONGEST: Final = 1500
#: Tokens between an expression and the noun of saying that it stands with: "Tuesday's prime-time debate".
NOUN: Final = 4
POSSESSIVE: Final = frozenset(("a", "an", "the", "his", "her", "their", "its", "s", "this", "that"))
_LEADING: Final = frozenset(("on", "the", "late", "early", "earlier", "later", "also", "just", "only"))


class Places:
    """Looks up places of one text in steps that do not depend on its length."""

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
        self.quotes = sorted(quoted)
        self.quote_starts = [s for s, _ in self.quotes]
        self.all_sentences = sentences(page.text)
        self.sentence_starts = [s for s, _ in self.all_sentences]
        self.token_starts = [s for s, _ in page.spans]
        self.line_starts = [0] + [k + 1 for k, c in enumerate(page.text) if c == "\n"]
        paragraph, self.paragraphs = 0, list[int]()
        for k, begin in enumerate(self.line_starts):
            end = self.line_starts[k + 1] if k + 1 < len(self.line_starts) else len(page.text)
            if page.text[begin:end].strip():
                paragraph += 1
            self.paragraphs.append(paragraph)
        holder: list[int | None] = [None] * len(page.spans)
        for k in sorted(range(len(statements)), key=lambda k: -sum(e - s for s, e in statements[k].content)):  # the smallest last: it holds
            for begin, end in statements[k].content:
                a, b = self.token(begin), self.token(end)
                holder[a:b] = [k] * (b - a)
        self.holder = holder
        self.within = [holder[min(self.token(e.span[0]), len(holder) - 1)] for e in times]  # the smallest statement whose content holds each
        self.told = [k for k, e in enumerate(times) if self.tells(k, e)]
        self.told_starts = [times[k].span[0] for k in self.told]
        self.told_set = frozenset(self.told)
        self.mention_starts = [m.span[0] for m in mentions]

    def anchor(self, k: int) -> Span:
        """Where a statement is told: its cue, or without one its content."""
        s = self.statements[k]
        return (s.cue or s.content)[0]

    def sentence(self, at: int) -> Span:
        """The sentence around a place."""
        n = bisect_right(self.sentence_starts, at) - 1
        begin, end = self.all_sentences[max(0, n)] if self.all_sentences else (0, 0)
        return max(begin, at - LONGEST), min(end, at + LONGEST)

    def paragraph(self, at: int) -> int:
        """The number of the paragraph at a place."""
        return self.paragraphs[bisect_right(self.line_starts, at) - 1]

    def token(self, at: int) -> int:
        """The first token from a place on."""
        return bisect_left(self.token_starts, at)

    def words(self, begin: int, end: int) -> Sequence[str]:
        """The tokens between two places, folded."""
        return self.page.words[self.token(begin) : self.token(end)]

    def who(self, k: int) -> int | None:
        """The one entity that makes a statement."""
        speaker = self.speakers[k] if k < len(self.speakers) else None
        return speaker.entities[0] if speaker is not None and len(speaker.entities) == 1 else None

    def in_quotes(self, at: int) -> bool:
        """Whether a place is in quotation marks."""
        i = bisect_right(self.quote_starts, at) - 1
        return i >= 0 and at < self.quotes[i][1]

    def is_said(self, token: int) -> bool:
        """Whether a token is of the content of a statement."""
        return self.holder[token] is not None

    def is_day(self, n: int) -> bool:
        """Whether an expression tells a day, a part of one, or the days of one week."""
        e = self.times[n]
        return (
            bool(e.clock)
            or (e.shift is not None and e.shift[1] in ("D", "W"))
            or is_day(e.pick)
            or (e.pick.startswith("XXXX-WXX-") and e.pick[9:].isdigit())
        )

    def is_current(self, n: int) -> bool:
        """Whether an expression tells of a stretch that is not over ("this year")."""
        e = self.times[n]
        return e.shift is not None and e.shift[0] == 0 and e.shift[1] != "D" and not e.pick

    def tells(self, k: int, e: TimeExpression) -> bool:
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
        if self.within[k] is None and self.in_quotes(e.span[0]):
            return False
        words, lists = self.page.words, contexts()
        begin, end = self.token(e.span[0]), self.token(e.span[1])
        at = begin - 1
        while at >= 0 and words[at] in _LEADING:
            at -= 1
        governed = words[at] if at >= 0 else ""
        after = words[end] if end < len(words) and self.page.spans[end][0] == self.page.spans[end - 1][1] else ""
        if e.pick.isdigit() and e.anchor == "none" and begin + 1 == end and governed not in ("in", "since", "during"):
            following = words[end] if end < len(words) else ""
            if following.isalpha() and following not in lists["after_vague"]:
                return False  # "2016 hopefuls call for action"
        attributive = after in ("'", "’", "-") or (begin > 0 and words[begin - 1] in POSSESSIVE and words[begin] not in ("last", "this", "next"))
        if governed in lists["not_said_before"]:
            return False
        if attributive:
            return any(w in lists["sayings"] or w in lists["gatherings"] for w in words[end : end + NOUN + (2 if after == "'" else 0)])
        return True
