"""Sentences, by their exact places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.sentences import sentences

# "|" stands where one sentence ends and the next begins.
CASES = [
    "The pier fell.| Nobody was hurt!| Who knew?| It is… gone…| Yes.",
    "Mr. Brisk, Mrs. Orr, Dr. Ask and Prof. Lund met Sen. Venn, Gov. Ise and Lt. Gov. Marsh.| They ate.",
    "Sens. Orr and Venn met Reps. Ise and Lund.| Messrs. Brisk and Kell did not.",
    "J. R. Venn and J.R. Venn are one man.| So is Kell W. Brisk.",
    "The U.S. President left.| He came from the U.S. Senate.",
    "They left the U.S.| The crowd stayed in the U.K.| It rained.",
    "She is No. 2 on the list.| Nos. 3 and 4 are empty.",
    "He said no.| Then he left.",
    "He said No.| Then he left.",
    "At 9 a.m. Monday the bell rang.| It stopped at 5 p.m.| They slept.",
    "Eel fell 3.5 percent to $2.10 a pound.| Cod rose.",
    "See tarn.example.com or www.pier.org.| It is free.",
    "“The pier is lost.”| She wept.| “All of it.”",
    "“The pier is lost!” she said.| “Why?” he asked.",
    "(It was his.)| [He had paid.]| ‘So he says.’| Nobody knew.",
    "Wait ... what?| No ... never.",
    "He stopped....| She did not.",
    "What?!| Never!!",
    "Orr v. Tarn Mills was heard.| Venn vs. Brisk was not.",
    "Tarn Mills Inc. sold it to Ardel & Co. of Lund.| The price is secret.",
    "It went to Ardel & Co.| The price is secret.",
    "On Sept. 11 and Dec. 3 it rained.| Jan. was dry.",
    "She lives on Mill St. near St. Orr.| He does not.",
    "He holds a Ph.D. in eels.| She has a Ph.D.| They met.",
    "Eels, cod, etc. were sold.| Eels, cod, etc.| The rest was thrown away.",
    "1. Pay the clerk.| 2. Leave.",
    "a. Pay the clerk.",
    "(iv) Pay.| V. Leave.",
    "It costs £3.| €4 is too much.| #eels are cheap.| 3 pounds will do.",
    "A headline without a stop|\nThe text.| It goes on",
    "One.|\r\nTwo.|\r\n\r\nThree",
    "¿Qué?| ¡No!| Así.",
    "He lives in Tarn, Ark.| But she does not.",
    "Plan B.| The end.",
]


@pytest.mark.parametrize("case", CASES)
def test_where_sentences_end(case):
    text = case.replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == [piece.strip() for piece in case.split("|")]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\u2028"])
def test_nothing_has_no_sentences(text):
    assert sentences(text) == []


@settings(deadline=None)
@given(st.text(st.sampled_from(" .!?…“”\"')\n\r\tAbU1$") | st.characters(), max_size=60))
def test_sentences_hold_every_visible_character_once_and_in_order(text):
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert len(text[start:end].splitlines()) == 1
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize("piece", [".", ". ", '."', " ", "U.S. ", "A. ", "?! ", "Eels swim. "])
def test_cost_is_linear_in_the_length_of_a_line(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece)) + "x"
        started = time.process_time()
        sentences(text)
        return time.process_time() - started

    seconds(1000)
    assert min(seconds(80_000) for _ in range(3)) < 30 * max(seconds(10_000), 0.005)
