"""The schema of a record, its version, and how one of an earlier version is brought to it."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from sayso.record.aside import ASIDE_TABLES
from sayso.record.claims import CLAIM_TABLES
from sayso.record.dates import DATE_TABLES
from sayso.record.judgements import JUDGEMENT_TABLES
from sayso.record.quotes import QUOTE_TABLES
from sayso.record.resolutions import RESOLUTION_TABLES
from sayso.record.search import SEARCH_TABLES
from sayso.record.tallies import TALLY_TABLES

VERSION: Final = 9

#: "says" in ASCII, at bytes 68 to 71 of the file: tells a record from any other SQLite database.
APPLICATION_ID: Final = 0x73617973

# Ids are told once; other tables know a report, an actor or a name by its number here. Numbers say only what came first.
_REPORTS: Final = """
CREATE TABLE texts (
  number INTEGER PRIMARY KEY,
  text_id TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL
);

CREATE TABLE reports (
  report INTEGER PRIMARY KEY,
  report_id TEXT NOT NULL UNIQUE,
  text_id TEXT NOT NULL REFERENCES texts (text_id),
  origin TEXT NOT NULL,
  outlet TEXT, title TEXT, byline TEXT, published TEXT, url TEXT, language TEXT, kind TEXT,
  notes TEXT NOT NULL,               -- JSON list
  models TEXT NOT NULL,              -- id of the models that made its statements
  statement_count INTEGER NOT NULL DEFAULT 0,
  previous TEXT REFERENCES reports (report_id),  -- the version of this report that this one replaces
  current INTEGER NOT NULL DEFAULT 1 -- 0: a later version replaces it
);
CREATE INDEX reports_origin ON reports (origin);
CREATE INDEX reports_text ON reports (text_id);
CREATE INDEX reports_previous ON reports (previous) WHERE previous IS NOT NULL;
CREATE INDEX reports_outlet ON reports (outlet) WHERE current;
CREATE INDEX reports_published ON reports (published DESC, report_id) WHERE current;

CREATE TABLE manners (
  manner INTEGER PRIMARY KEY,
  form TEXT NOT NULL, act TEXT NOT NULL, negated INTEGER NOT NULL, stance TEXT NOT NULL,
  UNIQUE (form, act, negated, stance)
);

CREATE TABLE statements (
  report INTEGER NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- place in the report's reading
  statement INTEGER NOT NULL,        -- its id, as a number
  parts BLOB NOT NULL,               -- spans of source, cue, content and what is quoted, packed
  manner INTEGER NOT NULL REFERENCES manners,
  parent INTEGER,                    -- number of the parent in the same reading
  confidence REAL NOT NULL,
  PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX statements_id ON statements (statement);
CREATE INDEX statements_manner ON statements (manner);

CREATE TABLE inputs (
  origin TEXT PRIMARY KEY,           -- path as first given; the origin of its report, or with ":LINE" of its reports
  place TEXT NOT NULL UNIQUE,        -- where it lies, seen from the record's folder: tells one file from another
  signature TEXT NOT NULL            -- of the input that was read whole, so that a second run passes it over; else ''
) WITHOUT ROWID;
"""

#: Larger registers of actors, imported by the user.
REGISTER_TABLES: Final = """
CREATE TABLE register_imports (
  import_id INTEGER PRIMARY KEY,
  file TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,              -- of the file's bytes and of what was given with it
  revision TEXT NOT NULL,            -- of the reader and of the package's own tables, on which it rests who is who
  actors INTEGER NOT NULL,
  problems INTEGER NOT NULL,
  time TEXT NOT NULL                 -- UTC
);

CREATE TABLE register_actors (
  actor TEXT NOT NULL, import_id INTEGER NOT NULL REFERENCES register_imports,
  name TEXT NOT NULL, kind TEXT NOT NULL, part_of TEXT, gender TEXT,
  origin TEXT NOT NULL,              -- line of the file
  PRIMARY KEY (actor, import_id)
) WITHOUT ROWID;

CREATE TABLE register_names (
  key TEXT NOT NULL,                 -- folded
  actor TEXT NOT NULL, import_id INTEGER NOT NULL REFERENCES register_imports,
  name TEXT NOT NULL, how TEXT NOT NULL, since TEXT, until TEXT,
  PRIMARY KEY (key, actor, import_id)
) WITHOUT ROWID;

CREATE TABLE register_sounds (
  key TEXT NOT NULL, actor TEXT NOT NULL, import_id INTEGER NOT NULL REFERENCES register_imports,
  PRIMARY KEY (key, actor, import_id)
) WITHOUT ROWID;

CREATE TABLE register_surnames (
  word TEXT NOT NULL, actor TEXT NOT NULL, import_id INTEGER NOT NULL REFERENCES register_imports,
  PRIMARY KEY (word, actor, import_id)
) WITHOUT ROWID;

CREATE TABLE register_offices (
  person TEXT NOT NULL, of TEXT NOT NULL, role TEXT NOT NULL,
  since TEXT NOT NULL, until TEXT NOT NULL,  -- '' if not known
  import_id INTEGER NOT NULL REFERENCES register_imports,
  PRIMARY KEY (person, of, role, since, until, import_id)
) WITHOUT ROWID;
CREATE INDEX register_offices_role ON register_offices (of, role);
"""

TABLES: Final = (
    _REPORTS + RESOLUTION_TABLES + REGISTER_TABLES + JUDGEMENT_TABLES + DATE_TABLES + CLAIM_TABLES + ASIDE_TABLES + TALLY_TABLES + SEARCH_TABLES
    + QUOTE_TABLES
)

#: Since which version a record has the tables of what persons gave it; these and what was read outlast a schema.
_GIVEN: Final = 2
_KEPT: Final = ("inputs", "judgements", "register_")

_MOVED: Final = """
INSERT INTO texts (text_id, text) SELECT text_id, text FROM old_texts ORDER BY text_id;
INSERT INTO reports (report_id, text_id, origin, outlet, title, byline, published, url, language, kind, notes, models, previous, current)
  SELECT report_id, text_id, origin, outlet, title, byline, published, url, language, kind, notes, '', previous, current
  FROM old_reports ORDER BY current, origin, report_id;
DROP TABLE old_texts;
DROP TABLE old_reports;
"""


def make(db: sqlite3.Connection) -> None:
    """Make the tables of a new record. To be called in a transaction, as migrate()."""
    _run(db, TABLES)
    _mark(db)


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Bring a record of an earlier *version* to this one: texts, reports, registers and judgements stay, and sayso reread makes the rest anew."""
    _run(db, "CREATE TABLE old_texts AS SELECT * FROM texts;\nCREATE TABLE old_reports AS SELECT * FROM reports;\n")
    found = db.execute("SELECT name, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'").fetchall()
    virtual = [name for name, is_virtual in found if is_virtual]
    last = ("reports", "texts")  # to which others refer
    plain = [name for name, _ in found if not name.startswith((*virtual, *_KEPT, *last, "old_"))]
    _run(db, "".join(f"DROP TABLE {name};\n" for name in (*virtual, *plain, *last)))
    there = _KEPT if version >= _GIVEN else _KEPT[:1]
    _run(db, "".join(f"{statement};\n" for statement in TABLES.split(";\n") if not _makes(statement, there)))
    _run(db, _MOVED)
    _mark(db)


def _makes(statement: str, tables: tuple[str, ...]) -> bool:
    """Whether a statement makes one of these tables (their names, or beginnings of them), or what belongs to one."""
    return re.match(rf"\s*CREATE (?:TABLE|INDEX|TRIGGER) (?:{'|'.join(tables)})", statement) is not None


def _run(db: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


def _mark(db: sqlite3.Connection) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")
