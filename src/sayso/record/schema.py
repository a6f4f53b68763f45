"""The schema of a record, its version, and the migrations from every released one."""

from __future__ import annotations

from typing import Final

from sayso.record.aside import ASIDE_TABLES
from sayso.record.claims import CLAIM_TABLES
from sayso.record.dates import DATE_TABLES
from sayso.record.judgements import JUDGEMENT_TABLES
from sayso.record.quotes import QUOTE_TABLES
from sayso.record.resolutions import RESOLUTION_TABLES
from sayso.record.search import FILL, SEARCH_TABLES
from sayso.record.tallies import COUNT, TALLY_TABLES

VERSION: Final = 6

#: "says" in ASCII, at bytes 68 to 71 of the file: tells a record from any other SQLite database.
APPLICATION_ID: Final = 0x73617973

_REPORTS: Final = """
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

_SINCE_2: Final = RESOLUTION_TABLES + REGISTER_TABLES + JUDGEMENT_TABLES

TABLES: Final = _REPORTS + _SINCE_2 + DATE_TABLES + CLAIM_TABLES + ASIDE_TABLES + TALLY_TABLES + SEARCH_TABLES + QUOTE_TABLES

_SINCE_5: Final = ASIDE_TABLES + TALLY_TABLES + SEARCH_TABLES + FILL + COUNT.format("") + ";\n"

#: Statements that bring a record of version n to n + 1, by n. What a new table holds comes with sayso reread.
MIGRATIONS: Final[dict[int, str]] = {1: _SINCE_2, 2: DATE_TABLES, 3: CLAIM_TABLES, 4: _SINCE_5, 5: QUOTE_TABLES}
