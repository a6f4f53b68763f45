"""Two wordings against each other: what the one did to the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.quotes.alignment import align
from sayso.quotes.words import keys, words_of


def told(base, variant, **more):
    made = align(words_of(base), words_of(variant), **more)
    return [(s.kind, " ".join(keys(made.base[slice(*s.base)])), " ".join(keys(made.variant[slice(*s.variant)])), s.disclosed) for s in made.segments]


@pytest.mark.parametrize(("base", "variant", "changes"), [
    ("We kept our word.", "“we kept our word,”", ("kept",)),
    ("They openly asked for grain.", "They publicly asked for grain", ("replaced",)),
    ("the number one grain thief", "the grain thief number one", ("reordered",)),
    ("No. 2 grain thief", "grain thief, the second", ("reordered",)),
    ("We will not, on any account, sell the mill.", "We will not sell the mill.", ("trimmed",)),
    ("We will sell the mill.", "We will gladly sell the mill.", ("inserted",)),
    ("It's a policy maker's job.", "It is a policymaker's job.", ("kept",)),
    ("He left the United States by 20 per cent.", "He left the U.S. by 20%.", ("kept",)),
])  # fmt: skip
def test_changes(base, variant, changes):
    assert align(words_of(base), words_of(variant)).changes == changes


def test_what_an_editor_marks_is_disclosed():
    assert told("He sold, against my will, the mill.", "[The mayor] sold … the mill.") == [
        ("replaced", "he", "the mayor", True), ("same", "sold", "sold", False), ("trimmed", "against my will", "", True),
        ("same", "the mill", "the mill", False),
    ]  # fmt: skip


def test_a_cut_stays_in_one_piece():
    assert told("the man and the woman who left the town left the mill", "the woman left the mill")[1][0] == "trimmed"
    assert [kind for kind, *_ in told("We sold the mill and the dam and the bridge.", "We sold the bridge.")] == ["same", "trimmed", "same"]


@pytest.mark.parametrize(("base", "variant", "changes", "beyond"), [
    ("I was saddened by the flood … The mill must be sold", "The mill must be sold … a shame", ("trimmed",), ["a shame"]),
    ("The mill must be sold", "a shame … The mill must be leased", ("replaced",), ["a shame"]),
    ("I will sell the mill. I need no bank.", "I will sell the mill. Ask whom you like.", ("trimmed",), ["ask whom you like"]),
    ("the mill must be sold … I would guess he is at sea", "the mill must be sold and I was sad.", ("trimmed",), ["and i was sad"]),
    ("What the mayor said shames the town.", "No mayor loved boats more … shames the town.", ("trimmed",), ["no mayor loved boats more"]),
    ("The dam will hold. The mill must be sold.", "The dam will not hold. The mill must be sold.", ("inserted",), []),
])  # fmt: skip
def test_what_the_other_leaves_out_is_not_put_in(base, variant, changes, beyond):
    made = align(words_of(base), words_of(variant))
    assert made.changes == changes
    assert [" ".join(keys(made.variant[slice(*s.variant)])) for s in made.segments if s.kind == "beyond"] == beyond


def test_inside_a_longer_text_only_what_is_rendered_counts():
    assert told("On that day we sold the old mill and were glad of it.", "we sold the new mill", inside=True) == [
        ("same", "we sold the", "we sold the", False), ("replaced", "old", "new", False), ("same", "mill", "mill", False)
    ]


WORDS = st.lists(st.sampled_from("we they will not sell keep the a mill dam bridge grain 2 two".split()), max_size=25).map(" ".join)


@given(WORDS, WORDS, st.booleans())
def test_segments_cover_the_variant_in_order_and_without_gap(base, variant, inside):
    made = align(words_of(base), words_of(variant), inside=inside)
    place = 0
    at = made.segments[0].base[0] if made.segments else 0
    for segment in made.segments:
        assert (segment.variant[0], segment.base[0]) == (place, at)
        place, at = segment.variant[1], segment.base[1]
    assert place == len(made.variant)
    assert inside or at == len(made.base)


@given(WORDS)
def test_a_wording_is_itself(text):
    assert align(words_of(text), words_of(text)).changes == ("kept",)
    assert all(s.kind == "same" for s in align(words_of(text), words_of(text)).segments)
