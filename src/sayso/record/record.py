"""Record: reads reports in, and answers for their statements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sayso.actors.imports import read_register
from sayso.claims.scorer import shared_scorer
from sayso.intake import Found, Problem, find, open_found
from sayso.intake.files import writable
from sayso.reading import Reading, read_texts, shared_models, tried
from sayso.record import quotes as quoting
from sayso.record.inputs import Inputs
from sayso.record.judging import Judging
from sayso.record.register import ImportSummary, file_digest, import_register
from sayso.record.rows import count_from, holds, reading_of_text, twin_from
from sayso.record.runs import Progress, Run, Step, Summary, bug
from sayso.reports import Publication, Report, content_hash


class Record(Judging):
    """A record at *path*, made if it is not there (unless ``create`` is False). Use it as a context manager or call close().

    Raises RecordError, with what to do, where the file cannot serve. ``write=False`` opens for reading only; *patience* is
    how many seconds to wait for another that is writing. Threads may share it.
    """

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

    def reread(self, *, jobs: int = 1, progress: Callable[[Progress], None] | None = None) -> Summary:
        """Bring every report up to date: read again what other models read, resolve again what another registry resolved.

        One that lays a bug of sayso's open stays as it is, and is named in the summary's problems.
        """
        self._check_write()
        models = shared_models()
        summary = Summary()
        with self._asking():
            stale = dict(self._db.execute(
                "SELECT report_id, models <> ?1 FROM reports LEFT JOIN found USING (report) LEFT JOIN claims_made USING (report) "
                "LEFT JOIN quotes_made USING (report) WHERE models <> ?1 OR registry IS NOT ?2 OR scorer IS NOT ?3 OR rules IS NOT ?4 "
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
                reading = self._put_over(report, fresh)
            else:
                reading = self.reading(report.id)
                self._put(report, reading)
        summary.replaced += 1
        summary.statements += len(reading.statements)

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
            query = "SELECT count(*) FROM reports LEFT JOIN found USING (report) WHERE registry IS NOT ?"
            (stale,) = self._db.execute(query, (self._registry,)).fetchone()
        if stale:
            problems = self.reread(progress=resolving).problems
            summary.problems += problems
            summary.problem_count += len(problems)
        return summary
