"""Record: reads reports in, and answers for their statements."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from sayso.actors.actor import KINDS, Actor
from sayso.actors.imports import read_register
from sayso.actors.naming import folded, person_key, slug
from sayso.actors.proposals import proposals
from sayso.actors.registry import Register, Together, above, shipped
from sayso.actors.resolve import Resolution, Voice, resolve_reading
from sayso.claims.claims import Claim, founder_id
from sayso.claims.contents import Content, contents_of
from sayso.claims.disputes import disputes_of
from sayso.claims.figures import conflicts_of
from sayso.claims.scorer import shared_scorer
from sayso.claims.unanswered import unanswered_of
from sayso.errors import RecordError, SaysoError
from sayso.export.claims import claim_row, figures_row, unanswered_row
from sayso.export.quotes import quote_row
from sayso.export.rows import statement_rows
from sayso.intake import Found, Problem, find, open_found
from sayso.intake.files import writable
from sayso.quotes.grouping import quote_of
from sayso.quotes.speakers import SpeakerKey, speaker_keys
from sayso.quotes.stretches import stretches_of
from sayso.reading import Reading, read_texts, shared_models, tried
from sayso.record import dates
from sayso.record import judgements as judging
from sayso.record import quotes as quoting
from sayso.record.actors import ABOUT, BY, SIDE, bearing, get_actor, heard, listing, meant, page, seen, speaking_in
from sayso.record.aside import became, forget_aside, machines, put_aside
from sayso.record.claims import (
    Asked,
    Judged,
    Vectors,
    all_contents,
    closest,
    contents_at,
    every_content,
    get_claims,
    group_of,
    put_contents,
    regroup,
)  # fmt: skip
from sayso.record.corrections import Corrected, corrected, is_of_statements
from sayso.record.counts import acts_of, company, over_time, overview, side_by_side
from sayso.record.database import connect, damaged, explained, transaction
from sayso.record.filters import Wanted, day, fold, statement_query
from sayso.record.inputs import Inputs
from sayso.record.listing import ORDERS, Page, find_reports, find_statements
from sayso.record.overlay import agree, attached, overlaid, positioned, sided
from sayso.record.register import ImportSummary, RecordRegister, file_digest, import_register
from sayso.record.resolutions import get_voices, put_actors, put_resolution
from sayso.record.rows import (
    count_from,
    get_reading,
    get_report,
    holds,
    numbers_within,
    put_reading,
    put_report,
    reading_of_text,
    report_row,
    some_statements,
    twin_from,
    versions,
)
from sayso.record.runs import Progress, Run, Step, Summary, bug
from sayso.record.search import MOST, matching_actors
from sayso.reports import Publication, Report, content_hash
from sayso.spans import surface

T = TypeVar("T")

#: Reports whose rows a timeline keeps at hand.
_BUILT: Final = 64
#: What an id of an actor looks like.
_ID: Final = re.compile(r"[a-z]+:\S+")
#: Keys of a judgement's row that hold in its record only.
_OF_RECORD: Final = frozenset({"id", "stands", "contradicted_by", "contradicts", "statements"})


class Record:
    """A record at *path*, made if it is not there (unless ``create`` is False). Use it as a context manager or call close().

    Raises RecordError, with what to do, where the file cannot serve. ``write=False`` opens for reading only; *patience* is
    how many seconds to wait for another that is writing. Threads may share it.
    """

    def __init__(self, path: str | Path, *, create: bool = True, write: bool = True, patience: float | None = None) -> None:
        self.path = Path(path)
        self._write = write
        self._lock = threading.RLock()
        self._db = connect(self.path, create=create and write, write=write, patience=patience)
        self._version = self._judged = -1
        self._vectors = Vectors()
        try:
            self._own = RecordRegister(self._db, self.path, lock=self._lock)
            with self._asking():
                pass
        except BaseException:
            self._db.close()
            raise

    def _look(self) -> None:
        """Take note of what other processes judged or imported meanwhile. To be called in a transaction."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._vectors.clear()
            self._load()
            self._version = version

    def _load(self) -> None:
        """What rests on the record's own registers and judgements."""
        with self._asking(), self._checked(LookupError):
            (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM judgements").fetchone()
            if last != self._judged:  # they are only added to
                standing = judging.standing(self._db)
                self._links = judging.Links(standing)
                self._spoken = defaultdict[str, list[judging.Judgement]](list)  # on speakers, by text
                self._stood = defaultdict[str, list[judging.Judgement]](list)  # on positions
                self._stated = defaultdict[str, list[judging.Judgement]](list)  # on statements themselves
                for j in standing:
                    if j.text_id is not None and judging.FIELDS.get(j.kind) != "claim":
                        (self._stated if is_of_statements(j) else self._stood if j.kind == "position" else self._spoken)[j.text_id].append(j)
                self._alike = [j for j in standing if judging.FIELDS.get(j.kind) == "claim"]
                self._judged = last
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
            if self._inside():  # asked from within: one state already
                yield
            else:
                with transaction(self._db, self.path, write=False):
                    self._look()
                    yield

    def share(self, *, on: bool = True) -> bool:
        """Let others ask while one writes (SQLite's write-ahead log: two more files beside the record), or no more of it; whether it is so now.

        It can be turned off only by the last that has the record open, and stays on otherwise; the record is whole either way.
        """
        self._check_write()
        with self._lock:
            try:
                (mode,) = self._db.execute(f"PRAGMA journal_mode = {'WAL' if on else 'DELETE'}").fetchone()
            except sqlite3.OperationalError:  # others have it open
                (mode,) = self._db.execute("PRAGMA journal_mode").fetchone()
            return bool(mode == "wal")

    @property
    def state(self) -> int:
        """A number that is another whenever somebody else changed the record meanwhile (own changes do not count)."""
        with self._lock:
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
            return int(version)

    def _inside(self) -> bool:
        try:
            return self._db.in_transaction
        except sqlite3.ProgrammingError as error:  # closed
            raise explained(self.path, error) from None

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._lock:
            try:
                with transaction(self._db, self.path):
                    self._look()
                    yield
            except BaseException:
                self._vectors.clear()
                self._version = self._judged = -1  # what was noted of it did not come to be
                raise

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(
        self, paths: Iterable[str | Path], *, given: Publication | None = None, languages: Collection[str] | None = ("en",),
        jobs: int = 1, progress: Callable[[Progress], None] | None = None,
    ) -> Summary:
        """Read the reports at *paths* (files, folders, globs, "-") into the record.

        *given* are facts of publication that hold for all of them. Each report is one transaction; inputs that were read
        whole before and have not changed are passed over, so a run that was stopped goes on where it was. What cannot be
        read is named in the summary's problems, and the rest goes on; so is a text that lays a bug of sayso's open.
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
        run = Run(given or Publication(), languages, shared_models() if found else "", Inputs(self._db, self.path), summary)
        done = done_size = 0
        failed = False  # on a report of the input at hand
        with closing(read_texts(self._incoming(found, run), jobs=jobs)) as steps:
            for step, made in steps:
                if step.report is not None and not isinstance(made, Exception):
                    made = tried(lambda step=step, made=made: self._store(step, made, run))  # type: ignore[misc]
                if isinstance(made, Exception):
                    summary.problems.append(bug(step.place, made))
                    failed = True
                elif step.report is None:
                    if step.whole and not failed:
                        with self._changing():
                            run.inputs.put(step.item, step.origin, run.stamp)
                    failed = False
                    done += 1
                    done_size += step.item.size
                if progress is not None:
                    origin = step.report.origin if step.report else step.origin
                    progress(Progress(done, len(found), done_size, size, summary.read + summary.replaced, summary.statements, origin))
        return summary

    def _is_itself(self, item: Found) -> bool:
        path = Path(item.path)
        return path.name == self.path.name and path.exists() and path.samefile(self.path)

    def _incoming(self, found: Iterable[Found], run: Run) -> Iterator[tuple[str | None, Step]]:
        """The reports to store, and after the last one of each input the input itself; with the texts that are to be read."""
        for item in found:
            with self._asking():
                origin = run.inputs.origin(item)
                known = origin is not None and run.inputs.knows(item, origin, run.stamp)
                here, read = count_from(self._db, origin, run.models) if origin is not None and known else (0, 0)
            if origin is None or (known and here == read):
                run.summary.unchanged += here
                yield None, Step(item, item.origin)
                continue
            whole = True
            met: set[str] = set()
            for made in open_found(item, given=run.given, languages=run.languages):
                if isinstance(made, Problem):
                    run.summary.problems.append(made)
                    whole = False
                    continue
                step = self._step(item, origin, made, met, run)
                if step is not None and step.report is not None:
                    yield None if step.reading else step.report.text, step
                else:
                    run.summary.unchanged += 1
            yield None, Step(item, origin, whole=whole)

    def _step(self, item: Found, origin: str, made: Report, met: set[str], run: Run) -> Step | None:
        """What is to be done about the report *made*; None if it is there. *met* are the rows of this input so far."""
        alone = made.origin == item.origin and item.kind != "stdin"
        report = replace(made, origin=origin + made.origin[len(item.origin) :])
        with self._asking(), self._checked(LookupError):
            if not alone:
                # A row is known by text and facts, not by its line: lines move when others come and go above them.
                content = content_hash(report.text_id, *map(repr, report.publication.to_dict().items()))
                if content in met:
                    return None
                met.add(content)
                report = replace(report, origin=twin_from(self._db, report, origin) or report.origin)
            if holds(self._db, report, run.models):
                return None
            return Step(item, origin, report, made.origin, alone, reading_of_text(self._db, report.text_id, run.models))

    def _store(self, step: Step, fresh: Reading | None, run: Run) -> None:
        reading = fresh or step.reading
        assert step.report is not None and reading is not None
        with self._changing():
            replaced = self._put_report(step.report, reading, alone=step.alone)
            run.inputs.put(step.item, step.origin, None)
        run.summary.read += not replaced
        run.summary.replaced += replaced
        run.summary.statements += len(reading.statements)

    def add(self, reports: Iterable[Report], *, progress: Callable[[Progress], None] | None = None) -> Summary:
        """Read these reports into the record, each in one transaction; one that is there as it is changes nothing.

        For texts that lie in no file; read() takes files. Of two at one origin the later is a new version.
        """
        self._check_write()
        models = shared_models()
        summary = Summary()
        done = 0

        def wanted() -> Iterator[tuple[str | None, tuple[Report, Reading | None]]]:
            for report in reports:
                with self._asking(), self._checked(LookupError):
                    there = holds(self._db, report, models)
                    known = None if there else reading_of_text(self._db, report.text_id, models)
                if there:
                    summary.unchanged += 1
                else:
                    yield None if known else report.text, (report, known)

        with closing(read_texts(wanted())) as steps:
            for (report, known), made in steps:
                if not isinstance(made, Exception):
                    made = tried(lambda report=report, reading=made or known: self._put_new(report, reading, summary))  # type: ignore[misc]
                if isinstance(made, Exception):
                    summary.problems.append(bug(report.origin, made))
                done += 1
                if progress is not None:
                    size = len(report.text)
                    progress(Progress(done, done, size, size, summary.read + summary.replaced, summary.statements, report.origin))
        return summary

    def _put_new(self, report: Report, reading: Reading, summary: Summary) -> None:
        with self._changing():
            replaced = self._put_report(report, reading, alone=True)
        summary.read += not replaced
        summary.replaced += replaced
        summary.statements += len(reading.statements)

    def _put_report(self, report: Report, machine: Reading, *, alone: bool) -> bool:
        """Write one report with what the machine read and persons judged; True if it replaces one."""
        reading, corrected = self._corrected(report, machine)
        replaced = put_report(self._db, report, reading, alone=alone)
        self._put_aside(report, machine, corrected)
        self._put(report, reading)
        return replaced

    def _put_over(self, report: Report, machine: Reading) -> Reading:
        """Write what the machine read in a report that is there, and persons judged, in place of what it has."""
        reading, corrected = self._corrected(report, machine)
        put_reading(self._db, report, reading)
        self._put_aside(report, machine, corrected)
        self._put(report, reading)
        return reading

    def _corrected(self, report: Report, machine: Reading) -> tuple[Reading, Corrected | None]:
        judged = self._stated.get(report.text_id)
        if not judged:
            return machine, None
        made = corrected(report.text, machine, judged)
        return made.reading, made

    def _put_aside(self, report: Report, machine: Reading, made: Corrected | None) -> None:
        if made is None:
            forget_aside(self._db, report.id)
        else:
            put_aside(self._db, report.id, machine, made)

    def reread(self, *, jobs: int = 1, progress: Callable[[Progress], None] | None = None) -> Summary:
        """Bring every report up to date: read again what other models read, resolve again what another registry resolved.

        One that lays a bug of sayso's open stays as it is, and is named in the summary's problems.
        """
        self._check_write()
        models = shared_models()
        summary = Summary()
        with self._asking():
            stale = dict(self._db.execute(
                "SELECT report_id, models <> ?1 FROM reports LEFT JOIN found USING (report_id) LEFT JOIN claims_made USING (report_id) "
                "LEFT JOIN quotes_made USING (report_id) WHERE models <> ?1 OR registry IS NOT ?2 OR scorer IS NOT ?3 OR rules IS NOT ?4 "
                "ORDER BY report_id", (models, self._registry, shared_scorer().id, quoting.rules()),
            ))
            (total,) = self._db.execute("SELECT count(*) FROM reports").fetchone()
        summary.unchanged = total - len(stale)
        texts = ((report.text if stale[report.id] else None, report) for report in map(self._held, stale))
        with closing(read_texts(texts, jobs=jobs)) as steps:
            for done, (report, made) in enumerate(steps, 1):
                if not isinstance(made, Exception):
                    made = tried(lambda report=report, made=made: self._put_again(report, made, summary))  # type: ignore[misc]
                if isinstance(made, Exception):
                    summary.problems.append(bug(report.origin, made))
                if progress is not None:
                    progress(Progress(done, len(stale), done, len(stale), summary.replaced, summary.statements, report.origin))
        return summary

    def _put_again(self, report: Report, fresh: Reading | None, summary: Summary) -> None:
        with self._changing():
            if fresh is not None:
                self._put_over(report, fresh)
                reading = self.reading(report.id)
            else:
                reading = self.reading(report.id)
                self._put(report, reading)
        summary.replaced += 1
        summary.statements += len(reading.statements)

    def _put(self, report: Report, reading: Reading) -> None:
        """Write what rests on the reading of one report: who speaks, which claims are made, and what is quoted."""
        resolution = self._resolved(report, reading)
        put_resolution(self._db, report, reading, resolution, self._registry)
        (current,) = self._db.execute("SELECT current FROM reports WHERE report_id = ?", (report.id,)).fetchone()
        contents = positioned(contents_of(report, reading, resolution), reading.statements, self._stood.get(report.text_id, [])) if current else []
        # nodes that were judged one or apart may come or go with this report: what holds is looked up when it is written
        put_contents(self._db, report.id, contents, shared_scorer(), self._vectors, lambda: self._judged_nodes(self._alike))
        keys = [self._known(key) for key in speaker_keys(reading.statements, resolution.voices)]
        numbers = {s.id(report.id): n for n, s in enumerate(reading.statements)}
        found = stretches_of(report, reading.statements, keys) if current else []
        stretches = [(s, None if s.statement_id is None else numbers[s.statement_id]) for s in found]
        quoting.put_stretches(self._db, report.id, report.text, stretches, lambda: self._judged_stretches(self._alike))

    def _known(self, key: SpeakerKey | None) -> SpeakerKey | None:
        """The speaker with the ids that stand for those judged to be the same."""
        if key is None:
            return None
        one = self._links.canonical
        return replace(key, id=one(key.id), members=frozenset(map(one, key.members)), around=frozenset(map(one, key.around)))

    def _judged_stretches(self, judgements: Iterable[judging.Judgement]) -> quoting.Judged:
        """What *judgements* on statements say of the stretches that they quote, in every report of their texts."""
        same: dict[tuple[str, str], bool] = {}  # of two judgements the later holds
        for j in sorted(judgements, key=lambda j: j.order):
            if j.text_id is not None and j.place is not None and j.value is not None:
                others = self._stretches_held(*judging.other_place(j.value))
                for a in self._stretches_held(j.text_id, j.place):
                    same |= {(min(a, b), max(a, b)): j.kind == "same claim" for b in others if a != b}
        return quoting.Judged((pair for pair, one in same.items() if one), (pair for pair, one in same.items() if not one))

    def _stretches_held(self, text_id: str, place: judging.Place) -> list[str]:
        """The first stretch of the statement to which a place holds on, in each report of the text."""
        found = (quoting.stretches_at(self._db, *statement) for statement in self._statements_held(text_id, place))
        return [key for key in found if key is not None]

    def _statements_held(self, text_id: str, place: judging.Place) -> Iterator[tuple[str, int]]:
        """Report and number of the statement to which a place holds on, in each report of the text."""
        probe = judging.Judgement(0, "", "", "", "position", text_id=text_id, place=place)
        rows = self._db.execute("SELECT report_id FROM reports WHERE text_id = ? AND current ORDER BY report_id", (text_id,)).fetchall()
        for (report_id,) in rows:
            for number in attached([probe], get_reading(self._db, report_id).statements).values():
                yield report_id, number

    def _judged_nodes(self, judgements: Iterable[judging.Judgement]) -> Judged:
        """What *judgements* on statements say of the nodes of their contents."""
        same: list[tuple[str, str, int]] = []
        apart: list[tuple[str, str]] = []
        for j in sorted(judgements, key=lambda j: j.order):
            if j.text_id is None or j.place is None or j.value is None:
                continue
            other_text, other_place = judging.other_place(j.value)
            pair = closest(self._db, self._contents_held(j.text_id, j.place), self._contents_held(other_text, other_place), shared_scorer())
            if pair is None:
                continue
            a, b, sign = pair
            same = [s for s in same if {s[0], s[1]} != {a, b}]  # of two the later holds
            apart = [s for s in apart if set(s) != {a, b}]
            if j.kind == "same claim":
                same.append((a, b, sign))
            else:
                apart.append((a, b))
        return Judged(same, apart)

    def _contents_held(self, text_id: str, place: judging.Place) -> list[tuple[str, int]]:
        """Nodes and signs of the contents of the statement to which a place holds on."""
        for report_id, number in self._statements_held(text_id, place):
            return [(node, sign) for _, node, sign in contents_at(self._db, report_id, number)]
        return []

    def _resolved(self, report: Report, reading: Reading) -> Resolution:
        """The resolution of one report, with what persons judged about its speakers."""
        resolution = resolve_reading(report, reading, self._register, shipped())
        published = report.publication.published[:10] if report.publication.published else None

        def whole(actor: Actor) -> list[Actor]:
            return above(self._register, actor, published)

        judged = self._spoken.get(report.text_id, [])
        return sided(overlaid(resolution, reading.statements, judged, self._actor_of, whole), self._canonical, whole)

    def _actor_of(self, value: str) -> Actor:
        """The actor with this id, else the one known by this name, else one made of the name."""
        known = self._register.actor(value)
        if known is None:
            with self._asking():
                known = get_actor(self._db, value)
        if known is None:
            named = [n.actor for n in self._register.named(folded(value)) if n.how in ("name", "alias")]
            known = self._register.actor(named[0]) if len(set(named)) == 1 else None
        if known is None and value.startswith("name:"):  # of another record, and not in this one's reports
            return Actor(value, value[5:].split("@")[0].replace("-", " ").title(), "person")
        return known or Actor(f"name:{slug(person_key(value))}", value, "person")

    # -- judging ---------------------------------------------------------------------------------------------------

    def judge(self, kind: str, a: str, b: str | Mapping[str, Any] | None = None, *, coder: str) -> dict[str, Any]:
        """Write down a person's decision.

        "same" or "not same" of two actors (ids); "speaker" of a statement (its id, and who); "right" or "wrong" of a statement (its
        id, and "statement" or "speaker"; the former if not said); "spans" of a statement (its id, and the right ones as
        ``{"source": [[start, end], …], "cue": …, "content": …}``); "missed" in a report (its id, and the spans).
        "same" and "not same" of two statements (ids): whether they make one claim, and quote one utterance. "position" of a statement:
        its speaker is "for" or "against" what it says, or neither ("other").

        Gives the judgement as a row, with its id and those of the judgements that it contradicts: of two, the later holds.
        Reports that it touches are resolved again, in one transaction with it. Raises SaysoError where there is no such
        actor or statement, or somebody cannot be told from others.
        """
        self._check_write()
        if kind in ("spans", "missed"):
            if not isinstance(b, Mapping):
                raise SaysoError(f"a judgement {kind!r} without spans", "Give them")
            made = self._judging(lambda: self._judge_spans("spans" if kind == "spans" else "missed", a, b, coder))
        elif b is not None and not isinstance(b, str):
            raise SaysoError(f"a judgement {kind!r} has no spans", "Leave them out")
        elif kind in ("right", "wrong"):
            made = self._judging(lambda: self._judge_whether("right" if kind == "right" else "wrong", a, b or "statement", coder))
        elif kind == "speaker":
            made = self._judging(lambda: self._judge_speaker(a, b or "", coder))
        elif kind == "position":
            made = self._judging(lambda: self._judge_statement("position", a, b or "", coder))
        elif kind in ("same", "not same") and b is not None and self._are_statements(a, b):
            claim: judging.Kind = "same claim" if kind == "same" else "not same claim"
            made = self._judging(lambda: self._judge_statement(claim, a, judging.place_value(*self._place_of(b)), coder))
        elif kind in ("same", "not same"):
            made = self._judging(lambda: self._judge_pair("same" if kind == "same" else "not same", a, b or "", coder))
        else:
            raise SaysoError(f"there is no judgement {kind!r}", "It is one of: " + ", ".join(judging.ASKED))
        contradicted = [row["id"] for row in self.judgements() if made.id in row["contradicted_by"]]
        return {"id": made.id, **made.to_row(), "contradicts": contradicted}

    def _judge_pair(self, kind: judging.Kind, a: str, b: str, coder: str) -> judging.Judgement:
        for one in (a, b):
            if self._register.actor(one) is None and get_actor(self._db, one) is None:
                raise SaysoError(f"there is no actor {one!r}", "Give ids: sayso actors RECORD --format jsonl has them")
        return judging.add(self._db, kind, coder, a=a, b=b)

    def _are_statements(self, *ids: str) -> bool:
        return all(self._db.execute("SELECT 1 FROM statements WHERE statement_id = ?", (i,)).fetchone() for i in ids)

    def _place_of(self, statement_id: str) -> tuple[str, judging.Place]:
        """The text and the spans of a statement."""
        row = self._db.execute("SELECT report_id, number FROM statements WHERE statement_id = ?", (statement_id,)).fetchone()
        if row is None:
            raise SaysoError(f"there is no statement {statement_id!r}", "sayso statements RECORD --format jsonl has the ids")
        reading = get_reading(self._db, row[0])
        s = reading.statements[row[1]]
        return reading.text_id, judging.Place(s.source, s.cue, s.content)

    def _judge_statement(self, kind: judging.Kind, statement_id: str, value: str, coder: str) -> judging.Judgement:
        text_id, place = self._place_of(statement_id)
        return judging.add(self._db, kind, coder, text_id=text_id, place=place, value=value)

    def _judge_speaker(self, statement_id: str, who: str, coder: str) -> judging.Judgement:
        text_id, place = self._place_of(statement_id)
        return judging.add(self._db, "speaker", coder, text_id=text_id, place=place, value=self._one(who.strip()))
    def _judge_whether(self, kind: judging.Kind, statement_id: str, field: str, coder: str) -> judging.Judgement:
        text_id, place = self._place_of(statement_id)
        value = None
        if field == "speaker":
            voice = self._voice_of(statement_id)
            if voice is None or voice.speaker is None:
                raise SaysoError("no speaker was found whom one could judge", "Say who it is: a judgement speaker")
            value = voice.speaker.id
        return judging.add(self._db, kind, coder, text_id=text_id, place=place, field=field, value=value)

    def _judge_spans(self, kind: judging.Kind, one: str, spans: Mapping[str, Any], coder: str) -> judging.Judgement:
        """*one*: the id of a statement, or for one that was missed of a report."""
        try:
            right = judging.Place.from_dict(spans)
        except ValueError as error:
            raise SaysoError(str(error), "Give [[start, end], …] for source, cue and content") from None
        place, value = right, None
        if kind == "spans":
            text_id, place = self._place_of(one)
            value = json.dumps(right.to_dict())
            if right == place:
                raise SaysoError("these are the spans that it has", "Judge it right instead")
        row = self._db.execute(
            "SELECT text_id, length(text) FROM reports JOIN texts USING (text_id) WHERE report_id = ? OR text_id = ?",
            (one, text_id if kind == "spans" else None),
        ).fetchone()  # fmt: skip
        if row is None:
            raise SaysoError(f"there is no report {one!r}", "Give the id of one")
        if any(end > row[1] for part in (right.source, right.cue, right.content) for _, end in part):
            raise SaysoError(f"the spans reach beyond the text of {row[1]} characters", "Correct them")
        return judging.add(self._db, kind, coder, text_id=row[0], place=place, value=value)

    def _voice_of(self, statement_id: str) -> Voice | None:
        """Who makes a statement that is there."""
        report_id, number = self._db.execute("SELECT report_id, number FROM statements WHERE statement_id = ?", (statement_id,)).fetchone()
        found, voices = some_statements(self._db, report_id, [number])
        return voices[list(found).index(number)] if voices else None


    def _one(self, who: str) -> str:
        """The id of the actor with this id or name; *who* itself if it is the name of somebody new."""
        if self._register.actor(who) is not None or get_actor(self._db, who) is not None:
            return who
        if _ID.fullmatch(who):
            raise SaysoError(f"there is no actor {who!r}", "Give an id that sayso actors RECORD --format jsonl has, or a name")
        named = {n.actor for n in self._register.named(folded(who)) if n.how in ("name", "alias")} | bearing(self._db, who)
        ids = sorted({self._links.canonical(i) for i in named})
        if len(ids) > 1:
            raise SaysoError(f"{who!r} may mean several: {', '.join(ids[:6])}", "Give the id of one")
        return ids[0] if ids else who

    def undo(self, judgement: int, *, coder: str) -> dict[str, Any]:
        """Withdraw the judgement with this id; withdrawing a withdrawal brings it back. Raises SaysoError if there is none."""
        self._check_write()
        made = self._judging(lambda: judging.undo(self._db, judgement, coder))
        return {"id": made.id, **made.to_row()}

    def judgements(self) -> Iterator[dict[str, Any]]:
        """Every judgement, the earliest first: a row with its id, and whether it *stands*, or was withdrawn.

        *contradicted_by* are the ids of later ones for which it does not hold although it stands; *statements*, for a
        speaker, the ids of those that it holds on to, in each report of its text (none: nothing there is like it any more).
        """
        with self._asking(), self._checked(LookupError):
            every = judging.all(self._db)
            standing = judging.standing(self._db)
            held = self._holding(every)
            ids = {j.uid: j.id for j in every}
            against = {c.judgement.uid: sorted(ids[j.uid] for j in c.against) for c in self._links.conflicts()}
            told = [j for j in standing if j.text_id is not None and not is_of_statements(j) and judging.FIELDS.get(j.kind) != "claim"]
            latest = {(s, j.kind == "position"): j for j in told for s in held.get(j.uid, ())}
            for j in told:
                others = {one.id for s in held.get(j.uid, ()) for one in (latest[s, j.kind == "position"],) if not agree(one, j)}
                against.setdefault(j.uid, sorted(others))
            for text_id in self._stated:
                for report_id, in self._db.execute("SELECT report_id FROM reports WHERE text_id = ? AND current", (text_id,)).fetchall():
                    reading = machines(self._db, report_id, get_reading(self._db, report_id))
                    made = corrected(get_report(self._db, report_id).text, reading, self._stated[text_id])
                    for uid, later in made.against.items():
                        against[uid] = [later.id]
            stands = {j.uid for j in judging.effective(every)}
            rows = [
                {"id": j.id, **j.to_row(), "stands": j.uid in stands, "contradicted_by": against.get(j.uid, []), "statements": held.get(j.uid, [])}
                for j in every
            ]
        return iter(rows)

    def bring_in(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add judgements that another record's judgements() gave; how many were new. Raises SaysoError for a row that cannot be."""
        self._check_write()
        plain = [{k: v for k, v in row.items() if k not in _OF_RECORD} if isinstance(row, Mapping) else row for row in rows]
        return self._judging(lambda: judging.from_rows(self._db, plain))

    def _judging(self, judge: Callable[[], T]) -> T:
        """Write down what *judge* adds, and resolve again the reports that it touches, and no others; all or nothing."""
        with self._changing(), self._checked(LookupError):
            links, spoken, stood, alike, stated = self._links, self._spoken, self._stood, self._alike, self._stated
            before, before_quoted = self._judged_nodes(alike), self._judged_stretches(alike)
            made = judge()
            self._load()
            other = links.changed(self._links)
            for one in sorted({self._links.canonical(i) for i in other}):
                actor = self._register.actor(one)
                if actor is not None:  # whom no report has named so far
                    put_actors(self._db, [actor])
            touched = speaking_in(self._db, other)
            anew: set[str] = set()  # other statements, not only other speakers or positions
            for old, new, into in ((spoken, self._spoken, touched), (stood, self._stood, touched), (stated, self._stated, anew)):
                for text_id in sorted(t for t in {*old, *new} if old.get(t) != new.get(t)):
                    into |= {i for (i,) in self._db.execute("SELECT report_id FROM reports WHERE text_id = ?", (text_id,))}
            for report_id in sorted(touched | anew):
                report, reading = get_report(self._db, report_id), get_reading(self._db, report_id)
                if report_id in anew:
                    self._put_over(report, machines(self._db, report_id, reading))
                else:
                    self._put(report, reading)
            if alike != self._alike:
                now = self._judged_nodes(self._alike)
                regroup(self._db, {*before.nodes, *now.nodes}, shared_scorer(), now)
                quoted = self._judged_stretches(self._alike)
                quoting.regroup(self._db, {*before_quoted.stretches, *quoted.stretches}, quoted)
        return made

    def _holding(self, every: Iterable[judging.Judgement]) -> dict[str, list[str]]:
        """Ids of the statements that each judgement on a speaker (by uid) holds on to, in the current reports of its text."""
        out: dict[str, list[str]] = defaultdict(list)
        by_text: dict[str, list[judging.Judgement]] = defaultdict(list)
        for j in every:
            if j.text_id is not None:
                by_text[j.text_id].append(j)
        for text_id, some in by_text.items():
            for (report_id,) in self._db.execute("SELECT report_id FROM reports WHERE text_id = ? AND current ORDER BY report_id", (text_id,)):
                reading = get_reading(self._db, report_id)
                for uid, number in self._held_in(report_id, reading, some).items():
                    if number is not None:
                        out[uid].append(reading.statements[number].id(report_id))
        return out

    def claims(
        self, claim: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The claims that two contents or more make, those first on which most speakers take a position; with *claim* (an id) that one.

        Rows have id, label, for, against and other (each a list of positions: speaker, side, statement, said_on …). A filter keeps
        the claims of which some position matches all that are given: an actor who speaks, a side, an actor or words that it is
        about, part of an outlet's name, first and last day. An id under which a claim went before it was joined to another leads
        to that. Raises SaysoError where there is no such claim.
        """
        found = self._claims(claim, speaker, side, about, outlet, since, until)
        found.sort(key=lambda c: (-len(c.standing("for").keys() | c.standing("against").keys()), -len(c.contents), c.id))
        return self._rows_of(found[:limit])

    def disputes(
        self, claim: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The claims with opposed positions, those first of which most stands on either side; rows and filters as of claims()."""
        return self._rows_of(disputes_of(self._claims(claim, speaker, side, about, outlet, since, until))[:limit])

    def _claims(
        self, claim: str | None, speaker: str | None, side: str | None, about: str | None, outlet: str | None, since: str | None, until: str | None
    ) -> list[Claim]:
        with self._asking(), self._checked(LookupError):
            groups = None
            if claim is not None:
                founders = [c for c in all_contents(self._db) if founder_id(c) == claim]
                groups = group_of(self._db, founders)
                if not groups:
                    raise SaysoError(f"there is no claim {claim!r}", "sayso claims RECORD --format jsonl has the ids")
            by, of, among = (self._same(words) if words else None for words in (speaker, about, side))
            wanted = Asked(outlet=fold(outlet), since=day(since), until=day(until), speaker=by, side=among, about=of, words=fold(about))
            found = get_claims(self._db, shared_scorer(), groups=groups, several=True, change=self._told)
            return [c for c in found if claim is not None or wanted.by(c)]

    def _rows_of(self, found: Iterable[Claim]) -> Iterator[dict[str, Any]]:
        for claim in found:
            with self._asking(), self._checked(LookupError):
                texts = {c.report: get_report(self._db, c.report).text for c in claim.contents}
                row = claim_row(claim, texts.__getitem__, lambda i: self._register.actor(i) or get_actor(self._db, i))
            yield row

    def quotes(
        self, quote: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, text: str | None = None, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """The utterances that are quoted twice or more, those first that most texts carry; with *quote* (an id) that one.

        Rows have id, speaker, variants (text, report, statement, change, diff …; the fullest first, and the others held against it, in
        the order of publication), first and carriers (reports in the order of publication, each with the first one of which its text
        is a copy), texts (copies counted once) and reports. A filter keeps the quotes of which some variant matches all that are
        given, as for statements(); *text* is looked for in the words quoted. An id under which a quote went before it began earlier
        or was joined to another leads to that. Raises SaysoError where there is no such quote.
        """
        wanted = self._wanted(speaker=speaker, side=side, about=about, text=None, since=since, until=until)
        filtered = any(value is not None for value in (speaker, side, about, outlet, since, until, text))
        with self._asking(), self._checked(LookupError):
            among = None
            if quote is not None:
                number = quoting.quote_under(self._db, quote)
                if number is None:
                    raise SaysoError(f"there is no quote {quote!r}", "sayso quotes RECORD --format jsonl has the ids")
                among = [number]
            texts = dict(self._db.execute("SELECT report_id, text_id FROM reports WHERE current"))
            copies = quoting.copied(self._db, texts.values())
            held: dict[int, list[quoting.Member]] = {}
            for member in quoting.members(self._db, among):
                held.setdefault(member.quote, []).append(member)
            if filtered and quote is None:
                fits = self._quoted(wanted, fold(outlet), fold(text))
                matching = {m.quote for m in sorted((m for some in held.values() for m in some), key=lambda m: m.report_id) if fits(m)}
                held = {n: some for n, some in held.items() if n in matching}

        def rank(n: int) -> tuple[int, int, str, int]:
            reports = {m.report_id for m in held[n]}
            return -len({copies[texts[r]] for r in reports}), -len(reports), min(m.published or "~" for m in held[n]), n

        return self._quotes(sorted(held, key=rank)[:limit], copies)

    def _quotes(self, numbers: Iterable[int], copies: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        for number in numbers:
            with self._asking(), self._checked(LookupError):
                members = quoting.stretches_in(self._db, number)
                if not members:  # the record has changed meanwhile
                    continue
                reports = {s.report_id: get_report(self._db, s.report_id) for s in members}
                row = quote_row(quote_of(members, {**{s.text_id: s.text_id for s in members}, **copies}), reports, copies, self._actor_with)
            yield row

    def _actor_with(self, actor_id: str) -> Actor | None:
        actor = self._register.actor(actor_id) or get_actor(self._db, actor_id)
        return None if actor is None else self._canonical(actor)

    def _quoted(self, wanted: Wanted, outlet: str, text: str) -> Callable[[quoting.Member], bool]:
        """Whether a stretch matches; asked by report, so that what is known of one is not looked up for each."""
        known: tuple[str, Report, dict[int, tuple[str, str]], dict[int, list[str | None]]] | None = None

        def fits(member: quoting.Member) -> bool:
            nonlocal known
            if known is None or known[0] != member.report_id:
                rows = self._db.execute(
                    "SELECT number, source_text, cue_text, content_text FROM statements WHERE report_id = ?", (member.report_id,)
                )
                parts = {number: [source, cue, content] for number, source, cue, content in rows}
                known = member.report_id, get_report(self._db, member.report_id), dates.days(self._db, member.report_id), parts
            _, report, days, parts = known
            words = surface(report.text, member.spans)
            number = -1 if member.number is None else member.number
            return (
                outlet in fold(report.publication.outlet) and text in fold(words)
                and wanted.said_then(days.get(number), report.publication.published)
                and wanted.holds(member.report_id, number, parts.get(number, [None, None, words]))
            )

        return fits

    def _same(self, words: str) -> set[str]:
        """Ids of the actors whom *words* may mean, and of those judged to be the same."""
        return {same for i in meant(self._db, words, self._register) for same in self._links.members(i)}

    def _told(self, c: Content) -> Content:
        """A content with the actors that stand for those judged to be the same."""
        return replace(c, voices=tuple(map(self._canonical, c.voices)), side=None if c.side is None else self._canonical(c.side))

    def figures(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Things of which different speakers say numbers that exclude each other, with who says which, and where."""
        with self._asking(), self._checked(LookupError):
            found = conflicts_of(map(self._told, every_content(self._db)))[:limit]
            rows = [figures_row(c, lambda report_id: get_report(self._db, report_id).text) for c in found]
        return iter(rows)

    def unanswered(
        self, *, outlet: str | None = None, since: str | None = None, until: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Accusations whose report carries no statement by the accused, or by anybody of their side; by report and place in it."""
        first, last = day(since) or "", day(until) or "9999"
        every = (row for report_id in self._current(outlet=fold(outlet)) for row in self._unanswered(report_id))
        rows = (row for row in every if not (since or until) or first <= (row["published"] or "") <= last)
        return islice(rows, limit)

    def _unanswered(self, report_id: str) -> list[dict[str, Any]]:
        with self._asking(), self._checked(LookupError):
            report, reading = get_report(self._db, report_id), get_reading(self._db, report_id)
            voices = get_voices(self._db, report_id)
            return [unanswered_row(u, report.text) for u in unanswered_of(report, reading, Resolution((), voices))] if voices else []

    def _held_in(self, report_id: str, reading: Reading, some: Iterable[judging.Judgement]) -> dict[str, int | None]:
        """Which statement of a report each judgement of its text (by uid) holds on to; None: one that was judged to be none."""
        judgements = list(some)
        held: dict[str, int | None] = dict(attached([j for j in judgements if not is_of_statements(j)], reading.statements))
        if self._stated.get(reading.text_id):
            made = corrected(get_report(self._db, report_id).text, machines(self._db, report_id, reading), self._stated[reading.text_id])
            held |= made.held
        return held

    def judged(self, report_id: str) -> dict[str, Any]:
        """What persons judged about one report: *statements*, for each id of a statement the rows of the judgements that hold on to it, the
        latest last; *struck*, the statements of the machine that were judged to be none, each with the *judgement*.

        Raises KeyError if the record does not hold the report.
        """
        with self._asking(), self._checked():
            report, reading = get_report(self._db, report_id), get_reading(self._db, report_id)
            some = [j for judged in (self._spoken, self._stood, self._stated) for j in judged.get(report.text_id, ())]
            out: dict[str, list[dict[str, Any]]] = defaultdict(list)
            if not some:
                return {"statements": out, "struck": []}
            held = self._held_in(report_id, reading, some)
            for j in sorted(some, key=lambda j: j.order):
                number = held.get(j.uid)
                if number is not None:
                    out[reading.statements[number].id(report_id)].append({"id": j.id, **j.to_row()})
            struck = []
            if self._stated.get(report.text_id):
                machine = machines(self._db, report_id, reading)
                made = corrected(report.text, machine, self._stated[report.text_id])
                for s, j2 in zip(machine.statements, made.struck, strict=True):
                    if j2 is not None:
                        words = {key: surface(report.text, getattr(s, key)) for key in ("source", "cue", "content")}
                        struck.append({"id": s.id(report_id), **words, "judgement": {"id": j2.id, **j2.to_row()}})
            return {"statements": out, "struck": struck}

    def became(self, statement_id: str) -> tuple[str, str | None]:
        """The report of a statement that the machine found and persons judged, and the statement that it became; None: it was judged to be none.

        Raises KeyError for one of which that cannot be said.
        """
        with self._asking(), self._checked(LookupError):
            row = self._db.execute("SELECT 1 FROM moved WHERE statement_id = ?", (statement_id,)).fetchone()
            found = became(self._db, statement_id) if row is not None else None
        if found is None:
            raise KeyError(statement_id)
        return found

    def proposals(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Pairs of actors that may be one, the likeliest first, with the evidence; those judged already are left out."""
        with self._asking(), self._checked(LookupError):
            known = list(seen(self._db, self._register, self._links.canonical))
            links = self._links
        rows = (
            {"a": p.a, "b": p.b, "names": list(p.names), "score": p.score, "evidence": list(p.evidence)}
            for p in proposals(known, self._register)
            if links.canonical(p.a) != links.canonical(p.b) and not links.apart(p.a, p.b)
        )
        return islice(rows, limit)

    def import_register(
        self, path: str | Path, *, state: str | None = None, progress: Callable[[int], None] | None = None,
        resolving: Callable[[Progress], None] | None = None,
    ) -> ImportSummary:  # fmt: skip
        """Import a larger register of actors (FollowTheMoney, offices as CSV, Wikidata results), then resolve the reports with it.

        *state* is where the offices are held, if the file does not say. Raises SaysoError where the file cannot be taken.
        """
        self._check_write()
        with self._lock:
            summary = import_register(
                self._db, self.path, read_register(path, state=state), file=writable(str(path)), digest=file_digest(path, state), progress=progress
            )
            self._load()
        with self._asking():  # also what an import that was stopped left to do
            query = "SELECT count(*) FROM reports LEFT JOIN found USING (report_id) WHERE registry IS NOT ?"
            (stale,) = self._db.execute(query, (self._registry,)).fetchone()
        if stale:
            problems = self.reread(progress=resolving).problems
            summary.problems += problems
            summary.problem_count += len(problems)
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
        (inclusive) on which it was said: one of which only the month is known matches if it may have been then. Where the
        text does not tell, the day of publication stands for it; without that, it does not match. *nested* asks for
        statements inside others, or for those in none. Raises SaysoError for a filter that cannot be.
        """
        query, values = statement_query(form=form, act=act, stance=stance, min_confidence=min_confidence, nested=nested)
        wanted = self._wanted(speaker=speaker, side=side, about=about, text=text, since=since, until=until)
        reports = self._current(outlet=fold(outlet))
        rows = (row for report_id in reports if wanted.may_hold(report_id) for row in self._matching(report_id, query, values, wanted))
        return islice(rows, limit)

    def timeline(
        self, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None, since: str | None = None,
        until: str | None = None, min_confidence: float = 0.0, limit: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Rows (sayso.schema()) of the statements that match every filter given, as for statements(), in the order in which they were made.

        One whose time is not known stands where its report was published, after those said on that day: by then it was said.
        Those of which neither is known come last.
        """
        query, values = statement_query(form=None, act=None, stance=None, min_confidence=min_confidence, nested=None)
        wanted = self._wanted(speaker=speaker, side=side, about=about, text=None, since=since, until=until)
        found = []
        for report_id in self._current(outlet=fold(outlet)):
            if wanted.may_hold(report_id):
                published, known, hits = self._hits(report_id, query, values, wanted)
                for number in hits:
                    first, last = known.get(number, ("", published or ""))
                    found.append(((last == "", last, first == "", first), report_id, number))
        found.sort()  # of one report in the order of its text; of several, of their ids
        return islice(self._in_order(found[:limit]), limit)

    def _in_order(self, found: list[tuple[tuple[bool, str, bool, str], str, int]]) -> Iterator[dict[str, Any]]:
        """Rows of the statements with these reports and numbers; a report is not built again for each."""
        made: dict[str, list[dict[str, Any]]] = {}
        for _, report_id, number in found:
            if report_id not in made:
                if len(made) >= _BUILT:
                    made.pop(next(iter(made)))
                made[report_id] = self._rows(report_id)
            yield made[report_id][number]

    def _wanted(
        self, *, speaker: str | None, side: str | None, about: str | None, text: str | None, since: str | None, until: str | None
    ) -> Wanted:  # fmt: skip
        by, of, sides = self._heard(speaker, BY), self._heard(about, ABOUT), self._heard(side, SIDE)
        return Wanted(fold(speaker), fold(about), fold(text), by, of, sides, day(since), day(until))

    def _heard(self, words: str | None, relations: tuple[str, ...]) -> dict[str, set[int]] | None:
        """Where the actors that *words* mean stand in *relations*; None where no words are given."""
        if words is None:
            return None
        with self._asking(), self._checked(LookupError):
            ids = meant(self._db, words, self._register, whole=relations == SIDE)
            return heard(self._db, {same for i in ids for same in self._links.members(i)}, relations)

    def _matching(self, report_id: str, query: str, values: list[Any], wanted: Wanted) -> list[dict[str, Any]]:
        """Rows of the statements of one report that *query* finds and that are wanted."""
        with self._asking():
            _, _, hits = self._hits(report_id, query, values, wanted)
            rows = self._rows(report_id) if hits else []
        return [rows[number] for number in hits]

    def _hits(self, report_id: str, query: str, values: list[Any], wanted: Wanted) -> tuple[str | None, dict[int, tuple[str, str]], list[int]]:
        """The day of publication of one report, on which days its statements were made, and the numbers of those that are wanted."""
        with self._asking(), self._checked(LookupError):
            (published,) = self._db.execute("SELECT published FROM reports WHERE report_id = ?", (report_id,)).fetchone()
            known = dates.days(self._db, report_id)
            return published, known, [
                number for number, *parts in self._db.execute(query, (report_id, *values))
                if wanted.said_then(known.get(number), published) and wanted.holds(report_id, number, parts)
            ]

    def _rows(self, report_id: str) -> list[dict[str, Any]]:
        """Rows of all statements of one report."""
        with self._asking(), self._checked(LookupError):
            report, found = get_report(self._db, report_id), get_reading(self._db, report_id).statements
            voices = get_voices(self._db, report_id)
            if voices and len(voices) != len(found):
                raise ValueError("voices are missing")
            return list(statement_rows(
                report.text, found, voices, report_id=report_id, origin=report.origin, publication=report.publication, canonical=self._canonical,
                said=dates.get_said(self._db, report_id, len(found)),
            ))

    def find_statements(
        self, words: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, report: str | None = None,
        outlet: str | None = None, since: str | None = None, until: str | None = None, form: str | None = None, act: str | None = None,
        stance: str | None = None, min_confidence: float = 0.0, nested: bool | None = None, order: str = "newest", offset: int = 0, limit: int = 25,
    ) -> Page:  # fmt: skip
        """One page of the statements that match every filter given, found in the index: quick in a large record, too.

        *words* are looked for in the whole statement, inflected or not; those between quotation marks in this order. The other
        filters are those of statements(), but *speaker*, *side* and *about* are actors only, and *report* is the id of one.
        *order* is "newest" or "oldest" by day of publication, or "said", the earliest said first. Raises SaysoError for a filter that cannot be.
        """
        self._check_page(order, offset, limit)
        with self._asking(), self._checked(LookupError):
            actors = [(ids, relations) for who, relations in ((speaker, BY), (side, SIDE), (about, ABOUT)) for ids in self._ids(who)]
            hits, total = find_statements(
                self._db, words=words, actors=actors, report=report, outlet=outlet, since=day(since), until=day(until), form=form, act=act,
                stance=stance, min_confidence=min_confidence, nested=nested, order=order, offset=offset, limit=limit,
            )
            rows = self._some_rows(hits)
        return Page(tuple(rows), min(total, MOST), offset, limit, total > MOST)

    def find_reports(
        self, words: str | None = None, *, speaker: str | None = None, side: str | None = None, about: str | None = None, outlet: str | None = None,
        since: str | None = None, until: str | None = None, order: str = "newest", offset: int = 0, limit: int = 25,
    ) -> Page:  # fmt: skip
        """One page of the reports that match, as rows of id, facts of publication, path, characters and how many statements. Filters as above."""
        self._check_page(order, offset, limit)
        with self._asking(), self._checked(LookupError):
            actors = [(ids, relations) for who, relations in ((speaker, BY), (side, SIDE), (about, ABOUT)) for ids in self._ids(who)]
            ids, total = find_reports(
                self._db, words=words, actors=actors, outlet=outlet, since=day(since), until=day(until), order=order, offset=offset, limit=limit
            )
            rows = [report_row(self._db, report_id, words) for report_id in ids]
        return Page(tuple(rows), min(total, MOST), offset, limit, total > MOST)

    def find_actors(self, words: str, *, limit: int = 25) -> Page:
        """The actors one of whose names has *words* in it (the last may be begun only), those who speak most first."""
        with self._asking(), self._checked(LookupError):
            found = {same for i in matching_actors(self._db, words) for same in self._links.members(i)}
            rows = list(listing(self._db, self._register, among=found, canonical=self._links.canonical))
        return Page(tuple(rows[:limit]), len(rows), 0, limit)

    def _check_page(self, order: str, offset: int, limit: int) -> None:
        if order not in ORDERS:
            raise SaysoError(f"there is no order {order!r}", "It is one of: " + ", ".join(ORDERS))
        if not 0 <= offset < 2**31 or not 0 < limit <= 1000:
            raise SaysoError("there is no such page", "Give an offset from 0, and a limit from 1 to 1000")

    def _ids(self, who: str | None) -> Iterator[set[str]]:
        """The ids of the actor that *who* means, in one set, or of nobody; nothing where nobody is asked for."""
        if who is not None:
            known = get_actor(self._db, who) is not None or self._register.actor(who) is not None
            found = {who} if known else meant(self._db, who, self._register)
            yield {same for i in found for same in self._links.members(i)}

    def _some_rows(self, hits: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
        """Rows of single statements, in their order; only they and those around them are looked up."""
        wanted = list(hits)
        numbers: dict[str, set[int]] = defaultdict(set)
        for report_id, number in wanted:
            numbers[report_id].add(number)
        made: dict[tuple[str, int], dict[str, Any]] = {}
        for report_id, some in numbers.items():
            report = get_report(self._db, report_id)
            found, voices = some_statements(self._db, report_id, some)
            order, said = list(found), dates.said_in(self._db, report_id)
            rows = statement_rows(
                report.text, list(found.values()), voices, report_id=report_id, origin=report.origin, publication=report.publication,
                canonical=self._canonical, said=[said.get(number) for number in order],
            )  # fmt: skip
            for number, row in zip(order, rows, strict=True):
                made[report_id, number] = row
        return [made[hit] for hit in wanted]

    def statement(self, statement_id: str) -> dict[str, Any]:
        """The row of one statement. Raises KeyError if the record does not hold it."""
        with self._asking(), self._checked():
            row = self._db.execute("SELECT report_id, number FROM statements WHERE statement_id = ?", (statement_id,)).fetchone()
            if row is None:
                raise KeyError(statement_id)
            return self._some_rows([row])[0]

    def report_statements(
        self, report_id: str, start: int | None = None, end: int | None = None, *, by: str = "all"
    ) -> list[dict[str, Any]]:  # fmt: skip
        """The rows of one report's statements, in their order; with *start* and *end* those that have a part in between.

        *by*: "all", what the machine found with what persons judged; "machine", what it found alone; "person", what a person
        judged right, corrected or found, or whose speaker a person told.

        Raises KeyError if the record does not hold it.
        """
        if by not in ("all", "machine", "person"):
            raise SaysoError(f"there is no view {by!r}", "It is all, machine or person")
        with self._asking(), self._checked():
            if by == "machine":
                report = get_report(self._db, report_id)
                machine = machines(self._db, report_id, get_reading(self._db, report_id))
                made = resolve_reading(report, machine, self._register, shipped())
                return list(statement_rows(
                    report.text, machine.statements, made.voices, report_id=report_id, origin=report.origin, publication=report.publication,
                    said=made.said,
                ))  # fmt: skip
            if by == "person":
                kept = {i for i, some in self.judged(report_id)["statements"].items() if any(j["kind"] != "wrong" for j in some)}
                return [row for row in self.report_statements(report_id, start, end) if row["id"] in kept]
            if start is not None or end is not None:
                within = numbers_within(self._db, report_id, start or 0, 2**53 if end is None else end)
                return self._some_rows((report_id, number) for number in within)
            versions(self._db, report_id)  # raises KeyError
            return self._rows(report_id)

    def versions(self, report_id: str) -> list[str]:
        """The ids of the report's versions that the record holds, the earliest first. Raises KeyError if it does not hold it."""
        with self._asking(), self._checked():
            return versions(self._db, report_id)

    def name_of(self, actor_id: str) -> str | None:
        """The name of the actor with this id; None if there is none."""
        with self._asking(), self._checked(LookupError):
            one = self._links.canonical(actor_id)
            actor = self._register.actor(one) or get_actor(self._db, one)
        return None if actor is None else actor.name

    def overview(self) -> dict[str, Any]:
        """What is in the record: counts of reports, texts and statements, over time, by outlet, act, stance and form."""
        with self._asking(), self._checked(LookupError):
            return overview(self._db)

    def heard_in(self, a: str, b: str) -> dict[str, Any]:
        """Two outlets side by side: how much each has, and how often each actor is heard directly and spoken about in it.

        Raises SaysoError where the record has nothing of one of them.
        """
        with self._asking(), self._checked(LookupError):
            for name in (a, b):
                if name not in self.outlets():
                    raise SaysoError(f"nothing in this record is of {name!r}", "Give the names of two outlets as the record has them")
            rows = [row for row in side_by_side(self._db, (a, b), self._links.canonical) if row["kind"] != "anonymous"]
            size = {o["outlet"]: o for o in overview(self._db)["outlets"] if o["outlet"] in (a, b)}
        return {"a": size[a], "b": size[b], "actors": rows}

    def outlets(self) -> list[str]:
        """The outlets of the current reports, by name."""
        with self._asking():
            rows = self._db.execute("SELECT DISTINCT outlet FROM reports WHERE current AND outlet IS NOT NULL ORDER BY outlet")
            return [name for (name,) in rows]

    def heard(self, actor_id: str, *, limit: int = 12) -> dict[str, Any]:
        """When and in which outlets an actor (id) speaks and is spoken about, its acts, whom it speaks about and who speaks about it."""
        with self._asking(), self._checked(LookupError):
            ids = self._links.members(actor_id)
            return {
                **over_time(self._db, ids), "acts": acts_of(self._db, ids),
                "speaks_about": company(self._db, ids, BY, ABOUT, self._links.canonical, limit),
                "spoken_about_by": company(self._db, ids, ABOUT, BY, self._links.canonical, limit),
            }

    def actors(self, words: str | None = None, *, kind: str | None = None, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The actors that speak or are spoken about, those who speak most first; with *words*, those whom they may mean.

        Rows have id, name, kind, side, statements (how many they make), about (how many are about them) and reports.
        """
        if kind is not None and kind not in KINDS:
            raise SaysoError(f"there is no kind {kind!r}", "It is one of: " + ", ".join(KINDS))
        with self._asking(), self._checked(LookupError):
            among = None if words is None else {same for i in meant(self._db, words, self._register) for same in self._links.members(i)}
            rows = list(islice(listing(self._db, self._register, among=among, kind=kind, canonical=self._links.canonical), limit))
        return iter(rows)

    def _canonical(self, actor: Actor) -> Actor:
        """The actor that stands for all those that were judged to be the same."""
        one = self._links.canonical(actor.id)
        if one.startswith("name:"):  # one whom reports call by several names goes by the same one in all of them
            return get_actor(self._db, one) or actor
        return actor if one == actor.id else self._register.actor(one) or get_actor(self._db, one) or actor

    def actor(self, words: str) -> dict[str, Any]:
        """What the record knows of one actor (an id, a name or words of one): names and titles used, offices, counts.

        Raises SaysoError where nobody is meant, or several.
        """
        with self._asking(), self._checked(LookupError):
            among = {same for i in meant(self._db, words, self._register, whole=True) for same in self._links.members(i)}
            rows = list(listing(self._db, self._register, among=among, canonical=self._links.canonical))
            if not rows:
                raise SaysoError(f"nobody in this record goes by {words!r}", "sayso actors RECORD lists them")
            if len(rows) > 1:
                names = ", ".join(f"{row['name']} ({row['id']})" for row in rows[:6])
                raise SaysoError(f"{words!r} may mean several: {names}", "Give the id of one")
            only = rows[0]["id"]
            actor = self._register.actor(only) or get_actor(self._db, only) or Actor(only, rows[0]["name"], rows[0]["kind"])
            return page(self._db, actor, self._links.members(only), self._register)

    def _held(self, report_id: str) -> Report:
        """A report of which the record says that it holds it."""
        with self._asking(), self._checked(LookupError):
            return get_report(self._db, report_id)

    def _current(self, *, outlet: str = "") -> Iterator[str]:
        """Ids of the current reports that match, in the order of origin; none of the record is held while they are used."""
        with self._asking(), self._checked():
            rows = self._db.execute("SELECT report_id, outlet FROM reports WHERE current ORDER BY origin, report_id").fetchall()
            matching = [report_id for report_id, name in rows if outlet in fold(name)]
        yield from matching

    @contextmanager
    def _checked(self, also: type[Exception] = ValueError) -> Iterator[None]:
        """What is not as it was written is damage, not a bug."""
        try:
            yield
        except (ValueError, TypeError, AttributeError, IndexError, also) as error:
            raise damaged(self.path, error) from error
