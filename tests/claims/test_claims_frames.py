"""What the words around a proposition make of it."""

from __future__ import annotations

import pytest

from sayso.claims.frames import unframed


@pytest.mark.parametrize(("text", "inner", "sign", "head"), [
    ("accusations by the council and a number of its friends that Orlan armed the rebels", "Orlan armed the rebels", 1, "claim"),
    ("Veldara’s claim that Orlan is arming the rebels", "Orlan is arming the rebels", 1, "claim"),
    ("denials that the dam had failed", "the dam had failed", -1, "denial"),
    ("there is not even a single fact to substantiate Veldara’s claim that Orlan armed them", "Veldara’s claim that Orlan armed them", -1, None),
    ("there was nothing to substantiate Veldara’s claim that Orlan armed them", "Veldara’s claim that Orlan armed them", -1, None),
    ("there is nothing to show that the dam had failed", "the dam had failed", -1, None),
    ("there is no evidence that the dam had failed", "the dam had failed", -1, None),
    ("there is no doubt that the dam had failed", "the dam had failed", 1, None),
    ("it is not true that the dam had failed", "the dam had failed", -1, None),
    ("the claim that the dam had failed is a lie", "the dam had failed", -1, None),
    ("the allegations of foul play at the dam as baseless", "foul play at the dam", -1, None),
    ("the ferry was late", "the ferry was late", 1, None),
])  # fmt: skip
def test_a_frame_is_taken_off_and_its_sign_kept(text, inner, sign, head):
    found = unframed(text)
    assert (text[found.start : found.end], found.sign, found.head) == (inner, sign, head)


def test_a_long_text_costs_no_more():
    text = "the claim by " * 40 + "x " * 4000
    assert unframed(text).start == 0
    text = "there is no " + "new " * 140
    assert unframed(text).sign in (1, -1)
