"""Antecedents: whom a pronoun means. Each entity spoken of before is weighed by where and how it was last mentioned.

A conditional logit over the entities and "none of them", one for each class of pronouns; weights from training/antecedents.py.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sayso.mentions.chain import Chain
from sayso.mentions.context import Context
from sayso.mentions.disjoint import alongside, disjoint
from sayso.mentions.lexicon import realms, sorts_of_noun
from sayso.mentions.page import Page
from sayso.mentions.phrases import PREPOSITIONS, Draft, modifiers
from sayso.mentions.states import OF_ONE, foreign, from_elsewhere, home, named_peoples, of_another, peoples_in, sits_elsewhere, titled_elsewhere
from sayso.mentions.titles import party_in

Floats = NDArray[np.float64]

FEATURES: Final = (
    "none",
    "same_sentence",
    "one_before",
    "two_before",
    "three_before",
    "further",
    "log_tokens",
    "paragraphs",
    "subject",
    "first_in_sentence",
    "last_speaker",
    "speaker_before_that",
    "outer_speaker",
    "outer_speaker_quoted",
    "own_content",
    "gender_known",
    "named",
    "mentions",
    "share",
    "last_was_pronoun",
    "same_pronoun",
    "possessor",
    "after_preposition",
    "in_other_quote",
    "same_quote",
    "lead",
    "number_fits",
    "is_body",
    "is_people",
    "in_content_and_out",
    "title_role",
    "next_sentence_subject",
    "local_subject",
    "pronoun_is_source_and_last_subject",
    "none_is_source",
    "none_has_modifiers",
    "noun_match",
    "noun_match_unnamed",
    "modifier_match",
    "modifier_missing",
    "same_words",
    "is_person",
    "is_document",
    "none_noun_seen",
    "sort_fits",
    "sort_clashes",
    "sort_fits_alone",
    "sort_fits_near",
    "none_sort_seen",
    "spoken",
    "has_members",
    "members_are_persons",
    "is_state",
    "owned",
    "main_subject",
    "main_subject_one_before",
    "main_subject_asked",
    "other_office",
    "known_for",
    "known_for_there",
    "known_unseen",
    "none_known",
    "alone_near",
    "nearest_told",
    "named_in_own",
    "in_last_content",
    "last_speaker_of_quote",
    "aside",
)
_AT = {name: k for k, name in enumerate(FEATURES)}
#: Entities further back than this, in sentences, are not weighed unless they were named often.
_REACH = 10
_FAR = 25
# Mentions of an entity back to which one outside of a content is looked for.
_MENTIONS = 12
# What those mostly are who have no name in a text: somebody named only where the text calls him so, too.
UNNAMED = frozenset(
    (
        "source official aide adviser advisor staffer spokesman spokeswoman spokesperson heckler employer witness protester supporter insider "
        "strategist operative worker voter attendee caller neighbor neighbour volunteer donor student resident"
    ).split()
)
# Offices that few hold two of at a time.
OFFICES = OF_ONE | frozenset(
    "senator governor mayor congressman congresswoman representative ambassador general judge justice sheriff professor reporter host".split()
)
# Those, and others that a text seldom tells of two.
_HELD = OFFICES | frozenset(
    (
        "minister, chief minister, commissioner, superintendent, principal, bishop, archbishop, chief executive, chairman, chairwoman, coach, "
        "captain, prosecutor, district attorney, speaker, police chief, sheriff, secretary-general, general secretary"
    ).split(", ")
)
# Sorts of persons that most are none of.
_PROFESSIONS = frozenset("police soldier doctor lawyer".split())
# Outlets that no news agency is called.
_PRINTED = frozenset("newspaper paper magazine daily weekly tabloid broadsheet broadcaster".split())
# Documents that are outlets as well.
_OUTLETS = frozenset("blog site website newsletter".split())
# Bodies of which a state or a body has several.
OF_SEVERAL = frozenset("ministry department committee court agency commission council service board bureau".split())
_GOVERNMENTS = frozenset("government regime cabinet".split())
# Bodies that are what they are by whose they are.
OWN_BODIES = frozenset("campaign administration team camp office staff".split())


def class_of(draft: Draft) -> str | None:
    """The class of a mention whose antecedent is looked for: pronouns of the third person, definite noun phrases; else None."""
    p = draft.pronoun
    if p is not None:
        if p.person != 3 or p.relative:
            return None
        return "he" if p.gender else "they" if p.number == "plural" else "it"
    if draft.how != "noun" or draft.noun is None or not draft.definite:
        return None
    if draft.number == "plural":
        return "the people"
    return "the person" if draft.noun.type == "person" else "the body"


def can_be(kind: str, draft: Draft, chain: Chain) -> bool:
    """Whether number, gender and nature allow that *draft* means *chain*."""
    if kind in ("he", "the person"):
        noun = draft.noun.base if draft.noun is not None else ""
        if chain.named and noun not in chain.nouns:
            if noun in OF_ONE and chain.titles and (noun not in chain.known.nouns or noun == "president"):
                return False
            if noun in UNNAMED and not sorts_of_noun(noun, True) & chain.sorts:
                return False
        gender = draft.pronoun.gender if draft.pronoun is not None else draft.gender
        return chain.type == "person" and chain.number == "singular" and (gender is None or chain.gender is None or chain.gender == gender)
    if kind == "they":
        return chain.number == "plural" or chain.type in ("people", "organisation", "state") or (chain.type == "person" and not chain.named)
    if kind == "the people":
        return (chain.number == "plural" and chain.type in (draft.type, "people", "other")) or (
            draft.type in ("people", "organisation") and chain.type == "organisation"
        )
    if kind == "it":
        return chain.type in ("organisation", "state", "place", "document", "other") and chain.number == "singular"
    assert draft.noun is not None
    if draft.noun.type == "state":
        ruled = realms().get(draft.noun.base)
        return chain.type in ("state", "place") and chain.number == "singular" and (ruled is None or not ruled.isdisjoint(chain.names))
    if draft.noun.type == "document":
        if chain.type == "organisation" and chain.named and chain.number == "singular":  # "the site" is its outlet, too
            return draft.noun.base in _OUTLETS and bool(chain.sorts & sorts_of_noun(draft.noun.base, False))
        return chain.type in ("document", "other") and chain.number == "singular"
    if draft.noun.base in _PRINTED and "news_agency" in chain.sorts and draft.noun.base not in chain.nouns:
        return False
    if draft.noun.base == "administration" and chain.type in ("state", "place"):
        return False
    if draft.noun.base == "government" and "administration" in chain.nouns:
        return False
    if chain.type == "people":  # "Republicans had it their way when the party met"
        return chain.named and draft.noun.base == "party"
    return chain.type in ("organisation", "other", draft.noun.type) and chain.number == "singular"


#: The features of how many sentences away somebody was mentioned.
_APART = ("same_sentence", "one_before", "two_before", "three_before", "further")


def weigh(
    page: Page,
    k: int,
    drafts: Sequence[Draft],
    made: Sequence[Chain],
    live: Sequence[int],
    last: dict[int, int],
    counts: dict[int, int],
    context: Context,
    heads: Sequence[int],
    subjects: Sequence[int],
) -> tuple[list[int], Floats]:
    """Entities that pronoun *k* may mean, and their features (entities + 1, features); the last row stands for none of them.

    live are the entities mentioned so far, last the draft that did so last, counts how often; heads the first mention of each sentence.
    """
    draft = drafts[k]
    kind = class_of(draft)
    assert kind is not None
    at = draft.run[0]
    statement = context.source_of.get(k)
    within = context.within[at]
    outer, around = None, within
    while outer is None and around >= 0:  # "I think he …": whoever "I" is, is told by the quotation around
        outer, around = context.speakers.get(around), context.parent[around]
    if statement is not None and context.parent[statement] >= 0:
        outer = context.speakers.get(context.parent[statement], outer)
    earlier = _before(context, at, statement)
    order: list[tuple[int, int, bool]] = []  # by row, how far it is in tokens and in sentences, and whether it was last mentioned in a content
    spoke = [context.speakers[s] for s in earlier if s in context.speakers][-2:]
    if statement is not None and within < 0 and page.quote[at] >= 0 and spoke and _opens(page, at):
        outer = spoke[-1]  # a quotation that goes on in a paragraph of its own: its speaker is the last one
    total = sum(counts.get(n, 0) for n in live) or 1
    turn = statement is not None and kind in ("he", "the person")  # persons take turns: what one says does not move the others away
    # In a transcript those who take turns are called by name, or "you".
    turns = set[int]()
    if kind in ("the person", "he", "it", "the body") and within >= 0 and context.block[within]:
        turns = {n for s, n in context.speakers.items() if context.block[s]}
    begin = min(at, context.begins[statement]) if turn and statement is not None else at
    out: list[int] = []
    rows: list[list[float]] = []
    telling = {page.lower[i] for i in modifiers(page, draft)} if draft.noun is not None else set[str]()
    sorts = sorts_of_noun(draft.noun.base, draft.noun.type == "person") if draft.noun is not None else frozenset[str]()
    owned = kind == "the person" and any(x.possessor and x.run[0] >= at and x.run[1] <= draft.head for x in drafts[max(0, k - 2) : k + 6])
    kin = kin_of_nobody(page, draft, drafts[max(0, k - 2) : k + 6], made)
    others = disjoint(page, drafts, k, context)
    beside = alongside(page, drafts, k, context) if kind == "he" else None
    if beside is not None and not any(can_be(kind, draft, made[n]) for n in beside - others):  # "Asked by her why she had left, she said"
        beside = None
    named_inside = [x for x in drafts[max(0, k - 1) : k + 6] if x.how == "name" and draft.run[0] <= x.run[0] < draft.run[1]]
    inside = {x.entity for x in named_inside}
    governs = draft.noun is not None and draft.noun.base in _GOVERNMENTS
    masters = {x.entity for x in named_inside if governs and x.possessor and x.type == "person"}
    countries = [x for x in named_inside if x.entity is not None and made[x.entity].type in ("people", "state", "place")]
    country = {page.lower[i] for x in countries for i in range(*x.run)}
    country |= {"".join(filter(str.isalpha, page.written(x.run).lower())) for x in countries}  # "U.S."
    abroad = foreign(draft, made, live, home(context, made, within)) if not telling else set[int]()
    peoples = peoples_in(page, draft, named_inside) if kind == "the person" else set[str]()
    named_there = named_peoples(made) if peoples else peoples
    holders = _holders(draft, kind, made, live) - abroad
    former = {n for n in holders if any(title.lower().split()[0] in ONCE for title in made[n].titles)} if ONCE & telling else set[int]()
    party = party_in(page, draft.run) if draft.noun is not None and kind == "the person" else None
    seen = by_knowledge = False
    fitting: list[int] = []  # rows of those whose sort fits
    for n in live:
        chain = made[n]
        if n == draft.entity or not can_be(kind, draft, chain):
            continue
        if n in others or (beside is not None and n not in beside) or (not chain.named and chain.described.lower().startswith(_NOBODY)):
            continue
        if holders and draft.noun is not None and n not in holders and chain.named:
            alone, known = draft.noun.base in OF_ONE, draft.noun.base in chain.known.nouns
            if (chain.nouns or alone) and (not known or (draft.noun.base == "president" and ONCE.isdisjoint(telling))):
                continue  # "the mayor" is the one who was called so, not the councillor named since
        if n in abroad:
            continue  # "the president" in the words of an American is not the Ardanian one
        if former and n not in former:
            continue
        if owned and draft.noun is not None and draft.noun.base not in chain.nouns | chain.known.nouns | RELATED:
            continue  # "Holt's pollster" is not whoever else the text is about
        if kin and draft.noun is not None and draft.noun.base not in chain.nouns:
            continue  # "my son", a neighbour's husband: nobody who is not called so
        j = last[n]
        before = drafts[j]
        if before.run[0] <= at < before.run[1] and before.how == "noun":
            continue
        if draft.noun is not None and draft.run[0] <= before.run[0] < draft.run[1]:
            continue  # "Iran's government": its own possessor
        if chain.type == "document" and before.run[1] == at - 1 and page.lower[at - 1] in PREPOSITIONS:
            continue  # "a statement on its website"
        if n in inside:
            continue  # "the senior X adviser" is not X
        if telling and draft.noun is not None and draft.noun.type == "state" and page.words[draft.head][0].isupper() and not _called(chain, telling):
            continue  # "the Islamic Republic" is the one that is called so
        if party is not None and chain.party is not None and chain.party != party:
            continue  # "the Ridge councillor" is not of the Vale party
        if country and (of_another(draft, chain, country) or sits_elsewhere(draft, chain, country) or from_elsewhere(chain, country)):
            continue
        if peoples and titled_elsewhere(chain, peoples, named_there):
            continue
        if draft.noun is not None and draft.entity is not None and _anothers(made, draft.entity, n):
            continue  # "his campaign" is not hers
        if kind == "the body" and draft.noun is not None and draft.noun.base in OF_SEVERAL and not chain.named and _told_apart(page, draft, chain):
            continue  # "the interior ministry" is not "the defence ministry"
        if kind == "the body" and draft.noun is not None and other_portfolio(draft.noun.base, telling, chain):
            continue
        if masters and chain.owner not in masters:
            continue  # "Orlan's government" is not that of another
        if draft.entity is not None and draft.noun is not None and draft.noun.base in OWN_BODIES and _not_owned(made, draft.entity, n):
            continue  # "his office" is no other body
        if turn and statement is not None and context.within[before.run[0]] == statement:  # who says something is not sought in what is said
            j = _outside(context, drafts, chain, j, statement)
            before = drafts[j]
        there = before.run[0]
        sentence, quote, said = page.sentence[there], page.quote[there], context.within[there]
        apart = max(0, page.sentence[begin] - sentence)
        if apart > (_REACH if draft.noun is None else _FAR) and counts[n] < 4 and n not in spoke:
            continue
        subject = _is(drafts, heads[sentence], j)
        own = outer is not None and n == outer
        quoted_self = own and ((page.quote[at] >= 0 and (within < 0 or context.quoted[within])) or (within >= 0 and context.block[within]))
        if quoted_self and kind in ("he", "the person"):
            continue  # in their own words people are "I"
        if n in turns:
            continue
        f = dict.fromkeys(FEATURES, 0.0)
        f[_APART[min(apart, 4)]] = 1.0
        f["log_tokens"] = math.log1p(abs(begin - there))
        f["paragraphs"] = min(4.0, float(page.line[at] - page.line[there]))
        f["subject"] = float(subject)
        f["first_in_sentence"] = float(page.begins[sentence] >= there - 1)
        f["last_speaker"] = float(bool(spoke) and spoke[-1] == n)
        f["speaker_before_that"] = float(len(spoke) > 1 and spoke[-2] == n and spoke[-1] != n)
        f["outer_speaker"] = float(own and not quoted_self)
        f["outer_speaker_quoted"] = float(quoted_self)
        f["own_content"] = float(statement is not None and said == statement)
        f["gender_known"] = float(chain.gender is not None)
        f["named"] = float(chain.named)
        f["mentions"] = math.log1p(counts[n])
        f["share"] = counts[n] / total
        f["last_was_pronoun"] = float(before.how == "pronoun")
        f["same_pronoun"] = float(before.how == "pronoun" and before.pronoun is not None and before.pronoun == draft.pronoun)
        f["possessor"] = float(before.possessor)
        f["after_preposition"] = float(there > 0 and page.lower[there - 1] in PREPOSITIONS)
        f["in_other_quote"] = float(quote >= 0 and quote != page.quote[at])
        f["same_quote"] = float(page.quote[at] >= 0 and quote == page.quote[at])
        f["lead"] = float(page.sentence[drafts[chain.mentions[0]].run[0]] <= 1)
        f["number_fits"] = float(draft.pronoun is not None and chain.number == draft.pronoun.number)
        f["is_body"] = float(chain.type in ("organisation", "state"))
        f["is_people"] = float(chain.type == "people")
        f["in_content_and_out"] = float(said >= 0 and within < 0 and statement is None)
        f["title_role"] = float(bool(chain.titles))
        f["next_sentence_subject"] = float(apart == 1 and subject)
        f["local_subject"] = float(apart == 0 and subject)
        f["pronoun_is_source_and_last_subject"] = float(statement is not None and apart <= 1 and subject)
        if draft.noun is not None:
            match = draft.noun.base in chain.nouns or draft.noun.base.split()[-1] in chain.nouns
            f["noun_match"] = float(match)
            f["other_office"] = float(not match and draft.noun.base in OFFICES and bool(chain.nouns & OFFICES))
            f["known_for"] = float(draft.noun.base in chain.known.nouns)
            f["known_for_there"] = float(draft.noun.base in chain.known.nouns and bool(telling & chain.known.where))
            f["known_unseen"] = float(bool(chain.known.nouns) and not match and draft.noun.base not in chain.known.nouns)
            by_knowledge = by_knowledge or draft.noun.base in chain.known.nouns
            f["noun_match_unnamed"] = float(match and not chain.named)
            if telling:
                described = set(" ".join([*chain.titles, *chain.names, chain.described]).lower().replace("-", " ").split())
                f["modifier_match"] = float(bool(telling & described))
                f["modifier_missing"] = float(bool(telling - described))
                f["same_words"] = float(match and telling <= described)
            else:
                f["same_words"] = float(match and not chain.named)
            seen = seen or match
            if sorts and chain.sorts:
                fits = bool(sorts & chain.sorts)
                f["sort_fits"] = float(fits)
                f["sort_clashes"] = float(not fits)
                f["sort_fits_near"] = float(fits and apart <= 1)
                if fits:
                    fitting.append(len(rows))
        f["is_person"] = float(chain.type == "person")
        f["is_document"] = float(chain.type == "document")
        f["spoken"] = math.log1p(context.spoken[n])
        f["has_members"] = float(bool(chain.members))
        f["members_are_persons"] = float(bool(chain.members) and all(made[m].type == "person" for m in chain.members))
        f["is_state"] = float(chain.type in ("state", "place"))
        f["owned"] = float(chain.owner is not None)
        if kind == "he" and statement is not None:
            f["named_in_own"] = float(n in context.named_in.get(statement, ()))
            f["last_speaker_of_quote"] = float(bool(spoke) and spoke[-1] == n and context.quoted[statement] and context.opens[statement] < at)
            f["in_last_content"] = float(bool(earlier) and n in context.named_in.get(earlier[-1], ()) and context.speakers.get(earlier[-1]) != n)
        f["aside"] = float(j in context.aside)
        order.append((abs(begin - there), apart, said >= 0))
        if kind == "he" and not draft.possessor:  # "Holt left because he was cold. | He | said"
            whose = drafts[subjects[sentence]].entity if subjects[sentence] >= 0 else None
            if apart and whose is not None and made[whose].type == "document" and made[whose].owner == n:
                j = subjects[sentence]  # "Holt's article attacked Venn. | He | calls"
            several = [subjects[sentence], context.tellers.get(sentence, -1) if apart else -1]
            main = j == subjects[sentence] or any(i >= 0 and drafts[i].entity == n for i in several)
        else:
            main = _is(drafts, subjects[sentence], j)
        f["main_subject"] = float(main)
        f["main_subject_one_before"] = float(main and apart == 1)
        f["main_subject_asked"] = float(main and apart <= 1 and statement is not None)
        out.append(n)
        rows.append(list(f.values()))
    if kind == "he" and statement is not None:
        near = [i for i, (_, apart, _) in enumerate(order) if apart <= 1]
        if len(near) == 1:
            rows[near[0]][_AT["alone_near"]] = 1.0
        told = [(away, i) for i, (away, _, said) in enumerate(order) if not said]
        if told:
            rows[min(told)[1]][_AT["nearest_told"]] = 1.0
    if len(fitting) == 1:
        rows[fitting[0]][_AT["sort_fits_alone"]] = 1.0
        if kind == "the person" and sorts & _PROFESSIONS and made[out[fitting[0]]].named:  # "the officer" is the sergeant, not the lawyer named since
            sure = (_AT["noun_match"], _AT["known_for"])
            left = [i for i in range(len(rows)) if i == fitting[0] or not made[out[i]].named or any(rows[i][at] for at in sure)]
            out, rows = [out[i] for i in left], [rows[i] for i in left]
    none = dict.fromkeys(FEATURES, 0.0)
    none["none"] = 1.0
    none["none_is_source"] = float(statement is not None)
    none["none_has_modifiers"] = float(bool(telling))
    none["none_noun_seen"] = float(seen)
    none["none_known"] = float(by_knowledge)
    none["none_sort_seen"] = float(bool(fitting))
    rows.append(list(none.values()))
    return out, np.asarray(rows)


def _is(drafts: Sequence[Draft], first: int, j: int) -> bool:
    """Whether mention *j* is the *first* one, or stands in apposition to it: "Dr Holt, | the surgeon |, was away"."""
    if first == j or first < 0 or j < first or drafts[first].entity is None or drafts[first].entity != drafts[j].entity:
        return first == j
    end = drafts[first].run[1]
    for x in drafts[first + 1 : j + 1]:
        if x.run[0] > end + 1:
            return False
        if x.entity == drafts[j].entity or x.run[1] <= drafts[j].run[1]:
            end = max(end, x.run[1])
    return True


def _opens(page: Page, at: int) -> bool:
    """Whether the quotation around token *at* begins with its line."""
    k = at
    while k > 0 and page.quote[k - 1] == page.quote[at] and page.line[k - 1] == page.line[at]:
        k -= 1
    return k < 2 or page.line[k - 1] != page.line[at] or page.line[k - 2] != page.line[at]


def _outside(context: Context, drafts: Sequence[Draft], chain: Chain, j: int, statement: int) -> int:
    """The last of the mentions of *chain* up to *j* that does not stand in the content of *statement*; j if none of the last few does."""
    for m in reversed(chain.mentions[-_MENTIONS:]):
        if m < j and context.within[drafts[m].run[0]] != statement:
            return m
    return j


def _holders(draft: Draft, kind: str, made: Sequence[Chain], live: Sequence[int]) -> set[int]:
    """Those with names whom the text has called what *draft* says, where that is an office."""
    noun = draft.noun
    if noun is None or kind != "the person" or noun.base not in _HELD:
        return set()
    return {n for n in live if made[n].named and made[n].type == "person" and noun.base in made[n].nouns}


def sole_holder(page: Page, draft: Draft, kind: str, made: Sequence[Chain], live: Sequence[int]) -> int | None:
    """The only one with a name whom the text has called what *draft* says without more: "the mayor"."""
    if draft.noun is None or any(True for _ in modifiers(page, draft)):
        return None
    holders = _holders(draft, kind, made, live)
    return next(iter(holders)) if len(holders) == 1 else None


ONCE = frozenset("former then ex".split())


def _called(chain: Chain, words: set[str]) -> bool:
    """Whether the text calls *chain* by one of *words*."""
    return not words.isdisjoint(" ".join([*chain.titles, *chain.names, chain.described]).lower().replace("-", " ").split())


def _told_apart(page: Page, draft: Draft, chain: Chain) -> bool:
    """Whether plain words before the noun of one body are none of those before the other's."""
    assert draft.noun is not None
    mine = {page.lower[i] for i in modifiers(page, draft) if page.words[i].islower() and i < draft.head}
    theirs = {w for w in re.findall(r"[a-z]{3,}", chain.described) if w != draft.noun.base and w not in ("the", "this", "that", "its", "his", "her")}
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def other_portfolio(base: str, telling: set[str], chain: Chain) -> bool:
    """Whether "the foreign office" is said of a body with a name whose name tells another portfolio: "State Department"."""
    words = {w for name in chain.names for w in name.lower().split()}
    return chain.named and bool(telling) and base in _PORTFOLIOS and not _PORTFOLIOS.isdisjoint(words) and telling.isdisjoint(words)


_PORTFOLIOS = frozenset("ministry department office".split())


def _anothers(made: Sequence[Chain], a: int, b: int) -> bool:
    """Whether two entities belong to different ones that have names."""
    x, y = made[a].owner, made[b].owner
    return x is not None and y is not None and x != y and made[y].named and (made[x].named or made[x].type == "person")


def _not_owned(made: Sequence[Chain], a: int, b: int) -> bool:
    """Whether entity *a* belongs to somebody named, and *b* does not."""
    x = made[a].owner
    return x is not None and made[x].named and made[x].type == "person" and made[b].owner != x


#: What somebody's may be who is called something else by all others.
RELATED: Final = frozenset("opponent rival challenger counterpart successor predecessor nominee wife husband father mother son daughter".split())
_OWN = frozenset(("my", "our", "your"))
_KIN = frozenset("wife husband father mother son daughter brother sister uncle aunt cousin child grandfather grandmother dad mum mom".split())
def kin_of_nobody(page: Page, draft: Draft, near: Sequence[Draft], made: Sequence[Chain]) -> bool:
    """Whether a phrase means the kin of somebody without a name: "my son", "her husband" after "a neighbour said"."""
    if draft.noun is None or draft.noun.base not in _KIN:
        return False
    if page.lower[draft.run[0]] in _OWN:
        return True
    whose = next((x.entity for x in near if x.possessor and draft.run[0] <= x.run[0] and x.run[1] <= draft.head), None)
    return whose is not None and not made[whose].named and made[whose].type == "person"


# How a phrase begins that means nobody by himself.
_NOBODY = ("neither ", "no ", "each ", "every ", "either ", "any ")
def _before(context: Context, at: int, own: int | None) -> list[int]:
    """The last statements before token *at* that stand in no other, without *own*."""
    end = bisect_left(context.tops, (at, -1))
    return [s for _, s in context.tops[max(0, end - 5) : end] if s != own][-4:]


@cache
def _weights() -> dict[str, Floats]:
    loaded = json.loads((files("sayso.mentions") / "antecedents.json").read_text(encoding="utf-8"))
    if tuple(loaded["features"]) != FEATURES:
        raise ValueError("antecedents.json was fitted on other features: run training/antecedents.py again")
    return {kind: np.asarray(row, np.float64) for kind, row in loaded["weights"].items()}


def probabilities(kind: str, source: bool, rows: Floats) -> Floats:
    """Of each entity, and last of none of them; *source*: of a mention that makes a statement."""
    return chances(rows, _weights()[f"{kind}, source" if source else kind])


def chances(rows: Floats, weights: Floats) -> Floats:
    """What *weights* make of the features of each entity, and of none of them: chances that add up to 1."""
    z = rows @ weights
    e = np.exp(z - z.max())
    return np.asarray(e / e.sum())
