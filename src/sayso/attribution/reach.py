"""Contents that were cut where reading around their cue stopped, made whole."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from sayso.attribution.candidates import Candidate
from sayso.attribution.features import Encoded
from sayso.attribution.network import FAR, NEAR
from sayso.language.quotation import stretch_at


def whole(candidate: Candidate, encoded: Encoded) -> Candidate:
    """*candidate* with the rest of the quotation in which its content begins or ends, where only the reach of reading cut it.

    A quotation of more tokens than are read around a cue lost its first or last words. What else attributes in them lies inside the quotation,
    so they are taken whatever it is; not where marks were left open, since such a quotation may end anywhere.
    """
    content = list(candidate.content)
    tokens, first = encoded.tokens, candidate.cue[0]

    def number(at: int) -> int:
        return bisect_left(tokens, at, key=lambda token: token.start)

    begin, end = content[0]
    if any(abs(first - begin - before) <= 1 for before, _ in (NEAR, FAR)):
        quoted = stretch_at(encoded.stretches, tokens[begin].start)
        if quoted is not None and quoted.closed and number(quoted.inner_start) < begin < number(quoted.inner_end) <= end:
            content[0] = number(quoted.inner_start), end
    begin, end = content[-1]
    if any(abs(end - 1 - first - after) <= 1 for _, after in (NEAR, FAR)):
        quoted = stretch_at(encoded.stretches, tokens[end - 1].start)
        if quoted is not None and quoted.closed and begin <= number(quoted.inner_start) and end < number(quoted.inner_end):
            content[-1] = begin, number(quoted.inner_end)
    return candidate if tuple(content) == candidate.content else replace(candidate, content=tuple(content))
