"""Spans: half-open pieces of a text of record, counted in code points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int]
Spans = tuple[Span, ...]

#: What stands between the pieces of a discontinuous span when they are shown as one line.
GAP = " … "


def surface(text: str, spans: Sequence[Span]) -> str:
    """The characters of *spans*, pieces joined by " … "."""
    return GAP.join(text[start:end] for start, end in spans)


def trimmed(text: str, start: int, end: int) -> Span:
    """[start, end) without the white space at its edges; an empty span at *start* if nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def normalised(spans: Iterable[Span]) -> Spans:
    """*spans* in order, empty ones dropped, touching or overlapping ones merged."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def length(spans: Iterable[Span]) -> int:
    """Number of code points in *spans*."""
    return sum(end - start for start, end in spans)


def overlap(a: Iterable[Span], b: Sequence[Span]) -> int:
    """Number of code points that *a* and *b* share."""
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)


def contains(outer: Sequence[Span], inner: Iterable[Span]) -> bool:
    """Whether each piece of *inner* lies within one piece of *outer*."""
    return all(any(s <= a and b <= e for s, e in outer) for a, b in inner)


def check(spans: Iterable[Span], size: int) -> None:
    """Raise ValueError unless *spans* are in order, non-empty, apart from each other and within a text of *size*."""
    last = 0
    for start, end in spans:
        if not (last <= start < end <= size):
            raise ValueError(f"span [{start}, {end}) is not in order within a text of {size} characters")
        last = end


def without(spans: Spans, others: Spans) -> Spans:
    """What of *spans* is not in *others*."""
    out = spans
    for low, high in others:
        out = tuple(piece for a, b in out for piece in ((a, min(b, low)), (max(a, high), b)) if piece[0] < piece[1])
    return out
