"""Actors: those who speak and are spoken about, across reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sayso.mentions.mention import Gender

Kind = Literal["person", "state", "body", "organisation", "armed group", "outlet", "group", "anonymous"]
KINDS: Final[tuple[Kind, ...]] = ("person", "state", "body", "organisation", "armed group", "outlet", "group", "anonymous")
ResolvedBy = Literal["name", "role", "pronoun", "alias", "metonym"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something with a name, or a description where it has none.

    part_of is the id of what it is part of whenever that does not depend on a date; a person's is found by the offices held.
    """

    id: str
    name: str
    kind: Kind
    part_of: str | None = None
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """An office held: of which state, body or organisation, which role, by whom, from when to when (ISO, as precise as known)."""

    of: str
    role: str
    person: str
    since: str | None
    until: str | None

    def holds_on(self, day: str) -> bool:
        """Whether *day* (YYYY-MM-DD) lies in the term, a term's vague bounds taken widely."""
        return not (self.since and day[: len(self.since)] < self.since) and not (self.until and day[: len(self.until)] > self.until)
