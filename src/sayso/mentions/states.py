"""States: who is of another state than a phrase tells ("the Ardanian president", "the Florida senator"), or than whoever says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.mentions.chain import Chain
from sayso.mentions.context import Context
from sayso.mentions.page import Page
from sayso.mentions.phrases import DETERMINERS, Draft

# Offices of one holder: whom the text gives other titles does not hold them.
OF_ONE = frozenset(
    (
        "president",
        "vice president",
        "prime minister",
        "premier",
        "chancellor",
        "chief justice",
        "attorney general",
        "secretary of state",
        "foreign minister",
        "first lady",
        "pope",
        "king",
        "queen",
        "prince",
        "princess",
        "crown prince",
        "emir",
        "sultan",
    )
)


def home(context: Context, made: Sequence[Chain], within: int) -> frozenset[str]:
    """The words for the state that the nearest speaker around is known to serve, of the statements from *within* outwards."""
    while within >= 0:
        speaker = context.speakers.get(within)
        if speaker is not None and made[speaker].known.where:
            return made[speaker].known.where
        within = context.parent[within]
    return frozenset()


def foreign(draft: Draft, made: Sequence[Chain], live: Sequence[int], here: frozenset[str]) -> set[int]:
    """Those of other states than the speaker's, *here*, where one of his is known to have held the office that *draft* says: "the president"."""
    if draft.noun is None or draft.noun.base not in OF_ONE or not here:
        return set()
    if not any(draft.noun.base in made[n].known.nouns and here & made[n].known.where for n in live):
        return set()
    return {n for n in live if made[n].known.where and here.isdisjoint(made[n].known.where)}


def of_another(draft: Draft, chain: Chain, country: set[str]) -> bool:
    """Whether "the Ardanian president" is said of a state that the titles of somebody named, president too, do not name."""
    noun = draft.noun
    if noun is None or noun.base not in OF_ONE or not chain.named:
        return False
    if chain.known.where and noun.base in chain.known.nouns:  # who is known to have held one
        return chain.known.where.isdisjoint(country)
    if noun.base not in chain.nouns:
        return False
    return not any(country & set(re.findall(r"[^\W_]+", title.lower())) for title in chain.titles)


def sits_elsewhere(draft: Draft, chain: Chain, country: set[str]) -> bool:
    """Whether "the Florida senator" is said of one who the text tells is of another state: "Ann Holt, R-Iowa"."""
    if draft.noun is None or chain.seat is None or draft.noun.base not in _OF_STATES:
        return False
    return not any(word[0] == chain.seat[0].lower() for word in country)


def from_elsewhere(chain: Chain, country: set[str]) -> bool:
    """Whether "Turkish officials" is said of some without a name whom the text calls by another country: "Saudi officials"."""
    begin = _GOES_ON.split(chain.described)[0]
    named = {w.lower() for w in re.findall(r"[A-Z][\w-]+", begin)} - DETERMINERS - {w for noun in chain.nouns for w in noun.split()}
    return not chain.named and bool(named) and named.isdisjoint(country)


_GOES_ON = re.compile(r" (?:who|which|that|of|in|from|at|for|with|on|to|by)\b|,")


def peoples_in(page: Page, draft: Draft, inside: Sequence[Draft]) -> set[str]:
    """The words for peoples before the noun of a phrase: "the top | Velmoran | diplomat"."""
    return {page.lower[x.run[0]] for x in inside if x.run[0] < draft.head and page.lower[x.run[0]].endswith(_DEMONYMS)}


def named_peoples(made: Sequence[Chain]) -> set[str]:
    """The peoples, not parties, that a text names."""
    return {name.lower() for c in made if c.type == "people" for name in c.names} - _PARTIES


def titled_elsewhere(chain: Chain, peoples: set[str], named: set[str]) -> bool:
    """Whether a title tells another of the *named* peoples than "the top Velmoran diplomat" does: "Orlan Secretary of State Ann Holt"."""
    told = {word for title in chain.titles for word in re.findall(r"[^\W_]+", title.lower())} & named
    return bool(told) and told.isdisjoint(peoples)


_DEMONYMS = ("an", "ese", "ish", "i")
_PARTIES = frozenset("republican democratic democrat conservative labour liberal independent muslim jewish christian catholic black white".split())
_OF_STATES = frozenset("senator congressman congresswoman representative lawmaker republican democrat".split())
