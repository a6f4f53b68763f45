"""Record: reads reports in, and answers for their statements."""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sayso.actors.actor import KINDS, Actor
from sayso.actors.imports import read_register
from sayso.actors.naming import folded, slug
from sayso.actors.proposals import Seen, proposals
from sayso.actors.registry import Register, Together, path, shipped
from sayso.actors.resolve import Resolution, resolve_reading
from sayso.errors import RecordError, SaysoError
from sayso.export.rows import statement_rows
from sayso.intake import Found, Problem, find, open_found
from sayso.reading import Reading, read_texts, shared_models
from sayso.record import judgements as judging
from sayso.record.actors import ABOUT, BY, SIDE, get_actor, heard, listing, meant, page, rows_of
from sayso.record.database import connect, damaged, transaction
from sayso.record.inputs import Inputs
from sayso.record.overlay import attached, overlaid
from sayso.record.register import ImportSummary, RecordRegister, file_digest, import_register
from sayso.record.resolutions import get_voices, put_resolution
from sayso.record.rows import count_from, get_reading, get_report, holds, put_reading, put_report, reading_of_text, twin_from
from sayso.reports import Publication, Report, content_hash
from sayso.spans import GAP
from sayso.statements import FORMS, STANCES, acts


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
    """What a run did.

    Reports read for the first time, already there, and brought up to date (text, facts or models had changed);
    statements in those read or brought up to date; and what could not be read.
    """

    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    statements: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing to do in a run, at its place in it: a report to store, or an input that is done."""

    item: Found
    origin: str
    report: Report | None = None
    alone: bool = True  # the report is all that its input holds
    reading: Reading | None = None  # where the record has one already
    whole: bool = False  # nothing in the input was a problem


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for one run of reading."""

    given: Publication
    languages: Collection[str] | None
    models: str
    inputs: Inputs
    summary: Summary

    @property
    def stamp(self) -> str:
        """Changes with all that decides, beside an input itself, what becomes of it."""
        wanted = ",".join(sorted(self.languages)) if self.languages is not None else "any"
        return content_hash(json.dumps(self.given.to_dict(), sort_keys=True), wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Words for source, content and whole, and where the actors that the words may mean are heard (None: not asked for)."""

    speaker: str
    about: str
    text: str
    by: dict[str, set[int]] | None
    of: dict[str, set[int]] | None
    side: dict[str, set[int]] | None

    def may_hold(self, report_id: str) -> bool:
        return self.side is None or report_id in self.side

    def holds(self, report_id: str, number: int, parts: list[str | None]) -> bool:
        return (
            (self.side is None or number in self.side.get(report_id, ()))
            and (self.by is None or number in self.by.get(report_id, ()) or self.speaker in _fold(parts[0]))
            and (self.of is None or number in self.of.get(report_id, ()) or self.about in _fold(parts[2]))
            and self.text in _fold(" ".join(filter(None, parts)))
        )


class Record:
    """A record at *path*, made if it is not there (unless ``create`` is False). Use it as a context manager or call close().

    Raises RecordError, with what to do, where the file cannot serve. ``write=False`` opens for reading only. Threads may
    share it.
    """

    def __init__(self, path: str | Path, *, create: bool = True, write: bool = True) -> None:
        self.path = Path(path)
        self._write = write
        self._lock = threading.RLock()
        self._db = connect(self.path, create=create and write, write=write)
        self._own = RecordRegister(self._db, self.path, lock=self._lock)
        self._load()

    def _load(self) -> None:
        """What rests on the record's own registers and judgements."""
        with self._asking(), self._checked(KeyError):
            self._links = judging.Links(judging.standing(self._db))
        self._own.clear()
        self._register: Register = Together((shipped(), self._own)) if self._own.id else shipped()
        self._registry = content_hash(shipped().id, self._own.id)[:16]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """One state of the record, whatever other threads and processes do to it."""
        with self._lock:
            if self._db.in_transaction:  # asked from within: one state already
                yield
            else:
                with transaction(self._db, self.path, write=False):
                    yield

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._lock, transaction(self._db, self.path):
            yield

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
        self._check_write()
        summary = Summary()
        found: list[Found] = []
        paths = [paths] if isinstance(paths, (str, Path)) else list(paths)
        for item in find(paths):
            if isinstance(item, Problem):
                summary.problems.append(item)
            elif not self._is_itself(item) or item.path in map(str, paths):  # in a folder of reports it is no surprise
                found.append(item)
        size = sum(item.size for item in found)
        run = _Run(given or Publication(), languages, shared_models() if found else "", Inputs(self._db, self.path), summary)
        done = done_size = 0
        with closing(read_texts(self._incoming(found, run), jobs=jobs)) as steps:
            for step, fresh in steps:
                if step.report is not None:
                    self._store(step, fresh, run)
                else:
                    if step.whole:
                        with self._changing():
                            run.inputs.put(step.item, step.origin, run.stamp)
                    done += 1
                    done_size += step.item.size
                if progress is not None:
                    origin = step.report.origin if step.report else step.origin
                    progress(Progress(done, len(found), done_size, size, summary.read + summary.replaced, summary.statements, origin))
        return summary

    def _is_itself(self, item: Found) -> bool:
        path = Path(item.path)
        return path.name == self.path.name and path.exists() and path.samefile(self.path)

    def _incoming(self, found: Iterable[Found], run: _Run) -> Iterator[tuple[str | None, _Step]]:
        """The reports to store, and after the last one of each input the input itself; with the texts that are to be read."""
        for item in found:
            with self._asking():
                origin = run.inputs.origin(item)
                known = origin is not None and run.inputs.knows(item, origin, run.stamp)
                here, read = count_from(self._db, origin, run.models) if origin is not None and known else (0, 0)
            if origin is None or (known and here == read):
                run.summary.unchanged += here
                yield None, _Step(item, item.origin)
                continue
            whole = True
            met: set[str] = set()
            for made in open_found(item, given=run.given, languages=run.languages):
                if isinstance(made, Problem):
                    run.summary.problems.append(made)
                    whole = False
                    continue
                alone = made.origin == item.origin and item.kind != "stdin"
                step = self._step(item, origin, replace(made, origin=origin + made.origin[len(item.origin) :]), alone, met, run)
                if step is not None and step.report is not None:
                    yield None if step.reading else step.report.text, step
                else:
                    run.summary.unchanged += 1
            yield None, _Step(item, origin, whole=whole)

    def _step(self, item: Found, origin: str, report: Report, alone: bool, met: set[str], run: _Run) -> _Step | None:
        """What is to be done about *report*; None if it is there. *met* are the rows of this input so far."""
        with self._asking(), self._checked(KeyError):
            if not alone:
                # A row is known by text and facts, not by its line: lines move when others come and go above them.
                content = content_hash(report.text_id, *map(repr, report.publication.to_dict().items()))
                if content in met:
                    return None
                met.add(content)
                report = replace(report, origin=twin_from(self._db, report, origin) or report.origin)
            if holds(self._db, report, run.models):
                return None
            return _Step(item, origin, report, alone, reading_of_text(self._db, report.text_id, run.models))

    def _store(self, step: _Step, fresh: Reading | None, run: _Run) -> None:
        reading = fresh or step.reading
        assert step.report is not None and reading is not None
        resolution = self._resolved(step.report, reading)
        with self._changing():
            replaced = put_report(self._db, step.report, reading, alone=step.alone)
            put_resolution(self._db, step.report, reading, resolution, self._registry)
            run.inputs.put(step.item, step.origin, None)
        run.summary.read += not replaced
        run.summary.replaced += replaced
        run.summary.statements += len(reading.statements)

    def reread(self, *, jobs: int = 1, progress: Callable[[Progress], None] | None = None) -> Summary:
        """Bring every report up to date: read again what other models read, resolve again what another registry resolved."""
        self._check_write()
        models = shared_models()
        summary = Summary()
        with self._asking():
            stale = dict(self._db.execute(
                "SELECT report_id, models <> ? FROM reports LEFT JOIN found USING (report_id) WHERE models <> ? OR registry IS NOT ? ORDER BY report_id",
                (models, models, self._registry),
            ))
            (total,) = self._db.execute("SELECT count(*) FROM reports").fetchone()
        summary.unchanged = total - len(stale)
        texts = ((report.text if stale[report.id] else None, report) for report in map(self._held, stale))
        with closing(read_texts(texts, jobs=jobs)) as steps:
            for done, (report, fresh) in enumerate(steps, 1):
                reading = fresh or self.reading(report.id)
                resolution = self._resolved(report, reading)
                with self._changing():
                    if fresh is not None:
                        put_reading(self._db, report, fresh)
                    put_resolution(self._db, report, reading, resolution, self._registry)
                summary.replaced += 1
                summary.statements += len(reading.statements)
                if progress is not None:
                    progress(Progress(done, len(stale), done, len(stale), done, summary.statements, report.origin))
        return summary

    def _resolved(self, report: Report, reading: Reading) -> Resolution:
        """The resolution of one report, with what persons judged about its speakers."""
        resolution = resolve_reading(report, reading, self._register, shipped())
        with self._asking(), self._checked(KeyError):
            judged = [j for j in judging.standing(self._db) if j.kind == "speaker" and j.text_id == report.text_id]
        day = report.publication.published[:10] if report.publication.published else None

        def above(actor: Actor) -> list[Actor]:
            return [a for i in path(self._register, actor, day) if (a := self._register.actor(i)) is not None]

        return overlaid(resolution, reading.statements, judged, self._actor_of, above)

    def _actor_of(self, value: str) -> Actor:
        """The actor with this id, else the one known by this name, else one made of the name."""
        known = self._register.actor(value)
        if known is None:
            with self._asking():
                known = get_actor(self._db, value)
        if known is None:
            named = [n.actor for n in self._register.named(folded(value)) if n.how in ("name", "alias")]
            known = self._register.actor(named[0]) if len(set(named)) == 1 else None
        return known or Actor(f"name:{slug(value)}", value, "person")

    # -- judging ---------------------------------------------------------------------------------------------------

    def judge(self, kind: str, a: str, b: str, *, coder: str) -> dict[str, Any]:
        """Write down a person's decision: "same" or "not same" of two actors (ids), or "speaker" of a statement (its id, and who).

        Gives the judgement as a row, with its id. Raises SaysoError where there is no such actor or statement.
        """
        self._check_write()
        if kind == "speaker":
            return self._judge_speaker(a, b, coder)
        if kind not in ("same", "not same"):
            raise SaysoError(f"there is no judgement {kind!r}", "It is same, not same or speaker")
        with self._asking(), self._checked(KeyError):
            for one in (a, b):
                if self._register.actor(one) is None and get_actor(self._db, one) is None:
                    raise SaysoError(f"there is no actor {one!r}", "Give ids: sayso actors RECORD --format jsonl has them")
        with self._changing():
            made = judging.add(self._db, "same" if kind == "same" else "not same", coder, a=a, b=b)
        self._load()
        return {"id": made.id, **made.to_row()}

    def _judge_speaker(self, statement_id: str, who: str, coder: str) -> dict[str, Any]:
        with self._asking(), self._checked(KeyError):
            row = self._db.execute("SELECT report_id, number FROM statements WHERE statement_id = ?", (statement_id,)).fetchone()
            if row is None:
                raise SaysoError(f"there is no statement {statement_id!r}", "sayso statements RECORD --format jsonl has the ids")
            reading = get_reading(self._db, row[0])
        s = reading.statements[row[1]]
        with self._changing():
            made = judging.add(
                self._db, "speaker", coder, text_id=reading.text_id, place=judging.Place(s.source, s.cue, s.content), value=self._actor_of(who).id
                if self._register.actor(self._actor_of(who).id) is not None else who,
            )
        self._resolve_again(reading.text_id)
        return {"id": made.id, **made.to_row()}

    def undo(self, judgement: int, *, coder: str) -> dict[str, Any]:
        """Withdraw the judgement with this id; withdrawing a withdrawal brings it back. Raises SaysoError if there is none."""
        self._check_write()
        with self._changing():
            made = judging.undo(self._db, judgement, coder)
        self._load()
        touched = {j.text_id for j in judging.all(self._db) if j.text_id is not None}
        for text_id in sorted(touched):
            self._resolve_again(text_id)
        return {"id": made.id, **made.to_row()}

    def judgements(self) -> Iterator[dict[str, Any]]:
        """Every judgement, the earliest first: a row with its id, whether it stands, and for a speaker the statements it holds on to."""
        with self._asking(), self._checked(KeyError):
            stands = {j.uid for j in judging.standing(self._db)}
            rows = [{"id": j.id, **j.to_row(), "stands": j.uid in stands, "statements": self._held_by(j)} for j in judging.all(self._db)]
        return iter(rows)

    def bring_in(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add judgements that another record's judgements() gave; how many were new. Raises SaysoError for a row that cannot be."""
        self._check_write()
        plain = [{k: v for k, v in row.items() if k not in ("id", "stands", "statements")} for row in rows]
        with self._changing():
            new = judging.from_rows(self._db, plain)
        self._load()
        for text_id in sorted({str(row["text_id"]) for row in plain if row.get("text_id")}):
            self._resolve_again(text_id)
        return new

    def proposals(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Pairs of actors that may be one, the likeliest first, with the evidence; those judged already are left out."""
        with self._asking(), self._checked(KeyError):
            seen = [
                Seen(row["id"], row["name"], row["kind"], row["side"])
                for row in listing(self._db) if row["kind"] not in ("anonymous", "group")
            ]
        rows = (
            {"a": p.a, "b": p.b, "names": list(p.names), "score": p.score, "evidence": list(p.evidence)}
            for p in proposals(seen, self._register)
            if self._links.canonical(p.a) != self._links.canonical(p.b) and not self._links.apart(p.a, p.b)
        )
        return islice(rows, limit)

    def _held_by(self, j: judging.Judgement) -> list[str]:
        out = []
        if j.kind == "speaker":
            for (report_id,) in self._db.execute("SELECT report_id FROM reports WHERE text_id = ? AND current", (j.text_id,)).fetchall():
                found = attached([j], get_reading(self._db, report_id).statements)
                out += [get_reading(self._db, report_id).statements[n].id(report_id) for n in found.values()]
        return out

    def _resolve_again(self, text_id: str) -> None:
        with self._asking():
            ids = [i for (i,) in self._db.execute("SELECT report_id FROM reports WHERE text_id = ? ORDER BY report_id", (text_id,))]
        for report_id in ids:
            report, reading = self._held(report_id), self.reading(report_id)
            resolution = self._resolved(report, reading)
            with self._changing():
                put_resolution(self._db, report, reading, resolution, self._registry)

    def import_register(
        self, path: str | Path, *, state: str | None = None, progress: Callable[[int], None] | None = None, resolving: Callable[[Progress], None] | None = None,
    ) -> ImportSummary:
        """Import a larger register of actors (FollowTheMoney, offices as CSV, Wikidata results), then resolve the reports with it.

        *state* is where the offices are held, if the file does not say. Raises SaysoError where the file cannot be taken.
        """
        self._check_write()
        file = str(path)
        with self._lock:
            summary = import_register(
                self._db, self.path, read_register(path, state=state), file=file, digest=file_digest(path, state), progress=progress
            )
        self._load()
        if not summary.unchanged:
            self.reread(progress=resolving)
        return summary

    def _check_write(self) -> None:
        if not self._write:
            raise RecordError(f"{self.path} was opened for reading only", "Open it with write=True")

    # -- asking ----------------------------------------------------------------------------------------------------

    def reports(self) -> Iterator[tuple[str, Publication, str]]:
        """(id, publication, origin) of each current report, in the order of origin."""
        for report_id in self._current():
            report = self._held(report_id)
            yield report_id, report.publication, report.origin

    def report(self, report_id: str) -> Report:
        """The report with *report_id*. Raises KeyError if the record does not hold it."""
        with self._asking(), self._checked():
            return get_report(self._db, report_id)

    def reading(self, report_id: str) -> Reading:
        """The reading of the report with *report_id*. Raises KeyError if the record does not hold it."""
        with self._asking(), self._checked():
            return get_reading(self._db, report_id)

    def statements(
        self, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None, since: str | None = None,
        until: str | None = None, form: str | None = None, act: str | None = None, stance: str | None = None, text: str | None = None,
        min_confidence: float = 0.0, nested: bool | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Rows (sayso.schema()) of the statements that match every filter given, by report and place in it.

        *speaker* and *about* are an actor (id, name or words of a name), or words of the source and the content; *side* is a
        state, body or organisation that the speaker is part of. *text* is looked for in all of the statement, *outlet* in the
        outlet's name; case, line breaks and the shape of quotation marks make no difference. *since* and *until* are days
        (inclusive) of publication; a report without one does not match. *nested* asks for statements inside others, or for
        those in none. Raises SaysoError for a filter that cannot be.
        """
        where, values = ["report_id = ?"], list[Any]()
        for name, value, allowed in (("form", form, FORMS), ("act", act, tuple(acts())), ("stance", stance, STANCES)):
            if value is not None:
                if value not in allowed:
                    raise SaysoError(f"there is no {name} {value!r}", "It is one of: " + ", ".join(allowed))
                where.append(f"{name} = ?")
                values.append(value)
        if not 0 <= min_confidence <= 1:
            raise SaysoError(f"a confidence of {min_confidence} cannot be", "Give a number from 0 to 1")
        if min_confidence > 0:
            where.append("confidence >= ?")
            values.append(min_confidence)
        if nested is not None:
            where.append(f"parent IS {'NOT ' if nested else ''}NULL")
        query = f"SELECT number, source_text, cue_text, content_text FROM statements WHERE {' AND '.join(where)} ORDER BY number"
        wanted = _Wanted(_fold(speaker), _fold(about), _fold(text), self._heard(speaker, BY), self._heard(about, ABOUT), self._heard(side, SIDE))
        reports = self._current(outlet=_fold(outlet), since=_day(since), until=_day(until))
        rows = (row for report_id in reports if wanted.may_hold(report_id) for row in self._matching(report_id, query, values, wanted))
        return islice(rows, limit)

    def _heard(self, words: str | None, relations: tuple[str, ...]) -> dict[str, set[int]] | None:
        """Where the actors that *words* mean stand in *relations*; None where no words are given."""
        if words is None:
            return None
        with self._asking():
            ids = meant(self._db, words, self._register, whole=relations == SIDE)
            return heard(self._db, {same for i in ids for same in self._links.members(i)}, relations)

    def _matching(self, report_id: str, query: str, values: list[Any], wanted: _Wanted) -> list[dict[str, Any]]:
        """Rows of the statements of one report that *query* finds and that are wanted."""
        with self._asking(), self._checked(KeyError):
            hits = [number for number, *parts in self._db.execute(query, (report_id, *values)) if wanted.holds(report_id, number, parts)]
            if not hits:
                return []
            report, found = get_report(self._db, report_id), get_reading(self._db, report_id).statements
            voices = get_voices(self._db, report_id)
            if voices and len(voices) != len(found):
                raise ValueError("voices are missing")
            rows = list(statement_rows(report.text, found, voices, report_id=report_id, origin=report.origin, publication=report.publication, canonical=self._canonical))
        return [rows[number] for number in hits]

    def actors(self, words: str | None = None, *, kind: str | None = None, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The actors that speak or are spoken about, those who speak most first; with *words*, those whom they may mean.

        Rows have id, name, kind, side, statements (how many they make), about (how many are about them) and reports.
        """
        if kind is not None and kind not in KINDS:
            raise SaysoError(f"there is no kind {kind!r}", "It is one of: " + ", ".join(KINDS))
        with self._asking(), self._checked(KeyError):
            among = None if words is None else {same for i in meant(self._db, words, self._register) for same in self._links.members(i)}
            rows = list(listing(self._db, among=among, kind=kind, canonical=self._links.canonical))
        return islice(iter(rows), limit)

    def _canonical(self, actor: Actor) -> Actor:
        """The actor that stands for all those that were judged to be the same."""
        one = self._links.canonical(actor.id)
        return actor if one == actor.id else self._register.actor(one) or get_actor(self._db, one) or actor

    def actor(self, words: str) -> dict[str, Any]:
        """What the record knows of one actor (an id, a name or words of one): names and titles used, offices, counts.

        Raises SaysoError where nobody is meant, or several.
        """
        with self._asking(), self._checked(KeyError):
            among = {same for i in meant(self._db, words, self._register, whole=True) for same in self._links.members(i)}
            ids = {row["id"] for row in listing(self._db, among=among, canonical=self._links.canonical)}
            if not ids:
                raise SaysoError(f"nobody in this record goes by {words!r}", "sayso actors RECORD lists them")
            if len(ids) > 1:
                names = ", ".join(f"{name} ({i})" for i, name, _ in rows_of(self._db, ids)[:6])
                raise SaysoError(f"{words!r} may mean several: {names}", "Give the id of one")
            (only,) = ids
            actor = self._register.actor(only) or get_actor(self._db, only)
            assert actor is not None
            return page(self._db, actor, self._links.members(only), self._register)

    def _held(self, report_id: str) -> Report:
        """A report of which the record says that it holds it."""
        with self._asking(), self._checked(KeyError):
            return get_report(self._db, report_id)

    def _current(self, *, outlet: str = "", since: str | None = None, until: str | None = None) -> Iterator[str]:
        """Ids of the current reports that match, in the order of origin; none of the record is held while they are used."""
        with self._asking(), self._checked():
            rows = self._db.execute(
                "SELECT report_id, outlet FROM reports WHERE current AND (?1 IS NULL OR substr(published, 1, 10) >= ?1) "
                "AND (?2 IS NULL OR substr(published, 1, 10) <= ?2) ORDER BY origin, report_id",
                (since, until),
            ).fetchall()
            matching = [report_id for report_id, name in rows if outlet in _fold(name)]
        yield from matching

    @contextmanager
    def _checked(self, also: type[Exception] = ValueError) -> Iterator[None]:
        """What is not as it was written is damage, not a bug."""
        try:
            yield
        except (ValueError, TypeError, AttributeError, also) as error:
            raise damaged(self.path, error) from error


# Quotation marks and apostrophes that are typed and printed in several shapes.
_MARKS: Final = str.maketrans({**dict.fromkeys("‘’‚‛`´ʼ", "'"), **dict.fromkeys("“”„‟«»", '"')})


def _fold(value: str | None) -> str:
    """*value* without what readers do not tell apart: case, widths, shapes of quotation marks, line breaks and other gaps."""
    return "" if value is None else " ".join(unicodedata.normalize("NFKC", value.replace(GAP, " ").translate(_MARKS)).casefold().split())


def _day(value: str | None) -> str | None:
    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except ValueError:
        raise SaysoError(f"{value!r} is not a day", "Give YYYY-MM-DD") from None
