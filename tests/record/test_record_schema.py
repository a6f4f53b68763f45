"""Records of earlier schemas: opened, brought to this one, and filled by reading anew."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import sayso
from sayso.record.schema import APPLICATION_ID, MIGRATIONS, TABLES, VERSION

#: What sayso of schema 1 made records with, letter by letter.
TABLES_1 = """
CREATE TABLE texts (
  text_id TEXT PRIMARY KEY,
  text TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE reports (
  report_id TEXT PRIMARY KEY,
  text_id TEXT NOT NULL REFERENCES texts,
  origin TEXT NOT NULL,
  outlet TEXT, title TEXT, byline TEXT, published TEXT, url TEXT, language TEXT, kind TEXT,
  notes TEXT NOT NULL,               -- JSON list
  models TEXT NOT NULL,              -- id of the models that made its statements
  previous TEXT REFERENCES reports,  -- the version of this report that this one replaces
  current INTEGER NOT NULL DEFAULT 1 -- 0: a later version replaces it
) WITHOUT ROWID;
CREATE INDEX reports_origin ON reports (origin);
CREATE INDEX reports_text ON reports (text_id);

CREATE TABLE statements (
  statement_id TEXT PRIMARY KEY,
  report_id TEXT NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- place in the report's reading
  source TEXT NOT NULL, cue TEXT NOT NULL, content TEXT NOT NULL, quoted TEXT NOT NULL,  -- spans, JSON
  source_text TEXT, cue_text TEXT, content_text TEXT NOT NULL,
  form TEXT NOT NULL, act TEXT NOT NULL, negated INTEGER NOT NULL, stance TEXT NOT NULL,
  parent INTEGER,                    -- number of the parent in the same reading
  confidence REAL NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX statements_report ON statements (report_id, number);

CREATE TABLE inputs (
  origin TEXT PRIMARY KEY,           -- path as first given; the origin of its report, or with ":LINE" of its reports
  place TEXT NOT NULL UNIQUE,        -- where it lies, seen from the record's folder: tells one file from another
  signature TEXT NOT NULL            -- of the input that was read whole, so that a second run passes it over; else ''
) WITHOUT ROWID;
"""

NEWS = {"a.txt": "Sergei Lavrov said that Iran was a partner.\n", "b.txt": "Orvan Tellik said that the ferry was late.\n"}


@pytest.fixture
def old(in_folder):
    """A record of schema 1 with two reports and a statement of each, and the files that it was read from."""
    spans = {"a.txt": ("Sergei Lavrov", "said", "that Iran was a partner"), "b.txt": ("Orvan Tellik", "said", "that the ferry was late")}
    with closing(sqlite3.connect("old.db")) as db, db:
        db.executescript(TABLES_1)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        for name, text in NEWS.items():
            Path(name).write_text(text, encoding="utf-8")
            report = sayso.Report(text, sayso.Publication(published="2017-03-30"), name)
            db.execute("INSERT INTO texts VALUES (?, ?)", (report.text_id, text))
            db.execute(
                "INSERT INTO reports (report_id, text_id, origin, published, notes, models) VALUES (?, ?, ?, '2017-03-30', '[]', 'models of 1')",
                (report.id, report.text_id, name),
            )
            source, cue, content = (((text.index(part), text.index(part) + len(part)),) for part in spans[name])
            made = sayso.Statement(source, cue, content, (), "indirect", "say", False, None, 0.9)
            row = [made.id(report.id), report.id, 0, *map(json.dumps, (source, cue, content, ())), *spans[name]]
            row += ["indirect", "say", 0, "affirm", None, 0.9]
            db.execute(f"INSERT INTO statements VALUES ({', '.join('?' * 16)})", row)
            db.execute("INSERT INTO inputs VALUES (?, ?, '')", (name, name))
    return Path("old.db")


def version(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


def shape(path):
    """Tables, indices and triggers of a database."""
    with closing(sqlite3.connect(path)) as db:
        return sorted(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


def test_there_is_a_migration_from_every_version():
    assert sorted(MIGRATIONS) == list(range(1, VERSION))
    assert TABLES.startswith(TABLES_1), "what was released is not changed, but by a migration"


def test_opening_it_for_writing_brings_it_to_this_schema(old, dump):
    before = dump(old)
    sayso.Record(old).close()
    assert version(old) == VERSION
    after = dump(old)
    assert {table: after[table] for table in before} == before, "what was there is there as it was"
    sayso.Record("new.db").close()
    assert shape(old) == shape("new.db")
    sayso.Record(old).close()
    assert dump(old) == after


def test_its_statements_can_be_asked_for_and_have_no_speakers_yet(old, call):
    with sayso.Record(old) as record:
        rows = list(record.statements())
        assert [row["content"]["text"] for row in rows] == ["that Iran was a partner", "that the ferry was late"]
        assert [(row["speaker"], row["candidates"], row["about"]) for row in rows] == [(None, [], [])] * 2
        assert list(record.statements(speaker="Lavrov")) == rows[:1], "by the words of the source"
        assert list(record.statements(side="Russia")) == list(record.actors()) == list(record.judgements()) == []
    assert call("statements", old).exit_code == 0
    assert call("actors", old).stderr == "no actor matches\n"


def test_reading_it_anew_fills_it(old, call, dump):
    done = call("reread", old)
    assert (done.exit_code, "2 read again, 0 unchanged" in done.stderr) == (0, True)
    with sayso.Record("new.db") as record:
        record.read(sorted(NEWS), given=sayso.Publication(published="2017-03-30"))
        expected = list(record.statements())
    with sayso.Record(old) as record:
        assert list(record.statements()) == expected
        assert [row["speaker"]["id"] for row in record.statements(side="Russia")] == ["person:sergei-lavrov"]
    new, filled = dump(Path("new.db")), dump(old)
    assert {t: rows for t, rows in filled.items() if t != "inputs"} == {t: rows for t, rows in new.items() if t != "inputs"}
    assert "0 read again, 2 unchanged" in call("reread", old).stderr


def test_reading_its_files_again_fills_it_too(old, call):
    done = call("read", "a.txt", "b.txt", "-o", old, "--published", "2017-03-30")
    assert done.stderr.startswith("0 read, 2 brought up to date; ")
    with sayso.Record(old) as record:
        assert len(list(record.statements(side="Russia"))) == 1


def test_judging_in_one_that_was_not_read_anew(old):
    with sayso.Record(old) as record:
        row = next(record.statements())
        record.judge("speaker", row["id"], "Orvan Tellik", coder="ina")
        assert next(record.statements())["speaker"]["name"] == "Orvan Tellik"
        record.reread()
        assert next(record.statements())["speaker"]["name"] == "Orvan Tellik"


def test_asking_alone_does_not_change_it_and_says_what_to_do(old, call):
    before = old.read_bytes()
    for command in (("statements",), ("actors",), ("judge",)):
        done = call(command[0], old)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr == (
            "sayso: old.db was made by an earlier version of sayso\n"
            "       Open it once for writing, for instance with: sayso reread old.db\n"
        )  # fmt: skip
    assert old.read_bytes() == before
    assert {path.name for path in Path().iterdir()} == {"old.db", *NEWS}


@pytest.mark.parametrize("broken", ["DROP TABLE statements", "CREATE TABLE actors (a)"])
def test_one_that_cannot_be_migrated_is_left_as_it_was(old, broken):
    with closing(sqlite3.connect(old)) as db, db:
        db.execute(broken)
    before = old.read_bytes()
    with pytest.raises(sayso.RecordError, match="is damaged"):
        sayso.Record(old)
    if broken.startswith("CREATE"):
        assert (old.read_bytes(), version(old)) == (before, 1)
