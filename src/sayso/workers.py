"""Workers: processes that do one thing beside each other, and end with the one who started them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, Self, TypeVar

from sayso.errors import SaysoError

A = TypeVar("A")
R = TypeVar("R")


class Workers(Generic[A, R]):
    """*jobs* processes that call *function*, each with one argument at a time. A context manager: leaving it ends them.

    Unlike concurrent.futures.ProcessPoolExecutor, nothing here outlives a parent that is killed, or waits for anything
    when it is interrupted, however often: what a worker was at is dropped.
    """

    def __init__(self, function: Callable[[A], R], jobs: int) -> None:
        self._ends: queue.SimpleQueue[Connection] = queue.SimpleQueue()
        self._processes: list[multiprocessing.Process] = []
        for _ in range(jobs):
            here, there = multiprocessing.Pipe()
            process = multiprocessing.Process(target=_work, args=(there, function), daemon=True)
            process.start()
            there.close()  # so that the end here is at its end when the worker is
            self._processes.append(process)
            self._ends.put(here)
        self._threads = ThreadPoolExecutor(jobs)  # each waits for one worker; started only now: forking knows no threads

    def submit(self, argument: A) -> Future[R]:
        """What *function* makes of *argument*, in time. The future raises what it raises, or SaysoError if a worker dies."""
        return self._threads.submit(self._ask, argument)

    def _ask(self, argument: A) -> R:
        end = self._ends.get()
        try:
            end.send(argument)
            answer = end.recv()
        except (EOFError, OSError):
            raise SaysoError("a worker process died, perhaps for want of memory", "Run this again with fewer jobs") from None
        finally:
            self._ends.put(end)
        if isinstance(answer, Exception):
            raise answer
        made: R = answer
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
        self._threads.shutdown()
        while not self._ends.empty():
            self._ends.get().close()


def _work(end: Connection, function: Callable[[A], R]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to act on
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        argument = end.recv()
        try:
            answer: R | Exception = function(argument)
        except Exception as error:
            answer = _sendable(error)  # raised again where the answer is awaited
        end.send(answer)


def _sendable(error: Exception) -> Exception:
    """*error*, or what says the same where it would not arrive."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
