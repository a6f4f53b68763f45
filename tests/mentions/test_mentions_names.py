"""Names: what is left of what the network tags, and one kind for one name in a text."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.mentions.names import names


@pytest.fixture
def found(page, named):
    def go(text, known):
        laid = page(text)
        return [(laid.written(d.run), d.type) for d in named(laid, known)]

    return go


@pytest.mark.parametrize(
    ("text", "tagged", "kind", "name"),
    [
        ("The Harbour Board met.", "The Harbour Board", "organisation", "Harbour Board"),
        ("So Mr. Tarrow left.", "Mr. Tarrow", "person", "Tarrow"),
        ("Then President Radomira Tesk spoke.", "President Radomira Tesk", "person", "Radomira Tesk"),
        ("It was Ostland's fault.", "Ostland's", "state", "Ostland"),
        ("“Inga Tarrow”, they cried.", "“Inga Tarrow”", "person", "Inga Tarrow"),
        ("Arno Fenn Jr. spoke.", "Arno Fenn Jr", "person", "Arno Fenn Jr"),
        ("Then Arno Fenn suing left.", "Arno Fenn suing", "person", "Arno Fenn"),
        ("Then Arno van der Fenn left.", "Arno van der Fenn", "person", "Arno van der Fenn"),
        ("They saw Fenn's Supporters leave.", "Fenn's Supporters", "person", "Fenn"),
    ],
)
def test_a_name_stands_without_article_address_and_marks(found, text, tagged, kind, name):
    assert found(text, {tagged: kind}) == [(name, kind)]


@pytest.mark.parametrize(("text", "known", "names"), [
    ("Ann Lee Anna (Ann) Mary LeeMore on ferries left.", {"Ann Lee Anna": "person"}, ["Ann Lee"]),
    ("Obama spoke. Obama left. An award for Dana Quist Obama closes the bridge.", {"Obama": "person", "Dana Quist Obama": "person"},
     ["Obama", "Obama", "Dana Quist", "Obama"]),
    ("Obama spoke. Obama left. Then Barack Quist Obama came.", {"Obama": "person", "Barack Quist Obama": "person"},
     ["Obama", "Obama", "Barack Quist Obama"]),
    ("The head of National Safety Dana Fenn spoke. Fenn left.", {"National Safety Dana Fenn": "organisation", "Fenn": "person"},
     ["National Safety", "Dana Fenn", "Fenn"]),
    ("The Foundation of Dana Fenn spoke. Fenn left.", {"Foundation of Dana Fenn": "organisation", "Fenn": "person"},
     ["Foundation of Dana Fenn", "Fenn"]),
])  # fmt: skip
def test_names_that_ran_together_stand_apart(found, text, known, names):
    assert [name for name, _ in found(text, known)] == names


@pytest.mark.parametrize("tagged", ["harbour", "the", "President", "National Security Advisor", "…", "Committee", "Administration", "Super PAC"])
def test_what_names_nobody_is_no_name(found, tagged):
    assert found(f"Then {tagged} came.", {tagged: "organisation"}) == []


def test_a_name_found_in_two_places_is_one_in_the_others_too(page, labels, transitions):
    laid = page("Velmor fell. Then Velmor rose. Nobody saw Velmor.")
    scores = np.zeros((len(laid.words), len(labels)), np.float32)
    scores[:, 0] = 5
    for i in [i for i, word in enumerate(laid.words) if word == "Velmor"][:2]:
        scores[i, labels.index("B-place")] = 9
    assert [laid.written(d.run) for d in names(laid, scores, transitions)] == ["Velmor"] * 3


def test_a_surname_alone_is_that_persons(found):
    assert found("Inga Tarrow spoke. Later Tarrow left.", {"Inga Tarrow": "person", "Tarrow": "organisation"}) == [
        ("Inga Tarrow", "person"),
        ("Tarrow", "person"),
    ]


def test_where_people_are_called_after_a_name_it_is_a_states(found):
    assert found("They met in Velmora. Three Velmorans spoke.", {"Velmora": "person"}) == [("Velmora", "state")]


def test_a_people_before_a_noun_only_describes_it(page, named):
    laid = page("The Ostlandish minister met an Ostlandish.")
    assert [d.adjective for d in named(laid, {"Ostlandish": "people"})] == [True, False]


def test_names_do_not_run_over_lines(page, labels, transitions):
    laid = page("Inga\nTarrow")
    scores = np.zeros((2, len(labels)), np.float32)
    scores[:, labels.index("I-person")] = 9
    assert [laid.written(d.run) for d in names(laid, scores, transitions)] == ["Inga", "Tarrow"]


def test_the_length_of_other_lines_is_no_matter(page, labels, transitions):
    random = np.random.default_rng(7)
    lines = ["Inga Tarrow met Jonas Fenn in Velmora.", "word " * 700, "The Harbour Board denied it."]
    texts = [page(line) for line in lines]
    scores = [random.normal(0, 2, (len(laid.words), len(labels))).astype(np.float32) for laid in texts]
    transition = {**transitions, "transition": random.normal(0, 1, (len(labels), len(labels))).tolist()}
    alone = [laid.written(d.run) for laid, s in zip(texts, scores, strict=True) for d in names(laid, s, transition)]
    whole = page("\n".join(lines))
    together = [whole.written(d.run) for d in names(whole, np.concatenate(scores), transition)]
    assert set(alone) <= set(together)


def test_a_surname_tagged_as_a_place_is_its_bearers(page, named):
    text = "Mary Orvan left. " + "Orvan spoke. " * 5
    found = named(page(text), {"Mary Orvan": "person", "Orvan": "state"})
    assert {d.type for d in found} == {"person"}


def test_a_king_named_with_his_state_is_a_person(page, named):
    p = page("So Velmora's King Orvan left.")
    assert [(p.written(d.run), d.type) for d in named(p, {"Velmora's King Orvan": "organisation"})] == [("Orvan", "person")]


@pytest.mark.parametrize("text", ["Participants left.", "Some participants came. The Participants left."])
def test_a_plain_plural_with_a_capital_is_no_name(found, text):
    assert found(text, {"Participants": "person"}) == []


def test_a_surname_of_office_holders_alone_is_a_persons(found):
    assert found("Obama spoke. Then Obama left.", {"Obama": "organisation"}) == [("Obama", "person")] * 2


def test_the_persons_of_a_headline_stand_apart(found):
    headline = "Anna Fenn Slams John Tarrow On Ferries"
    assert [name for name, _ in found(headline, {headline: "person"})] == ["Anna Fenn", "John Tarrow"]
    assert found("Used To Save Anna Fenn. They save.", {"Save Anna Fenn": "person"}) == [("Anna Fenn", "person")]


@pytest.mark.parametrize(("text", "names"), [
    ("Foreign ministry spokeswoman Mira Holt left.", {"Foreign": "organisation", "Mira Holt": "person"}),
    ("Rebuffing calls for a vote, Mira Holt left.", {"Rebuffing": "person", "Mira Holt": "person"}),
])
def test_what_only_begins_a_sentence_is_no_name(read, text, names):
    assert [e.name for e in read(text, names).found.entities if e.named] == ["Mira Holt"]


def test_a_company_is_no_person(read):
    scene = read("Halden Pharma denied it. In a statement, the company said no.", {"Halden Pharma": "person"}, [("the company", "said", "no")])
    assert scene.speakers() == ["Halden Pharma"]


@pytest.mark.parametrize("text, name", [
    ("The rights group ORVAL said so.", "ORVAL"), ("The mining company Halden Deep said so.", "Halden Deep"), ("A new Orval poll said so.", "Orval"),
])  # fmt: skip
def test_what_stands_behind_the_kind_of_body_is_its_name(page, named, text, name):
    laid = page(text)
    assert [laid.written(d.run) for d in named(laid, {})] == [name]


@pytest.mark.parametrize("text", ["He told the group Tuesday.", "A company Web site said so."])
def test_days_and_nouns_behind_a_body_are_no_names(page, named, text):
    laid = page(text)
    assert named(laid, {}) == []


def test_a_name_without_a_given_name_behind_the_kind_of_body_is_no_person(page, named):
    laid = page("The rights group Harbour Speaks left. Harbour Speaks said so.")
    assert {d.type for d in named(laid, {"Harbour Speaks": "person"})} == {"organisation"}


def test_a_full_name_behind_a_title_is_a_person(page, named):
    laid = page("In May President Radomira Tesk spoke of the President Office Today.")
    assert [laid.written(d.run) for d in named(laid, {})] == ["Radomira Tesk"]


@pytest.mark.parametrize(
    ("text", "body", "kept"),
    [
        ("Ann Holt spoke. Then Ambassador Holt left.", "Ambassador Holt", "Holt"),
        ("Ann Holt spoke. Then Orlan Institute's Holt left.", "Orlan Institute's Holt", "Holt"),
        ("Ann Holt spoke. Then Senator Park left.", "Senator Park", "Senator Park"),
        ("Ann Holt spoke. Then Orlan Institute's Lab left.", "Orlan Institute's Lab", "Orlan Institute's Lab"),
    ],
)
def test_a_surname_behind_a_title_or_a_body_is_the_persons(page, named, text, body, kept):
    laid = page(text)
    found = named(laid, {"Ann Holt": "person", body: "organisation"})
    assert (laid.written(found[-1].run), found[-1].type) == (kept, "person" if kept == "Holt" else "organisation")


def test_who_lives_somewhere_is_no_body(page, named):
    laid = page("Holt left Velmori. Then the Velmorians cheered.")
    assert [d.type for d in named(laid, {"Velmori": "place", "Velmorians": "organisation"})] == ["state", "people"]
