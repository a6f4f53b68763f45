"""What a cut takes away, and what it does not."""

from __future__ import annotations

import pytest

import sayso


@pytest.mark.parametrize(
    ("said", "quote", "lost"),
    [
        ("We have never armed anybody in the valley, and if anyone shows me proof I will resign.", "We have never armed anybody in the valley", ()),
        ("The bridge will be open by June, and only if the steel arrives.", "The bridge will be open by June", ("condition",)),
        ("The talks may resume in spring, provided that the prisoners are freed.", "The talks may resume in spring", ("condition",)),
    ],
)
def test_a_condition_of_the_next_clause_is_not_lost(said, quote, lost):
    assert sayso.check_quote(quote, [said]).finding.lost == lost
