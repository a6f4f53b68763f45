"""Words as they are compared: whatever their spelling, case, marks and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.quotes.words import keys, words_of


@pytest.mark.parametrize(("one", "other"), [
    ("We WON’T go", "we will not go"),
    ("It can't, cannot", "it can not can not"),
    ("organised labour at the centre", "organized labor at the center"),
    ("travelling to the theatre", "traveling to the theater"),
    ("2,463 people", "two thousand four hundred and sixty-three people"),
    ("$5 million", "five million dollars"),
    ("£3bn", "three billion pounds"),
    ("20% of it", "twenty percent of it"),
    ("No. 2 in line", "number two in line"),
    ("No. 2 in line", "#2 in line"),
    ("the 2nd", "the second"),
    ("the U.S. army", "the US army"),
    ("Müller’s café", "Muller's cafe"),
    ("uh, we, er, go", "we go"),
    ("grain & oil", "grain and oil"),
    ("twenty-five", "25"),
])  # fmt: skip
def test_wordings_that_are_the_same(one, other):
    assert keys(words_of(one)) == keys(words_of(other))


@pytest.mark.parametrize(("one", "other"), [
    ("the first bridge", "the one bridge"), ("10,000 men", "1,000 men"), ("he did", "he did not"), ("no bridge", "No. 1 bridge"), ("5%", "$5"),
])  # fmt: skip
def test_wordings_that_are_not(one, other):
    assert keys(words_of(one)) != keys(words_of(other))


def test_brackets_and_ellipses_are_known_for_what_they_are():
    words = words_of("[The mayor] went … home [sic and so on")
    assert [w.key for w in words if w.bracketed] == ["the", "mayor"]
    assert [w.key for w in words if w.gap] == ["home"]


def test_pieces_parted_by_a_cue_are_told():
    text = "“We kept,” he said, “our word.”"
    words = words_of(text, [(1, 8), (20, 29)])
    assert [(w.key, w.joint) for w in words] == [("we", False), ("kept", False), ("our", True), ("word", False)]


@given(st.text(max_size=200))
def test_every_word_leads_back_to_its_characters(text):
    last = 0
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= last or word.end >= last
        assert word.key
        last = word.start
