"""Lemmas: enough English to look a cue up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso.attribution.lemmas as module
from sayso.attribution.lemmas import lemma

FORMS = {
    "say": "say says said saying Says SAID", "tell": "tells told telling", "deny": "denies denied denying", "lie": "lies lied lying",
    "criticize": "criticizes criticized criticizing", "criticise": "criticises criticised criticising", "echo": "echoes echoed echoing",
    "veto": "vetoes vetoed vetoing", "focus": "focuses focused focusing focussed", "counsel": "counsels counselled counseled counselling",
    "quiz": "quizzes quizzed quizzing", "agree": "agrees agreed agreeing", "disagree": "disagrees disagreed", "admit": "admits admitted admitting",
    "urge": "urges urged urging", "accuse": "accuses accused accusing", "dismiss": "dismisses dismissed dismissing", "add": "adds added adding",
    "plan": "plans planned planning", "hope": "hopes hoped hoping", "quote": "quotes quoted quoting", "stress": "stresses stressed",
    "withdraw": "withdraws withdrew withdrawn", "forbid": "forbids forbade forbidden forbidding", "foresee": "foresees foresaw foreseen",
    "swear": "swears swore sworn", "learn": "learns learned learnt learning",
    "belie": "belies belied belying", "signal": "signals signalled signaled",
    "label": "labels labelled labeled", "marvel": "marvels marvelled marveled", "allegation": "allegation allegations allegation's",
    "hypothesis": "hypothesis hypotheses", "testimony": "testimony testimonies",
    "overhear": "overhears overheard", "imply": "implies implied implying",
    "nothing": "nothing", "news": "news", "during": "during", "not": "not n't n’t", "be": "is are was were been being ’s ’re 're",
}  # fmt: skip


@pytest.mark.parametrize("base", FORMS)
def test_forms_have_their_base(base):
    assert {form: lemma(form) for form in FORMS[base].split()} == dict.fromkeys(FORMS[base].split(), base)


def test_words_of_the_lexicon_stay_what_they_are_once_they_are_lemmas():
    words = {
        word
        for row in csv.DictReader((Path(module.__file__).parent / "cues.csv").read_text(encoding="utf-8").splitlines())
        for word in row["cue"].split()
    }
    assert {word for word in words if lemma(lemma(word)) != lemma(word)} == set()


@settings(deadline=None)
@given(st.text(max_size=12))
def test_any_word_has_a_lemma(word):
    assert isinstance(lemma(word), str)
