"""Batches: the values of a query that names them one by one, so many at once as one query takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")

_AT_ONCE: Final = 500


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """*values* in their order, 500 at a time; sets are to be sorted, so that a record is asked the same way each time."""
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def slots(values: Sized) -> str:
    """A question mark for each of *values*."""
    return ", ".join("?" * len(values))
