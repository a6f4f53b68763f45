"""Whom a pronoun can mean, and whom it does mean."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.mentions.antecedents import FEATURES, can_be, class_of, probabilities, weigh
from sayso.mentions.chain import Chain
from sayso.mentions.phrases import phrases, pronouns

KNOWN = {"Mary Venn": "person", "John Arne": "person", "Venn": "person", "Arne": "person", "Harbour Board": "organisation", "Ostland": "state"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He left.", "he"),
        ("They left.", "they"),
        ("Its hull broke.", "it"),
        ("I left.", None),
        ("You left.", None),
        ("who left.", None),
        ("The minister left.", "the person"),
        ("A minister left.", None),
        ("The ministers left.", "the people"),
        ("The ministry closed.", "the body"),
    ],
)
def test_what_takes_up_somebody_spoken_of_before(page, text, kind):
    laid = page(text)
    [draft] = [*phrases(laid, []), *pronouns(laid)]
    assert class_of(draft) == kind


WOMAN = Chain("person", True, True, "singular", "f")
SOMEBODY = Chain("person", True, True, "singular")
BODY = Chain("organisation", True, True, "singular")
GROUP = Chain("people", True, True, "plural")


@pytest.mark.parametrize(
    ("word", "chain", "allowed"),
    [
        ("she", WOMAN, True),
        ("he", WOMAN, False),
        ("he", SOMEBODY, True),
        ("he", BODY, False),
        ("it", BODY, True),
        ("it", WOMAN, False),
        ("they", GROUP, True),
        ("they", BODY, True),
        ("they", WOMAN, False),
        ("it", GROUP, False),
    ],
)
def test_number_gender_and_nature_bound_whom_it_can_be(page, word, chain, allowed):
    [draft] = pronouns(page(f"{word} left."))
    assert can_be(class_of(draft), draft, chain) is allowed


def test_he_and_she_are_told_apart(read):
    scene = read("Mary Venn met John Arne on Monday. He left early. She stayed.", KNOWN)
    assert (scene.name("He"), scene.name("She")) == ("John Arne", "Mary Venn")


def test_nobody_is_better_than_somebody_of_the_wrong_gender(read):
    scene = read("Mary Venn came. He left.", KNOWN)
    assert scene.who("He") is None


def test_a_pronoun_before_all_names_stays_open(read):
    assert read("He left. John Arne stayed.", KNOWN).who("He") is None


def test_a_body_is_taken_up_by_its_noun(read):
    scene = read("The Harbour Board met on Monday. The board denied everything.", KNOWN)
    assert scene.name("The board") == "Harbour Board"


def test_his_campaign_is_not_hers(read):
    text = "Mary Venn runs against John Arne. Her campaign lost the vote. His campaign won it."
    scene = read(text, KNOWN)
    assert scene.who("Her campaign") is not scene.who("His campaign")
    assert [scene.found.entities[scene.who(f"{whose} campaign").owner].name for whose in ("Her", "His")] == ["Mary Venn", "John Arne"]


def test_a_noun_phrase_is_not_its_own_possessor(read):
    scene = read("Ostland’s government met. Ostland’s government fell.", KNOWN)
    assert scene.name("Ostland") == "Ostland"
    assert scene.who("Ostland’s government") is not scene.who("Ostland")


def test_who_is_the_one_named_right_before(read):
    scene = read("John Arne, who built the dam, met Mary Venn, who runs it.", KNOWN)
    assert (scene.name("who"), scene.name("who", 1)) == ("John Arne", "Mary Venn")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Mary Venn of Ostland, the head of the Harbour Board, who built the dam, left.", "Mary Venn"),
        ("John Arne, a lawyer and activist, who built the dam, left.", "John Arne"),
        ("Critics of John Arne who saw the dam left.", "Critics"),
        ("Those who saw the dam left.", "Those who"),
        ("A frobnicator who saw the dam left.", "frobnicator"),
        ("Mary Venn is the dam’s frobnicator who built it.", "Mary Venn"),
        ("Mary Venn was a frobnicator who saw the dam.", "Mary Venn"),
        ("They see John Arne as a frobnicator who saw the dam.", "John Arne"),
        ("A teacher who backs the dam, John Arne left early.", "John Arne"),
        ("The teacher who backs the dam, John Arne said, left early.", "The teacher"),
        ("He met councillors such as Mary Venn who saw the dam.", "councillors"),
    ],
)
def test_who_takes_up_whom_it_describes(read, text, who):
    assert read(text, KNOWN).name("who") == who


def test_a_second_who_is_the_first(read):
    scene = read("Mary Venn, who met the Harbour Board, and who saw the dam, left.", KNOWN)
    assert scene.who("who", 1) is scene.who("who")


def test_weights_fit_the_features_and_give_probabilities():
    rows = np.eye(len(FEATURES))
    for kind in ("he", "they", "it", "the person", "the people", "the body"):
        for source in (False, True):
            p = probabilities(kind, source, rows)
            assert p.sum() == pytest.approx(1)
            assert (p >= 0).all()


def test_nobody_spoken_of_leaves_only_nobody(read):
    work = read("He left.", KNOWN).work
    found, rows = weigh(work.page, 0, work.drafts, work.made, [], {}, {}, work.context, work.first, work.subject)
    assert found == []
    assert rows.shape == (1, len(FEATURES))
    assert probabilities("he", True, rows).tolist() == [1.0]


@pytest.mark.parametrize(("noun", "state"), [("kingdom", "Norway"), ("country", "Ostland")])
def test_only_some_states_are_kingdoms(page, noun, state):
    p = page(f"The {noun} left.")
    chain = Chain("state", True, True, "singular")
    chain.names[state] += 1
    assert can_be("the body", phrases(p, [])[0], chain)
    chain.names.clear()
    chain.names["Westmark"] += 1
    assert can_be("the body", phrases(p, [])[0], chain) is (noun == "country")
