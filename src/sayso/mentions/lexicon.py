"""What words tell of those whom they name: given names and their gender, nouns for persons and bodies, pronouns."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sayso.mentions.mention import Gender, Number, Type


@dataclass(frozen=True, slots=True)
class Noun:
    """A head noun: the kind of thing it names, its number and, where it tells, its gender."""

    base: str
    type: Type
    number: Number
    gender: Gender | None


# Tables of the registry that this stage reads, too: whom a surname alone can mean is needed before anybody is looked up.
_OFFICE_HOLDERS = ("holders.csv", "people.csv")


def _registry() -> Traversable:
    return files("sayso.actors") / "tables"


@cache
def tables_id() -> str:
    """Hash of the tables and weights of this stage: with others a text may read differently."""
    digest = hashlib.sha256()
    for name in ("given_names.csv", "nouns.csv", "sorts.csv", "bodies.csv", "realms.csv", "antecedents.json"):
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
    tenures, people = (_registry() / name for name in _OFFICE_HOLDERS)
    with tenures.open(encoding="utf-8") as lines:
        holders = {row["person"] for row in csv.DictReader(lines)}
    found: dict[str, set[tuple[str, Gender]]] = defaultdict(set)
    with people.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            words = row["name"].lower().split()
            if len(words) > 1 and row["id"] in holders and row["gender"] in ("m", "f"):
                found[words[-1]].add((words[0], "m" if row["gender"] == "m" else "f"))
    return {surname: frozenset(bearers) for surname, bearers in found.items()}


def gender_of_surname(word: str) -> Gender | None:
    """The gender of the office holders with surname *word*, in lower case, if all are of one."""
    genders = {gender for _, gender in office_holders().get(word, ())}
    return genders.pop() if len(genders) == 1 else None


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
}
#: Words that mean nobody in particular.
GENERIC = frozenset(
    "one everyone everybody nobody anyone anybody someone somebody noone none many some others most few all each those these this that what".split()
)
#: What may follow a person's last name.
SUFFIXES = frozenset("jr sr ii iii iv".split())
HONORIFICS: dict[str, Gender | None] = {
    **dict.fromkeys(("mr", "sir", "lord", "king", "prince", "father", "brother", "congressman"), "m"),
    **dict.fromkeys(("mrs", "ms", "miss", "lady", "queen", "princess", "sister", "madam", "mme", "congresswoman", "dame"), "f"),
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
        ),
        None,
    ),
}
