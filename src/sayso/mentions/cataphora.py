"""Cataphora: bodies and persons that a text names only after it has spoken of them ("the committee … the Select Committee on X")."""

from __future__ import annotations

from collections import defaultdict

from sayso.mentions.lexicon import HONORIFICS, SHORT, sorts_of_noun
from sayso.mentions.phrases import Draft, modifiers
from sayso.mentions.states import OF_ONE
from sayso.mentions.work import Work


def named_after_all(work: Work) -> None:
    """Gives the only name that a later part of the text has for them to those who took up nobody as "the committee"."""
    made, drafts, page = work.made, work.drafts, work.page
    named: dict[tuple[str, str], list[int]] = defaultdict(list)  # by type and head noun
    for n, chain in enumerate(made):
        if chain.named and chain.mentions and chain.number == "singular" and chain.type in ("person", "organisation"):
            for noun in chain.nouns:
                named[chain.type, noun].append(n)
    for k, d in enumerate(drafts):
        if d.noun is None or d.entity is None or d.number != "singular" or page.lower[d.run[0]] != "the":
            continue
        old = made[d.entity]
        if old.named or old.owner is not None or old.members or old.type not in ("person", "organisation") or old.mentions[:1] != [k]:
            continue
        several = named.get((old.type, d.noun.base), [])
        before = len(several) == 1 and made[several[0]].mentions[0] < old.mentions[0]
        if len(several) != 1 or (before and not _long_ago(work, k)):
            continue
        chain = made[several[0]]
        held = {d.noun.base, f"crown {d.noun.base}"} if before else {f"crown {d.noun.base}"}
        if any(c.named and c.mentions and c is not chain and held & c.known.nouns for c in made):
            continue
        told = {page.lower[i] for i in modifiers(page, d)}
        if told - set(" ".join([*chain.names, *chain.titles]).lower().replace("-", " ").split()):
            continue
        take_over(work, d.entity, several[0])


def _long_ago(work: Work, k: int) -> bool:
    """Whether mention *k* takes up the only one with a name who can be meant, however long ago it was named: "the president"."""
    d = work.drafts[k]
    return d.noun is not None and d.noun.base in OF_ONE and d.run[1] - d.run[0] == 2 and work.page.quote[d.run[0]] < 0


# Sentences at the top in which a body is brought in that is named soon after, within so many more.
_TOP, _SOON = 2, 8


def bodies_named_after_all(work: Work) -> None:
    """Gives bodies that the top of a text brings in without a name that of the only one of their sort named soon after: "A super PAC … Orlan PAC"."""
    made, drafts, page = work.made, work.drafts, work.page
    firsts = {n: page.sentence[drafts[c.mentions[0]].run[0]] for n, c in enumerate(made) if c.mentions}
    for n, old in enumerate(made):
        if old.named or old.type != "organisation" or old.number != "singular" or old.members or n not in firsts or firsts[n] > _TOP:
            continue
        d = drafts[old.mentions[0]]
        if d.noun is None or d.noun.type != "organisation" or page.lower[d.run[0]] in _KNOWN:
            continue
        if old.owner is not None and made[old.owner].type not in ("state", "place"):
            continue
        sorts = sorts_of_noun(d.noun.base, False)
        soon = [m for m in firsts if made[m].named and made[m].type == "organisation" and firsts[n] <= firsts[m] <= firsts[n] + _SOON]
        alike = [m for m in soon if made[m].sorts & sorts]
        if len(alike) == 1 and made[alike[0]].mentions[0] > old.mentions[0]:
            take_over(work, n, alike[0])


_KNOWN = frozenset("the this that his her its their our another other each every no".split())
_ASKED = frozenset("asked pressed questioned quizzed challenged".split())
_FAR = 30  # tokens between what somebody is asked and his name


def asked_of(work: Work, k: int) -> int | None:
    """Whom "he" means in what somebody is asked, where that comes first: "Asked whether he had paid, | Holt | shook his head"."""
    page, d = work.page, work.drafts[k]
    at = d.run[0]
    begin = page.begins[page.sentence[at]]
    if page.lower[begin] not in _ASKED or d.pronoun is None or d.pronoun.person != 3 or d.pronoun.number != "singular" or page.lower[at] == "it":
        return None
    comma = next((i for i in range(begin + 1, min(len(page.words), begin + _FAR)) if page.words[i] == ","), None)
    if comma is None or comma < at or page.sentence[comma] != page.sentence[at]:
        return None
    who = next((x for x in work.drafts[k + 1 : k + 12] if x.run[0] > comma and x.type == "person" and x.how == "name" and not x.whole), None)
    if who is None or who.entity is None or who.possessor or who.run[0] - comma > 4 or page.sentence[who.run[0]] != page.sentence[at]:
        return None
    gender = work.made[who.entity].gender
    return who.entity if gender is None or d.pronoun.gender is None or gender == d.pronoun.gender else None


# Words that begin what stands before its subject, and tokens within which its comma comes.
_FRONTED = frozenset("in for at during after before with despite on since throughout until following as by from like unlike under".split())
_COMMA, _DOING = 14, 9


def fronted(work: Work, k: int) -> int | None:
    """Whom "his" means before its subject: "Hours before his departure, | Mr. Holt | spoke", "After saying he would go, | Holt | stayed"."""
    page, d = work.page, work.drafts[k]
    at = d.run[0]
    begin = page.begins[page.sentence[at]]
    doing = page.lower[begin] in _FRONTED and page.lower[begin + 1 : begin + 2] and page.lower[begin + 1].endswith("ing")
    if d.pronoun is None or d.pronoun.gender is None or page.quote[at] >= 0 or at - begin > (_DOING if doing else 6):
        return None
    if not d.possessor and not (doing and page.lower[at] in ("he", "she")):
        return None
    if not _FRONTED & set(page.lower[begin:at]) or any(x.entity is not None and x.type == "person" for x in _of_sentence(work, k, begin)):
        return None
    comma = next((i for i in range(at + 1, min(len(page.words), begin + _COMMA + (_DOING if doing else 0))) if page.words[i] in ",;:“\""), None)
    if comma is None or page.words[comma] != "," or page.sentence[comma] != page.sentence[at]:
        return None
    who = next((x for x in work.drafts[k + 1 : k + 8] if x.run[0] > comma), None)
    while who is not None and who.how != "name" and who.noun is not None and who.noun.type == "person" and who.run[1] < len(page.words):
        who = next((x for x in work.drafts[k + 1 : k + 12] if x.how == "name" and x.run[0] == who.run[1]), None)  # "Senator | Holt"
    if who is None or who.how != "name" or who.type != "person" or who.whole or who.possessor or who.entity is None:
        return None
    if any(page.lower[i] not in HONORIFICS and page.lower[i] not in SHORT and page.words[i] != "." for i in range(comma + 1, who.run[0])):
        return None
    gender = work.made[who.entity].gender
    return who.entity if gender in (None, d.pronoun.gender) else None


def _of_sentence(work: Work, k: int, begin: int) -> list[Draft]:
    """The mentions of the sentence that begins at token *begin*, before mention *k*."""
    return [x for x in work.drafts[max(0, k - 8) : k] if x.run[0] >= begin]


def take_over(work: Work, old: int, new: int) -> None:
    """Make all that entity *old* is and owns the entity *new*'s."""
    for k in work.made[old].mentions:
        work.drafts[k].entity = new
    work.made[new].mentions = sorted({*work.made[new].mentions, *work.made[old].mentions})
    work.made[old].mentions = []
    for chain in work.made:
        if chain.owner == old:
            chain.owner = new
    for s, who in work.context.speakers.items():
        if who == old:
            work.context.speakers[s] = new
