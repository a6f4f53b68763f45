"""Claims: contents that say the same, with who stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from sayso.claims.amounts import excluding
from sayso.claims.contents import Content, Position, contents_of, has_verb
from sayso.claims.encoder import Floats
from sayso.claims.grouping import BARRED, JOINED, Group, Link, components, grouped
from sayso.claims.implies import graded, strengthened
from sayso.claims.inserted import as_label, unbracketed
from sayso.claims.likeness import Parsed, parsed
from sayso.claims.neighbours import neighbours
from sayso.claims.polarity import affirmed
from sayso.claims.scorer import Scorer, shared_scorer
from sayso.claims.words import NEGATIONS, content_words, root, words
from sayso.reports import content_hash
from sayso.spans import overlap

__all__ = ["Claim", "Content", "Member", "claims_of", "contents_of"]

#: Pairs that score less are no link, whatever else links their groups.
LINKED: Final = 0.6
#: Pairs of which one is wanted and the other told, or one says far more than the other, that score less are no link.
MIXED: Final = 0.75
# Words of the shorter content over those of the longer, below which the one says far more.
_MORE: Final = 0.4
# What a weaker word takes from the score of a pair: the encoder, which knows nothing of implications, sees "ties" beside "supports".
_WEAKER: Final = 0.6
# Contents with fewer words in common than this (one fewer, where both say what implies or is implied), and less alike than that (cosine), are
# not looked at closer.
_COMMON: Final = 3
_ALIKE: Final = 0.7
# Scores below this, nearly all of them, are worked out again where they are asked for twice: what is kept in memory is bounded by links.
_KEPT: Final = 0.3
# Roots of words by which somebody knows of a thing.
_KNOWING: Final = frozenset({"know", "unawar"})
#: A claim is disputed if some content for it and some against it score at least this.
OPPOSED: Final = 0.7
# Words that are read at a glance.
_READ_AT_ONCE: Final = 25
_TURNED: Final[dict[Position, Position]] = {"for": "against", "against": "for", "other": "other"}


@dataclass(frozen=True, slots=True)
class Member:
    """A content in its claim: sign 1 if it says what the label says, -1 if it negates that."""

    content: str
    sign: int


@dataclass(frozen=True)
class Claim:
    """One proposition, its label in a source's own words, and the contents that say or negate it."""

    id: str
    label: str
    contents: tuple[Content, ...]
    members: tuple[Member, ...]
    way: int = 1  # -1: its contents say it in the negative only, and so does the label
    opposed: float = 0.0  # how surely some content for it and some against it are of one proposition

    @cached_property
    def positions(self) -> tuple[tuple[Content, Position], ...]:
        """Each content with where its speaker stands towards the label; earliest first."""
        made = [(c, c.position if m.sign > 0 else _TURNED[c.position]) for c, m in zip(self.contents, self.members, strict=True)]
        return tuple(sorted(made, key=lambda p: (p[0].first or p[0].day or "9999", p[0].report, p[0].number, p[0].part)))

    def standing(self, position: Position) -> dict[str, list[Content]]:
        """The contents of each speaker (by voice()) who takes *position*, in the order in which speakers come up."""
        out: dict[str, list[Content]] = {}
        for c, p in self.positions:
            if p == position:
                for voice in voices(c):
                    out.setdefault(voice, []).append(c)
        return out


def voices(c: Content) -> tuple[str, ...]:
    """What tells the speakers of *c* from others. One who is not named counts once for each text, however often it is carried."""
    return tuple(v.id if v.kind != "anonymous" else content_hash(v.name.lower(), folded(c.text)) for v in c.voices)


@dataclass(frozen=True, slots=True)
class Node:
    """Contents with one text, its negation taken out.

    mood is that of the contents; where the text says what implies another or is implied (implies.csv), "denied" if they deny it,
    because what follows from a denial is not what follows from its opposite.
    """

    key: str
    text: str
    mood: str


def folded(text: str) -> str:
    """What is the same of texts that differ in case and marks only."""
    return " ".join(words(text))


def node_of(c: Content) -> tuple[Node, int]:
    """The node of *c*, and the sign of *c* in it."""
    text, sign = affirmed(unbracketed(c.text))
    denied = c.mood == "so" and c.position == ("against" if sign > 0 else "for") and graded(map(root, content_words(text)))
    mood = "denied" if denied else c.mood
    return Node(content_hash(mood, folded(text)), text, mood), sign


class Scores:
    """Scores of pairs of nodes; those from *kept* are worked out once."""

    def __init__(self, nodes: Mapping[str, Node], vectors: Mapping[str, Floats], scorer: Scorer, *, kept: float = _KEPT) -> None:
        self.nodes, self.vectors, self.scorer = nodes, vectors, scorer
        self._parsed: dict[str, Parsed] = {}
        self._roots: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, str], float] = {}
        self._kept = kept

    def parsed(self, key: str) -> Parsed:
        if key not in self._parsed:
            self._parsed[key] = parsed(self.nodes[key].text, self.vectors[key])
        return self._parsed[key]

    def __call__(self, a: str, b: str) -> tuple[float, int]:
        score = self._known.get((a, b))
        if score is None:
            score = self._score(a, b)
            if score >= self._kept or not self._kept:
                self._known[a, b] = score
        return score, 1

    def _score(self, a: str, b: str) -> float:
        if self._strange(a, b):
            return 0.0
        p, q = self.parsed(a), self.parsed(b)
        if p.sure_names and q.sure_names and p.sure_names.isdisjoint(q.names) and q.sure_names.isdisjoint(p.names):
            return BARRED  # of others
        if p.figure is not None and q.figure is not None and excluding(p.figure, q.figure):
            return BARRED
        # what is left of negation after the main clause's was taken out leaves open what is denied
        score = self._alike(p, q, self.nodes[a].mood, self.nodes[b].mood) if p.open_negation == q.open_negation else 0.0
        if abs(score) < _KEPT:
            return score
        if _of_others(p, q):
            return 0.0
        # a deed that somebody wants, and one that is told; a thing, and what is told of it: of one claim only where the words leave no doubt
        mixed = (self.nodes[a].mood == "wish") != (self.nodes[b].mood == "wish")
        if strengthened(p.words, q.deed) is None and strengthened(q.words, p.deed) is None:
            mixed = mixed or min(len(p.words), len(q.words)) < _MORE * max(len(p.words), len(q.words))
        mixed = mixed or _KNOWING.isdisjoint(p.words) != _KNOWING.isdisjoint(q.words)  # to know of a thing, and the thing
        # who did it is what one is about, where the other leaves that open or names somebody else
        mixed = mixed or not (p.doer <= {*q.words} and q.doer <= {*p.words})
        return score if not mixed or score >= MIXED else 0.0

    def _strange(self, a: str, b: str) -> bool:
        """Whether the two have so little in common that nothing more is looked at."""
        if float(self.vectors[a] @ self.vectors[b]) >= _ALIKE:
            return False
        one, other = self._words(a), self._words(b)
        common = len(one & other)
        return common < _COMMON and not (common == _COMMON - 1 and graded(one) and graded(other))

    def _words(self, key: str) -> frozenset[str]:
        if key not in self._roots:
            self._roots[key] = frozenset(map(root, content_words(self.nodes[key].text)))
        return self._roots[key]

    def _alike(self, p: Parsed, q: Parsed, mood: str, other: str) -> float:
        """The score of the two; below 0 where the one only implies the other: they are to be kept apart."""
        if mood == "wish" or other == "wish":
            return self.scorer.score(p, q)
        if (stronger := strengthened(p.words, q.deed)) is None:
            if (stronger := strengthened(q.words, p.deed)) is None:
                return self.scorer.score(p, q)
            p, q, mood, other = q, p, other, mood
        score = self.scorer.score(replace(p, words=stronger), q)
        # "no ties", "no support": both are against "supports", but they are not one claim
        if mood != "denied":
            return -score  # "has ties": neither for "supports" nor against it
        return min(score, JOINED) if other == "denied" else min(1.0, score / _WEAKER)


def _of_others(p: Parsed, q: Parsed) -> bool:
    """Whether the two tell of different subjects: the one by name, the other by what they are ("Veldara …", "rogue agents …"), or who knew of a
    thing ("Veldara knew …", "Orlan knew …")."""
    if not p.subject or not q.subject or not p.subject.isdisjoint(q.subject) or p.subject <= {*q.words} or q.subject <= {*p.words}:
        return False
    knowing = not (_KNOWING.isdisjoint(p.words) or _KNOWING.isdisjoint(q.words))
    return knowing or p.sure_names.isdisjoint(p.subject) != q.sure_names.isdisjoint(q.subject)


def claims_of(contents: Iterable[Content], *, scorer: Scorer | None = None) -> list[Claim]:
    """The claims that *contents* make: each content stands in one, alone if nothing says the same."""
    scorer = scorer or shared_scorer()
    nodes: dict[str, Node] = {}
    members: dict[str, list[tuple[Content, int]]] = defaultdict(list)
    for c in sorted(contents, key=lambda c: c.id):
        node, sign = node_of(c)
        nodes.setdefault(node.key, node)
        members[node.key].append((c, sign))
    groups, score = groups_of(nodes, scorer, least=LINKED, weight={key: len(some) for key, some in members.items()})
    return sorted((claim_of(group, members, score) for group in groups), key=lambda claim: claim.id)


def links_of(nodes: Mapping[str, Node], scorer: Scorer, *, least: float) -> tuple[list[Link], Scores]:
    """The pairs of *nodes* that score at least *least*, by key; and the scores."""
    keys = sorted(nodes)
    vectors = {key: scorer.encoder.vector(nodes[key].text) for key in keys}
    score = Scores(nodes, vectors, scorer)
    matrix = np.stack([vectors[key] for key in keys]) if keys else np.zeros((0, 1), np.float32)
    wide = np.array([nodes[key].mood == "denied" for key in keys], np.bool_)
    near = ((keys[i], keys[j]) for i, j, _ in neighbours(matrix, wide=(wide, wide)))
    return [Link(a, b, s) for a, b in near if (s := score(a, b)[0]) >= least], score


def groups_of(nodes: Mapping[str, Node], scorer: Scorer, *, least: float, weight: Mapping[str, int] | None = None) -> tuple[list[Group], Scores]:
    """The groups that *nodes* make, by key, where pairs that score at least *least* are linked; and the scores."""
    keys = sorted(nodes)
    links, score = links_of(nodes, scorer, least=least)
    by_key: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_key[link.a].append(link)
    some = ((component, [link for key in component for link in by_key[key]]) for component in components(keys, links))
    return [group for component, inside in some for group in grouped(component, inside, score, weight=weight)], score


def claim_of(group: Group, members: Mapping[str, list[tuple[Content, int]]], score: Scores | None = None) -> Claim:
    """The claim that a group is; *members* are the contents of its nodes, each with its sign there. Without *score* it is not weighed how
    surely some oppose others."""
    found = [(c, sign * turn) for key, turn in group.signs for c, sign in members[key]]
    # only said in the negative: so goes the label
    way = 1 if any(sign > 0 for _, sign in members[group.label]) else -1
    central = {c.id for c, _ in members[group.label]}
    label = as_label(min((c for c, s in found if s == way), key=lambda c: (*_unreadable(c), c.id not in central, c.id)).text)
    found.sort(key=lambda m: m[0].id)
    made = tuple(Member(c.id, s * way) for c, s in found)
    opposed = 0.0 if score is None else _opposed(group, members, score)
    return Claim(founder_id(founder([c for c, _ in found]).id), label, tuple(c for c, _ in found), made, way, opposed)


def _unreadable(c: Content) -> tuple[bool, bool, int]:
    """What makes a text a bad label: no verb, far too short or long, words that are not the source's."""
    return not has_verb(c.text), not 4 <= len(c.text.split()) <= _READ_AT_ONCE, as_label(c.text).count("[")


def _opposed(group: Group, members: Mapping[str, list[tuple[Content, int]]], score: Scores) -> float:
    """How surely some content for the claim and some against it are of one proposition."""
    nodes = score.nodes
    sides: dict[Position, dict[str, list[Content]]] = {"for": defaultdict(list), "against": defaultdict(list), "other": defaultdict(list)}
    for key, turn in group.signs:
        for c, sign in members[key]:
            if c.voices:
                sides[c.position if sign * turn > 0 else _TURNED[c.position]][key].append(c)
    pairs = (
        (1.0 if nodes[a].text == nodes[b].text else score(*sorted((a, b)))[0], pro, con)
        for a, pro in sides["for"].items() for b, con in sides["against"].items()
    )  # fmt: skip
    surest_first = sorted(pairs, key=lambda p: -p[0])
    return next((s for s, pro, con in surest_first if s > 0 and any(_oppose(c, d) for c in pro for d in con)), 0.0)


def _oppose(a: Content, b: Content) -> bool:
    """Whether the two can be a dispute: of different speakers, none told within the other, both of what is so or of what is wanted."""
    if set(voices(a)) == set(voices(b)) or (a.mood == "wish") != (b.mood == "wish"):
        return False
    if a.report == b.report and overlap(a.spans, b.spans):  # "rejected her claim that p": told of one p, or of more than that
        return folded(a.text) == folded(b.text) and all(v.kind != "anonymous" for c in (a, b) for v in c.voices)
    left = [any(w in NEGATIONS or w.endswith("n't") for w in words(affirmed(unbracketed(c.text))[0])) for c in (a, b)]
    if left[0] != left[1]:
        return False  # which of them negates what is left open
    here, there = (tuple(map(root, content_words(affirmed(unbracketed(c.text))[0]))) for c in (a, b))
    if strengthened(here, there) or strengthened(there, here):
        return True
    return _turned(a) in (None, *there) and _turned(b) in (None, *here)


def _turned(c: Content) -> str | None:
    """The word (root) that the negation in *c* turns round, if there is one."""
    before, (after, sign) = unbracketed(c.text), affirmed(unbracketed(c.text))
    if sign > 0:
        return None
    at = next((n for n, (x, y) in enumerate(zip(before, after, strict=False)) if x.lower() != y.lower()), 0)
    return next(map(root, content_words(after[after.rfind(" ", 0, at) + 1 :])), None)


def founder(contents: Sequence[Content]) -> Content:
    """The content from which a claim has its id: the earliest."""
    return min(contents, key=lambda c: (c.day or "9999", c.id))


def founder_id(content_id: str) -> str:
    """The id of the claim that a content founds. Where it stands in another's claim, this id leads to that."""
    return content_hash("claim", content_id)
