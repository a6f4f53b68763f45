"""Record: reads reports in, and answers for their statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sayso.errors import SaysoError
from sayso.export.rows import statement_rows
from sayso.intake import Found, Problem, find, open_found
from sayso.reading import Reading
from sayso.record.database import connect, transaction
from sayso.reports import FACTS, Publication, Report, content_hash
from sayso.spans import Spans, surface
from sayso.statements import FORMS, STANCES, Statement, acts


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading is, told after each report: inputs done of all, their bytes, and the report just done."""

    inputs_done: int
    inputs: int
    bytes_done: int
    bytes: int
    reports: int
    statements: int
    origin: str


@dataclass
class Summary:
    """What a run of Record.read did."""

    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    statements: int = 0
    problems: list[Problem] = field(default_factory=list)


class Record:
    """A record at *path*, made if it is not there (unless ``create`` is False). Use it as a context manager or call close().

    Raises RecordError, with what to do, where the file cannot serve. ``write=False`` opens for reading only.
    """

    def __init__(self, path: str | Path, *, create: bool = True, write: bool = True) -> None:
        self.path = Path(path)
        self._db = connect(self.path, create=create and write, write=write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(
        self, paths: Iterable[str | Path], *, given: Publication | None = None, languages: Collection[str] | None = ("en",),
        jobs: int = 1, progress: Callable[[Progress], None] | None = None,
    ) -> Summary:
        """Read the reports at *paths* (files, folders, globs, "-") into the record.

        *given* are facts of publication that hold for all of them. Each report is one transaction; inputs that were read
        whole before and have not changed are passed over, so a run that was stopped goes on where it was. What cannot be
        read is named in the summary's problems, and the rest goes on.
        """
        from sayso.reading import read_texts, shared_models

        given = given or Publication()
        summary = Summary()
        found: list[Found] = []
        for listed in find(paths):
            if isinstance(listed, Problem):
                summary.problems.append(listed)
            else:
                found.append(listed)
        total = sum(f.size for f in found)
        wanted = ",".join(sorted(languages)) if languages is not None else "any"
        models = shared_models() if found else ""
        stamp = content_hash(json.dumps(given.to_dict(), sort_keys=True), wanted, models)
        done_bytes = 0

        def tell(done: int, size: int, origin: str) -> None:
            if progress is not None:
                progress(Progress(done, len(found), size, total, summary.read + summary.replaced, summary.statements, origin))

        def incoming() -> Iterator[tuple[str, Report | Found]]:
            """Reports to read, and after the last one of each input the input itself."""
            for item in found:
                if self._known(item, stamp):
                    summary.unchanged += self._count_from(item)
                    yield "", item
                    continue
                clean = True
                for made in open_found(item, given=given, languages=languages):
                    if isinstance(made, Problem):
                        summary.problems.append(made)
                        clean = False
                    elif self._has(made, models):
                        summary.unchanged += 1
                    else:
                        yield made.text, made
                if clean:
                    yield "signature", item
                else:
                    yield "", item

        done = 0
        for (text, item), reading in read_texts(incoming(), jobs=jobs):
            if isinstance(item, Report):
                assert reading is not None
                replaced = self._store(item, reading)
                summary.read += not replaced
                summary.replaced += replaced
                summary.statements += len(reading.statements)
                tell(done, done_bytes, item.origin)
            else:
                if text == "signature" and item.signature:
                    with transaction(self._db, self.path):
                        self._db.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?)", (item.origin, item.signature + ":" + stamp))
                done += 1
                done_bytes += item.size
                tell(done, done_bytes, item.origin)
        return summary

    def reread(self, *, jobs: int = 1, progress: Callable[[Progress], None] | None = None) -> Summary:
        """Read again, from the texts in the record, every report whose statements other models made."""
        from sayso.reading import read_texts, shared_models

        models = shared_models()
        stale = [r for (r,) in self._db.execute("SELECT report_id FROM reports WHERE models <> ? ORDER BY report_id", (models,))]
        summary = Summary()
        (summary.unchanged,) = self._db.execute("SELECT count(*) FROM reports WHERE models = ?", (models,)).fetchone()

        def incoming() -> Iterator[tuple[str, Report]]:
            for report_id in stale:
                report = self.report(report_id)
                yield report.text, report

        for n, ((_, report), reading) in enumerate(read_texts(incoming(), jobs=jobs), 1):
            assert reading is not None and isinstance(report, Report)
            self._store(report, reading)
            summary.read += 1
            summary.statements += len(reading.statements)
            if progress is not None:
                progress(Progress(n, len(stale), n, len(stale), n, summary.statements, report.origin))
        return summary

    def _known(self, item: Found, stamp: str) -> bool:
        if not item.signature:
            return False
        row = self._db.execute("SELECT signature FROM inputs WHERE path = ?", (item.origin,)).fetchone()
        return row is not None and row[0] == item.signature + ":" + stamp

    def _count_from(self, item: Found) -> int:
        (n,) = self._db.execute(
            "SELECT count(*) FROM reports WHERE current AND (origin = ? OR origin GLOB ?)", (item.origin, _glob(item.origin) + ":[0-9]*")
        ).fetchone()
        return int(n)

    def _has(self, report: Report, models: str) -> bool:
        row = self._db.execute(f"SELECT models, current, {', '.join(FACTS)} FROM reports WHERE report_id = ?", (report.id,)).fetchone()
        return row is not None and row[0] == models and row[1] == 1 and list(row[2:]) == [getattr(report.publication, key) for key in FACTS]

    def _store(self, report: Report, reading: Reading) -> bool:
        """Write one report with its reading; True if it replaces an earlier version or reading of itself."""
        report_id = report.id
        with transaction(self._db, self.path):
            old = self._db.execute(
                "SELECT report_id FROM reports WHERE origin = ? AND current AND report_id <> ?", (report.origin, report_id)
            ).fetchone()
            was = self._db.execute("SELECT previous FROM reports WHERE report_id = ?", (report_id,)).fetchone()
            self._db.execute("DELETE FROM statements WHERE report_id = ?", (report_id,))
            self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (report.text_id, report.text))
            previous = old[0] if old else was[0] if was else None
            if old:
                self._db.execute("UPDATE reports SET current = 0 WHERE report_id = ?", old)
            if previous == report_id:
                previous = None
            facts = [getattr(report.publication, key) for key in FACTS]
            self._db.execute(
                f"INSERT INTO reports (report_id, text_id, origin, {', '.join(FACTS)}, notes, models, previous, current) "
                f"VALUES ({', '.join('?' * (len(FACTS) + 6))}, 1) ON CONFLICT (report_id) DO UPDATE SET "
                + ", ".join(f"{key} = excluded.{key}" for key in (*FACTS, "notes", "models", "previous", "current")),
                (report_id, report.text_id, report.origin, *facts, json.dumps(report.notes), reading.models, previous),
            )
            self._db.executemany(
                f"INSERT INTO statements VALUES ({', '.join('?' * 16)})",
                [_to_row(report, report_id, number, s) for number, s in enumerate(reading.statements)],
            )
        return bool(old or was)

    # -- asking ----------------------------------------------------------------------------------------------------

    def reports(self) -> Iterator[tuple[str, Publication, str]]:
        """(id, publication, origin) of each current report, in the order of origin."""
        for row in self._db.execute(f"SELECT report_id, origin, {', '.join(FACTS)} FROM reports WHERE current ORDER BY origin, report_id"):
            yield row[0], Publication(**dict(zip(FACTS, row[2:], strict=True))), row[1]

    def report(self, report_id: str) -> Report:
        """The report with *report_id*. Raises KeyError if the record does not hold it."""
        row = self._db.execute(
            f"SELECT text, origin, notes, {', '.join(FACTS)} FROM reports JOIN texts USING (text_id) WHERE report_id = ?", (report_id,)
        ).fetchone()
        if row is None:
            raise KeyError(report_id)
        return Report(row[0], Publication(**dict(zip(FACTS, row[3:], strict=True))), row[1], tuple(json.loads(row[2])))

    def reading(self, report_id: str) -> Reading:
        """The reading of the report with *report_id*. Raises KeyError if the record does not hold it."""
        row = self._db.execute("SELECT text_id, models FROM reports WHERE report_id = ?", (report_id,)).fetchone()
        if row is None:
            raise KeyError(report_id)
        rows = self._db.execute(
            "SELECT source, cue, content, quoted, form, act, negated, parent, confidence FROM statements WHERE report_id = ? ORDER BY number",
            (report_id,),
        )
        return Reading(row[0], row[1], tuple(_from_row(r) for r in rows))

    def statements(
        self, *, speaker: str | None = None, about: str | None = None, outlet: str | None = None, since: str | None = None,
        until: str | None = None, form: str | None = None, act: str | None = None, stance: str | None = None, text: str | None = None,
        min_confidence: float = 0.0, nested: bool | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Rows (sayso.schema()) of the statements that match every filter given, by report and place in it.

        *speaker*, *about* and *text* are matched without regard to case: in the source's words, in the content's, and
        in all of the statement's. *since* and *until* are days (inclusive) of publication; a report without one does not
        match. *nested* asks for statements inside others, or for those in none. Raises SaysoError for a filter that cannot be.
        """
        where, values = ["r.current"], list[Any]()

        def add(condition: str, *more: Any) -> None:
            where.append(condition)
            values.extend(more)

        for name, value, allowed in (("form", form, FORMS), ("act", act, tuple(acts())), ("stance", stance, STANCES)):
            if value is not None:
                if value not in allowed:
                    raise SaysoError(f"there is no {name} {value!r}", "It is one of: " + ", ".join(allowed))
                add(f"s.{name} = ?", value)
        if speaker is not None:
            add("instr(fold(s.source_text), ?)", speaker.casefold())
        if about is not None:
            add("instr(fold(s.content_text), ?)", about.casefold())
        if text is not None:
            add("instr(fold(coalesce(s.source_text, '') || ' ' || coalesce(s.cue_text, '') || ' ' || s.content_text), ?)", text.casefold())
        if outlet is not None:
            add("instr(fold(coalesce(r.outlet, '')), ?)", outlet.casefold())
        if since is not None:
            add("substr(r.published, 1, 10) >= ?", _day(since))
        if until is not None:
            add("substr(r.published, 1, 10) <= ?", _day(until))
        if min_confidence > 0:
            add("s.confidence >= ?", min_confidence)
        if nested is not None:
            add("s.parent IS NOT NULL" if nested else "s.parent IS NULL")
        self._db.create_function("fold", 1, _fold, deterministic=True)
        query = (
            "SELECT s.report_id, s.number FROM statements s JOIN reports r USING (report_id) WHERE " + " AND ".join(where)
            + " ORDER BY r.origin, r.report_id, s.number" + (" LIMIT ?" if limit is not None else "")
        )
        if limit is not None:
            values.append(limit)
        current, rows = "", list[dict[str, Any]]()
        for report_id, number in self._db.execute(query, values):
            if report_id != current:
                report = self.report(report_id)
                rows = list(statement_rows(
                    report.text, self.reading(report_id).statements, report_id=report_id, origin=report.origin, publication=report.publication
                ))
                current = report_id
            yield rows[number]


def _fold(value: str | None) -> str | None:
    return None if value is None else value.casefold()


def _glob(path: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in path)


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise SaysoError(f"{value!r} is not a day", "Give YYYY-MM-DD") from None


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

