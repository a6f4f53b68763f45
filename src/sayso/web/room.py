"""The room: one record, opened for many who read it at once, with what has been made of it for them."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from sayso.record import Record
from sayso.web.guard import Keys
from sayso.web.jobs import Jobs
from sayso.web.pool import Pool

T = TypeVar("T")

#: Bytes of pages that are kept until the record changes.
_KEPT: Final = 64 * 1024 * 1024
#: What takes longer than this to count is given as it was a moment ago while it is counted anew, in seconds.
_SLOW: Final = 0.05
#: Most different counts that are kept.
_COUNTS: Final = 64


@dataclass
class Told:
    """What a request was answered with."""

    late: bool = False  #: some of it is of a moment ago, and being counted anew


class Room:
    """What the pages and the interface for programs rest on."""

    def __init__(self, path: Path, *, write: bool, keys: Keys, coder: str) -> None:
        self.path, self.write, self.keys, self.coder = path, write, keys, coder
        #: Stands in kept pages where each reader's own token is put in; nobody can guess it.
        self.gap = secrets.token_hex(16)
        self.pool = Pool(path, write=write)
        #: Connections to count on: whoever asks has one of the pool's in hand, and would wait for another that is never given back.
        self._spare = Pool(path, write=False)
        self.jobs = Jobs(path)
        self._watch = Record(path, create=False, write=False)
        self._lock = threading.Lock()
        self._pages: OrderedDict[tuple[int, str], bytes] = OrderedDict()
        self._size = 0
        self._counts: OrderedDict[str, tuple[int, float, Any]] = OrderedDict()
        self._counting: dict[str, Future[Any]] = {}
        self._told = threading.local()
        self._workers = ThreadPoolExecutor(2, "counting")  # so that what is soon counted need not wait for what is not

    @property
    def state(self) -> int:
        """Another number whenever the record has changed."""
        return self._watch.state

    def page(self, state: int, address: str) -> bytes | None:
        """The page at *address* as it was made for this state of the record."""
        with self._lock:
            found = self._pages.get((state, address))
            if found is not None:
                self._pages.move_to_end((state, address))
            return found

    def keep(self, state: int, address: str, made: bytes) -> None:
        if len(made) > _KEPT // 16:
            return
        with self._lock:
            self._size += len(made) - len(self._pages.pop((state, address), b""))
            self._pages[state, address] = made
            while self._size > _KEPT:
                self._size -= len(self._pages.popitem(last=False)[1])

    def counted(self, name: str, count: Callable[[Record], T]) -> T:
        """What *count* makes of the record; where that takes long, as it was a moment ago, and counted anew behind the scenes."""
        state = self.state
        with self._lock:
            known = self._counts.get(name)
            if known is not None:
                if known[0] == state:
                    return known[2]  # type: ignore[no-any-return]
                if known[1] > _SLOW:
                    self._behind(name, count)
                    self._as_it_was()
                    return known[2]  # type: ignore[no-any-return]
        return self._count(name, count)

    @contextmanager
    def telling(self) -> Iterator[Told]:
        """What is told in here by this thread, and whether any of it is of a moment ago."""
        told = self._told.now = Told()
        yield told

    def _as_it_was(self) -> None:
        if (told := getattr(self._told, "now", None)) is not None:
            told.late = True

    def _behind(self, name: str, count: Callable[[Record], T]) -> Future[T]:
        """What is being counted behind the scenes, begun if it was not; the lock is held."""
        if name not in self._counting:
            self._counting[name] = self._workers.submit(self._to_the_end, name, count)
        return self._counting[name]

    def _to_the_end(self, name: str, count: Callable[[Record], T]) -> T:
        try:
            return self._count(name, count)
        finally:
            with self._lock:
                del self._counting[name]

    def _count(self, name: str, count: Callable[[Record], T]) -> T:
        state, begun = self.state, time.perf_counter()
        with self._spare.reading() as record:
            made = count(record)
        with self._lock:
            self._counts[name] = (state, time.perf_counter() - begun, made)
            self._counts.move_to_end(name)
            while len(self._counts) > _COUNTS:
                self._counts.popitem(last=False)
        return made

    def close(self) -> None:
        self.jobs.close()
        self._workers.shutdown(cancel_futures=True)
        self._spare.close()
        self.pool.close()
        self._watch.close()
