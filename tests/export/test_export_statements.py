"""Rows of statements, as programs get them: JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import sayso
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


def test_csv_says_the_same_as_json_lines(call, examples_record, rows):
    table = list(csv.DictReader(io.StringIO(call("statements", examples_record, "--format", "csv").stdout_bytes.decode(), newline="")))
    assert len(table) == len(rows)
    for line, row in zip(table, rows, strict=True):
        assert (line["id"], line["act"], line["parent"]) == (row["id"], row["act"], row["parent"] or "")
        assert (line["negated"], float(line["confidence"])) == (str(row["negated"]), row["confidence"])
        for part in ("source", "cue", "content"):
            assert line[part].removeprefix("'") == (row[part]["text"] if row[part] else "").removeprefix("'")
            assert line[f"{part}_spans"] == (";".join(f"{a}-{b}" for a, b in row[part]["spans"]) if row[part] else "")


HOSTILE = ('=HYPERLINK("http://evil.example","x")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "\n=1")


@pytest.mark.parametrize("title", HOSTILE)
def test_csv_lets_no_spreadsheet_run_a_formula(call, in_folder, title):
    row = {"text": f"=2+3 said Inga Tarrow on Monday.\rThe minister said: “{title}”\r-2+3, he added.", "outlet": title.strip(), "title": f"x{title}"}
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
