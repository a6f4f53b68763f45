"""Chains: which names and noun phrases of a text mean one entity, before any pronoun is looked at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from sayso.mentions.chain import Chain, name_key
from sayso.mentions.coordinations import groups
from sayso.mentions.lexicon import gender_of_surname, given_names, known, nouns, sorts_of_noun
from sayso.mentions.mention import Entity, Gender
from sayso.mentions.page import Page
from sayso.mentions.phrases import DEFINITE, DETERMINERS, Draft, bare, honorific, modifiers
from sayso.mentions.titles import entitle

# Of more people who share a surname only the first are weighed, and of longer names only so many words compared: cost stays linear.
_NAMESAKES = 20
_PARTS = 8


def chains(page: Page, drafts: Sequence[Draft]) -> list[Chain]:
    """Chains of the names and noun phrases among *drafts* (in the order of the text); sets each one's entity."""
    made: list[Chain] = []
    _persons(page, drafts, made)
    _bodies(page, drafts, made)
    groups(drafts, made, page)
    entitle(page, drafts, made)
    _descriptions(page, drafts, made)
    _named_later(page, drafts, made)
    for chain in made:
        chain.mentions.sort()
        chain.sort_out()
    return made


def _persons(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    people = [(k, d) for k, d in enumerate(drafts) if d.how == "name" and d.type == "person" and not d.whole]
    full: dict[tuple[str, ...], int] = {}
    alike = _Alike()
    by_part: dict[str, dict[int, None]] = defaultdict(dict)
    by_first: dict[str, dict[int, None]] = defaultdict(dict)
    by_initials: dict[str, dict[int, None]] = defaultdict(dict)
    joined = _joined(page, people)
    for k, d in people:
        key = joined.get(k) or name_key(page.written(d.run))
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
        if len(key) > 2:
            by_initials["".join(w[0] for w in key)][same] = None
    single: dict[str, int] = {}
    latest: set[int] = set()
    reigning: dict[tuple[str, Gender | None], int] = {}
    fullest: dict[int, int] = {}  # the token at which one was last named in full
    lately: dict[str, int] = {}  # by surname, who was last named in full
    ages: dict[int, bool] = {}  # whether the younger of two, by "his son, X"
    for k, d in people:
        written = page.written(d.run)
        key = joined.get(k) or name_key(written)
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
                initials = by_initials.get(word, ()) if written[-1:].isupper() else ()  # "KBT" is Karim bin Tarrow
                fitting = [*islice(by_part.get(word) or by_first.get(word) or initials, _NAMESAKES), *([lately[word]] if word in lately else ())]
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
        if len(key) > 1 or _reigns(page, d.run[0]):
            fullest[n] = d.run[0]
            lately.update(dict.fromkeys(_surnames(key) if len(key) > 1 else key, n))
            if (younger := _kin_before(page, d.run[0])) is not None:
                ages[n] = younger
        made[n].names[written] += 1
        if k in joined:
            made[n].names[f"{written} {joined[k][-1].title()}"] += 0
        made[n].add(k, d, n)


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
    if (by_office := _in_office(page, at, fitting, made)) is not None:
        return by_office
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


def _in_office(page: Page, at: int, fitting: Sequence[int], made: Sequence[Chain]) -> int | None:
    """The only one of those who share a surname who is known to have held the office before it: "Secretary X", "President X"."""
    office = page.lower[at - 1] if at and page.words[at - 1][0].isupper() and page.line[at - 1] == page.line[at] else ""
    noun = nouns().get((office,))
    if len(fitting) < 2 or noun is None or noun.type != "person":
        return None
    held = [c for c in fitting for key in [name_key(made[c].described)] if _held(key) & {office, f"{office} of state"}]
    return held[0] if len(held) == 1 else None


def _held(key: tuple[str, ...]) -> frozenset[str]:
    """The nouns by which somebody of that full name is known."""
    found = known().get((key[0], key[-1])) if len(key) > 1 else None
    return frozenset() if found is None else found.nouns


def _joined(page: Page, people: Sequence[tuple[int, Draft]]) -> dict[int, tuple[str, ...]]:
    """The full names of those who share the surname that follows: "Ann | and Peter Holt" is Ann Holt, if no other surname is told of her."""
    firsts = {key[0]: key[-1] for _, d in people if len(key := name_key(page.written(d.run))) > 1}
    out: dict[int, tuple[str, ...]] = {}
    for (k, d), (_, after) in pairwise(people):
        a, b = d.run
        key = name_key(page.written(after.run))
        if b - a != 1 or page.lower[b : b + 1] not in (["and"], ["&"]) or after.run[0] != b + 1 or len(key) != 2 or key[0] not in given_names():
            continue
        first = page.lower[a]
        alone = honorific(page, a) is None and (a == 0 or page.words[a - 1] != "." or page.sentence[a - 1] != page.sentence[a])
        if first in given_names() and first != key[0] and alone and firsts.get(first, key[-1]) == key[-1]:
            out[k] = (first, key[-1])
    return out


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


_OF = frozenset(("of", "for", "on"))
_REIGNS = frozenset("king queen pope prince princess emperor empress emir sultan".split())


def _reigns(page: Page, at: int) -> bool:
    """Whether the word before token *at* makes a single name the one that somebody reigns under."""
    return at > 0 and page.lower[at - 1] in _REIGNS and page.words[at - 1][0].isupper()


def _surnames(key: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which a person with the full name *key* may be called: each but the first, and the last two together."""
    if len(key) > 2 and key[-2] in _SONS:
        return (*key[1:-1], " ".join(key[-2:]))
    return (*key[1:], " ".join(key[-2:])) if len(key) > 2 else key[1:]


# Between a name and the father's: who has it goes by both words, or by his own.
_SONS = frozenset("bin bint ibn".split())


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
        made[n].add(k, d, n)


def _descriptions(page: Page, drafts: Sequence[Draft], made: list[Chain]) -> None:
    """A chain for each other noun phrase; which of them take up somebody spoken of before is settled with the pronouns."""
    named_before = {name: n for n, chain in enumerate(made) if chain.named for name in chain.names}
    where = {i for d in drafts if d.how == "name" and d.type in ("state", "place", "people") for i in range(*d.run)}
    for k, d in enumerate(drafts):
        if d.noun is None or d.entity is not None:
            continue
        called = bare(page.written(d.run))
        one = d.type == "person" and d.number == "singular" and called in named_before and made[named_before[called]].type == "people"
        if called in named_before and page.words[d.head][0].isupper() and not one:  # a name that was not tagged as one here; "the Republican" is none
            made[named_before[called]].add(k, d, named_before[called])
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
        chain = Chain(d.type, named, d.definite, d.number or "singular", d.gender, described=called if named else page.written(d.run))
        if named:
            chain.names[called] += 1
        chain.nouns.add(d.noun.base)
        made.append(chain)
        chain.add(k, d, len(made) - 1)


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
            chain.add(j, drafts[j], d.entity)
        chain.titles[bare(page.written(drafts[first].run))] += 1


def entities(made: Iterable[Chain]) -> tuple[Entity, ...]:
    """The chains as the entities of a reading."""
    return tuple(chain.entity() for chain in made)
