"""Readings: what the models make of one text, a function of text and models and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
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


def read_texts(items: Iterable[tuple[str, T]], *, jobs: int = 1) -> Iterator[tuple[tuple[str, T], Reading | None]]:
    """Each (text, thing) with the reading of its text, in order; ``jobs`` worker processes read beside each other.

    Things whose class is not a Report are passed through with None: they mark places in the stream.
    """
    from sayso.reports import Report

    if jobs <= 1:
        for item in items:
            yield item, read_text(item[0]) if isinstance(item[1], Report) else None
        return
    waiting: deque[tuple[tuple[str, T], Future[Reading] | None]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        try:
            for item in items:
                waiting.append((item, pool.submit(read_text, item[0]) if isinstance(item[1], Report) else None))
                while len(waiting) > _AHEAD * jobs or (waiting and waiting[0][1] is None):
                    done, future = waiting.popleft()
                    yield done, future.result() if future is not None else None
            while waiting:
                done, future = waiting.popleft()
                yield done, future.result() if future is not None else None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
