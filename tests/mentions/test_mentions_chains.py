"""Which names and noun phrases mean one entity."""

from __future__ import annotations

from collections import Counter

import pytest

from sayso.mentions.chain import Chain, name_key

PEOPLE = {
    "Inga Tarrow": "person",
    "John Tarrow": "person",
    "Tarrow": "person",
    "Jonas Fenn": "person",
    "J. Fenn": "person",
    "Fenn": "person",
    "Orvan": "person",
}
BODIES = {
    "Castlebrook Harbour Board": "organisation",
    "Harbour Board": "organisation",
    "CHB": "organisation",
    "C.H.B": "organisation",
    "Ostland": "state",
    "Westmark": "state",
}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Jonas Q. Fenn Jr.", ("jonas", "fenn")),
        ("Jonas “Jo” Fenn", ("jonas", "fenn")),
        ("Jonas van Fenn", ("jonas", "van", "fenn")),
        ("J. Fenn", ("j", "fenn")),
    ],
)
def test_what_counts_of_a_name(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize("later", ["Tarrow", "Ms. Tarrow", "Inga"])
def test_a_part_of_a_name_means_the_one_named_in_full(read, later):
    scene = read(f"Inga Tarrow came. Then {later} left.", {**PEOPLE, "Inga": "person"})
    assert scene.name(later.removeprefix("Ms. "), later == "Tarrow" or later.startswith("Ms") or 1) == "Inga Tarrow"


def test_initials_stand_for_given_names(read):
    scene = read("Jonas Fenn came. J. Fenn left.", PEOPLE)
    assert scene.who("J. Fenn") is scene.who("Jonas Fenn")
    assert scene.who("Jonas Fenn").aliases == ("J. Fenn",)


class TestTwoOfOneSurname:
    def test_full_names_stay_two(self, read):
        scene = read("Inga Tarrow and John Tarrow met.", PEOPLE)
        assert scene.who("Inga Tarrow") is not scene.who("John Tarrow")

    def test_a_form_of_address_tells_which(self, read):
        scene = read("Inga Tarrow met John Tarrow. Ms. Tarrow left. Mr. Tarrow stayed.", {**PEOPLE, "Mary Tarrow": "person"})
        assert scene.name("Tarrow", 2) == "Inga Tarrow"
        assert scene.name("Tarrow", 3) == "John Tarrow"

    def test_the_surname_alone_is_the_one_who_was_just_named(self, read):
        scene = read("Inga Tarrow came. She sat. She ate. She slept. John Tarrow rose. Tarrow left.", PEOPLE)
        assert scene.name("Tarrow", 2) == "John Tarrow"

    def test_otherwise_the_one_introduced_first(self, read):
        scene = read("Inga Tarrow met John Tarrow. They sat. They ate. They slept. Tarrow left.", PEOPLE)
        assert scene.name("Tarrow", 2) == "Inga Tarrow"

    def test_a_pronoun_of_the_sentence_tells_against_who_was_just_named(self, read):
        scene = read("Ms. Inga Tarrow came. Mr. John Tarrow rose. Tarrow said she was glad.", PEOPLE)
        assert scene.name("Tarrow", 2) == "Inga Tarrow"

    def test_the_younger_is_the_one_called_a_son(self, read):
        scene = read("John Tarrow came with his son, Paul Tarrow. They sat. They ate. They slept. The younger Tarrow left. The elder Tarrow slept.",
                     {**PEOPLE, "Paul Tarrow": "person", "Tarrow": "person"})  # fmt: skip
        assert scene.name("Tarrow", 2) == "Paul Tarrow"
        assert scene.name("Tarrow", 3) == "John Tarrow"

    def test_the_last_of_a_crowd_can_still_be_called_by_surname(self, read):
        names = [f"{given}a Tarrow" for given in "B C D F G H K L M N P R S T V W X Z Bl Cr Dr Fr Gr Kr Pr Tr".split()]
        scene = read(" came. ".join(names) + " came. Tarrow left.", dict.fromkeys([*names, "Tarrow"], "person"))
        assert scene.name("Tarrow", len(names)) == names[-2] or scene.name("Tarrow", len(names)) == names[-1]


def test_a_king_is_not_the_one_who_has_his_name_as_surname(read):
    scene = read("Mary Orvan came. King Orvan left.", {**PEOPLE, "Mary Orvan": "person"})
    assert scene.who("Orvan", 1) is not scene.who("Mary Orvan")


def test_king_and_queen_of_one_name_are_two(read):
    scene = read("King Orvan met Queen Orvan.", PEOPLE)
    assert (scene.who("Orvan").gender, scene.who("Orvan", 1).gender) == ("m", "f")


@pytest.mark.parametrize("short", ["CHB", "C.H.B", "Harbour Board"])
def test_an_abbreviation_and_a_part_mean_the_whole(read, short):
    scene = read(f"The Castlebrook Harbour Board met. Later the {short} denied it.", BODIES)
    assert scene.name(short, 1 if short == "Harbour Board" else 0) == "Castlebrook Harbour Board"


def test_the_abbreviation_may_come_first(read):
    scene = read("The CHB met. It is the Castlebrook Harbour Board.", BODIES)
    assert scene.who("CHB") is scene.who("Castlebrook Harbour Board")


@pytest.mark.parametrize(
    "text",
    [
        "The minister, Inga Tarrow, left.",
        "Inga Tarrow, the minister, left.",
        "Inga Tarrow is the minister.",
        "Defence Minister Inga Tarrow left.",
        "Foreign minister Inga Tarrow left.",
    ],
)
def test_a_role_beside_a_name_is_that_persons(read, text):
    entity = read(text, PEOPLE).who("Inga Tarrow")
    assert [title.lower().split()[-1] for title in entity.titles] == ["minister"]


@pytest.mark.parametrize(("text", "title"), [("Velmora Gov. Jonas Fenn left.", "Velmora governor"), ("Then Sen. Jonas Fenn left.", "senator")])
def test_an_office_written_short_is_a_title(read, text, title):
    assert title in read(text, {**PEOPLE, "Velmora": "state"}).who("Jonas Fenn").titles


def test_a_role_in_a_list_of_people_is_not_the_name_before_it(read):
    scene = read("Inga Tarrow, two ministers and a judge met.", PEOPLE)
    assert scene.who("Inga Tarrow").titles == ()


class TestCoordinations:
    def test_two_names_are_a_group_of_both(self, read):
        scene = read("Inga Tarrow and Jonas Fenn met.", PEOPLE)
        group = scene.who("Inga Tarrow and Jonas Fenn")
        assert [scene.found.entities[n].name for n in group.members] == ["Inga Tarrow", "Jonas Fenn"]

    def test_so_are_three(self, read):
        scene = read("Ostland, Westmark and the Harbour Board met.".replace("the Harbour Board", "Velmora"), {**BODIES, "Velmora": "state"})
        assert len(scene.who("Ostland, Westmark and Velmora").members) == 3

    def test_the_same_two_again_are_the_same_group(self, read):
        scene = read("Inga Tarrow and Jonas Fenn met. Jonas Fenn and Inga Tarrow left.", PEOPLE)
        assert scene.who("Inga Tarrow and Jonas Fenn") is scene.who("Jonas Fenn and Inga Tarrow")

    @pytest.mark.parametrize("text", ["Inga Tarrow, Jonas Fenn met.", "Inga Tarrow and Ostland met.", "Inga Tarrow and\nJonas Fenn met."])
    def test_what_is_not_joined_is_no_group(self, read, text):
        assert not any(entity.members for entity in read(text, {**PEOPLE, **BODIES}).found.entities)


@pytest.mark.parametrize(("names", "name"), [
    (["MIRA AL-HOLT"], "Mira Al-Holt"), (["MIRA HOLT", "MIRA HOLT", "Mira Holt"], "Mira Holt"), (["HOLT"], "HOLT"),
])  # fmt: skip
def test_a_name_in_capitals_is_written_as_others_are(names, name):
    chain = Chain("person", True, True, "singular", names=Counter(names))
    assert chain.entity().name == name


@pytest.mark.parametrize(
    "text",
    [
        "Orvan’s security adviser, Lt. Gen. Inga Tarrow, spoke.",
        "The security adviser, Brig. Gen. Inga Tarrow, spoke.",
        "The security adviser, retired Col. Inga Tarrow, spoke.",
    ],
)
def test_a_rank_may_stand_between_the_comma_and_the_name(read, text):
    assert any("adviser" in title for title in read(text, PEOPLE).who("Inga Tarrow").titles)


def test_an_office_with_capitals_may_stand_before_the_second_of_a_group(read):
    scene = read("On Monday Inga Tarrow and Harbour Committee Chairman John Tarrow met.", PEOPLE)
    group = next(e for e in scene.found.entities if e.members)
    assert {scene.found.entities[m].name for m in group.members} == {"Inga Tarrow", "John Tarrow"}
