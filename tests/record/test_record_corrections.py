"""What persons judge about statements: laid over what the machine read, and taken back without a trace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sayso

TEXT = (
    "Orvan Tellik denied claims by Mira Holt that the dam leaked. “We kept our word,” he told the council on Monday.\n\n"
    "The ferry was late, and nobody was told. Jonas Fenn welcomed the news from Kestria.\n"
)
REPORT = sayso.Report(TEXT, sayso.Publication(outlet="Halyard", published="2025-03-04"), "a.txt")


@pytest.fixture
def record(tmp_path):
    with sayso.Record(tmp_path / "r.db") as made:
        made.add([REPORT])
        yield made


def spans(**words: str) -> dict[str, list[list[int]]]:
    found = {key: re.search(rf"\b{value}\b", TEXT) for key, value in words.items()}
    return {key: [[*match.span()]] for key, match in found.items()}


def about(record, words: str) -> dict:
    return next(row for row in record.statements() if words in row["content"]["text"])


def all_tables(path: Path, dump):
    return {name: rows for name, rows in dump(path).items() if name != "judgements"}


JUDGING = {
    "right": lambda r: r.judge("right", about(r, "kept our word")["id"], coder="ina"),
    "wrong": lambda r: r.judge("wrong", about(r, "kept our word")["id"], coder="ina"),
    "spans": lambda r: r.judge(
        "spans", about(r, "kept our word")["id"], spans(source="he", cue="told the council", content="We kept our word"), coder="ina"
    ),
    "missed": lambda r: r.judge("missed", REPORT.id, spans(content="The ferry was late"), coder="ina"),
    "speaker": lambda r: r.judge("wrong", about(r, "kept our word")["id"], "speaker", coder="ina"),
    "outer": lambda r: r.judge("wrong", about(r, "claims by Mira Holt")["id"], coder="ina"),
}  # fmt: skip


@pytest.mark.parametrize("judge", JUDGING.values(), ids=JUDGING)
def test_what_is_taken_back_leaves_no_trace_but_in_the_judgements(record, dump, judge):
    before = all_tables(record.path, dump)
    rows = list(record.statements())
    made = judge(record)
    assert list(record.statements()) != rows
    assert list(record.report_statements(REPORT.id, by="machine")) == rows
    record.undo(made["id"], coder="ina")
    after = all_tables(record.path, dump)
    assert list(record.statements()) == rows
    assert {k: v for k, v in after.items() if k != "actors"} == {k: v for k, v in before.items() if k != "actors"}


@pytest.mark.parametrize("judge", JUDGING.values(), ids=JUDGING)
def test_it_survives_reading_anew_and_another_record(record, tmp_path, judge):
    judge(record)
    rows = list(record.statements())
    record.add([sayso.Report(TEXT, sayso.Publication(outlet="Halyard", published="2025-03-04", title="Dam"), "a.txt")])
    assert [row["content"] for row in record.statements()] == [row["content"] for row in rows]
    with sayso.Record(tmp_path / "other.db") as other:
        other.bring_in(record.judgements())
        other.add([REPORT])
        assert list(other.statements()) == rows


def test_what_is_no_statement_is_in_no_answer(record):
    row = about(record, "kept our word")
    assert record.find_statements("word").total == 1
    made = record.judge("wrong", row["id"], coder="ina")
    assert record.find_statements("word").total == 0
    assert row["id"] not in {r["id"] for r in record.statements()}
    with pytest.raises(KeyError):
        record.statement(row["id"])
    assert record.became(row["id"]) == (REPORT.id, None)
    (struck,) = record.judged(REPORT.id)["struck"]
    assert (struck["id"], struck["judgement"]["id"]) == (row["id"], made["id"])


def test_what_stood_inside_stands_in_what_is_left(record):
    outer = about(record, "claims by Mira Holt")
    inner = next(row for row in record.statements() if row["parent"] == outer["id"])
    record.judge("wrong", outer["id"], coder="ina")
    assert record.statement(inner["id"])["parent"] is None


def test_a_corrected_statement_is_found_at_its_old_address(record):
    old = about(record, "kept our word")
    record.judge("spans", old["id"], spans(source="he", cue="told the council", content="kept our word"), coder="ina")
    report, new = record.became(old["id"])
    row = record.statement(new)
    assert (report, row["content"]["text"], row["cue"]["text"], row["confidence"]) == (REPORT.id, "kept our word", "told the council", 1.0)
    assert row["speaker"]["name"] == old["speaker"]["name"]
    assert record.find_statements("word").rows == (row,)


def test_a_missed_statement_is_one_like_others(record):
    record.judge("missed", REPORT.id, spans(source="Jonas Fenn", cue="welcomed", content="the news from Kestria"), coder="ina")
    rows = [row for row in record.statements() if row["cue"] and row["cue"]["text"] == "welcomed"]
    assert len(rows) == 1
    assert rows[0]["speaker"]["name"] == "Jonas Fenn"
    assert rows[0]["confidence"] == 1.0
    assert record.find_statements(speaker="Jonas Fenn").total == 1
    made = {j["kind"] for some in record.judged(REPORT.id)["statements"].values() for j in some}
    assert made == {"missed"}


def test_of_two_judgements_the_later_holds(record):
    one = about(record, "kept our word")["id"]
    first = record.judge("wrong", one, coder="ina")
    with pytest.raises(sayso.SaysoError, match="no statement"):
        record.judge("right", one, coder="jon")
    record.undo(first["id"], coder="jon")
    record.judge("right", one, coder="ina")
    last = record.judge("wrong", one, coder="jon")
    assert [row["contradicted_by"] for row in record.judgements() if row["kind"] == "right"] == [[last["id"]]]
    assert last["contradicts"] == [next(row["id"] for row in record.judgements() if row["kind"] == "right")]


def test_a_person_alone_is_shown(record):
    assert record.report_statements(REPORT.id, by="person") == []
    record.judge("right", about(record, "kept our word")["id"], coder="ina")
    assert [row["content"]["text"] for row in record.report_statements(REPORT.id, by="person")] == [about(record, "kept our word")["content"]["text"]]


def test_the_speaker_that_is_wrong_is_gone(record):
    row = about(record, "kept our word")
    record.judge("wrong", row["id"], "speaker", coder="ina")
    assert record.statement(row["id"])["speaker"] is None
    assert record.find_statements(speaker=row["speaker"]["id"]).total == record.find_statements().total - 1 - sum(
        1 for r in record.statements() if (r["speaker"] or {}).get("id") != row["speaker"]["id"] and r["id"] != row["id"]
    )


@pytest.mark.parametrize(("kind", "a", "b"), [
    ("spans", "statement", {"content": [[0, 100_000]]}), ("spans", "statement", {"content": []}), ("spans", "statement", {"content": [[5, 2]]}),
    ("spans", "statement", {"colour": [[1, 2]]}), ("missed", "report", {"cue": [[0, 5]]}), ("missed", "report", None),
    ("right", "statement", "title"),
    ("missed", "no report", {"content": [[0, 5]]}), ("wrong", "no statement", None), ("right", "statement", {"content": [[0, 5]]}),
])  # fmt: skip
def test_what_cannot_be_judged_changes_nothing(record, kind, a, b):
    ids = {"statement": about(record, "kept our word")["id"], "report": REPORT.id}
    with pytest.raises(sayso.SaysoError):
        record.judge(kind, ids.get(a, a), b, coder="ina")
    assert list(record.judgements()) == []
