"""A pool of connections: readers on connections of their own, one writer at a time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sayso.errors import RecordError
from sayso.record import Record

#: How long a request waits for somebody else who is writing, in seconds.
PATIENCE: Final = 0.25


class BusyError(RecordError):
    """Somebody else is writing to the record just now."""


class Pool:
    """Connections to the record at *path*, opened when first needed and kept; call close() at the end."""

    def __init__(self, path: Path, *, readers: int = 8, write: bool = True) -> None:
        self.path, self.write = path, write
        self._free: queue.LifoQueue[Record] = queue.LifoQueue()
        self._left = threading.BoundedSemaphore(readers)
        self._writing = threading.Lock()
        self._writer: Record | None = None
        self._free.put(Record(path, create=False, write=False))

    @contextmanager
    def reading(self) -> Iterator[Record]:
        """A connection that nobody else has until it is given back."""
        with self._left:
            try:
                record = self._free.get_nowait()
            except queue.Empty:
                record = Record(self.path, create=False, write=False)
            try:
                yield record
            finally:
                self._free.put(record)

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """The connection for decisions. Raises BusyError where somebody else has been writing for longer than a request waits."""
        if not self.write:
            raise RecordError("this room is open for reading only", "Start it without --read-only")
        if not self._writing.acquire(timeout=PATIENCE):
            raise BusyError("the record is being written to just now", "Try again in a moment; nothing was changed")
        try:
            if self._writer is None:
                self._writer = Record(self.path, create=False, patience=PATIENCE)
            yield self._writer
        finally:
            self._writing.release()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        while True:
            try:
                self._free.get_nowait().close()
            except queue.Empty:
                return
