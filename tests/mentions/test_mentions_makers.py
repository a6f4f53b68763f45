"""Whose polls, letters and words speak."""

from __future__ import annotations

import pytest

KNOWN = {
    "Mary Venn": "person", "John Arne": "person", "Venn": "person", "Arne": "person", "Orvan Post": "organisation", "Vel Institute": "organisation",
    "Harbour Board": "organisation", "Lane Weekly": "organisation", "Velmora": "state", "Ostland": "state",
}  # fmt: skip


def owner(scene, number=0):
    """The name of whoever is behind the document that makes a statement; of a group its members' names."""
    document = scene.found.entities[scene.found.speakers[number].entities[0]]
    if document.owner is None:
        return None
    maker = scene.found.entities[document.owner]
    return tuple(scene.found.entities[m].name for m in maker.members) or maker.name


class TestSurveys:
    def test_one_is_of_whom_the_text_named_before(self, read):
        text = "A Vel Institute poll came out. Nobody cared. It was long. It rained. The survey found that the dam held."
        assert owner(read(text, KNOWN, [("The survey", "found", "that the dam held")])) == "Vel Institute"

    def test_one_at_the_top_is_of_whom_the_text_names_after(self, read):
        text = "A new poll found that the dam held. The mayor was glad. An Orvan Post poll had nine questions."
        assert owner(read(text, KNOWN, [("A new poll", "found", "that the dam held")])) == "Orvan Post"

    def test_what_one_found_is_its_makers(self, read):
        text = "An Orvan Post poll had nine questions. Nobody cared. It rained. The findings show that the dam held."
        assert owner(read(text, KNOWN, [("The findings", "show", "that the dam held")])) == "Orvan Post"

    def test_joint_ones_are_of_all_whom_strokes_join(self, read):
        text = "An Orvan Post/Vel Institute poll had nine questions. Nobody cared. The poll found that the dam held."
        assert set(owner(read(text, KNOWN, [("The poll", "found", "that the dam held")]))) == {"Orvan Post", "Vel Institute"}


def test_a_lawsuit_is_of_the_subject_before_its_apposition(read):
    text = "Mary Venn and John Arne, the parents of two boys who drowned, have filed a lawsuit. The lawsuit says that the dam broke."
    assert set(owner(read(text, KNOWN, [("The lawsuit", "says", "that the dam broke")]))) == {"Mary Venn", "John Arne"}


@pytest.mark.parametrize("thing", ["her plan", "her Facebook page", "her words"])
def test_what_somebody_speaks_by_speaks_for_them(read, thing):
    text = f"Mary Venn left. On Monday {thing} said that the dam held."
    assert owner(read(text, KNOWN, [(thing, "said", "that the dam held")])) == "Mary Venn"


@pytest.mark.parametrize("thing", ["her downfall", "the world", "the joke"])
def test_what_no_lexicon_knows_is_nobodys_word(read, thing):
    text = f"Mary Venn left. Mary Venn was glad. On Monday {thing} showed that the dam held."
    scene = read(text, KNOWN, [(thing, "showed", "that the dam held")])
    assert scene.found.entities[scene.found.speakers[0].entities[0]].type == "other"


def test_a_letter_after_its_reporter_is_not_the_reporter(read):
    text = "According to Lane Weekly, a letter was sent by Mary Venn. The letter said that the dam held."
    assert owner(read(text, KNOWN, [("The letter", "said", "that the dam held")])) == "Mary Venn"


def test_the_committee_after_who_tells_of_it_is_not_the_teller(read):
    scene = read("According to Lane Weekly, the committee said that the dam held.", KNOWN, [("the committee", "said", "that the dam held")])
    assert scene.speakers() != ["Lane Weekly"]


class TestSome:
    @pytest.mark.parametrize("people", ["old Velmorans", "Gay Velmorans"])
    def test_of_a_people_are_not_that_people(self, read, people):
        text = f"{people} said that the dam held." if people[0].isupper() else f"On Monday {people} said that the dam held."
        scene = read(text, {"Velmorans": "people"}, [(people, "said", "that the dam held")])
        assert not scene.found.entities[scene.found.speakers[0].entities[0]].named

    def test_one_of_a_people_is_a_person(self, read):
        scene = read("John Arne left. “No,” the Velmoran said.", {**KNOWN, "Velmoran": "people"}, [("the Velmoran", "said", "“No,”")])
        assert scene.found.entities[scene.found.speakers[0].entities[0]].type == "person"

    def test_voters_in_two_states_are_one_phrase(self, read):
        text = "Most voters in Velmora and Ostland said that the dam held."
        scene = read(text, KNOWN, [("Most voters in Velmora and Ostland", "said", "that the dam held")])
        assert len(scene.speakers()) == 1

    def test_plural_bodies_are_named_by_no_capital(self, read):
        scene = read("Protest groups said that the dam held.", KNOWN, [("Protest groups", "said", "that the dam held")])
        assert not scene.found.entities[scene.found.speakers[0].entities[0]].named


@pytest.mark.parametrize(
    "text",
    [
        "John Arne met Mary Venn, a star anchor at Lane Weekly who said that the dam held.",
        "John Arne met Mary Venn (V-Orvan), an early ally, who said that the dam held.",
        "John Arne met Mary Venn, the leader of the opposition in Velmora, who said that the dam held.",
    ],
)
def test_who_behind_an_apposition_is_whom_it_describes(read, text):
    scene = read(text, KNOWN, [("who", "said", "that the dam held")])
    assert scene.speakers() == ["Mary Venn"]


DAM = "that the dam held"


def test_a_document_called_otherwise_is_whose_it_was(read):
    text = "A Vel Institute report came out. It was long. Nobody cared. It rained. It snowed. This study found that the dam held."
    assert owner(read(text, KNOWN, [("This study", "found", DAM)])) == "Vel Institute"
    text = "Mary Venn filed a lawsuit. It was long. The mayor was glad. It rained. It snowed. The suit said that the dam held."
    assert owner(read(text, KNOWN, [("The suit", "said", DAM)])) == "Mary Venn"


def test_the_poll_of_a_day_is_the_one_before(read):
    text = "An Orvan Post poll came out. Nobody cared. Mary Venn said so. John Arne laughed. It was long. Monday's poll found that the dam held."
    assert owner(read(text, KNOWN, [("Monday's poll", "found", DAM)])) == "Orvan Post"


def test_who_pays_for_an_advertisement_is_behind_it(read):
    text = "The Harbour Board will spend £9,000 on a TV ad in Mary Venn's district. It rained. It snowed. The ad said that the dam held."
    assert owner(read(text, KNOWN, [("The ad", "said", DAM)])) == "Harbour Board"


def test_a_report_at_the_top_is_of_the_only_maker_of_reports_told_of_later(read):
    text = (
        "A port report found that Mary Venn lied. Mary Venn said no. Mary Venn wept. Mary Venn left. John Arne, who leads the Harbour Board, spoke. "
        "The Harbour Board’s interim report had nine pages."
    )
    said = [("A port report", "found", "that Mary Venn lied")]
    assert owner(read(text, KNOWN, said)) == "Harbour Board"


def test_what_editors_wrote_is_their_papers(read):
    text = "The editors of the Orvan Post aimed their editorial at John Arne. The editorial said that the dam held."
    assert owner(read(text, KNOWN, [("The editorial", "said", "that the dam held")])) == "Orvan Post"
