"""Statements: stance, identity and the chain of statements around one."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso.statements
from sayso.spans import normalised
from sayso.statements import STANCES, Statement, acts, enclosing, source_text

TEXT = "The clerk denied claims by Orla Venn that the pier was lost."
PLAIN = Statement(
    source=((0, 9),), cue=((10, 16),), content=((17, 59),), quoted=(), form="indirect", act="deny", negated=False, parent=None, confidence=0.9
)
ROWS = list(
    csv.DictReader((Path(sayso.statements.__file__).parent / "attribution" / "acts.csv").read_text(encoding="utf-8").splitlines())
)


@pytest.mark.parametrize("row", ROWS, ids=[row["act"] for row in ROWS])
def test_stance_follows_from_act_and_negation(row):
    assert replace(PLAIN, act=row["act"]).stance == row["stance"]
    assert replace(PLAIN, act=row["act"], negated=True).stance == row["negated_stance"]


@pytest.mark.parametrize(
    ("act", "negated", "stance"),
    [
        ("say", False, "affirm"), ("say", True, "none"), ("deny", False, "deny"), ("deny", True, "none"), ("reject", True, "none"),
        ("doubt", False, "doubt"), ("doubt", True, "affirm"), ("believe", True, "deny"), ("know", True, "doubt"), ("demand", False, "want"),
        ("support", True, "deny"), ("oppose", False, "deny"), ("ask", False, "none"), ("criticise", False, "none"), ("promise", True, "none"),
    ],
)  # fmt: skip
def test_what_a_reader_may_conclude(act, negated, stance):
    assert replace(PLAIN, act=act, negated=negated).stance == stance


def test_the_list_of_acts_is_whole():
    assert list(acts()) == [row["act"] for row in ROWS]
    for act in acts().values():
        assert {act.stance, act.negated_stance} <= set(STANCES)
        assert act.definition
        assert act.example.count("*") == 2, act.example


def test_an_act_that_is_not_in_the_list_has_no_stance():
    with pytest.raises(KeyError):
        _ = replace(PLAIN, act="mumble").stance


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3).map(normalised)
parts = st.tuples(spans, spans, spans)


@settings(deadline=None)
@given(parts, parts)
def test_ids_differ_where_the_parts_do(a, b):
    first, second = (replace(PLAIN, source=s, cue=c, content=x) for s, c, x in (a, b))
    assert (first.id("r") == second.id("r")) == (a == b)
    assert first.id("r") != first.id("s")


def test_ids_rest_on_report_and_parts_alone():
    other = replace(PLAIN, act="say", negated=True, parent=3, confidence=0.1, form="mixed", quoted=((20, 24),))
    assert PLAIN.id("8516147b442e8bf2") == other.id("8516147b442e8bf2") == "3b1db538686f4fb4"


def test_a_statement_within_its_text_is_sound():
    PLAIN.check(len(TEXT))


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": ()},
        {"content": ((17, 61),)},
        {"source": ((9, 0),)},
        {"cue": ((10, 10),)},
        {"quoted": ((30, 35), (20, 24))},
        {"content": ((17, 30), (25, 59))},
    ],
)
def test_a_statement_that_does_not_fit_its_text_is_refused(wrong):
    with pytest.raises(ValueError, match=r"content|span"):
        replace(PLAIN, **wrong).check(len(TEXT))


def test_the_statements_around_one_come_from_the_outermost_in():
    made = [replace(PLAIN, parent=p) for p in (None, 0, 1, None)]
    assert enclosing(made, 2) == [0, 1]
    assert enclosing(made, 0) == enclosing(made, 3) == []


def test_a_statement_may_name_nobody():
    assert source_text(TEXT, PLAIN) == "The clerk"
    assert source_text(TEXT, replace(PLAIN, source=())) is None
