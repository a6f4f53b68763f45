"""Judging in a record: what a person decides holds over what the machine found, survives it, and can be taken back."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import sayso
from sayso.record.packing import id_number, packed_spans, unpacked_spans

TEXTS = {
    "a.txt": "Orvan Tellik said that the ferry was late. A senior official warned that the dam would break.\n",
    "b.txt": "Oskar Tellik said that the bridge was new. Mira Sollen denied that the bridge was new.\n",
    "c.txt": "Sergej Lawrow said that the talks would go on.\n",
    "d.txt": "Mira Sollen said that the school was old.\n",
}
ORVAN, OSKAR, MIRA, LAWROW, LAVROV = "name:orvan-tellik", "name:oskar-tellik", "name:mira-sollen", "name:sergej-lawrow", "person:sergei-lavrov"


@pytest.fixture
def path(in_folder):
    for name, text in TEXTS.items():
        Path(name).write_text(text, encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(sorted(TEXTS), given=sayso.Publication(published="2017-03-30"))
    return Path("r.db")


@pytest.fixture
def record(path):
    with sayso.Record(path) as opened:
        yield opened


def rows(record, **filters):
    return list(record.statements(**filters))


def statement(record, words):
    (row,) = record.statements(text=words)
    return row


def changed(before, after):
    """The reports (by name) in which rows of the resolution differ between two dumps of a record."""
    reports = {row[0]: Path(row[2]).name for row in before["reports"]}
    column = {"found": 0, "voices": 0, "heard": 0, "names_used": 0, "tallies": 1}
    out = set()
    for table, at in column.items():
        out |= {reports[row[at]] for row in set(before[table]) ^ set(after[table])}
    for table in before.keys() - column.keys() - {"judgements", "actors", "tally_sums"}:  # sums go with what they are of
        assert before[table] == after[table], table
    return out


def test_two_that_are_the_same_are_one(record):
    made = record.judge("same", ORVAN, OSKAR, coder="ina")
    assert (made["id"], made["kind"], made["a"], made["b"], made["coder"], made["contradicts"]) == (1, "same", ORVAN, OSKAR, "ina", [])
    for who in (ORVAN, OSKAR, "Orvan Tellik", "Oskar Tellik"):
        found = rows(record, speaker=who)
        assert len(found) == 2
        assert {row["speaker"]["id"] for row in found} == {ORVAN}, "the smallest id stands for both"
        assert record.actor(who)["id"] == ORVAN
    listed = {r["id"]: r for r in record.actors()}
    assert OSKAR not in listed
    assert (listed[ORVAN]["statements"], listed[ORVAN]["reports"]) == (2, 2)
    page = record.actor(ORVAN)
    assert page["same"] == [OSKAR]
    assert {n["name"] for n in page["names"]} == {"Orvan Tellik", "Oskar Tellik"}
    assert all(link["actor"] == ORVAN for row in rows(record, speaker=ORVAN) for link in row["chain"][1:])


def test_the_side_of_somebody_known_comes_with_being_the_same(record):
    assert statement(record, "the talks")["speaker"]["side"] is None
    record.judge("same", LAWROW, LAVROV, coder="ina")
    row = statement(record, "the talks")
    assert (row["speaker"]["id"], row["speaker"]["name"], row["speaker"]["side"]) == (LAVROV, "Sergei Lavrov", "Russia")
    assert rows(record, side="Russia") == rows(record, speaker="Sergei Lavrov") == [row]
    listed = {r["id"]: r for r in record.actors()}
    assert LAWROW not in listed
    assert listed[LAVROV]["side"] == "Russia"
    assert record.actor("Lavrov")["same"] == [LAWROW]
    assert record.actor("Lavrov")["offices"]
    record.undo(1, coder="ina")
    assert statement(record, "the talks")["speaker"] == {**row["speaker"], "id": LAWROW, "name": "Sergej Lawrow", "side": None}


def test_new_reports_follow_what_was_judged(record):
    record.judge("same", LAWROW, LAVROV, coder="ina")
    Path("e.txt").write_text("Sergej Lawrow said that the truce had failed.\n", encoding="utf-8")
    record.read(["e.txt"], given=sayso.Publication(published="2017-03-30"))
    assert statement(record, "the truce")["speaker"]["id"] == LAVROV
    assert len(rows(record, side="Russia")) == 2


@pytest.mark.parametrize("who", [MIRA, "Mira Sollen"])
def test_the_speaker_of_a_statement(record, who):
    row = statement(record, "the dam would break")
    record.judge("speaker", row["id"], who, coder="ina")
    now = statement(record, "the dam would break")
    assert now == {**row, "speaker": now["speaker"], "chain": now["chain"], "candidates": now["candidates"]}
    assert (now["speaker"]["id"], now["speaker"]["name"], now["speaker"]["confidence"]) == (MIRA, "Mira Sollen", 1.0)
    assert now["chain"][-1]["actor"] == MIRA
    assert now in rows(record, speaker="Mira Sollen")
    (judged,) = record.judgements()
    assert (judged["statements"], judged["stands"], judged["value"]) == ([row["id"]], True, MIRA)
    record.undo(judged["id"], coder="ina")
    assert statement(record, "the dam would break") == row


def test_a_speaker_of_whom_nobody_has_heard(record):
    row = statement(record, "the dam would break")
    record.judge("speaker", row["id"], "Hanne Wilk", coder="ina")
    assert statement(record, "the dam would break")["speaker"]["name"] == "Hanne Wilk"
    assert record.actor("Hanne Wilk")["statements"] == 1


def test_a_speaker_of_the_register_brings_the_side(record):
    record.judge("speaker", statement(record, "the dam would break")["id"], "Sergei Lavrov", coder="ina")
    (row,) = rows(record, side="Russia")
    assert (row["speaker"]["id"], row["speaker"]["side"]) == (LAVROV, "Russia")


def test_undo_redo_and_so_on(record):
    before = rows(record)
    record.judge("same", ORVAN, OSKAR, coder="ina")
    after = rows(record)
    assert before != after
    for n, expected in enumerate((before, after, before, after), 1):
        made = record.undo(n, coder="piet")
        assert (made["kind"], made["id"]) == ("withdrawn", n + 1)
        assert rows(record) == expected
    assert [row["stands"] for row in record.judgements()] == [True, False, True, False, True]
    with pytest.raises(sayso.SaysoError, match="judgement 2 is withdrawn already"):
        record.undo(2, coder="ina")


@pytest.mark.parametrize(("judge", "touched"), [
    (("same", ORVAN, OSKAR), {"b.txt"}),
    (("not same", ORVAN, OSKAR), set()),
    (("same", LAWROW, LAVROV), {"c.txt"}),
    (("speaker", "the dam would break", MIRA), {"a.txt"}),
])  # fmt: skip
def test_what_a_decision_touches_is_resolved_again_and_nothing_else(path, record, dump, judge, touched):
    """Other reports' resolutions are spoiled first: whatever is not resolved again stays spoiled."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE found SET registry = 'spoiled'")
    kind, a, b = judge
    before = dump(path)
    made = record.judge(kind, statement(record, a)["id"] if kind == "speaker" else a, b, coder="ina")
    after = dump(path)
    assert changed(before, after) == touched
    left = {row[0] for row in after["found"] if row[-1] == "spoiled"}
    assert len(left) == len(TEXTS) - len(touched)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE found SET registry = 'spoiled'")
    before = dump(path)
    record.undo(made["id"], coder="ina")
    assert changed(before, dump(path)) == touched


def test_judging_one_pair_leaves_the_rows_of_others_as_they_were(record):
    before = {row["id"]: row for row in rows(record)}
    record.judge("same", ORVAN, OSKAR, coder="ina")
    differ = {row["report"]["path"] for row in rows(record) if row != before[row["id"]]}
    assert differ == {"b.txt"}, "in which Oskar goes by another id now"


def test_contradictions_are_told(call, path, record):
    record.judge("same", ORVAN, OSKAR, coder="ina")
    record.judge("same", OSKAR, MIRA, coder="ina")
    made = record.judge("not same", ORVAN, MIRA, coder="piet")
    assert made["contradicts"] == [1], "the earliest that stands in its way does not hold"
    first, second, third = record.judgements()
    assert (first["stands"], first["contradicted_by"]) == (True, [3])
    assert second["contradicted_by"] == third["contradicted_by"] == []
    done = call("judge", path, "same", ORVAN, MIRA, "--coder", "una")
    assert done.exit_code == 0
    assert "this contradicts judgement 3, which no longer holds: sayso judge RECORD undo 4 takes it back" in done.stderr
    listed = call("judge", path).stdout.splitlines()
    assert "(does not hold: 4 says otherwise)" in listed[2]
    row = statement(record, "the dam would break")
    record.judge("speaker", row["id"], MIRA, coder="ina")
    assert record.judge("speaker", row["id"], OSKAR, coder="piet")["contradicts"] == [5]
    assert record.judge("speaker", row["id"], LAVROV, coder="piet")["contradicts"] == [5, 6]
    assert statement(record, "the dam would break")["speaker"]["id"] == LAVROV


@pytest.mark.parametrize(("what", "said"), [
    (("same", "name:nobody", ORVAN), "there is no actor 'name:nobody'"),
    (("same", ORVAN, "Orvan"), "there is no actor 'Orvan'"),
    (("not-same", ORVAN, "person:nobody"), "there is no actor 'person:nobody'"),
    (("same", ORVAN, ORVAN), f"{ORVAN} and {ORVAN} are one id"),
    (("speaker", "0123456789abcdef", ORVAN), "there is no statement '0123456789abcdef'"),
    (("speaker", "*", "person:nobody"), "there is no actor 'person:nobody'"),
    (("speaker", "*", " "), "without value"),
    (("undo", "7"), "there is no judgement 7"),
    (("import", "nowhere.jsonl"), "nowhere.jsonl cannot be read (No such file or directory)"),
    (("import", "a.txt"), "line 1 of a.txt is not JSON"),
    (("import", "list.jsonl"), "judgement 1 cannot be taken: not an object"),
    (("import", "deep.jsonl"), "line 1 of deep.jsonl is not JSON"),
    (("import", "latin.jsonl"), "latin.jsonl is not UTF-8"),
])  # fmt: skip
def test_what_cannot_be_judged_is_said_and_changes_nothing(call, path, record, dump, what, said):
    Path("list.jsonl").write_text("[1]\n", encoding="utf-8")
    Path("deep.jsonl").write_text("[" * 100_000, encoding="utf-8")
    Path("latin.jsonl").write_bytes(b'{"coder": "J\xf8rn"}\n')
    before = dump(path)
    done = call("judge", path, *(statement(record, "the dam would break")["id"] if w == "*" else w for w in what), "--coder", "ina")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.startswith("sayso: ")
    assert dump(path) == before


@pytest.mark.parametrize("what", [("marry", "a", "b"), ("same", "a"), ("undo",), ("undo", "one"), ("undo", "²"), ("same", "a", "b", "--coder", " ")])
def test_wrong_usage(call, path, what):
    done = call("judge", path, *what)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: ")


def test_python_refuses_the_same(path, record):
    kinds = "same, not same, same quote, not same quote, speaker, position, right, wrong"
    with pytest.raises(sayso.SaysoError, match=rf"no judgement .maybe.\. It is one of: {kinds}"):
        record.judge("maybe", ORVAN, OSKAR, coder="ina")
    with pytest.raises(sayso.SaysoError, match="without coder"):
        record.judge("same", ORVAN, OSKAR, coder=" ")
    with sayso.Record(path, write=False) as reading:
        for judge in (lambda: reading.judge("same", ORVAN, OSKAR, coder="ina"), lambda: reading.undo(1, coder="ina"), lambda: reading.bring_in([])):
            with pytest.raises(sayso.RecordError, match="opened for reading only"):
                judge()
    assert list(record.judgements()) == []


def test_a_name_that_several_bear_is_not_guessed(record):
    for mill in ("shut", "open"):
        Path(f"{mill}.txt").write_text(f"Orvane said that the mill was {mill}.\n", encoding="utf-8")
    record.read(["shut.txt", "open.txt"])
    dam = statement(record, "the dam would break")
    with pytest.raises(sayso.SaysoError, match=r"'Orvane' may mean several: name:orvane@\w+, name:orvane@\w+. Give the id of one"):
        record.judge("speaker", dam["id"], "Orvane", coder="ina")
    one = statement(record, "the mill was shut")["speaker"]["id"]
    record.judge("same", one, statement(record, "the mill was open")["speaker"]["id"], coder="ina")
    record.judge("speaker", dam["id"], "Orvane", coder="ina")
    assert statement(record, "the dam would break")["speaker"]["name"] == "Orvane"


def test_the_command_says_what_python_says(call, path):
    done = call("judge", path, "same", ORVAN, OSKAR, "--coder", "ina", "--format", "jsonl")
    with sayso.Record(path) as record:
        assert [json.loads(done.stdout)] == list(record.judgements())
        dam = statement(record, "the dam would break")["id"]
    assert call("judge", path, "speaker", dam, "Mira Sollen", env={"USER": "piet"}).exit_code == 0
    done = call("judge", path, "undo", "1", "--coder", "una")
    assert "una  withdrawn: 1" in done.stdout
    lines = call("judge", path).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert f"ina  same: {ORVAN} {OSKAR}  (withdrawn)" in lines[0]
    assert f"piet  speaker: {MIRA} of {dam}" in lines[1]
    with sayso.Record(path) as record:
        assert [json.loads(line) for line in call("judge", path, "--format", "jsonl").stdout.splitlines()] == list(record.judgements())
        assert [row["stands"] for row in record.judgements()] == [False, True, True]
        assert rows(record, speaker=MIRA)
    assert call("judge", path, "undo", "3", "--coder", "una").exit_code == 0, "which is to judge so again"
    with sayso.Record(path) as record:
        assert len(rows(record, speaker=ORVAN)) == 2


def test_names_of_any_script_can_be_typed_in_any_locale(run, path):
    with sayso.Record(path) as record:
        dam = statement(record, "the dam would break")["id"]
    ascii_only = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("judge", "r.db", "speaker", dam, "Jørn Ørsted", "--coder", "Åse", env=ascii_only)
    assert (done.returncode, done.stderr) == (0, "")
    with sayso.Record(path) as record:
        assert statement(record, "the dam would break")["speaker"]["name"] == "Jørn Ørsted"
        assert next(record.judgements())["coder"] == "Åse"
    assert run("actors", "r.db", "Jørn", "Ørsted", env=ascii_only).stdout.startswith("Jørn Ørsted\n")


def test_a_file_of_judgements_goes_to_another_record(call, path, record, dump):
    record.judge("same", ORVAN, OSKAR, coder="ina")
    record.judge("speaker", statement(record, "the dam would break")["id"], MIRA, coder="ina")
    record.judge("speaker", statement(record, "the talks would go on")["id"], ORVAN, coder="ina")
    record.undo(3, coder="piet")
    Path("judged.jsonl").write_text("\ufeff" + call("judge", path, "--format", "jsonl").stdout, encoding="utf-8")
    with sayso.Record("other.db") as other:
        other.read(["a.txt", "b.txt"], given=sayso.Publication(published="2017-03-30"))
    done = call("judge", "other.db", "import", "judged.jsonl")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "4 judgements added\n")
    with sayso.Record("other.db") as other:
        for filters in ({"speaker": ORVAN}, {"speaker": MIRA}):
            here = [row for row in rows(record, **filters) if row["report"]["path"] in ("a.txt", "b.txt")]
            assert rows(other, **filters) == here
            assert here
        assert [(r["uid"], r["time"], r["stands"]) for r in other.judgements()] == [(r["uid"], r["time"], r["stands"]) for r in record.judgements()]
        assert [r["statements"] == [] for r in other.judgements()] == [True, False, True, True], "the third is of a text that is not there"
        other.read(["c.txt"])
    before = dump(Path("other.db"))
    assert call("judge", "other.db", "import", "judged.jsonl").stderr == "0 judgements added\n"
    assert dump(Path("other.db")) == before
    line = call("judge", "other.db").stdout.splitlines()[2]
    assert line.endswith("(withdrawn)")


def test_a_judgement_that_holds_on_to_nothing_is_listed(call, record, path):
    record.judge("speaker", statement(record, "the dam would break")["id"], MIRA, coder="ina")
    Path("judged.jsonl").write_text(call("judge", path, "--format", "jsonl").stdout, encoding="utf-8")
    sayso.Record("empty.db").close()
    call("judge", "empty.db", "import", "judged.jsonl")
    assert f"speaker: {MIRA} of no statement that is there now" in call("judge", "empty.db").stdout


def test_part_of_a_file_that_cannot_be_taken_brings_in_nothing(call, path, record, dump):
    record.judge("same", ORVAN, OSKAR, coder="ina")
    made = list(record.judgements())
    Path("judged.jsonl").write_text(json.dumps(made[0]) + "\n" + json.dumps({**made[0], "b": MIRA}) + "\n", encoding="utf-8")
    sayso.Record("other.db").close()
    before = dump(Path("other.db"))
    done = call("judge", "other.db", "import", "judged.jsonl")
    assert done.exit_code == 2
    assert "judgement 2 cannot be taken: its uid does not fit it" in done.stderr
    assert dump(Path("other.db")) == before


def test_judgements_survive_reading_everything_anew(record, path, dump):
    record.judge("same", LAWROW, LAVROV, coder="ina")
    record.judge("speaker", statement(record, "the dam would break")["id"], MIRA, coder="ina")
    before, listed = rows(record), list(record.judgements())
    whole = dump(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE reports SET models = 'earlier'")
        db.execute("DELETE FROM voices")
        db.execute("DELETE FROM heard")
        db.execute("UPDATE statements SET manner = (SELECT max(manner) FROM manners)")
    assert record.reread().replaced == len(TEXTS)
    assert (rows(record), list(record.judgements())) == (before, listed)
    assert dump(path) == whole


def test_a_judgement_holds_on_to_a_statement_that_reads_differently_now(record, path):
    """Another reading cut a little off the content: the judgement is of the same statement."""
    row = statement(record, "the dam would break")
    record.judge("speaker", row["id"], MIRA, coder="ina")
    with closing(sqlite3.connect(path)) as db, db:
        for (parts,) in db.execute("SELECT parts FROM statements WHERE statement = ?", (id_number(row["id"]),)).fetchall():
            source, cue, ((start, end),), quoted = unpacked_spans(parts, 4)
            cut = packed_spans(source, cue, ((start + 5, end),), quoted)
            db.execute("UPDATE statements SET parts = ? WHERE statement = ?", (cut, id_number(row["id"])))
        db.execute("UPDATE found SET registry = 'earlier'")
    assert record.reread().replaced == len(TEXTS)
    now = statement(record, "dam would break")
    assert now["content"] != row["content"]
    assert now["speaker"]["id"] == MIRA
    assert next(record.judgements())["statements"] == [now["id"]]


def test_a_judgement_whose_write_fails_is_not_half_there(record, path, dump):
    """Resolved again and written down in one transaction: here the second part cannot be written."""
    row = statement(record, "the dam would break")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON voices BEGIN SELECT RAISE(ABORT, 'no'); END")
    before = dump(path)
    with pytest.raises(sayso.RecordError):
        record.judge("speaker", row["id"], MIRA, coder="ina")
    assert dump(path) == before
    assert rows(record, text="the dam would break") == [row]
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TRIGGER full")
    record.judge("speaker", row["id"], MIRA, coder="ina")
    assert statement(record, "the dam would break")["speaker"]["id"] == MIRA


def test_a_record_that_stays_open_sees_what_others_judge(record, path):
    with sayso.Record(path, write=False) as other:
        before = rows(other)
        made = record.judge("same", ORVAN, OSKAR, coder="ina")
        assert rows(other) == rows(record) != before
        record.undo(made["id"], coder="ina")
        assert rows(other) == before


JUDGE = """
import sys, sayso
from sayso import SaysoError
with sayso.Record(sys.argv[1]) as record:
    dam = next(record.statements(text="the dam would break"))["id"]
    for n in range(12):
        record.judge("speaker", dam, f"{sys.argv[2]} No{'abcdefghijkl'[n]}", coder=sys.argv[2])
        made = record.judge("same", "name:orvan-tellik", "name:oskar-tellik", coder=sys.argv[2])
        if n % 2:
            record.undo(made["id"], coder=sys.argv[2])
"""


def test_two_judge_at_once_while_a_third_reads(path, dump):
    both = [subprocess.Popen([sys.executable, "-c", JUDGE, str(path), who], stderr=subprocess.PIPE, text=True) for who in ("Ina", "Piet")]
    Path("more").mkdir()
    for n in range(8):
        Path(f"more/{n}.txt").write_text(f"Mira Sollen said that mill number {n} was shut. Oskar Tellik denied it.\n", encoding="utf-8")
    with sayso.Record(path) as record:
        while any(process.poll() is None for process in both):
            record.read(["more"])
            assert {row["speaker"]["id"] for row in rows(record, speaker=OSKAR)} <= {ORVAN, OSKAR}
            for row in record.judgements():
                assert row["kind"] == "withdrawn" or row["statements"] or row["kind"] != "speaker"
    for process in both:
        with process:
            assert process.communicate()[1] == ""
        assert process.returncode == 0
    with sayso.Record(path) as record:
        made = list(record.judgements())
        assert len(made) == 2 * (12 + 12 + 6)
        for who in ("Ina", "Piet"):
            assert [row["value"] for row in made if row["coder"] == who and row["kind"] == "speaker"] == [f"{who} No{c}" for c in "abcdefghijkl"]
        last = [row for row in made if row["kind"] == "speaker"][-1]
        assert statement(record, "the dam would break")["speaker"]["name"] == last["value"], "what is shown is what was judged last"
        assert [row["contradicted_by"] for row in made if row["kind"] == "speaker" and row != last] == [[last["id"]]] * 23
    before = dump(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE found SET registry = 'earlier'")
    with sayso.Record(path) as record:
        record.reread()
    assert dump(path) == before, "the whole read anew is no different"
