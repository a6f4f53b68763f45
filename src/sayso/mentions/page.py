"""A text laid out for finding mentions: its tokens with their words, sentences, lines and quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.language.quotation import Stretch
from sayso.language.sentences import sentences
from sayso.language.tokens import Token
from sayso.spans import Span

Run = tuple[int, int]  # half-open, in tokens


@dataclass(frozen=True)
class Page:
    """Per token: word as written, in lower case, number of its sentence, of its line, of its quoted stretch (-1: in none)."""

    text: str
    tokens: Sequence[Token]
    starts: list[int]  # by token, its first character
    words: list[str]
    lower: list[str]
    sentence: list[int]
    line: list[int]
    quote: list[int]
    begins: list[int]  # by sentence, its first token

    def span(self, run: Run) -> Span:
        return self.tokens[run[0]].start, self.tokens[run[1] - 1].end

    def written(self, run: Run) -> str:
        start, end = self.span(run)
        return self.text[start:end]

    def run(self, span: Span) -> Run:
        """Numbers of the tokens that begin in *span*."""
        return bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])

    def possessive(self, at: int) -> bool:
        """Whether token *at* is an apostrophe that makes the word before it a possessor."""
        return (
            at < len(self.words)
            and at > 0
            and self.words[at] in "'’"
            and (
                (at + 1 < len(self.words) and self.lower[at + 1] == "s" and self.tokens[at + 1].start == self.tokens[at].end)
                or self.lower[at - 1].endswith("s")
            )
            and self.tokens[at].start == self.tokens[at - 1].end
        )


def lay_out(text: str, tokens: Sequence[Token], stretches: Sequence[Stretch]) -> Page:
    """The page of *text*. Cost is linear in its length."""
    words, starts = [text[t.start : t.end] for t in tokens], [t.start for t in tokens]
    opens = [s for s, _ in sentences(text)]
    sentence = [max(0, bisect_right(opens, start) - 1) for start in starts]
    line, number = [], -1
    for token in tokens:
        number += token.after_break
        line.append(number)
    quote = [-1] * len(tokens)
    for k, stretch in enumerate(stretches):
        a = bisect_left(starts, stretch.start)
        b = bisect_left(starts, stretch.end)
        quote[a:b] = [k] * (b - a)
    begins: list[int] = []
    for i, s in enumerate(sentence):
        while len(begins) <= s:
            begins.append(i)
    return Page(text, tokens, starts, words, [w.lower() for w in words], sentence, line, quote, begins)
