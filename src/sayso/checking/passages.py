"""Passages: where in a transcript the words of a quotation stand, in one place or in several.

Runs of at least two words that both have, chained in the order of the quotation; a jump to another place costs as much as
two words of content are worth.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from sayso.checking.transcripts import Transcript
from sayso.language.sentences import sentences
from sayso.quotes.words import Wording, words_of

_CONTENT: Final = 20
_FUNCTION: Final = 9
#: Words that may be left out, or stand in another order, for both sides of the gap to be one passage.
NEAR: Final = 40
_JUMP: Final = 45
_GAP: Final = 8
#: Runs looked at for one quotation: the heaviest ones.
_RUNS: Final = 240
#: A pair of words that stands in a transcript more often than this tells nothing of where a quotation comes from.
_FREQUENT: Final = 1000
#: Answers looked at, and by how much one may be worse than the best: a word of content.
_ANSWERS: Final = 4
_NEARLY: Final = 20
#: A sentence of more words than this has lost its full stops: where sentences end is not known there.
_LONGEST_SENTENCE: Final = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """Words [quote[0], quote[1]) of a quotation, and the words of the transcript among which they stand."""

    quote: tuple[int, int]
    place: tuple[int, int]


class Source:
    """A transcript, word by word, indexed."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.spoken = transcript.spoken
        self.words: Wording = words_of(self.spoken)
        self._turns = [turn.spans[0][0] for turn in transcript.turns if turn.spans]
        self._sentences = [start for start, _ in sentences(self.spoken)]
        self.pairs: dict[tuple[str, str], list[int]] = {}
        self.singles: dict[str, list[int]] = {}
        for k, word in enumerate(self.words):
            self.singles.setdefault(word.key, []).append(k)
            if k:
                self.pairs.setdefault((self.words[k - 1].key, word.key), []).append(k - 1)

    def turn(self, word: int) -> int:
        """Number of the turn that a word belongs to."""
        return max(0, bisect_right(self._turns, self.words[word].start) - 1)

    def sentence(self, word: int) -> int:
        return bisect_right(self._sentences, self.words[word].start)

    def sentence_words(self, word: int) -> tuple[int, int] | None:
        """The words of the sentence that *word* stands in; None where it cannot be told where that ends."""
        number = self.sentence(word)
        start = end = word
        while start > 0 and self.sentence(start - 1) == number:
            start -= 1
            if word - start > _LONGEST_SENTENCE:
                return None
        while end + 1 < len(self.words) and self.sentence(end + 1) == number:
            end += 1
            if end - start > _LONGEST_SENTENCE:
                return None
        return start, end + 1

    def pair(self, word: int) -> tuple[str, str]:
        """A word and the next one."""
        return self.words[word].key, self.words[word + 1].key

    def between(self, word: int) -> str:
        """The characters between a word and the next one."""
        return self.spoken[self.words[word].end : self.words[word + 1].start if word + 1 < len(self.words) else len(self.spoken)]


@dataclass(frozen=True, slots=True)
class _Run:
    first: int  # in the quotation
    size: int
    at: int  # in the transcript
    weight: int


def placements(source: Source, quote: Wording, allowed: Callable[[int], bool] | None = None) -> list[list[Piece]]:
    """Where the words of *quote* stand, in pieces in the order of the quotation; several answers where several are nearly as good.

    Nothing if no run of it is there. Words in brackets are not looked for. *allowed* tells whether a word of the transcript may be taken.
    """
    sought = [n for n, word in enumerate(quote) if not word.bracketed]
    if not sought:
        return []
    return [_pieces(source, sought, chain, len(quote)) for chain in _chains(source, _runs(source, quote, sought, allowed))]


def _pieces(source: Source, sought: Sequence[int], chain: Sequence[_Run], size: int) -> list[Piece]:
    out: list[Piece] = []
    for run in chain:
        first, last = sought[run.first], sought[run.first + run.size - 1]
        place = (run.at, run.at + run.size)
        if out and 0 <= run.at - out[-1].place[1] <= NEAR and source.turn(run.at) == source.turn(out[-1].place[1] - 1):
            out[-1] = Piece((out[-1].quote[0], last + 1), (out[-1].place[0], place[1]))
        else:
            out.append(Piece((first, last + 1), place))
    return _completed(out, size)


def _completed(found: list[Piece], size: int) -> list[Piece]:
    """The pieces with the words of the quotation between them, which go with the piece before."""
    out = []
    for n, piece in enumerate(found):
        start = 0 if n == 0 else piece.quote[0]
        end = size if n == len(found) - 1 else found[n + 1].quote[0]
        out.append(Piece((start, max(start, end)), piece.place))
    return out


def _runs(source: Source, quote: Wording, sought: Sequence[int], allowed: Callable[[int], bool] | None) -> list[_Run]:
    words = [quote[n] for n in sought]
    weights = [0, *accumulate(_CONTENT if word.content else _FUNCTION for word in words)]
    found: list[_Run] = []
    if len(words) > 1:
        active: dict[int, int] = {}  # where the run on a diagonal began
        found_at = [source.pairs.get((words[n].key, words[n + 1].key), []) for n in range(len(words) - 1)]
        rarest = min((n for n, places in enumerate(found_at) if places), key=lambda n: (len(found_at[n]), n), default=-1)
        for n, places in enumerate(found_at):
            following: dict[int, int] = {}
            if len(places) > _FREQUENT and n != rarest:  # a run goes on with such a pair, and none begins
                pair = (words[n].key, words[n + 1].key)
                places = [d + n for d in active if 0 <= d + n < len(source.words) - 1 and source.pair(d + n) == pair]
            for at in places[:_FREQUENT]:
                if allowed is None or (allowed(at) and allowed(at + 1)):
                    following[at - n] = active.pop(at - n, n)
            found += [_run(weights, first, n - first + 1, first + diagonal) for diagonal, first in active.items()]
            active = following
        found += [_run(weights, first, len(words) - first, first + diagonal) for diagonal, first in active.items()]
    covered = {k for run in found if run.weight > 2 * _FUNCTION for k in range(run.first, run.first + run.size)}
    for n, word in enumerate(words):
        if n not in covered and (word.content or len(words) == 1):
            places = [at for at in source.singles.get(word.key, ()) if allowed is None or allowed(at)]
            if len(places) <= _RUNS:
                found += [_run(weights, n, 1, at) for at in places]
    found.sort(key=lambda run: (-run.weight, run.first, run.at))
    return found[:_RUNS]


def _run(weights: Sequence[int], first: int, size: int, at: int) -> _Run:
    return _Run(first, size, at, weights[first + size] - weights[first])


def _chains(source: Source, runs: Sequence[_Run]) -> list[list[_Run]]:
    """The runs, in the order of the quotation, that hold most of it in the fewest places; the best such chains that end apart."""
    if not runs:
        return []
    order = sorted(runs, key=lambda run: (run.first, run.at, run.size))
    turns = [source.turn(run.at) for run in order]
    best = [0] * len(order)
    before = [-1] * len(order)
    for k, run in enumerate(order):
        top, came = 0, -1
        for j in range(k):
            other = order[j]
            shared = other.first + other.size - run.first
            if shared >= run.size or shared > 2 or other.first == run.first:
                continue
            gap = run.at + max(0, shared) - other.at - other.size
            if gap < 0 and run.at + run.size > other.at:
                continue  # words are said once for each time that they are quoted
            same = turns[j] == turns[k]
            cost = 0 if gap == 0 else _GAP + gap // 3 if same and 0 < gap <= NEAR else _JUMP
            value = best[j] - cost - max(0, shared) * _CONTENT
            if value > top:
                top, came = value, j
        best[k], before[k] = top + run.weight, came
    ranked = sorted(range(len(order)), key=lambda n: (-best[n], order[n].at))
    ends: list[int] = []
    for k in ranked:
        if best[k] < best[ranked[0]] - _NEARLY or len(ends) == _ANSWERS:
            break
        if all(abs(order[k].at - order[other].at) > NEAR // 4 for other in ends):
            ends.append(k)
    return [_followed(order, before, k) for k in ends]


def _followed(order: Sequence[_Run], before: Sequence[int], k: int) -> list[_Run]:
    """The chain that ends with run *k*; words that two of its runs share belong to the earlier one."""
    out: list[_Run] = []
    while k >= 0:
        run = order[k]
        if out:
            shared = run.first + run.size - out[-1].first
            if shared > 0:
                out[-1] = _Run(out[-1].first + shared, out[-1].size - shared, out[-1].at + shared, out[-1].weight)
        out.append(run)
        k = before[k]
    return [run for run in reversed(out) if run.size > 0]
