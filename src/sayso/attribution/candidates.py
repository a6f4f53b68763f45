"""Candidate statements: the cues that the network sees, and for each the source and content that it reads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.attribution.cue_words import knows
from sayso.attribution.decoding import Chain, Ints, by_lines, line_starts, runs
from sayso.attribution.frames import frames
from sayso.attribution.network import FAR, NEAR, Encoding, Network
from sayso.attribution.vicinity import Vicinity

Run = tuple[int, int]  # half-open, in tokens
Tags = NDArray[np.int64]
Floats = NDArray[np.float32]

# A token at least this likely to open a cue is asked about (tuned on the held-out tenth of the training part).
CUE_FLOOR = 0.15
# How likely words that attribute by what follows them open a cue, at least.
_FRAMED = 0.5
# A cue whose source or content comes this near to the edge of what was read for it is asked about again, with more around it.
_EDGE = 4
# A cue is beside a quotation if one is so many tokens away.
_BESIDE = 6
# How much the scores of content are raised where a cue got none, one try after the other.
_INSIST = (2.0, 4.0)


@dataclass(frozen=True)
class Candidate:
    """One cue with what was read for it, and the evidence from which its confidence is reckoned."""

    cue: Run
    source: tuple[Run, ...]
    content: tuple[Run, ...]
    evidence: NDArray[np.float32]


#: Names of the numbers in Candidate.evidence, in order.
EVIDENCE = (
    "cue_flat", "cue_deep", "cue_both", "source", "source_absent", "content", "content_least", "content_flat", "source_flat", "length",
    "gap", "quoted", "pieces", "cue_length", "cue_known", "mark_only",
)


def candidates(network: Network, text: str, encoding: Encoding) -> list[Candidate]:
    """All candidates of *text*, at any depth, in the order of their cues."""
    n = len(encoding.text.tokens)
    if n == 0 or len(encoding.text.ids) == 0:
        return []
    flat = Chain.from_json(network.transitions["flat"])
    role = Chain.from_json(network.transitions["role"])
    breaks = line_starts(encoding.text.tokens)
    laid, lengths = by_lines(encoding.flat, breaks)
    inside = np.arange(laid.shape[1]) < lengths[:, None]
    flat_tags = flat.best(laid, lengths)[inside]
    flat_p = flat.marginals(laid, lengths)[inside]
    deep_p = _softmax(encoding.cues)
    framed = _framed(text, encoding)
    cues = _cue_runs(flat_tags, flat_p, deep_p, _openings(text, encoding), framed)
    deep_p[[a for a, _ in framed], 1] = np.maximum(deep_p[[a for a, _ in framed], 1], _FRAMED)
    if not cues:
        return []
    quote = np.zeros(n, np.float32)
    starts = np.array([t.start for t in encoding.text.tokens])
    for stretch in encoding.text.stretches:
        a, b = np.searchsorted(starts, (stretch.start, stretch.end))
        quote[a:b] = 1
    read = _read(network, encoding, cues, role, quote, Vicinity(text, encoding.text))
    out = []
    for k, cue in enumerate(cues):
        tokens = encoding.text.tokens
        words = text[tokens[cue[0]].start : tokens[cue[1] - 1].end]
        made = _candidate(cue, words, *read[k], flat_p, deep_p, quote)
        if made is not None:
            out.append(made)
    return out


def _read(network: Network, encoding: Encoding, cues: Sequence[Run], role: Chain, quote: Floats, around: Vicinity) -> list[tuple[Tags, Floats, int]]:
    """For each cue the roles of the tokens around it, their probabilities, and which token is the first of them."""
    out: dict[Run, tuple[Tags, Floats, int]] = {}

    def ask(some: Sequence[Run], reach: tuple[int, int]) -> None:
        out.update(zip(some, _asked(network, encoding, some, role, around.of(some, reach)), strict=True))

    # Quotations go on after what names their speaker, so a cue beside one is asked with more around it at once.
    beside = [cue for cue in cues if not quote[cue[0]] and quote[max(0, cue[0] - _BESIDE) : cue[1] + _BESIDE].any()]
    ask(sorted(set(cues) - set(beside)), NEAR)
    wide = []
    for cue, (tags, _, first) in out.items():
        begin, end = around.of([cue], FAR)[0]
        cut_before, cut_after = begin < first, first + len(tags) < end  # where the reach ended, and not the paragraph
        if not (cut_before or cut_after):
            continue
        read = np.flatnonzero(tags)
        cut = (cut_before and (read[:1] < _EDGE).any()) or (cut_after and (read[-1:] >= len(tags) - _EDGE).any())
        if cut or (not quote[cue[0]] and quote[read[tags[read] >= 3] + first].any()):
            wide.append(cue)
    ask(sorted(beside + wide), FAR)
    return [out[cue] for cue in cues]


def _asked(network: Network, encoding: Encoding, cues: Sequence[Run], role: Chain, around: Ints) -> list[tuple[Tags, Floats, int]]:
    if not cues:
        return []
    scores = network.ask(encoding, [(a, b - 1) for a, b in cues], around)
    count = around[:, 1] - around[:, 0]
    tags = role.best(scores, count)
    empty = np.flatnonzero(_without_content(tags))
    if len(empty):  # a cue without content is asked again: the corpus marks none inside contents, so scores there are low
        pushed = np.concatenate([scores[empty]] * len(_INSIST)).reshape(len(_INSIST), len(empty), *scores.shape[1:])
        pushed[..., 3:5] += np.reshape(_INSIST, (-1, 1, 1, 1))
        for tried in role.best(pushed.reshape(-1, *scores.shape[1:]), np.tile(count[empty], len(_INSIST))).reshape(len(_INSIST), len(empty), -1):
            still = _without_content(tags[empty])
            tags[empty[still]] = tried[still]
    p = role.marginals(scores, count)
    return [(tags[k, : count[k]], p[k, : count[k]], int(around[k, 0])) for k in range(len(cues))]


def _without_content(tags: Tags) -> NDArray[np.bool_]:
    """Of which cues no token is content."""
    out: NDArray[np.bool_] = ~((tags == 3) | (tags == 4)).any(1)
    return out


def _softmax(x: NDArray[np.float32]) -> NDArray[np.float32]:
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)


def _openings(text: str, encoding: Encoding) -> list[int]:
    """Colons that end a line before one without quotation marks: each may open a quotation that has none."""
    tokens = encoding.text.tokens
    return [
        i for i in range(len(tokens) - 1)
        if tokens[i + 1].after_break and text[tokens[i].start] == ":" and text[tokens[i + 1].start].isalnum()
    ]


def _framed(text: str, encoding: Encoding) -> list[Run]:
    """Words that attribute by what follows them."""
    starts = [token.start for token in encoding.text.tokens]
    found = frames(text, encoding.text.stretches)
    return [(bisect_left(starts, begin), bisect_left(starts, end)) for begin, end in found]


def _cue_runs(
    tags: NDArray[np.int64], flat: NDArray[np.float32], deep: NDArray[np.float32], openings: list[int], framed: list[Run]
) -> list[Run]:
    """Cues of the flat tagger, those that only the tagger for any depth sees, colons that open a block, and words in frames."""
    found = runs(tags, 3, 4)
    taken = np.zeros(len(tags) + 1, bool)
    for a, b in found:
        taken[a:b] = True
    for i in np.flatnonzero(deep[:, 1] >= CUE_FLOOR):
        a = int(i)
        if taken[a]:
            continue
        b = a + 1
        while b < len(tags) and not taken[b] and deep[b, 2] > 0.5 and deep[b, 1] < CUE_FLOOR:
            b += 1
        taken[a:b] = True
        found.append((a, b))
    found += [(i, i + 1) for i in openings if not taken[i]]
    found += [(a, b) for a, b in framed if not taken[a:b].any()]
    return sorted(found)


def _mean(x: NDArray[np.float32]) -> float:
    """The mean, without what numpy's own spends on any other kind of array."""
    return float(np.add.reduce(x) / np.float32(len(x)))


def _candidate(
    cue: Run, words: str, tags: NDArray[np.int64], p: NDArray[np.float32], first: int, flat: NDArray[np.float32], deep: NDArray[np.float32],
    quote: NDArray[np.float32],
) -> Candidate | None:
    source = [(a, b) for a, b in runs(tags, 1, 2)]
    content = [(a, b) for a, b in runs(tags, 3, 4)]
    if not content:
        return None
    p_source = p[:, 1] + p[:, 2]
    p_content = p[:, 3] + p[:, 4]
    if len(source) > 1:
        source = [max(source, key=lambda r: _mean(p_source[r[0] : r[1]]))]
    best_absent = 1 - float(p_source.max())
    shift = [(a + first, b + first) for a, b in content]
    shift_source = [(a + first, b + first) for a, b in source]
    tokens = np.concatenate([np.arange(a, b) for a, b in content])
    own = slice(*cue)
    whole = _mean(flat[own, 3] + flat[own, 4])
    nearest = min(min(abs(a - cue[1]), abs(cue[0] - b)) for a, b in shift)
    evidence = np.array([
        whole,
        float(deep[cue[0], 1]),
        float(np.float32(whole) * deep[cue[0], 1]),
        _mean(p_source[slice(*source[0])]) if source else 0.0,
        0.0 if source else best_absent,
        _mean(p_content[tokens]),
        min(_mean(p_content[a:b]) for a, b in content),
        _mean(flat[tokens + first, 5] + flat[tokens + first, 6]),
        _mean(flat[slice(*shift_source[0]), 1] + flat[slice(*shift_source[0]), 2]) if source else 0.0,
        float(np.log1p(len(tokens))),
        float(np.log1p(nearest)),
        _mean(quote[tokens + first]),
        float(np.log(len(content))),
        float(np.log(cue[1] - cue[0])),
        knows(words),
        float(not any(c.isalnum() for c in words)),
    ], np.float32)
    return Candidate(cue, tuple(shift_source), tuple(shift), evidence)
