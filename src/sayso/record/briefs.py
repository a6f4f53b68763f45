"""Briefs: rows of claims in lists, as they lie in the database."""

from __future__ import annotations

from typing import Any, Final

from sayso.claims.disputes import POSITIONS, SIDES
from sayso.record.packing import packed, unpacked

_WHO: Final = ("id", "name", "kind")
_WHERE: Final = ("side", "statement", "said_on", "published")


def packed_brief(row: dict[str, Any]) -> bytes:
    """A row of brief_row() in few bytes, its id left out."""
    stands = [
        [[[who[key] for key in _WHO] if (who := one["speaker"]) else None, *(one[key] for key in _WHERE)] for one in row[position]]
        for position in POSITIONS
    ]
    return packed([row["label"], row["statements"], [row["speakers"][side] for side in SIDES], stands])


def unpacked_brief(claim: str, blob: bytes) -> dict[str, Any]:
    """The row that packed_brief() was given, of the claim with this id."""
    label, statements, speakers, stands = unpacked(blob)
    out: dict[str, Any] = {"id": claim, "label": label}
    for position, some in zip(POSITIONS, stands, strict=True):
        out[position] = [
            {"speaker": None if who is None else dict(zip(_WHO, who, strict=True)), **dict(zip(_WHERE, where, strict=True))} for who, *where in some
        ]
    return {**out, "speakers": dict(zip(SIDES, speakers, strict=True)), "statements": statements}
