"""Paragraphs: contents kept to that of their cue, unless marks or a colon carry them on into lists and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from sayso.attribution.candidates import EVIDENCE, Candidate, Run
from sayso.attribution.features import Encoded
from sayso.attribution.vicinity import APART
from sayso.language.quotation import stretch_at

_MARK = EVIDENCE.index("mark_only")
_COLON = re.compile(r":\s*\n")
# An item of a list, with its line; at most so many are taken.
_ITEM = re.compile(r"\s*(?P<item>(?:[-–—•*·▪]|\(?(?:\d{1,2}|[a-h])[.)])[ \t]+\S[^\r\n]*)")
_ITEMS, _TWO = 30, 2
_LEAST = 3
_LONGEST = 4000


def in_its_paragraph(text: str, encoded: Encoded, candidate: Candidate) -> Candidate | None:
    """*candidate* without a source and the parts of its content that stand in other paragraphs; None if no content is left.

    A headline whose clause stands before who said it has that clause: "Bridge unsafe, study finds".
    """
    tokens, (first, last) = encoded.tokens, candidate.cue

    def apart(run: Run) -> bool:
        begin, end = (tokens[last - 1].end, tokens[run[0]].start) if run[0] >= last else (tokens[run[1] - 1].start, tokens[first].start)
        return begin < end and APART.search(text, begin, min(end, begin + _LONGEST)) is not None

    labelled = first and not tokens[first].after_break and text[tokens[first - 1].start].isalnum()  # "Then: …", below who is told of
    if (labelled or not candidate.evidence[_MARK]) and any(map(apart, candidate.source)):
        candidate = replace(candidate, source=())
    if (listed := _with_items(text, encoded, candidate)) is not candidate:
        return listed
    if any(_COLON.search(text, tokens[last - 1].start, tokens[b].start) for b, _ in candidate.content if b >= last):
        return candidate

    def quoted(run: Run) -> bool:
        return all(stretch_at(encoded.stretches, tokens[i].start) is not None for i in range(*run))

    if any(stretch_at(encoded.stretches, tokens[i].start) is not None for a, b in candidate.content for i in (a, b - 1)):
        # quotations go on in other paragraphs, what stands around them there does not
        near = ((run, run if quoted(run) else _beside(text, encoded, candidate.cue, run)) for run in candidate.content)
        content = tuple(kept for run, kept in near if kept[0] < kept[1] and (quoted(run) or not apart(kept)))
        return candidate if content == candidate.content else replace(candidate, content=content) if content else None
    content = tuple(run for run in candidate.content if not apart(run))
    if len(content) == len(candidate.content) and not _spread(text, encoded, content):
        return candidate
    content = tuple(run for run in content if not _spread(text, encoded, (run,)))
    if not content:
        content = _clause_before(text, encoded, candidate)
    return replace(candidate, content=content) if content else None


def _beside(text: str, encoded: Encoded, cue: Run, run: Run) -> Run:
    """*run* as far as it stands in one paragraph, the nearest to *cue*."""
    tokens = encoded.tokens
    begin, end = tokens[run[0]].start, tokens[run[1] - 1].start
    breaks = [match.end() for match in APART.finditer(text, begin, end)]
    if not breaks:
        return run
    if run[0] >= cue[1]:
        return run[0], bisect_left(tokens, breaks[0], *run, key=lambda token: token.start)
    return bisect_left(tokens, breaks[-1], *run, key=lambda token: token.start), run[1]


def _with_items(text: str, encoded: Encoded, candidate: Candidate) -> Candidate:
    """*candidate* with the list that a colon opens, no less and no more: "argued that: – it leaks; | – it sinks"."""
    tokens, last = encoded.tokens, candidate.cue[1]
    colon = next((i for i in range(last - 1, min(last + _LEAST, len(tokens) - 1)) if text[tokens[i].start] == ":"), None)
    if colon is None or not tokens[colon + 1].after_break:
        return candidate
    at, items = tokens[colon].end, 0
    while items < _ITEMS and (found := _ITEM.match(text, at)) is not None and "\n" in text[at : found.start("item")]:
        at, items = found.end(), items + 1
    if items < _TWO:
        return candidate
    stop = bisect_left(tokens, at, lo=colon + 1, key=lambda token: token.start)
    return replace(candidate, content=(*(run for run in candidate.content if run[1] <= colon), (colon + 1, stop)))


def _spread(text: str, encoded: Encoded, content: Sequence[Run]) -> bool:
    tokens = encoded.tokens
    return any(APART.search(text, tokens[a].start, min(tokens[b - 1].start, tokens[a].start + _LONGEST)) is not None for a, b in content)


def _clause_before(text: str, encoded: Encoded, candidate: Candidate) -> tuple[Run, ...]:
    tokens = encoded.tokens
    stop = min([candidate.cue[0], *(a for a, _ in candidate.source)])
    begin = stop
    while begin and not tokens[begin].after_break and stop - begin < 60:
        begin -= 1
    if stop - begin <= _LEAST or text[tokens[stop - 1].start] != "," or not tokens[begin].after_break:
        return ()
    return ((begin, stop - 1),)
