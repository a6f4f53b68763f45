"""The network, in several threads and processes."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from sayso.attribution.engine import shared_engine

TEXT = "Inga Tarrow said that the ferry would sail again."
SECONDS = 120  # on a machine that is busy with other things


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_process_forked_while_another_thread_encodes_can_encode():
    network = shared_engine().network
    expected = network.encode(TEXT).flat.tolist()
    going_on, ended = threading.Event(), threading.Event()

    def encode_on() -> None:
        while not ended.is_set():
            network.encode("\n" * 100_000)  # no tokens: all of its time goes by before the encoder
            network.encode(TEXT)
            going_on.set()

    thread = threading.Thread(target=encode_on)
    thread.start()
    try:
        assert going_on.wait(SECONDS)
        for _ in range(10):
            child = os.fork()
            if not child:
                try:
                    os._exit(network.encode(TEXT).flat.tolist() != expected)
                finally:
                    os._exit(2)
            assert _status(child) == 0
    finally:
        ended.set()
        thread.join()


def _status(child: int) -> int | None:
    """The exit status of *child*; None where it hung and had to be killed."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
