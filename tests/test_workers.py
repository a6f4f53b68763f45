"""Worker processes: what they answer, and how they end."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys

import pytest

from sayso.workers import Workers


class OddError(Exception):
    """One that cannot be sent as it is: it takes two arguments and keeps one."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"{number} is {what}")


def halved_strictly(number: int) -> int:
    if number % 2:
        raise OddError(number, "odd")
    return number // 2


def halved(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


def test_each_answer_comes_to_who_asked():
    with Workers(halved, 3) as workers:
        asked = [(n, workers.submit(n)) for n in range(40)]
        for n, future in asked:
            if n % 2:
                with pytest.raises(ValueError, match=f"{n} is odd"):
                    future.result()
            else:
                assert future.result() == n // 2
    assert not multiprocessing.active_children()


def test_an_error_that_cannot_be_sent_is_told_all_the_same():
    with Workers(halved_strictly, 1) as workers:
        for n in (3, 5):
            with pytest.raises(RuntimeError, match=f"OddError: {n} is odd"):
                workers.submit(n).result()
        assert workers.submit(4).result() == 2


def test_a_program_that_leaves_them_running_ends_all_the_same():
    code = "import sayso; made = sayso.analyse_many(['Ann said that it rained.'] * 99, jobs=2); next(made); print('done')"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
