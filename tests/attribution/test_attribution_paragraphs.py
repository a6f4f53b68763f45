"""Contents keep to their clause and paragraph; lists are whole; datelines are nobody."""

from __future__ import annotations

import numpy as np
import pytest

import sayso
from sayso.attribution.candidates import EVIDENCE, Candidate
from sayso.attribution.edges import Around, Parts, with_clause_before
from sayso.attribution.features import Encoded
from sayso.attribution.layout import dateline, furniture, places
from sayso.attribution.paragraphs import in_its_paragraph
from sayso.language.quotation import quoted_stretches
from sayso.language.sentences import sentences
from sayso.language.tokens import tokenise
from sayso.spans import surface


def said(text: str) -> dict[str, tuple[str | None, str]]:
    """Source and content by cue."""
    return {row["cue"]["text"]: (row["source"] and row["source"]["text"], row["content"]["text"]) for row in sayso.analyse(text).rows()}


def test_an_opening_clause_ends_where_the_main_one_begins():
    text = "While Orlan's deputies insisted that the dam was safe, she warned of leaks in the wall."
    assert said(text)["insisted"][1] == "that the dam was safe"
    assert said(text)["warned of"] == ("she", "leaks in the wall")


@pytest.mark.parametrize(("text", "content"), [
    ("In the rainy months, Holt said, the road is closed.", "In the rainy months … the road is closed"),
    ("The road is closed. In the rainy months, Holt told Radio Tolmark, nobody goes there.", "In the rainy months … nobody goes there"),
    ("In an interview on Friday, Holt said, the road came up.", "the road came up"),
    ("In the rainy months, Holt said, \"the road is closed\".", "\"the road is closed\""),
    ("Meanwhile, Holt said, the road is closed.", "the road is closed"),
])  # fmt: skip
def test_what_opens_a_sentence_belongs_to_what_is_said_between_commas(text, content):
    source = text.index("Holt"), text.index("Holt") + 4
    cue = (text.index("said" if "said" in text else "told"),) * 2
    cue = cue[0], cue[0] + 4
    after = text.index(content.split(" … ")[-1])
    parts = Parts((source,), (cue,), ((after, after + len(content.split(" … ")[-1])),))
    assert surface(text, with_clause_before(Around(text, sentences(text)), parts).content) == content


def test_words_of_another_statement_are_not_taken():
    text = "Warning of floods, Holt said, the clerks left."
    parts = Parts(((19, 23),), ((24, 28),), ((30, 45),))
    assert with_clause_before(Around(text, sentences(text), taken=((0, 7), (8, 17))), parts) == parts


def test_a_headline_has_the_clause_before_who_said_it():
    text = "Dam unsafe for years, study finds\n\nThe dam at Tolmark has been unsafe for years. It was built in 1931."
    assert said(text)["finds"][1] == "Dam unsafe for years"


def test_a_list_after_a_colon_is_whole():
    text = "The lawyer argued that:\n- the dam had been sold;\n- the clerks had been warned twice;\n- nobody had asked.\n\nThe case goes on."
    ((_, content),) = said(text).values()
    assert "sold" in content and "twice" in content and "nobody had asked" in content and "The case" not in content


@pytest.mark.parametrize(("text", "rest"), [
    ("TOLMARK, Oct 3 (GNW) - The port", "The port"),
    ("WEST TOLMARK — The port", "The port"),
    ("TOLMARK (GNW) -- The port", "The port"),
    ("NATO - the alliance", None),
    ("Tolmark is a port", None),
])  # fmt: skip
def test_datelines(text, rest):
    end = dateline(text, 0)
    assert (None if end is None else text[end:]) == rest


def test_the_place_before_a_colon_is_nobody():
    story = "Tolmark: The council met on Monday to hear what three clerks and a farmer had to say about the water in the streets of the town."
    assert places(story) == [(0, 8)]
    assert places(f"{story} Mr Tolmark answered.") == []
    assert places("Holt: The council met.") == []


@pytest.mark.parametrize(("line", "points_elsewhere"), [
    ("Orlan: envoy arrives in Velmora for talks Read more", True),
    ("The clerks said they would rather read more", False),
])  # fmt: skip
def test_a_line_that_ends_with_read_more_points_elsewhere(line, points_elsewhere):
    assert bool(furniture(f"The dam leaked.\n\n{line}\n\nHolt left.")) is points_elsewhere


def test_a_heading_is_not_who_speaks_below_a_label():
    text = "Ann Holt\n\nThen:\n\n“She keeps the gates shut.”"
    tokens, none = tokenise(text), np.zeros(0, np.int64)
    colon = next(k for k, token in enumerate(tokens) if text[token.start] == ":")
    candidate = Candidate((colon, colon + 1), ((0, 2),), ((colon + 1, len(tokens)),), np.ones(len(EVIDENCE), np.float32))
    found = in_its_paragraph(text, Encoded(tokens, quoted_stretches(text), none, none, none, none, none), candidate)
    assert found is not None and found.source == ()
