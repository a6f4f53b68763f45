"""Verdicts: what was done to the words of a quotation, held against one transcript."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from sayso.checking.losses import LOSSES, Loss, losses_in, opens_finite, reports
from sayso.checking.passages import NEAR, Piece, Source, placements
from sayso.quotes.alignment import Alignment, Segment, align
from sayso.quotes.words import Wording, keys
from sayso.spans import Span, Spans

Verdict = Literal["verbatim", "trimmed", "altered", "reordered", "spliced", "other speaker", "not found"]
#: From the best to the worst.
VERDICTS: Final[tuple[Verdict, ...]] = ("verbatim", "trimmed", "altered", "reordered", "spliced", "other speaker", "not found")
Cut = Literal["head", "middle", "tail"]

# Of the words of a quotation, so many must stand where the transcript has them, or it is not found.
_SHARE: Final = 0.5
_CONTENT_SHARE: Final = 0.5
_SURE_RUN: Final = 5  # words, whatever their content
_SURE_SHARE: Final = 0.8  # of words, whatever their content
# A shorter quotation is found only if nearly all of it is.
_SHORT: Final = 4
_SHORT_SHARE: Final = 0.75
# What is gathered from several places needs more: words that all people use stand somewhere.
_GATHERED_SHARE: Final = 0.75
_FRAGMENT: Final = 4  # words
_LEADS: Final = frozenset("and but so well now look".split())
_FIRST: Final = frozenset("i we".split())
_NOMINATIVES: Final = frozenset("i we he she they who".split())  # a verb follows, whichever it is
_CLOSE: Final = 4  # words between a verb of saying and what is said: told them again that
_CONDITION: Final[frozenset[Loss]] = frozenset(("condition",))
_HEDGE: Final[frozenset[Loss]] = frozenset(("hedge",))
_OPENING: Final = 7  # words
_CLAUSE: Final = frozenset(",;:–—()")
#: Where it is not known where sentences end: so many words before a quotation may bear on it.
_BEFORE: Final = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One run of words, with the characters that it takes in the quotation and in the transcript (empty where it is not there)."""

    kind: str  # same, trimmed, inserted, replaced, moved
    quote: Span
    passage: Span
    disclosed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a quotation in one transcript; *passages* are spans of its text, in the order of the quotation."""

    verdict: Verdict
    passages: Spans = ()
    differences: tuple[Difference, ...] = ()
    cuts: tuple[Cut, ...] = ()
    lost: tuple[Loss, ...] = ()
    disclosed: bool = True  # all that was done says so itself, by an ellipsis or brackets
    share: float = 0.0  # of the quotation's words, those that the passages have
    turns: tuple[int, ...] = field(default=())


def judge(source: Source, quote: Wording, *, allowed: Callable[[int], bool] | None = None, context: Sequence[str] = ()) -> Finding:
    """Hold *quote* against a transcript. *context* are the words around it in the report (keys): what they say is not lost."""
    findings = [_judged(source, quote, found, context) for found in placements(source, quote, allowed)]
    return min(findings, key=_severity, default=Finding("not found"))


def _severity(finding: Finding) -> tuple[int, int, int, int]:
    """Of several answers the one that leaves the fewest words of the quotation unexplained counts, then the mildest, the first of equals."""
    unexplained = sum(d.quote[1] - d.quote[0] for d in finding.differences if d.kind in ("inserted", "replaced") and not d.disclosed)
    changed = sum(max(d.quote[1] - d.quote[0], d.passage[1] - d.passage[0]) for d in finding.differences if d.kind != "same")
    return unexplained if finding.passages else 10**9, VERDICTS.index(finding.verdict), len(finding.lost), changed


def _judged(source: Source, quote: Wording, found: Sequence[Piece], context: Sequence[str]) -> Finding:
    aligned = [_aligned(source, quote, piece) for piece in found]
    if len(found) > 1 and not _is_found(quote, aligned):
        found = [Piece((0, len(quote)), max(found, key=lambda piece: piece.place[1] - piece.place[0]).place)]
        aligned = [_aligned(source, quote, piece) for piece in found]
    if not _is_found(quote, aligned):
        return Finding("not found", share=_share(quote, aligned))
    places = [(start + alignment.window[0], start + alignment.window[1]) for alignment, start, _ in aligned]
    differences = _with_edges(source, quote, places, tuple(_differences(source, quote, aligned)))
    segments = [segment for alignment, _, _ in aligned for segment in alignment.segments]
    verdict = _verdict(source, places, segments)
    cuts, lost = _cuts(source, quote, aligned, places, context)
    changed = [s for s in segments if s.kind != "same"]
    disclosed = all(s.disclosed for s in changed) and all(quote[piece.quote[0]].gap for piece in found[1:])
    if verdict == "verbatim" and cuts:
        verdict = "trimmed"
    return Finding(
        verdict,
        tuple((source.words[a].start, source.words[b - 1].end) for a, b in places),
        differences,
        cuts,
        lost if verdict in ("trimmed", "altered") else (),
        disclosed,
        _share(quote, aligned),
        tuple(dict.fromkeys(source.turn(k) for a, b in places for k in (a, b - 1))),
    )


_Aligned = tuple[Alignment, int, int]  # the alignment, the first word of its base in the transcript, of its variant in the quotation


def _aligned(source: Source, quote: Wording, piece: Piece) -> _Aligned:
    """A piece against the words around its place."""
    part = quote[piece.quote[0] : piece.quote[1]]
    turn = source.turn(piece.place[0])
    start, end = piece.place
    while start > 0 and piece.place[0] - start < len(part) + 5 and source.turn(start - 1) == turn:
        start -= 1
    while end < len(source.words) and end - piece.place[1] < len(part) + 5 and source.turn(end) == turn:
        end += 1
    return align(source.words[start:end], part, inside=True), start, piece.quote[0]


def _share(quote: Wording, aligned: Sequence[_Aligned]) -> float:
    sought = sum(not word.bracketed for word in quote)
    return min(1.0, sum(_shared(alignment) for alignment, _, _ in aligned) / sought) if sought else 0.0


def _shared(alignment: Alignment) -> int:
    return sum(
        not word.bracketed for s in alignment.segments if s.kind in ("same", "moved") for word in alignment.variant[s.variant[0] : s.variant[1]]
    )


def _is_found(quote: Wording, aligned: Sequence[_Aligned]) -> bool:
    sought = [word for word in quote if not word.bracketed]
    same = [
        word for alignment, _, _ in aligned for s in alignment.segments if s.kind in ("same", "moved")
        for word in alignment.variant[s.variant[0] : s.variant[1]] if not word.bracketed
    ]
    longest = max((s.variant[1] - s.variant[0] for alignment, _, _ in aligned for s in alignment.segments if s.kind == "same"), default=0)
    share = len(same) / len(sought)
    content = sum(word.content for word in sought)
    held = sum(word.content for word in same)
    left_out = sum(s.base[1] - s.base[0] for alignment, _, _ in aligned for s in alignment.segments if s.kind == "trimmed" and not s.disclosed)
    if len(sought) <= _SHORT and left_out >= len(sought) > 1:
        return False  # "first … Orlan": two words of a sentence are no quotation of it
    if share >= 1:
        return True
    if len(aligned) > 1 and share < _GATHERED_SHARE:
        return False
    if len(sought) <= _SHORT or (content < 2 and share < _SURE_SHARE):
        return share >= _SHORT_SHARE and held >= 2
    return share >= _SHARE and (held >= max(2, _CONTENT_SHARE * content) or share >= _SURE_SHARE or longest >= _SURE_RUN)


def _verdict(source: Source, places: Sequence[tuple[int, int]], segments: Sequence[Segment]) -> Verdict:
    if len(places) > 1:
        rising = all(b[0] >= a[1] for a, b in pairwise(places))
        spread = max(b for _, b in places) - min(a for a, _ in places) - sum(b - a for a, b in places)
        one = len({source.turn(a) for a, _ in places}) == 1
        return "reordered" if not rising and one and spread <= NEAR else "spliced"
    if any(s.kind in ("inserted", "replaced") and not s.disclosed for s in segments):
        return "altered"
    # a word that also stands near by, in the place of another
    replaced = any({a.kind, b.kind} == {"moved", "trimmed"} and not (a.disclosed or b.disclosed) for a, b in pairwise(segments))
    if any(s.kind == "moved" for s in segments):
        return "altered" if replaced else "reordered"
    if any(s.kind == "trimmed" for s in segments):
        longest = max(s.base[1] - s.base[0] for s in segments if s.kind == "trimmed")
        return "spliced" if longest > NEAR else "trimmed"
    return "verbatim"


def _differences(source: Source, quote: Wording, aligned: Sequence[_Aligned]) -> Iterator[Difference]:
    for alignment, base, variant in aligned:
        for segment in alignment.segments:
            yield Difference(
                segment.kind,
                _characters(quote, segment.variant[0] + variant, segment.variant[1] + variant),
                _characters(source.words, segment.base[0] + base, segment.base[1] + base),
                segment.disclosed,
            )


def _with_edges(
    source: Source, quote: Wording, places: Sequence[tuple[int, int]], inner: tuple[Difference, ...]
) -> tuple[Difference, ...]:
    """The differences, with what the first and the last sentence of the passages have before and after them."""
    out = list(inner)
    opening, closing = source.sentence_words(places[0][0]), source.sentence_words(places[-1][1] - 1)
    if opening and opening[0] < places[0][0]:
        out.insert(0, Difference("trimmed", (quote[0].start, quote[0].start), _characters(source.words, opening[0], places[0][0])))
    if closing and closing[1] > places[-1][1]:
        out.append(Difference("trimmed", (quote[-1].end, quote[-1].end), _characters(source.words, places[-1][1], closing[1])))
    return tuple(out)


def _characters(words: Wording, start: int, end: int) -> Span:
    """The characters of words [start, end); an empty span where there are none."""
    if start < end:
        return words[start].start, words[end - 1].end
    at = words[start].start if start < len(words) else words[-1].end if words else 0
    return at, at


def _cuts(
    source: Source, quote: Wording, aligned: Sequence[_Aligned], places: Sequence[tuple[int, int]], context: Sequence[str]
) -> tuple[tuple[Cut, ...], tuple[Loss, ...]]:
    """Where words were cut, and what the cuts take away."""
    cuts: dict[Cut, None] = {}
    lost: set[Loss] = set()
    for n, (alignment, base, _) in enumerate(aligned):
        first, last = places[n]
        sentence = source.sentence_words(first)
        head = _without_leads(source, sentence[0] if sentence else max(0, first - _BEFORE), first)
        if head < first:
            if sentence and n == 0:
                cuts["head"] = None
            lost |= _lost_before(source, head, first)
        closing = source.sentence_words(last - 1)
        if closing and closing[1] > last:
            if n == len(aligned) - 1:
                cuts["tail"] = None
            lost |= _lost_after(source, last, closing[1])
        for segment in alignment.segments:
            if segment.kind == "trimmed":
                cuts["middle"] = None
                lost |= _lost_between(source, segment.base[0] + base, segment.base[1] + base)
            elif segment.kind == "replaced":
                old = losses_in(keys(alignment.base[segment.base[0] : segment.base[1]]))
                lost |= old - losses_in(keys(alignment.variant[segment.variant[0] : segment.variant[1]]))
    lost -= losses_in(context)
    if context and quote and opens_finite(quote[0].key):
        lost.discard("subject")  # the report's own words give one
    if sum(not word.bracketed for word in quote) < _FRAGMENT and "middle" not in cuts:
        lost &= {"negation"}  # a word or two make no statement that could lose its condition
    order: tuple[Cut, ...] = ("head", "middle", "tail")
    return tuple(cut for cut in order if cut in cuts), tuple(loss for loss in LOSSES if loss in lost)


def _without_leads(source: Source, start: int, end: int) -> int:
    """Where the sentence begins, words that only lead into it apart: and, well."""
    while start < end and source.words[start].key in _LEADS:
        start += 1
    return start


def _lost_before(source: Source, start: int, end: int) -> set[Loss]:
    """What the words of the sentence before the quotation took with them: a condition anywhere, the rest in the same clause."""
    lost = losses_in(keys(source.words[start:end])) & _CONDITION
    clause = end
    while clause > start and not (clause < end and _CLAUSE & set(source.between(clause - 1))):
        clause -= 1
    if _CLAUSE & set(source.between(end - 1)):
        clause = end  # the cut ends where a clause does
        if end - start <= _OPENING and not any(_CLAUSE & set(source.between(k)) for k in range(start, end - 1)):
            lost |= losses_in(keys(source.words[start:end])) & _HEDGE  # in theory, as far as we know
    near = source.words[clause:end]
    lost |= losses_in(keys(near))
    if near and (opens_finite(source.words[end].key) or near[-1].key in _NOMINATIVES):
        lost.add("subject")
    if any(reports(word.key) and (n == 0 or near[n - 1].key not in _FIRST) for n, word in enumerate(near) if len(near) - n <= _CLOSE):
        lost.add("subject")  # whose words these are
    return lost


def _lost_after(source: Source, start: int, end: int) -> set[Loss]:
    """What the rest of the sentence after the quotation says of it: a condition anywhere, the rest in the same clause."""
    lost = losses_in(keys(source.words[start:end])) & _CONDITION
    if source.words[start].key == "nor":
        return lost  # what is quoted is negated itself
    if _CLAUSE & set(source.between(start - 1)):
        joined = source.words[start].key in _JOINING and end - start > 1 and source.words[start + 1].key not in _ONLY
        return set() if joined else lost  # "…, and if it rains we stay": the condition of what comes
    clause = start
    while clause < end and not (clause > start and _CLAUSE & set(source.between(clause - 1))):
        clause += 1
    return lost | losses_in(keys(source.words[start:clause]))


def _lost_between(source: Source, start: int, end: int) -> set[Loss]:
    """What was left out inside. Whole sentences, and clauses between commas, take with them only what they say of themselves."""
    number = source.sentence(start - 1) if start else -1
    other = source.sentence(end) if end < len(source.words) else -1
    kept = [k for k in range(start, end) if source.sentence(k) in (number, other)]
    lost = losses_in(keys([source.words[k] for k in kept]))
    enclosed = bool(_CLAUSE & set(source.between(start - 1))) and bool(_CLAUSE & set(source.between(end - 1))) if start else False
    if enclosed and end - start > 2:
        lost &= _CONDITION
    if start and end < len(source.words) and opens_finite(source.words[end].key) and _has_subject(source, start, end):
        lost.add("subject")
    return lost


_JOINING: Final = frozenset("and but or so yet".split())
_ONLY: Final = frozenset("only then even".split())
_SUBJECTS: Final = frozenset("i we you he she it they this that these those who which somebody someone nobody everybody".split())


def _has_subject(source: Source, start: int, end: int) -> bool:
    """Whether the words left out hold a subject for the verb after them, which now goes with another one."""
    return any(word.key in _SUBJECTS for word in source.words[start:end]) and not opens_finite(source.words[start].key)
