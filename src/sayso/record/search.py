"""The index of words: full-text search over reports, statements and names of actors (SQLite's FTS5)."""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Final

#: Statements have the number of their report and their own in it in one rowid; no text holds more than this many.
_PER_REPORT: Final = 1 << 24

# The triggers keep the index whoever writes. The index holds no text of its own: what leaves it is told to it again. A line that
# ends with a semicolon ends a statement, so bodies have theirs inside; and no INSERT OR IGNORE in them: what the outer
# statement says of conflicts holds there too.
SEARCH_TABLES: Final = f"""
CREATE TABLE numbered (number INTEGER PRIMARY KEY, report_id TEXT NOT NULL UNIQUE);

CREATE VIRTUAL TABLE report_words USING fts5 (title, text, content = '', columnsize = 0, tokenize = "porter unicode61 remove_diacritics 2");
CREATE TRIGGER report_words_in AFTER INSERT ON reports BEGIN
  INSERT INTO numbered (report_id) VALUES (new.report_id); INSERT INTO report_words (rowid, title, text)
    SELECT number, new.title, text FROM numbered, texts WHERE report_id = new.report_id AND text_id = new.text_id; END;
CREATE TRIGGER report_words_change AFTER UPDATE OF title ON reports WHEN old.title IS NOT new.title BEGIN
  INSERT INTO report_words (report_words, rowid, title, text)
    SELECT 'delete', number, old.title, text FROM numbered, texts WHERE report_id = old.report_id AND text_id = old.text_id; INSERT
    INTO report_words (rowid, title, text)
    SELECT number, new.title, text FROM numbered, texts WHERE report_id = new.report_id AND text_id = new.text_id; END;

CREATE VIRTUAL TABLE statement_words USING fts5 (words, content = '', columnsize = 0, tokenize = "porter unicode61 remove_diacritics 2");
CREATE TRIGGER statement_words_in AFTER INSERT ON statements BEGIN
  INSERT INTO statement_words (rowid, words)
    SELECT numbered.number * {_PER_REPORT} + new.number, concat_words FROM numbered,
      (SELECT coalesce(new.source_text, '') || ' ' || coalesce(new.cue_text, '') || ' ' || new.content_text AS concat_words)
    WHERE report_id = new.report_id; END;
CREATE TRIGGER statement_words_out AFTER DELETE ON statements BEGIN
  INSERT INTO statement_words (statement_words, rowid, words)
    SELECT 'delete', numbered.number * {_PER_REPORT} + old.number, concat_words FROM numbered,
      (SELECT coalesce(old.source_text, '') || ' ' || coalesce(old.cue_text, '') || ' ' || old.content_text AS concat_words)
    WHERE report_id = old.report_id; END;

CREATE TABLE known_names (number INTEGER PRIMARY KEY, actor TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (actor, name));
CREATE VIRTUAL TABLE name_words USING fts5 (
  name, content = 'known_names', content_rowid = 'number', prefix = '2 3', columnsize = 0, tokenize = "unicode61 remove_diacritics 2");
CREATE TRIGGER known_names_in AFTER INSERT ON known_names BEGIN
  INSERT INTO name_words (rowid, name) VALUES (new.number, new.name); END;
CREATE TRIGGER known_names_actor AFTER INSERT ON actors BEGIN
  INSERT INTO known_names (actor, name) SELECT new.actor, new.name WHERE NOT EXISTS (
    SELECT 1 FROM known_names WHERE actor = new.actor AND name = new.name); END;
CREATE TRIGGER known_names_change AFTER UPDATE OF name ON actors BEGIN
  INSERT INTO known_names (actor, name) SELECT new.actor, new.name WHERE NOT EXISTS (
    SELECT 1 FROM known_names WHERE actor = new.actor AND name = new.name); END;
CREATE TRIGGER known_names_used AFTER INSERT ON names_used WHEN NOT new.title BEGIN
  INSERT INTO known_names (actor, name) SELECT new.actor, new.name WHERE NOT EXISTS (
    SELECT 1 FROM known_names WHERE actor = new.actor AND name = new.name); END;

CREATE INDEX reports_published ON reports (published DESC, report_id) WHERE current;
DROP INDEX statements_report;
CREATE INDEX statements_kind ON statements (report_id, number, act, form, stance, parent, confidence);
"""

#: Brings what a record holds already into the index.
FILL: Final = f"""
INSERT INTO numbered (report_id) SELECT report_id FROM reports ORDER BY report_id;
INSERT INTO report_words (rowid, title, text) SELECT number, title, text FROM numbered JOIN reports USING (report_id) JOIN texts USING (text_id);
INSERT INTO statement_words (rowid, words)
  SELECT numbered.number * {_PER_REPORT} + s.number, coalesce(source_text, '') || ' ' || coalesce(cue_text, '') || ' ' || content_text
  FROM numbered JOIN statements s USING (report_id);
INSERT OR IGNORE INTO known_names (actor, name) SELECT actor, name FROM actors;
INSERT OR IGNORE INTO known_names (actor, name) SELECT DISTINCT actor, name FROM names_used WHERE NOT title;
"""

# One more than this many hits are not counted.
MOST: Final = 10_000

_PIECE: Final = re.compile(r'"([^"]*)"|(\S+)')
_WORD: Final = re.compile(r"\w+")


def expression(words: str, *, prefix: bool = False) -> str | None:
    """*words* as an expression of FTS5: all of them, what is between quotation marks in this order; None if no word is among them.

    With *prefix* the last word may be the beginning of one. Nothing that a user types is taken for an operator.
    """
    out = []
    plain = words.translate(_STRAIGHT)
    for match in _PIECE.finditer(plain):
        found = _WORD.findall(match[1] if match[1] is not None else match[2])
        if found:
            out.append(f'"{" ".join(found[:40])}"')
    if out and prefix and not plain.rstrip().endswith('"'):
        out[-1] += "*"
    return " ".join(out[:40]) or None


def excerpt(text: str, words: str, length: int = 240) -> str:
    """About *length* characters of *text* around the first place that has one of *words*, else from the beginning; in one line."""
    stems = [re.escape(w[: max(4, len(w) - 3)]) for w in _WORD.findall(words)[:20]]
    at = re.search(rf"(?i)\b(?:{'|'.join(stems)})", text[:_LOOKED_AT]) if stems else None
    start = max(0, at.start() - length // 3) if at else 0
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + length)
    if end < len(text):
        end = max(start + 1, text.rfind(" ", start, end))
    return ("… " if start else "") + " ".join(text[start:end].split()) + (" …" if end < len(text) else "")


#: How far into a text an excerpt is looked for.
_LOOKED_AT: Final = 200_000
_STRAIGHT: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


def matching_statements(words: str) -> tuple[str, list[Any]]:
    """A query for (report_id, number) of the statements that hold *words*, the newest in the record first, and its values."""
    found = expression(words)
    return (
        f"SELECT report_id, hit.at % {_PER_REPORT} AS number FROM (SELECT rowid AS at FROM statement_words WHERE statement_words MATCH ? "
        f"ORDER BY rowid DESC LIMIT {MOST + 1}) hit JOIN numbered ON numbered.number = hit.at / {_PER_REPORT}",
        [found if found is not None else '""'],
    )


def matching_reports(words: str) -> tuple[str, list[Any]]:
    """A query for report_id of the reports that hold *words*, and its values."""
    found = expression(words)
    return (
        f"SELECT report_id FROM (SELECT rowid AS at FROM report_words WHERE report_words MATCH ? ORDER BY rowid DESC LIMIT {MOST + 1}) "
        "JOIN numbered ON number = at",
        [found if found is not None else '""'],
    )


def matching_actors(db: sqlite3.Connection, words: str, limit: int = 2000) -> list[str]:
    """Ids of the actors one of whose names holds *words*, the last of which may be begun only."""
    found = expression(words, prefix=True)
    if found is None:
        return []
    rows = db.execute(
        "SELECT DISTINCT actor FROM (SELECT rowid AS at FROM name_words WHERE name_words MATCH ? LIMIT ?) JOIN known_names ON number = at",
        (found, 4 * limit),
    )
    return [actor for (actor,) in rows][:limit]
