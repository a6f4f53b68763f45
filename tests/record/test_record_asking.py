"""Asking a record: every filter does what it says, alone and with the others."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso
from sayso.actors.naming import folded
from sayso.mentions.mention import Entity, Mention, Speaker
from sayso.record.rows import get_reading, get_report, put_report
from sayso.reports import content_hash
from sayso.statements import FORMS, STANCES


@pytest.fixture(scope="module")
def record(examples_record):
    with sayso.Record(examples_record, write=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def everything(record):
    return list(record.statements())


def words(row, *parts):
    return " ".join(row[part]["text"] for part in parts if row[part]).casefold()


def named(actors):
    return " ".join(actor["name"] for actor in actors).casefold()


def sides(row):
    """What the speaker is part of, to begin with themselves."""
    return [folded(row["speaker"][key] or "") for key in ("side", "name")] if row["speaker"] else []


def speakers(row):
    """The names of all who make the statement, without those whose somebody is ("Marenz's government")."""
    return re.sub(r"\S+['’]s \w+", "", named([row["speaker"], *row["speaker"]["members"]])) if row["speaker"] else ""


def days(row):
    """The first and last day on which it may have been said; else that of publication."""
    said, published = row["said"], row["report"]["published"][:10]
    return (said["first"], said["last"]) if said and said["first"] else (published, published)


def test_without_filters_all_come_by_report_and_place(everything):
    assert len(everything) > 100
    parts = [[row[part] for part in ("source", "cue", "content") if row[part]] for row in everything]
    places = [(row["report"]["path"], min(start for part in some for start, _ in part["spans"])) for row, some in zip(everything, parts, strict=True)]
    assert places == sorted(places)
    assert len({row["id"] for row in everything}) == len(everything)


FILTERS = {
    "speaker": ({"speaker": "MARENZ"}, lambda r: "marenz" in words(r, "source") or "marenz" in speakers(r)),
    "about": ({"about": "merganser"}, lambda r: "merganser" in words(r, "content") or "merganser" in named(r["about"])),
    "side": ({"side": "the Coastal UNION"}, lambda r: "coastal union" in sides(r)),
    "text": ({"text": "den"}, lambda r: "den" in words(r, "source", "cue", "content")),
    "outlet": ({"outlet": "hALY"}, lambda r: r["report"]["outlet"] == "Halyard"),
    "since": ({"since": "2025-03-14"}, lambda r: days(r)[1] >= "2025-03-14"),
    "until": ({"until": "2025-03-14"}, lambda r: days(r)[0] <= "2025-03-14"),
    "nested": ({"nested": True}, lambda r: r["parent"] is not None),
    "top": ({"nested": False}, lambda r: r["parent"] is None),
    "min_confidence": ({"min_confidence": 0.8}, lambda r: r["confidence"] >= 0.8),
    **{f"form {form}": ({"form": form}, lambda r, form=form: r["form"] == form) for form in FORMS},
    **{f"stance {stance}": ({"stance": stance}, lambda r, stance=stance: r["stance"] == stance) for stance in STANCES},
    "act": ({"act": "deny"}, lambda r: r["act"] == "deny"),
    "several": (
        {"outlet": "Halyard", "nested": True, "stance": "affirm", "about": "boat"},
        lambda r: r["report"]["outlet"] == "Halyard" and r["parent"] and r["stance"] == "affirm" and "boat" in words(r, "content"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("filters", "matches"), FILTERS.values(), ids=FILTERS)
def test_each_filter_gives_what_it_says_and_nothing_else(record, everything, filters, matches):
    expected = [row for row in everything if matches(row)]
    assert list(record.statements(**filters)) == expected
    assert len(expected) < len(everything)
    if not {"form", "stance"} & set(filters):  # of these the models may find none
        assert expected


def test_limit(record, everything):
    assert list(record.statements(limit=7)) == everything[:7]
    assert list(record.statements(limit=10**6)) == everything
    assert list(record.statements(act="deny", limit=2)) == [row for row in everything if row["act"] == "deny"][:2]


@pytest.mark.parametrize(("filters", "said"), [
    ({"act": "mumble"}, "there is no act 'mumble'. It is one of: say, "),
    ({"form": "Direct"}, "there is no form 'Direct'. It is one of: direct, mixed, indirect, block"),
    ({"stance": "yes"}, "there is no stance 'yes'. It is one of: affirm, deny, doubt, want, none"),
    ({"since": "yesterday"}, "'yesterday' is not a day. Give YYYY-MM-DD"),
    ({"until": "2025-02-30"}, "'2025-02-30' is not a day. Give YYYY-MM-DD"),
    ({"min_confidence": 80}, "a confidence of 80 cannot be. Give a number from 0 to 1"),
    ({"min_confidence": float("nan")}, "a confidence of nan cannot be"),
])  # fmt: skip
def test_a_wrong_filter_says_what_is_allowed_at_once(record, filters, said):
    with pytest.raises(sayso.SaysoError) as error:
        record.statements(**filters)
    assert str(error.value).startswith(said)


def test_words_are_found_whatever_their_shape_in_print(in_folder):
    Path("a.txt").write_text("The minister said that Brennia’s\n  “ﬁnal” OFFER stood.\n", encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(["a.txt"])
        (row,) = record.statements()
        for typed in ("brennia's", "Brennia’s \"final\" offer", "BRENNIA'S\t«FINAL»"):
            assert list(record.statements(about=typed)) == [row], typed
        assert list(record.statements(about="brennia final")) == []


def test_a_report_without_a_date_matches_no_day(in_folder):
    Path("a.txt").write_text("The minister said that the offer stood.\n", encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(["a.txt"])
        assert list(record.statements())
        assert not list(record.statements(since="0001-01-01"))
        assert not list(record.statements(until="9999-12-31"))


def test_a_day_takes_in_all_its_hours(in_folder):
    Path("a.txt").write_text("The minister said that the offer stood.\n", encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(["a.txt"], given=sayso.Publication(published="2025-03-14T23:59:00+02:00"))
        assert list(record.statements(since="2025-03-14", until="2025-03-14"))
        assert not list(record.statements(until="2025-03-13"))


def test_what_is_not_there_is_a_key_error(record):
    for ask in (record.report, record.reading):
        with pytest.raises(KeyError):
            ask("0123456789abcdef")


def test_a_closed_record_says_so(examples_record):
    record = sayso.Record(examples_record, write=False)
    record.close()
    with pytest.raises(sayso.RecordError, match="closed"):
        list(record.statements())


def test_threads_share_a_record(record, everything):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: json.dumps(list(record.statements())), range(8)))
    assert set(answers) == {json.dumps(everything)}


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60)


@st.composite
def readings(draw):
    """A text, and any statements, mentions, entities and speakers in it that a reading can hold."""
    text = draw(texts)

    def spans(least):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2 * least, max_size=6)))
        return tuple(zip(edges[::2], edges[1::2], strict=False))

    statements: list[sayso.Statement] = []
    for number in range(draw(st.integers(0, 4))):
        statements.append(sayso.Statement(
            spans(0), spans(0), spans(1), spans(0), draw(st.sampled_from(FORMS)), draw(st.sampled_from(list(sayso.acts()))), draw(st.booleans()),
            draw(st.none() | st.integers(0, number - 1)) if number else None, draw(st.floats(0, 1)),
        ))
    unique = {s.id(""): s for s in statements}
    if len(unique) != len(statements):
        statements = []
    types = st.sampled_from(["person", "organisation", "state", "place", "people", "document", "other"])
    size = draw(st.integers(0, 3))
    numbers = st.lists(st.integers(0, max(0, size - 1)), max_size=2 if size else 0).map(tuple)
    entities = st.builds(
        Entity, name=texts, type=types, named=st.booleans(), definite=st.booleans(), number=st.sampled_from(["singular", "plural"]),
        gender=st.sampled_from([None, "m", "f"]), titles=st.lists(texts, max_size=2).map(tuple), aliases=st.lists(texts, max_size=2).map(tuple),
        members=numbers, owner=st.none() | st.integers(0, max(0, size - 1)),
    )
    hows = st.sampled_from(["name", "noun", "pronoun"])
    mentions = [Mention(span, draw(hows), draw(st.integers(0, size - 1))) for span in spans(0)] if size else []
    shares = st.floats(0, 1)
    candidates = st.lists(st.tuples(st.integers(0, max(0, size - 1)), shares), max_size=2 if size else 0).map(tuple)
    speaking = st.none() | st.builds(Speaker, entities=numbers, how=hows, confidence=shares, candidates=candidates)
    times = [
        sayso.TimeExpression(
            span, draw(st.sampled_from(["DATE", "TIME", "DURATION", "SET"])), draw(st.sampled_from(["", "2017-02-06", "XXXX-WXX-1", "P2Y"])),
            draw(st.sampled_from(["none", "published"])), None, draw(st.none() | st.tuples(st.integers(-3, 3), st.sampled_from("DWMQY"))),
            draw(st.sampled_from(["past", "future", "near"])), draw(st.sampled_from(["", "TMO"])), draw(st.none() | st.just("END")), "at",
            draw(st.none() | texts),
        )
        for span in spans(0)
    ]
    said: st.SearchStrategy[sayso.Saying | None] = st.none()
    if times:
        said |= st.builds(sayso.Saying, time=st.integers(0, len(times) - 1), how=st.sampled_from(["clause", "occasion"]))
    return sayso.Reading(
        content_hash(text), "models", tuple(statements), tuple(mentions), tuple(draw(entities) for _ in range(size)),
        tuple(draw(speaking) for _ in statements), tuple(times), tuple(draw(said) for _ in statements),
    ), text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=readings(), outlet=st.none() | texts, origin=texts)
def test_what_is_put_in_comes_out_as_it_was(tmp_path_factory, made, outlet, origin):
    reading, text = made
    statements = reading.statements
    report = sayso.Report(text, sayso.Publication(outlet=outlet), origin, ("a note",))
    with sayso.Record(tmp_path_factory.mktemp("r") / "r.db") as record:
        with record._changing():
            assert not put_report(record._db, report, reading, alone=True)
            assert put_report(record._db, report, reading, alone=True), "a second time changes nothing"
        assert (get_report(record._db, report.id), get_reading(record._db, report.id)) == (report, reading)
        rows = list(record.statements())
        assert [row["id"] for row in rows] == [s.id(report.id) for s in statements]
        for row in rows:
            for part in ("source", "cue", "content"):
                if row[part]:
                    assert row[part]["text"] == " … ".join(text[a:b] for a, b in row[part]["spans"])
