"""Reading again what other models read."""

from __future__ import annotations

import sqlite3

import pytest

import sayso


@pytest.fixture
def stale(small_reports, tmp_path):
    """A record that other models made, with wrong statements, and an earlier version of one of its reports."""
    path = tmp_path / "r.db"
    with sayso.Record(path) as record:
        record.read([small_reports])
        (small_reports / "07.txt").write_text("Sanna Brook said that it rained.\n", encoding="utf-8")
        record.read([small_reports])
    return path


def make_stale(path):
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE reports SET models = 'earlier'")
        db.execute("DELETE FROM statements WHERE number > 0")
        db.execute("UPDATE statements SET manner = (SELECT max(manner) FROM manners)")
    db.close()


def test_all_is_read_again_and_nothing_else_changes(stale, dump, call):
    before = dump(stale)
    make_stale(stale)
    done = call("reread", stale)
    assert done.exit_code == 0
    assert "31 read again, 0 unchanged" in done.stderr
    assert dump(stale) == before, "versions, facts and inputs stay, the statements are as they were"
    assert "0 read again, 31 unchanged" in call("reread", stale).stderr


def test_it_can_be_stopped_and_run_again(stale, dump):
    before = dump(stale)
    make_stale(stale)

    def stop(progress):
        if progress.reports == 5:
            raise KeyboardInterrupt

    with sayso.Record(stale) as record:
        for jobs in (1, 2):
            with pytest.raises(KeyboardInterrupt):
                record.reread(progress=stop, jobs=jobs)
        summary = record.reread()
    assert (summary.replaced, summary.unchanged) == (21, 10)
    assert dump(stale) == before


def test_reading_the_files_again_does_the_same(stale, small_reports, dump):
    before = dump(stale)
    make_stale(stale)
    with sayso.Record(stale) as record:
        summary = record.read([small_reports])
        assert (summary.read, summary.replaced) == (0, 30)
        record.reread()
    assert dump(stale) == before
