"""Rows of statements, as programs get them: JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator

import sayso
from sayso.actors.actor import KINDS, ResolvedBy
from sayso.spans import contains, length
from sayso.statements import FORMS, STANCES


@pytest.fixture(scope="module")
def rows(examples_record):
    with sayso.Record(examples_record, write=False) as record:
        return list(record.statements())


@pytest.fixture(scope="module")
def texts(examples_record):
    with sayso.Record(examples_record, write=False) as record:
        return {report_id: record.report(report_id).text for report_id, _, _ in record.reports()}


def test_every_line_keeps_the_contract(call, examples_record, examples):
    schema = sayso.schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    report = next(examples.glob("*.txt"))
    for command in (("statements", examples_record), ("show", report)):
        lines = call(*command, "--format", "jsonl").stdout.split("\n")
        assert lines.pop() == ""
        assert lines
        for line in lines:
            validator.validate(json.loads(line))


def test_the_schema_lists_what_the_nouns_list():
    listed = sayso.schema()["properties"]
    assert listed["act"]["enum"] == list(sayso.acts())
    assert listed["form"]["enum"] == list(FORMS)
    assert listed["stance"]["enum"] == list(STANCES)
    _, speaker = listed["speaker"]["anyOf"]
    assert speaker["properties"]["kind"]["enum"] == list(KINDS)
    assert speaker["properties"]["resolved_by"]["enum"] == list(get_args(ResolvedBy))


@pytest.mark.parametrize(("change", "wrong"), [
    ({}, False),
    ({"speaker": None}, False),
    ({"speaker": {"kind": "group", "members": [{"id": "a", "name": "A"}]}}, False),
    ({"speaker": {"more": "keys may be added"}}, False),
    ({"speaker": {"kind": "person", "members": [{"id": "a", "name": "A"}]}}, True),
    ({"speaker": {"kind": "country"}}, True),
    ({"speaker": {"resolved_by": None}}, True),
    ({"speaker": {"confidence": 1.5}}, True),
    ({"speaker": {"id": None}}, True),
    ({"speaker": {"name": ""}}, True),
    ({"speaker": {"side": 7}}, True),
    ({"speaker": "Inga"}, True),
    ({"candidates": [{"id": "a", "name": "A", "confidence": 0.5}]}, False),
    ({"candidates": [{"id": "a", "name": "A"}]}, True),
    ({"about": [{"id": "a", "name": "A"}]}, False),
    ({"about": [{"id": "a"}]}, True),
    ({"about": [{"id": "a", "name": "A"}] * 2}, True),
    ({"chain": [{"outlet": None}, {"statement": "s", "source": None, "actor": None}]}, False),
    ({"chain": [{"outlet": None}]}, True),
    ({"chain": [{"statement": "s", "source": None, "actor": None}] * 2}, True),
    ({"chain": [{"outlet": None}, {"statement": "s", "source": None}]}, True),
])  # fmt: skip
def test_the_schema_says_exactly_what_an_actor_is(rows, change, wrong):
    row = next(row for row in rows if row["speaker"] and row["speaker"]["kind"] == "person")
    new = {key: {**row[key], **value} if isinstance(value, dict) else value for key, value in change.items()}
    assert Draft202012Validator(sayso.schema()).is_valid({**row, **new}) is not wrong


def test_every_part_is_exactly_those_characters(rows, texts, examples):
    for row in rows:
        text = texts[row["report"]["id"]]
        assert text == (examples / Path(row["report"]["path"]).name).read_text(encoding="utf-8")
        for part in ("source", "cue", "content"):
            if row[part]:
                assert row[part]["text"] == " … ".join(text[a:b] for a, b in row[part]["spans"])
                assert all(0 <= a < b <= len(text) for a, b in row[part]["spans"])
        assert contains(row["content"]["spans"], row["quoted"])


def test_parents_hold_their_children_and_are_the_smallest_that_do(rows):
    by_report: dict[str, list] = {}
    for row in rows:
        by_report.setdefault(row["report"]["id"], []).append(row)
    for together in by_report.values():
        ids = {row["id"]: row for row in together}
        for row in together:
            mark = (row["cue"] or row["content"])["spans"]
            around = [other for other in together if other is not row and contains(other["content"]["spans"], mark)]
            if row["parent"] is not None:
                parent = ids[row["parent"]]
                assert contains(parent["content"]["spans"], mark), (row["cue"], parent["content"])
                assert length(parent["content"]["spans"]) == min(length(other["content"]["spans"]) for other in around)


def test_chains_run_from_the_outlet_inwards(rows):
    ids = {row["id"]: row for row in rows}
    for row in rows:
        outlet, *chain = row["chain"]
        assert outlet == {"outlet": row["report"]["outlet"]}
        assert chain[-1]["statement"] == row["id"]
        parents = [None, *(link["statement"] for link in chain[:-1])]
        for link, parent in zip(chain, parents, strict=True):
            there = ids[link["statement"]]
            assert there["parent"] == parent
            assert link["source"] == (there["source"]["text"] if there["source"] else None)


def test_actors_in_a_row_fit_each_other(rows):
    ids = {row["id"]: row for row in rows}
    for row in rows:
        for link in row["chain"][1:]:
            speaker = ids[link["statement"]]["speaker"]
            assert link["actor"] == (speaker and speaker["id"])
        shares = [c["confidence"] for c in row["candidates"]]
        assert shares == sorted(shares, reverse=True)
    assert any(row["speaker"] and row["speaker"]["members"] for row in rows)
    assert any(row["about"] for row in rows)
    names = {(a["id"], a["name"]) for row in rows for a in (row["speaker"],) if a and a["id"].startswith("name:")}
    assert len(names) == len({id_ for id_, _ in names}), "an actor goes by one name, however each report calls it"


def test_csv_says_the_same_as_json_lines(call, examples_record, rows):
    table = list(csv.DictReader(io.StringIO(call("statements", examples_record, "--format", "csv").stdout_bytes.decode(), newline="")))
    assert len(table) == len(rows)
    for line, row in zip(table, rows, strict=True):
        assert (line["id"], line["act"], line["parent"]) == (row["id"], row["act"], row["parent"] or "")
        assert (line["negated"], float(line["confidence"])) == (str(row["negated"]), row["confidence"])
        speaker = row["speaker"] or dict.fromkeys(("id", "name", "kind", "side"))
        said = [line[key] for key in ("speaker_id", "speaker", "speaker_kind", "side")]
        assert said == [speaker[key] or "" for key in ("id", "name", "kind", "side")]
        assert line["about"] == "; ".join(actor["name"] for actor in row["about"])
        for part in ("source", "cue", "content"):
            assert line[part].removeprefix("'") == (row[part]["text"] if row[part] else "").removeprefix("'")
            assert line[f"{part}_spans"] == (";".join(f"{a}-{b}" for a, b in row[part]["spans"]) if row[part] else "")


HOSTILE = ('=HYPERLINK("http://evil.example","x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "\n=1")


@pytest.mark.parametrize("title", HOSTILE)
def test_csv_lets_no_spreadsheet_run_a_formula(call, in_folder, title):
    text = f"=2+3 said Inga Tarrow on Monday.\rThe minister said: “{title}”\r-2+3, he added. The mayor said that the dam would hold."
    row = {"text": text, "outlet": title.strip(), "title": f"x{title}"}
    Path("a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert call("read", "a.jsonl", "-o", "r.db").exit_code == 0
    raw = call("statements", "r.db", "--format", "csv").stdout_bytes.decode()
    lines = list(csv.reader(io.StringIO(raw, newline="")))
    assert len(lines) > 1
    assert {len(line) for line in lines} == {len(lines[0])}, "line ends of all kinds stay inside their cells"
    for line in lines[1:]:
        for cell in line:
            assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠")), cell


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85", "\x9b31m", "\x1c", "\x7f", "\ufeff"])
def test_a_line_of_json_is_one_line_and_steers_no_terminal(call, in_folder, char):
    text = f"The minister said that the offer{char} stood."
    Path("a.jsonl").write_text(json.dumps({"text": text, "title": f"A{char}B"}) + "\n", encoding="utf-8")
    out = call("show", "a.jsonl", "--format", "jsonl").stdout_bytes.decode()
    assert len(out.splitlines()) == out.count("\n") == 1
    row = json.loads(out)
    assert row["report"]["title"] == f"A{char}B"
    assert row["content"]["text"] in text
    if char != "\ufeff":
        assert char[0] not in out
