"""Titles: what stands beside a name and tells who it is ("the minister, X", "X, the minister", "Texas Gov. X", "Rep. X (D-Ohio)")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sayso.mentions.chain import Chain
from sayso.mentions.lexicon import HONORIFICS, POSTNOMINALS, SHORT, nouns
from sayso.mentions.page import Page, Run
from sayso.mentions.phrases import DETERMINERS, PREPOSITIONS, Draft, bare, holder

_CALLED = frozenset(("named", "called"))
_COPULA = frozenset(("is", "was", "became", "remains"))
# Offices that go by one word of theirs alone.
_SHORTENED = {
    "crown prince": "prince", "prime minister": "minister", "first minister": "minister", "deputy prime minister": "minister",
    "press secretary": "secretary", "general secretary": "secretary",
}  # fmt: skip
# Articles of who is named only behind what he is: "a spokeswoman, X, said".
_INDEFINITE = frozenset(("a", "an", "another", "one"))


def entitle(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Give the chains of names the titles that stand beside them, and make those phrases their mentions."""
    _titles(page, drafts, made)
    _short_titles(page, drafts, made)
    _seats(page, drafts, made)
    _parties(page, drafts, made)


def _titles(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Noun phrases that stand beside the name of whom they describe: "the minister, X", "X, the minister", "X is the minister"."""
    by_first = {d.run[0]: (k, d) for k, d in enumerate(drafts) if d.how == "name" and not d.whole}
    by_last = {d.run[1]: (k, d) for k, d in enumerate(drafts) if d.how == "name" and not d.whole}
    names = {at: d for at, (_, d) in by_first.items()}
    roles = (d for d in drafts if d.how == "noun" and d.type == "person" and d.number == "singular")
    entitled = {d.run[0]: by_first[d.run[1]] for d in roles if d.run[1] in by_first}  # "one voter, | the clerk Ann Holt |, said"
    for k, d in enumerate(drafts):
        if d.how != "noun" or d.noun is None or d.noun.type not in ("person", "organisation", "document", "state"):
            continue
        end, begin = d.run[1], d.run[0]
        found = by_first.get(end)
        if found is None and end < len(page.words) and page.words[end] == "The" and d.noun.type == "organisation":  # "the newspaper The X"
            found = by_first.get(end + 1)
        if found is None and end < len(page.words) and page.lower[end] in _CALLED:
            found = by_first.get(end + 1)
        if found is None and d.noun.type == "person" and d.number == "singular":  # "his adviser Lt. Gen. X"
            found = by_first.get(_past_ranks(page, end))
        if found is None and d.noun.type == "person" and d.number == "singular" and (d.definite or page.lower[begin] in _INDEFINITE):
            comma = end if page.words[end : end + 1] == [","] else _past_what(page, end)
            told = comma is None
            comma = _past_clause(page, end) if comma is None else comma
            found = None if comma is None else by_first.get(comma + 1) or by_first.get(_past_ranks(page, comma + 1)) or entitled.get(comma + 1)
            behind = found[1].run[1] if found is not None else end
            if found is not None and (not _closed(page, behind) or ((told or not d.definite) and not _apposed(page, begin, behind))):
                found = None
        if found is None and page.words[end : end + 1] == [","] and d.noun.type == "organisation" and d.number == "singular" and d.definite:
            found = by_first.get(end + 1)  # "the manufacturer, X, said"
            if found is not None and (page.words[found[1].run[1] : found[1].run[1] + 1] != [","] or _listed(page, found[1].run[1])):
                found = None
        if found is None and d.noun.type == "organisation" and d.number == "singular" and (comma := _past_clause(page, end)) is not None:
            found = by_first.get(comma + 1)  # "a union backing X, the Y Union, said"
            if found is not None and (page.words[found[1].run[1] : found[1].run[1] + 1] != [","] or _listed(page, found[1].run[1])):
                found = None
        if found is None and d.noun.type == "person" and d.number == "singular" and (whose := holder(page, d.head, names)) is not None:
            found = by_first[whose.run[0]]
        fits = found is not None and page.line[found[1].run[0]] == page.line[begin] and _same_type(found[1], d)
        if not fits and begin > 1 and page.words[begin - 1] == ",":
            found = by_last.get(begin - 1)
            fits = (
                found is not None
                and _same_type(found[1], d)
                and d.number == "singular"
                and (d.definite or page.lower[begin] in DETERMINERS or begin == d.head or d.noun.type == "person")
                and page.line[found[1].run[0]] == page.line[begin]
                and not _leads_in(page, found[1].run[0], end)
            )
        if not fits and begin > 1 and page.lower[begin - 1] in _COPULA:
            found = by_last.get(begin - 1)
            fits = found is not None and _same_type(found[1], d) and d.number == "singular"
        if fits and found is not None and found[1].entity is not None and (d.noun.type == "person" or found[0] != k):
            chain = made[found[1].entity]
            title = bare(page.written(d.run))
            if d.noun.type == "person":
                chain.titles[title] += 1
                chain.nouns.add(d.noun.base)
                if d.noun.base in _SHORTENED:
                    chain.nouns.add(_SHORTENED[d.noun.base])
                if d.gender is not None and chain.gender is None:
                    chain.gender = d.gender
            else:
                chain.nouns.add(d.noun.base)
            chain.add(k, d, found[1].entity)


def _short_titles(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Offices written short before a name: "Texas Gov. X" """
    in_name = {i for d in drafts if d.how == "name" for i in range(*d.run)}
    for d in drafts:
        if d.how != "name" or d.type != "person" or d.entity is None or d.whole:
            continue
        k = d.run[0] - 1
        if k > 0 and page.words[k] == ".":
            k -= 1
        if k < 0 or page.line[k] != page.line[d.run[0]] or page.lower[k] not in SHORT or not page.words[k][0].isupper():
            continue
        begin = k
        while (
            begin > 0
            and k - begin < 3
            and page.words[begin - 1][0].isupper()
            and page.line[begin - 1] == page.line[k]
            and (begin - 1 in in_name or page.begins[page.sentence[begin]] != begin - 1)
        ):
            begin -= 1
        chain = made[d.entity]
        chain.titles[" ".join([*page.words[begin:k], SHORT[page.lower[k]]])] += 1
        chain.nouns.add(SHORT[page.lower[k]])


_SEAT = re.compile(r" ?[(,] ?(?:D|R|I|Democrat|Republican) ?[-–—] ?([A-Z]{2}|[A-Z][a-z]+\.?(?: [A-Z][a-z]+\.?)?)[),.]")
_CONGRESS = "member of the United States Congress"


def _seats(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Members of the Congress of the United States, as reports tell them by party and state: "Rep. X (D-Ohio)"."""
    for d in drafts:
        if d.how != "name" or d.type != "person" or d.entity is None or d.whole or (seat := _SEAT.match(page.text, page.span(d.run)[1])) is None:
            continue
        made[d.entity].titles[_CONGRESS] += 1
        made[d.entity].nouns.add("lawmaker")
        made[d.entity].seat = seat[1]


# Parties by the words that tell of who belongs to them, told apart within one state only.
_PARTIES = {
    "republican": "republican", "gop": "republican", "r": "republican", "democrat": "democrat", "democratic": "democrat", "d": "democrat",
    "labour": "labour", "lab": "labour", "conservative": "conservative", "con": "conservative", "tory": "conservative", "ukip": "ukip",
    "libertarian": "libertarian", "green": "green", "snp": "snp", "bjp": "bjp", "fidesz": "fidesz", "likud": "likud",
}  # fmt: skip
# What goes before a name, and how far behind it in an apposition.
_BEFORE, _BEHIND = 6, 9


def party_in(page: Page, run: Run) -> str | None:
    """The only party that the words of a phrase name: "the Labour councillor", "the California Republican"."""
    return _only(_PARTIES[page.lower[i]] for i in range(*run) if len(page.words[i]) > 2 and page.lower[i] in _PARTIES and not page.words[i].islower())


def _only(found: Iterable[str]) -> str | None:
    several = set(found)
    return several.pop() if len(several) == 1 else None


def _parties(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """The parties of persons, where they stand beside their names: "Republican Sen. X", "X (D-Ohio)", "X, a Minnesota Democrat"; two make none."""
    told: dict[int, set[str]] = {}
    for d in drafts:
        if d.how != "name" or d.type != "person" or d.entity is None or d.whole:
            continue
        a, b = d.run
        if a and page.line[a - 1] == page.line[a]:
            begin = a
            while begin and a - begin < _BEFORE and page.line[begin - 1] == page.line[a] and _titular(page, begin - 1):
                begin -= 1
            before = party_in(page, (begin, a)) if begin < a else None
            if before is not None:
                told.setdefault(d.entity, set()).add(before)
        if b + 1 < len(page.words) and page.line[b] == page.line[a] and page.words[b] in "(,":
            end = next((i for i in range(b + 1, min(len(page.words), b + _BEHIND)) if page.words[i] in "),.;" or page.lower[i] in _VERBS_AFTER), b)
            if page.words[b] == "(" or page.lower[b + 1] in ("a", "an", "the") or page.lower[b + 1] in _PARTIES:
                bracket = (_PARTIES[page.lower[i]] for i in range(b + 1, min(end, b + 2)) if page.lower[i] in _PARTIES and page.words[i][0].isupper())
                behind = _only(bracket) or party_in(page, (b + 1, max(b + 1, end)))
                if behind is not None:
                    told.setdefault(d.entity, set()).add(behind)
    for n, parties in told.items():
        made[n].party = _only(parties)


def _titular(page: Page, at: int) -> bool:
    """Whether token *at* can stand between a party and the name of who belongs to it: "Democratic | Sen. | X"."""
    word = page.lower[at]
    noun = nouns().get((word,))
    return word in _PARTIES or word in SHORT or word in _BEFORE_TITLES or (noun is not None and noun.type == "person" and noun.number == "singular")


def _same_type(name: Draft, phrase: Draft) -> bool:
    assert phrase.noun is not None
    if phrase.noun.type == "person":
        return name.type == "person" and not phrase.possessor
    if phrase.noun.type == "state":
        return name.type in ("state", "place")
    if phrase.noun.type == "document" and phrase.noun.base not in _OUTLETS:
        return name.type == "other"
    return name.type in ("organisation", "other")


# Documents that are bodies as well.
_OUTLETS = frozenset("blog site website newsletter podcast show column".split())
_LEADS = frozenset("to for like unlike with in at by from on against among behind beside besides".split())


_WHEN = frozenset("after before during following despite ahead under over since".split())


def _leads_in(page: Page, name: int, end: int) -> bool:
    """Whether a sentence begins with a preposition and the name at token *name*, and goes on: "According to X, the committee said"."""
    begin = page.begins[page.sentence[name]]
    goes_on = end < len(page.words) and page.words[end].isalpha() and page.words[end].islower() and page.lower[end] not in ("and", "or")
    if goes_on and page.lower[begin] in _LEADS | _WHEN and not any(page.words[i] in ",;:“" for i in range(begin, name)):
        return True  # "In a post after a meeting with X, the president said"
    at = name - 1 - (page.lower[name - 1] == "the" if name else 0)
    if at < 0 or page.lower[at] not in _LEADS or (end < len(page.words) and page.lower[end] in (",", "and", "of", "who")):
        return False
    return page.begins[page.sentence[at]] in (at, at - 1 if page.lower[at - 1] == "according" else at)


def _listed(page: Page, at: int) -> bool:
    """Whether "and" or "or" follows soon behind the comma at token *at*: a list, and no apposition."""
    return any(word in ("and", "or") for word in page.lower[at + 1 : at + 5])


def _apposed(page: Page, begin: int, end: int) -> bool:
    """Whether a name that ends at *end* is set between commas behind "a teacher" at *begin*: not "a teacher, X, and Y", "to a source, X said"."""
    following = page.lower[end : end + 2]
    if not following or following[0] not in (",", "(", "of", "from") or "and" in following or "or" in following:
        return False
    return begin == 0 or page.lower[begin - 1] not in _LEADS


def _closed(page: Page, at: int) -> bool:
    while at < len(page.words) and page.words[at] in POSTNOMINALS:
        at += 1
    return at >= len(page.words) or page.words[at] in ",.;:)—–" or page.line[at] != page.line[at - 1] or not page.words[at][0].isupper()


_TITLES = 6  # tokens before a name that can say what somebody is


def past_titles(page: Page, at: int) -> int:
    """Behind the words from token *at* on that only say what somebody is: "former Gov.", "Senator"."""
    for i in range(at, min(len(page.words), at + _TITLES)):
        word = page.lower[i]
        noun = nouns().get((word,))
        if word not in SHORT and word not in HONORIFICS and word not in _BEFORE_TITLES and (noun is None or noun.type != "person"):
            return i
    return at


def _past_what(page: Page, at: int) -> int | None:
    """The comma behind what somebody is the head or the like of, from token *at* on: "the head | of the harbour union, X"."""
    if at >= len(page.words) or page.lower[at] not in ("of", "for", "at"):
        return None
    for i in range(at + 1, min(len(page.words), at + _WHAT)):
        if page.line[i] != page.line[at] or page.lower[i] in _VERBS_AFTER or page.words[i] in ".;:()“”\"—":
            return None
        if page.words[i] == ",":
            return i
    return None


def _past_clause(page: Page, at: int) -> int | None:
    """The comma behind what somebody does, from token *at* on: "one pastor | supporting Holt, X, said", "another | who left, X of Y, said"."""
    if at >= len(page.words) or not (page.lower[at] in ("who", "that") or (page.lower[at].endswith("ing") and page.words[at].islower())):
        return None
    for i in range(at + 1, min(len(page.words), at + _CLAUSE)):
        if page.sentence[i] != page.sentence[at] or page.words[i] in ";:()“”\"—":
            return None
        if page.words[i] == ",":
            return i
    return None


_CLAUSE = 16
# Tokens within which that comma comes, and words that come before none.
_WHAT = 9
_VERBS_AFTER = frozenset("is was are were has have had will would said says who which that and or but told".split())


def _past_ranks(page: Page, at: int) -> int:
    """Behind the ranks and titles written short from token *at* on: "Lt. Gen.", "Vice Adm.", "retired Col."."""
    i, seen = at, False
    while i < min(len(page.words), at + _TITLES) and page.line[i] == page.line[at]:
        noun = nouns().get((page.lower[i],)) if page.words[i].istitle() else None
        office = noun is not None and noun.type == "person" and noun.number == "singular"
        short = page.lower[i] in SHORT or page.lower[i] in _RANKS or page.lower[i] in ("dr", "prof") or office
        if not short and not (page.words[i] == "." and seen) and not (page.lower[i] in _BEFORE_RANKS and not seen):
            break
        seen = seen or short
        i += 1
    return i if seen else at


_BEFORE_RANKS = frozenset("retired former then army navy vice rear".split())
_RANKS = frozenset("brig cmdr cpl pvt cpt lieutenant general colonel captain major sergeant admiral commander brigadier corporal".split())
def past_office(page: Page, at: int, by_first: dict[int, Draft]) -> int:
    """Where the name begins that an office with capitals from token *at* on stands before: "Harbour Committee Chairman | X"."""
    for i in range(at, min(len(page.words), at + _TITLES)):
        name = by_first.get(i)
        if i > at and name is not None and name.type == "person":
            noun = nouns().get((page.lower[i - 1],))
            short = page.lower[i - 1] in SHORT or (page.words[i - 1] == "." and page.lower[i - 2] in SHORT)
            return i if short or (noun is not None and noun.type == "person" and noun.number == "singular") else at
        if page.line[i] != page.line[at] or not (page.words[i][0].isupper() or page.words[i] in ".-" or page.lower[i] in _BEFORE_TITLES):
            break
    return at


def past_role(page: Page, at: int, by_first: dict[int, Draft]) -> int:
    """Where the name begins that a role from token *at* on stands before: "national security adviser | X", "Secretary of State | X"."""
    told = False
    for i in range(at, min(len(page.words), at + _TITLES + 1)):
        name = by_first.get(i)
        if name is not None and name.type == "person":
            return i if told and page.lower[i - 1] not in _WITHIN_ROLES else at
        noun = nouns().get((page.lower[i],))
        told = told or (noun is not None and noun.type == "person" and noun.number == "singular")
        plain = page.words[i].replace("-", "").isalpha() and page.lower[i] not in _NOT_IN_ROLES
        if page.line[i] != page.line[at] or not plain or (page.lower[i] in PREPOSITIONS and page.lower[i] not in _WITHIN_ROLES):
            break
    return at


_WITHIN_ROLES = frozenset("of for the".split())
_NOT_IN_ROLES = frozenset(
    "and but or who whom whose which that his her their its my our your is are was were has have had be said says told including like such under "
    "during since as among within".split()
)
_BEFORE_TITLES = frozenset(". former then u.s us state vice deputy republican democratic foreign prime defense defence".split())


def past_party(page: Page, at: int) -> int:
    """Behind a short bracket at token *at*: "(R-Ohio)"."""
    if at < len(page.words) and page.words[at] == "(":
        for i in range(at + 1, min(len(page.words), at + 7)):
            if page.words[i] == ")":
                return i + 1
    return at
