"""Which mention is the head of the words that name a speaker."""

from __future__ import annotations

import pytest

import sayso

KNOWN = {
    "Inga Tarrow": "person", "Jonas Fenn": "person", "Tarrow": "person", "Harbour Board": "organisation", "Ostland": "state", "Westmark": "state",
    "Daily Bugle": "organisation", "Ministry of Transport": "organisation", "Ostlandic": "people", "Westmarkian": "people",
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "speakers"),
    [
        ("Inga Tarrow", ["Inga Tarrow"]),
        ("Inga Tarrow, the mayor,", ["Inga Tarrow"]),
        ("the mayor, Inga Tarrow,", ["Inga Tarrow"]),
        ("Inga Tarrow, who built the dam,", ["Inga Tarrow"]),
        ("Ostland’s foreign minister", ["Ostland’s foreign minister"]),
        ("a spokeswoman for Jonas Fenn", ["a spokeswoman"]),
        ("the head of the Harbour Board", ["the head of the Harbour Board"]),
        ("one of the ministers", ["the ministers"]),
        ("a number of officials", ["officials"]),
        ("Inga Tarrow and Jonas Fenn", ["Inga Tarrow", "Jonas Fenn"]),
        ("both Inga Tarrow and Jonas Fenn", ["Inga Tarrow", "Jonas Fenn"]),
        ("finance minister Inga Tarrow and Mayor Jonas Fenn", ["Inga Tarrow", "Jonas Fenn"]),
        ("Tarrow, finance minister Jonas Fenn, and the Harbour Board", ["Tarrow", "Jonas Fenn", "Harbour Board"]),
        ("former aide and current mayor Jonas Fenn", ["Jonas Fenn"]),
        ("Ostland, Westmark and the Harbour Board", ["Ostland", "Westmark", "Harbour Board"]),
        ("the Harbour Board and the Ministry of Transport", ["Harbour Board", "Ministry of Transport"]),
        ("Ostland and a number of its allies", ["Ostland", "its allies"]),
        ("officials familiar with the talks", ["officials"]),
        ("some in the Harbour Board", ["some in the Harbour Board"]),
        ("officials like Inga Tarrow and Jonas Fenn", ["officials"]),
        ("twenty Ostlandic and Westmarkian officials", ["Westmarkian officials"]),
        ("a report by the Harbour Board", ["a report by the Harbour Board"]),
        ("the frobnicator", ["the frobnicator"]),
        ("“Inga Tarrow”", ["Inga Tarrow"]),
    ],
)
def test_who_speaks(read, source, speakers):
    scene = read(f"So {source} said the dam held.", KNOWN, [(source, "said", "the dam held")])
    assert scene.speakers() == speakers


@pytest.mark.parametrize("source", ["everyone", "…", "someone"])
def test_nobody_in_particular_is_nobody(read, source):
    scene = read(f"So {source} said the dam held.", KNOWN, [(source, "said", "the dam held")])
    assert scene.speakers() is None


def test_a_statement_without_a_source_has_no_speaker(read):
    scene = read("The dam reportedly held.", KNOWN, [(None, "reportedly", "held")])
    assert scene.speakers() is None


def test_whose_deed_it_is_is_not_who_speaks(read):
    scene = read("Then Tarrow’s gambit suggested the dam held.", KNOWN, [("Tarrow’s gambit", "suggested", "the dam held")])
    assert scene.speakers() == ["Tarrow’s gambit"]


def test_a_story_is_not_its_outlet(read):
    scene = read("Then the Daily Bugle story said the dam held.", KNOWN, [("the Daily Bugle story", "said", "the dam held")])
    assert scene.speakers() != ["Daily Bugle"]


@pytest.mark.parametrize(("source", "speaker"), [
    ("Republican Speaker of the House Mira Holt", "Mira Holt"),
    ("Director of the FBI Mira Holt", "Mira Holt"),
    ("A friend of Mira Holt", "A friend"),
    ("An aide to President Mira Holt", "An aide"),
])  # fmt: skip
def test_an_office_of_a_body_stands_before_its_holder(source, speaker):
    rows = sayso.analyse(f"{source} said that the dam held.").rows()
    assert [row["speaker"]["name"] for row in rows] == [speaker]
