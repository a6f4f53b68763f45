"""Checking: check."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

import click

import sayso
from sayso.cli.listing import form_of, listed
from sayso.cli.options import FACTS, WIDTH, printed, wanted, words
from sayso.cli.problems import report_problems, set_aside

_LONGEST_QUOTE: Final = 1_000_000  # bytes


@click.command()
@click.argument("files", nargs=-1, metavar="[REPORT] --against TRANSCRIPT...")
@click.option("--against", multiple=True, required=True, metavar="TRANSCRIPT", help=(
    "What was said: text, captions (.vtt, .srt), a saved page; - for standard input. More may follow."
))
@click.option("--quote", callback=words, metavar="TEXT", help="Check these words instead of a report's quotations; - for standard input.")
@click.option("--speaker", callback=words, metavar="NAME", help="With --quote: who is said to have said them.")
@FACTS
@click.option("--cite", is_flag=True, help="Print each ready to paste: words, speaker, outlet, date, URL, characters, what was said.")
@WIDTH
@printed("table", "jsonl")
def check(
    files: tuple[str, ...], against: tuple[str, ...], quote: str | None, speaker: str | None, outlet: str | None, published: str | None,
    languages: tuple[str, ...], cite: bool, width: int | None, form: str,
) -> None:
    """Hold the quotations of a report (- for standard input), or one given, against transcripts: are these the words that were said?

    Exit status: 0 all are, or are cut where it does no harm and shows; 1 one is not: cut inside unseen, or with a negation, condition,
    hedge or subject, altered, reordered, spliced, another speaker's, not found; 2 a file could not be read.
    """
    form = form_of(form, cite)
    if (quote is None) and not files:
        raise click.UsageError("check what? Give a REPORT, or words with --quote")
    if speaker and quote is None:
        raise click.UsageError("--speaker goes with --quote: a report names its own")
    reports, more = (files[:1], files[1:]) if quote is None else ((), files)
    if [*reports, *against, *more, *([quote] if quote == "-" else [])].count("-") > 1:
        raise click.UsageError("standard input can be one thing only")
    problems: list[sayso.Problem] = []
    transcripts = list(set_aside(sayso.read_transcripts([*against, *more]), problems))
    rows = [] if not transcripts else _checked_quote(quote, speaker, transcripts) if quote else _checked(set_aside(
        sayso.read_reports(reports, given=sayso.Publication(outlet=outlet, published=published), languages=wanted(languages)), problems,
    ), transcripts)  # fmt: skip
    passed = []

    def noted() -> Iterator[dict[str, Any]]:
        for row in rows:
            passed.append(row["passes"])
            yield row

    listed(noted(), form, sayso.render_checks, width=width)
    report_problems(problems)
    if not passed and not problems:
        click.echo("no quotation is in it", err=True)
    if problems or not all(passed):
        sys.exit(2 if problems else 1)


def _checked_quote(quote: str, speaker: str | None, transcripts: list[sayso.Transcript]) -> Iterator[dict[str, Any]]:
    if quote == "-":
        quote = sys.stdin.buffer.read(_LONGEST_QUOTE + 1).decode("utf-8", "replace").removeprefix("\ufeff").strip()
        if len(quote) > _LONGEST_QUOTE:
            raise sayso.SaysoError("the quotation on standard input is longer than a megabyte", "Give the words of one quotation")
    try:
        yield sayso.check_quote(quote, transcripts, speaker=speaker).row()
    except ValueError as error:
        raise sayso.SaysoError(str(error)) from None


def _checked(reports: Iterable[sayso.Report], transcripts: list[sayso.Transcript]) -> Iterator[dict[str, Any]]:
    for report in reports:
        yield from (one.row() for one in sayso.check(sayso.analyse(report), transcripts))
