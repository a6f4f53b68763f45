"""Plurals: whom "the two senators", "both", "they" mean where they are several by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from sayso.mentions.antecedents import OFFICES
from sayso.mentions.chain import Chain
from sayso.mentions.lexicon import sorts_of_noun
from sayso.mentions.mention import Type
from sayso.mentions.phrases import Draft, modifiers
from sayso.mentions.work import Work

# By the type of a plural noun, those that it can mean.
_KINDS: dict[Type, tuple[Type, ...]] = {
    **dict.fromkeys(("person", "people"), ("person",)), "state": ("state", "place"), "organisation": ("organisation", "state"),
}  # fmt: skip
_SEVERAL = frozenset("the these those both two".split())
_COUNTS = {"two": 2, "pair": 2, "duo": 2, "both": 2, "brothers": 2, "sisters": 2, "couple": 2, "three": 3, "trio": 3, "four": 4}
# Who can be these may be kings, clerics or heads of unions.
_OF_ANYTHING = frozenset("leader chief head figure official man woman candidate contender hopeful rival".split())
_SPOUSES = frozenset("husband wife fiance fiancé fiancee fiancée".split())
# Sentences within which a plural without a number takes up those who were named together.
_TOGETHER = 3
# Mentions over which those whom a plural means are looked for.
_BACK = 80


def settle_several(work: Work, k: int, live: Sequence[int], last: dict[int, int]) -> None:
    """Whom a definite plural means: "the two senators", "both", "the brothers": those named together, or so many spoken of last."""
    d, made, page = work.drafts[k], work.made, work.page
    assert d.entity is not None and d.noun is not None
    if made[d.entity].mentions[:1] != [k] or d.number != "plural" or made[d.entity].members:
        return
    words = set(page.lower[d.run[0] : d.run[1]])
    if not words & _SEVERAL or page.lower[d.run[0] + 1 : d.run[0] + 3] == ["of", "the"] or _of_some_thing(work, d):
        return
    count = next((n for word, n in _COUNTS.items() if word in words), None)
    if count is None and (d.noun.type not in _KINDS or modifiers(page, d)):
        return
    if count is not None and _so_many_before(work, k, count):
        return
    kinds = _KINDS.get(d.noun.type, ("person",))
    sorts = sorts_of_noun(d.noun.base, d.noun.type == "person") if d.noun.base not in _OF_ANYTHING else frozenset[str]()
    here = page.sentence[d.run[0]]

    def fits(n: int) -> bool:
        chain = made[n]
        known = chain.sorts if chain.type != "person" or chain.titles else frozenset[str]()
        if sorts and "organisation" in kinds and not sorts & known and (known or count is not None):
            return False  # "both parties" are no committees
        return chain.type in kinds and chain.number == "singular" and chain.named and not (sorts and known and not sorts & known)

    def clashes(n: int) -> bool:
        chain = made[n]
        if chain.type != "person" or not chain.titles or d.noun is None:
            return False
        other = d.noun.base in OFFICES and d.noun.base not in chain.nouns and bool(chain.nouns & OFFICES)
        return other or (bool(sorts and chain.sorts) and not sorts & chain.sorts)

    unknown = d.noun.type == "other" and d.noun.base not in _COUNTS  # "the two powers", "both sides": who knows what they are
    just = _named_just_before(work, k, fits) if count is not None and "state" not in kinds else ()
    if d.noun.base == "couple" and len(just) > 2:
        just = next((pair for pair in pairwise(just) if any(made[n].nouns & _SPOUSES for n in pair)), ())
    if len(just) == count:
        made[d.entity].members = tuple(sorted(just))
        return
    for n in reversed(live):
        members = made[n].members
        near = here - page.sentence[work.drafts[last[n]].run[0]] <= _TOGETHER or count is not None
        fit = all(made[m].type in kinds for m in members) and not all(clashes(m) for m in members)
        here_too = count is None and page.sentence[work.drafts[last[n]].run[0]] == here
        fit = fit and ("organisation" not in kinds or here_too or any(sorts & made[m].sorts for m in members))
        alike = count is not None or "person" not in kinds or d.noun.base in _OF_ANYTHING or any(sorts & made[m].sorts for m in members)
        if members and near and fit and alike and (count is None or len(members) == count):
            made[d.entity].members = members
            return
    seen: dict[int, None] = {}
    at = here
    for x in reversed(work.drafts[max(0, k - _BACK) : k]):  # those of one sentence, the nearest first
        if page.sentence[x.run[0]] != at:
            if _are_meant(seen, count, made, sorts, here - at):
                break
            seen, at = {}, page.sentence[x.run[0]]
        told = x.how == "name" or (x.entity is not None and made[x.entity].owner is not None)
        if x.entity is not None and told and not x.whole and not x.adjective and fits(x.entity):
            seen[x.entity] = None
    if not _are_meant(seen, count, made, sorts, here - at):
        seen = dict.fromkeys([n for n in reversed(live) if fits(n)][:count]) if count is not None and not unknown else {}
    if len(seen) > 1 and len(seen) == (count or len(seen)):
        made[d.entity].members = tuple(sorted(seen))


def _of_some_thing(work: Work, d: Draft) -> bool:
    """Whether a plural is told by what it is of: "both sides of the aisle"."""
    return d.noun is not None and d.noun.type == "other" and work.page.lower[d.head + 1 : d.head + 2] == ["of"]


def _so_many_before(work: Work, k: int, count: int) -> bool:
    """Whether as many were told of before without names: "two junior doctors … the two whistleblowers"."""
    told = [x for x in work.drafts[max(0, k - _BACK) : k] if x.how == "noun" and x.number == "plural" and not x.definite]
    several = [x for x in told if _COUNTS.get(work.page.lower[x.run[0]]) == count and x.type == work.drafts[k].type]
    return any(x.entity is not None and not work.made[x.entity].members for x in several)


def _named_just_before(work: Work, k: int, fits: Callable[[int], bool]) -> tuple[int, ...]:
    """Those who fit and are named in the sentence before the one of mention *k*."""
    page = work.page
    here = page.sentence[work.drafts[k].run[0]]
    before = (x for x in work.drafts[max(0, k - _BACK) : k] if page.sentence[x.run[0]] == here - 1 and x.how == "name" and not x.whole)
    return tuple(dict.fromkeys(x.entity for x in before if x.entity is not None and not x.adjective and fits(x.entity)))


def _are_meant(seen: Mapping[int, None], count: int | None, made: Sequence[Chain], sorts: frozenset[str], apart: int) -> bool:
    """Whether a definite plural can mean those *seen* in a sentence: so many as it says, or near by and all known to be of its sort."""
    if count is not None:
        return len(seen) == count
    known = [bool(sorts & made[n].sorts) for n in seen]
    bodies = all(made[n].type == "organisation" for n in seen) and apart == 1
    return len(seen) > 1 and apart <= _TOGETHER and (any(known) if bodies and "company" in sorts else all(known))


def those_of_before(work: Work, k: int, live: Sequence[int], last: dict[int, int]) -> int | None:
    """Those whom a "they" that says something means where it is nobody by itself: the persons of the sentence before, if they are few."""
    page, made = work.page, work.made
    here = page.sentence[work.drafts[k].run[0]]
    own = work.context.source_of[k]
    around = work.context.parent[own]
    if around >= 0 and work.context.quoted[around]:
        return None  # in somebody's own words "they" are others
    persons = [
        n
        for n in live
        if made[n].type == "person"
        and made[n].named
        and 0 <= here - page.sentence[work.drafts[last[n]].run[0]] <= 1
        and work.context.within[work.drafts[last[n]].run[0]] != own
    ]
    if not 2 <= len(persons) <= 4:
        return None
    members = tuple(sorted(persons))
    known = next((n for n in reversed(live) if made[n].members == members), None)
    if known is not None:
        return known
    described = ", ".join(max(made[n].names, key=len) for n in members)
    made.append(Chain("people", False, True, "plural", described=described, members=members))
    return len(made) - 1
