"""Whom those mean who say something and are called by no name there."""

from __future__ import annotations

import numpy as np

from sayso.mentions.identities import FEATURES, probabilities

KNOWN = {
    "Mary Venn": "person", "John Holt": "person", "Holt": "person", "Velmorans": "people", "Harbour Committee": "organisation",
    "Orvan Institute": "organisation",
}  # fmt: skip


def test_who_is_named_after_the_headline_is_meant_in_it(read):
    text = "Mayor warns of floods.\n\nMary Venn, the mayor of Orvan, warned of floods on Monday. “Floods will come,” Venn said."
    scene = read(text, {**KNOWN, "Venn": "person"}, [("Mayor", "warns", "of floods"), ("Mary Venn", "warned", "of floods on Monday")])
    assert scene.name("Mayor") == "Mary Venn"


def test_one_of_many_stays_without_a_name(read):
    text = "John Holt spoke in Orvan. A voter said the floods were his fault. Holt left."
    scene = read(text, KNOWN, [("A voter", "said", "the floods were his fault")])
    assert scene.name("A voter") == "A voter"


def test_some_of_a_people_are_not_the_people(read):
    scene = read("Many Velmorans said the port was unsafe.", KNOWN, [("Many Velmorans", "said", "the port was unsafe")])
    assert scene.name("Many Velmorans") == "Many Velmorans"


def test_people_close_to_somebody_are_not_they(read):
    scene = read("People close to John Holt said the port was unsafe.", KNOWN, [("People close to John Holt", "said", "the port was unsafe")])
    assert scene.speakers() == ["People"]


def test_some_are_somebody(read):
    scene = read("John Holt left. Some said the port was unsafe.", KNOWN, [("Some", "said", "the port was unsafe")])
    assert scene.name("Some") == "Some"


def test_a_staff_goes_by_whose_it_is(read):
    scene = read("John Holt left. His staff said the port was unsafe.", KNOWN, [("His staff", "said", "the port was unsafe")])
    assert scene.name("His staff") == "John Holt's staff"


def test_chances_add_up_to_one():
    rows = np.zeros((4, len(FEATURES)))
    rows[3, 0] = 1.0
    for kind in ("person", "body", "document"):
        assert abs(probabilities(kind, rows).sum() - 1) < 1e-9


def test_somebody_called_a_farmer_is_nobody_whom_the_text_calls_no_farmer(read):
    text = "A farmer who lives nearby said the noise kept her awake. Mary Venn said the noise was within limits."
    said = [("A farmer who lives nearby", "said", "the noise kept her awake"), ("Mary Venn", "said", "the noise was within limits")]
    assert read(text, KNOWN, said).name("A farmer") == "A farmer"


def test_who_speaks_on_condition_of_anonymity_has_no_name(read):
    text = "“It was urgent,” said the clerk, who spoke on condition of anonymity. John Holt said it was not."
    scene = read(text, KNOWN, [("the clerk", "said", "“It was urgent,”"), ("John Holt", "said", "it was not")])
    assert scene.name("the clerk") == "the clerk"


def test_somebody_of_one_is_not_the_other(read):
    text = "Mary Venn spoke. John Holt left. Holt’s pollster said the port was unsafe. Neither candidate cited a source."
    scene = read(text, KNOWN, [("Holt’s pollster", "said", "the port was unsafe"), ("Neither candidate", "cited", "a source")])
    assert scene.speakers() == ["Holt’s pollster"] and scene.speakers(1) == ["Neither candidate"]
