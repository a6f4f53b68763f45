"""Grouping: quoted stretches that render one utterance, whatever each report did to it.

Links (links.py) are followed from the strongest to the weakest, and never between speakers known to be others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sayso.quotes.alignment import Alignment, Change, align
from sayso.quotes.links import NO_DAY, OVERRIDES, Compatible, Similar, is_few, links_of
from sayso.quotes.stretches import Stretch
from sayso.quotes.translations import Translations
from sayso.quotes.words import keys
from sayso.reports import content_hash
from sayso.spans import GAP
from sayso.unions import Unions


@dataclass(frozen=True, slots=True)
class Variant:
    """One stretch of a quote: what it did to the fullest one, and how the two align (None for the fullest itself)."""

    stretch: Stretch
    changes: tuple[Change, ...]
    alignment: Alignment | None


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance and its variants, the fullest first, then in the order of publication.

    *id* is a hash of the stretch that was published first. As reports come in, quotes merge or begin earlier; every id that a quote
    ever had is the hash of one of its stretches, so it is found again by what ids() holds: that is the redirect.
    """

    id: str
    speaker: Hashable
    variants: tuple[Variant, ...]
    first: Stretch
    texts: int  # distinct texts that carry it: copies of one count once

    @property
    def carriers(self) -> tuple[Stretch, ...]:
        """One stretch a report, in the order of publication; those of unknown date last."""
        seen: dict[str, Stretch] = {}
        for stretch in sorted((v.stretch for v in self.variants), key=_order):
            seen.setdefault(stretch.report_id, stretch)
        return tuple(seen.values())

    def ids(self) -> frozenset[str]:
        """All ids that this quote may have had before."""
        return frozenset(founder_id(variant.stretch.key) for variant in self.variants)


def same_speaker(a: Hashable, b: Hashable) -> bool | None:
    """The plainest comparison: equal keys are one, others two, None is unknown."""
    return None if a is None or b is None else a == b


def group(
    stretches: Iterable[Stretch], *, compatible: Compatible = same_speaker, similar: Similar | None = None,
    must: Iterable[tuple[str, str]] = (), cannot: Iterable[tuple[str, str]] = (), copies: Mapping[str, str] | None = None,
) -> list[Quote]:
    """The quotes that two or more *stretches* render, ordered by their first publication.

    *must* and *cannot* are pairs of keys of stretches that a person judged to be one quote, or two. *copies* gives for the id of a
    text that of the one which it copies. *similar* compares stretches of one speaker and time that
    share few words, to find translations.
    """  # fmt: skip
    found = _parted(stretches, compatible, similar, must, cannot)
    return sorted((quote_of(members, copies or {}) for members in found), key=lambda quote: _order(quote.first))


def parted(
    stretches: Iterable[Stretch], *, compatible: Compatible = same_speaker, must: Iterable[tuple[str, str]] = (),
    cannot: Iterable[tuple[str, str]] = (), similar: Similar | None = None,
) -> Iterator[tuple[Stretch, list[Stretch]]]:
    """The stretches of each quote that group() finds, with the first of them; nothing is aligned."""
    found = _parted(stretches, compatible, similar, must, cannot)
    return ((min(_remarks(members), key=_order), members) for members in found)


def _parted(
    stretches: Iterable[Stretch], compatible: Compatible, similar: Similar | None, must: Iterable[tuple[str, str]], cannot: Iterable[tuple[str, str]]
) -> list[list[Stretch]]:
    """The stretches of each quote."""
    nodes = sorted(stretches, key=lambda stretch: stretch.key)
    number = {stretch.key: n for n, stretch in enumerate(nodes)}
    parts = _Parts(nodes, compatible, [(number[a], number[b]) for a, b in cannot if a in number and b in number])
    for one, other in must:
        if one in number and other in number:
            parts.put_together(number[one], number[other], judged=True)
    remarks: dict[tuple[str, str], int] = {}
    for n, node in enumerate(nodes):
        parts.put_together(remarks.setdefault((node.report_id, node.remark or node.key), n), n)
    links = links_of(nodes, compatible, similar)
    size = [_size(node) for node in nodes]
    for sure, a, b in links:
        if size[a] == size[b]:
            parts.put_together(a, b, override=sure >= OVERRIDES)
    for few in (1, 0):
        _attach(nodes, parts, [(a, b) if size[a] == few else (b, a) for _, a, b in links if size[a] != size[b] and min(size[a], size[b]) == few])
    found = ([nodes[n] for n in members] for members in parts.sets())
    return [members for members in found if len({(s.report_id, s.remark or s.key) for s in members}) > 1]


def _size(stretch: Stretch) -> int:
    """0 for a single word of content, 1 for few, 2 for more."""
    count = sum(word.content for word in stretch.words)
    return 2 if not is_few(count) else int(count > 1)


def _attach(nodes: Sequence[Stretch], parts: _Parts, links: Sequence[tuple[int, int]]) -> None:
    """Put each few words with the one utterance that they may come from; with none where several may be it.

    Few words must not make one quote of two utterances that both hold them. Of several, it is the one carried in a report that has
    the few words too, else the one published nearest.
    """
    reports: defaultdict[int, set[str]] = defaultdict(set)
    days: defaultdict[int, set[int]] = defaultdict(set)
    for n, node in enumerate(nodes):
        reports[parts.find(n)].add(node.report_id)
        if node.published is not None:
            days[parts.find(n)].add(date.fromisoformat(node.published[:10]).toordinal())
    wanted: defaultdict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for few, full in links:
        wanted[parts.find(few)].setdefault(parts.find(full), (few, full))
    chosen = []
    for few, found in sorted(wanted.items()):
        ranked = sorted(
            (not reports[few] & reports[full], min((abs(x - y) for x in days[few] for y in days[full]), default=NO_DAY), full) for full in found
        )
        if len(ranked) == 1 or ranked[0][:2] < ranked[1][:2]:
            chosen.append(found[ranked[0][2]])
    for pair in chosen:
        parts.put_together(*pair)


class _Parts(Unions[int]):
    """Components of stretches in which no two are known to be apart."""

    def __init__(self, nodes: Sequence[Stretch], compatible: Compatible, cannot: Iterable[tuple[int, int]]) -> None:
        super().__init__(range(len(nodes)))
        self._speakers: list[set[Hashable]] = [{node.speaker} if node.speaker is not None else set() for node in nodes]
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self._compatible = compatible
        for a, b in cannot:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def put_together(self, a: int, b: int, *, judged: bool = False, override: bool = False) -> None:
        """Make the components of *a* and *b* one, unless that would put together what is known to be apart."""
        x, y = self.find(a), self.find(b)
        if x == y:
            return
        if any(self.find(n) == y for n in self._apart[x]):
            return
        if not judged and not override and any(
            self._compatible(p, q) is False for p in self._speakers[x] for q in self._speakers[y]
        ):
            return
        x, y = min(x, y), max(x, y)
        self.join(x, y)
        self._speakers[x] |= self._speakers[y]
        self._apart[x] |= self._apart[y]


def _order(stretch: Stretch) -> tuple[str, str]:
    return stretch.published or "~", stretch.key


def founder_id(stretch: str) -> str:
    """The id of the quote that a stretch (its key) begins. Where it stands in another's quote, this id leads to that."""
    return content_hash("quote", stretch)


def quote_of(members: Sequence[Stretch], copies: Mapping[str, str], *, told: range | None = None) -> Quote:
    """The quote that *members* render.

    With *told*, how it was altered is told of these variants only (0: the fullest).
    """
    ordered = sorted(_remarks(members), key=_order)
    fullest = _fullest(ordered)
    variants = [Variant(fullest, ("kept",), None)]
    made: dict[tuple[str, ...], Alignment] = {}
    translations = Translations()
    for stretch in ordered:
        if stretch is not fullest and told is not None and len(variants) not in told:
            variants.append(Variant(stretch, (), None))
        elif stretch is not fullest:
            wording = keys(stretch.words)
            if wording not in made:
                made[wording] = align(fullest.words, stretch.words)
            alignment = replace(made[wording], variant=stretch.words)
            other = 2 * alignment.shared < len(stretch.words) and translations.are(fullest, stretch)
            variants.append(Variant(stretch, ("retranslated",) if other else alignment.changes, alignment))
    texts = {copies.get(s.text_id, s.text_id) for s in ordered}
    return Quote(founder_id(ordered[0].key), _speaker(ordered), tuple(variants), ordered[0], len(texts))


def gist(members: Sequence[Stretch]) -> tuple[Stretch, Hashable | None, int]:
    """Of the quote that *members* render the fullest rendering, the speaker, and how many renderings there are."""
    remarks = list(_remarks(members))
    return _fullest(remarks), _speaker(remarks), len(remarks)


def _fullest(remarks: Sequence[Stretch]) -> Stretch:
    return min(remarks, key=lambda s: (-sum(not word.bracketed for word in s.words), _order(s)))


def _speaker(remarks: Sequence[Stretch]) -> Hashable | None:
    """Who says it in most of them."""
    counts = Counter(s.speaker for s in remarks if s.speaker is not None)
    return min(counts, key=lambda k: (-counts[k], repr(k)), default=None)


def _remarks(members: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches of each remark as one."""
    found: defaultdict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for stretch in sorted(members, key=lambda s: (s.report_id, s.spans)):
        found[stretch.report_id, stretch.remark or stretch.key].append(stretch)
    for parts in found.values():
        first = parts[0]
        words = first.words + tuple(replace(word, joint=n == 0) for part in parts[1:] for n, word in enumerate(part.words))
        yield first if len(parts) == 1 else replace(
            first, spans=tuple(span for part in parts for span in part.spans), text=GAP.join(part.text for part in parts), words=words
        )
