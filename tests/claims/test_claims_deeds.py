"""What is denied or accused of becomes a clause."""

from __future__ import annotations

import pytest

from sayso.claims.deeds import clause


@pytest.mark.parametrize(("text", "made"), [
    ("Orlan arming the rebels", "Orlan did arm the rebels"),
    ("Orlan not warning the port", "Orlan did not warn the port"),
    ("Orlan having armed the rebels", "Orlan has armed the rebels"),
    ("Orlan being late", "Orlan was late"),
    ("Orlan failing the port", "Orlan did fail the port"),
    ("Orlan any involvement in the fire", "Orlan was involved in the fire"),
    ("Orlan having any direct knowledge of the fire", "Orlan knew of the fire"),
    ("Mayor Dara Venn any ties to the bank", "Mayor Dara Venn has ties with the bank"),
    ("Dara Venn “any knowledge” of the fire", "Dara Venn knew of the fire"),
    ("the ministry of hiding the report", "the ministry of hiding the report"),
    ("the ferry was late", "the ferry was late"),
    ("something according to the clerk", "something according to the clerk"),
])  # fmt: skip
def test_a_denied_deed(text, made):
    assert clause(text, accusing=False) == made


@pytest.mark.parametrize(("text", "made"), [
    ("the ministry of hiding the report", "the ministry did hide the report"),
    ("The ministry for not hiding the report", "The ministry did not hide the report"),
    ("Orlan of repeatedly arming the rebels", "Orlan did repeatedly arm the rebels"),
    ("the ministry of treason", "the ministry of treason"),
])  # fmt: skip
def test_a_deed_that_somebody_is_accused_of(text, made):
    assert clause(text, accusing=True) == made


def test_a_long_text_costs_no_more():
    text = "Orlan of " * 2000
    assert clause(text, accusing=True) == text
    assert clause("The Of The " * 36, accusing=True)
