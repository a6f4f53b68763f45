"""Alignment: two wordings of one utterance, word by word, and what the one did to the other.

Global alignment with affine gaps (Gotoh 1982), so that a cut or an insertion stays in one piece; then what stands elsewhere
in the other wording is told from what does not stand there at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from sayso.quotes.lexicon import equivalents
from sayso.quotes.parts import Column, Parts, parted
from sayso.quotes.words import Word, Wording, keys

Kind = Literal["same", "trimmed", "inserted", "replaced", "moved", "beyond"]
Change = Literal["kept", "trimmed", "inserted", "replaced", "reordered", "retranslated"]
#: What one wording may do to another, in the order in which it is told.
CHANGES: Final[tuple[Change, ...]] = ("kept", "trimmed", "inserted", "replaced", "reordered", "retranslated")

# One word of content may stand between two replacements, one without needs company: else the words between are replaced, too.
_CONTENT: Final = 20
_FUNCTION: Final = 9
_OPEN: Final = 8
_EXTEND: Final = 1
_NEVER: Final = -(10**8)
#: Cells of one table; longer wordings are taken apart at a run of words that both have once.
_CELLS: Final = 2_000_000
_ANCHOR: Final = 6
#: Words left over on both sides: with more of them, what has moved is not looked for.
_MOVES: Final = 400
#: Words of which one of the equivalents may consist.
_RUN: Final = 4
#: Words beyond those put in, among which what has moved is looked for.
_AROUND: Final = 4
_SHORT_FOR: Final = {"'s": ("is", "has", "us"), "'d": ("would", "had", "did")}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words of the base [base[0], base[1]) against one of the variant; what is moved stands twice, once on each side.

    *disclosed*: the variant says so, by an ellipsis or brackets. *beyond* is what the base has cut: before it begins, behind its end, in its
    gaps, and whole sentences.
    """

    kind: Kind
    base: tuple[int, int]
    variant: tuple[int, int]
    disclosed: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """What *variant* did to *base*. Fitted into a longer base, the segments hold only the part of it that the variant renders."""

    base: Wording
    variant: Wording
    segments: tuple[Segment, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """kept alone, or what was changed."""
        kinds = {segment.kind for segment in self.segments}
        found = [change for change in CHANGES if ("moved" if change == "reordered" else change) in kinds]
        return tuple(found) or ("kept",)

    @property
    def shared(self) -> int:
        """Words of the variant that are the base's, moved ones counted."""
        return sum(s.variant[1] - s.variant[0] for s in self.segments if s.kind in ("same", "moved"))

    @property
    def window(self) -> tuple[int, int]:
        """The words of the base from the first to the last one rendered."""
        return (self.segments[0].base[0], self.segments[-1].base[1]) if self.segments else (0, 0)


def align(base: Wording, variant: Wording, *, inside: bool = False) -> Alignment:
    """*variant* against *base*: all of it, or (*inside*) against the part of it that it fits best."""
    columns = list(_known_columns(keys(base), keys(variant), tuple(_weights(variant)), inside))
    if inside:
        held = [n for n, (i, j) in enumerate(columns) if j is not None]
        columns = columns[held[0] : held[-1] + 1] if held else []
        columns = _closed(columns, base, variant)
        return Alignment(base, variant, tuple(_segments(base, variant, columns, _moved(base, variant, columns), apart=False)))
    parts = Parts(base, variant, columns)
    columns = parts.related(columns)
    return Alignment(base, variant, tuple(_segments(base, variant, columns, _moved(base, variant, columns, parts), apart=True)))


@lru_cache(1024)
def _known_columns(base: tuple[str, ...], variant: tuple[str, ...], weights: tuple[int, ...], inside: bool) -> tuple[Column, ...]:
    """_columns() of wordings that are asked for again and again: a much quoted utterance is in the same words in many reports."""
    return tuple(_columns(base, variant, weights, inside))


def _weights(words: Sequence[Word]) -> list[int]:
    return [_CONTENT if word.content else _FUNCTION for word in words]


def _columns(base: Sequence[str], variant: Sequence[str], weights: Sequence[int], inside: bool) -> Iterator[Column]:
    """Pairs of words that are the same, and words that stand alone, in order."""
    n, m = len(base), len(variant)
    head = tail = 0
    if not inside:
        while head < min(n, m) and base[head] == variant[head]:
            yield head, head
            head += 1
        while tail < min(n, m) - head and base[n - 1 - tail] == variant[m - 1 - tail]:
            tail += 1
    middle, other = base[head : n - tail], variant[head : m - tail]
    for i, j in _parted(middle, other, weights[head : m - tail], inside):
        yield None if i is None else i + head, None if j is None else j + head
    for k in range(tail):
        yield n - tail + k, m - tail + k


def _parted(base: Sequence[str], variant: Sequence[str], weights: Sequence[int], inside: bool) -> Iterator[Column]:
    n, m = len(base), len(variant)
    if n * m <= _CELLS:
        yield from _aligned(base, variant, weights, inside)
        return
    anchor = _anchor(base, variant)
    if anchor is None:
        yield from ((i, None) for i in range(n))
        yield from ((None, j) for j in range(m))
        return
    at, to = anchor
    yield from _parted(base[:at], variant[:to], weights[:to], False)
    yield at, to
    for i, j in _parted(base[at + 1 :], variant[to + 1 :], weights[to + 1 :], False):
        yield None if i is None else i + at + 1, None if j is None else j + to + 1


def _anchor(base: Sequence[str], variant: Sequence[str]) -> tuple[int, int] | None:
    """The first word of a run that both wordings have exactly once, nearest to the middle of the variant."""
    places: dict[tuple[str, ...], int] = {}
    for k in range(len(base) - _ANCHOR + 1):
        run = tuple(base[k : k + _ANCHOR])
        places[run] = -1 if run in places else k
    own: dict[tuple[str, ...], int] = {}
    for k in range(len(variant) - _ANCHOR + 1):
        run = tuple(variant[k : k + _ANCHOR])
        own[run] = -1 if run in own else k
    found = [(abs(2 * k - len(variant)), k, places[run]) for run, k in own.items() if k >= 0 and places.get(run, -1) >= 0]
    return None if not found else (min(found)[2], min(found)[1])


def _aligned(base: Sequence[str], variant: Sequence[str], weights: Sequence[int], inside: bool) -> list[Column]:
    import numpy as np

    n, m = len(base), len(variant)
    numbers: dict[str, int] = {}
    columns = np.array([numbers.setdefault(key, len(numbers)) for key in variant], dtype=np.int64)
    weight = np.array(weights, dtype=np.int64)
    steps = np.arange(m + 1, dtype=np.int64) * _EXTEND
    best = np.full((n + 1, m + 1), _NEVER, dtype=np.int64)
    left_out = np.full((n + 1, m + 1), _NEVER, dtype=np.int64)
    matched = np.full((n + 1, m + 1), _NEVER, dtype=np.int64)
    best[0] = -_OPEN - steps
    best[0, 0] = 0
    for i in range(1, n + 1):
        number = numbers.get(base[i - 1], -1)
        matched[i, 1:] = np.where(columns == number, best[i - 1, :-1] + weight, _NEVER)
        left_out[i] = np.maximum(best[i - 1] - _OPEN, left_out[i - 1]) - _EXTEND
        if inside:
            left_out[i, 0] = 0
        before = np.maximum(matched[i], left_out[i])
        put_in = np.full(m + 1, _NEVER, dtype=np.int64)
        put_in[1:] = np.maximum.accumulate(before + steps)[:-1] - _OPEN - steps[1:]
        best[i] = np.maximum(before, put_in)
    return _traced(best, left_out, matched, n, m, inside)


def _traced(best: Any, left_out: Any, matched: Any, n: int, m: int, inside: bool) -> list[Column]:
    """The way through the tables, from the end to the beginning; at a tie words match as early as they can."""
    i = int(best[:, m].argmax()) if inside else n
    j = m
    out: list[Column] = [(k, None) for k in range(n - 1, i - 1, -1)]
    gap = False  # within a run of base words left out
    while i or j:
        if inside and j == 0:
            out += [(k, None) for k in range(i - 1, -1, -1)]
            break
        if i == 0:
            out += [(None, k) for k in range(j - 1, -1, -1)]
            break
        if not gap and matched[i, j] == best[i, j]:
            i, j = i - 1, j - 1
            out.append((i, j))
        elif gap or left_out[i, j] == best[i, j]:
            gap = left_out[i, j] != best[i - 1, j] - _OPEN - _EXTEND
            i -= 1
            out.append((i, None))
        else:
            # the run of words put in that ends here began where taking it back gives what was had before
            k = j - 1
            while k > 0 and max(matched[i, k], left_out[i, k]) - _OPEN - _EXTEND * (j - k) != best[i, j]:
                k -= 1
            out += [(None, x) for x in range(j - 1, k - 1, -1)]
            j = k
    return out[::-1]


def _closed(columns: list[Column], base: Wording, variant: Wording) -> list[Column]:
    """Words that a fitted variant puts in before its first or after its last word of the base stand against as many of the base's.

    Where such words stand a little further on, on either side, the part of the base that is rendered reaches as far.
    """
    held = [(n, i) for n, (i, _) in enumerate(columns) if i is not None]
    if not held:
        return columns
    (first, start), (last, stop) = held[0], held[-1]
    extra = [variant[j].key for i, j in columns if i is None and j is not None and variant[j].content]
    before, after = first, len(columns) - 1 - last
    reach = (len(extra) and len(extra) + _AROUND) or 0
    for k in range(max(0, start - reach), start):
        if base[k].key in extra:
            before = max(before, start - k)
    for k in range(stop + 1, min(len(base), stop + 1 + reach)):
        if base[k].key in extra:
            after = max(after, k - stop)
    return [
        *((k, None) for k in range(max(0, start - before), start)), *columns, *((k, None) for k in range(stop + 1, min(len(base), stop + 1 + after)))
    ]


def _moved(
    base: Wording, variant: Wording, columns: Sequence[Column], parts: Parts | None = None
) -> tuple[frozenset[int], frozenset[int]]:
    """Words of the base, and of the variant, that stand elsewhere in the other, in a part that renders theirs: runs with content, longest first."""
    lost = [i for i, j in columns if j is None and i is not None]
    new = [j for i, j in columns if i is None and j is not None]
    if not lost or not new or len(lost) > _MOVES or len(new) > _MOVES:
        return frozenset(), frozenset()
    free_base, free_variant = set(lost), set(new)
    runs = []
    places: dict[str, list[int]] = {}
    for j in new:
        places.setdefault(variant[j].key, []).append(j)
    for i in lost:
        for j in places.get(base[i].key, ()):
            if parts is not None and not parts.kin(i, j):
                continue
            if i - 1 in free_base and j - 1 in free_variant and base[i - 1].key == variant[j - 1].key:
                continue
            size = 0
            while i + size in free_base and j + size in free_variant and base[i + size].key == variant[j + size].key:
                size += 1
            weight = sum(word.content for word in base[i : i + size])
            if weight:
                runs.append((-weight, -size, i, j))
    moved_base: set[int] = set()
    moved_variant: set[int] = set()
    for _, negative, i, j in sorted(runs):
        run = range(-negative)
        if not any(i + k in moved_base or j + k in moved_variant for k in run):
            moved_base |= {i + k for k in run}
            moved_variant |= {j + k for k in run}
    return frozenset(moved_base), frozenset(moved_variant)


def _segments(
    base: Wording, variant: Wording, columns: Sequence[Column], moved: tuple[frozenset[int], frozenset[int]], *, apart: bool
) -> Iterator[Segment]:
    made: list[Segment] = []
    i = j = 0
    if columns:
        i = min((a for a, _ in columns if a is not None), default=0)
        j = min((b for _, b in columns if b is not None), default=0)
    n = 0
    while n < len(columns):
        kind = _kind(columns[n], moved)
        end = n
        while end < len(columns) and _kind(columns[end], moved) == kind:
            end += 1
        run = columns[n:end]
        next_i, next_j = i + sum(a is not None for a, _ in run), j + sum(b is not None for _, b in run)
        if kind == "same":
            made.append(Segment("same", (i, next_i), (j, next_j)))
        elif kind == "moved base" or kind == "moved variant":
            made.append(Segment("moved", (i, next_i), (j, next_j)))
        else:
            made += _changed(base, variant, (i, next_i), (j, next_j), apart)
        i, j, n = next_i, next_j, end
    yield from _joined(made)


def _kind(column: Column, moved: tuple[frozenset[int], frozenset[int]]) -> str:
    i, j = column
    if i is not None and j is not None:
        return "same"
    if i is not None:
        return "moved base" if i in moved[0] else "changed"
    return "moved variant" if j in moved[1] else "changed"


def _changed(base: Wording, variant: Wording, a: tuple[int, int], b: tuple[int, int], apart: bool) -> Iterator[Segment]:
    for size in _peeled(keys(base[a[0] : a[1]]), keys(variant[b[0] : b[1]])):
        yield Segment("same", (a[0], a[0] + size[0]), (b[0], b[0] + size[1]))
        a, b = (a[0] + size[0], a[1]), (b[0] + size[1], b[1])
    after: list[Segment] = []
    for size in _peeled(keys(base[a[0] : a[1]]), keys(variant[b[0] : b[1]]), last=True):
        after.append(Segment("same", (a[1] - size[0], a[1]), (b[1] - size[1], b[1])))
        a, b = (a[0], a[1] - size[0]), (b[0], b[1] - size[1])
    (a1, a2), (b1, b2) = parted(base, variant, a, b) if apart and b[0] < b[1] else ((a[1], a[1]), (b[1], b[1]))
    yield from _unequal(base, variant, (a[0], a1), (b[0], b1))
    yield from _unequal(base, variant, (a1, a2), (b1, b1))
    if b1 < b2:
        yield Segment("beyond", (a2, a2), (b1, b2))
    yield from _unequal(base, variant, (a2, a[1]), (b2, b[1]))
    yield from reversed(after)


def _peeled(old: Sequence[str], new: Sequence[str], *, last: bool = False) -> Iterator[tuple[int, int]]:
    """Sizes of runs at the beginning (or the *last* ones) that are one wording on both sides."""
    while old and new:
        sizes = [(x, y) for x in range(1, min(_RUN, len(old)) + 1) for y in range(1, min(_RUN, len(new)) + 1)]
        found = next((s for s in sizes if _equal(old[-s[0] :] if last else old[: s[0]], new[-s[1] :] if last else new[: s[1]])), None)
        if found is None:
            return
        yield found
        old, new = (old[: -found[0]], new[: -found[1]]) if last else (old[found[0] :], new[found[1] :])


def _unequal(base: Wording, variant: Wording, a: tuple[int, int], b: tuple[int, int]) -> Iterator[Segment]:
    old, new = base[a[0] : a[1]], variant[b[0] : b[1]]
    bracketed = bool(new) and all(word.bracketed for word in new)
    following = variant[b[1]] if b[1] < len(variant) else None
    ellipsis = (following is not None and following.gap) or any(word.gap for word in new)
    if old and new:
        yield Segment("replaced", a, b, bracketed or (ellipsis and all(word.bracketed for word in new)))
    elif new:
        yield Segment("inserted", a, b, bracketed)
    elif old:  # or words in brackets beside stand for it
        yield Segment("trimmed", a, b, ellipsis or any(word.bracketed for word in variant[max(0, b[0] - 1) : b[0] + 1]))


def _equal(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two runs of words are one wording: written apart or together, short or in full."""
    if len(old) == len(new) == 1:
        return old[0] == new[0] or old[0] in _SHORT_FOR.get(new[0], ()) or new[0] in _SHORT_FOR.get(old[0], ())
    same = equivalents()
    one, other = "".join(old), "".join(new)
    return same.get(one, one) == same.get(other, other)


def _joined(segments: Sequence[Segment]) -> Iterator[Segment]:
    held: Segment | None = None
    for segment in segments:
        if held is not None and held.kind == segment.kind == "same":
            held = Segment("same", (held.base[0], segment.base[1]), (held.variant[0], segment.variant[1]))
            continue
        if held is not None:
            yield held
        held = segment
    if held is not None:
        yield held
