"""Addressees: whom those mean who are spoken to or of in the very clause that speaks ("told the jury that they", "“He lies,” she said of X")."""

from __future__ import annotations

from bisect import bisect_left

from sayso.mentions.work import Work

_TOLD = frozenset("told tells telling urged urges ordered instructed reminded assured warned advised informed".split())
# Between a verb of saying and whom it is said of; tokens within which he is named behind the quotation.
_OF, _WITHIN = frozenset(("of", "about")), 4
_SAID = frozenset("said says added wrote tweeted remarked declared".split())


def same_it(work: Work, k: int) -> int | None:
    """Which body "it" is that says what it does itself: "Velmora said | it | would wait"."""
    page, d, context = work.page, work.drafts[k], work.context
    at = d.run[0]
    s = context.within[at]
    if page.lower[at] != "it" or s < 0 or context.opens[s] not in (at, at - 1) or page.quote[at] >= 0:
        return None
    if at + 2 >= len(page.words) or context.within[at + 2] != s or page.sentence[at + 2] != page.sentence[at]:
        return None  # "Velmora denies it"
    if context.opens[s] == at - 1 and page.lower[at - 1] != "that":
        return None
    who = context.speakers.get(s)
    body = who is not None and work.made[who].type in ("organisation", "state") and work.made[who].number == "singular"
    return who if body else None


def goes_on(work: Work, k: int) -> int | None:
    """What the sentence before tells of, where "it" says something next: "The report named nobody. | It | said that …"."""
    page, d = work.page, work.drafts[k]
    at = d.run[0]
    here = page.sentence[at]
    if k not in work.context.source_of or page.words[at] != "It" or page.begins[here] != at or here == 0 or page.quote[at] >= 0:
        return None
    j = work.subject[here - 1]
    if j < 0 or page.line[work.drafts[j].run[0]] != page.line[at] or page.quote[work.drafts[j].run[0]] >= 0 or work.drafts[j].possessor:
        return None
    who = work.drafts[j].entity
    return who if who is not None and work.made[who].type == "document" and work.made[who].number == "singular" else None


def told_of(work: Work, k: int) -> int | None:
    """Whom pronoun *k* means where its clause tells: several who are told that "they" …, or of whom somebody says what is quoted before."""
    d = work.drafts[k]
    if d.pronoun is None or d.pronoun.person != 3 or d.pronoun.relative:
        return None
    if d.pronoun.number == "plural":
        return _told_they(work, k)
    if d.pronoun.gender is None:
        return None
    rules = (_said_of, _client, _goes_on, _conceded)
    return next((n for rule in rules if (n := rule(work, k)) is not None), None)


def _told_they(work: Work, k: int) -> int | None:
    """Those who are told that "they" do something: "told the jury that | they | should"."""
    page, d = work.page, work.drafts[k]
    at = d.run[0]
    if page.lower[at] != "they":
        return None
    end = at - 1 if page.lower[at - 1] == "that" else at
    for x in reversed(work.drafts[max(0, k - 4) : k]):
        if x.run[1] == end and x.entity is not None and not x.possessor and page.lower[x.run[0] - 1] in _TOLD:
            chain = work.made[x.entity]
            return x.entity if chain.number == "plural" or chain.type in ("organisation", "people", "state") else None
    return None


# Mentions between a source and the pronoun with which the sentence goes on.
_BETWEEN = 40


def _goes_on(work: Work, k: int) -> int | None:
    """Who goes on in the same sentence: "Holt said, and | he | urged", where nobody else is named after the verb."""
    page, context, made, d = work.page, work.context, work.made, work.drafts[k]
    at = d.run[0]
    if page.lower[at] not in ("he", "she") or page.quote[at] >= 0 or at < 2 or page.lower[at - 1] not in ("and", "but"):
        return None
    end = bisect_left(context.tops, (at, -1))
    for token, s in reversed(context.tops[max(0, end - 3) : end]):
        if page.sentence[token] != page.sentence[at] or context.within[at] == s or len(work.heads[s]) != 1:
            continue
        x = work.drafts[work.heads[s][0]]
        if x.run[0] >= at or k - work.heads[s][0] > _BETWEEN or x.entity is None:
            return None
        if made[x.entity].type != "person" or made[x.entity].number != "singular":
            return None
        after = (y for y in work.drafts[work.heads[s][0] + 1 : k] if y.run[0] > token and y.type == "person")
        between = [y for y in after if y.entity not in (None, x.entity)]
        gender = made[x.entity].gender
        return x.entity if not between and d.pronoun is not None and gender in (None, d.pronoun.gender) else None
    return None


# Words with which a clause begins that stands before the main one, tokens that it may have, and mentions in it.
_THOUGH, _CLAUSE, _IN_CLAUSE = frozenset("though although while as when if since because".split()), 30, 12


def _conceded(work: Work, k: int) -> int | None:
    """Who is the subject of the clause before the main one, and the only person in it: "Though Ann Holt was away, | she | said"."""
    page, made, d = work.page, work.made, work.drafts[k]
    at = d.run[0]
    begin = page.begins[page.sentence[at]]
    if page.lower[at] not in ("he", "she") or page.quote[at] >= 0 or not 3 < at - begin <= _CLAUSE or page.words[at - 1] != ",":
        return None
    if page.lower[begin] not in _THOUGH or sum(page.words[i] == "," for i in range(begin, at)) > 1:
        return None
    inside = [x for x in work.drafts[max(0, k - _IN_CLAUSE) : k] if begin < x.run[0] and x.type == "person" and x.entity is not None]
    first = next((x for x in inside if x.how == "name"), None)
    if first is None or first.possessor or first.entity is None or page.quote[first.run[0]] >= 0 or {x.entity for x in inside} != {first.entity}:
        return None
    if any(page.words[i].islower() and page.words[i].isalpha() for i in range(begin + 1, first.run[0])):
        return None
    gender = made[first.entity].gender
    return first.entity if made[first.entity].type == "person" and d.pronoun is not None and gender in (None, d.pronoun.gender) else None


_SPEAK_FOR = frozenset("spokesman spokeswoman spokesperson lawyer attorney solicitor barrister agent publicist representative aide".split())


def _client(work: Work, k: int) -> int | None:
    """For whom somebody without a name speaks who says what "he" did: "Holt was absent; his lawyer said | he | was ill"."""
    page, context, made, d = work.page, work.context, work.made, work.drafts[k]
    at = d.run[0]
    s = context.within[at] if k not in context.source_of else context.parent[context.source_of[k]]
    if s < 0 or page.lower[at] not in ("he", "she") or page.quote[at] >= 0 or not 0 <= at - context.opens[s] <= 1:
        return None
    if len(work.heads[s]) != 1:
        return None
    source = work.drafts[work.heads[s][0]]
    if source.noun is None or source.noun.base not in _SPEAK_FOR or source.entity is None or made[source.entity].named or source.run[1] > at:
        return None
    owner = made[source.entity].owner
    if owner is None:
        first = work.subject[page.sentence[at]]
        begins = source.run[0] if first < 0 else work.drafts[first].run[0]
        owner = work.drafts[first].entity if begins < source.run[0] and work.drafts[first].how == "name" else None
    if owner is None or made[owner].type != "person" or made[owner].number != "singular":
        return None
    return owner if d.pronoun is not None and made[owner].gender in (None, d.pronoun.gender) else None


def _said_of(work: Work, k: int) -> int | None:
    """Of whom somebody says what is quoted, named behind it: "“| He | believes in deals,” she said of Holt"."""
    page, context, d = work.page, work.context, work.drafts[k]
    at = d.run[0]
    s = context.within[at]
    while s >= 0 and context.parent[s] >= 0 and page.quote[at] >= 0 and not context.quoted[s]:
        s = context.parent[s]
    if s < 0 or not context.quoted[s] or page.quote[at] < 0 or at - context.opens[s] > 2:
        return None
    end = next((i for i in range(at, len(page.words)) if page.quote[i] != page.quote[at]), len(page.words))
    if page.sentence[min(end, len(page.words) - 1)] > page.sentence[at] + 1:
        return None
    verb = next((i for i in range(end, min(len(page.words) - 2, end + 8)) if page.lower[i] in _SAID and page.lower[i + 1] in _OF), None)
    if verb is None or page.line[verb] != page.line[at]:
        return None
    who = next((x for x in work.drafts[k + 1 : k + 40] if verb + 1 < x.run[0] <= verb + _WITHIN and x.how == "name"), None)
    if who is None or who.possessor or who.adjective or who.entity is None or work.made[who.entity].type != "person":
        return None
    gender = work.made[who.entity].gender
    return who.entity if d.pronoun is not None and gender in (None, d.pronoun.gender) else None
