"""Sidecars: what they add to a text, and what comes of broken ones."""

import json

import pytest

from sayso.intake import Problem, read_reports
from sayso.reports import Publication


def test_a_sidecar_gives_facts_of_publication(saved, one, ferry):
    saved("a.txt", ferry)
    facts = {
        "outlet": "The Halde Courier", "title": "Ferry to sail", "byline": " Ole Brandt ", "published": "2025-03-04T10:00Z",
        "url": "https://courier.example/ferry", "language": "en-GB", "kind": "news", "section": "Coast", "views": 12,
    }  # fmt: skip
    saved("a.json", b"\xef\xbb\xbf" + json.dumps(facts).encode())
    assert one("a.txt").publication == Publication(
        outlet="The Halde Courier", title="Ferry to sail", byline="Ole Brandt", published="2025-03-04T10:00:00+00:00",
        url="https://courier.example/ferry", language="en", kind="news",
    )  # fmt: skip


def test_null_and_empty_facts_are_absent(saved, one, ferry):
    saved("a.txt", ferry)
    saved("a.json", '{"outlet": null, "title": "", "byline": "  "}')
    assert one("a.txt").publication == Publication(language="en")


def test_what_the_user_states_wins_over_the_sidecar(saved, one, ferry):
    saved("a.txt", ferry)
    saved("a.json", '{"outlet": "The Halde Courier", "published": "2025-03-04"}')
    publication = one("a.txt", given=Publication(outlet="Skerrin Post")).publication
    assert (publication.outlet, publication.published) == ("Skerrin Post", "2025-03-04")


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ("{", "broken JSON: Expecting property name enclosed in double quotes (column 2)"),
        ("", "broken JSON: Expecting value (column 1)"),
        ("[]", "a list, not an object"),
        ('{"published": "4 March"}', "\"published\" is no date: '4 March'"),
        ('{"published": 20250304}', '"published" is a number, not a string'),
        ('{"byline": ["Ole", "Inga"]}', '"byline" is a list, not a string'),
        ('{"kind": "gossip"}', "\"kind\" is 'gossip'"),
        ('{"language": "English"}', "\"language\" is 'English'"),
        ('{"outlet": "\\ud800"}', '"outlet" holds half a surrogate pair'),
        (b'{"outlet": "caf\xe9"}', "not UTF-8 (byte 15)"),
        ("[" * 100_000, "JSON nested too deeply"),
        ('{"n": ' + "9" * 10_000 + "}", "broken JSON: a number of too many digits"),
        ('{"outlet": "' + "x" * 1_000_001 + '"}', "larger than a sidecar can be (1 MB)"),
    ],
)
def test_a_text_with_a_broken_sidecar_is_not_read_and_the_sidecar_is_named(saved, ferry, sidecar, reason):
    saved("a.txt", ferry)
    saved("a.json", sidecar)
    saved("b.txt", ferry)
    problem, report = read_reports(["a.txt", "b.txt"])
    assert isinstance(problem, Problem)
    assert problem.origin == "a.json"
    assert problem.reason.startswith(reason)
    assert problem.reason.endswith("; a.txt was not read for it")
    assert "remove the sidecar" in problem.advice
    assert report.origin == "b.txt"


def test_a_sidecar_that_is_a_folder_or_a_lost_link_is_named(saved, tmp_path, ferry):
    saved("a.txt", ferry)
    (tmp_path / "a.json").mkdir()
    assert [made.reason for made in read_reports(["a.txt"])] == ["not a file but a folder; a.txt was not read for it"]
    saved("b.txt", ferry)
    (tmp_path / "b.json").symlink_to("nowhere.json")
    assert [made.reason for made in read_reports(["b.txt"])] == ["not found; b.txt was not read for it"]
