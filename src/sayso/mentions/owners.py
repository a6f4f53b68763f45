"""Owners: to whom a body, a person or a document belongs ("the mayor's lawyer", "her campaign", "the X camp")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sayso.mentions.antecedents import OF_SEVERAL, OWN_BODIES
from sayso.mentions.chain import Chain
from sayso.mentions.lexicon import sorts_of_noun
from sayso.mentions.page import Run
from sayso.mentions.phrases import Draft, modifiers
from sayso.mentions.work import Work

# Bodies that go by the name of a person.
_AFTER_PERSONS = frozenset("campaign administration team camp office foundation organization".split())
_SAME_BODY = {"camp": "campaign"}
# Between a document and what it is about.
_ON = frozenset("of on in for at about".split())
_SPOUSES = frozenset("husband wife boyfriend girlfriend fiance fiancé fiancee fiancée".split())
_TOWARDS = frozenset(("anti", "pro", "non"))
# Sentences back to which the candidate is looked for whose campaign "the campaign" is.
_NEAR = 3


def owned_by_name(drafts: Sequence[Draft], made: list[Chain]) -> dict[tuple[int, str], int]:
    """Bodies that are named after a person of the text ("the X campaign"), by that person and the kind of body; who has a campaign is a candidate."""
    called: dict[str, int] = {}
    for n, chain in enumerate(made):
        if chain.type == "person" and chain.named:
            for name in chain.names:
                called.setdefault(name, n)
                called.setdefault(name.split()[-1], n)
    out: dict[tuple[int, str], int] = {}
    for n, chain in enumerate(made):
        if chain.type != "organisation" or not chain.named:
            continue
        for name in list(chain.names):
            whose, _, word = name.removeprefix("the ").rpartition(" ")
            owner, kind = called.get(whose), _SAME_BODY.get(word, word)
            if owner is None or kind not in _AFTER_PERSONS:
                continue
            chain.owner = owner
            if kind != word:
                chain.names[f"{whose} {kind}"] += 0
            same = out.setdefault((owner, kind), n)
            if same != n:  # "the X camp" is the X campaign
                first, second = (n, same) if word == kind else (same, n)
                _merge(drafts, made, first, second)
                out[owner, kind] = first
            if kind == "campaign":
                made[owner].nouns.add("candidate")
                made[owner].sorts |= sorts_of_noun("candidate", True)
    return out


def _merge(drafts: Sequence[Draft], made: list[Chain], first: int, second: int) -> None:
    """Make the mentions of the second entity the first one's."""
    for k in made[second].mentions:
        drafts[k].entity = first
    made[first].mentions = sorted({*made[first].mentions, *made[second].mentions})
    made[first].names.update(made[second].names)
    made[second].mentions = []


def settle_owner(work: Work, k: int, owned: dict[tuple[int, str], int]) -> None:
    """To whom a noun phrase belongs ("X's lawyer", "her campaign", "an FBI summary"); bodies of one owner and noun are one."""
    d, drafts = work.drafts[k], work.drafts
    assert d.noun is not None and d.entity is not None
    owner = None
    for other in drafts[max(0, k - 8) : k + 8]:
        if (
            other is d
            or other.entity is None
            or not (d.run[0] <= other.run[0] and other.run[1] <= d.run[1])
            or other.adjective
            or other.entity == d.entity
        ):
            continue
        if other.run[0] > 1 and work.page.words[other.run[0] - 1] == "-" and work.page.lower[other.run[0] - 2] in _TOWARDS:
            continue  # "anti-Velmoran groups"
        on = work.page.lower[d.head + 1] if d.noun.type == "document" and other.run[0] > d.head else ""
        if on in _ON and (not other.possessor or on != "of"):
            continue  # "a poll of Velmoran voters", "an ad in Holt's district"
        if other.possessor or other.how == "name":
            owner = other.entity
            if d.noun.type == "document" and other.run[0] > d.head:  # "a statement issued by the X campaign"
                whole = (x for x in drafts[max(0, k - 8) : k + 8] if x.how == "noun" and d.head < x.run[0] <= other.run[0] and other.run[1] <= x.head)
                owner = next((x.entity for x in whole if x.entity is not None and work.made[x.entity].named), owner)
            break
    if owner is None:
        return
    chain = work.made[d.entity]
    if d.noun.base in _SPOUSES and work.made[owner].type == "person" and work.made[owner].gender is None:
        whose = next((x.pronoun.gender for x in drafts[k : k + 3] if x.pronoun is not None and x.possessor and x.run[0] == d.run[0]), None)
        work.made[owner].gender = whose  # "a neighbour … her husband"
    if d.noun.type == "document" and "campaign" in work.page.lower[d.run[0] : d.head]:  # "a Holt campaign memo"
        owner = owned.get((owner, "campaign"), owner)
    chain.owner = owner
    if d.noun.type != "organisation" or work.made[owner].type not in ("person", "organisation"):
        return
    if work.page.lower[d.run[0]] in ("a", "an") or d.number == "plural":  # "a few wealthy campaign", "Velmoran groups": one or some of several
        return
    key = owner, _SAME_BODY.get(d.noun.base, d.noun.base)
    if d.noun.base in OF_SEVERAL:  # "Velmora's interior ministry" is not its defence ministry
        key = owner, " ".join(work.page.lower[i] for i in modifiers(work.page, d) if i < d.head and work.page.words[i].islower()) + d.noun.base
    if d.noun.base in ("team", "operation", "brain trust") and (owner, "campaign") in owned:
        key = owner, "campaign"
    if d.noun.base == "campaign" and work.made[owner].type == "person":
        work.made[owner].nouns.add("candidate")
        work.made[owner].sorts |= sorts_of_noun("candidate", True)
    if key in owned and owned[key] != d.entity:
        chain.mentions.remove(k)
        d.entity = owned[key]
        work.made[d.entity].mentions.append(k)
    else:
        owned[key] = d.entity
        name = max(work.made[owner].names, key=len, default="")
        if name and not chain.named:
            chain.described = f"{name}'s {d.noun.base}"


def represented(work: Work, k: int) -> int | None:
    """The body that a source speaks for in whose words "the agency" stands: "CIA Director X said | the agency", "“The company …” said X of Y"."""
    page, made, context, d = work.page, work.made, work.context, work.drafts[k]
    if d.noun is None or d.noun.type != "organisation" or d.number == "plural" or page.lower[d.run[0]] != "the" or modifiers(page, d):
        return None
    if d.entity is None or made[d.entity].named or made[d.entity].mentions[:1] != [k]:
        return None
    s = context.parent[context.source_of[k]] if k in context.source_of else context.within[d.run[0]]
    sorts = sorts_of_noun(d.noun.base, False)
    while s >= 0:
        found = {
            x.entity
            for run in work.sources[s]
            for x in _inside(work.drafts, run)
            if x.how == "name" and x.type == "organisation" and x.entity is not None
            and (sorts & made[x.entity].sorts or d.noun.base in made[x.entity].nouns)
        }  # fmt: skip
        if len(found) == 1:
            return found.pop()
        s = context.parent[s]
    return None


def _inside(drafts: Sequence[Draft], run: Run) -> list[Draft]:
    """The mentions among the tokens *run*."""
    return [x for x in drafts[bisect_left(drafts, run[0], key=_first) : bisect_left(drafts, run[1], key=_first)] if x.run[1] <= run[1]]


def _first(d: Draft) -> int:
    return d.run[0]


def settle_campaign(
    work: Work, k: int, live: Sequence[int], last: dict[int, int], counts: dict[int, int], owned: dict[tuple[int, str], int]
) -> None:
    """ "The campaign" that nobody's is said to be: of the candidate in its sentence, or of whom those before say most."""
    d, made, page = work.drafts[k], work.made, work.page
    assert d.entity is not None
    if not d.definite or made[d.entity].owner is not None or made[d.entity].mentions[:1] != [k] or modifiers(page, d):
        return
    here = page.sentence[d.run[0]]
    near = [n for n in live if "politician" in made[n].sorts and made[n].named and here - page.sentence[work.drafts[last[n]].run[0]] <= _NEAR]
    if not near:
        return
    owner = max(near, key=lambda n: (page.sentence[work.drafts[last[n]].run[0]] == here, counts[n], last[n]))
    made[d.entity].owner = owner
    same = owned.setdefault((owner, "campaign"), d.entity)
    if same != d.entity:
        made[d.entity].mentions.remove(k)
        d.entity = same
        made[same].mentions.append(k)
    elif (name := max(made[owner].names, key=len, default="")) != "":
        made[d.entity].described = f"{name}'s campaign"


def name_owned(work: Work) -> None:
    """Names bodies after those to whom they belong, whose names may have been found later: "his staff" is Ann Holt's staff."""
    for chain in work.made:
        if chain.owner is None or chain.named or chain.type not in ("organisation", "people") or not chain.mentions:
            continue
        d, owner = work.drafts[chain.mentions[0]], work.made[chain.owner]
        name = max(owner.names, key=lambda n: (" " in n, owner.names[n], n), default="")
        if d.noun is not None and d.noun.base in OWN_BODIES and name and owner.named:
            chain.described = f"{name}'s {d.noun.base}"
