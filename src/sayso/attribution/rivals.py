"""Rivals: candidates of one sentence that were read with the same words, and which of them has them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from sayso.attribution.candidates import EVIDENCE, Candidate, Run
from sayso.attribution.features import Encoded
from sayso.attribution.joined import CLAUSE
from sayso.attribution.lemmas import lemma
from sayso.attribution.orphans import VERBS
from sayso.attribution.subjects import AS_READ, PARTICIPLES, SOURCES
from sayso.attribution.verdicts import heads
from sayso.language.quotation import stretch_at
from sayso.spans import Span

# Tokens between two cues that can be rivals, at most.
_FAR = 80
# Cues that tell from whom something is known, before that source.
_FROM = frozenset(("according", "per"))
# The share of their words that two contents have in common where one is told within the other.
_SAME = 0.8
_DEEP, _KNOWN = EVIDENCE.index("cue_deep"), EVIDENCE.index("cue_known")
_READ = [EVIDENCE.index(name) for name in ("cue_flat", "cue_deep", "cue_both", "source_flat")]


def rivals(text: str, encoded: Encoded, found: Sequence[Candidate], bounds: Sequence[Span]) -> list[Candidate]:
    """*found*, in the order of cues, each without what a nearer cue of the sentence has. *bounds* are those of the sentences."""
    by = {c.content[0][0]: c for c in found if _says_by(text, encoded, c, found)}
    found = [c for c in found if not _told_apart(text, encoded, c, found)]
    found = _with_noun(text, encoded, found)
    told = [c for c in found if c is not by.get(c.content[0][0]) and not _tells_on(text, encoded, c, found, bounds)]
    out = [_read_as(c, by.get(c.cue[0])) for c in told]
    sentences = [_sentence(encoded, bounds, c.cue[0]) for c in out]
    for k, later in enumerate(out):
        for n in range(k - 1, -1, -1):
            first = out[n]
            if sentences[n] != sentences[k] or later.cue[0] - first.cue[0] > _FAR:
                break
            if _quoted(encoded, first.cue[0]) or _quoted(encoded, later.cue[0]):
                continue
            if _told_within(text, encoded, later, first, bounds):
                out[k] = later = replace(later, content=((min(first.cue[0], first.source[0][0]), later.content[-1][1]),))
            elif _from_whom(text, encoded, later) and _alike(later, first):
                out[k] = later = replace(later, content=_around(later, first))
            elif _from_whom(text, encoded, first) and _alike(first, later):
                out[n] = replace(first, content=_around(first, later))
            else:
                content = _without(text, encoded, first, later, bounds)
                if content and content != first.content:
                    out[n], out[k] = replace(first, content=content), _read_as(later, first)
    return out


def _told_apart(text: str, encoded: Encoded, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether all that was read for a verb that ends its sentence is what somebody says in the next: "Holt concedes. “It is over,” she says"."""
    at, begin = candidate.cue[1], candidate.content[0][0]
    if at + 1 != begin or _word(text, encoded, at) != ".":
        return False
    return any(
        c.source and c.evidence[_DEEP] >= _SURE and c.content[0][0] == begin and any(a < c.cue[0] < b for a, b in candidate.content) for c in found
    )


def _with_noun(text: str, encoded: Encoded, found: Sequence[Candidate]) -> list[Candidate]:
    """*found* with what a noun tells of as the source of the verb behind it: "early accounts of the fire | suggest that it spread"."""
    out = list(found[:1])
    for first, later in pairwise(found):
        at = first.cue[1] - 1
        beside = not first.source and not later.source and at > first.cue[0] and first.content == ((at + 1, later.cue[0]),)
        told = beside and _word(text, encoded, at) in _OF and lemma(_word(text, encoded, at - 1)) in _ACCOUNTS
        if not told or lemma(_word(text, encoded, later.cue[0])) not in _SUGGESTS:
            out.append(later)
            continue
        evidence = later.evidence.copy()
        evidence[list(SOURCES)] = AS_READ
        out[-1] = replace(later, source=((first.cue[0], later.cue[0]),), evidence=evidence)
    return out


_OF = frozenset("of on from about into".split())
_ACCOUNTS = frozenset("account report analysis survey study poll image video photo document".split())
_SUGGESTS = frozenset("suggest indicate show reveal say claim describe imply".split())


def _read_as(candidate: Candidate, other: Candidate | None) -> Candidate:
    """*candidate* read as surely as *other*: its evidence is low where its cue was read as part of a content."""
    if other is None:
        return candidate
    evidence = candidate.evidence.copy()
    evidence[_READ] = np.maximum(evidence[_READ], other.evidence[_READ])
    return replace(candidate, evidence=evidence)


def _tells_on(text: str, encoded: Encoded, candidate: Candidate, found: Sequence[Candidate], bounds: Sequence[Span]) -> bool:
    """Whether a colon is read as the cue of somebody who has a verb before it: "As for Orlan, who said it leaks: | she has left"."""
    at = candidate.cue[0]
    if candidate.cue[1] - at > 1 or _word(text, encoded, at) != ":" or not candidate.source or candidate.source[-1][1] == at:
        return False
    if any(_quoted(encoded, i) or encoded.tokens[a].after_break for a, b in candidate.content for i in (a, b - 1)):
        return False
    return any(
        other.source == candidate.source and other.source[-1][1] <= other.cue[0] < at and other.evidence[_KNOWN]
        and any(other.cue[1] <= a and b <= at for a, b in other.content) and _one_sentence(encoded, bounds, other.cue[0], at)
        for other in found
    )


def _says_by(text: str, encoded: Encoded, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether all that it tells is a participle of its speaker that tells it: "agrees, | reporting that …", "weighed in, | urging her to go"."""
    at = candidate.content[0][0]
    if candidate.cue[1] != at - 1 or _word(text, encoded, at - 1) != "," or not _participle(text, encoded, at):
        return False
    return any(other.cue[0] == at and other.source == candidate.source and other.content for other in found)


def _participle(text: str, encoded: Encoded, at: int) -> bool:
    word = _word(text, encoded, at)
    return word.endswith("ing") and lemma(word) in PARTICIPLES


def _without(text: str, encoded: Encoded, first: Candidate, later: Candidate, bounds: Sequence[Span]) -> tuple[Run, ...]:
    """The content of *first* without what *later* has: "said it leaks and slammed Holt | as a fool", "said it leaks | , urging Holt to go"."""
    if not later.evidence[_KNOWN] or later.evidence[_DEEP] < _SURE or not first.source or not later.source:
        return first.content
    at, begin = later.cue[0], min(later.cue[0], later.source[0][0])
    says = any(lemma(_word(text, encoded, i)) in VERBS for i in range(*later.cue))
    if says and first.cue[1] < begin and _word(text, encoded, begin - 1) == ";":  # "wrote that it leaks; it also claimed that …"
        return tuple((a, min(b, begin - 1)) for a, b in first.content if a < begin - 1)
    if later.source != first.source:
        if (verdict := _apposed(text, encoded, later)) is not None and any(a < verdict < b for a, b in first.content):
            return tuple((a, min(b, verdict)) for a, b in first.content if a < verdict)
        return _before_clause(text, encoded, first, later) if says else first.content
    out = []
    for a, b in first.content:
        if later.cue[1] <= a and _one_sentence(encoded, bounds, at, a) and any(x <= a and b <= y for x, y in later.content):
            continue
        if a <= at < b and (cut := _cut(text, encoded, at)) is not None:
            b = cut
        if a < b:
            out.append((a, b))
    return tuple(out)


def _before_clause(text: str, encoded: Encoded, first: Candidate, later: Candidate) -> tuple[Run, ...]:
    """The content of *first*, a thing or person, without the clause that "and" adds: "denied any deal | and Orlan denies that it paid"."""
    at = later.source[0][0] - 1
    if _word(text, encoded, at) not in ("and", "but", "while") or not 0 <= later.cue[0] - later.source[-1][1] <= _NEXT:
        return first.content
    if _word(text, encoded, later.cue[0]).endswith("ing"):
        return first.content
    run = next((run for run in first.content if first.cue[1] <= run[0] < at < later.cue[0] < run[1]), None)
    if run is None:
        return first.content
    if CLAUSE.search(text, encoded.tokens[run[0]].start, encoded.tokens[at - 1].end) and not _turns(text, encoded, first, later, at):
        return first.content
    stop = at - (_word(text, encoded, at - 1) == ",")
    return tuple((a, min(b, stop)) for a, b in first.content if a < stop)


def _turns(text: str, encoded: Encoded, first: Candidate, later: Candidate, at: int) -> bool:
    """Whether what was said ends where ", but" or ", while" turns to what somebody says: "said it had no plans, | but Orlan says that it has"."""
    if _word(text, encoded, at) not in ("but", "while") or _word(text, encoded, at - 1) != ",":
        return False
    return _word(text, encoded, first.cue[1] - 1).isalpha() and _word(text, encoded, later.source[0][0]) not in ("i", "we")


def _apposed(text: str, encoded: Encoded, later: Candidate) -> int | None:
    """The comma before what *later* is said of, where that is the claim before: "said it held the town, | a claim denied by Orlan"."""
    begin, end = later.content[0]
    if not 0 <= later.cue[0] - end <= _NEXT or begin < 2 or _word(text, encoded, begin - 1) != "," or _word(text, encoded, begin) not in ("a", "an"):
        return None
    return begin - 1 if any(_word(text, encoded, i) in heads() for i in range(begin + 1, min(begin + 4, end))) else None


_NEXT = 2
_SURE = 0.9


def _cut(text: str, encoded: Encoded, at: int) -> int | None:
    """Where what is said ends before a participle of who said it."""
    return at - 1 if _participle(text, encoded, at) and _word(text, encoded, at - 1) == "," else None


def _told_within(text: str, encoded: Encoded, later: Candidate, first: Candidate, bounds: Sequence[Span]) -> bool:
    """Whether *later* ends a sentence, ", Holt said.", in which *first* told the same before."""
    if not later.source or not first.source or later.source == first.source or not _alike(later, first):
        return False
    begin, end = min(later.source[0][0], later.cue[0]), max(later.source[-1][1], later.cue[1])
    if first.cue[0] > later.content[0][0] or later.content[-1][1] > begin or _word(text, encoded, begin - 1) != ",":
        return False
    k = bisect_right(bounds, encoded.tokens[begin].start, key=lambda span: span[0]) - 1
    return bounds[k][1] - encoded.tokens[end - 1].end <= _END


# Characters between who said it and the end of the sentence.
_END = 60


def _from_whom(text: str, encoded: Encoded, candidate: Candidate) -> bool:
    return bool(candidate.source) and candidate.cue[1] == candidate.source[0][0] and _word(text, encoded, candidate.cue[0]) in _FROM


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether the contents of both are mostly the same words, but for what the other needs to be told."""
    own = {i for run in (*other.source, other.cue) for i in range(*run)}
    a, b = ({i for run in candidate.content for i in range(*run)} - own for candidate in (one, other))
    return bool(other.source) and bool(a) and bool(b) and len(a & b) >= _SAME * max(len(a), len(b))


def _around(outer: Candidate, inner: Candidate) -> tuple[Run, ...]:
    """The content of *outer* with all of *inner*: its source, its cue and what lies between them and its content."""
    taken = {i for run in (*outer.source, outer.cue) for i in range(*run)}
    held = {i for run in (*inner.source, inner.cue, *inner.content, *outer.content) for i in range(*run)}
    ordered = sorted(held - taken)
    runs: list[Run] = []
    for i in ordered:
        if runs and i - runs[-1][1] <= _GAP and taken.isdisjoint(range(runs[-1][1], i)):
            runs[-1] = runs[-1][0], i + 1
        else:
            runs.append((i, i + 1))
    return tuple(runs)


# Tokens that may lie between what is put together: an addressee, a comma.
_GAP = 6


def _one_sentence(encoded: Encoded, bounds: Sequence[Span], one: int, other: int) -> bool:
    return _sentence(encoded, bounds, one) == _sentence(encoded, bounds, other)


def _sentence(encoded: Encoded, bounds: Sequence[Span], at: int) -> int:
    return bisect_right(bounds, encoded.tokens[at].start, key=_start)


def _start(span: Span) -> int:
    return span[0]


def _quoted(encoded: Encoded, at: int) -> bool:
    return stretch_at(encoded.stretches, encoded.tokens[at].start) is not None


def _word(text: str, encoded: Encoded, at: int) -> str:
    return text[encoded.tokens[at].start : encoded.tokens[at].end].lower()
