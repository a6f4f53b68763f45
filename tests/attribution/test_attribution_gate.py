"""The gate: threads inside, and forks beside them."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sayso.attribution.gate import NATIVE, Gate

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
SECONDS = 120  # on a machine that is busy with other things


def fork() -> None:
    """Fork a process that goes through the gate, and wait for its end."""
    child = os.fork()
    if not child:
        with NATIVE:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_many_are_inside_at_once():
    both = threading.Barrier(2, timeout=SECONDS)

    def meet() -> None:
        with Gate():
            pass
        with NATIVE:
            both.wait()

    with ThreadPoolExecutor(2) as pool:
        for met in [pool.submit(meet), pool.submit(meet)]:
            met.result()


def test_a_fork_waits_for_those_inside_and_those_outside_for_the_fork():
    inside, told, out = threading.Event(), threading.Event(), threading.Event()

    def stay() -> None:
        with NATIVE:
            inside.set()
            assert told.wait(SECONDS)
            out.set()

    def leave_before_the_next_comes() -> bool:
        time.sleep(0.2)  # the fork has come by now, or will find nobody
        told.set()
        with NATIVE:
            return out.is_set()

    with ThreadPoolExecutor(2) as pool:
        staying = pool.submit(stay)
        assert inside.wait(SECONDS)
        leaving = pool.submit(leave_before_the_next_comes)
        fork()
        assert out.is_set()
        staying.result()
        assert leaving.result()


def test_who_forks_does_not_wait_for_itself():
    with NATIVE:
        fork()


def test_threads_that_come_and_go_hold_up_no_fork():
    ended = threading.Event()

    def come_and_go() -> None:
        while not ended.is_set():
            with NATIVE:
                time.sleep(0.001)

    with ThreadPoolExecutor(4) as pool:
        going = [pool.submit(come_and_go) for _ in range(4)]
        for _ in range(20):
            fork()
        ended.set()
        for gone in going:
            gone.result()
