"""Acts and negation of cues, by a table of cases (acts.csv) that a reader of news can check and extend."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso.attribution.acts as module
from sayso.attribution.acts import act_of, first_content, knows, negated, words_before
from sayso.statements import acts

ROWS = list(csv.DictReader(Path(__file__).with_name("acts.csv").read_text(encoding="utf-8").splitlines()))
LEXICON = list(csv.DictReader((Path(module.__file__).parent / "cues.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['cue']} | {row['content']}" for row in ROWS])
def test_cue(row):
    act, decides = act_of(row["cue"], row["content"])
    assert act == row["act"]
    assert negated(row["cue"], decides, row["before"], row["source"]) == (row["negated"] == "yes")


def test_the_table_knows_every_act():
    assert {row["act"] for row in ROWS} == set(acts())


@pytest.mark.parametrize("quotation", ["“The sea took it all”", '"The sea took it all"', "‘The sea took it all’"])
@pytest.mark.parametrize("cue", ["said", "wrote", "growled", "was heard to mutter", "—", ":", ""])
def test_whatever_introduces_a_quotation_says_it(cue, quotation):
    assert act_of(cue, quotation)[0] == "say"


@pytest.mark.parametrize("cue", ["", " ", "—", "…", "🦦", "frobnicated", "日本", "had", "to"])
def test_a_cue_that_nobody_knows_says(cue):
    act, decides = act_of(cue, "the pier is lost")
    assert act == "say"
    assert decides == 0
    assert act_of(cue, "for calm") == ("say", 0)
    assert not negated(cue, decides, "", "")


@pytest.mark.parametrize(
    ("cue", "known"),
    [
        ("said", 1), ("criticizes", 1), ("according to", 1), ("had long maintained", 1), ("lent support to", 1), ("allegations", 1),
        ("names", 0.5), ("about", 0.5), ("made for", 0.5),
        ("lend", 0), ("pound", 0), ("run", 0), ("take part", 0), ("sailed", 0), ("was made", 0), ("turned out", 0), ("sold", 0), ("on", 0),
        ("", 0), (":", 0), ("🦦", 0),
    ],
)  # fmt: skip
def test_known_cues_are_told_from_everyday_words(cue, known):
    assert knows(cue) == known


def test_the_lexicon_names_acts_of_the_list_once_for_each_cue():
    assert {row["act"] for row in LEXICON} <= set(acts())
    assert [key for key, n in Counter((row["cue"], row["content"]) for row in LEXICON).items() if n > 1] == []
    assert {row["content"] for row in LEXICON} <= {"", "quote", "to", "whom to", "that", "wh", "ing", "as"}
    assert [(row["cue"], row["content"]) for row in LEXICON] == sorted((row["cue"], row["content"]) for row in LEXICON)


OPENINGS = {"": "x", "quote": "“x”", "to": "to x", "whom to": "crews to sail", "that": "that x", "wh": "whether x", "ing": "sailing", "as": "it as x"}


def test_every_entry_of_the_lexicon_decides_where_it_stands_alone():
    assert [row for row in LEXICON if act_of(row["cue"], OPENINGS[row["content"]])[0] != row["act"]] == []


def test_british_and_american_spellings_are_one():
    for stem in ("criticis", "apologis", "recognis", "authoris", "sympathis", "theoris"):
        for ending in ("e", "es", "ed", "ing"):
            assert act_of(stem + ending, "it") == act_of(f"{stem[:-1]}z{ending}", "it") != ("say", 0)
    assert act_of("favours", "it") == act_of("favors", "it")
    assert act_of("labelled", "it") == act_of("labeled", "it")


words = st.text(max_size=30)


@settings(deadline=None)
@given(st.text(st.sampled_from("asid notbuefrc’'“\n-") | st.characters(), max_size=40), words, words, words)
def test_any_words_have_an_act(cue, content, before, source):
    act, decides = act_of(cue, content)
    assert act in acts()
    assert 0 <= decides <= len(cue)
    assert isinstance(negated(cue, decides, before, source), bool)
    assert knows(cue) in (0, 0.5, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pier fell. Nobody ever", " Nobody ever"),
        ("Not so, she", " she"),
        ("“No.” Orla Venn", " Orla Venn"),
        ("", ""),
        ("a very long clause without any stop at all that the mayor never", "top at all that the mayor never"[-28:]),
    ],
)
def test_only_words_of_the_same_clause_stand_before(text, found):
    assert words_before(text + " said", len(text)) == found


def test_the_content_is_read_as_it_goes_on_after_the_cue():
    text = "“Go,” she said, “or stay.”"
    assert first_content(text, [(0, 5), (16, 26)], 14) == "“or stay.”"
    assert first_content(text, [(0, 5)], 14) == "“Go,”"
    assert first_content(text, [], 14) == ""
