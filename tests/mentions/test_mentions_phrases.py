"""Noun phrases and pronouns that name an actor."""

from __future__ import annotations

import pytest

from sayso.mentions.phrases import honorific, phrases, pronouns

KNOWN = {"Ostland": "state", "Ostlandish": "people", "Inga Tarrow": "person", "Tarrow": "person", "Harbour Board": "organisation"}


@pytest.fixture
def found(page, named):
    def go(text):
        laid = page(text)
        return [(laid.written(d.run), d) for d in phrases(laid, named(laid, KNOWN))]

    return go


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Then the minister left.", "the minister"),
        ("Then the Ostlandish foreign minister left.", "the Ostlandish foreign minister"),
        ("A senior official said so.", "A senior official"),
        ("Ostland’s prime minister said so.", "Ostland’s prime minister"),
        ("It was her campaign that lost.", "her campaign"),
        ("A Tarrow spokeswoman said so.", "A Tarrow spokeswoman"),
        ("Critics said so.", "Critics"),
        ("The president of Ostland said so.", "The president of Ostland"),
        ("A report by the Harbour Board said so.", "A report by the Harbour Board"),
    ],
)
def test_a_phrase_is_found_whole(found, text, phrase):
    assert phrase in [words for words, _ in found(text)]


@pytest.mark.parametrize("text", ["She works as minister somewhere.", "The minister puzzle is hard.", "Nothing happened.", "Harbour Board"])
def test_what_only_describes_is_no_phrase(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "definite", "number"),
    [
        ("the minister left", True, "singular"),
        ("a minister left", False, "singular"),
        ("his ministers left", True, "plural"),
        ("several ministers left", False, "plural"),
        ("Ostland’s minister left", True, "singular"),
    ],
)
def test_somebody_particular_or_just_anybody(found, text, definite, number):
    [(_, draft)] = found(text)
    assert (draft.definite, draft.number) == (definite, number)


def test_a_noun_tells_gender(found):
    [(_, draft)] = found("The spokeswoman left.")
    assert draft.gender == "f"


def test_every_pronoun_is_found(page):
    laid = page("She told him that they, who had lost theirs, owed us nothing.")
    assert [laid.words[d.head] for d in pronouns(laid)] == ["She", "him", "they", "who", "theirs", "us"]


@pytest.mark.parametrize("text", ["It is clear that the dam will hold.", "It was reported that she left.", "The US left.", "THE US LEFT."])
def test_what_stands_for_nobody_is_no_pronoun(page, text):
    laid = page(text)
    assert [laid.words[d.head] for d in pronouns(laid) if laid.lower[d.head] in ("it", "us")] == []


@pytest.mark.parametrize(
    ("text", "possessor"), [("Her boat sank.", True), ("They saw her.", False), ("They told her that.", False), ("Its hull broke.", True)]
)
def test_whose_or_whom(page, text, possessor):
    assert pronouns(page(text))[-1].possessor is possessor


@pytest.mark.parametrize(
    ("text", "gender"), [("Mr. Tarrow", "m"), ("Mrs Tarrow", "f"), ("Queen Tarrow", "f"), ("Dr. Tarrow", None), ("mr Tarrow", None), ("Tarrow", None)]
)
def test_a_form_of_address_tells_gender(page, text, gender):
    laid = page(text)
    assert honorific(laid, laid.words.index("Tarrow")) == gender
