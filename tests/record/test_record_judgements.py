"""Judgements: added, withdrawn, judged again, carried to another record; and which actors are one by them."""

from __future__ import annotations

import json
import random
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.record import judgements
from sayso.record.judgements import JUDGEMENT_TABLES, Judgement, Links, Place


def opened(path):
    db = sqlite3.connect(path, isolation_level=None)
    for statement in filter(str.strip, JUDGEMENT_TABLES.split(";\n")):
        db.execute(statement)
    return db


@pytest.fixture
def db(tmp_path):
    connection = opened(tmp_path / "j.db")
    yield connection
    connection.close()


@pytest.fixture
def other(tmp_path):
    connection = opened(tmp_path / "other.db")
    yield connection
    connection.close()


PLACE = Place(source=((512, 518),), cue=((519, 523),), content=((410, 440), (450, 511)))


def same(db, a, b, coder="ina"):
    return judgements.add(db, "same", coder, a=a, b=b)


def test_what_was_judged_is_there_as_it_was_judged(db):
    one = same(db, "name:x", "person:x")
    two = judgements.add(db, "speaker", "piet", text_id="t1", place=PLACE, value="person:x")
    assert judgements.all(db) == judgements.standing(db) == [one, two]
    assert (two.kind, two.coder, two.text_id, two.place, two.field, two.value) == ("speaker", "piet", "t1", PLACE, "speaker", "person:x")
    assert one.time <= two.time
    assert one.time.endswith("+00:00")


def test_the_table_only_grows(db):
    same(db, "a", "b")
    for statement in ("UPDATE judgements SET a = 'c'", "DELETE FROM judgements"):
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            db.execute(statement)
    assert len(judgements.all(db)) == 1


def test_undo_and_redo_and_so_on(db):
    one, two = same(db, "a", "b"), same(db, "b", "c")
    first = judgements.undo(db, one.id, "piet")
    assert judgements.standing(db) == [two]
    with pytest.raises(SaysoError, match="withdrawn already"):
        judgements.undo(db, one.id, "piet")
    second = judgements.undo(db, first.id, "ina")  # a withdrawn one can be withdrawn
    assert judgements.standing(db) == [one, two]
    judgements.undo(db, second.id, "ina")
    assert judgements.standing(db) == [two]
    judgements.redo(db, one.id, "ina")
    assert judgements.standing(db) == [one, two]
    with pytest.raises(SaysoError, match="is not withdrawn"):
        judgements.redo(db, one.id, "ina")
    with pytest.raises(SaysoError, match="no judgement 99"):
        judgements.undo(db, 99, "ina")
    assert len(judgements.all(db)) == 6


def test_the_same_judged_twice_is_two_judgements(db):
    one, two = same(db, "a", "b"), same(db, "a", "b")
    judgements.undo(db, one.id, "ina")
    assert judgements.standing(db) == [two]


@pytest.mark.parametrize(("given_", "said"), [
    ({"kind": "same", "coder": "ina", "a": "x"}, "without b"),
    ({"kind": "same", "coder": "ina", "a": "x", "b": "x"}, "one id"),
    ({"kind": "same", "coder": " ", "a": "x", "b": "y"}, "without coder"),
    ({"kind": "same", "coder": "ina", "a": "x", "b": "y", "value": "z"}, "has no value"),
    ({"kind": "speaker", "coder": "ina", "text_id": "t", "value": "x"}, "without place"),
    ({"kind": "speaker", "coder": "ina", "text_id": "t", "value": "x", "place": PLACE, "field": "mood"}, "no field 'mood'"),
    ({"kind": "maybe", "coder": "ina"}, "no kind 'maybe'"),
    ({"kind": "withdrawn", "coder": "ina"}, "undo"),
    ({"kind": "same", "coder": "ina", "a": "x", "b": "\ud800"}, "surrogate"),
])  # fmt: skip
def test_what_cannot_be_judged(db, given_, said):
    given_ = dict(given_)
    with pytest.raises(SaysoError, match=said):
        judgements.add(db, given_.pop("kind"), given_.pop("coder"), **given_)
    assert judgements.all(db) == []


def filled(db):
    one = same(db, "name:x", "person:x")
    judgements.add(db, "not same", "piet", a="name:y", b="person:x")
    judgements.add(db, "speaker", "piet", text_id="t1", place=PLACE, value="Orvan Tellik")
    judgements.undo(db, judgements.undo(db, one.id, "ina").id, "piet")


def without_ids(rows):
    return [(j.uid, j.to_row()) for j in rows]


def test_judgements_go_to_another_record_once(db, other):
    filled(db)
    rows = [json.loads(json.dumps(row)) for row in judgements.to_rows(db)]
    same(other, "q", "r")
    random.Random(1).shuffle(rows)  # withdrawals before what they withdraw
    assert judgements.from_rows(other, rows) == 5
    assert judgements.from_rows(other, rows) == 0
    assert judgements.from_rows(db, judgements.to_rows(db)) == 0
    assert judgements.from_rows(db, judgements.to_rows(other)) == 1
    assert without_ids(judgements.all(db)) == without_ids(judgements.all(other))
    assert without_ids(judgements.standing(db)) == without_ids(judgements.standing(other))


@pytest.mark.parametrize(("change", "said"), [
    ({"time": "yesterday"}, "not a time"),
    ({"time": "2025-13-01T00:00:00.000000+00:00"}, "month"),
    ({"kind": "maybe"}, "no kind 'maybe'"),
    ({"b": "person:z"}, "uid does not fit"),
    ({"mood": "good"}, "unknown key 'mood'"),
    ({"spans": {"content": [[5, 3]]}}, "not in order"),
    ({"a": None}, "without a"),
])  # fmt: skip
def test_a_row_that_cannot_be_brings_in_nothing(db, other, change, said):
    filled(db)
    rows = list(judgements.to_rows(db))
    rows[1] = {**rows[1], **change}
    with pytest.raises(SaysoError, match=f"judgement 2 cannot be taken: .*{said}"):
        judgements.from_rows(other, rows)
    with pytest.raises(SaysoError, match="withdraws one that is not there"):
        judgements.from_rows(other, list(judgements.to_rows(db))[3:])
    assert judgements.all(other) == []


# -- links ---------------------------------------------------------------------------------------------------------


def judged(*what, start=0):
    """Judgements from "a=b" and "a!b", each later than the one before."""
    out = []
    for n, one in enumerate(what, start):
        a, b = one.replace("!", "=").split("=")
        out.append(Judgement(n, f"u{n:03}", f"2025-01-01T00:00:{n:02}", "ina", "not same" if "!" in one else "same", a, b))
    return out


def test_the_canonical_one_is_registered_then_the_smallest():
    links = Links(judged("name:a=person:z", "person:z=person:b", "name:q=name:p", "office:x=name:w"))
    found = [links.canonical(i) for i in ("name:a", "person:z", "name:q", "office:x", "unheard")]
    assert found == ["person:b", "person:b", "name:p", "name:w", "unheard"]
    assert links.members("name:a") == ("name:a", "person:b", "person:z")
    assert links.members("unheard") == ("unheard",)


def test_apart_holds_for_all_that_are_the_same():
    links = Links(judged("a=b", "c=d", "b!c"))
    assert links.apart("a", "d")
    assert links.apart("d", "a")
    assert not links.apart("a", "b")
    assert not links.apart("a", "e")
    assert links.conflicts() == ()


@pytest.mark.parametrize(("what", "one", "against"), [
    (["a=b", "a!b"], {"a=b"}, [["a!b"]]),
    (["a!b", "a=b"], {"a!b"}, [["a=b"]]),
    (["a=b", "b=c", "a!c"], {"a=b"}, [["a!c"]]),
    (["a!c", "a=b", "b=c"], {"a!c"}, [["a=b", "b=c"]]),
    (["a=b", "a!c", "b=c"], {"a=b"}, [["a!c"]]),
])  # fmt: skip
def test_of_judgements_that_contradict_each_other_the_later_holds(what, one, against):
    links = Links(judged(*what))
    by = {j.uid: w for j, w in zip(judged(*what), what, strict=True)}
    assert {by[c.judgement.uid] for c in links.conflicts()} == one
    assert [[by[j.uid] for j in c.against] for c in links.conflicts()] == against


IDS = st.sampled_from("abcdefg")
PAIRS = st.lists(st.tuples(IDS, st.sampled_from("=!"), IDS).filter(lambda t: t[0] != t[2]).map("".join), max_size=25)


@given(PAIRS, st.randoms())
def test_links_do_not_depend_on_order_and_keep_every_judgement_that_holds(what, chance):
    made = judged(*what)
    links = Links(made)
    mixed = list(made)
    chance.shuffle(mixed)
    again = Links(mixed)
    ids = "abcdefg"
    assert [links.canonical(i) for i in ids] == [again.canonical(i) for i in ids]
    assert [c.judgement for c in links.conflicts()] == [c.judgement for c in again.conflicts()]
    lost = {c.judgement.uid for c in links.conflicts()}
    for j in made:
        joined = links.canonical(j.a) == links.canonical(j.b)
        assert joined is (j.kind == "same") or j.uid in lost
        assert links.apart(j.a, j.b) or j.kind == "same" or j.uid in lost
    for i in ids:
        assert i in links.members(i)
        assert links.canonical(i) == min(links.members(i))
        assert {links.canonical(m) for m in links.members(i)} == {links.canonical(i)}
    for c in links.conflicts():
        assert c.against
        assert max(j.order for j in c.against) > c.judgement.order or c.judgement.kind == "same"
        assert all(j.uid not in lost for j in c.against)
    if made:
        assert made[-1].uid not in lost, "the last one always holds"


def test_a_hundred_thousand_links_are_soon_made():
    made = [
        Judgement(n, f"{n:06}", f"{n:06}", "ina", "same" if n % 3 else "not same", f"p{n * 7 % 50021}", f"q{n * 11 % 50023}")
        for n in range(100_000)
    ]
    links = Links(made)
    assert links.members("p7")
