"""Acts of cues, by a table of cases (acts.csv) that a reader of news can check and extend."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.acts import act_of, first_content
from sayso.attribution.lexicon import entries
from sayso.statements import acts

ROWS = list(csv.DictReader(Path(__file__).with_name("acts.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['cue']} | {row['content']}" for row in ROWS])
def test_act(row):
    assert act_of(row["cue"], row["content"])[0] == row["act"]


def test_the_table_knows_every_act():
    assert {row["act"] for row in ROWS} == set(acts())


@pytest.mark.parametrize("quotation", ["“The sea took it all”", '"The sea took it all"', "‘The sea took it all’"])
@pytest.mark.parametrize("cue", ["said", "wrote", "growled", "was heard to mutter", "—", ":", ""])
def test_whatever_introduces_a_quotation_says_it(cue, quotation):
    assert act_of(cue, quotation)[0] == "say"


@pytest.mark.parametrize("cue", ["", " ", "—", "…", "🦦", "frobnicated", "日本", "had"])
def test_a_cue_that_nobody_knows_says(cue):
    assert act_of(cue, "the pier is lost") == ("say", 0)
    assert act_of(cue, "for calm") == ("say", 0)


OPENINGS = {"": "x", "quote": "“x”", "to": "to x", "whom to": "crews to sail", "that": "that x", "wh": "whether x", "ing": "sailing", "as": "it as x"}


def test_every_entry_of_the_lexicon_decides_where_it_stands_alone():
    assert [entry for entry in entries() if act_of(" ".join(entry[0]), OPENINGS[entry[1]])[0] != entry[2]] == []


def test_british_and_american_spellings_are_one():
    for stem in ("criticis", "apologis", "recognis", "authoris", "sympathis", "theoris"):
        for ending in ("e", "es", "ed", "ing"):
            assert act_of(stem + ending, "it") == act_of(f"{stem[:-1]}z{ending}", "it") != ("say", 0)
    assert act_of("favours", "it") == act_of("favors", "it")
    assert act_of("labelled", "it") == act_of("labeled", "it")


@settings(deadline=None)
@given(st.text(st.sampled_from("asid notbuefrc’'“\n-") | st.characters(), max_size=40), st.text(max_size=30))
def test_any_words_have_an_act(cue, content):
    act, decides = act_of(cue, content)
    assert act in acts()
    assert 0 <= decides <= len(cue)


def test_the_content_is_read_as_it_goes_on_after_the_cue():
    text = "“Go,” she said, “or stay.”"
    assert first_content(text, [(0, 5), (16, 26)], 14) == "“or stay.”"
    assert first_content(text, [(0, 5)], 14) == "“Go,”"
    assert first_content(text, [], 14) == ""


def test_to_somebody_it_is_so():
    assert act_of("To", "the wall is a scar across the valley")[0] == "believe"


@pytest.mark.parametrize(("cue", "act"), [
    ("can be heard saying", "say"), ("was caught on tape boasting", "claim"), ("was quoted as denying", "deny"), ("has heard", "know"),
])  # fmt: skip
def test_what_is_heard_is_said(cue, act):
    assert act_of(cue, "that the dam had leaked")[0] == act
