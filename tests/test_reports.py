"""Reports: what is known of a publication, and ids that come from content."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reports import FACTS, KINDS, Publication, Report, content_hash, parse_published

anything = st.text(st.characters())


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("2023-11-05", "2023-11-05"),
        (" 2023-11-05\n", "2023-11-05"),
        ("2023-11-05T07:30", "2023-11-05T07:30:00"),
        ("2023-11-05T07:30:15Z", "2023-11-05T07:30:15+00:00"),
        ("2023-11-05 07:30:00+02:00", "2023-11-05T07:30:00+02:00"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_are_kept_as_iso_8601(given_, kept):
    assert parse_published(given_) == kept
    assert parse_published(kept) == kept


@pytest.mark.parametrize("wrong", ["", "  ", "5 November 2023", "2023-02-29", "2023-13-01", "05/11/2023", "2023-11-05T25:00", "yesterday", "2023"])
def test_what_is_no_date_is_named_in_the_error(wrong):
    with pytest.raises(ValueError, match="give YYYY-MM-DD") as error:
        parse_published(wrong)
    assert repr(wrong) in str(error.value)


def test_a_publication_checks_its_kind_and_date():
    assert Publication(kind="opinion", published="2023-11-05T07:30").published == "2023-11-05T07:30:00"
    with pytest.raises(ValueError, match="news, opinion, transcript"):
        Publication(kind="gossip")
    with pytest.raises(ValueError, match="not a date"):
        Publication(published="last week")


@pytest.mark.parametrize(("tag", "code"), [("en", "en"), ("EN-gb", "en"), (" pt_BR ", "pt"), ("zh-Hant-TW", "zh")])
def test_languages_are_kept_as_iso_639_1(tag, code):
    assert Publication(language=tag).language == code


@pytest.mark.parametrize("wrong", ["", "english", "e", "eng", "en-", "en GB", "日本"])
def test_what_is_no_language_code_is_named_in_the_error(wrong):
    with pytest.raises(ValueError, match="give two letters") as error:
        Publication(language=wrong)
    assert repr(wrong) in str(error.value)


def test_nothing_is_known_unless_it_is_given():
    assert Publication().to_dict() == dict.fromkeys(FACTS)


@st.composite
def publications(draw):
    facts = {key: draw(st.none() | anything) for key in FACTS if key not in ("published", "language", "kind")}
    kind, language = draw(st.none() | st.sampled_from(KINDS)), draw(st.none() | st.sampled_from(("en", "fr", "sw")))
    return Publication(**facts, kind=kind, language=language, published=draw(st.none() | st.dates().map(str)))


@settings(deadline=None)
@given(publications(), publications())
def test_gaps_are_filled_and_nothing_known_is_overwritten(mine, other):
    filled = mine.filled_from(other)
    for key in FACTS:
        known = getattr(mine, key)
        assert getattr(filled, key) == (getattr(other, key) if known is None else known)
    assert mine.filled_from(Publication()) == mine == Publication(**mine.to_dict())


@settings(deadline=None)
@given(anything, anything)
def test_ids_follow_text_and_origin_alone(text, origin):
    report = Report(text, origin=origin)
    again = Report(text, Publication(outlet="The Tarn Echo", published="2023-11-05"), origin, ("decoded as windows-1252",))
    assert report.id == again.id
    assert report.text_id == again.text_id == Report(text, origin=origin + "x").text_id
    assert report.id != Report(text, origin=origin + "x").id
    assert report.text_id != Report(text + "x", origin=origin).text_id


def test_ids_stay_the_same_from_one_release_to_the_next():
    report = Report("The pier is lost, Orla Venn said.\n", origin="in/pier.txt")
    assert (report.text_id, report.id) == ("d7dee647fcb86bf4", "8516147b442e8bf2")


@settings(deadline=None)
@given(st.lists(anything, max_size=3), st.lists(anything, max_size=3))
def test_parts_are_kept_apart_in_hashes(a, b):
    assert (content_hash(*a) == content_hash(*b)) == (a == b)


def test_a_report_does_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Report("a").text = "b"  # type: ignore[misc]
