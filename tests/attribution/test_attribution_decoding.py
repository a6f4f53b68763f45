"""Decoding against every path there is, on chains small enough to list them."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.decoding import Chain, by_lines, runs


def chain_of(k: int, rng: np.random.Generator) -> Chain:
    return Chain(tuple("OBIXY"[:k]), rng.normal(size=k).astype(np.float32), rng.normal(size=(k, k)).astype(np.float32))


def paths(chain: Chain, scores: np.ndarray) -> dict[tuple[int, ...], float]:
    """The score of every path over *scores* (t, k)."""
    t, k = scores.shape
    return {
        path: float(chain.begin[path[0]])
        + float(sum(scores[i, tag] for i, tag in enumerate(path)))
        + float(sum(chain.transition[a, b] for a, b in pairwise(path)))
        for path in product(range(k), repeat=t)
    }


CASES = [(k, lengths, seed) for seed, (k, lengths) in enumerate([(2, [1]), (3, [4, 1, 3]), (4, [5, 2]), (3, [6, 6, 1, 5]), (5, [3, 4])])]


@pytest.mark.parametrize(("k", "lengths", "seed"), CASES)
def test_the_best_path_is_the_best_of_all(k, lengths, seed):
    rng = np.random.default_rng(seed)
    chain = chain_of(k, rng)
    scores = (3 * rng.normal(size=(len(lengths), max(lengths), k))).astype(np.float32)
    tags = chain.best(scores, np.array(lengths))
    for row, size in enumerate(lengths):
        found = paths(chain, scores[row, :size])
        assert found[tuple(tags[row, :size].tolist())] == pytest.approx(max(found.values()), abs=1e-4)
        assert not tags[row, size:].any()


@pytest.mark.parametrize(("k", "lengths", "seed"), CASES)
def test_marginals_are_the_shares_of_all_paths(k, lengths, seed):
    rng = np.random.default_rng(seed)
    chain = chain_of(k, rng)
    scores = (3 * rng.normal(size=(len(lengths), max(lengths), k))).astype(np.float32)
    p = chain.marginals(scores, np.array(lengths))
    for row, size in enumerate(lengths):
        found = paths(chain, scores[row, :size])
        top = max(found.values())
        share = np.zeros((size, k))
        for path, score in found.items():
            share[np.arange(size), path] += np.exp(score - top)
        np.testing.assert_allclose(p[row, :size], share / share.sum(1, keepdims=True), atol=1e-4)


def test_what_stands_beyond_the_end_of_a_line_is_no_matter():
    rng = np.random.default_rng(7)
    chain = chain_of(3, rng)
    scores = rng.normal(size=(2, 6, 3)).astype(np.float32)
    other = scores.copy()
    other[0, 2:] = 50 * rng.normal(size=(4, 3))
    lengths = np.array([2, 6])
    np.testing.assert_array_equal(chain.best(scores, lengths), chain.best(other, lengths))
    np.testing.assert_array_equal(chain.marginals(scores, lengths)[0, :2], chain.marginals(other, lengths)[0, :2])


def test_company_is_no_matter():
    rng = np.random.default_rng(8)
    chain = chain_of(4, rng)
    scores = rng.normal(size=(3, 5, 4)).astype(np.float32)
    lengths = np.array([5, 3, 4])
    for row in range(3):
        alone = slice(row, row + 1)
        np.testing.assert_array_equal(chain.best(scores, lengths)[alone], chain.best(scores[alone], lengths[alone]))
        np.testing.assert_allclose(chain.marginals(scores, lengths)[alone], chain.marginals(scores[alone], lengths[alone]), atol=1e-6)


def test_long_lines_and_large_scores_stay_finite():
    rng = np.random.default_rng(9)
    chain = Chain(("O", "B", "I"), np.array([0, 0, -1e4], np.float32), np.array([[0, 0, -1e4], [0, 0, 0], [0, 0, 0]], np.float32))
    scores = (8 * rng.normal(size=(1, 3000, 3))).astype(np.float32)
    lengths = np.array([3000])
    p = chain.marginals(scores, lengths)
    assert np.isfinite(p).all()
    np.testing.assert_allclose(p.sum(2), 1, atol=1e-3)
    tags = chain.best(scores, lengths)[0]
    assert not ((tags[1:] == 2) & (tags[:-1] == 0)).any()
    assert tags[0] != 2


def test_a_chain_is_read_from_json():
    chain = Chain.from_json({"labels": ["O", "B"], "begin": [0, 1], "transition": [[0, 1], [2, 3]]})
    assert chain.labels == ("O", "B")
    assert chain.transition[1, 0] == 2


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ([], []), ([0, 0], []), ([1], [(0, 1)]), ([2], [(0, 1)]), ([1, 2, 2, 0, 1], [(0, 3), (4, 5)]), ([1, 1, 2], [(0, 1), (1, 3)]),
        ([0, 2, 2, 0], [(1, 3)]), ([3, 2, 2, 1], [(1, 3), (3, 4)]), ([1, 3, 2], [(0, 1), (2, 3)]),
    ],
)  # fmt: skip
def test_runs_open_and_go_on(tags, found):
    assert runs(np.array(tags, np.int64), 1, 2) == found


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), max_size=30))
def test_runs_hold_every_tag_once(tags):
    found = runs(np.array(tags, np.int64), 1, 2)
    held = [i for a, b in found for i in range(a, b)]
    assert held == [i for i, tag in enumerate(tags) if tag in (1, 2)]
    assert all(tag == 2 for a, b in found for tag in tags[a + 1 : b])


@settings(deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=6), st.integers(1, 4))
def test_lines_laid_out_hold_the_same_scores(sizes, k):
    scores = np.random.default_rng(1).normal(size=(sum(sizes), k)).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    laid, lengths = by_lines(scores, starts)
    assert lengths.tolist() == sizes
    assert laid.shape == (len(sizes), max(sizes), k)
    inside = np.arange(laid.shape[1]) < lengths[:, None]
    np.testing.assert_array_equal(laid[inside], scores)
    assert not laid[~inside].any()
