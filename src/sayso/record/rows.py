"""Rows: reports and readings as they lie in the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sayso.actors.resolve import Voice
from sayso.reading import Reading
from sayso.record import dates
from sayso.record.aside import machines
from sayso.record.resolutions import forget, get_found, put_found, voice_from
from sayso.record.search import excerpt
from sayso.reports import FACTS, Publication, Report
from sayso.spans import Spans, surface
from sayso.statements import Statement, acts

_FACTS: Final = ", ".join(FACTS)
_FROM: Final = " AND (origin = ? OR origin GLOB ?)"


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


def get_reading(db: sqlite3.Connection, report_id: str) -> Reading:
    """The reading of the report with *report_id*. Raises as get_report() does."""
    row = db.execute("SELECT text_id, models, length(text) FROM reports JOIN texts USING (text_id) WHERE report_id = ?", (report_id,)).fetchone()
    if row is None:
        raise KeyError(report_id)
    rows = db.execute(
        "SELECT source, cue, content, quoted, form, act, negated, parent, confidence, number FROM statements WHERE report_id = ? ORDER BY number",
        (report_id,),
    ).fetchall()
    statements = tuple(_from_row(r) for r in rows)
    if [r[-1] for r in rows] != list(range(len(rows))):
        raise ValueError("statements are missing")
    _check(statements, row[2])
    mentions, entities, speakers = get_found(db, report_id)
    if len(speakers) not in (0, len(statements)) or any(not 0 <= m.entity < len(entities) or m.span[1] > row[2] for m in mentions):
        raise ValueError("mentions do not fit their statements")
    times, sayings = dates.get_times(db, report_id)
    if len(sayings) not in (0, len(statements)) or any(e.span[1] > row[2] for e in times):
        raise ValueError("expressions of time do not fit their statements")
    none = (None,) * len(statements)
    return Reading(row[0], row[1], statements, mentions, entities, speakers or none, times, sayings or none)


def some_statements(db: sqlite3.Connection, report_id: str, numbers: Iterable[int]) -> tuple[dict[int, Statement], list[Voice]]:
    """Those of a report's statements, by number, with those around them, their parents put right; and their voices (none if not resolved)."""
    found: dict[int, Statement] = {}
    voices: dict[int, Voice] = {}
    todo = sorted(numbers)
    while todo:
        number = todo.pop()
        if number in found:
            continue
        row = db.execute(
            "SELECT source, cue, content, quoted, form, act, negated, parent, confidence, voice "
            "FROM statements LEFT JOIN voices USING (report_id, number) WHERE report_id = ? AND number = ?", (report_id, number),
        ).fetchone()  # fmt: skip
        if row is None:
            raise ValueError("statements are missing")
        found[number] = _from_row(row[:9])
        if row[9] is not None:
            voices[number] = voice_from(row[9])
        if row[7] is not None:
            todo.append(row[7])
    order = sorted(found)
    place = {number: n for n, number in enumerate(order)}
    statements = {n: replace(s, parent=None if s.parent is None else place[s.parent]) for n in order for s in (found[n],)}
    return statements, [voices[n] for n in order] if len(voices) == len(order) else []


def numbers_within(db: sqlite3.Connection, report_id: str, start: int, end: int) -> list[int]:
    """Numbers of the statements of a report of which a part lies between *start* and *end*."""
    rows = db.execute(
        "SELECT number FROM statements WHERE report_id = ?1 AND min(json_extract(content, '$[0][0]'), "
        "coalesce(json_extract(cue, '$[0][0]'), 9e15), coalesce(json_extract(source, '$[0][0]'), 9e15)) < ?3 AND "
        "max(json_extract(content, '$[#-1][1]'), coalesce(json_extract(cue, '$[#-1][1]'), 0), coalesce(json_extract(source, '$[#-1][1]'), 0)) > ?2 "
        "ORDER BY number", (report_id, start, end),
    )  # fmt: skip
    return [number for (number,) in rows]


def report_row(db: sqlite3.Connection, report_id: str, words: str | None = None) -> dict[str, Any]:
    """One report as a row of a listing, with the place where it first has one of *words*, else its beginning."""
    report = get_report(db, report_id)
    (statements,) = db.execute("SELECT count(*) FROM statements WHERE report_id = ?", (report_id,)).fetchone()
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
    db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (report.text_id, report.text))
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
    db.execute("UPDATE reports SET models = ? WHERE report_id = ?", (reading.models, report_id))
    db.execute("DELETE FROM statements WHERE report_id = ?", (report_id,))
    db.executemany(
        f"INSERT INTO statements VALUES ({', '.join('?' * 16)})",
        [_to_row(report, report_id, number, s) for number, s in enumerate(reading.statements)],
    )
    forget(db, report_id)
    put_found(db, report_id, reading)
    dates.forget(db, report_id)
    dates.put_times(db, report_id, reading)


def _facts(report: Report) -> tuple[str | None, ...]:
    return tuple(getattr(report.publication, key) for key in FACTS)


def _from(origin: str) -> tuple[str, str]:
    """Values for _FROM: the input itself, or a line of it."""
    return origin, "".join(f"[{c}]" if c in "*?[" else c for c in origin) + ":[0-9]*"


def _alike(a: str, b: str) -> bool:
    """Whether two texts share at least half of their different words."""
    x, y = set(a.split()), set(b.split())
    return 2 * len(x & y) >= len(x | y)


def _spans(spans: Spans) -> str:
    return json.dumps(spans, separators=(",", ":"))


def _to_row(report: Report, report_id: str, number: int, s: Statement) -> tuple[Any, ...]:
    return (
        s.id(report_id), report_id, number, _spans(s.source), _spans(s.cue), _spans(s.content), _spans(s.quoted),
        surface(report.text, s.source) if s.source else None, surface(report.text, s.cue) if s.cue else None, surface(report.text, s.content),
        s.form, s.act, int(s.negated), s.stance, s.parent, s.confidence,
    )


def _from_row(row: tuple[Any, ...]) -> Statement:
    source, cue, content, quoted = (tuple((a, b) for a, b in json.loads(value)) for value in row[:4])
    return Statement(source, cue, content, quoted, row[4], row[5], bool(row[6]), row[7], row[8])
