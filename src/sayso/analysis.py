"""One report, read without a record: what ``sayso show`` and a Python user see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sayso.actors.actor import Actor
from sayso.actors.registry import shipped
from sayso.actors.resolve import Resolution, Voice, resolve_reading
from sayso.dates.anchoring import Time
from sayso.dates.dating import Dating, doubts, infer
from sayso.dates.expression import TimeExpression
from sayso.dates.said import Said
from sayso.export.rows import statement_rows
from sayso.reading import Reading, read_text, read_texts
from sayso.reports import Publication, Report
from sayso.statements import Statement


@dataclass(frozen=True, slots=True)
class Analysis:
    """A report with its reading."""

    report: Report
    reading: Reading
    resolution: Resolution

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in the order of their first character."""
        return self.reading.statements

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Who makes each statement, and about whom it is; in the order of the statements."""
        return self.resolution.voices

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The actors that speak or are spoken about, each once, in the order in which they come up."""
        found: dict[str, Actor] = {}
        for voice in self.voices:
            for actor in (*([voice.speaker] if voice.speaker else ()), *voice.members, *voice.about):
                found.setdefault(actor.id, actor)
        return tuple(found.values())

    @property
    def times(self) -> tuple[tuple[TimeExpression, Time], ...]:
        """The expressions of time, in the order of the text, each with what it tells as far as that is known."""
        return tuple(zip(self.reading.times, self.resolution.times, strict=True))

    @property
    def said(self) -> tuple[Said | None, ...]:
        """When each statement was made, in the order of the statements; None where the text does not tell."""
        return self.resolution.said

    @property
    def dating(self) -> Dating | None:
        """When the report was published, as its text lets one infer; None where that is known, or the text tells nothing. Nothing rests on it."""
        return None if self.report.publication.published is not None else infer(self.report.text, self.reading.times)

    def doubts(self, today: date | None = None) -> tuple[str, ...]:
        """What cannot be in the dates of the text, and where they and the day of publication do not fit, seen from *today*."""
        return doubts(self.report.text, self.reading.times, self.report.publication.published, today=today or date.today())

    def rows(self) -> Iterator[dict[str, Any]]:
        """The statements as rows of the contract (sayso.schema())."""
        return statement_rows(
            self.report.text, self.statements, self.voices, report_id=self.report.id, origin=self.report.origin, publication=self.report.publication,
            said=self.said,
        )

    def render(self, *, width: int = 80, colour: bool = False, min_confidence: float = 0.0) -> Iterator[str]:
        """The report as ``sayso show`` prints it: lines of at most *width* terminal cells, statements marked and noted.

        Statements below *min_confidence* are left out. The lines are safe to print: nothing in them steers a terminal,
        but for the colours, if *colour* is set.
        """
        from sayso.terminal import render_report

        kept = [k for k, statement in enumerate(self.statements) if statement.confidence >= min_confidence]
        voices = [self.voices[k] for k in kept]
        said = [self.said[k] for k in kept]
        remarks = [*([f"Inferred, not used: {self.dating}"] if self.dating else ()), *(f"In doubt: {doubt}" for doubt in self.doubts())]
        return render_report(self.report, _only(self.statements, kept), voices, said, remarks=remarks, width=width, colour=colour)


def _only(statements: Sequence[Statement], kept: Sequence[int]) -> list[Statement]:
    """The statements of these numbers; what stood in one left out stands in its parent."""
    place = {k: n for n, k in enumerate(kept)}
    out = []
    for k in kept:
        parent = statements[k].parent
        while parent is not None and parent not in place:
            parent = statements[parent].parent
        out.append(replace(statements[k], parent=None if parent is None else place[parent]))
    return out


def analyse(text: str | Report, **facts: str | None) -> Analysis:
    """Read one text. *facts* are any of outlet, title, byline, published, url, language, kind; they win over a Report's own.

    Raises ValueError for a fact that cannot be (a wrong date, an unknown kind) and for half a surrogate pair in the
    text, TypeError for an unknown fact and for what is no text.
    """
    report = _report(text)
    if facts:
        report = replace(report, publication=Publication(**facts).filled_from(report.publication))
    return _resolved(report, read_text(report.text))


def analyse_many(reports: Iterable[str | Report], *, jobs: int = 1) -> Iterator[Analysis]:
    """Read many texts, in order, as they come; ``jobs`` processes work beside each other. Raises as analyse() does."""
    if isinstance(reports, (str, Report)):
        raise TypeError("analyse_many takes several texts; for one, use analyse")
    return _analyses(map(_report, reports), jobs)


def _analyses(reports: Iterable[Report], jobs: int) -> Iterator[Analysis]:
    with closing(read_texts(((report.text, report) for report in reports), jobs=jobs)) as readings:
        for report, made in readings:
            if isinstance(made, Exception):
                raise made
            assert made is not None
            yield _resolved(report, made)


def _resolved(report: Report, reading: Reading) -> Analysis:
    registry = shipped()
    return Analysis(report, reading, resolve_reading(report, reading, registry, registry))


def _report(text: str | Report) -> Report:
    report = text if isinstance(text, Report) else Report(text)
    if not isinstance(report.text, str):
        raise TypeError(f"a report's text is a str, not {type(report.text).__name__}")
    try:
        report.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"half a surrogate pair at {error.start}: decode the text with errors='replace', or repair it") from None
    return report
