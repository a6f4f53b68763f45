"""Form of a statement, and the quoted stretches inside its content."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sayso.language.quotation import Stretch
from sayso.spans import Spans
from sayso.statements import Form

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[\r\n]")
# Share of the content's words inside quotation marks from which on a statement is direct: a stray "that" or an
# editor's insertion between two quoted stretches leaves it so.
_DIRECT = 0.9
# Such words may stray out; one other in a long quotation.
_STRAY = frozenset("that and but or so if because as whether the a".split())
_LONG = 20


def _start(stretch: Stretch) -> int:
    return stretch.start


def quoted_in(content: Spans, stretches: Sequence[Stretch]) -> Spans:
    """The quoted stretches, marks included, as far as they lie within *content*. *stretches* are in order."""
    out = []
    for start, end in content:
        i = max(0, bisect_left(stretches, start, key=_start) - 1)
        while i < len(stretches) and stretches[i].start < end:
            a, b = max(start, stretches[i].start), min(end, stretches[i].end)
            if b - a > 2:
                out.append((a, b))
            i += 1
    return tuple(out)


def form_of(text: str, content: Spans, quoted: Spans, cue_end: int | None) -> Form:
    """direct, mixed or indirect by the share of quoted words; block for whole unquoted paragraphs after a colon."""
    words = inside = told = 0
    for start, end in content:
        for match in _WORD.finditer(text, start, end):
            words += 1
            if not quoted:
                continue
            at = match.start()
            within = any(a <= at < b for a, b in quoted)
            inside += within
            told += not within and match.group().lower() not in _STRAY and text[at - 1 : at] not in ("(", "[")
    if quoted and inside >= _DIRECT * words and told <= (words > _LONG):
        return "direct"
    if cue_end is not None and ":" in text[max(0, cue_end - 1) : content[0][0]] and _BREAK.search(text, cue_end, content[0][0]):
        return "block"
    return "mixed" if inside else "indirect"
