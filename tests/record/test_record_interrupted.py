"""Runs that are killed, stopped, or beside each other leave a whole record, and the next one completes it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

import sayso

KILLS = 6  # for each number of jobs
SECONDS = 240  # on a machine that is busy with other things


@pytest.fixture
def whole(small_reports, tmp_path, dump):
    """What an uninterrupted run makes of the small reports."""
    path = tmp_path / "whole.db"
    with sayso.Record(path) as record:
        assert record.read([small_reports.name if Path.cwd() == tmp_path else small_reports]).read == 30
    return dump(path)


@pytest.fixture
def whole_here(in_folder, whole):
    return whole


def count(record: Path) -> int:
    """The reports in *record* so far, whoever is writing to it."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{record.as_uri()}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])
    return 0


def wait_for_reports(process: subprocess.Popen[str], record: Path, number: int) -> None:
    """Return when *record* holds so many reports, or the process has ended."""
    deadline = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline and count(record) < number:
        time.sleep(0.001)


def wait_for_write(process: subprocess.Popen[str], record: Path) -> None:
    """Return in the middle of a write, if one is seen before the process has ended."""
    journal = record.with_name(record.name + "-journal")
    while process.poll() is None and not journal.exists():
        time.sleep(0.0001)


def children(process: subprocess.Popen[str]) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def assert_no_report_is_half_written(record: Path, whole, dump) -> int:
    """The number of reports in *record*, each just as the uninterrupted run made it."""
    with closing(sqlite3.connect(record)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            return 0
    made = dump(record)
    assert set(made["reports"]) <= set(whole["reports"])
    there = {row[0] for row in made["reports"]}
    assert made["statements"] == [row for row in whole["statements"] if row[0] in there]
    return len(there)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_again_and_again(whole_here, small_reports, tmp_path, start, run, dump, jobs):
    record = tmp_path / "r.db"
    chance = random.Random()
    counts = []
    for kill in range(KILLS):
        process = start("read", small_reports.name, "-o", record.name, "--jobs", jobs)
        with process:
            wait_for_reports(process, record, count(record) + chance.randint(0, 4))
            if kill % 2:
                wait_for_write(process, record)
            else:
                time.sleep(chance.uniform(0, 0.05))
            workers = children(process)
            process.kill()
            # also: whoever holds the other end of the pipes, such as a worker, must go for this to return
            _, errors = process.communicate(timeout=SECONDS)
        assert "Traceback" not in errors
        deadline = time.monotonic() + SECONDS
        while any(map(is_running, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(is_running, workers)), "a worker went on without its parent"
        if record.exists():
            counts.append(assert_no_report_is_half_written(record, whole_here, dump))
    assert counts == sorted(counts), "what was read is kept"
    done = run("read", small_reports.name, "-o", record.name, "--jobs", jobs)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert dump(record) == whole_here


@pytest.mark.parametrize(("jobs", "times"), [(1, 1), (2, 1), (2, 2)])
def test_ctrl_c_stops_with_a_message_and_loses_nothing(whole_here, small_reports, tmp_path, start, run, dump, jobs, times):
    for attempt in range(5):
        record = tmp_path / f"r{attempt}.db"
        with start("read", small_reports.name, "-o", record.name, "--jobs", jobs) as process:
            wait_for_reports(process, record, 3)
            for _ in range(times):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to the workers too
                time.sleep(0.01)
            output, errors = process.communicate(timeout=SECONDS)
        if not errors.startswith("30 read"):  # else it was done before it was stopped: a busy machine saw the first reports late
            break
    assert (process.returncode, output) == (130, ""), errors
    assert errors == "sayso: stopped\n       What was done is kept: run the same command again to go on\n"
    assert 0 < assert_no_report_is_half_written(record, whole_here, dump) < 30
    assert run("read", small_reports.name, "-o", record.name).returncode == 0
    assert dump(record) == whole_here


def test_what_was_killed_in_a_write_can_be_asked_at_once(examples_record, tmp_path, call):
    """The statements of a record whose writer died are those from before the write, also for one who only reads."""
    record = tmp_path / "r.db"
    record.write_bytes(examples_record.read_bytes())
    before = call("statements", record, "--format", "jsonl").stdout
    writer = os.fork() if hasattr(os, "fork") else pytest.skip("this system cannot fork")
    if not writer:
        db = sqlite3.connect(record, isolation_level=None)
        db.execute("PRAGMA cache_size = 1")  # so that pages are written before the commit
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE statements SET parts = zeroblob(400), confidence = 0")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(writer, 0)
    assert record.with_name("r.db-journal").exists()
    assert call("statements", record, "--format", "jsonl").stdout == before


def test_two_processes_read_into_one_record(whole_here, small_reports, tmp_path, start, dump):
    record = tmp_path / "r.db"
    both = [start("read", small_reports.name, "-o", record.name) for _ in range(2)]
    for process in both:
        with process:
            _, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors
    assert dump(record) == whole_here


def test_asking_holds_up_no_one_who_writes(small_reports, tmp_path, monkeypatch, small_text):
    monkeypatch.setattr("sayso.record.database._PATIENCE", 0.2)
    with sayso.Record(tmp_path / "r.db") as record:
        record.read([small_reports])
    with sayso.Record(tmp_path / "r.db", write=False) as reader, sayso.Record(tmp_path / "r.db") as writer:
        rows = reader.statements()
        first = next(rows)
        (small_reports / "00.txt").write_text("Sanna Brook said that it rained.\n", encoding="utf-8")
        assert writer.read([small_reports]).replaced == 1
        rest = list(rows)
    ids = [first["id"], *(row["id"] for row in rest)]
    assert len(ids) == len(set(ids))
