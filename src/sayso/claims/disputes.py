"""Disputes: claims with opposed positions, those first that most stand on either side of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sayso.claims.claims import OPPOSED, Claim
from sayso.claims.contents import Content, Position

#: A verbatim statement longer than this (words) is not the one to show.
_LONGEST: Final = 60
POSITIONS: Final[tuple[Position, ...]] = ("for", "against", "other")
SIDES: Final[tuple[Position, ...]] = ("for", "against")


def disputed(claim: Claim) -> bool:
    """Whether somebody stands for *claim*, and somebody else against it."""
    pro, con = claim.standing("for"), claim.standing("against")
    return bool(pro) and bool(con) and len(pro.keys() | con.keys()) > 1 and claim.opposed >= OPPOSED


def rank(claim: Claim) -> tuple[int, int, int]:
    """How much stands on each side: speakers and sides of the weaker one, then speakers in all. Copies do not count."""
    pro, con = claim.standing("for"), claim.standing("against")
    return min(len(pro), len(con)), min(_sides(pro), _sides(con)), len(pro.keys() | con.keys())


def _sides(standing: Mapping[str, Sequence[Content]]) -> int:
    return len({c.side.id if c.side is not None else voice for voice, some in standing.items() for c in some})


def disputes_of(claims: Iterable[Claim]) -> list[Claim]:
    """The disputes among *claims*, the greatest first."""
    return sorted(filter(disputed, claims), key=lambda c: (tuple(-n for n in rank(c)), c.id))


def strongest(contents: Iterable[Content]) -> Content | None:
    """The statement that shows a position best: told at first hand, direct before indirect, the surest, the longest that is not too long."""

    def order(c: Content) -> tuple[bool, bool, bool, float, int, str]:
        size = len(c.text.split())
        return not c.voices, c.reported_by is not None, not c.direct, -round(c.confidence, 1), -size if size <= _LONGEST else size, c.id

    return min(contents, key=order, default=None)


def changes(claim: Claim) -> list[str]:
    """Ids of the speakers who stand for *claim* at one time and against it at another."""
    pro, con = claim.standing("for"), claim.standing("against")
    return sorted(v for v in pro.keys() & con.keys() if {c.first or c.day for c in pro[v]} != {c.first or c.day for c in con[v]})
