"""Relations in which an actor stands to a statement, as the database numbers them."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from typing import Final

from sayso.record.batches import slots
from sayso.record.judgements import Links


class Relation(IntEnum):
    """member: of a group that speaks; part: what the speaker is part of; side: the top of that."""

    SPEAKER = 0
    MEMBER = 1
    PART = 2
    SIDE = 3
    ABOUT = 4


#: How relations answer the questions by whom, from which side, about whom.
BY: Final = (Relation.SPEAKER, Relation.MEMBER)
SIDE: Final = (Relation.SIDE, Relation.PART, Relation.SPEAKER)
ABOUT: Final = (Relation.ABOUT,)
#: Relations in which an actor speaks, or is spoken about, and not only somebody who is part of it.
DIRECTLY: Final = (*BY, *ABOUT)


def heard_as(*relations: Relation) -> str:
    """*relations* as a list in a query."""
    return f"({', '.join(str(int(r)) for r in relations)})"


def links_table(links: Links) -> tuple[str, list[str]]:
    """A query's table same (id, one) of actors that were judged to be the same, each with the one that stands for it; and its values."""
    pairs = [(i, links.canonical(i)) for group in links.groups for i in group]
    rows = f"VALUES {', '.join(['(?, ?)'] * len(pairs))}" if pairs else "SELECT NULL, NULL"
    return f"WITH same (id, one) AS ({rows})", [i for pair in pairs for i in pair]


def numbered(ids: Collection[str]) -> str:
    """The numbers of the actors with these ids, which are the query's values, as a list in it."""
    return f"(SELECT actor FROM actors WHERE actor_id IN ({slots(ids)}))"
