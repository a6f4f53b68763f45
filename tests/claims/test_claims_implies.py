"""Implications: who denies ties denies support; who affirms ties affirms none, and who denies support denies no ties."""

from __future__ import annotations

from sayso.actors.actor import Actor
from sayso.claims.claims import claims_of
from sayso.claims.contents import Content
from sayso.claims.disputes import disputes_of
from sayso.claims.implies import graded, strengthened
from sayso.claims.words import content_words, root


def roots(text):
    return tuple(map(root, content_words(text)))


def said(name, text, position="for"):
    return Content(
        f"{name}{text}", f"report {name}", f"statement {name}", 0, 0, ((0, 5),), text, position, (Actor(f"name:{name}", name, "person"),), None, (),
        "say", "affirm", False, 0.9, "so", None, "2025-01-02",
    )


SUPPORTS = "Orlan sponsors the jihadist rebels of Veldara"
NO_TIES = "Orlan has never had any ties with the jihadist rebels of Veldara"
TIES = "Orlan has ties with the jihadist rebels of Veldara"


def standing(*contents):
    """The positions in each claim of several contents, by speaker."""
    return [{c.voices[0].name: p for c, p in claim.positions} for claim in claims_of(contents) if len(claim.contents) > 1]


def test_the_weaker_word_is_read_as_the_stronger_in_one_direction():
    assert strengthened(roots(TIES), roots(SUPPORTS)) is not None
    assert strengthened(roots(SUPPORTS), roots(TIES)) is None
    assert graded(roots(TIES)) and graded(roots(SUPPORTS)) and not graded(roots("The river flooded the mill"))


def test_who_denies_ties_stands_against_who_says_that_there_is_support():
    assert standing(said("Tarrow", SUPPORTS), said("Fenn", NO_TIES)) == [{"Tarrow": "for", "Fenn": "against"}]
    assert len(disputes_of(claims_of([said("Tarrow", SUPPORTS), said("Fenn", NO_TIES)]))) == 1


def test_who_affirms_ties_affirms_no_support():
    assert standing(said("Tarrow", SUPPORTS), said("Fenn", TIES)) == []


def test_to_deny_support_and_to_deny_ties_are_two_claims():
    assert standing(said("Tarrow", SUPPORTS, "against"), said("Fenn", NO_TIES)) == []


def test_to_deny_ties_is_the_opposite_of_affirming_them():
    assert standing(said("Tarrow", TIES), said("Fenn", NO_TIES)) == [{"Tarrow": "for", "Fenn": "against"}]
