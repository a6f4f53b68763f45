"""Records of earlier schemas: opened, brought to this one, and filled by reading anew."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import sayso
from sayso.record.schema import APPLICATION_ID, VERSION

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


def test_opening_it_for_writing_brings_it_to_this_schema(old, dump):
    with closing(sqlite3.connect(old)) as db:
        before = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in ("texts", "inputs")}
        reports = db.execute("SELECT report_id, text_id, origin, published, previous, current FROM reports").fetchall()
    sayso.Record(old).close()
    assert version(old) == VERSION
    after = dump(old)
    assert {table: after[table] for table in before} == before, "what was read is there as it was"
    assert [(row[0], row[1], row[2], row[6], row[-2], row[-1]) for row in after["reports"]] == reports
    sayso.Record("new.db").close()
    assert shape(old) == shape("new.db")
    sayso.Record(old).close()
    assert dump(old) == after


def test_what_persons_gave_a_later_one_stays(old):
    """Of schema 2 and later there are judgements and registers, and of 5 and later an index of words; what else there was is made anew."""
    sayso.Record("new.db").close()
    with closing(sqlite3.connect("new.db")) as db:
        made = db.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
    given = [sql for name, sql in made if name.startswith(("judgements", "register_"))]
    with closing(sqlite3.connect(old)) as db, db:
        for sql in given:
            db.execute(sql)
        judgement = (1, "u", "2025-01-01T00:00:00.000000+00:00", "ina", "same", "name:a", "name:b", None, None, None, None, None)
        db.execute(f"INSERT INTO judgements VALUES ({', '.join('?' * 12)})", judgement)
        db.execute("CREATE TABLE names_used (report_id TEXT REFERENCES reports)")
        db.execute("INSERT INTO names_used SELECT report_id FROM reports")
        db.execute("CREATE VIRTUAL TABLE report_words USING fts5 (title, content = '')")
        db.execute("CREATE TRIGGER report_words_in AFTER INSERT ON reports BEGIN INSERT INTO report_words (title) VALUES (new.title); END")
        db.execute("PRAGMA user_version = 6")
    sayso.Record(old).close()
    assert shape(old) == shape("new.db")
    with sayso.Record(old) as record:
        assert [row["a"] for row in record.judgements()] == ["name:a"]
        assert record.reread().replaced == 2
        assert len(list(record.statements())) == 2


def test_its_statements_are_there_when_it_was_read_anew(old, call):
    with sayso.Record(old) as record:
        assert list(record.statements()) == list(record.actors()) == list(record.judgements()) == []
        assert [origin for _, _, origin in record.reports()] == ["a.txt", "b.txt"]
        assert record.find_reports("ferry").total == 1
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


@pytest.mark.parametrize("broken", ["DROP TABLE texts", "CREATE TABLE old_texts (a)"])
def test_one_that_cannot_be_migrated_is_left_as_it_was(old, broken):
    with closing(sqlite3.connect(old)) as db, db:
        db.execute(broken)
    before = old.read_bytes()
    with pytest.raises(sayso.RecordError, match="is damaged"):
        sayso.Record(old)
    assert (old.read_bytes(), version(old)) == (before, 1)
