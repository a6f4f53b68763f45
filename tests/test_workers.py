"""Worker processes: what they answer, and how they end."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys

import pytest

from sayso.workers import Workers


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


def test_a_program_that_leaves_them_running_ends_all_the_same():
    code = "import sayso; made = sayso.analyse_many(['Ann said that it rained.'] * 99, jobs=2); next(made); print('done')"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
