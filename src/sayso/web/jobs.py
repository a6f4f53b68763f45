"""Jobs: reports that were handed in, read one after the other behind the scenes."""

from __future__ import annotations

import io
import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from sayso.errors import SaysoError
from sayso.intake import Problem, read_reports
from sayso.record import Progress, Record
from sayso.reports import Publication, Report

#: Most jobs that wait, and most that are remembered.
_WAITING: Final = 50
_REMEMBERED: Final = 500


@dataclass
class Job:
    """One thing handed in: how far it is, and what came of it."""

    id: str
    state: Literal["waiting", "reading", "done", "failed"] = "waiting"
    handed_in: str = ""  #: UTC
    read: int = 0  #: reports
    unchanged: int = 0
    statements: int = 0
    reports: list[str] = field(default_factory=list)  #: their ids
    problems: list[dict[str, str | None]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


class Jobs:
    """The jobs of one record; a thread of their own reads, on a connection of its own, and writes report by report."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, "reading")
        self._closed = False

    def hand_in(self, body: bytes, given: Publication, languages: Collection[str] | None) -> Job:
        """Take in what holds one or more reports (text, HTML or JSON Lines). Raises SaysoError where too much is waiting."""
        job = Job(secrets.token_hex(8), handed_in=datetime.now(UTC).isoformat(timespec="seconds"))
        with self._lock:
            if sum(j.state in ("waiting", "reading") for j in self._jobs.values()) >= _WAITING:
                raise SaysoError("too much is waiting to be read", "Hand it in again when some of it is done")
            self._jobs[job.id] = job
            for old in [k for k, j in self._jobs.items() if j.state in ("done", "failed")][: max(0, len(self._jobs) - _REMEMBERED)]:
                del self._jobs[old]
        self._thread.submit(self._work, job, body, given, languages)
        return job

    def job(self, job_id: str) -> Job:
        """Raises KeyError where there is none."""
        with self._lock:
            return self._jobs[job_id]

    def all(self) -> list[Job]:
        """Every job that is remembered, the latest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """What is being read is stopped after the report at hand; what waits is dropped."""
        self._closed = True
        self._thread.shutdown(cancel_futures=True)

    def _work(self, job: Job, body: bytes, given: Publication, languages: Collection[str] | None) -> None:
        job.state = "reading"
        try:
            with Record(self._path, create=False) as record:
                summary = record.add(self._incoming(job, body, given, languages), progress=lambda p: self._told(job, p))
            job.unchanged = summary.unchanged
            job.problems += [_problem(p) for p in summary.problems]
            job.state = "failed" if job.problems and not (job.read or job.unchanged) else "done"
        except SaysoError as error:
            job.problems.append({"origin": "", "reason": error.message, "advice": error.advice})
            job.state = "failed"
        except Exception as error:
            job.problems.append({"origin": "", "reason": f"sayso failed on this ({type(error).__name__})", "advice": "report it as a bug of sayso"})
            job.state = "failed"

    def _incoming(self, job: Job, body: bytes, given: Publication, languages: Collection[str] | None) -> Iterator[Report]:
        for made in read_reports(["-"], given=given, languages=languages, stdin=io.BytesIO(body)):
            if self._closed:
                return
            if isinstance(made, Problem):
                job.problems.append(_problem(made))
                continue
            # It lies in no file: where it was published tells it from others, else its text does.
            report = replace(made, origin=made.publication.url or f"handed-in/{made.text_id}")
            job.reports.append(report.id)
            yield report

    @staticmethod
    def _told(job: Job, progress: Progress) -> None:
        job.read, job.statements = progress.reports, progress.statements


def _problem(problem: Problem) -> dict[str, str | None]:
    return {"origin": problem.origin, "reason": problem.reason, "advice": problem.advice}
