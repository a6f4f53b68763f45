"""One report, read without a record: what ``sayso show`` and a Python user see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sayso.export.rows import statement_rows
from sayso.reading import Reading, read_text, read_texts
from sayso.reports import Publication, Report
from sayso.statements import Statement


@dataclass(frozen=True, slots=True)
class Analysis:
    """A report with its reading."""

    report: Report
    reading: Reading

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in the order of their first character."""
        return self.reading.statements

    def rows(self) -> Iterator[dict[str, Any]]:
        """The statements as rows of the contract (sayso.schema())."""
        return statement_rows(
            self.report.text, self.statements, report_id=self.report.id, origin=self.report.origin, publication=self.report.publication
        )


def analyse(text: str | Report, **facts: str | None) -> Analysis:
    """Read one text. *facts* are any of outlet, title, byline, published, url, language, kind.

    Raises ValueError for a fact that cannot be (a wrong date, an unknown kind), TypeError for an unknown one.
    """
    report = text if isinstance(text, Report) else Report(text, Publication(**facts))
    return Analysis(report, read_text(report.text))


def analyse_many(reports: Iterable[str | Report], *, jobs: int = 1) -> Iterator[Analysis]:
    """Read many texts, in order, as they come; ``jobs`` processes work beside each other."""
    items = ((r.text, r) for r in (Report(x) if isinstance(x, str) else x for x in reports))
    for (_, report), reading in read_texts(items, jobs=jobs):
        assert reading is not None
        yield Analysis(report, reading)
