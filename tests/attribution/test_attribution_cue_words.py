"""Cue words: what tells attribution from everyday words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.cue_words import knows


@pytest.mark.parametrize(
    ("cue", "known"),
    [
        ("said", 1), ("criticizes", 1), ("according to", 1), ("had long maintained", 1), ("lent support to", 1), ("allegations", 1),
        ("names", 0.5), ("about", 0.5), ("made for", 0.5),
        ("lend", 0), ("pound", 0), ("run", 0), ("take part", 0), ("sailed", 0), ("was made", 0), ("turned out", 0), ("sold", 0), ("on", 0),
        ("", 0), (":", 0), ("🦦", 0),
    ],
)  # fmt: skip
def test_known_cues_are_told_from_everyday_words(cue, known):
    assert knows(cue) == known


@settings(deadline=None)
@given(st.text(st.sampled_from("asid notbuefrc’'“\n-") | st.characters(), max_size=40))
def test_any_words_are_known_or_not(cue):
    assert knows(cue) in (0, 0.5, 1)
