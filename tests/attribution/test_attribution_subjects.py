"""Who says what a verb tells that stands far from its subject, or in a row of verbs."""

from __future__ import annotations

import pytest

import sayso
from sayso.attribution.subjects import _who


def said(text: str) -> dict[str, tuple[str | None, str]]:
    """Source and content by cue."""
    return {row["cue"]["text"]: (row["source"] and row["source"]["text"], row["content"]["text"]) for row in sayso.analyse(text).rows()}


@pytest.mark.parametrize(("lead", "cue", "who"), [
    ("Mira Holt, who had written to the clerks in May, ", "said", "Mira Holt"),
    ("A second clerk who attended ", "said", "A second clerk"),
    ("The harbour official who first told the papers, and so began it all, ", "denied", "The harbour official"),
    ("The complaint, filed in the spring, ", "claims", "The complaint"),
    ("Holt answered the clerks in a letter, ", "saying", "Holt"),
    ("Holt answered the clerks, who had asked, ", "saying", None),
    ("His comments echoed older ones, ", "saying", None),
    ("On Friday, after the vote, ", "said", None),
    ("She knows that she did not expect to meet with ", "questions", None),
    ("Holt met the clerks and ", "said", None),
])  # fmt: skip
def test_a_sentence_begins_with_whose_verb_it_is(lead, cue, who):
    found = _who(lead, [cue])
    assert (found and lead[slice(*found)]) == who


def test_verbs_in_a_row_have_one_source():
    found = said("The bank, in an open letter, blamed the board for ten years of drift, called for it to go, and promised a boycott.")
    assert {found[cue][0] for cue in ("blamed", "called for", "promised")} == {"The bank"}


def test_but_turns_to_what_else_the_speaker_said():
    found = said("Sources in the party said the mayor was unhappy with the council, but ruled out a vote.")
    assert found["said"][1] == "the mayor was unhappy with the council"
    assert found["ruled out"] == ("Sources in the party", "a vote")


def test_but_goes_on_with_what_another_is_told_to_have_done():
    found = said("Brill admitted that Orlan asked her for the keys, but didn't ask her to wait.")
    assert found["didn't ask"][0] == "Orlan"


def test_participles_in_a_row_have_one_source():
    found = said("Mira Holt attacked the council on Friday, calling its plan a fraud and saying that the dam would not hold.")
    assert found["saying"][0] == found["calling"][0] == "Mira Holt"
