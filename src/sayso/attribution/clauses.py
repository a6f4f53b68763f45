"""Clauses: contents that ran on into the main clause of their sentence ("While Orlan said that it sank, | Holt denied it")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.attribution.candidates import EVIDENCE, Candidate
from sayso.attribution.features import Encoded
from sayso.language.quotation import stretch_at
from sayso.spans import Span

# How such a sentence begins, before the source of what its first clause tells.
_OPENING = re.compile(r"(?i)(?:(?:but|and|yet),? )?(?:even )?(?:as|while|though|although|when|after|before|whereas|since|once) ")
_NEAR = 3
# Tokens that a sentence is looked through: bounds the work on text without full stops.
_LONGEST = 200
_READ_INSIDE = tuple(map(EVIDENCE.index, ("cue_flat", "cue_both")))  # low where the cue was read as part of a content
_DEEP = EVIDENCE.index("cue_deep")


def in_clauses(text: str, encoded: Encoded, found: Sequence[Candidate], bounds: Sequence[Span]) -> list[Candidate]:
    """*found*, in the order of cues, with contents of a sentence's opening clause that end where its main clause begins.

    It begins behind a comma, with the source of another candidate and its cue, and nothing follows that could be the main clause instead.
    """
    out = list(found)
    tokens = encoded.tokens
    for n, first in enumerate(out):
        if not first.source or not first.content or first.source[0][0] >= first.cue[0]:
            continue
        k = bisect_right(bounds, tokens[first.cue[0]].start, key=lambda span: span[0]) - 1
        if k < 0:
            continue
        begin, end = bounds[k]
        opening = _OPENING.match(text, begin, end)
        if opening is None or opening.end() != tokens[first.source[0][0]].start:
            continue
        last = bisect_left(tokens, end, key=lambda token: token.start)
        if first.content[-1][1] < last - 2:
            continue
        for m in range(n + 1, len(out)):
            later = out[m]
            if later.cue[0] >= min(last, first.cue[0] + _LONGEST):
                break
            if not later.source or not 0 <= later.cue[0] - later.source[-1][1] <= _NEAR or later.evidence[_DEEP] < 0.5:
                continue
            at = later.source[0][0] - 1
            if at <= first.cue[1] or text[tokens[at].start] != "," or stretch_at(encoded.stretches, tokens[at].start) is not None:
                continue
            if later.content[-1][1] < last - 2:  # something follows it, too
                continue
            content = tuple((a, min(b, at)) for a, b in first.content if a < at)
            if content and any(a < later.cue[0] < b for a, b in first.content):
                out[n] = replace(first, content=content)
                evidence = later.evidence.copy()
                evidence[list(_READ_INSIDE)] = first.evidence[list(_READ_INSIDE)]
                out[m] = replace(later, evidence=evidence)
            break
    return out
