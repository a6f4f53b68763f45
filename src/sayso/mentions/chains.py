"""Chains: which names and noun phrases of a text mean one entity, before any pronoun is looked at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sayso.mentions.lexicon import (
    HONORIFICS,
    POSTNOMINALS,
    SHORT,
    SUFFIXES,
    UNKNOWN,
    Known,
    gender_of_surname,
    given_names,
    known,
    nouns,
    sorts_of_name,
    sorts_of_noun,
)
from sayso.mentions.mention import Entity, Gender, Number, Type
from sayso.mentions.page import Page
from sayso.mentions.phrases import DEFINITE, DETERMINERS, Draft, holder, honorific

_FORMER = re.compile(r"(?i)^(?:the|a|an|his|her|its|their|our)\s+")
_CALLED = frozenset(("named", "called"))
_COPULA = frozenset(("is", "was", "became", "remains"))
# Of more people who share a surname only the first are weighed, and of longer names only so many words compared: cost stays linear.
_NAMESAKES = 20
_PARTS = 8


@dataclass
class Chain:
    """An entity while its mentions are gathered (numbers of drafts, in the order of the text)."""

    type: Type
    named: bool
    definite: bool
    number: Number
    gender: Gender | None = None
    mentions: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    nouns: set[str] = field(default_factory=set)  # head nouns of its titles and descriptions
    sorts: frozenset[str] = frozenset()  # of person or body, as far as names and nouns tell
    described: str = ""
    members: tuple[int, ...] = ()
    owner: int | None = None
    known: Known = UNKNOWN

    def sort_out(self) -> None:
        """Take the sorts that its names and nouns tell."""
        if self.type == "person":
            self.sorts = frozenset().union(*(sorts_of_noun(noun, True) for noun in self.nouns))
            self.known = self._known()
        elif self.type in ("state", "place"):
            self.sorts = frozenset(("state",))
        elif self.named:
            self.sorts = frozenset().union(*map(sorts_of_name, self.names))
            if not self.sorts:
                self.sorts = frozenset().union(*(sorts_of_noun(noun, False) for noun in self.nouns))
        else:
            self.sorts = frozenset().union(*(sorts_of_noun(noun, False) for noun in self.nouns))

    def _known(self) -> Known:
        """What is known of who has its name, the fullest first."""
        for name in sorted(self.names, key=lambda n: (-len(n), n)):
            key = name_key(name)
            if key and (found := known().get((key[0], key[-1]) if len(key) > 1 else key)) is not None:
                return found
            if len(key) > 1:
                break  # somebody else of that surname
        return UNKNOWN

    def entity(self) -> Entity:
        full = max(self.names, key=lambda n: (len(n.split()), not n.isupper(), self.names[n], n), default=self.described)
        shouted = self.type == "person" and full.isupper() and " " in full  # as transcripts print them
        return Entity(
            full.title().replace("’S", "’s").replace("'S", "'s") if shouted else full,
            self.type,
            self.named,
            self.definite,
            self.number,
            self.gender,
            tuple(t for t, _ in self.titles.most_common(6)),
            tuple(sorted(n for n in self.names if n != full)),
            self.members,
            self.owner,
        )


def coordinations(page: Page, names: Sequence[Draft]) -> list[Draft]:
    """Drafts for "X and Y" and "X, Y and Z", where all are persons' names or all are others."""
    out: list[Draft] = []
    by_first = {d.run[0]: d for d in names}
    taken = -1
    for d in names:
        if d.run[0] < taken or d.possessor or d.adjective:
            continue
        end, count, closed = _past_party(page, d.run[1]), 1, False
        while end + 1 < len(page.words) and page.line[end] == page.line[d.run[0]] and not closed:
            at = end
            if page.words[at] == ",":
                at += 1
            closed = page.lower[at] in ("and", "&")
            if closed:
                at += 1
                if at < len(page.words) and page.lower[at] == "the":
                    at += 1
            following = by_first.get(at)
            if following is None and d.type == "person":
                at = _past_titles(page, at)
                following = by_first.get(at)
            if d.type == "person" and (following is None or following.type != "person"):
                at = _past_office(page, at, by_first)
                following = by_first.get(at)
            if following is None or at == end or page.line[at] != page.line[d.run[0]] or following.type != d.type or following.adjective:
                closed = False
                break
            end, count = _past_party(page, following.run[1]), count + 1
        if closed and count > 1 and not page.possessive(end):
            out.append(Draft((d.run[0], end), end - 1, "name", "people", "plural", None, whole=True))
        taken = end  # a list that comes to nothing does so from its middle, too
    return out


_TITLES = 6  # tokens before a name that can say what somebody is


def _past_titles(page: Page, at: int) -> int:
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
def _past_office(page: Page, at: int, by_first: dict[int, Draft]) -> int:
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


_BEFORE_TITLES = frozenset(". former then u.s us state vice deputy republican democratic foreign prime defense defence".split())


def _past_party(page: Page, at: int) -> int:
    """Behind a short bracket at token *at*: "(R-Ohio)"."""
    if at < len(page.words) and page.words[at] == "(":
        for i in range(at + 1, min(len(page.words), at + 7)):
            if page.words[i] == ")":
                return i + 1
    return at


def _groups(drafts: Sequence[Draft], made: list[Chain], page: Page) -> None:
    """Chains of coordinations, one for each set of members."""
    known: dict[tuple[int, ...], int] = {}
    for k, d in enumerate(drafts):
        if not d.whole:
            continue
        members = tuple(
            x.entity
            for x in drafts[max(0, k - 2) : k + 30]
            if not x.whole and x.how == "name" and d.run[0] <= x.run[0] and x.run[1] <= d.run[1] and x.entity is not None
        )
        if members and made[members[0]].type == "person":  # "X and Harbour Committee Chairman Y"
            members = tuple(m for m in members if made[m].type == "person")
        key = tuple(sorted(set(members)))
        if len(key) < 2:
            continue
        if key not in known:
            known[key] = len(made)
            made.append(Chain("people", True, True, "plural", described=page.written(d.run), members=key))
        made[known[key]].names[page.written(d.run)] += 1
        _add(made[known[key]], k, d, known[key])


def chains(page: Page, drafts: Sequence[Draft]) -> list[Chain]:
    """Chains of the names and noun phrases among *drafts* (in the order of the text); sets each one's entity."""
    made: list[Chain] = []
    _persons(page, drafts, made)
    _bodies(page, drafts, made)
    _groups(drafts, made, page)
    _titles(page, drafts, made)
    _short_titles(page, drafts, made)
    _seats(page, drafts, made)
    _descriptions(page, drafts, made)
    _named_later(page, drafts, made)
    for chain in made:
        chain.mentions.sort()
        chain.sort_out()
    return made


def name_key(name: str) -> tuple[str, ...]:
    """Words of a person's name without initials, suffixes and marks, in lower case."""
    name = name.replace("’", "'")
    words = [w.strip(".,'’\"“”").lower() for w in re.split(r"[\s]+", re.sub(r"[“\"‘(].*?[”\"’)]", " ", name))]
    kept = [w for w in words if w and w not in SUFFIXES]
    inner = [w for k, w in enumerate(kept) if k in (0, len(kept) - 1) or len(w.rstrip(".")) > 1]
    return tuple(inner)


def _add(chain: Chain, k: int, draft: Draft, number: int) -> None:
    chain.mentions.append(k)
    draft.entity = number


def _persons(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    people = [(k, d) for k, d in enumerate(drafts) if d.how == "name" and d.type == "person" and not d.whole]
    full: dict[tuple[str, ...], int] = {}
    alike = _Alike()
    by_part: dict[str, dict[int, None]] = defaultdict(dict)
    by_first: dict[str, dict[int, None]] = defaultdict(dict)
    for _, d in people:
        key = name_key(page.written(d.run))
        if len(key) < 2 or key in full:
            continue
        same = alike.find(key)
        if same is None:
            same = len(made)
            made.append(Chain("person", True, True, "singular", given_names().get(key[0]), described=page.written(d.run)))
            alike.add(key, same)
        full[key] = same
        by_first[key[0]][same] = None
        for part in _surnames(key):
            by_part[part][same] = None
    single: dict[str, int] = {}
    latest: set[int] = set()
    reigning: dict[tuple[str, Gender | None], int] = {}
    fullest: dict[int, int] = {}  # the token at which one was last named in full
    lately: dict[str, int] = {}  # by surname, who was last named in full
    ages: dict[int, bool] = {}  # whether the younger of two, by "his son, X"
    for k, d in people:
        written = page.written(d.run)
        key = name_key(written)
        gender = honorific(page, d.run[0])
        if key in full:
            n = full[key]
        else:
            word = " ".join(key)
            if _reigns(page, d.run[0]):  # "King X" is nobody's surname
                if (word, gender) not in reigning:
                    reigning[word, gender] = len(made)
                    by_part[word][len(made)] = None
                    made.append(Chain("person", True, True, "singular", gender, described=written))
                fitting = [reigning[word, gender]]
            else:
                fitting = [*islice(by_part.get(word) or by_first.get(word) or (), _NAMESAKES), *([lately[word]] if word in lately else ())]
            fitting = [c for c in fitting if gender is None or made[c].gender in (None, gender)]
            if fitting:
                n = _namesake(page, drafts, k, fitting, made, latest, fullest, ages)
            elif word in single and (gender is None or made[single[word]].gender in (None, gender)):
                n = single[word]
            else:
                n = len(made)
                made.append(Chain("person", True, True, "singular", gender_of_surname(word), described=written))
                single[word] = n
        if gender is not None:
            made[n].gender = gender
        latest.add(n)
        if len(key) > 1:
            fullest[n] = d.run[0]
            lately.update(dict.fromkeys(_surnames(key), n))
            if (younger := _kin_before(page, d.run[0])) is not None:
                ages[n] = younger
        made[n].names[written] += 1
        _add(made[n], k, d, n)


def _namesake(
    page: Page,
    drafts: Sequence[Draft],
    k: int,
    fitting: Sequence[int],
    made: Sequence[Chain],
    latest: set[int],
    fullest: dict[int, int],
    ages: dict[int, bool],
) -> int:
    """Whom a surname alone means, of those who share it: the one introduced first, unless another was just named in full.

    "The younger X" is whom "his son, X" named; and a pronoun of the same sentence tells against one just named.
    """
    at = drafts[k].run[0]
    first = max(fitting, key=lambda c: (c in latest, -c))
    just = [c for c in fitting if c in latest and c in fullest and page.sentence[at] - page.sentence[fullest[c]] <= 1]
    n = min(just, default=first)
    if len(fitting) > 1 and (younger := _YOUNGER.get(page.lower[at - 1] if at else "")) is not None:
        sure = [c for c in fitting if ages.get(c) is younger]
        left = [c for c in fitting if c in latest and ages.get(c) is not (not younger)]
        return min(sure, default=min(left, default=n)) if sure or len(left) < len(fitting) else n
    if n != first and made[first].gender is not None and made[n].gender not in (None, made[first].gender):
        told = _gender_after(page, drafts, k)
        if told is not None and told == made[first].gender:
            return first
    return n


_YOUNGER = {"younger": True, "elder": False, "older": False}
_KIN = {
    **dict.fromkeys(("son", "daughter", "grandson", "granddaughter", "stepson", "stepdaughter", "nephew", "niece"), True),
    **dict.fromkeys(("father", "mother", "grandfather", "grandmother", "stepfather", "stepmother", "uncle", "aunt"), False),
}
# Mentions after a surname among which a pronoun of its sentence is looked for.
_AFTER = 7


def _kin_before(page: Page, at: int) -> bool | None:
    """Whether who is named at token *at* is told there to be of the younger generation: "his son, X", "her mother X"."""
    k = at - 1
    if k > 0 and page.words[k] == ",":
        k -= 1
    return _KIN.get(page.lower[k]) if k >= 0 and page.line[k] == page.line[at] else None


def _gender_after(page: Page, drafts: Sequence[Draft], k: int) -> Gender | None:
    """The gender of the first pronoun after draft *k* in its sentence, if nobody else is named before it."""
    here = page.sentence[drafts[k].run[0]]
    for x in drafts[k + 1 : k + 1 + _AFTER]:
        if page.sentence[x.run[0]] != here or (x.how == "name" and x.type == "person"):
            return None
        if x.pronoun is not None and x.pronoun.gender is not None:
            return x.pronoun.gender
    return None


_SEAT = re.compile(r" ?[(,] ?(?:D|R|I|Democrat|Republican) ?[-–—] ?(?:[A-Z]{2}|[A-Z][a-z]+\.?(?: [A-Z][a-z]+\.?)?)[),]")
_CONGRESS = "member of the United States Congress"
_OF = frozenset(("of", "for", "on"))
_REIGNS = frozenset("king queen pope prince princess emperor empress emir sultan".split())


def _reigns(page: Page, at: int) -> bool:
    """Whether the word before token *at* makes a single name the one that somebody reigns under."""
    return at > 0 and page.lower[at - 1] in _REIGNS and page.words[at - 1][0].isupper()


def _surnames(key: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which a person with the full name *key* may be called: each but the first, and the last two together."""
    return (*key[1:], " ".join(key[-2:])) if len(key) > 2 else key[1:]


class _Alike:
    """Full names so far, and which of them can be one person's: with one last part, the first of one stands in the other; initials count."""

    def __init__(self) -> None:
        self._holding: dict[tuple[str, str], int] = {}  # by last part and any part
        self._first: dict[tuple[str, str], int] = {}  # by last part and first part
        self._initial: dict[tuple[str, str], int] = {}  # by last part and initial of the first

    def add(self, key: tuple[str, ...], number: int) -> None:
        last, first = key[-1], key[0]
        for part in key:
            self._holding.setdefault((last, part), number)
        self._first.setdefault((last, first), number)
        self._initial.setdefault((last, first[0]), number)

    def find(self, key: tuple[str, ...]) -> int | None:
        """The earliest one."""
        last, first = key[-1], key[0]
        found = [self._holding.get((last, first)), self._first.get((last, first[0])), *(self._first.get((last, part)) for part in key)]
        if len(first) == 1:
            found.append(self._initial.get((last, first)))
        return min((n for n in found if n is not None), default=None)


def _bodies(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Names of all other kinds: by their words; an abbreviation with what it abbreviates, a part with its whole."""
    groups: dict[tuple[str, str], int] = {}
    others = [(k, d) for k, d in enumerate(drafts) if d.how == "name" and d.type != "person" and not d.whole]
    initials: dict[str, int] = {}
    parts: dict[tuple[str, ...], int] = {}
    for k, d in sorted(others, key=lambda x: (-len(page.written(x[1].run)), x[0])):  # the longest first
        written = page.written(d.run)
        words = tuple(re.findall(r"[\w&]+", written.lower()))
        kind = "body" if d.type in ("organisation", "other") else "people" if d.type == "people" else "place"
        joined = "".join(words)
        n = groups.get((kind, joined))
        if n is None and kind == "body":
            if (len(words) == 1 or len(joined) == len(words)) and written.replace(".", "").isupper() and len(joined) > 1:
                n = initials.get(joined)
            elif words:
                n = parts.get(words)
        if n is None:
            n = len(made)
            made.append(Chain(d.type, True, True, d.number or "singular", described=written))
            if kind == "body" and len(words) > 1:
                for length in range(1, min(len(words), _PARTS)):
                    parts.setdefault(words[-length:], n)
                    if length > 1 or "company" in sorts_of_noun(words[-1], False):  # "Orvane Holdings" is Orvane, "House Committee" not House
                        parts.setdefault(words[:length], n)
                initials.setdefault("".join(w[0] for w in words if w not in ("of", "the", "and", "for", "on", "in")), n)
        groups[kind, joined] = n
        made[n].names[written] += 1
        if words and kind == "body":
            made[n].nouns.add(words[-1])
            made[n].nouns.update(words[i - 1] for i in range(1, len(words)) if words[i] in _OF)  # "the Institute of X" is an institute
        _add(made[n], k, d, n)


def _titles(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Noun phrases that stand beside the name of whom they describe: "the minister, X", "X, the minister", "X is the minister"."""
    by_first = {d.run[0]: (k, d) for k, d in enumerate(drafts) if d.how == "name" and not d.whole}
    by_last = {d.run[1]: (k, d) for k, d in enumerate(drafts) if d.how == "name" and not d.whole}
    names = {at: d for at, (_, d) in by_first.items()}
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
        one = d.definite or page.lower[begin] in ("a", "an", "another", "one")
        if found is None and end < len(page.words) and page.words[end] == "," and d.noun.type == "person" and d.number == "singular" and one:
            found = by_first.get(end + 1) or by_first.get(_past_ranks(page, end + 1))
            if found is not None and (not _closed(page, found[1].run[1]) or (not d.definite and _listed(page, found[1].run[1]))):
                found = None
        if found is None and page.words[end : end + 1] == [","] and d.noun.type == "organisation" and d.number == "singular" and d.definite:
            found = by_first.get(end + 1)  # "the manufacturer, X, said"
            if found is not None and (page.words[found[1].run[1] : found[1].run[1] + 1] != [","] or _listed(page, found[1].run[1])):
                found = None
        if found is None and d.noun.type == "person" and d.number == "singular" and d.definite and (comma := _past_what(page, end)) is not None:
            found = by_first.get(comma + 1) or by_first.get(_past_ranks(page, comma + 1))
            if found is not None and not _closed(page, found[1].run[1]):
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
            title = _FORMER.sub("", page.written(d.run))
            if d.noun.type == "person":
                chain.titles[title] += 1
                chain.nouns.add(d.noun.base)
                if d.gender is not None and chain.gender is None:
                    chain.gender = d.gender
            else:
                chain.nouns.add(d.noun.base)
            _add(chain, k, d, found[1].entity)


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


def _seats(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Members of the Congress of the United States, as reports tell them by party and state: "Rep. X (D-Ohio)"."""
    for d in drafts:
        if d.how == "name" and d.type == "person" and d.entity is not None and not d.whole and _SEAT.match(page.text, page.span(d.run)[1]):
            made[d.entity].titles[_CONGRESS] += 1


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


def _leads_in(page: Page, name: int, end: int) -> bool:
    """Whether a sentence begins with a preposition and the name at token *name*, and goes on: "According to X, the committee said"."""
    at = name - 1 - (page.lower[name - 1] == "the" if name else 0)
    if at < 0 or page.lower[at] not in _LEADS or (end < len(page.words) and page.words[end] == ","):
        return False
    return page.begins[page.sentence[at]] in (at, at - 1 if page.lower[at - 1] == "according" else at)


def _listed(page: Page, at: int) -> bool:
    """Whether "and" or "or" follows soon behind the comma at token *at*: a list, and no apposition."""
    return any(word in ("and", "or") for word in page.lower[at + 1 : at + 5])


def _closed(page: Page, at: int) -> bool:
    while at < len(page.words) and page.words[at] in POSTNOMINALS:
        at += 1
    return at >= len(page.words) or page.words[at] in ",.;:)—–" or page.line[at] != page.line[at - 1] or not page.words[at][0].isupper()


def _descriptions(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """A chain for each other noun phrase; which of them take up somebody spoken of before is settled with the pronouns."""
    named_before = {name: n for n, chain in enumerate(made) if chain.named for name in chain.names}
    where = {i for d in drafts if d.how == "name" and d.type in ("state", "place", "people") for i in range(*d.run)}
    for k, d in enumerate(drafts):
        if d.noun is None or d.entity is not None:
            continue
        bare = _FORMER.sub("", page.written(d.run))
        if bare in named_before and page.words[d.head][0].isupper():  # a name that was not tagged as one here
            _add(made[named_before[bare]], k, d, named_before[bare])
            continue
        named = (
            d.noun.type == "organisation"
            and (
                (page.words[d.head][0].isupper() and d.run[1] - d.run[0] > 1 and not _only_short(page, d))
                or (d.head > d.run[0] and page.words[d.head - 1][0].isupper() and page.words[d.head - 1].isalpha())
            )
            and (d.number != "plural" or page.lower[d.head] in _COLLECTIVE)
            and page.lower[d.head - 1] not in DEFINITE
            and page.lower[d.head - 1] not in DETERMINERS
            and not (page.words[d.head].islower() and _told_where(page, d, where))
        )
        chain = Chain(d.type, named, d.definite, d.number or "singular", d.gender, described=bare if named else page.written(d.run))
        if named:
            chain.names[bare] += 1
        chain.nouns.add(d.noun.base)
        made.append(chain)
        _add(chain, k, d, len(made) - 1)


# Plurals that are one body of their state.
_COLLECTIVE = frozenset("police authorities forces".split())


def _only_short(page: Page, d: Draft) -> bool:
    """Whether a phrase has no capitals but those of its head, which is written short, and of where a sentence begins: "a super PAC"."""
    opening = page.begins[page.sentence[d.run[0]]]
    if page.words[d.head].isupper() and page.lower[d.run[0]] in ("a", "an"):
        return True
    return page.words[d.head].isupper() and not any(page.words[i][0].isupper() for i in range(*d.run) if i != d.head and i != opening)


def _told_where(page: Page, d: Draft, where: set[int]) -> bool:
    """Whether the capitals of a phrase only tell where the body is ("a Velmora newspaper"), and it is no part of a state."""
    assert d.noun is not None
    if sorts_of_noun(d.noun.base, False) & _OF_STATES or d.noun.base in _OF_PARTIES:
        return False
    capital = [i for i in range(d.run[0], d.head) if page.words[i][0].isupper() and page.lower[i] not in DETERMINERS]
    return bool(capital) and all(i in where for i in capital)


_OF_STATES = frozenset("government parliament military court police ministry agency committee state party office".split())
_OF_PARTIES = frozenset("campaign administration delegation team".split())


def _named_later(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """Carries a name back to the only description that it can explain: "A spokesman for the port warned … the spokesman, X, said"."""
    before: dict[str, list[int]] = defaultdict(list)  # by head noun, the descriptions so far of persons not named
    for k, d in enumerate(drafts):
        if d.how != "noun" or d.noun is None or d.noun.type != "person" or d.number != "singular" or d.entity is None:
            continue
        chain = made[d.entity]
        if not chain.named:
            before[d.noun.base].append(k)
            continue
        earlier = before.pop(d.noun.base, [])
        if not earlier or page.lower[d.run[0]] != "the" or chain.type != "person" or chain.mentions[0] < k:
            continue
        first, *others = earlier
        telling = {page.lower[i] for i in modifiers(page, d)}
        if telling - {page.lower[i] for i in range(*drafts[first].run)} or any(modifiers(page, drafts[j]) or not drafts[j].definite for j in others):
            continue
        for j in earlier:
            old = drafts[j].entity
            assert old is not None
            made[old].mentions.remove(j)
            _add(chain, j, drafts[j], d.entity)
        chain.titles[_FORMER.sub("", page.written(drafts[first].run))] += 1


def modifiers(page: Page, d: Draft) -> list[int]:
    """Tokens of a noun phrase that tell which one is meant: all but its head, articles and possessives."""
    assert d.noun is not None
    head = d.noun.base.replace("-", " ").split()
    return [
        i
        for i in range(*d.run)
        if i != d.head
        and page.lower[i] not in DEFINITE
        and page.lower[i] not in DETERMINERS
        and page.lower[i] not in head
        and page.words[i].isalnum()
        and page.lower[i] != "s"
    ]


def entities(made: Iterable[Chain]) -> tuple[Entity, ...]:
    """The chains as the entities of a reading."""
    return tuple(chain.entity() for chain in made)
