"""Quotations without marks: how far they go."""

from __future__ import annotations

import pytest

import sayso

OPENING = "Foreign Minister Orvan Sorrin countered on Monday that the river belongs to all:\n\n"


@pytest.mark.parametrize(("after", "told"), [
    ("I am certain that the commission will find a way.\n\nThe talks begin in May.\n", ["I am certain that the commission will find a way."]),
    ("We need the river, and so do our neighbours.\n\nI shall go there myself in May.\n",
     ["We need the river, and so do our neighbours.", "I shall go there myself in May."]),
    ("The talks begin in May.\n", []),
    ("“I was there,” Mira Holt said.\n", []),
])  # fmt: skip
def test_a_block_goes_on_in_the_first_person(after, told):
    text = f"{OPENING}Nobody has ever seen our engineers close the gates without a word to the commission.\n\n{after}"
    blocks = [s for s in sayso.analyse(text).statements if s.form == "block"]
    assert len(blocks) == 1
    assert [text[a:b] for a, b in blocks[0].content[1:]] == told
