"""sayso check on the command line: what is printed, and the exit status that a desk's checks go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SAID = """Q: Will you sell the mill?
ORLAN: We will not sell the mill, if they keep the treaty. It stands today, and it will stand in May.
Q: And the bridge?
HALE: The bridge fell down twice before it was opened to the public.
"""
REPORT = "“We will not sell the mill,” Pavel Orlan said.\n\n“It stood yesterday, and it will stand in May,” Orlan said.\n"


@pytest.fixture
def files(in_folder):
    Path("said.txt").write_text(SAID, encoding="utf-8")
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    Path("none.txt").write_text("Nobody was quoted in the valley on that long grey day in March.\n", encoding="utf-8")
    Path("empty.vtt").write_text("WEBVTT\n", encoding="utf-8")


@pytest.mark.parametrize(("args", "status", "said"), [
    (["report.txt", "--against", "said.txt"], 1, ""),
    (["none.txt", "--against", "said.txt"], 0, "no quotation is in it"),
    (["--quote", "It stands today", "--against", "said.txt"], 0, ""),
    (["--quote", "It stood yesterday, and it will stand in May", "--against", "said.txt"], 1, ""),
    (["--quote", "It stands today", "--speaker", "Hale", "--against", "said.txt"], 1, ""),
    (["--quote", "It stands today", "--against", "empty.vtt", "said.txt"], 2, "empty.vtt: captions in which nothing is said"),
    (["--quote", "It stands today", "--against", "nowhere.txt"], 2, "nowhere.txt: not found"),
    (["nowhere.txt", "--against", "said.txt"], 2, "nowhere.txt: not found"),
    (["--quote", "…", "--against", "said.txt"], 2, "without a word"),
    (["--against", "said.txt"], 2, "check what?"),
    (["report.txt"], 2, "Missing option '--against'"),
    (["report.txt", "--speaker", "Hale", "--against", "said.txt"], 2, "--speaker goes with --quote"),
    (["-", "--against", "-"], 2, "standard input can be one thing only"),
    (["report.txt", "--against", "said.txt", "--cite", "--format", "jsonl"], 2, "leave out --format"),
])  # fmt: skip
def test_exit_statuses(call, files, args, status, said):
    done = call("check", *args)
    assert done.exit_code == status, done.output
    assert said in done.stderr


def test_the_difference_is_told_without_colour(call, files):
    lines = call("check", "report.txt", "--against", "said.txt", "--width", "100").stdout.splitlines()
    assert any(line.startswith("TRIMMED") for line in lines) and any(line.split() == ["loses", "condition"] for line in lines)
    assert any("[-stands today-]{+stood yesterday+}" in line.replace("] {", "]{") for line in lines)
    assert "2 quotations: 1 trimmed, 1 altered" in lines
    assert all(len(line) <= 100 for line in lines)


def test_a_line_of_json_for_each(call, files):
    rows = [json.loads(line) for line in call("check", "report.txt", "--against", "said.txt", "--format", "jsonl").stdout.splitlines()]
    assert [(row["quote"], row["verdict"]) for row in rows] == [
        ("We will not sell the mill,", "trimmed"), ("It stood yesterday, and it will stand in May,", "altered")
    ]  # fmt: skip
    assert SAID[slice(*rows[0]["passage"]["spans"][0])] == rows[0]["passage"]["text"] == "We will not sell the mill"


def test_standard_input(call, files):
    assert call("check", "--quote", "-", "--against", "said.txt", input="It stands today\n").exit_code == 0
    assert call("check", "-", "--against", "said.txt", input=REPORT).exit_code == 1
    assert call("check", "--quote", "It stands today", "--against", "-", input=SAID).exit_code == 0


def test_ready_to_paste(call, files):
    (line, _) = call("check", "report.txt", "--against", "said.txt", "--cite", "--outlet", "Halyard", "--published", "2025-03-06").stdout.splitlines()
    assert line == (
        "“We will not sell the mill,” — Pavel Orlan. Halyard. published 2025-03-06. characters 1–27 of report.txt. "
        "trimmed, losing condition: “We will not sell the mill” — ORLAN. characters 34–59 of said.txt"
    )
    call("read", "report.txt", "-o", "r.db", "--outlet", "Halyard", "--published", "2025-03-06")
    lines = call("statements", "r.db", "--cite").stdout.splitlines()
    assert lines[0].startswith("“We will not sell the mill,” — Pavel Orlan. Halyard. published 2025-03-06. characters 0–28 of ")
    assert call("statements", "r.db", "--cite", "--format", "csv").exit_code == 2


def test_hostile_words_steer_no_terminal(call, files):
    Path("bad.txt").write_text("The mill \x1b[31mstands\u202e today and will stand for ever.\n", encoding="utf-8")
    out = call("check", "--quote", "mill \x1b[31mstands today", "--against", "bad.txt").stdout
    assert "\x1b" not in out and "\u202e" not in out
