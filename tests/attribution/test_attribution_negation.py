"""Negation of cues, by the table of cases of acts (acts.csv)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.acts import act_of
from sayso.attribution.edges import Around, Parts, with_its_noun
from sayso.attribution.negation import gives_nothing, negated, words_before

ROWS = list(csv.DictReader(Path(__file__).with_name("acts.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['before']} | {row['cue']}" for row in ROWS])
def test_negation(row):
    _, decides = act_of(row["cue"], row["content"])
    assert negated(row["cue"], decides, row["before"], row["source"]) == (row["negated"] == "yes")


@pytest.mark.parametrize("cue", ["", " ", "—", "…", "🦦", "frobnicated", "日本", "had", "to"])
def test_a_cue_that_nobody_knows_is_not_negated(cue):
    assert not negated(cue, 0, "", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pier fell. Nobody ever", " Nobody ever"),
        ("Not so, she", " she"),
        ("“No.” Orla Venn", " Orla Venn"),
        ("", ""),
        ("He did not ‘just", "just"),
        ("He did not ''just", "just"),
        ("a very long clause without any stop at all that the mayor never", "top at all that the mayor never"[-28:]),
    ],
)
def test_only_words_of_the_same_clause_stand_before(text, found):
    assert words_before(text + " said", len(text)) == found


def test_what_negates_the_statement_around_stands_outside():
    text = "Venn does not want the dock sold"
    assert words_before(text, text.index("sold"), after=text.index(" the")) == " the dock "


words = st.text(max_size=30)


@settings(deadline=None)
@given(st.text(st.sampled_from("asid notbuefrc’'“\n-") | st.characters(), max_size=40), words, words, words)
def test_any_words_are_negated_or_not(cue, content, before, source):
    _, decides = act_of(cue, content)
    assert isinstance(negated(cue, decides, before, source), bool)


def test_what_is_held_back_from_belongs_to_the_cue():
    text = "Despite the noise, the Ministry has held back from any hint that Veldara might leave the treaty."
    parts = with_its_noun(Around(text), Parts((), ((32, 50),), ((51, len(text) - 1),)))
    assert text[slice(*parts.cue[0])] == "has held back from any hint"
    assert text[slice(*parts.content[0])].startswith("that Veldara")
    same = Parts((), ((32, 50),), ((60, len(text) - 1),))
    assert with_its_noun(Around(text), same) == same
    assert negated("a promise", 2, "The envoy stopped short of", "The envoy")


@pytest.mark.parametrize(("cue", "content", "nothing"), [
    ("said", "no such thing", True),
    ("has announced", "nothing of the kind", True),
    ("said", "no such thing had been built", False),
    ("did", "no such thing", False),
])  # fmt: skip
def test_who_says_no_such_thing_says_nothing(cue, content, nothing):
    assert gives_nothing(cue, content) is nothing
