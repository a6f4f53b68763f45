"""Bodies and persons that a text names only after it has spoken of them."""

from __future__ import annotations

KNOWN = {"Harbour Committee": "organisation", "Dock Committee": "organisation", "Mary Venn": "person"}
SAID = [("The committee", "said", "the port was unsafe")]


def test_the_only_body_so_called_later_is_meant(read):
    scene = read("The committee said the port was unsafe. Mary Venn spoke to the Harbour Committee.", KNOWN, SAID)
    assert scene.name("The committee") == "Harbour Committee"


def test_of_two_neither_is(read):
    scene = read("The committee said the port was unsafe. Mary Venn spoke to the Harbour Committee. She left the Dock Committee.", KNOWN, SAID)
    assert scene.name("The committee") == "The committee"


def test_a_word_that_the_name_lacks_tells_them_apart(read):
    text = "The safety committee said the port was unsafe. Mary Venn spoke to the Harbour Committee."
    scene = read(text, KNOWN, [("The safety committee", "said", "the port was unsafe")])
    assert scene.name("The safety committee") == "The safety committee"


def test_a_noun_with_its_articles_capital_inside_a_sentence_is_a_name(read):
    scene = read("The editors of The Guardian were not amused.", KNOWN)
    assert scene.who("Guardian").type == "organisation"


def test_those_who_poll_together_are_two(read):
    scene = read("An Orvan Post-Vel Research poll came out on Monday.", {"Orvan Post-Vel Research": "organisation"})
    assert scene.name("Orvan Post") == "Orvan Post"
    assert scene.name("Vel Research") == "Vel Research"
