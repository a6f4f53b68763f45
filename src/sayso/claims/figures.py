"""Figures: how many it was, where reports say different numbers of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from sayso.claims.amounts import Figure, excluding, figure_of
from sayso.claims.claims import Node, groups_of, voices
from sayso.claims.contents import Content
from sayso.claims.inserted import unbracketed
from sayso.claims.scorer import Scorer, shared_scorer
from sayso.claims.words import content_words
from sayso.reports import content_hash

# Contents are of one thing if, their numbers left out, they score this.
_ONE_THING: Final = 0.7
_FEWEST: Final = 3  # words of a content that carry meaning beside its number


@dataclass(frozen=True, slots=True)
class Conflict:
    """Contents that say different numbers of one thing, each with its figure; at least two exclude each other."""

    label: str
    figures: tuple[tuple[Content, Figure], ...]


def conflicts_of(contents: Iterable[Content], *, scorer: Scorer | None = None) -> list[Conflict]:
    """Conflicting figures among *contents*: by different speakers, of what scores as one thing once the numbers are left out."""
    scorer = scorer or shared_scorer()
    nodes: dict[str, Node] = {}
    held: dict[str, list[tuple[Content, Figure]]] = defaultdict(list)
    for c in sorted(contents, key=lambda c: c.id):
        found = figure_of(unbracketed(c.text)) if c.position == "for" and c.mood == "so" else None
        if found is not None and len(content_words(found[1])) >= _FEWEST:
            key = content_hash(found[1].lower())
            nodes.setdefault(key, Node(key, found[1], "so"))
            held[key].append((c, found[0]))
    out = []
    for group in groups_of(nodes, scorer, least=_ONE_THING)[0]:
        some = [pair for key, _ in group.signs for pair in held[key]]
        if any(_exclude(a, b) for a, b in combinations(some, 2)):
            some.sort(key=lambda p: (p[0].first or p[0].day or "9999", p[0].id))
            out.append(Conflict(nodes[group.label].text, tuple(some)))
    return sorted(out, key=lambda c: (-len({v for content, _ in c.figures for v in voices(content)}), c.label))


def _exclude(a: tuple[Content, Figure], b: tuple[Content, Figure]) -> bool:
    return excluding(a[1], b[1]) and bool(a[0].voices and b[0].voices) and set(voices(a[0])) != set(voices(b[0]))
