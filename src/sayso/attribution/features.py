"""What the network sees of a text: word pieces with shape, line break and quotation; the same in training and in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sayso.language.quotation import Stretch, quoted_stretches
from sayso.language.tokens import Token, tokenise

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

# Word pieces in one window at most, specials included; the pieces at each inner edge that only give context; and how far
# before its end a window is cut where a paragraph begins there.
_WINDOW, _MARGIN, _CUT = 240, 16, 56
# Code points handed to the word-piece tokeniser at a time; cut at line breaks, so that long texts cost linear time.
_CHUNK = 20_000


@dataclass(frozen=True)
class Encoded:
    """A text as arrays. Per piece: ids, shape, line, quote, all (pieces,); per token: first (tokens,), the piece it begins with."""

    tokens: list[Token]
    stretches: list[Stretch]
    ids: Ints
    shape: Ints
    line: Ints
    quote: Ints
    first: Ints


def encode(text: str, tokenizer: Tokenizer) -> Encoded:
    """Tokens and word pieces of *text* with their features.

    quote is 0 outside quotation marks, 1 within, 2 within an unclosed stretch.
    """
    tokens = tokenise(text)
    stretches = quoted_stretches(text)
    ids: list[int] = []
    owner: list[int] = []
    k = 0
    for begin, end in _chunks(text):
        piece = tokenizer.encode(text[begin:end], add_special_tokens=False)
        for number, (s, e) in zip(piece.ids, piece.offsets, strict=True):
            s, e = s + begin, e + begin
            while s < e and text[s].isspace():
                s += 1
            while k < len(tokens) and tokens[k].end <= s:
                k += 1
            ids.append(number)
            owner.append(k if k < len(tokens) else len(tokens) - 1)
    own = np.asarray(owner, np.int64)
    first = np.searchsorted(own, np.arange(len(tokens)), "left")
    # a token that has no piece of its own (merged into the one before) is read at that one
    missing = (first >= len(own)) | (own[np.minimum(first, len(own) - 1)] != np.arange(len(tokens))) if len(own) else first == 0
    first = np.where(missing, np.maximum(first - 1, 0), first) if len(own) else first
    shape = np.array([t.shape for t in tokens], np.int64)
    line = np.array([t.after_break for t in tokens], np.int64)
    quote = np.zeros(len(tokens), np.int64)
    starts = np.array([t.start for t in tokens], np.int64)
    for stretch in stretches:
        a, b = np.searchsorted(starts, (stretch.start, stretch.end), "left")
        quote[a:b] = 1 if stretch.closed else 2
    if not len(own):
        return Encoded(tokens, stretches, own, own, own, own, np.zeros(len(tokens), np.int64))
    return Encoded(tokens, stretches, np.asarray(ids, np.int64), shape[own], line[own], quote[own], first.astype(np.int64))


def windows(encoded: Encoded, edges: tuple[int, int]) -> Iterator[tuple[int, int, dict[str, Ints]]]:
    """What the encoder is fed, window by window, and which tokens [lo, hi) it is asked for there.

    ids, shape, line and quote are (1, pieces), framed by *edges* (the pieces that open and close a window); first is (hi - lo,).
    """
    size = _WINDOW - 2
    core_begin, n = 0, len(encoded.ids)
    while core_begin < n:
        begin = max(0, core_begin - _MARGIN)
        end = core_end = min(n, begin + size)
        if end < n:
            core_end = _paragraph(encoded, end - _MARGIN)
            end = core_end + _MARGIN
        lo, hi = np.searchsorted(encoded.first, (core_begin, core_end), "left")
        if hi > lo:
            feed = {
                name: np.concatenate([[a], getattr(encoded, name)[begin:end], [b]])[None].astype(np.int64)
                for name, (a, b) in (("ids", edges), ("shape", (0, 0)), ("line", (0, 0)), ("quote", (0, 0)))
            }
            yield int(lo), int(hi), {**feed, "first": encoded.first[lo:hi] - begin + 1}
        core_begin = core_end


def _paragraph(encoded: Encoded, end: int) -> int:
    """The piece with which the last paragraph begins that begins shortly before *end*; else *end*."""
    found = np.flatnonzero(encoded.line[end - _CUT : end] & ~encoded.line[end - _CUT - 1 : end - 1])
    return end - _CUT + int(found[-1]) if len(found) else end


def _chunks(text: str) -> list[tuple[int, int]]:
    out = []
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + _CHUNK)
        if end < len(text):
            cut = max(text.rfind("\n", begin, end), text.rfind(" ", begin + _CHUNK // 2, end))
            end = cut + 1 if cut > begin else end
        out.append((begin, end))
        begin = end
    return out


# Distances from a cue are told apart to 6 tokens, then ever more coarsely; 0 to 19 before it, 20 to 39 from it on.
_EDGES = np.array([1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 64, 84, 110, 140])


# The buckets of signed distances, those beyond both ends the same.
_LAST = int(_EDGES[-1])
_SIDE = np.minimum(np.searchsorted(_EDGES, np.arange(_LAST + 1), "right"), 19)
_BUCKETS: Ints = np.concatenate([_SIDE[:0:-1], 20 + _SIDE]).astype(np.int64)


def distance_buckets(at: Ints, first: int | Ints, last: int | Ints) -> Ints:
    """Buckets (0..39) of the signed distances of tokens *at* from the cue [first, last], or from several that broadcast with *at*."""
    away = np.minimum(at - first, 0) + np.maximum(at - last, 0)
    out: Ints = _BUCKETS[np.minimum(np.maximum(away, -_LAST), _LAST) + _LAST]
    return out
