"""What sorts of bodies names and nouns tell, and that a description takes up a body of its sort."""

from __future__ import annotations

import pytest

from sayso.mentions.lexicon import bodies, sorts_of_name, sorts_of_noun


@pytest.mark.parametrize(
    ("noun", "person", "name", "fits"),
    [
        ("newspaper", False, "The Castlebrook Times", True),
        ("university", False, "University of Castlebrook", True),
        ("bureau", False, "FBI", True),
        ("company", False, "Twitter", True),
        ("airline", False, "Twitter", False),
        ("court", False, "Castlebrook Times", False),
        ("department", False, "Department of Roads", True),
    ],
)
def test_a_noun_fits_names_of_its_sort(noun, person, name, fits):
    assert bool(sorts_of_noun(noun, person) & sorts_of_name(name)) == fits


def test_what_tells_nothing_has_no_sort():
    assert sorts_of_name("Xqzt") == frozenset()
    assert sorts_of_noun("xqzt", person=False) == frozenset()


def test_well_known_bodies_are_of_sorts_that_nouns_can_mean():
    told = {sort for name in bodies() for sort in sorts_of_name(name)}
    asked = {sort for noun in ("company", "newspaper", "agency", "party", "court", "parliament") for sort in sorts_of_noun(noun, False)}
    assert asked & told == asked


@pytest.mark.parametrize(
    ("text", "said", "speaker"),
    [
        ("The Harbour Times met the Supreme Court. The newspaper said it won.", ("The newspaper", "said", "it won"), "Harbour Times"),
        ("The Harbour Times met the Supreme Court. The court said it won.", ("The court", "said", "it won"), "Supreme Court"),
    ],
)
def test_a_description_takes_up_a_body_of_its_sort(read, text, said, speaker):
    known = {"Harbour Times": "organisation", "Supreme Court": "organisation"}
    assert read(text, known, [said]).speakers() == [speaker]


@pytest.mark.parametrize(
    ("name", "kind", "as_what"), [("Twitter", "person", "organisation"), ("Evangelicals", "person", "people"), ("Amazon", "place", "place")]
)
def test_a_well_known_name_is_what_it_is(page, named, name, kind, as_what):
    laid = page(f"On Monday {name} was quiet.")
    [draft] = named(laid, {name: kind})
    assert draft.type == as_what
