"""Noun phrases and pronouns: mentions that name without a name ("the Russian foreign minister", "critics", "he")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.attribution.lemmas import lemma
from sayso.attribution.lexicon import known_cue
from sayso.language.tokens import MARK
from sayso.mentions.lexicon import GENERIC, HONORIFICS, PRONOUNS, SHORT, Noun, Pronoun, first_words, nouns
from sayso.mentions.mention import Gender, How, Number, Type
from sayso.mentions.page import Page, Run

DETERMINERS = frozenset(
    "the a an this that these those some any no every each another several many few most all both other one two three four five six seven "
    "eight nine ten dozens hundreds thousands".split()
)
PREPOSITIONS = frozenset("of in on at by to from for with about against over after before between into toward towards near like than".split())
POSSESSIVES = frozenset("his her its their our my your whose".split())
DEFINITE = frozenset("the this that these those his her its their our my your both".split())
# Words that no noun phrase goes over from its head to the left.
_STOPS = frozenset(
    (
        "of in on at by to from for with about as than after before since until during under over between among against into through without within "
        "is are was were be been being has have had do does did will would can could should may might must and or but nor so yet if when while "
        "because although though that which who whom what where how why whether he she it they we i you him them us me not n't there then "
        "said says say told tell called according including like via per also only even just still again ever never both either"
    ).split()
)
_LONGEST = 9
# After its head a phrase may go on with "of the …", "for …".
_LINKS = frozenset("of for at in".split())
# A lexical noun before one of these kinds of word is a whole head; before another noun it would only describe it.
_AFTER = _STOPS | frozenset(
    (
        "the a an his her its their our my your this these those such s ' ’ too later earlier late early last next "
        "yesterday today monday tuesday wednesday thursday "
        "friday saturday sunday "
        "up out off down back away further then now once soon twice repeatedly often always himself herself themselves itself"
    ).split()
)


@dataclass
class Draft:
    """A mention while it is sorted: where it stands, and what its words tell of whom it names."""

    run: Run
    head: int
    how: How
    type: Type
    number: Number | None
    gender: Gender | None
    noun: Noun | None = None
    pronoun: Pronoun | None = None
    definite: bool = True
    possessor: bool = False  # "Iran's", "his": stands before what it has
    adjective: bool = False  # "Russian" before a noun
    whole: bool = False  # a coordination of names, beside the names themselves
    entity: int | None = None


def phrases(page: Page, names: Sequence[Draft]) -> list[Draft]:
    """Noun phrases of *page* with a head that names an actor; *names* are taken in as modifiers, never as heads."""
    lexicon = nouns()
    in_name = {i: d for d in names for i in range(*d.run)}
    out: list[Draft] = []
    i, n = 0, len(page.words)
    while i < n:
        length, noun = _head(page, i, lexicon)
        if noun is None or (i in in_name and not _only_title(page, i, in_name[i])):
            i += 1
            continue
        end = i + length
        if not _stands_alone(page, end, in_name):
            i += 1
            continue
        begin = _left(page, i, in_name)
        named = begin + 1 in in_name and (in_name[begin + 1].type == "people" or in_name[begin + 1].possessor)
        if page.lower[begin] == "that" and (noun.number == "plural" or named) and begin < i:
            begin += 1  # "polls show that voters …", "said that Orlan's government …"
        if begin and noun.number == "plural" and page.lower[begin - 1] == "both" and page.line[begin - 1] == page.line[i]:
            begin -= 1
        if noun.number == "plural" and page.lower[begin] == "that" and begin < i:
            begin += 1  # "found that two doctors"
        lead = page.lower[begin]
        if noun.base == "guard" and noun.number == "singular" and page.lower[i - 1] in _GUARDED and lead not in _ONE:
            noun = Noun(f"{page.lower[i - 1]} guard", "organisation", "singular", None)  # "Velmora's river guard"
        modified = begin < i and (
            begin in in_name or page.words[begin][0].isupper() or lead in DETERMINERS or lead in POSSESSIVES or page.possessive(begin + 1)
        )
        if noun.number == "singular" and not modified and not _bare_title(page, i, end, in_name):
            i += 1
            continue
        if noun.type == "state" and lead not in DEFINITE:
            i += 1
            continue
        definite = (
            lead in DEFINITE
            or any(page.possessive(k) for k in range(begin, i))
            or (begin in in_name and noun.number == "singular")
            or (begin == i and page.words[i][0].isupper() and not page.tokens[i].after_break and i != page.begins[page.sentence[i]])
        )
        number: Number = (
            "singular" if noun.number == "singular" and lead not in ("these", "those", "several", "many", "few", "two", "three") else "plural"
        )
        out.append(
            Draft(
                (begin, _right(page, end, in_name, noun.type == "document")),
                end - 1,
                "noun",
                noun.type,
                number,
                noun.gender,
                noun,
                definite=definite,
                possessor=page.possessive(end),
            )
        )
        i = end
    return out


# What a body watches over that is called a guard, and what begins a phrase that means one of its men.
_GUARDED = frozenset("river border frontier coast coastal palace presidential republican national civil home state royal revolutionary".split())
_ONE = frozenset("a an one another every each".split())


def _head(page: Page, at: int, lexicon: dict[tuple[str, ...], Noun]) -> tuple[int, Noun | None]:
    """The longest noun of the lexicon that begins at *at*, as (tokens, noun)."""
    if page.tokens[at].shape == MARK or page.lower[at] not in first_words():
        return 0, None
    key: list[str] = []
    best: tuple[int, Noun | None] = (0, None)
    k = at
    while k < len(page.words) and len(key) < 4 and page.line[k] == page.line[at]:
        if page.tokens[k].shape == MARK:
            if page.words[k] == "-" and key:
                k += 1
                continue
            break
        key.append(page.lower[k])
        k += 1
        noun = lexicon.get(tuple(key))
        if noun is not None:
            best = (k - at, noun)
    return best


def _only_title(page: Page, at: int, name: Draft) -> bool:
    """Whether the name is nothing but capitalised nouns of office that the tagger took for one ("the President")."""
    return name.run == (at, at + 1) and name.type in ("other", "people")


def _stands_alone(page: Page, end: int, in_name: dict[int, Draft]) -> bool:
    """Whether what follows a head leaves it a head: no further noun that it would only describe."""
    if end >= len(page.words) or page.line[end] != page.line[end - 1] or page.tokens[end].shape == MARK or end in in_name:
        return True
    word = page.lower[end]
    if word in _AFTER or page.words[end][0].isupper() or page.words[end][0].isdigit():
        return True
    following = nouns().get((word,))
    if following is not None and following.number == "plural" and following.type == "person":
        return False  # "campaign contributors"
    contracted = page.lower[end + 1 : end + 3] in (["'", "t"], ["’", "t"])  # "wasn't"
    return word.endswith(("ed", "ly", "ing", "s")) or word in _PAST or contracted


_PAST = frozenset(
    (
        "told went came took gave made got saw knew thought felt found left kept held led stood met ran sent brought began wrote spoke "
        "paid lost won hit put set cut let "
        "meant became fell grew drew chose broke rose sought fought swore threw"
    ).split()
)


def _left(page: Page, head: int, in_name: dict[int, Draft]) -> int:
    """Where the phrase with *head* begins: at its determiner, or as far as its modifiers go."""
    i = head
    while i > 0 and head - i < _LONGEST and page.line[i - 1] == page.line[head]:
        k = i - 1
        word = page.lower[k]
        if k in in_name:
            name = in_name[k]
            if name.type == "person" and i == head and not page.possessive(i):
                begin = name.run[0]
                i = begin  # "a Trump spokeswoman"
                continue
            if name.type == "person" and page.lower[i].endswith("ed") and not page.possessive(i):
                i += 1  # "Mr. Holt dismissed | critics"
                break
            i = name.run[0]
            continue
        if word == "s" and page.possessive(k - 1):
            i = k - 1
            continue
        if page.words[k] in "'’" and page.possessive(k):
            i = k
            continue
        if page.words[k] == "-" and k > 0:
            i = k
            continue
        if page.words[k] in ".$" and k > 0 and page.tokens[k].start == page.tokens[k - 1].end and len(page.words[k - 1]) <= 2:
            i = k
            continue
        if page.words[k] == "US":
            i = k
            continue
        if page.tokens[k].shape == MARK or (word in _STOPS and word != "that"):
            break
        if word in DETERMINERS or word in POSSESSIVES:
            i = k
            if word in ("the", "a", "an", "this", "that", "these", "those") or word in POSSESSIVES:
                break
            continue
        if word in PRONOUNS or word in GENERIC or (word.endswith("ly") and not (k and page.lower[k - 1] in DETERMINERS)) or word in _PAST:
            break
        if word.endswith("ed") and i < head and page.lower[i] in DETERMINERS:
            break
        if i in in_name and word.endswith(("s", "ed")) and known_cue(lemma(word)) and (word,) not in nouns():
            break  # "the ministry insists | Orlan's government"
        if word.endswith("ed") and k and page.lower[k - 1 - (page.lower[k - 1].endswith("ly") and k > 1)] in _PERFECT:
            break  # "has repeatedly criticised | allies"
        titled = page.words[i][0].isupper() and i not in in_name and page.words[k].islower() and page.lower[k - 1] not in DETERMINERS
        if titled and word.endswith(("ed", "s")) and word not in _AFFAIRS:
            break  # "The confession vindicates | President Holt"
        i = k
    while i < head and (page.words[i] in "-'’." or page.lower[i] == "s"):
        i += 1
    return i


_AFFAIRS = frozenset("affairs sports parks arts ss us".split())
_PERFECT = frozenset("has have had who he she they it".split())


def _right(page: Page, end: int, in_name: dict[int, Draft], document: bool) -> int:
    """Where the phrase ends: after "of Iran", "for the ministry"; of a document also after "by X"."""
    if (
        document
        and end + 1 < len(page.words)
        and page.lower[end] in ("conducted", "released", "published", "issued", "commissioned", "written", "signed")
    ):
        end = end + 1 if page.lower[end + 1] in ("by", "from") else end
    if (
        end + 1 < len(page.words)
        and (page.lower[end] in _LINKS or (document and page.lower[end] in ("by", "from")))
        and page.line[end + 1] == page.line[end]
    ):
        at = end + 1
        if page.lower[at] in ("the", "a", "an", "his", "her", "its", "their"):
            at += 1
        if at < len(page.words) and at in in_name and (document or in_name[at].type != "person"):
            end = in_name[at].run[1]
            while end < len(page.words) and page.line[end] == page.line[at] and page.words[end][0].isupper() and page.words[end].isalpha():
                end += 1  # "the Saudi Embassy", where only the first word is tagged
            return end
    return end


_JOINS = frozenset("of for and & the to in at on -".split())
_FIRST = frozenset("of for to in at on -".split())
_REMIT = 9


def holder(page: Page, office: int, names: dict[int, Draft]) -> Draft | None:
    """Whose name follows what the office at token *office* is for: "Minister of State for Home | Orla Venn"; *names* by the tokens of them."""
    at = office + 1
    if not page.words[office][0].isupper() or at >= len(page.words) or page.lower[at] not in _FIRST:
        return None
    for i in range(at, min(len(page.words), at + _REMIT)):
        name, before = names.get(i), page.lower[i - 1]
        if i > at + 1 and name is not None and name.type == "person" and name.run[0] == i and not name.possessor:
            said = nouns().get((before,))
            return None if before in _JOINS or before in HONORIFICS or before in SHORT or (said is not None and said.type == "person") else name
        if page.line[i] != page.line[at] or (page.lower[i] not in _JOINS and not (page.words[i].isalpha() and page.words[i][0].isupper())):
            return None
    return None


def _bare_title(page: Page, at: int, end: int, in_name: dict[int, Draft]) -> bool:
    """A singular noun without an article names somebody where a name follows or it is capitalised in a sentence ("President Obama")."""
    return (end in in_name and in_name[end].type == "person") or holder(page, end - 1, in_name) is not None


def pronouns(page: Page) -> list[Draft]:
    """The pronouns of *page* that can stand for an actor."""
    out = []
    for i, word in enumerate(page.lower):
        pronoun = PRONOUNS.get(word)
        if pronoun is None or (word == "it" and _dummy(page, i)) or (page.words[i] == "US" or (word == "us" and page.words[i].isupper())):
            continue
        if word in ("mine", "which") and not pronoun.relative:
            continue
        kind: Type = "person" if pronoun.animate else "other"
        out.append(
            Draft(
                (i, i + 1),
                i,
                "pronoun",
                kind,
                pronoun.number,
                pronoun.gender,
                pronoun=pronoun,
                possessor=(word in POSSESSIVES and word != "her") or (word == "her" and _before_noun(page, i)),
            )
        )
    return out


_DUMMY = frozenset("is was s ’s 's seems seemed appears appeared turns takes took would will may might could remains remained 's".split())
_CLEAR = frozenset(
    (
        "clear unclear likely unlikely possible impossible important hard difficult easy true time not also no better best worth obvious "
        "believed thought said reported "
        "expected known hoped feared understood estimated too very more most that to been be"
    ).split()
)


def _dummy(page: Page, at: int) -> bool:
    """Whether "it" at *at* stands for nothing: "it is clear that", "it was reported"."""
    following = page.lower[at + 1 : at + 5]
    if not following or (following[0] in "'’" and len(following) < 2):
        return False
    if following[0] in "'’":
        following = following[1:]
    return (
        following[0] in _DUMMY
        and any(word in _CLEAR for word in following[1:3])
        and any(w in ("that", "to", "whether", "if", "how") for w in page.lower[at + 2 : at + 9])
    )


def _before_noun(page: Page, at: int) -> bool:
    k = at + 1
    return k < len(page.words) and page.tokens[k].shape != MARK and page.lower[k] not in _STOPS and page.lower[k] not in DETERMINERS


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


def honorific(page: Page, at: int) -> Gender | None:
    """The gender that a form of address before token *at* tells."""
    k = at - 1
    if k >= 0 and page.words[k] == ".":
        k -= 1
    return HONORIFICS.get(page.lower[k]) if k >= 0 and page.words[k][0].isupper() else None


_ARTICLE = re.compile(r"(?i)^(?:the|a|an|his|her|its|their|our)\s+")


def bare(phrase: str) -> str:
    """A phrase without its article or possessive pronoun."""
    return _ARTICLE.sub("", phrase)
