"""Texts on which sayso itself fails: each is named, and the rest goes on."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import sayso

FERRY = "The ferry will sail again, Inga Tarrow said. Jonas Fenn denied that it was late.\n"
BRIDGE = "“We built it,” Mira Holt told reporters in the harbour. Piet Arne accused her of hiding the cost.\n"
GREMLIN = "Sanna Brook said that there was a gremlin in the mill.\n"
TWO_GREMLINS = "Sanna Brook said that there was another gremlin in the dam.\n"
REASON = "sayso failed on this text (ValueError: no gremlins)"

forked = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="workers that are not forked know of no bug put in here")
both_ways = pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=forked)])


@pytest.fixture
def news(in_folder) -> Path:
    """Five reports in three files, a gremlin in two of them."""
    folder = in_folder / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(FERRY, encoding="utf-8")
    (folder / "b.txt").write_text(GREMLIN, encoding="utf-8")
    write_rows(folder / "c.jsonl", BRIDGE, TWO_GREMLINS, "Sanna Brook said that it rained.")
    return folder


def write_rows(path: Path, *texts: str) -> None:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")


def make_stale(path: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE reports SET models = 'earlier'")


def named(summary: sayso.Summary) -> list[tuple[str, str]]:
    return [(problem.origin, problem.reason) for problem in summary.problems]


@both_ways
def test_they_are_named_and_tried_again_next_time(news, bug, dump, jobs):
    with sayso.Record("r.db") as record:
        with bug(ValueError("no gremlins")):
            for new, there in ((3, 0), (0, 3)):
                told: list[sayso.Progress] = []
                summary = record.read(["news"], jobs=jobs, progress=told.append)
                assert (summary.read, summary.unchanged) == (new, there)
                assert named(summary) == [("news/b.txt", REASON), ("news/c.jsonl:2", REASON)]
                assert {problem.advice for problem in summary.problems} == {"report this as a bug of sayso, with the text"}
                assert (told[-1].inputs_done, told[-1].reports) == (3, new)
        summary = record.read(["news"], jobs=jobs)
        assert (summary.read, summary.unchanged, summary.problems) == (2, 3, []), "once it is mended, they are read"
    with sayso.Record("other.db") as record:
        record.read(["news"])
    assert dump(Path("r.db")) == dump(Path("other.db")), "nothing of it stays in the record"


@both_ways
def test_an_earlier_version_stays(news, bug, jobs):
    with sayso.Record("r.db") as record:
        record.read(["news/a.txt"])
        (news / "a.txt").write_text(GREMLIN, encoding="utf-8")
        with bug(ValueError("no gremlins")):
            for _ in range(2):
                assert named(record.read(["news/a.txt"], jobs=jobs)) == [("news/a.txt", REASON)]
        assert [record.report(report_id).text for report_id, _, _ in record.reports()] == [FERRY]


def test_one_is_named_by_the_line_where_it_stands_now(news, bug):
    with sayso.Record("r.db") as record:
        record.read(["news/c.jsonl"])
        make_stale("r.db")
        write_rows(news / "c.jsonl", FERRY, BRIDGE, TWO_GREMLINS)
        with bug(ValueError("no gremlins")):
            assert named(record.read([news / "c.jsonl"])) == [(f"{news}/c.jsonl:3", REASON)]


@both_ways
def test_reading_again_leaves_them_as_they_are(news, bug, dump, jobs):
    with sayso.Record("r.db") as record:
        record.read(["news"])
        before = dump(Path("r.db"))
        make_stale("r.db")
        with bug(ValueError("no gremlins")):
            for new, there in ((3, 0), (0, 3)):
                told: list[sayso.Progress] = []
                summary = record.reread(jobs=jobs, progress=told.append)
                assert (summary.replaced, summary.unchanged) == (new, there)
                assert sorted(named(summary)) == [("news/b.txt", REASON), ("news/c.jsonl:2", REASON)]
                assert (told[-1].inputs_done, told[-1].reports) == (new + 2, new)
            assert len(named(record.read(["news"], jobs=jobs))) == 2
        assert record.reread(jobs=jobs).replaced == 2
        assert dump(Path("r.db")) == before


def test_the_exit_status_says_so(news, bug, call):
    with bug(ValueError("no gremlins")):
        done = call("read", "news", "-o", "r.db")
        assert (done.exit_code, done.stdout) == (1, "")
        lines = done.stderr.splitlines()
        assert lines[:2] == [f"news/b.txt: {REASON}", "    report this as a bug of sayso, with the text"]
        assert lines[-1].startswith("3 read, 2 not read; ")
        assert call("read", "news/b.txt", "-o", "other.db").exit_code == 2
    call("read", "news", "-o", "r.db")
    make_stale("r.db")
    with bug(ValueError("no gremlins")):
        done = call("reread", "r.db")
        assert done.exit_code == 1
        assert f"news/b.txt: {REASON}\n" in done.stderr
        assert done.stderr.splitlines()[-1].startswith("3 read again, 0 unchanged, 2 not read; ")


@pytest.mark.parametrize(("error", "said"), [
    (KeyError("x"), "KeyError: 'x'"), (IndexError(), "IndexError"), (ValueError("two\nlines"), "ValueError: two lines"),
    (RecursionError("word " * 99), "RecursionError: word word word"),
])  # fmt: skip
def test_the_error_is_told_in_one_short_line(news, bug, error, said):
    with bug(error), sayso.Record("r.db") as record:
        (problem,) = record.read(["news/b.txt"]).problems
    assert problem.reason.startswith(f"sayso failed on this text ({said}")
    assert "\n" not in problem.reason
    assert len(problem.reason) < 240


@pytest.mark.parametrize(("error", "jobs"), [
    (MemoryError("full"), 1), pytest.param(MemoryError("full"), 2, marks=forked),
    (sayso.SaysoError("no models"), 1), pytest.param(sayso.SaysoError("no models"), 2, marks=forked),
    (KeyboardInterrupt(), 1),
])  # fmt: skip
def test_what_is_no_bug_of_one_text_stops_the_run(news, bug, error, jobs):
    with sayso.Record("r.db") as record, bug(error):
        with pytest.raises(type(error)):
            record.read(["news"], jobs=jobs)
        assert [origin for _, _, origin in record.reports()] == ["news/a.txt"], "what was done is kept"


def test_a_bug_in_resolving_one_report_stops_no_other(news, monkeypatch):
    from sayso.record import writing as module

    sound = module.resolve_reading

    def resolve(report, *rest):
        if "gremlin" in report.text:
            raise ValueError("no gremlins")
        return sound(report, *rest)

    with sayso.Record("r.db") as record:
        with monkeypatch.context() as patch:
            patch.setattr(module, "resolve_reading", resolve)
            summary = record.read(["news"])
            assert summary.read == 3
            assert named(summary) == [("news/b.txt", REASON), ("news/c.jsonl:2", REASON)]
            make_stale("r.db")
            assert record.reread().replaced == 3
        assert record.read(["news"]).read == 2
