"""Headlines that end with who speaks."""

from __future__ import annotations

import pytest

import sayso
from sayso.attribution.headlines import headline


@pytest.mark.parametrize(("line", "said", "cue", "source"), [
    ("Wheat levy to stay in Orlan: PM", "Wheat levy to stay in Orlan", ":", "PM"),
    ("Nobody will hoard wheat here: Yaldan", "Nobody will hoard wheat here", ":", "Yaldan"),
    ("Governor never took the flood money – Aide", "Governor never took the flood money", "–", "Aide"),
    ("Levy would be 'death of farming' - union", "Levy would be 'death of farming'", "-", "union"),
    ("Wheat levy is safe, insists minister", "Wheat levy is safe", "insists", "minister"),
    ("Levy deal 'a sell-out' say unions", "Levy deal 'a sell-out'", "say", "unions"),
    ("Lenders want the levy gone: rights group", "Lenders want the levy gone", ":", "rights group"),
])  # fmt: skip
def test_who_speaks_stands_at_the_end(line, said, cue, source):
    found = headline(f"{line}\n\nOrlan is far.", ["Minister Tom Yaldan"])
    assert found is not None and [line[slice(*span)] for span in (found.said, found.cue, found.source)] == [said, cue, source]


@pytest.mark.parametrize("line", [
    "Wheat crisis: PM chairs a meeting",
    "Bread prices soar – and nobody cares",
    "Who runs the harbour: the army?",
    "Wheat crisis - Orlan Post",
    "Wheat levy is safe, insisted minister Yaldan yesterday.",
    "Levy talks end, leaving minister",
    "Short: PM",
])  # fmt: skip
def test_other_headlines_end_with_no_speaker(line):
    assert headline(f"{line}\n\nOrlan is far.", ["Minister Tom Yaldan"]) is None


def test_a_text_of_one_line_has_no_headline():
    assert headline("Wheat levy to stay in Orlan: PM", []) is None


def test_a_headline_makes_a_statement_of_whoever_speaks_below():
    rows = sayso.analyse("We won't surrender to lenders – Yaldan\n\nORLAN: “We stand by the farmers,” Minister Tom Yaldan told reporters.").rows()
    (row,) = (row for row in rows if row["content"]["spans"][0][0] == 0)
    assert (row["source"]["text"], row["content"]["text"], row["negated"]) == ("Yaldan", "We won't surrender to lenders", False)
    assert row["speaker"]["name"] == "Tom Yaldan"
