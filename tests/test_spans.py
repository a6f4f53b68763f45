"""Spans: pieces of a text of record, whatever order they come in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.spans import GAP, check, contains, length, normalised, overlap, surface, trimmed

SIZE = 30
places = st.integers(0, SIZE)
raw = st.lists(st.tuples(places, places), max_size=8)
spans = raw.map(normalised)
texts = st.text(st.characters(), min_size=SIZE, max_size=SIZE)


def covered(found):
    return {i for start, end in found for i in range(start, end)}


def test_touching_and_overlapping_spans_become_one():
    assert normalised([(8, 9), (4, 6), (0, 2), (2, 4), (5, 7), (7, 7)]) == ((0, 7), (8, 9))


@settings(deadline=None)
@given(raw)
def test_normalised_spans_are_ordered_apart_and_cover_the_same_characters(found):
    once = normalised(found)
    assert normalised(once) == once
    assert covered(once) == covered(found)
    assert all(start < end for start, end in once)
    assert all(end < start for (_, end), (start, _) in pairwise(once))
    check(once, SIZE)


@settings(deadline=None)
@given(raw)
def test_normalised_spans_do_not_depend_on_order(found):
    assert normalised(reversed(found)) == normalised(found)


@settings(deadline=None)
@given(spans)
def test_length_counts_each_character_once(found):
    assert length(found) == len(covered(found))


@settings(deadline=None)
@given(spans, spans)
def test_overlap_is_symmetric_and_no_more_than_either(a, b):
    assert overlap(a, b) == overlap(b, a) == len(covered(a) & covered(b))
    assert overlap(a, a) == length(a)


@settings(deadline=None)
@given(spans, spans)
def test_what_contains_covers(outer, inner):
    if contains(outer, inner):
        assert overlap(outer, inner) == length(inner)
    assert contains(outer, outer)
    assert contains(outer, ())


def test_a_piece_over_a_gap_is_not_contained():
    assert contains([(0, 5), (7, 9)], [(1, 3), (7, 9)])
    assert not contains([(0, 5), (7, 9)], [(3, 8)])


@settings(deadline=None)
@given(texts, spans)
def test_the_surface_is_the_characters_themselves(text, found):
    shown = surface(text, found)
    assert shown == GAP.join(text[start:end] for start, end in found)
    position = 0
    for start, end in found:
        assert shown[position : position + end - start] == text[start:end]
        position += end - start + len(GAP)


def test_a_discontinuous_span_is_shown_with_its_gap():
    text = "The pier, she said, is lost."
    assert surface(text, [(0, 8), (20, 27)]) == "The pier … is lost"


def test_code_points_are_counted_not_bytes_or_utf16_units():
    text = "🦦 said “oui”"
    assert surface(text, [(0, 1), (7, 12)]) == "🦦 … “oui”"


@settings(deadline=None)
@given(st.text(st.sampled_from(" \t\n\u00a0\u2003ab“"), max_size=20), st.data())
def test_trimmed_leaves_no_white_space_at_the_edges(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = trimmed(text, start, end)
    assert start <= a <= b <= end
    assert text[a:b] == text[start:end].strip()


@pytest.mark.parametrize(
    ("found", "size"),
    [([(0, 0)], 5), ([(3, 2)], 5), ([(-1, 2)], 5), ([(0, 6)], 5), ([(2, 4), (0, 1)], 5), ([(0, 3), (2, 4)], 5), ([(0, 1)], 0)],
)
def test_wrong_spans_are_refused_with_their_place(found, size):
    with pytest.raises(ValueError, match=r"span \[-?\d+, \d+\)"):
        check(found, size)


def test_no_spans_are_in_order():
    check((), 0)
