"""Inserted words: names that the machine put in stand in brackets."""

from __future__ import annotations

import pytest

from sayso.claims.inserted import bracketed, unbracketed


@pytest.mark.parametrize(("text", "said", "shown"), [
    ("Inga Tarrow poisoned the river", "she poisoned the river", "[Inga Tarrow] poisoned the river"),
    ("The bank closed Jonas Fenn's mill.", "the bank closed his mill.", "The bank closed [Jonas Fenn's] mill."),
    ("Inga Tarrow sold the dam", "Tarrow sold “the dam”", "[Inga] Tarrow sold the dam"),
    ("The army did arm the rebels", "the army of arming the rebels", "The army [did arm] the rebels"),
    ("The harbour is safe", "the harbour is safe", "The harbour is safe"),
])
def test_only_what_the_source_did_not_say_is_in_brackets(text, said, shown):
    assert bracketed(text, said) == shown
    assert unbracketed(shown) == text
