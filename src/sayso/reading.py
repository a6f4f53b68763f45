"""Readings: what the models make of one text, a function of text and models and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from sayso.reports import content_hash
from sayso.statements import Statement

T = TypeVar("T")

# Texts that wait for each worker process: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements of one text of record, in the order of their first character, and the id of the models that found them."""

    text_id: str
    models: str
    statements: tuple[Statement, ...]


def shared_models() -> str:
    """Id of the models that this process reads with."""
    from sayso.attribution.engine import shared_engine

    return shared_engine().id


def read_text(text: str) -> Reading:
    """The reading of *text*."""
    from sayso.attribution.engine import shared_engine

    engine = shared_engine()
    return Reading(content_hash(text), engine.id, engine.statements(text))


def read_texts(items: Iterable[tuple[str | None, T]], *, jobs: int = 1) -> Generator[tuple[T, Reading | None], None, None]:
    """Each thing with the reading of its text, in order; ``jobs`` worker processes read beside each other.

    A thing without a text (None) keeps its place in the stream and comes back with None. Raises SaysoError if a worker dies.
    """
    if jobs <= 1:
        for text, thing in items:
            yield thing, None if text is None else read_text(text)
        return
    from sayso.workers import Workers

    waiting: deque[tuple[T, Future[Reading] | None]] = deque()
    with Workers(read_text, jobs) as workers:
        for text, thing in items:
            waiting.append((thing, None if text is None else workers.submit(text)))
            while len(waiting) > _AHEAD * jobs or (waiting and waiting[0][1] is None):
                done, future = waiting.popleft()
                yield done, None if future is None else future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, None if future is None else future.result()
