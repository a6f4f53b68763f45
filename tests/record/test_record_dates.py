"""When statements were made, in a record: filters, the timeline, a report whose day is corrected."""

import json

import jsonschema
import pytest

import sayso

MONDAY = "Sergei Lavrov said on Monday that Iran was a partner.\n"
OLDER = "Sergei Lavrov said in June 2016 that Iran was a friend.\n"
NONE = "Orvan Tellik said that the ferry was late.\n"


@pytest.fixture
def record(in_folder):
    rows = [
        {"text": MONDAY, "outlet": "Halyard", "published": "2017-02-07"},
        {"text": OLDER, "outlet": "Mast", "published": "2017-02-10"},
        {"text": NONE, "outlet": "Mast", "published": "2017-02-01"},
        {"text": NONE.replace("late", "gone")},
    ]
    (in_folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with sayso.Record("r.db") as opened:
        assert not opened.read(["news.jsonl"]).problems
        yield opened


def said(rows):
    return [row["said_on"] for row in rows]


def test_rows_tell_when_it_was_said_and_by_which_words(record):
    row = next(row for row in record.statements(outlet="Halyard"))
    jsonschema.validate(row, sayso.schema())
    assert row["said_on"] == "2017-02-06"
    assert (row["said"]["text"], row["said"]["by"], row["said"]["relative"]) == ("Monday", "clause", "the Monday on or before publication")
    assert [MONDAY[a:b] for a, b in row["said"]["spans"]] == ["Monday"]


def test_days_asked_for_are_those_on_which_it_was_said(record):
    assert said(record.statements(since="2017-02-06", until="2017-02-06")) == ["2017-02-06"]
    assert said(record.statements(until="2016-12-31")) == ["2016-06"]
    assert said(record.statements(since="2016-06-20", until="2016-06-20")) == ["2016-06"], "it may have been then"
    assert said(record.statements(since="2017-02-01", until="2017-02-01")) == [None], "publication stands for what is not told"


def test_the_timeline_is_in_the_order_in_which_it_was_said(record):
    rows = list(record.timeline())
    assert said(rows) == ["2016-06", None, "2017-02-06", None]
    assert [row["report"]["outlet"] for row in rows] == ["Mast", "Mast", "Halyard", None], "the one of which nothing is known comes last"
    assert said(record.timeline(speaker="Lavrov", since="2017-01-01")) == ["2017-02-06"]
    assert said(record.timeline(limit=1)) == ["2016-06"]


def test_the_command_prints_it(record, call):
    done = call("timeline", "r.db", env={"COLUMNS": "100"})
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["said", "speaker", "act", "content", "outlet"]
    assert [line[:12].strip() for line in lines[1:]] == ["2016-06", "≤ 2017-02-01", "2017-02-06", "not known"]
    assert lines[3].endswith("Halyard")
    assert said(map(json.loads, call("timeline", "r.db", "--format", "jsonl").stdout.splitlines())) == ["2016-06", None, "2017-02-06", None]
    assert call("timeline", "r.db", "--format", "csv").stdout.count("\n") == 5
    assert call("timeline", "r.db", "--speaker", "Nobody").stderr == "no statement matches\n"
    assert call("timeline", "r.db", "--since", "soon").exit_code == 2


def test_correcting_the_day_of_a_report_corrects_when_it_was_said(in_folder):
    (in_folder / "a.txt").write_text(MONDAY, encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(["a.txt"])
        row = next(record.statements())
        assert (row["said_on"], row["said"]["relative"]) == (None, "the Monday on or before publication")
        for published, day in (("2017-02-07", "2017-02-06"), ("2017-03-30", "2017-03-27")):
            record.read(["a.txt"], given=sayso.Publication(published=published))
            assert said(record.statements()) == [day]
            assert said(record.timeline(since=day, until=day)) == [day]


def test_one_report_without_a_record():
    a = sayso.analyse(MONDAY + "The envoys have met since September 2015.", published="2017-02-07")
    assert [e.pick for e, _ in a.times] == ["XXXX-WXX-1", "2015-09"]
    assert a.said[0] is not None and a.said[0].on == "2017-02-06"
    assert (a.dating, a.doubts()) == (None, ())
    without = sayso.analyse(a.report.text)
    assert without.said[0] is not None and without.said[0].on is None
    assert without.dating is not None and without.dating.first == "2015-09-01"
    page = " ".join(without.render(width=100))
    assert "Inferred, not used: published on or after 2015-09-01, as told by “September 2015”" in page
    assert "said the Monday on or before publication" in page
    assert "said 2017-02-06 (“Monday”)" in " ".join(a.render(width=100))
