"""The index of words: full-text search over reports, statements and names of actors (SQLite's FTS5)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

#: Statements have the number of their report and their own in it in one rowid; no text holds more than this many.
_PER_REPORT: Final = 1 << 24

# The triggers keep the index of reports and names whoever writes; that of statements, whose words lie in the text only, is kept
# by index_statements(). The index holds no text of its own: what leaves it is told to it again. A line that ends with a semicolon
# ends a statement, so bodies have theirs inside; and no INSERT OR IGNORE in them: what the outer statement says of conflicts holds
# there too.
SEARCH_TABLES: Final = """
CREATE VIRTUAL TABLE report_words USING fts5 (title, text, content = '', columnsize = 0, tokenize = "porter unicode61 remove_diacritics 2");
CREATE TRIGGER report_words_in AFTER INSERT ON reports BEGIN
  INSERT INTO report_words (rowid, title, text) SELECT new.report, new.title, text FROM texts WHERE text_id = new.text_id; END;
CREATE TRIGGER report_words_change AFTER UPDATE OF title ON reports WHEN old.title IS NOT new.title BEGIN
  INSERT INTO report_words (report_words, rowid, title, text)
    SELECT 'delete', old.report, old.title, text FROM texts WHERE text_id = old.text_id; INSERT
    INTO report_words (rowid, title, text) SELECT new.report, new.title, text FROM texts WHERE text_id = new.text_id; END;

CREATE VIRTUAL TABLE statement_words USING fts5 (words, content = '', columnsize = 0, tokenize = "porter unicode61 remove_diacritics 2");

CREATE VIRTUAL TABLE name_words USING fts5 (
  name, content = '', prefix = '2 3', columnsize = 0, tokenize = "unicode61 remove_diacritics 2");
CREATE TRIGGER names_in AFTER INSERT ON names WHEN NOT new.title BEGIN
  INSERT INTO name_words (rowid, name) VALUES (new.number, new.name); END;
CREATE TRIGGER names_actor AFTER INSERT ON actors BEGIN
  INSERT INTO names (actor, name, title) SELECT new.actor, new.name, 0 WHERE NOT EXISTS (
    SELECT 1 FROM names WHERE actor = new.actor AND name = new.name AND NOT title); END;
CREATE TRIGGER names_change AFTER UPDATE OF name ON actors BEGIN
  INSERT INTO names (actor, name, title) SELECT new.actor, new.name, 0 WHERE NOT EXISTS (
    SELECT 1 FROM names WHERE actor = new.actor AND name = new.name AND NOT title); END;
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


def phrases(*some: str) -> str:
    """An expression of FTS5 for what holds the words of one of *some*, in their order."""
    found = [" ".join(_WORD.findall(words)[:40]) for words in some]
    return " OR ".join(f'"{words}"' for words in dict.fromkeys(found) if words) or '""'


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


def index_statements(db: sqlite3.Connection, report: int, words: Iterable[str], *, out: bool = False) -> None:
    """Bring the words of a report's statements, in their order, into the index, or the same *out* of it."""
    rows = [(report * _PER_REPORT + number, some) for number, some in enumerate(words)]
    if out:
        db.executemany("INSERT INTO statement_words (statement_words, rowid, words) VALUES ('delete', ?, ?)", rows)
    else:
        db.executemany("INSERT INTO statement_words (rowid, words) VALUES (?, ?)", rows)


def matching_statements(words: str) -> tuple[str, list[Any]]:
    """A query for (report, number) of the statements that hold *words*, the newest in the record first, and its values."""
    found = expression(words)
    return (
        f"SELECT rowid / {_PER_REPORT} AS report, rowid % {_PER_REPORT} AS number FROM statement_words WHERE statement_words MATCH ? "
        f"ORDER BY rowid DESC LIMIT {MOST + 1}",
        [found if found is not None else '""'],
    )


def matching_reports(words: str) -> tuple[str, list[Any]]:
    """A query for the reports (their numbers) that hold *words*, and its values."""
    found = expression(words)
    return (
        f"SELECT rowid FROM report_words WHERE report_words MATCH ? ORDER BY rowid DESC LIMIT {MOST + 1}",
        [found if found is not None else '""'],
    )


def matching_actors(db: sqlite3.Connection, words: str, limit: int = 2000) -> list[str]:
    """Ids of the actors one of whose names holds *words*, the last of which may be begun only."""
    found = expression(words, prefix=True)
    if found is None:
        return []
    rows = db.execute(
        "SELECT DISTINCT actor_id FROM (SELECT rowid AS at FROM name_words WHERE name_words MATCH ? LIMIT ?) JOIN names ON number = at "
        "JOIN actors USING (actor)",
        (found, 4 * limit),
    )
    return [actor for (actor,) in rows][:limit]
