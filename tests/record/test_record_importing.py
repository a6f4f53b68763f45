"""Larger registers brought into a record: whose statements become known by them, and what is wrong with them."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import sayso

NEWS = "Orvan Tellik said that the ferry was late. “It was not,” Tellik told reporters. Mira Sollen denied it.\n"

OFFICES = "position,person,wikidata_id,start,end\nMinister of Defence,Orvan Tellik,Q990000001,2015-05-01,2019\n"
FTM = "".join(json.dumps(entity) + "\n" for entity in (
    {"id": "NK-1", "schema": "Person", "properties": {"name": ["Orvan Tellik"], "alias": ["Orwan Telik"], "country": ["ru"]}},
    {"id": "p1", "schema": "Position", "properties": {"name": ["Minister of Defence"], "country": ["ru"]}},
    {"id": "o1", "schema": "Occupancy", "properties": {"holder": ["NK-1"], "post": ["p1"], "startDate": ["2015-05-01"], "endDate": ["2019"]}},
))  # fmt: skip
WIKIDATA = json.dumps({
    "head": {"vars": ["person", "personLabel", "position", "positionLabel", "start"]},
    "results": {"bindings": [{
        "person": {"type": "uri", "value": "http://www.wikidata.org/entity/Q990000001"},
        "personLabel": {"type": "literal", "xml:lang": "en", "value": "Orvan Tellik"},
        "positionLabel": {"type": "literal", "value": "Minister of Defence of Russia"},
        "start": {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#dateTime", "value": "2015-05-01T00:00:00Z"},
    }]},
})  # fmt: skip
#: A register by format: its content, what the command needs to know beside it, and the id of the person in it.
REGISTERS = {
    "offices.csv": (OFFICES, ("--state", "Russia"), "person:Q990000001"),
    "entities.ftm.json": (FTM, (), "person:ftm/NK-1"),
    "wikidata.json": (WIKIDATA, ("--state", "Russia"), "person:Q990000001"),
}


@pytest.fixture
def path(in_folder, call):
    Path("news.txt").write_text(NEWS, encoding="utf-8")
    assert call("read", "news.txt", "-o", "r.db", "--published", "2017-03-30").exit_code == 0
    return Path("r.db")


def speakers(path):
    with sayso.Record(path, write=False) as record:
        return [(row["speaker"]["id"], row["speaker"]["side"]) for row in record.statements() if row["speaker"]]


@pytest.mark.parametrize("name", REGISTERS)
def test_whom_a_register_knows_is_known_at_once(call, path, dump, name):
    content, options, person = REGISTERS[name]
    before = speakers(path)
    assert before.count(("name:orvan-tellik", None)) == 2
    Path(name).write_text(content, encoding="utf-8")
    done = call("actors", path, "import", name, *options)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"{name}: 1 actors taken\n")
    assert speakers(path) == [(person, "Russia") if one[0] == "name:orvan-tellik" else one for one in before]
    with sayso.Record(path, write=False) as record:
        assert len(list(record.statements(side="Russia"))) == len(list(record.statements(speaker="Tellik"))) == 2
        page = record.actor("Orvan Tellik")
        assert (page["id"], page["part_of"], page["offices"][0]["role"]) == (person, ["Russia"], "defence-minister")
    assert "defence minister, Russia" in call("actors", path, person).stdout
    after = dump(path)
    done = call("actors", path, "import", name, *options)
    assert (done.exit_code, done.stderr) == (0, f"{name}: unchanged, 1 actors taken before\n")
    assert dump(path) == after, "a second time changes nothing"


def test_new_reports_are_read_with_it(call, path):
    Path("offices.csv").write_text(OFFICES, encoding="utf-8")
    call("actors", path, "import", "offices.csv", "--state", "Russia")
    Path("more.txt").write_text("Orvan Tellik said that the dam had held.\n", encoding="utf-8")
    for day, side in (("2017-03-30", "Russia"), ("2012-01-01", None)):
        call("read", "more.txt", "-o", path, "--published", day)
        with sayso.Record(path, write=False) as record:
            (row,) = record.statements(text="the dam had held")
        assert row["speaker"]["id"] == "person:Q990000001"
        assert side is None or row["speaker"]["side"] == side


def test_a_record_can_begin_with_a_register(call, in_folder):
    Path("offices.csv.gz").write_bytes(gzip.compress(OFFICES.encode()))
    assert call("actors", "new.db", "import", "offices.csv.gz", "--state", "Russia").exit_code == 0
    Path("news.txt").write_text(NEWS, encoding="utf-8")
    call("read", "news.txt", "-o", "new.db", "--published", "2017-03-30")
    assert ("person:Q990000001", "Russia") in speakers("new.db")


def test_broken_lines_are_named_and_the_rest_is_taken(call, path):
    lines = [
        "Minister of Defence,Turkey,Q990000003,2031,", "Minister of Defence,Piet Arne,Q990000004,2035,2031", "President,may,Q990000005,2031,",
        "President,Sanna Brook,Q990000006,2031-02-30,", "President",
    ]  # fmt: skip
    Path("offices.csv").write_text(OFFICES + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    done = call("actors", path, "import", "offices.csv", "--state", "Russia")
    assert (done.exit_code, done.stdout) == (1, "")
    said = done.stderr.splitlines()
    named = [line for line in said[:-1] if not line.startswith(" ")]
    assert {line.split(": ")[0] for line in named} == {f"offices.csv:{n}" for n in range(3, 8)}
    assert len(said) == 2 * len(named) + 1, "each with a line of advice"
    assert said[-1].endswith(f" actors taken, {len(named)} problems")
    assert ("person:Q990000001", "Russia") in speakers(path)
    again = call("actors", path, "import", "offices.csv", "--state", "Russia")
    assert again.exit_code == 1
    assert again.stderr.startswith("offices.csv: unchanged, ")


@pytest.mark.parametrize(("content", "said"), [
    (b"", "empty"), (b"It was a dark night, she said.\n", "no register that sayso knows"), (b"\x00\x01", ""),
    (None, "there is no such file"), (b"position,person\n", ""),
])  # fmt: skip
def test_a_file_of_which_nothing_can_be_taken(call, path, dump, content, said):
    before = dump(path)
    if content is not None:
        Path("x.csv").write_bytes(content)
    done = call("actors", path, "import", "x.csv", "--state", "Russia")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("x.csv")
    assert said in done.stderr
    assert dump(path) == before


def test_one_good_and_one_bad_file(call, path):
    Path("offices.csv").write_text(OFFICES, encoding="utf-8")
    done = call("actors", path, "import", "nowhere.csv", "offices.csv", "--state", "Russia")
    assert done.exit_code == 1
    assert "nowhere.csv: 0 actors taken, 1 problems" in done.stderr
    assert "offices.csv: 1 actors taken" in done.stderr


def test_what_is_wrong_with_the_command_is_said(call, path):
    Path("offices.csv").write_text(OFFICES, encoding="utf-8")
    done = call("actors", path, "import", "offices.csv", "--state", "Atlantis")
    assert done.exit_code == 2
    assert "there is no state 'Atlantis'" in done.stderr
    done = call("actors", path, "import")
    assert done.exit_code == 2
    assert "sayso actors RECORD import FILE" in done.stderr


def test_judgements_hold_over_a_register_that_comes_later(call, path):
    with sayso.Record(path) as record:
        row = next(record.statements(speaker="Mira Sollen"))
        record.judge("speaker", row["id"], "Sergei Lavrov", coder="ina")
        record.judge("same", "name:orvan-tellik", "name:mira-sollen", coder="ina")
        record.undo(2, coder="ina")
        judged = list(record.judgements())
    Path("offices.csv").write_text(OFFICES, encoding="utf-8")
    call("actors", path, "import", "offices.csv", "--state", "Russia")
    with sayso.Record(path) as record:
        assert list(record.judgements()) == judged
        assert [r["speaker"]["id"] for r in record.statements() if r["id"] == row["id"]] == ["person:sergei-lavrov"]


def test_an_import_that_was_stopped_goes_on_where_it_was(call, path):
    Path("offices.csv").write_text(OFFICES, encoding="utf-8")
    with sayso.Record(path) as record:

        def stop(progress):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            record.import_register("offices.csv", state="Russia", resolving=stop)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE found SET registry = 'earlier'")
        db.execute("DELETE FROM heard")
    done = call("actors", path, "import", "offices.csv", "--state", "Russia")
    assert (done.exit_code, done.stderr) == (0, "offices.csv: unchanged, 1 actors taken before\n")
    with sayso.Record(path) as record:
        assert len(list(record.statements(side="Russia"))) == 2


@pytest.mark.parametrize("name", ["ä ö.csv", "line\nbreak.csv", os.fsdecode(b"\xff.csv")])
def test_odd_names_serve(call, path, name):
    try:
        Path(name).write_text(OFFICES, encoding="utf-8")
    except OSError:
        pytest.skip("this file system does not allow the name")
    for said in ("1 actors taken", "unchanged"):
        done = call("actors", path, "import", name, "--state", "Russia")
        assert done.exit_code == 0, done.stderr
        assert said in done.stderr
    assert ("person:Q990000001", "Russia") in speakers(path)


def test_python_gives_a_summary(path):
    Path("offices.csv").write_text(OFFICES + "President\n", encoding="utf-8")
    told = []
    with sayso.Record(path) as record:
        summary = record.import_register("offices.csv", state="ru", progress=told.append)
        assert isinstance(summary, sayso.ImportSummary)
        assert (summary.actors, summary.known, summary.offices, summary.problem_count, summary.unchanged) == (1, 0, 1, 1, False)
        assert [p.origin for p in summary.problems] == ["offices.csv:3"]
        assert record.import_register("offices.csv", state="ru").unchanged
        assert not record.import_register("offices.csv", state="France").unchanged, "what is given with it counts"
    assert told[-1] == 1
    with sayso.Record(path, write=False) as record, pytest.raises(sayso.RecordError, match="reading only"):
        record.import_register("offices.csv")
