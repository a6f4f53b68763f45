"""Links: which actor an entity of a report is."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.actors.actor import Actor, ResolvedBy


@dataclass(frozen=True, slots=True)
class Link:
    """Which actor an entity is, how that was found, and how sure it is. candidates: who else it may be."""

    actor: Actor | None
    how: ResolvedBy
    confidence: float
    candidates: tuple[tuple[Actor, float], ...] = ()
    side: str | None = None  # where only the words of the description tell it
