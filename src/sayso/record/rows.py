"""Rows: reports and readings as they lie in the database, and back."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sayso.actors.resolve import Voice
from sayso.dates.said import Said
from sayso.reading import Reading
from sayso.record.aside import machines
from sayso.record.packing import id_number, packed_spans, unpacked_spans
from sayso.record.resolutions import forget, get_voices, put_found, with_found
from sayso.record.search import excerpt, index_statements
from sayso.reports import FACTS, Publication, Report
from sayso.spans import surface
from sayso.statements import Statement, acts

_FACTS: Final = ", ".join(FACTS)
#: Of a statement, as _from_row() takes them.
_COLUMNS: Final = "parts, form, act, negated, parent, confidence"
#: Source, cue, content, and what is quoted.
_PARTS: Final = 4
_ID: Final = re.compile(r"[0-9a-f]{16}")
_FROM: Final = " AND (origin = ? OR origin GLOB ?)"


# Texts that are kept at hand.
_AT_HAND: Final = 1000


def get_report(db: sqlite3.Connection, report_id: str) -> Report:
    """The report with *report_id*.

    Raises KeyError if there is none; ValueError, TypeError or AttributeError if it is not as it was written.
    """
    row = db.execute(
        f"SELECT text_id, text, origin, notes, {_FACTS} FROM reports JOIN texts USING (text_id) WHERE report_id = ?", (report_id,)
    ).fetchone()
    if row is None:
        raise KeyError(report_id)
    report = Report(row[1], Publication(**dict(zip(FACTS, row[4:], strict=True))), row[2], tuple(json.loads(row[3])))
    if report.text_id != row[0]:
        raise ValueError(f"the text of {report.origin} is not what was read")
    return report


class Texts(dict[str, str]):
    """Texts of reports by the report's id, each looked up when it is asked for; the last few are kept."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __missing__(self, report_id: str) -> str:
        if len(self) >= _AT_HAND:
            self.clear()
        row = self._db.execute("SELECT text FROM reports JOIN texts USING (text_id) WHERE report_id = ?", (report_id,)).fetchone()
        if row is None:
            raise KeyError(report_id)
        self[report_id] = row[0]
        return row[0]  # type: ignore[no-any-return]


def get_reading(db: sqlite3.Connection, report_id: str) -> Reading:
    """The reading of the report with *report_id*. Raises as get_report() does."""
    row = db.execute(
        "SELECT report, text_id, models, length(text) FROM reports JOIN texts USING (text_id) WHERE report_id = ?", (report_id,)
    ).fetchone()  # fmt: skip
    if row is None:
        raise KeyError(report_id)
    report, text_id, models, size = row
    statements = _statements(db, report)
    _check(statements, size)
    none = (None,) * len(statements)
    made = with_found(db, report, Reading(text_id, models, statements, speakers=none, said=none))
    if len(made.speakers) != len(statements) or any(not 0 <= m.entity < len(made.entities) or m.span[1] > size for m in made.mentions):
        raise ValueError("mentions do not fit their statements")
    if len(made.said) != len(statements) or any(e.span[1] > size for e in made.times):
        raise ValueError("expressions of time do not fit their statements")
    return made


def _statements(db: sqlite3.Connection, report: int) -> tuple[Statement, ...]:
    rows = db.execute(f"SELECT {_COLUMNS}, number FROM statements JOIN manners USING (manner) WHERE report = ? ORDER BY number", (report,)).fetchall()
    if [r[-1] for r in rows] != list(range(len(rows))):
        raise ValueError("statements are missing")
    return tuple(_from_row(r) for r in rows)


def get_resolved(db: sqlite3.Connection, report_id: str, count: int) -> tuple[list[Voice], list[Said | None]]:
    """Who makes each of a report's *count* statements (empty where it was not resolved yet), and when it was made."""
    voices = get_voices(db, number_of(db, report_id))
    if voices is None:
        return [], [None] * count
    if len(voices) != count:
        raise ValueError("voices are missing")
    return [v for v, _ in voices.values()], [s for _, s in voices.values()]


def number_of(db: sqlite3.Connection, report_id: str) -> int:
    """The number by which tables know a report. Raises KeyError if there is none."""
    row = db.execute("SELECT report FROM reports WHERE report_id = ?", (report_id,)).fetchone()
    if row is None:
        raise KeyError(report_id)
    return int(row[0])


def some_statements(
    db: sqlite3.Connection, report_id: str, numbers: Iterable[int]
) -> tuple[dict[int, Statement], list[Voice], list[Said | None]]:  # fmt: skip
    """Those of a report's statements, by number, with those around them, their parents put right; their voices (none if not resolved), and
    when each was made."""
    report = number_of(db, report_id)
    found: dict[int, Statement] = {}
    todo = sorted(numbers)
    while todo:
        number = todo.pop()
        if number in found:
            continue
        row = db.execute(
            f"SELECT {_COLUMNS} FROM statements JOIN manners USING (manner) WHERE report = ? AND number = ?", (report, number)
        ).fetchone()  # fmt: skip
        if row is None:
            raise ValueError("statements are missing")
        found[number] = _from_row(row)
        parent = found[number].parent
        if parent is not None:
            todo.append(parent)
    order = sorted(found)
    place = {number: n for n, number in enumerate(order)}
    statements = {n: replace(s, parent=None if s.parent is None else place[s.parent]) for n in order for s in (found[n],)}
    voices = get_voices(db, report, order) or {}
    return statements, [v for v, _ in voices.values()], [s for _, s in voices.values()] or [None] * len(order)


def numbers_within(db: sqlite3.Connection, report_id: str, start: int, end: int) -> list[int]:
    """Numbers of the statements of a report of which a part lies between *start* and *end*."""
    rows = db.execute("SELECT number, parts FROM statements WHERE report = ? ORDER BY number", (number_of(db, report_id),))
    spans = ((number, [span for part in unpacked_spans(parts, _PARTS)[:3] for span in part]) for number, parts in rows)
    return [number for number, some in spans if min(a for a, _ in some) < end and max(b for _, b in some) > start]


def report_row(db: sqlite3.Connection, report_id: str, words: str | None = None) -> dict[str, Any]:
    """One report as a row of a listing, with the place where it first has one of *words*, else its beginning."""
    report = get_report(db, report_id)
    (statements,) = db.execute("SELECT statement_count FROM reports WHERE report_id = ?", (report_id,)).fetchone()
    return {
        "id": report_id, **report.publication.to_dict(), "path": report.origin, "characters": len(report.text), "statements": statements,
        "excerpt": excerpt(report.text, words or ""),
    }


def versions(db: sqlite3.Connection, report_id: str) -> list[str]:
    """Ids of the versions of a report, the earliest first. Raises KeyError if there is no such report."""
    row = db.execute("SELECT previous FROM reports WHERE report_id = ?", (report_id,)).fetchone()
    if row is None:
        raise KeyError(report_id)
    out = [report_id]
    while row is not None and row[0] is not None and row[0] not in out:
        out.insert(0, row[0])
        row = db.execute("SELECT previous FROM reports WHERE report_id = ?", (row[0],)).fetchone()
    while row := db.execute("SELECT report_id FROM reports WHERE previous = ? ORDER BY report_id", (out[-1],)).fetchone():
        if row[0] in out:
            break
        out.append(row[0])
    return out


def _check(statements: Sequence[Statement], size: int) -> None:
    """Raise ValueError for what no reading can be: spans beyond the text, acts that there are not, circles of parents."""
    for statement in statements:
        statement.check(size)
        if statement.act not in acts():
            raise ValueError(f"there is no act {statement.act!r}")
        parent, steps = statement.parent, 0
        while parent is not None:
            if not 0 <= parent < len(statements) or steps > len(statements):
                raise ValueError("a statement's parent is not there")
            parent, steps = statements[parent].parent, steps + 1


def reading_of_text(db: sqlite3.Connection, text_id: str, models: str) -> Reading | None:
    """The reading that *models* made of a text, in whatever report."""
    row = db.execute("SELECT report_id FROM reports WHERE text_id = ? AND models = ?", (text_id, models)).fetchone()
    return None if row is None else machines(db, row[0], get_reading(db, row[0]))


def holds(db: sqlite3.Connection, report: Report, models: str) -> bool:
    """Whether *report* is there as it is, current, and read by *models*."""
    row = db.execute(f"SELECT models, current, {_FACTS} FROM reports WHERE report_id = ?", (report.id,)).fetchone()
    return row is not None and row[:2] == (models, 1) and row[2:] == _facts(report)


def count_from(db: sqlite3.Connection, origin: str, models: str) -> tuple[int, int]:
    """How many current reports came from the input of that origin, and how many of them *models* read."""
    counts: tuple[int, int] = db.execute(
        f"SELECT count(*), count(*) FILTER (WHERE models = ?) FROM reports WHERE current{_FROM}", (models, *_from(origin))
    ).fetchone()
    return counts


def twin_from(db: sqlite3.Connection, report: Report, origin: str) -> str | None:
    """The origin of the report from the input *origin* that has the text and facts of *report*: a row that has moved, say."""
    same = " AND ".join(f"{key} IS ?" for key in FACTS)
    row = db.execute(
        f"SELECT origin FROM reports WHERE current AND text_id = ? AND {same}{_FROM} ORDER BY origin <> ?, report_id",
        (report.text_id, *_facts(report), *_from(origin), report.origin),
    ).fetchone()
    return None if row is None else str(row[0])


def put_report(db: sqlite3.Connection, report: Report, reading: Reading, *, alone: bool) -> bool:
    """Write one report with its reading; True if it was there before, or replaces an earlier version.

    What is now at its origin replaces what was there before: at once if it is *alone* in its file, and where an origin is
    only a line, or standard input, if most of its words are the same.
    """
    report_id = report.id
    there = db.execute("SELECT 1 FROM reports WHERE report_id = ?", (report_id,)).fetchone() is not None
    before = [
        old for old, text in db.execute(
            "SELECT report_id, text FROM reports JOIN texts USING (text_id) WHERE current AND origin = ? AND report_id <> ? ORDER BY report_id",
            (report.origin, report_id),
        ) if alone or _alike(text, report.text)
    ]  # fmt: skip
    db.executemany("UPDATE reports SET current = 0 WHERE report_id = ?", [(old,) for old in before])
    db.execute("INSERT INTO texts (text_id, text) VALUES (?, ?) ON CONFLICT DO NOTHING", (report.text_id, report.text))
    # An earlier version that comes back keeps what it replaced itself: links to earlier versions never run in circles.
    db.execute(
        f"INSERT INTO reports (report_id, text_id, origin, {_FACTS}, notes, models, previous, current) "
        f"VALUES ({', '.join('?' * (len(FACTS) + 6))}, 1) ON CONFLICT (report_id) DO UPDATE SET "
        + ", ".join(f"{key} = excluded.{key}" for key in (*FACTS, "notes", "current")),
        (report_id, report.text_id, report.origin, *_facts(report), json.dumps(report.notes), reading.models, before[0] if before else None),
    )
    put_reading(db, report, reading)
    return there or bool(before)


def put_reading(db: sqlite3.Connection, report: Report, reading: Reading) -> None:
    """Write the reading of a report that is there, in place of the one it has."""
    report_id = report.id
    number = number_of(db, report_id)
    db.execute("UPDATE reports SET models = ?, statement_count = ? WHERE report = ?", (reading.models, len(reading.statements), number))
    before = db.execute("SELECT parts FROM statements WHERE report = ? ORDER BY number", (number,)).fetchall()
    index_statements(db, number, [_words(report.text, parts) for (parts,) in before], out=True)
    db.execute("DELETE FROM statements WHERE report = ?", (number,))
    rows = [_to_row(db, number, report_id, n, s) for n, s in enumerate(reading.statements)]
    db.executemany("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    index_statements(db, number, [_words(report.text, row[3]) for row in rows])
    forget(db, number)
    put_found(db, number, reading)


def _facts(report: Report) -> tuple[str | None, ...]:
    return tuple(getattr(report.publication, key) for key in FACTS)


def _from(origin: str) -> tuple[str, str]:
    """Values for _FROM: the input itself, or a line of it."""
    return origin, "".join(f"[{c}]" if c in "*?[" else c for c in origin) + ":[0-9]*"


def _alike(a: str, b: str) -> bool:
    """Whether two texts share at least half of their different words."""
    x, y = set(a.split()), set(b.split())
    return 2 * len(x & y) >= len(x | y)


def surfaces(text: str, parts: bytes) -> list[str | None]:
    """The words of source, cue and content of a statement with these packed parts; None for a part that it has not."""
    return [surface(text, spans) if spans else None for spans in unpacked_spans(parts, _PARTS)[:3]]


def _words(text: str, parts: bytes) -> str:
    return " ".join(filter(None, surfaces(text, parts)))


def _to_row(db: sqlite3.Connection, report: int, report_id: str, number: int, s: Statement) -> tuple[Any, ...]:
    manner = (s.form, s.act, int(s.negated), s.stance)
    find = "SELECT manner FROM manners WHERE form = ? AND act = ? AND negated = ? AND stance = ?"
    known = db.execute(find, manner).fetchone()
    if known is None:
        db.execute("INSERT INTO manners (form, act, negated, stance) VALUES (?, ?, ?, ?)", manner)
        known = db.execute(find, manner).fetchone()
    parts = packed_spans(s.source, s.cue, s.content, s.quoted)
    return report, number, id_number(s.id(report_id)), parts, known[0], s.parent, s.confidence


def _from_row(row: tuple[Any, ...]) -> Statement:
    source, cue, content, quoted = unpacked_spans(row[0], _PARTS)
    return Statement(source, cue, content, quoted, row[1], row[2], bool(row[3]), row[4], row[5])


def find_statement(db: sqlite3.Connection, statement_id: str) -> tuple[str, int] | None:
    """The report of the statement with this id, and its number there; None if there is none."""
    if not _ID.fullmatch(statement_id):
        return None
    query = "SELECT report_id, number FROM statements JOIN reports USING (report) WHERE statement = ?"
    row = db.execute(query, (id_number(statement_id),)).fetchone()
    return None if row is None else (row[0], row[1])
