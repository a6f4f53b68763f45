"""Negations of the main clause are taken out, and told by a sign."""

from __future__ import annotations

import pytest

from sayso.claims.polarity import affirmed


@pytest.mark.parametrize(("text", "made", "sign"), [
    ("Orlan did not arm the rebels", "Orlan did arm the rebels", -1),
    ("Orlan hasn’t armed the rebels", "Orlan has armed the rebels", -1),
    ("Orlan can't arm the rebels", "Orlan can arm the rebels", -1),
    ("Orlan had never armed the rebels", "Orlan had armed the rebels", -1),
    ("There was no collusion with the bank", "There was collusion with the bank", -1),
    ("The bank did not pay because the clerk was ill", "The bank did pay", -1),
    ("Orlan has never been seen having any ties with the rebels", "Orlan has ties with the rebels", -1),
    ("Orlan has no ties with the rebels, or any other band in the hills", "Orlan has ties with the rebels", -1),
    ("In the hills, Orlan did not arm the rebels", "In the hills, Orlan did arm the rebels", -1),
    ("Orlan failed to pay the clerks", "Orlan pay the clerks", -1),
    ("Orlan should not have armed the rebels", "Orlan should not have armed the rebels", 1),
    ("If it rains, the army will not move", "If it rains, the army will not move", 1),
    ("Orlan armed the rebels", "Orlan armed the rebels", 1),
    ("Orlan not only armed the rebels", "Orlan not only armed the rebels", 1),
    ("The clerk who did not sign left the bank", "The clerk who did not sign left the bank", 1),
    ("Orlan did not say that it would not come", "Orlan did not say that it would not come", 1),
])  # fmt: skip
def test_the_negation_of_the_main_clause(text, made, sign):
    assert affirmed(text) == (made, sign)
