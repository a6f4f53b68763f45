"""The room: one record, opened for many who read it at once, with what has been made of it for them."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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


class Room:
    """What the pages and the interface for programs rest on."""

    def __init__(self, path: Path, *, write: bool, keys: Keys, coder: str) -> None:
        self.path, self.write, self.keys, self.coder = path, write, keys, coder
        #: Stands in kept pages where each reader's own token is put in; nobody can guess it.
        self.gap = secrets.token_hex(16)
        self.pool = Pool(path, write=write)
        self.jobs = Jobs(path)
        self._watch = Record(path, create=False, write=False)
        self._lock = threading.Lock()
        self._pages: OrderedDict[tuple[int, str], bytes] = OrderedDict()
        self._size = 0
        self._counts: dict[str, tuple[int, float, Any]] = {}
        self._counting: set[str] = set()
        self._first: dict[str, Future[Any]] = {}
        self._workers = ThreadPoolExecutor(1, "counting")

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
                    if name not in self._counting:
                        self._counting.add(name)
                        self._workers.submit(self._again, name, count)
                    return known[2]  # type: ignore[no-any-return]
        return self._count(name, count)

    def counted_within(self, seconds: float, name: str, count: Callable[[Record], T]) -> T | None:
        """The same, but None where it was never counted and takes longer than that; it goes on behind the scenes."""
        with self._lock:
            if name in self._counts:
                future = None
            elif name in self._first:
                future = self._first[name]
            else:
                future = self._first[name] = self._workers.submit(self._count, name, count)
        if future is None:
            return self.counted(name, count)
        try:
            made: T = future.result(timeout=seconds)
        except TimeoutError:
            return None
        with self._lock:
            self._first.pop(name, None)
        return made

    def _again(self, name: str, count: Callable[[Record], Any]) -> None:
        try:
            self._count(name, count)
        finally:
            with self._lock:
                self._counting.discard(name)

    def _count(self, name: str, count: Callable[[Record], T]) -> T:
        state, begun = self.state, time.perf_counter()
        with self.pool.reading() as record:
            made = count(record)
        with self._lock:
            self._counts[name] = (state, time.perf_counter() - begun, made)
        return made

    def close(self) -> None:
        self.jobs.close()
        self._workers.shutdown(cancel_futures=True)
        self.pool.close()
        self._watch.close()
