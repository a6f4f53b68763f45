"""What is read around a cue."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.attribution.features import Encoded
from sayso.attribution.network import FAR, NEAR
from sayso.attribution.vicinity import Vicinity
from sayso.language.quotation import quoted_stretches
from sayso.language.tokens import tokenise

LONG = "The ferry sailed on through fog and rain past the light at Sorrin Head and put in late for coal. "
NONE = np.zeros(0, np.int64)


def read(text: str, cue: str, reach: tuple[int, int]) -> str:
    """The text that is read around the word *cue*."""
    tokens = tokenise(text)
    words = [text[token.start : token.end] for token in tokens]
    at = words.index(cue)
    ((begin, end),) = Vicinity(text, Encoded(tokens, quoted_stretches(text), NONE, NONE, NONE, NONE, NONE)).of([(at, at + 1)], reach)
    return text[tokens[begin].start : tokens[end - 1].end]


def test_reading_ends_some_words_beyond_the_paragraph():
    text = f"{LONG}\n\nInga Tarrow denied that.\n\n{LONG}"
    around = "Head and put in late for coal. Inga Tarrow denied that. The ferry sailed on through fog and rain"
    assert " ".join(read(text, "denied", FAR).split()) == around


def test_a_quotation_that_opens_the_next_paragraphs_is_read_with_it():
    text = f"Inga Tarrow denied that.\n\n“{LONG.strip()}\n\n“And she came home.”\n\n{LONG}{LONG}"
    assert read(text, "denied", FAR).startswith(text[: text.index("”") + 1])
    assert "Sorrin Head" not in read(text, "denied", FAR)[text.index("”") :]


def test_of_a_paragraph_that_goes_on_behind_its_quotation_only_that_is_read():
    text = f"Inga Tarrow denied that.\n\n“She came home.” {LONG}{LONG}"
    assert read(text, "denied", FAR).endswith("She came home.” The ferry sailed on through fog and rain")


def test_what_a_colon_opens_is_read_with_it():
    text = f"Inga Tarrow denied on Monday:\n\n{LONG}\n\n{LONG}"
    assert read(text, "denied", FAR) == text.strip()


def test_a_line_that_is_only_full_ends_no_paragraph():
    text = "Inga Tarrow denied that the ferry had ever been\nout of coal, and said so twice before the harbour board of the town."
    assert read(text, "denied", FAR) == text


@pytest.mark.parametrize("reach", [NEAR, FAR])
def test_reading_goes_no_farther_than_the_reach(reach):
    words = read("wind " * 200 + "denied " + "rain " * 200, "denied", reach).split()
    assert words.index("denied") == reach[0]
    assert len(words) == sum(reach) + 1


def test_hostile_texts_are_read_in_linear_time_and_within_bounds():
    text = "“a\n\n" * 5000 + "denied\n" + "\n\n“" * 5000
    assert "denied" in read(text, "denied", FAR)
