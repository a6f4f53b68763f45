"""The state of the pass that settles who is meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.mentions.chain import Chain
from sayso.mentions.context import Context
from sayso.mentions.page import Page, Run
from sayso.mentions.phrases import Draft


@dataclass
class Work:
    """The state of the pass: drafts in order, their chains, and the heads of the statements' sources."""

    page: Page
    drafts: list[Draft]
    made: list[Chain]
    heads: list[list[int]]  # by statement, drafts that its source names (several: a coordination)
    context: Context
    first: list[int]  # by sentence, its first draft that is no possessor (-1: none)
    subject: list[int]  # by sentence, the draft that is most likely its subject (-1: none)
    said: list[set[str]]  # by statement, the words of its content
    likely: dict[int, tuple[tuple[int, float], ...]]  # by pronoun, entities with probabilities, best first
    sources: list[list[Run]] = field(default_factory=list)  # by statement, the tokens of its source


def entity_of(d: Draft) -> int:
    assert d.entity is not None
    return d.entity
