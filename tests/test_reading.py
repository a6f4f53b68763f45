"""Worker processes that read beside each other."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

import sayso
from sayso.reading import read_text, read_texts

TEXTS = [f"Inga Tarrow said on day {n} that the ferry would sail." for n in range(12)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_things_come_back_in_order_each_with_its_reading(jobs):
    items = [(None if n % 5 == 4 else text, n) for n, text in enumerate(TEXTS)]
    out = list(read_texts(items, jobs=jobs))
    assert [n for n, _ in out] == list(range(12))
    assert [reading for _, reading in out] == [None if text is None else read_text(text) for text, _ in items]


def test_leaving_early_leaves_no_worker_behind():
    reading = read_texts(((text, None) for text in TEXTS), jobs=2)
    next(reading)
    assert multiprocessing.active_children()
    reading.close()
    assert not multiprocessing.active_children()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_worker_that_dies_is_an_answer_not_a_crash():
    reading = read_texts(((text, None) for text in TEXTS * 4), jobs=2)
    next(reading)
    for worker in multiprocessing.active_children():
        os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(sayso.SaysoError, match=r"a worker process died.*with fewer jobs"):
        list(reading)
    assert not multiprocessing.active_children()
