"""A text laid out: lines, sentences and quotations, and which words stand as possessors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = "“We wait,” said Inga Tarrow. Nobody came.\n\nThe dam’s keeper left."


def test_every_word_knows_its_sentence_line_and_quotation(page):
    laid = page(TEXT)
    at = {word: i for i, word in enumerate(laid.words)}
    assert [laid.sentence[at[w]] for w in ("We", "said", "Nobody", "keeper")] == [0, 0, 1, 2]
    assert laid.line[at["We"]] == laid.line[at["came"]] < laid.line[at["dam"]]
    assert laid.quote[at["We"]] == laid.quote[at["wait"]] >= 0
    assert laid.quote[at["said"]] == -1


def test_a_run_of_words_is_written_as_in_the_text(page):
    laid = page(TEXT)
    start = TEXT.index("Inga Tarrow")
    run = laid.run((start, start + len("Inga Tarrow")))
    assert laid.written(run) == "Inga Tarrow"
    assert laid.span(run) == (start, start + len("Inga Tarrow"))


@pytest.mark.parametrize(
    ("text", "possessor"),
    [
        ("Ostland's fleet", True),
        ("Ostland’s fleet", True),
        ("the dockers’ union", True),
        ("the dockers' union", True),
        ("‘Ostland’ it is called", False),
        ("an islander’ came", False),
        ("Ostland 's fleet", False),
    ],
)
def test_possessors(page, text, possessor):
    laid = page(text)
    assert any(laid.possessive(i) for i in range(len(laid.words))) is possessor


def test_a_text_without_words_is_an_empty_page(page):
    for text in ("", "  \n\t "):
        assert page(text).words == page(text).begins == []


@given(text=st.text(max_size=200))
def test_every_sentence_begins_where_it_says(page, text):
    laid = page(text)
    assert len(laid.sentence) == len(laid.words) == len(laid.line) == len(laid.quote)
    for i, sentence in enumerate(laid.sentence):
        assert laid.begins[sentence] <= i
