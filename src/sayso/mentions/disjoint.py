"""Disjoint reference: whom a mention cannot mean by where it stands in its clause (the binding principles of grammar)."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.mentions.context import Context
from sayso.mentions.page import Page
from sayso.mentions.phrases import Draft

_TELLING = frozenset("told tells asked asks urged assured reminded warned informed advised thanked accused begged called invited".split())
_OBJECTS = frozenset(("him", "her", "them"))
# Words that part two clauses, or a verb from what is no object of it.
_PARTING = frozenset(
    (
        "that who whom which what whether if and or but nor as when while because since after before until than where why how so "
        "said says say saying added adding is was are were be been being became become "
        "around behind with beside near above under over"
    ).split()
)
# Tokens between a subject and what its verb governs; mentions back to which a subject is looked for.
_VERB, _MENTIONS = 4, 6


def disjoint(page: Page, drafts: Sequence[Draft], k: int, context: Context) -> set[int]:
    """The entities that mention *k* cannot mean: those whom its verb speaks to or of, its own subject's, those in whose own words it stands."""
    said = (_told(page, drafts, k), *_named_below(page, drafts, k, context)) if k in context.source_of else ()
    asker = _asker(page, drafts, k) if k in context.source_of or drafts[k].pronoun is not None else None
    return {n for n in (asker, *said, *_governing(page, drafts, k), *_selves(page, drafts, k, context)) if n is not None}


def _told(page: Page, drafts: Sequence[Draft], k: int) -> int | None:
    """Whom the source *k* speaks to, named right behind the verb: "he had told | Holt"; it is nobody else's "he" than theirs."""
    at = next((i for i in range(drafts[k].run[1], min(len(page.words) - 1, drafts[k].run[1] + 4)) if page.lower[i] in _TELLING), None)
    if at is None:
        return None
    return next((x.entity for x in drafts[k + 1 : k + 5] if at < x.run[0] <= at + 2 and x.how == "name" and not x.possessor), None)


_ASKED = frozenset("asked pressed questioned challenged examined cross-examined interviewed quizzed grilled confronted probed prompted".split())


def _asker(page: Page, drafts: Sequence[Draft], k: int) -> int | None:
    """Who asks mention *k* in the same sentence: "Asked by Holt why he had left, he said"; who answers is somebody else."""
    at = drafts[k].run[0]
    begin = max(page.begins[page.sentence[at]], at - 40)
    by = next((i for i in range(at - 2, begin, -1) if page.lower[i] == "by" and page.lower[i - 1] in _ASKED), None)
    around = [x for x in drafts[max(0, k - 20) : k] if by is not None and not x.possessor and x.run[0] <= by + 2 and x.run[1] > by + 1]
    return around[0].entity if around else None


# Mentions of what somebody says among which those are looked for whom it names.
_BELOW = 30


def _named_below(page: Page, drafts: Sequence[Draft], k: int, context: Context) -> list[int]:
    """Those named in what "he" is then reported to say: "He said | Holt | had lied" (Principle C)."""
    d = drafts[k]
    if d.pronoun is None or d.pronoun.gender is None or page.quote[d.run[0]] >= 0:
        return []
    own = context.source_of[k]
    out = []
    for x in drafts[k + 1 : k + _BELOW]:
        if page.sentence[x.run[0]] != page.sentence[d.run[0]]:
            break
        if x.how == "name" and x.type == "person" and x.entity is not None and page.quote[x.run[0]] < 0 and context.within[x.run[0]] == own:
            out.append(x.entity)
    return out


def _governing(page: Page, drafts: Sequence[Draft], k: int) -> list[int]:
    """The subjects of the verb that governs mention *k*: "Holt told | him", "Holt got | the chairman | to resign"."""
    d = drafts[k]
    if d.possessor or (d.pronoun is not None and page.lower[d.run[0]] not in _OBJECTS):
        return []
    at = d.run[0]
    out = []
    for x in reversed(drafts[max(0, k - _MENTIONS) : k]):
        if x.run[1] >= at or x.entity is None or x.possessor or x.adjective or page.sentence[x.run[0]] != page.sentence[at]:
            continue
        between = range(x.run[1], at)
        if len(between) <= _VERB and all(page.words[i].isalpha() and page.words[i].islower() and page.lower[i] not in _PARTING for i in between):
            out.append(x.entity)
    return out


def _selves(page: Page, drafts: Sequence[Draft], k: int, context: Context) -> list[int]:
    """Those in whose own words mention *k* stands, however deep: in them people are "I"."""
    d = drafts[k]
    at = d.run[0]
    if page.quote[at] < 0 or (d.pronoun is not None and d.pronoun.gender is None):
        return []
    own = context.source_of.get(k)
    around = context.within[at] if own is None else context.parent[own]
    out = []
    while around >= 0:
        if context.quoted[around] and around in context.speakers:
            out.append(context.speakers[around])
        around = context.parent[around]
    return out


# Mentions back to which those of one sentence are looked for: cost stays linear.
_BACK = 60


def alongside(page: Page, drafts: Sequence[Draft], k: int, context: Context) -> set[int] | None:
    """The entities named so far in the sentence of pronoun *k*, where one of them is called by a pronoun of its gender there, else None.

    "He said … his": two pronouns of one sentence hardly ever mean two persons of whom the sentence does not name the second.
    """
    d = drafts[k]
    at = d.run[0]
    here: set[int] = set()
    called = False
    for j in range(k - 1, max(-1, k - _BACK), -1):
        x = drafts[j]
        if page.sentence[x.run[0]] != page.sentence[at]:
            break
        if x.entity is None or x.run[0] >= at:
            continue
        here.add(x.entity)
        same = x.pronoun is not None and d.pronoun is not None and x.pronoun.gender == d.pronoun.gender
        called = called or (same and j not in context.doubtful and page.quote[x.run[0]] == page.quote[at])
    return here if called else None
