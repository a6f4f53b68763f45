"""Mentions, entities and speakers: who is named in one text, as far as that text alone tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.spans import Span

How = Literal["name", "noun", "pronoun"]
#: author: the one who speaks in the first person outside of all quotation.
Type = Literal["person", "organisation", "state", "place", "people", "document", "other", "author"]
Number = Literal["singular", "plural"]
Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity of the text (index into the reading's entities), and how it names it."""

    span: Span
    how: How
    entity: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of which a text speaks: all mentions that mean it.

    name is the fullest one, for what is never named the words of its first mention; members are the entities that a group
    consists of, as far as it names them ("X and Y"), owner the one to whom it belongs ("X's lawyer", "her campaign"). titles are the offices and
    descriptions that stand beside the name ("Russian Foreign Minister"), aliases its further names.
    """

    name: str
    type: Type
    named: bool
    definite: bool = True  # "the minister" rather than "a minister": somebody particular, whom others may know
    number: Number = "singular"
    gender: Gender | None = None
    titles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    members: tuple[int, ...] = ()
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes a statement: entities (several: a group of which these are known; none: it cannot be known), and how sure.

    candidates are those who may be meant, with their probabilities, best first.
    """

    entities: tuple[int, ...]
    how: How
    confidence: float
    candidates: tuple[tuple[int, float], ...] = ()
