"""Reading: read, show, reread."""

from __future__ import annotations

import sys

import click

import sayso
from sayso.cli.listing import as_json
from sayso.cli.options import FACTS, JOBS, MIN_CONFIDENCE, QUIET, RECORD, WIDTH, printed, wanted
from sayso.cli.output import coloured, out, terminal_width
from sayso.cli.problems import report_problems, set_aside
from sayso.cli.progress import progress_bar


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--record", "record", required=True, metavar="RECORD", help="The record to read into; made if it is not there.")
@FACTS
@JOBS
@QUIET
def read(paths: tuple[str, ...], record: str, outlet: str | None, published: str | None, languages: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Read reports into a record: text, JSON Lines and saved web pages; files, folders, globs, - for standard input.

    A second run reads only what is new or changed. Exit status: 0 all read, 1 something was not (each is named), 2 nothing could be done.
    """
    given = sayso.Publication(outlet=outlet, published=published)
    with sayso.Record(record) as opened, progress_bar(quiet) as progress:
        summary = opened.read(paths, given=given, languages=wanted(languages), jobs=jobs, progress=progress)
    _tell(
        summary, quiet, f"{summary.read} read", f"{summary.replaced} brought up to date" if summary.replaced else "",
        f"{summary.unchanged} unchanged" if summary.unchanged else "",
    )


@click.command()
@click.argument("file", metavar="FILE")
@FACTS
@MIN_CONFIDENCE
@WIDTH
@click.option("--color/--no-color", "colour", default=None, help="Colours; on a terminal unless NO_COLOR is set.")
@printed("text", "jsonl", help="How to print it.")
def show(
    file: str, outlet: str | None, published: str | None, languages: tuple[str, ...], min_confidence: float, width: int | None, colour: bool | None,
    form: str,
) -> None:
    """Read one report (or each of a file's) and print it marked up: source, cue and content of every statement."""
    given = sayso.Publication(outlet=outlet, published=published)
    problems: list[sayso.Problem] = []
    shown = 0
    for report in set_aside(sayso.read_reports([file], given=given, languages=wanted(languages)), problems):
        analysis = sayso.analyse(report)
        shown += 1
        if form == "jsonl":
            for row in analysis.rows():
                if row["confidence"] >= min_confidence:
                    out(as_json(row))
            continue
        in_colour = coloured() if colour is None else colour
        for line in analysis.render(width=width or terminal_width(), colour=in_colour, min_confidence=min_confidence):
            out(line)
    report_problems(problems)
    if problems:
        sys.exit(1 if shown else 2)


@click.command()
@RECORD
@JOBS
@QUIET
def reread(record: str, jobs: int, quiet: bool) -> None:
    """Read again what other models read, from the texts in the record. Can be stopped and run again."""
    with sayso.Record(record, create=False) as opened, progress_bar(quiet) as progress:
        summary = opened.reread(jobs=jobs, progress=progress)
    _tell(summary, quiet, f"{summary.replaced} read again", f"{summary.unchanged} unchanged")


def _tell(summary: sayso.Summary, quiet: bool, *done: str) -> None:
    """Say what was done and what could not be, and end with the exit status that says so where something was not read."""
    report_problems(summary.problems)
    if not quiet:
        parts = [*filter(None, done), *([f"{len(summary.problems)} not read"] if summary.problems else [])]
        click.echo(f"{', '.join(parts)}; {summary.statements} statements found", err=True)
    if summary.problems:
        sys.exit(1 if summary.read or summary.replaced or summary.unchanged else 2)
