"""Who is quoted by whom: "the agency quoted Holt as saying", "Holt was quoted as saying", "the consul was told by a guard"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.attribution.candidates import Candidate, Run
from sayso.attribution.features import Encoded
from sayso.attribution.subjects import AS_READ, SOURCES
from sayso.language.quotation import stretch_at
from sayso.spans import Span

_BE = r"(?:is|are|was|were|been|being)"
_QUOTED = re.compile(rf"(?i).*\b{_BE} (?:\w+ly |also )?(?:quoted|cited|heard|recorded) (?:\w+ )?as \w+ing")
_TOLD = re.compile(rf"(?i).*\b{_BE} (?:\w+ly |also )?(?:told|asked|informed|warned)")
# "quoted Orla Venn as saying": who is quoted stands within the cue.
_QUOTES = re.compile(r"(?i)(?P<verb>(?:\w+ )?(?:quot|cit)(?:es|ed|e|ing)) (?P<who>[^,.;:“”\"]{2,120}?) (?P<says>as \w+ing)\b")


def quoting(text: str, encoded: Encoded, found: Sequence[Candidate], bounds: Sequence[Span]) -> list[Candidate]:
    """*found*, in the order of cues, with those who are quoted as their sources, within what quotes them. *bounds* are those of the sentences."""
    out: list[Candidate] = []
    for candidate in found:
        out += _apart(text, encoded, _passive(text, encoded, candidate), bounds)
    return sorted(out, key=lambda candidate: candidate.cue)


def _passive(text: str, encoded: Encoded, candidate: Candidate) -> Candidate:
    """*candidate* without whom a passive tells of in its content: "“…,” | she | was quoted as saying", "“…,” the consul | was told by a guard"."""
    words, first = _surface(text, encoded, candidate.cue), candidate.cue[0]
    content = tuple(run for run in candidate.content if run[1] < first or run[0] > first or _quoted(encoded, run[0]))
    ends = [b for a, b in content if b <= first and _quoted(encoded, a)]
    if not ends or not 0 < first - max(ends) <= _FEW:
        return candidate
    whom = max(ends), first
    if _QUOTED.fullmatch(words) and (not candidate.source or candidate.source[0][0] > first):  # "by the Gazette" is no speaker
        evidence = candidate.evidence.copy()
        evidence[list(SOURCES)] = AS_READ
        return replace(candidate, source=(whom,), content=content, evidence=evidence)
    return replace(candidate, content=content) if _TOLD.fullmatch(words) else candidate


# Tokens of whom a passive tells of, at most.
_FEW = 8


def _apart(text: str, encoded: Encoded, candidate: Candidate, bounds: Sequence[Span]) -> list[Candidate]:
    """*candidate*, and within it whom it quotes: "the agency | quoted | Orla Venn as saying that the dam is safe"."""
    tokens, (first, last) = encoded.tokens, candidate.cue
    found = _QUOTES.match(text, tokens[first].start, tokens[last - 1].end + 160)
    if found is None or _quoted(encoded, first) or not candidate.source or candidate.source[-1][1] > first:
        return [candidate]
    who, says = (_run(encoded, found.span(name)) for name in ("who", "says"))
    cue = first, who[0]
    if last > who[0] and last != says[1]:
        return [candidate]
    content = tuple(run for run in candidate.content if run[0] >= says[1] or run[1] <= min(first, candidate.source[0][0]))
    if not content:
        content = _before(text, encoded, candidate, says[1], bounds)
    if not content:
        return [candidate]
    evidence = candidate.evidence.copy()
    evidence[list(SOURCES)] = AS_READ
    told = tuple(run for run in content if run[1] <= first)
    after = max([says[1], *(b for _, b in content)])
    outer = replace(candidate, cue=cue, content=(*told, (who[0], after)))
    return [outer, replace(candidate, cue=says, source=(who,), content=content, evidence=evidence)]


def _before(text: str, encoded: Encoded, candidate: Candidate, says: int, bounds: Sequence[Span]) -> tuple[Run, ...]:
    """The sentence that somebody is quoted as saying behind it: "The gates stay shut, | the agency cited a clerk as saying"."""
    tokens, begin = encoded.tokens, candidate.source[0][0]
    k = bisect_right(bounds, tokens[begin].start, key=lambda span: span[0]) - 1
    opens = _run(encoded, bounds[k])[0]
    comma = begin - 1
    ends = text[tokens[says - 1].end : bounds[k][1]].strip() in (".", "")
    return ((opens, comma),) if ends and comma > opens and text[tokens[comma].start] == "," else ()


def _surface(text: str, encoded: Encoded, run: Run) -> str:
    return text[encoded.tokens[run[0]].start : encoded.tokens[run[1] - 1].end]


def _run(encoded: Encoded, span: Span) -> Run:
    tokens = encoded.tokens
    return bisect_left(tokens, span[0], key=lambda token: token.start), bisect_left(tokens, span[1], key=lambda token: token.start)


def _quoted(encoded: Encoded, at: int) -> bool:
    return stretch_at(encoded.stretches, encoded.tokens[at].start) is not None
