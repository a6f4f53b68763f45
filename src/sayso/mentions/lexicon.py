"""What words tell of those whom they name: given names and their gender, nouns for persons and bodies, pronouns."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from sayso.mentions.mention import Gender, Number, Type


@dataclass(frozen=True, slots=True)
class Noun:
    """A head noun: the kind of thing it names, its number and, where it tells, its gender."""

    base: str
    type: Type
    number: Number
    gender: Gender | None


# Tables of the registry that this stage reads, too: whom a surname alone can mean is needed before anybody is looked up.
_OFFICE_HOLDERS = ("holders.csv", "people.csv", "roles.csv", "titles.csv", "states.csv")


def _registry() -> Traversable:
    return files("sayso.actors") / "tables"


def _rows(table: str) -> list[dict[str, str]]:
    with (_registry() / table).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def tables_id() -> str:
    """Hash of the tables and weights of this stage: with others a text may read differently."""
    digest = hashlib.sha256()
    for name in ("given_names.csv", "nouns.csv", "sorts.csv", "bodies.csv", "realms.csv", "known_for.csv", "antecedents.json", "identities.json"):
        digest.update((files("sayso.mentions") / name).read_bytes())
    for name in _OFFICE_HOLDERS:
        digest.update((_registry() / name).read_bytes())
    return digest.hexdigest()[:16]


_TYPES: dict[str, Type] = {"person": "person", "people": "people", "body": "organisation", "document": "document", "place": "state"}


@cache
def given_names() -> dict[str, Gender | None]:
    """Gender by given name in lower case; None where both bear it."""
    with (files("sayso.mentions") / "given_names.csv").open(encoding="utf-8") as lines:
        genders: dict[str, Gender | None] = {"m": "m", "f": "f"}
        return {row["name"].lower(): genders.get(row["gender"]) for row in csv.DictReader(lines)}


@cache
def office_holders() -> dict[str, frozenset[tuple[str, Gender]]]:
    """First names and genders of those who held an office in the registry, by surname; all in lower case."""
    holders = {row["person"] for row in _rows("holders.csv")}
    found: dict[str, set[tuple[str, Gender]]] = defaultdict(set)
    for row in _rows("people.csv"):
        words = row["name"].lower().split()
        if len(words) > 1 and row["id"] in holders and row["gender"] in ("m", "f"):
            found[without_article(words[-1])].add((words[0], "m" if row["gender"] == "m" else "f"))
    return {surname: frozenset(bearers) for surname, bearers in found.items()}


def gender_of_surname(word: str) -> Gender | None:
    """The gender of the office holders with surname *word*, in lower case, if all are of one."""
    genders = {gender for _, gender in office_holders().get(word, ())}
    return genders.pop() if len(genders) == 1 else None


@dataclass(frozen=True, slots=True)
class Known:
    """What a well-read reader calls somebody whatever the text says: head nouns ("senator", "billionaire"), and words of where they held office."""

    nouns: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()


UNKNOWN: Final = Known()


# Titles that nearly everybody with an office can be called by.
_VAGUE = frozenset("chief head boss leader official".split())
# Words in names of states that tell none of them.
_SMALL = frozenset("the of and united republic".split())


@cache
def known() -> dict[tuple[str, ...], Known]:
    """By first and last name in lower case, and by a surname that only one of them bears, what those in the registry are called."""
    titles = {row["id"]: row["titles"].split("|") for row in _rows("roles.csv")}
    special = {(row["of"], row["role"]): row["titles"].split("|") for row in _rows("titles.csv")}
    regions = {row["id"]: [row["name"], *row["names"].split("|"), *row["adjectives"].split("|")] for row in _rows("states.csv")}
    called: dict[str, set[str]] = defaultdict(set)
    where: dict[str, set[str]] = defaultdict(set)
    for row in _rows("holders.csv"):
        of, _, part = row["of"].partition("/")
        for title in (*titles.get(row["role"], ()), *special.get((row["of"], row["role"]), ())):
            called[row["person"]] |= _heads(title)
        state = regions.get("state:" + of.partition(":")[2], [])
        words = {w for name in state for w in name.lower().replace(".", "").split()} - _SMALL
        where[row["person"]] |= words | set(part.replace("-", " ").split())
    with (files("sayso.mentions") / "known_for.csv").open(encoding="utf-8") as lines:
        epithets = {tuple(row["name"].lower().split()): set(row["nouns"].split("|")) for row in csv.DictReader(lines)}
    out: dict[tuple[str, ...], Known] = {name: Known(frozenset(told)) for name, told in epithets.items()}
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in _rows("people.csv"):
        if row["id"] not in called:
            continue
        for name in (row["name"], *row["names"].split("|")):
            parts = name.lower().replace(".", "").split()
            if len(parts) > 1:
                key = (parts[0], without_article(parts[-1]))
                before = out.get(key, UNKNOWN)
                out[key] = Known(before.nouns | called[row["id"]] | epithets.get(key, set()), before.where | where[row["id"]])
                bearers[key[1]].add(row["id"])
    for full in list(out):
        if len(bearers.get(full[-1], ())) == 1 or (full in epithets and full[-1] not in bearers):
            out.setdefault((full[-1],), out[full])
    return out


@cache
def _heads(title: str) -> frozenset[str]:
    """The nouns by which a title names its holder: "florida governor" → governor."""
    words = tuple(title.lower().replace("-", " ").split())
    whole = nouns().get(words)
    if whole is not None:
        return frozenset((whole.base,))
    if "of" in words or "for" in words:
        return frozenset()
    found = next((noun for k in range(len(words)) if (noun := nouns().get(words[k:])) is not None), None)
    return frozenset() if found is None or found.type != "person" or found.base in _VAGUE else frozenset((found.base,))


@cache
def nouns() -> dict[tuple[str, ...], Noun]:
    """Nouns by their words in lower case, singular and plural; longer ones hold their words together ("prime minister")."""
    out: dict[tuple[str, ...], Noun] = {}
    with (files("sayso.mentions") / "nouns.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            gender: Gender | None = {"m": "m", "f": "f"}.get(row["gender"])  # type: ignore[assignment]
            kind = _TYPES[row["kind"]]
            if row["plural"]:
                number: Number = "plural"
                out[_words(row["plural"])] = Noun(row["noun"] or row["plural"], kind, number, gender)
            if row["noun"]:
                out[_words(row["noun"])] = Noun(row["noun"], kind, "plural" if kind == "people" else "singular", gender)
    return out


@cache
def first_words() -> frozenset[str]:
    """The words with which nouns() begin: most words of a text are none of them."""
    return frozenset(words[0] for words in nouns())


@cache
def _sorts() -> dict[tuple[str, str], frozenset[str]]:
    """Sorts by noun and by what it is a noun of (person, body)."""
    out: dict[tuple[str, str], set[str]] = {}
    with (files("sayso.mentions") / "sorts.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            out.setdefault((row["noun"], row["of"]), set()).add(row["sort"])
    return {key: frozenset(sorts) for key, sorts in out.items()}


@cache
def realms() -> dict[str, frozenset[str]]:
    """States by the noun that only some of them can be called by ("the kingdom")."""
    out: dict[str, set[str]] = {}
    with (files("sayso.mentions") / "realms.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            out.setdefault(row["noun"], set()).add(row["state"])
    return {noun: frozenset(states) for noun, states in out.items()}


@cache
def bodies() -> dict[str, str]:
    """Sort by name, of well-known bodies whose names do not tell it."""
    with (files("sayso.mentions") / "bodies.csv").open(encoding="utf-8") as lines:
        return {row["name"]: row["sort"] for row in csv.DictReader(lines)}


#: A sort that is part of another one: an airline is a company.
_WHOLES = {**dict.fromkeys(("airline", "carmaker", "drugmaker", "retailer", "insurer", "platform", "bank"), "company"), "news_agency": "outlet"}


def sorts_of_noun(noun: str, person: bool) -> frozenset[str]:
    """What sorts of persons or bodies a noun can mean ("the bureau": an agency); none: it does not tell."""
    of = "person" if person else "body"
    return _sorts().get((noun, of)) or _sorts().get((noun.rsplit(" ", 1)[-1], of), frozenset())


def sorts_of_name(name: str) -> frozenset[str]:
    """What sort of body a name tells: a well-known one, or by its head ("University of X", "X Times")."""
    name = name.removeprefix("The ").removeprefix("the ")
    known = bodies().get(name)
    words = name.lower().split()
    head = next((words[k - 1] for k in range(1, len(words)) if words[k] in ("of", "for", "on", "to")), words[-1] if words else "")
    told = _sorts().get((head.strip("."), "body"), frozenset()) if len(words) > 1 else frozenset()
    return told if known is None else told | {known, _WHOLES.get(known, known)}


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.lower().replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun can stand for. person 1, 2 or 3; relative: who, which, that, whose."""

    person: int
    number: Number | None
    gender: Gender | None
    animate: bool | None
    relative: bool = False


def _pronouns() -> dict[str, Pronoun]:
    table: list[tuple[str, Pronoun]] = [
        ("he him his himself", Pronoun(3, "singular", "m", True)),
        ("she her hers herself", Pronoun(3, "singular", "f", True)),
        ("it its itself", Pronoun(3, "singular", None, False)),
        ("they them their theirs themselves", Pronoun(3, "plural", None, None)),
        ("i me my mine myself", Pronoun(1, "singular", None, True)),
        ("we us our ours ourselves", Pronoun(1, "plural", None, True)),
        ("you your yours yourself yourselves", Pronoun(2, None, None, True)),
        ("who whom whose", Pronoun(3, None, None, True, relative=True)),
        ("which", Pronoun(3, None, None, False, relative=True)),
    ]
    return {word: pronoun for words, pronoun in table for word in words.split()}


PRONOUNS = _pronouns()
#: "that" where it is a source ("an ad that says"): elsewhere it hardly ever is a pronoun.
THAT = Pronoun(3, None, None, None, relative=True)
#: Offices that are written short before a name.
SHORT = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "gen": "general",
    "pres": "president",
    "prof": "professor",
    "col": "colonel",
    "sgt": "sergeant",
    "lt": "lieutenant",
    "capt": "captain",
    "maj": "major",
    "adm": "admiral",
    "amb": "ambassador",
    "dr": "doctor",
    "rev": "reverend",
    "sec": "secretary",
    "atty": "attorney",
    "det": "detective",
    "insp": "inspector",
    "supt": "superintendent",
    "cllr": "councillor",
    "cpl": "corporal",
    "cmdr": "commander",
    "brig": "brigadier",
    "const": "constable",
}
#: Words that mean nobody in particular.
GENERIC = frozenset(
    "one everyone everybody nobody anyone anybody someone somebody noone none many some others most few all each those these this that what".split()
)
#: What may follow a person's last name.
SUFFIXES = frozenset("jr sr ii iii iv".split())
# Articles within names, joined to what follows by a hyphen: who is "al-Assad" is "Assad", too.
ARTICLES = frozenset("al el ad ar as ash at az an".split())


def without_article(word: str) -> str:
    """One word of a name, in lower case: "assad" for "al-assad"."""
    article, _, rest = word.partition("-")
    return rest if rest and article in ARTICLES else word


# What stands behind a name and is no part of it.
POSTNOMINALS = frozenset("QC KC MP OBE MBE CBE KBE DBE KCB GCB PhD MD Esq MSP MEP TD AM MLA MNA SJ RN".split())
HONORIFICS: dict[str, Gender | None] = {
    **dict.fromkeys("mr sir lord king prince father brother congressman alhaji shri datuk dato monsieur herr".split(), "m"),
    **dict.fromkeys("mrs ms miss lady queen princess sister madam mme congresswoman dame hajiya smt frau datin".split(), "f"),
    **dict.fromkeys(
        (
            "dr",
            "prof",
            "professor",
            "sen",
            "rep",
            "gov",
            "gen",
            "lt",
            "col",
            "maj",
            "capt",
            "sgt",
            "adm",
            "cmdr",
            "judge",
            "justice",
            "rev",
            "hon",
            "pres",
            "amb",
            "ayatollah",
            "sheikh",
            "imam",
            "pope",
            "cardinal",
            "archbishop",
            "bishop",
            "rabbi",
            "cllr",
            "councillor",
            "insp",
            "supt",
            "det",
            "const",
            "engr",
            "barr",
            "adv",
            "pastor",
            "tan",
            "tun",
            "seri",
        ),
        None,
    ),
}
