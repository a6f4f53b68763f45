"""The coreference figures, on a worked example (two entities against three; a, b, c and d, e, f, g against a, b and c, d and f, g, h, i)."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

GOLD = [frozenset("abc"), frozenset("defg")]
FOUND = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]


@pytest.mark.parametrize(
    ("name", "recall", "precision"),
    [
        ("muc", 2 / 5, 2 / 5),  # links a–b and f–g of five on either side
        ("b_cubed", (2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 0 + 2 / 4 + 2 / 4) / 7, (1 + 1 + 1 / 2 + 1 / 2 + 2 / 4 + 2 / 4) / 8),
        ("ceaf_e", (4 / 5 + 4 / 8) / 2, (4 / 5 + 4 / 8) / 3),  # a b c with a b, d e f g with f g h i
    ],
)
def test_a_worked_example(name, recall, precision):
    from coreference import METRICS, Counts

    counts = Counts()
    counts.add(*METRICS[name](GOLD, FOUND))
    figures = counts.figures()
    assert (figures["recall"], figures["precision"]) == pytest.approx((recall, precision))


def test_the_same_is_perfect_and_nothing_is_nought():
    from coreference import METRICS, Counts

    for metric in METRICS.values():
        same, nothing = Counts(), Counts()
        same.add(*metric(GOLD, GOLD))
        nothing.add(*metric(GOLD, []))
        assert same.figures()["f1"] == pytest.approx(1)
        assert nothing.figures()["f1"] == 0


def test_the_best_pairing_is_the_best_of_all():
    from coreference import pairing

    rng = np.random.default_rng(0)
    for _ in range(50):
        n, m = sorted(int(x) for x in rng.integers(1, 6, 2))
        alike = rng.random((n, m))
        best = max(sum(alike[i, p[i]] for i in range(n)) for p in itertools.permutations(range(m), n))
        assert pairing(alike) == pytest.approx(best)
        assert pairing(alike.T) == pytest.approx(best)
