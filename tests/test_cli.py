"""The command line: what is printed where, in which form, and with which exit status."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest

import sayso

FERRY = "The ferry will sail again, Inga Tarrow said. Jonas Fenn denied that it was late.\n"
# A locale that knows only ASCII, and a Python that takes it at its word.
ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def news(in_folder):
    """Two reports of a known outlet, one file that is none, and a folder of its own for nothing."""
    Path("news").mkdir()
    Path("news/a.txt").write_text(FERRY, encoding="utf-8")
    Path("news/b.txt").write_text("“Müller’s offer stands,” the minister said.\n", encoding="utf-8")
    Path("empty.txt").touch()
    Path("nothing").mkdir()
    return "news"


@pytest.mark.parametrize(("args", "status", "said"), [
    (["read", "news", "-o", "r.db"], 0, "2 read; "),
    (["read", "news", "empty.txt", "-o", "r.db"], 1, "2 read, 1 not read; "),
    (["read", "empty.txt", "-o", "r.db"], 2, "0 read, 1 not read; "),
    (["read", "nothing", "-o", "r.db"], 2, "a folder with no reports in it"),
    (["read", "nowhere", "*.none", "-o", "r.db"], 2, "0 read, 2 not read; "),
    (["read", "news"], 2, "Missing option '-o' / '--record'"),
    (["read", "-o", "r.db"], 2, "Missing argument 'PATH...'"),
    (["read", "news", "-o", "r.db", "--jobs", "0"], 2, "'--jobs'"),
    (["read", "news", "-o", "r.db", "--published", "soon"], 2, "give YYYY-MM-DD"),
    (["read", "news", "-o", "r.db", "--language", "english"], 2, "give two letters"),
    (["read", "news", "-o", "nowhere/r.db"], 2, "the folder nowhere does not exist"),
    (["show", "news/a.txt"], 0, ""),
    (["show", "empty.txt"], 2, "empty.txt: empty"),
    (["show", "nowhere.txt"], 2, "nowhere.txt: not found"),
    (["show", "news/a.txt", "--width", "10"], 2, "'--width'"),
    (["statements", "nowhere.db"], 2, "there is no record at nowhere.db"),
    (["statements", "nowhere.db", "--format", "xml"], 2, "'table', 'jsonl', 'csv'"),
    (["actors", "nowhere.db"], 2, "there is no record at nowhere.db"),
    (["actors", "nowhere.db", "--format", "xml"], 2, "'table', 'jsonl', 'csv'"),
    (["judge", "nowhere.db", "same", "a", "b"], 2, "there is no record at nowhere.db"),
    (["acts"], 0, ""),
    (["dance"], 2, "No such command 'dance'"),
])  # fmt: skip
def test_exit_statuses(call, news, args, status, said):
    done = call(*args)
    assert done.exit_code == status, done.stderr
    assert said in done.stderr
    assert bool(done.stdout) == (args[0] in ("show", "acts") and not status)


def test_a_run_that_finds_all_as_it_was_is_a_success(call, news):
    call("read", news, "-o", "r.db")
    done = call("read", news, "-o", "r.db")
    assert (done.exit_code, done.stderr) == (0, "0 read, 2 unchanged; 0 statements found\n")
    assert call("read", news, "empty.txt", "-o", "r.db").exit_code == 1
    assert call("read", news, "-o", "r.db", "--quiet").output == ""


def test_every_problem_is_named_with_its_reason_and_what_to_do(call, news):
    Path("rows.jsonl").write_text('{"text": "The minister said that it rained."}\n{"txt": "x"}\nno\n', encoding="utf-8")
    Path("evil\x1b]0;title\x07.txt").touch()
    done = call("read", news, "*.jsonl", "nowhere.txt", "evil*", "-o", "r.db")
    lines = done.stderr.splitlines()
    named = [line for line in lines if not line.startswith(" ")][:-1]
    assert [line.split(": ")[0] for line in named] == ["nowhere.txt", "rows.jsonl:2", "rows.jsonl:3", "evil␛]0;title␇.txt"]
    assert len(lines) == 2 * len(named) + 1, "each with a line of advice"
    assert lines[-1].startswith("3 read, 4 not read; ")


def test_statements_in_three_forms(call, news):
    call("read", news, "-o", "r.db")
    with sayso.Record("r.db", write=False) as record:
        rows = list(record.statements())
    assert rows
    assert [json.loads(line) for line in call("statements", "r.db", "--format", "jsonl").stdout.splitlines()] == rows
    assert len(call("statements", "r.db", "--format", "csv").stdout.splitlines()) == len(rows) + 1
    table = call("statements", "r.db", env={"COLUMNS": "80"}).stdout.splitlines()
    assert len(table) == len(rows) + 2
    assert all(len(line) <= 80 for line in table)


def test_options_filter_as_python_does(call, examples_record):
    with sayso.Record(examples_record, write=False) as record:
        for options, filters in (
            (["--speaker", "Marenz"], {"speaker": "Marenz"}),
            (["--about", "boat", "--outlet", "bank"], {"about": "boat", "outlet": "bank"}),
            (["--side", "Coastal Union", "--act", "say"], {"side": "Coastal Union", "act": "say"}),
            (["--text", "dam", "--since", "2025-03-10", "--until", "2025-03-20"], {"text": "dam", "since": "2025-03-10", "until": "2025-03-20"}),
            (["--form", "direct", "--stance", "affirm"], {"form": "direct", "stance": "affirm"}),
            (["--act", "deny", "--top"], {"act": "deny", "nested": False}),
            (["--nested", "--min-confidence", "0.7", "--limit", "3"], {"nested": True, "min_confidence": 0.7, "limit": 3}),
            (["--speaker", "  "], {}),
        ):
            out = call("statements", examples_record, "--format", "jsonl", *options).stdout
            assert [json.loads(line) for line in out.splitlines()] == list(record.statements(**filters)), options


@pytest.mark.parametrize(("option", "value", "allowed"), [
    ("--act", "mumble", "say, announce"), ("--form", "x", "direct, mixed, indirect, block"), ("--stance", "x", "affirm, deny, doubt, want, none"),
    ("--since", "x", "YYYY-MM-DD"), ("--until", "x", "YYYY-MM-DD"), ("--min-confidence", "2", "0<=x<=1"), ("--min-confidence", "nan", "from 0 to 1"),
    ("--limit", "0", "x>=1"),
])  # fmt: skip
def test_a_wrong_value_says_which_are_right(call, examples_record, option, value, allowed):
    done = call("statements", examples_record, option, value)
    assert (done.exit_code, done.stdout) == (2, "")
    assert allowed in done.stderr


def test_nothing_found_is_said_to_people_only(call, examples_record):
    done = call("statements", examples_record, "--speaker", "nobody at all")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "no statement matches\n")
    assert call("statements", examples_record, "--speaker", "nobody at all", "--format", "jsonl").output == ""


def test_show_prints_the_report_marked_up(call, news):
    done = call("show", "news/a.txt", "--width", "70")
    assert "Inga Tarrow" in done.stdout
    assert "\x1b" not in done.stdout
    assert all(len(line) <= 70 for line in done.stdout.splitlines())
    assert "\x1b[" in call("show", "news/a.txt", "--color").stdout
    assert "\x1b" not in call("show", "news/a.txt", env={"NO_COLOR": "1"}).stdout


def test_show_in_json_lines_says_what_analyse_says(call, news):
    rows = [json.loads(line) for line in call("show", "news/a.txt", "--format", "jsonl", "--outlet", "Halyard").stdout.splitlines()]
    assert rows == list(sayso.analyse(sayso.Report(FERRY, sayso.Publication(outlet="Halyard"), "news/a.txt")).rows())
    least = sorted(row["confidence"] for row in rows)[-1]
    some = call("show", "news/a.txt", "--format", "jsonl", "--outlet", "Halyard", "--min-confidence", least).stdout.splitlines()
    assert [json.loads(line) for line in some] == [row for row in rows if row["confidence"] >= least]


def test_show_reads_standard_input(call, news):
    for text in (FERRY, json.dumps({"text": FERRY})):
        rows = [json.loads(line) for line in call("show", "-", "--format", "jsonl", input=text).stdout.splitlines()]
        assert [row["content"]["text"] for row in rows] == [row["content"]["text"] for row in sayso.analyse(FERRY).rows()]
    assert call("show", "-", input="").exit_code == 2


def test_show_prints_each_report_of_a_file_and_names_what_is_none(call, news):
    Path("rows.jsonl").write_text(json.dumps({"text": FERRY}) + "\nno\n" + json.dumps({"text": FERRY}) + "\n", encoding="utf-8")
    done = call("show", "rows.jsonl")
    assert done.exit_code == 1
    assert "rows.jsonl:1" in done.stdout
    assert "rows.jsonl:3" in done.stdout
    assert done.stderr.startswith("rows.jsonl:2: ")


# -- where the process matters -----------------------------------------------------------------------------------------


def test_ascii_locales_change_nothing(run, call, news, in_folder):
    done = run("read", "news", "-o", "r.db", "--outlet", "Ørsted Tidende", env=ASCII)
    assert (done.returncode, done.stderr) == (0, call("read", "news", "-o", "other.db").stderr)
    for form in ("table", "jsonl", "csv"):
        done = run("statements", "r.db", "--about", "müller’s", "--outlet", "ørsted", "--format", form, env=ASCII)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Müller’s offer" in done.stdout
    done = run("show", "news/b.txt", env=ASCII)
    assert (done.returncode, done.stderr) == (0, "")
    assert "“Müller’s" in done.stdout


@pytest.mark.parametrize("args", [
    ["acts"], ["statements", "r.db"], ["statements", "r.db", "--format", "jsonl"], ["statements", "r.db", "--format", "csv"], ["show", "news/a.txt"],
    ["actors", "r.db"], ["actors", "r.db", "--format", "csv"], ["actors", "r.db", "Inga Tarrow"], ["--help"],
])  # fmt: skip
def test_a_reader_that_has_seen_enough_is_no_trouble(run, call, news, args):
    call("read", news, "-o", "r.db")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(*args, stdout=writing)
    finally:
        os.close(writing)
    assert done.stderr == ""
    assert done.returncode in (141, 1)


def test_a_first_line_is_enough(call, in_folder, run, examples_record):
    """sayso statements RECORD --format jsonl | head -1"""
    with subprocess.Popen(["head", "-1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as head:
        done = run("statements", examples_record, "--format", "jsonl", stdout=head.stdin)
        first, _ = head.communicate()
    assert json.loads(first)["content"]
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_output_that_cannot_be_written_is_said(run, examples_record, form):
    with Path("/dev/full").open("w") as full:
        done = run("statements", examples_record, "--format", form, "--limit", "2", stdout=full)
    assert done.returncode == 2
    assert done.stderr == "sayso: standard output cannot be written (No space left on device)\n       Check the disk that it goes to\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(("closing", "args", "status", "said"), [
    (">&-", ["acts"], 2, "standard output is closed"),
    (">&-", ["read", "news", "-o", "r.db"], 0, "2 read"),
    ("<&-", ["show", "-"], 2, "-: empty"),
    ("2>&-", ["read", "news", "-o", "r.db"], 0, ""),
])  # fmt: skip
def test_closed_streams(run, news, dump, in_folder, closing, args, status, said):
    done = run(*args, before=("sh", "-c", f'exec "$0" "$@" {closing}'))
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    if args[0] == "read":
        assert len(dump(in_folder / "r.db")["reports"]) == 2, "no output went into the record"


def test_nothing_is_written_but_the_record(run, news, in_folder):
    """No traces in the user's home, such as the telemetry of onnxruntime."""
    before = set(in_folder.rglob("*"))
    home = {"HOME": str(in_folder / "home"), "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", "ORT_DISABLE_TELEMETRY": ""}
    (in_folder / "home").mkdir()
    assert run("read", "news", "-o", "r.db", env=home).returncode == 0
    assert set(in_folder.rglob("*")) - before == {in_folder / "r.db", in_folder / "home"}


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_a_terminal_sees_progress(run, small_reports):
    seen, shown = os.openpty()
    said = bytearray()

    def watch() -> None:
        with suppress(OSError):  # what a terminal says when its other end is closed
            while piece := os.read(seen, 4096):
                said.extend(piece)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        done = run("read", "reports", "-o", "r.db", stderr=shown, env={"TERM": "xterm-256color"})
    finally:
        os.close(shown)
        watcher.join(30)
        os.close(seen)
    assert done.returncode == 0
    assert "30 reports" in said.decode()
    assert "30 read; " in said.decode()
