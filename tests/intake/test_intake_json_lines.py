"""JSON Lines and JSON: one report an object."""

import json

import pytest

from sayso.intake import Problem, read_reports
from sayso.intake.rows import MAX_LINE
from sayso.reports import Publication, Report


def rows(*values):
    return "".join(json.dumps(value) + "\n" for value in values)


def outcome(*paths, **options):
    return [(made.origin, made.reason if isinstance(made, Problem) else made.text) for made in read_reports(paths, **options)]


def test_each_line_is_a_report_named_by_its_number(saved, ferry):
    saved("r.jsonl", "\n" + rows({"text": ferry, "outlet": "The Halde Courier", "site": "x", "authors": ["y"]}, {"text": "Ships sail."}))
    first, second = read_reports(["r.jsonl"])
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.origin, second.origin) == ("r.jsonl:2", "r.jsonl:3")
    assert first.text == ferry
    assert first.publication == Publication(outlet="The Halde Courier", language="en")
    assert second.publication == Publication()


@pytest.mark.parametrize(("facts", "day"), [
    ({"date": "2025-03-01"}, "2025-03-01"), ({"date": "spring", "pubDate": "2025-03-02"}, "2025-03-02"), ({"date": "x"}, None),
    ({"date": "2025-03-01", "published": "2025-03-04"}, "2025-03-04"),
])  # fmt: skip
def test_the_day_of_publication_under_other_names(saved, facts, day):
    saved("r.jsonl", rows({"text": "Ships sail.", **facts}))
    (report,) = read_reports(["r.jsonl"])
    assert report.publication.published == day


def test_ndjson_windows_line_ends_and_a_missing_last_one(saved):
    saved("r.ndjson", b'\xef\xbb\xbf{"text": "One sails."}\r\n{"text": "\\ufeffTwo sail."}')
    assert outcome("r.ndjson") == [("r.ndjson:1", "One sails."), ("r.ndjson:2", "Two sail.")]


def test_broken_lines_are_named_and_the_rest_goes_on(saved):
    lines = [
        b'{"text": "One sails."}', b'{"text": "Two', b'["text"]', b'{"title": "x"}', b'{"text": 5}', b'{"text": ""}', b'{"text": "\\ud800"}',
        b'{"text": "a\\u0000b"}', b'{"text": "Nine sail.", "published": "soon"}', b'{"text": "caf\xe9"}', b"[" * 100_000,
        b'{"text": "x", "n": ' + b"9" * 5_000 + b"}", b'{"text": "404 Not Found"}', b'{"text": "Last sails."}',
    ]  # fmt: skip
    saved("r.jsonl", b"\n".join(lines))
    assert [(origin, said.split(" (")[0][:40]) for origin, said in outcome("r.jsonl")] == [
        ("r.jsonl:1", "One sails."),
        ("r.jsonl:2", "broken JSON: Unterminated string startin"),
        ("r.jsonl:3", "a list, not an object"),
        ("r.jsonl:4", 'no "text" in it'),
        ("r.jsonl:5", '"text" is a number, not a string'),
        ("r.jsonl:6", "empty"),
        ("r.jsonl:7", "half a surrogate pair"),
        ("r.jsonl:8", "a NUL character at offset 1"),
        ("r.jsonl:9", "\"published\" is no date: 'soon'"),
        ("r.jsonl:10", "not UTF-8"),
        ("r.jsonl:11", "JSON nested too deeply"),
        ("r.jsonl:12", "broken JSON: a number of too many digits"),
        ("r.jsonl:13", "an error, login or consent message"),
        ("r.jsonl:14", "Last sails."),
    ]


def test_a_line_that_is_too_long_is_skipped_to_its_end(saved):
    saved("r.jsonl", b'{"text": "' + b"x" * (MAX_LINE + 5_000_000) + b'"}\n{"text": "Two sail."}\n')
    assert outcome("r.jsonl") == [("r.jsonl:1", "a line longer than 32 MB"), ("r.jsonl:2", "Two sail.")]


def test_rows_come_as_they_are_read(saved):
    saved("r.jsonl", rows(*({"text": f"Ship {n} sails."} for n in range(1_000))))
    reading = read_reports(["r.jsonl"])
    assert next(reading).origin == "r.jsonl:1"
    reading.close()


@pytest.mark.parametrize(("content", "reason"), [("", "empty"), ("\n \n", "empty"), ('\ufeff{"text": "x"}', "JSON in UTF-16")])
def test_a_file_of_lines_with_nothing_to_read(saved, content, reason):
    saved("r.jsonl", content.encode("utf-16-le") if reason.endswith("16") else content)
    assert outcome("r.jsonl") == [("r.jsonl", reason)]


def test_given_facts_and_languages_hold_for_each_row(saved):
    french = "Le maire de Halde a déclaré lundi que le vieux bac reprendrait la mer avant l'hiver. " * 4
    saved("r.jsonl", rows({"text": "Ships sail.", "outlet": "Courier"}, {"text": french}, {"text": "Bateaux.", "language": "fr"}))
    made = list(read_reports(["r.jsonl"], given=Publication(outlet="Skerrin Post")))
    assert made[0].publication.outlet == "Skerrin Post"
    assert [m.reason for m in made[1:]] == ["in French (fr), 0.99 sure", "declared to be in French (fr)"]


def test_a_json_file_holds_an_object_or_an_array_of_them(saved):
    saved("a.json", '{\n  "text": "One sails.",\n  "outlet": "Courier"\n}\n')
    saved("b.json", '[{"text": "Two sail."}, 3, {"text": null}, {"text": "Four sail."}]')
    saved("c.json", '{"text": "Five sail."}\n\n')
    assert outcome("a.json", "b.json", "c.json") == [
        ("a.json", "One sails."),
        ("b.json:1", "Two sail."),
        ("b.json:2", "a number, not an object"),
        ("b.json:3", '"text" is null, not a string'),
        ("b.json:4", "Four sail."),
        ("c.json", "Five sail."),
    ]


def test_json_lines_are_read_whatever_the_file_is_called(saved):
    saved("a.json", rows({"text": "One sails."}, {"text": "Two sail."}))
    saved("b.jsonl", '{\n"text": "Three sail."\n}')
    assert outcome("a.json", "b.jsonl") == [("a.json:1", "One sails."), ("a.json:2", "Two sail."), ("b.jsonl", "Three sail.")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("5", "a number, not an object"),
        ("[]", "an empty array"),
        ('{"name": "package"}', 'no "text" in it'),
        ('{\n"text": oops\n}', "broken JSON: Expecting value (line 2, column 9)"),
        ("[" * 1_000_000, "JSON nested too deeply"),
    ],
)
def test_other_json_files_are_named(saved, refused, content, reason):
    assert refused(saved("a.json", content)) == ("a.json", reason)
