"""The gate: threads go through it into native code, and none is inside while the process forks.

A forked process has only the thread that forked it: a lock that another one held at that moment stays shut in it for ever.
"""

from __future__ import annotations

import os
import threading
from types import TracebackType


class Gate:
    """A context manager for any number of threads at once. A fork waits until those inside are out, and others wait for the fork.

    Not to be entered again by a thread that is inside.
    """

    def __init__(self) -> None:
        self._anew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._shut, after_in_parent=self._open, after_in_child=self._anew)

    def __enter__(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._forks)
            self._inside.add(threading.get_ident())

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._changed:
            self._inside.discard(threading.get_ident())
            self._changed.notify_all()

    def _anew(self) -> None:
        self._changed = threading.Condition()
        self._inside = set[int]()
        self._forks = 0

    def _shut(self) -> None:
        self._changed.acquire()  # and held until the fork is done
        self._forks += 1
        self._changed.wait_for(lambda: self._inside <= {threading.get_ident()})  # who forks does not wait for itself

    def _open(self) -> None:
        self._forks -= 1
        self._changed.notify_all()
        self._changed.release()


#: What the libraries of the models do goes on inside this one.
NATIVE = Gate()
