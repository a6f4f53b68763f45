"""Links: whether two quoted stretches render one utterance.

That is decided by the two alone: by the words that they share, in how long runs, and by who speaks. Nothing that is known of the
collection goes into it, so the order of reading and the company change nothing. Pairs to be looked at come from an index of
neighbouring words of content.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from itertools import pairwise, product
from typing import Any, Final

from sayso.quotes.alignment import Alignment, align
from sayso.quotes.lexicon import rarity, stock_phrases
from sayso.quotes.speakers import SpeakerKey
from sayso.quotes.stretches import NEAR, Stretch
from sayso.quotes.translations import ALIKE, compared, may_be_one
from sayso.quotes.words import Word, Wording, keys

#: Whether two speakers are one (True), two (False), or cannot be told apart or together (None).
Compatible = Callable[[Hashable, Hashable], bool | None]
#: How much two wordings say the same, from 0 to 1.
Similar = Callable[[Stretch, Stretch], float]

# Set on the stretches of one story of four (benchmarks/quotes.py), scored on another.
_RUN: Final = 8  # words in one run that by themselves make two stretches one utterance …
_RUN_CONTENT: Final = 4  # … with so many of content among them
_SURE_RUN: Final = 7  # words in one run, where the speaker is known to be the same, with two of content
_LONG: Final = 5  # words of content from which on a stretch need not be found whole
_COVERED: Final = 0.75  # of the shorter one's words of content
_CONTIGUOUS: Final = 3  # words in the longest run, at least
_SHORT: Final = 2  # words of content below which nothing is grouped
_UNSURE: Final = 3  # the same, where it is not known that one speaker said both
#: With so many words of content shared in one run, words weigh more than what was found out about the speakers.
OVERRIDES: Final = 10
#: A pair of neighbours that stands in more wordings than this is looked up with the word after it.
_MOST: Final = 400
TRANSLATION: Final = 0.05  # the strength of a link between wordings that have too few words in common
NO_DAY: Final = 10**6
# Few words of one speaker, quoted within NEAR days, are of one occasion …
_TELLING: Final = 20  # … if they are so telling (bits; those of function words count half)
_RELATED: Final = 26  # where one of two speakers stands for the other, or is part of it
_UNKNOWN: Final = 36  # where a speaker is not known
_ALTERED: Final = 30  # where words were changed or left out among them
_WORD: Final = 6  # a single word needs so much less: who quotes one word quotes it for itself
_FEW: Final = 12  # words
_BLOCK: Final = 100_000  # pairs looked at in one go


def links_of(nodes: Sequence[Stretch], compatible: Compatible, similar: Similar | None = None) -> list[tuple[float, int, int]]:
    """Pairs of stretches that render one utterance, with how surely, the surest first."""
    wordings: dict[tuple[str, ...], list[int]] = {}
    for n, node in enumerate(nodes):
        wordings.setdefault(keys(node.words), []).append(n)
    kinds = list(wordings.values())
    forms = [_Form(nodes[kind[0]].words) for kind in kinds]
    heads = [_speakers(nodes, kind) for kind in kinds]
    found: list[tuple[float, int, int]] = []
    for kind, head in zip(kinds, heads, strict=True):
        found += _within(nodes, kind, head, compatible)
    for x, y in _candidates(forms):
        held: dict[bool | None, float] = {}
        for a, b in (*product(heads[x], heads[y]), *_together(nodes, kinds[x], kinds[y])):
            same = compatible(nodes[a].speaker, nodes[b].speaker)
            if same is None and nodes[a].report_id == nodes[b].report_id:
                same = True  # the words of a headline stand again in the text
            if same not in held:
                held[same] = _strength(forms[x], forms[y], same)
            if held[same]:
                found.append((held[same], a, b))
    found += _foretold(nodes)
    found += _telling(nodes, compatible)
    if similar is not None:
        found += _retranslated(nodes, similar)
    return sorted(found, key=lambda link: (-link[0], link[1], link[2]))


def linked(stretches: Iterable[Stretch], compatible: Compatible, similar: Similar | None = None) -> list[tuple[str, str]]:
    """Keys of the pairs of *stretches* that render one utterance as far as the two alone tell. group() joins no others, judgements apart."""
    nodes = sorted(stretches, key=lambda stretch: stretch.key)
    return [(nodes[a].key, nodes[b].key) for _, a, b in links_of(nodes, compatible, similar)]


def marks(words: Wording) -> tuple[frozenset[int], frozenset[int]]:
    """What a wording is looked up by: pairs of neighbouring words of content, in either order; and single words of content.

    Two stretches may be linked if they share two pairs, or one and one of them is_few(), or if one is_few() and all its words stand
    in the other, published within NEAR days.
    """
    content = [word.key for word in words if word.content]
    return frozenset(_mark(*sorted(pair)) for pair in pairwise(content)), frozenset(map(_mark, content))


def is_few(content: int) -> bool:
    return content < _LONG


def may_link(content: int, same: bool | None, near: bool) -> bool:
    """Whether two stretches, the shorter of so many words of content, may be linked: told from the speakers alone, and never wrongly no."""
    return content >= OVERRIDES if same is False else same is True or near or content >= _UNSURE


class _Form:
    """A wording, and of its words of content the keys and the places of each as bits."""

    __slots__ = ("content", "masks", "words")

    def __init__(self, words: Wording) -> None:
        self.words = words
        self.content = [word.key for word in words if word.content]
        self.masks: dict[str, int] = {}
        for n, key in enumerate(self.content):
            self.masks[key] = self.masks.get(key, 0) | 1 << n

    def common(self, other: _Form) -> int:
        """Size of the longest common subsequence of the words of content (Hyyrö 2004)."""
        every = (1 << len(self.content)) - 1
        row = every
        for key in other.content:
            mask = self.masks.get(key)
            if mask is not None:
                hit = row & mask
                row = ((row + hit) | (row - hit)) & every
        return len(self.content) - row.bit_count()


def _strength(one: _Form, other: _Form, same: bool | None) -> float:
    """How surely two wordings render one utterance; 0 where they do not. *same*: whether their speakers are known to be one."""
    content = min(len(one.content), len(other.content))
    if content < _SHORT or (same is False and content < OVERRIDES):
        return 0.0
    if content >= _LONG and one.common(other) < (_RUN_CONTENT if same is not True else min(_RUN_CONTENT, _COVERED * content)):
        return 0.0
    a, b = one.words, other.words
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    made = align(longer, shorter, inside=True)
    shouted = all(word.capital for word in shorter)
    shared = listed = longest = longest_content = 0
    for segment in made.segments:
        if segment.kind in ("same", "moved"):
            words = shorter[segment.variant[0] : segment.variant[1]]
            held = sum(w.content for w in words)
            shared += held
            names = sum(w.content and w.capital for w in words)
            if not shouted and 2 * names > len(words):  # a list of names that two wordings share is no utterance
                held -= names
                listed += names
            if segment.kind == "same" and (held, len(words)) > (longest_content, longest):
                longest, longest_content = len(words), held
    if same is False:
        return float(longest_content) if longest_content >= OVERRIDES else 0.0
    if longest >= _RUN and longest_content >= _RUN_CONTENT:
        return float(longest_content)
    if same and longest >= _SURE_RUN and longest_content >= _SHORT:
        return 1.0
    if content < _LONG:
        return _whole(made, shared, content, same)
    if longest < _CONTIGUOUS or shared - listed < _COVERED * content:
        return 0.0
    return shared * shared / content / 2


def _bits(word: Word) -> float:
    return rarity(word.key) if word.content else rarity(word.key) / 2


def _whole(made: Alignment, shared: int, content: int, same: bool | None) -> float:
    """The strength of a short wording and one that holds all of it in one place."""
    if shared < content or made.window[1] - made.window[0] > len(made.variant) + _CONTIGUOUS:
        return 0.0
    changed = sum(s.kind not in ("same", "moved") for s in made.segments)
    if (changed and content < _RUN_CONTENT) or (same is not True and content < _UNSURE):
        return 0.0
    words = [word for word in made.variant if word.content]
    return 0.0 if _is_name(words) or _is_stock(words) else shared / 10


def _together(nodes: Sequence[Stretch], kind: Sequence[int], other: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of one report, of which one has no speaker."""
    places: dict[str, int] = {}
    for n in kind:
        places.setdefault(nodes[n].report_id, n)
    for n in other:
        m = places.get(nodes[n].report_id)
        if m is not None and (nodes[n].speaker is None or nodes[m].speaker is None):
            yield m, n


def _foretold(nodes: Sequence[Stretch]) -> Iterator[tuple[float, int, int]]:
    """A report's single words of content that stand in full further on: it labelled them a “foe”; “I think that they are a foe,” he said."""
    reports: defaultdict[str, list[int]] = defaultdict(list)
    for n, node in enumerate(nodes):
        reports[node.report_id].append(n)
    for members in reports.values():
        size = {n: sum(word.content for word in nodes[n].words) for n in members}
        for few in (n for n in members if size[n] == 1):
            word = next(word.key for word in nodes[few].words if word.content)
            for full in members:
                if size[full] < _LONG or nodes[few].speaker is None or nodes[few].speaker != nodes[full].speaker:
                    continue
                if any(w.key == word for w in nodes[full].words) and align(nodes[full].words, nodes[few].words, inside=True).changes == ("kept",):
                    yield 0.1, few, full


def _days(nodes: Sequence[Stretch]) -> list[int]:
    return [NO_DAY if node.published is None else date.fromisoformat(node.published[:10]).toordinal() for node in nodes]


def _telling(nodes: Sequence[Stretch], compatible: Compatible) -> Iterator[tuple[float, int, int]]:
    """Links of few but telling words with what holds them all, in the same report or in one of about the same day."""
    days = _days(nodes)
    reports: dict[str, int] = {}
    places = [reports.setdefault(node.report_id, len(reports)) for node in nodes]
    wordings = [keys(node.words) for node in nodes]
    few: list[tuple[int, str, float]] = []
    wanted: set[str] = set()
    for n, node in enumerate(nodes):
        content = [word for word in node.words if word.content]
        if not content or len(content) >= _LONG or len(node.words) > _FEW or _is_name(content) or _is_stock(content):
            continue
        bits = sum(map(_bits, node.words)) + _WORD * (len(node.words) == 1)
        if bits >= _TELLING:
            rarest = max((word.key for word in content), key=lambda key: (rarity(key), key))
            few.append((n, rarest, bits))
            wanted.add(rarest)
    by_day: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, wording in enumerate(wordings):
        for key in wanted.intersection(wording):
            by_day[key].append((days[n], n))
    for held in by_day.values():
        held.sort()
    for n, key, bits in few:
        held = by_day[key]
        known = days[n] != NO_DAY
        first = bisect_left(held, (days[n] - NEAR if known else NO_DAY, -1))
        last = bisect_left(held, (days[n] + NEAR + 1 if known else NO_DAY + 1, -1))
        for _, m in held[first:last]:
            if m == n or (not known and places[m] != places[n]) or (len(wordings[m]), m) < (len(wordings[n]), n):
                continue
            same = compatible(nodes[n].speaker, nodes[m].speaker)
            if same is False:
                continue
            if same:
                needed = _TELLING
            elif places[n] == places[m]:
                needed = _RELATED
            else:
                needed = _UNKNOWN if nodes[n].speaker is None or nodes[m].speaker is None else _RELATED
            if bits < needed or (len(wordings[m]) == len(wordings[n]) and _is_name([word for word in nodes[m].words if word.content])):
                continue
            if _stands_in(wordings[n], wordings[m]) or (
                same and bits >= _ALTERED and len(wordings[n]) > 2 and _fits(nodes[n].words, nodes[m].words)
            ):
                yield bits / 1000, n, m


def _stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return any(whole[k] == part[0] and whole[k : k + size] == part for k in range(len(whole) - size + 1))


def _fits(part: Wording, whole: Wording) -> bool:
    """Whether *part* stands in one place of *whole* with words left out; where it has three words of content, with others changed, too."""
    made = align(whole, part, inside=True)
    content = sum(word.content for word in part)
    held = sum(w.content for s in made.segments if s.kind == "same" for w in part[s.variant[0] : s.variant[1]])
    return (
        held == content and made.window[1] - made.window[0] <= len(part) + _CONTIGUOUS
        and (content >= _UNSURE or all(s.kind in ("same", "trimmed") for s in made.segments))
    )  # fmt: skip


def _is_name(content: Sequence[Word]) -> bool:
    return all(word.capital or word.key[0] == "#" for word in content)


def _is_stock(content: Sequence[Word]) -> bool:
    return frozenset(word.key for word in content) in stock_phrases()


def _within(nodes: Sequence[Stretch], kind: Sequence[int], heads: Sequence[int], compatible: Compatible) -> Iterator[tuple[float, int, int]]:
    """Links among stretches of one wording: each to the first of its speaker, and those to each other."""
    if len(kind) == 1:
        return
    words = nodes[kind[0]].words
    by_speaker = {nodes[n].speaker: n for n in heads}
    form = _Form(words)
    held = {same: _strength(form, form, same) for same in (True, None, False)}
    for n in kind:
        head = by_speaker[nodes[n].speaker]
        same = compatible(nodes[n].speaker, nodes[head].speaker)
        if head != n and held[same]:
            yield held[same] + 0.5, head, n
    for i, a in enumerate(heads):
        for b in heads[i + 1 :]:
            same = compatible(nodes[a].speaker, nodes[b].speaker)
            if held[same]:
                yield held[same], a, b
    if held[True] and not held[None]:
        yield from ((held[True], a, b) for a, b in _together(nodes, kind, kind) if a != b)


def _speakers(nodes: Sequence[Stretch], kind: Sequence[int]) -> list[int]:
    """The first stretch of each speaker."""
    seen: dict[Hashable, int] = {}
    for n in kind:
        seen.setdefault(nodes[n].speaker, n)
    return list(seen.values())


def _candidates(forms: Sequence[_Form]) -> Iterator[tuple[int, int]]:
    """Pairs of wordings that share neighbouring words of content, in either order, each once: two such pairs, one where a wording is short."""
    import numpy as np

    holders = np.empty(sum(max(0, len(form.content) - 1) for form in forms), dtype=np.int64)
    marks = np.empty_like(holders)
    size = 0
    for n, form in enumerate(forms):
        for mark in {_mark(*sorted(pair)) for pair in pairwise(form.content)}:
            holders[size], marks[size] = n, mark
            size += 1
    order = np.argsort(marks[:size], kind="stable")
    edges = np.flatnonzero(np.diff(marks[order])) + 1
    pairs: list[Any] = []
    for run in np.split(holders[order], edges):
        if 1 < len(run) <= _MOST:
            first, second = np.triu_indices(len(run), 1)
            pairs.append(run[first] * len(forms) + run[second])
        elif len(run) > _MOST:
            pairs += _narrower(run.tolist(), forms)
    if not pairs:
        return
    codes, counts = np.unique(np.concatenate(pairs), return_counts=True)
    del pairs
    short = np.array([len(form.content) < _LONG for form in forms])
    codes = codes[(counts > 1) | short[codes // len(forms)] | short[codes % len(forms)]]
    for start in range(0, len(codes), _BLOCK):
        for code in codes[start : start + _BLOCK].tolist():
            yield divmod(code, len(forms))


def _narrower(run: Sequence[int], forms: Sequence[_Form]) -> Iterator[Any]:
    """Pairs among the many wordings that hold some two words, by three words of content that they share."""
    import numpy as np

    lists: defaultdict[int, list[int]] = defaultdict(list)
    for n in run:
        content = forms[n].content
        for mark in {_mark(*triple) for triple in zip(content, content[1:], content[2:], strict=False)}:
            lists[mark].append(n)
    for held in lists.values():
        if 1 < len(held) <= _MOST:
            few = np.array(held, dtype=np.int64)
            first, second = np.triu_indices(len(few), 1)
            yield few[first] * len(forms) + few[second]


def _mark(*words: str) -> int:
    """A number for some words, the same in every process."""
    return int.from_bytes(blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _retranslated(nodes: Sequence[Stretch], similar: Similar) -> Iterator[tuple[float, int, int]]:
    """Pairs of one speaker that say the same in other words."""
    by_speaker: defaultdict[str, list[int]] = defaultdict(list)
    for n, node in enumerate(nodes):
        if may_be_one(node):
            assert isinstance(node.speaker, SpeakerKey)
            by_speaker[node.speaker.id].append(n)
    for held in by_speaker.values():
        for i, a in enumerate(held):
            for b in held[i + 1 :]:
                if compared(nodes[a], nodes[b]) and similar(nodes[a], nodes[b]) >= ALIKE:
                    yield TRANSLATION, a, b
