"""The schema of a record, its version, and the migrations from every released one."""

from __future__ import annotations

from typing import Final

from sayso.record.resolutions import RESOLUTION_TABLES

VERSION: Final = 2

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

TABLES: Final = _REPORTS + RESOLUTION_TABLES

#: Statements that bring a record of version n to n + 1, by n. What a new table holds comes with sayso reread.
MIGRATIONS: Final[dict[int, str]] = {1: RESOLUTION_TABLES}
