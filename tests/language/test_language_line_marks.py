"""The times of a live report's entries are read past."""

from __future__ import annotations

import time

import pytest

import sayso
from sayso.language.line_marks import line_marks


@pytest.mark.parametrize(("text", "marks"), [
    ("17.20 Opposition leader Ana Holt said no.", ["17.20 "]),
    ("First.\n9:05am GMT “It is over,” said Holt.\n10:15 The rain stops.", ["9:05am GMT ", "10:15 "]),
    ("It was 17.20 Opposition members said.", []),
    ("17.20 per cent of voters said no.", []),
    ("3.50 \n", []),
])  # fmt: skip
def test_a_time_before_an_entry(text, marks):
    assert [text[a:b] for a, b in line_marks(text)] == marks


def test_it_is_no_part_of_who_speaks():
    text = "Storm Mira: as it happened\n\n16.48 Ministers said the storm would weaken overnight.\n\n16.02 Flights are off, the airport said."
    sources = [row["source"]["text"] for row in sayso.analyse(text).rows() if row["source"]]
    assert "Ministers" in sources and not any(c.isdigit() for source in sources for c in source)


def test_hostile_text_takes_no_longer():
    began = time.process_time()
    line_marks("\n 1" * 200_000)
    line_marks(" " * 500_000)
    line_marks("12:30 GMT " * 50_000)
    assert time.process_time() - began < 15
