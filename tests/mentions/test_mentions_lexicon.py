"""What the tables of words tell."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from sayso.mentions import lexicon
from sayso.mentions.lexicon import HONORIFICS, PRONOUNS, gender_of_surname, given_names, known, nouns, tables_id


@pytest.mark.parametrize(
    ("words", "kind", "number", "gender"),
    [
        ("minister", "person", "singular", None),
        ("prime minister", "person", "singular", None),
        ("ministers", "person", "plural", None),
        ("spokeswoman", "person", "singular", "f"),
        ("ministry", "organisation", "singular", None),
        ("report", "document", "singular", None),
        ("crowd", "people", "plural", None),
    ],
)
def test_nouns_tell_whom_they_name(words, kind, number, gender):
    noun = nouns()[tuple(words.split())]
    assert (noun.type, noun.number, noun.gender) == (kind, number, gender)


def test_a_plural_leads_to_its_singular():
    assert nouns()[("prime", "ministers")].base == "prime minister"


@pytest.mark.parametrize(("name", "gender"), [("mary", "f"), ("john", "m"), ("xqzt", None)])
def test_given_names_tell_gender(name, gender):
    assert given_names().get(name) == gender


@pytest.mark.parametrize(
    ("word", "person", "number", "gender"),
    [("he", 3, "singular", "m"), ("hers", 3, "singular", "f"), ("their", 3, "plural", None), ("we", 1, "plural", None)],
)
def test_pronouns_tell_person_number_and_gender(word, person, number, gender):
    pronoun = PRONOUNS[word]
    assert (pronoun.person, pronoun.number, pronoun.gender) == (person, number, gender)


def test_forms_of_address_tell_gender_only_where_they_do():
    assert (HONORIFICS["mr"], HONORIFICS["mrs"], HONORIFICS["dr"]) == ("m", "f", None)


@pytest.mark.parametrize("table", ["given_names.csv", "nouns.csv", "known_for.csv"])
def test_tables_have_no_row_twice_and_no_broken_row(table):
    with (files("sayso.mentions") / table).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert all(None not in row and None not in row.values() for row in rows)
    keys = [row.get("name", row.get("noun") or row.get("plural")) for row in rows]
    assert len(set(keys)) == len(keys)


def test_another_table_is_another_model(tmp_path, monkeypatch):
    before = tables_id()
    for name in lexicon._OFFICE_HOLDERS:  # of the registry: whom all know is read from there
        (tmp_path / name).write_bytes((lexicon._registry() / name).read_bytes() + b"\n")
    monkeypatch.setattr(lexicon, "_registry", lambda: tmp_path)
    assert tables_id.__wrapped__() != before == tables_id()


@pytest.mark.parametrize(("word", "gender"), [("merkel", "f"), ("putin", "m"), ("clinton", None), ("tarrow", None)])
def test_a_surname_that_all_know_tells_gender(word, gender):
    assert gender_of_surname(word) == gender


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        (("angela", "merkel"), "chancellor"),
        (("merkel",), "chancellor"),
        (("donald", "trump"), "billionaire"),
        (("hillary", "clinton"), "secretary of state"),
    ],
)
def test_what_a_well_read_reader_calls_somebody(name, noun):
    assert noun in known()[name].nouns


def test_a_surname_of_several_office_holders_is_nobody_in_particular():
    assert ("clinton",) not in known()
