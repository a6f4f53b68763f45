"""The command line: verbs over the public Python surface."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import click

import sayso

_STATEMENT_COLUMNS = (
    "id", "path", "outlet", "title", "published", "source", "cue", "content", "source_spans", "cue_spans", "content_spans", "form", "act", "negated",
    "stance", "parent", "confidence", "speaker", "speaker_kind", "side", "speaker_id", "about", "said_on", "said",
)
_ACTOR_COLUMNS = ("id", "name", "kind", "side", "statements", "about", "reports")
_LONGEST_QUOTE: Final = 1_000_000  # bytes
_PROPOSAL_COLUMNS = ("a", "b", "names", "score", "evidence")


class _Verbs(click.Group):
    """Lists the verbs in the order in which one uses them; prints what sayso raises as one clear message."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())  # None where it was closed
        try:
            try:
                return super().invoke(ctx)
            finally:
                _flush()
        except sayso.SaysoError as error:
            _fail(error.message, error.advice)
        except BrokenPipeError:
            # the reader of our output has seen enough
            _drop_output()
            sys.exit(141)
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # one is enough: what follows takes no time
            going_on = ctx.invoked_subcommand in ("read", "reread")
            _fail("stopped", "What was done is kept: run the same command again to go on" if going_on else "", status=130)


def _fail(message: str, advice: str, status: int = 2) -> NoReturn:
    click.echo(f"sayso: {sayso.clean(message)}", err=True)
    if advice:
        click.echo(f"       {sayso.clean(advice)}", err=True)
    sys.exit(status)


def _words(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Words to keep or to look for, in UTF-8 whatever the locale says; nothing but spaces counts as not given."""
    return None if value is None else _decoded(value).strip() or None


def _decoded(value: str) -> str:
    """What was typed, in UTF-8 whatever the locale says."""
    return os.fsencode(value).decode("utf-8", "backslashreplace")


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    try:
        return sayso.Publication(published=value).published
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _codes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(value if value == "any" else str(sayso.Publication(language=value).language) for value in values)
    except ValueError as error:
        raise click.BadParameter(f"{error}, or any") from None


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(sayso.__version__, prog_name="sayso")
def main() -> None:
    """On whose say-so? Reads news reports and keeps a record of who said, claimed, denied, promised or demanded what."""


def _facts(command: Any) -> Any:
    """Options that say what the inputs do not, for commands that read them."""
    for option in reversed((
        click.option("--outlet", callback=_words, metavar="NAME", help="Who published it, where the input does not say or says it wrong."),
        click.option("--published", callback=_date, metavar="DATE", help="When it was published: YYYY-MM-DD, or with a time."),
        click.option("--language", "languages", multiple=True, callback=_codes, metavar="CODE", help=(
            "Take reports in this language (en unless given; may be repeated); any: whatever it is."
        )),
    )):
        command = option(command)
    return command


def _wanted(languages: tuple[str, ...]) -> tuple[str, ...] | None:
    return None if "any" in languages else languages or ("en",)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--record", "record", required=True, metavar="RECORD", help="The record to read into; made if it is not there.")
@_facts
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read beside each other.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def read(paths: tuple[str, ...], record: str, outlet: str | None, published: str | None, languages: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Read reports into a record: text, JSON Lines and saved web pages; files, folders, globs, - for standard input.

    A second run reads only what is new or changed. Exit status: 0 all read, 1 something was not (each is named), 2 nothing could be done.
    """
    given = sayso.Publication(outlet=outlet, published=published)
    with sayso.Record(record) as opened, _progress(quiet) as progress:
        summary = opened.read(paths, given=given, languages=_wanted(languages), jobs=jobs, progress=progress)
    _report_problems(summary.problems)
    if not quiet:
        parts = [f"{summary.read} read"]
        if summary.replaced:
            parts.append(f"{summary.replaced} brought up to date")
        if summary.unchanged:
            parts.append(f"{summary.unchanged} unchanged")
        if summary.problems:
            parts.append(f"{len(summary.problems)} not read")
        click.echo(f"{', '.join(parts)}; {summary.statements} statements found", err=True)
    _leave(summary)


@main.command()
@click.argument("file", metavar="FILE")
@_facts
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out statements below this.")
@click.option("--width", type=click.IntRange(40, 400), help="Columns; the terminal's unless given.")
@click.option("--color/--no-color", "colour", default=None, help="Colours; on a terminal unless NO_COLOR is set.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="How to print it.")
def show(
    file: str, outlet: str | None, published: str | None, languages: tuple[str, ...], min_confidence: float, width: int | None, colour: bool | None,
    form: str,
) -> None:
    """Read one report (or each of a file's) and print it marked up: source, cue and content of every statement."""
    given = sayso.Publication(outlet=outlet, published=published)
    problems: list[sayso.Problem] = []
    shown = 0
    for made in sayso.read_reports([file], given=given, languages=_wanted(languages)):
        if isinstance(made, sayso.Problem):
            problems.append(made)
            continue
        analysis = sayso.analyse(made)
        shown += 1
        if form == "jsonl":
            for row in analysis.rows():
                if row["confidence"] >= min_confidence:
                    _out(_json(row))
            continue
        in_colour = _coloured() if colour is None else colour
        for line in analysis.render(width=width or _width(), colour=in_colour, min_confidence=min_confidence):
            _out(line)
    _report_problems(problems)
    if problems:
        sys.exit(1 if shown else 2)


@main.command()
@click.argument("record", metavar="RECORD")
@click.option("--speaker", callback=_words, metavar="WHO", help="An actor (name, words of one, or id), or words of the source.")
@click.option("--side", callback=_words, metavar="WHO", help="A state, body or organisation that the speaker is part of.")
@click.option("--about", callback=_words, metavar="WHO", help="An actor that the content is about, or words of the content.")
@click.option("--text", callback=_words, metavar="WORDS", help="Words of source, cue or content.")
@click.option("--outlet", callback=_words, metavar="NAME", help="Part of the outlet's name.")
@click.option("--since", metavar="DAY", help="Said on this day or later; where the text does not tell when, published then.")
@click.option("--until", metavar="DAY", help="Said on this day or earlier; where the text does not tell when, published then.")
@click.option("--form", metavar="FORM", help="direct, mixed, indirect or block.")
@click.option("--act", metavar="ACT", help="What the cue does: say, deny, accuse, demand … (sayso acts lists them).")
@click.option("--stance", metavar="STANCE", help="affirm, deny, doubt, want or none.")
@click.option("--nested/--top", default=None, help="Only statements inside others, or only those in none.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out statements below this.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--format", "form_out", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True, help="How to print them.")
@click.option("--cite", is_flag=True, help="Print each ready to paste: words, speaker, outlet, date, URL, characters.")
def statements(record: str, form_out: str, cite: bool, **filters: Any) -> None:
    """List the statements of a record, by report and place in it. Filters add up."""
    if cite and form_out != "table":
        raise click.UsageError("--cite prints lines to paste: leave out --format")
    with sayso.Record(record, create=False, write=False) as opened:
        rows = opened.statements(**filters)
        if cite:
            for row in rows:
                _out(sayso.clean(sayso.cite(row)))
        elif form_out == "jsonl":
            for row in rows:
                _out(_json(row))
        elif form_out == "csv":
            for line in _csv(_STATEMENT_COLUMNS, map(_statement_cells, rows)):
                _out(line, end="")
        else:
            anything = False
            for line in sayso.render_table(rows, width=_width(), colour=_coloured()):
                _out(line)
                anything = True
            if not anything:
                click.echo("no statement matches", err=True)


@main.command()
@click.argument("files", nargs=-1, metavar="[REPORT] --against TRANSCRIPT...")
@click.option("--against", multiple=True, required=True, metavar="TRANSCRIPT", help=(
    "What was said: text, captions (.vtt, .srt), a saved page; - for standard input. More may follow."
))
@click.option("--quote", callback=_words, metavar="TEXT", help="Check these words instead of a report's quotations; - for standard input.")
@click.option("--speaker", callback=_words, metavar="NAME", help="With --quote: who is said to have said them.")
@_facts
@click.option("--cite", is_flag=True, help="Print each ready to paste: words, speaker, outlet, date, URL, characters, what was said.")
@click.option("--width", type=click.IntRange(40, 400), help="Columns; the terminal's unless given.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print them.")
def check(
    files: tuple[str, ...], against: tuple[str, ...], quote: str | None, speaker: str | None, outlet: str | None, published: str | None,
    languages: tuple[str, ...], cite: bool, width: int | None, form: str,
) -> None:
    """Hold the quotations of a report (- for standard input), or one given, against transcripts: are these the words that were said?

    Exit status: 0 all are, or are cut where it does no harm and shows; 1 one is not: cut inside unseen, or with a negation, condition,
    hedge or subject, altered, reordered, spliced, another speaker's, not found; 2 a file could not be read.
    """
    if cite and form != "table":
        raise click.UsageError("--cite prints lines to paste: leave out --format")
    if (quote is None) and not files:
        raise click.UsageError("check what? Give a REPORT, or words with --quote")
    if speaker and quote is None:
        raise click.UsageError("--speaker goes with --quote: a report names its own")
    reports, more = (files[:1], files[1:]) if quote is None else ((), files)
    if [*reports, *against, *more, *([quote] if quote == "-" else [])].count("-") > 1:
        raise click.UsageError("standard input can be one thing only")
    problems: list[sayso.Problem] = []
    transcripts: list[sayso.Transcript] = []
    for made in sayso.read_transcripts([*against, *more]):
        if isinstance(made, sayso.Problem):
            problems.append(made)
        else:
            transcripts.append(made)
    rows = [] if not transcripts else _checked_quote(quote, speaker, transcripts) if quote else _checked(
        sayso.read_reports(reports, given=sayso.Publication(outlet=outlet, published=published), languages=_wanted(languages)), transcripts, problems,
    )
    passed = []

    def noted() -> Iterator[dict[str, Any]]:
        for row in rows:
            passed.append(row["passes"])
            yield row

    if form == "jsonl" or cite:
        for row in noted():
            _out(sayso.clean(sayso.cite(row)) if cite else _json(row))
    else:
        for line in sayso.render_checks(noted(), width=width or _width(), colour=_coloured()):
            _out(line)
    _report_problems(problems)
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


def _checked(
    found: Iterable[sayso.Report | sayso.Problem], transcripts: list[sayso.Transcript], problems: list[sayso.Problem]
) -> Iterator[dict[str, Any]]:
    for made in found:
        if isinstance(made, sayso.Problem):
            problems.append(made)
        else:
            yield from (one.row() for one in sayso.check(sayso.analyse(made), transcripts))


@main.command()
@click.argument("record", metavar="RECORD")
@click.option("--speaker", callback=_words, metavar="WHO", help="An actor (name, words of one, or id), or words of the source.")
@click.option("--side", callback=_words, metavar="WHO", help="A state, body or organisation that the speaker is part of.")
@click.option("--about", callback=_words, metavar="WHO", help="An actor that the content is about, or words of the content.")
@click.option("--outlet", callback=_words, metavar="NAME", help="Part of the outlet's name.")
@click.option("--since", metavar="DAY", help="Said on this day or later; where the text does not tell when, published then.")
@click.option("--until", metavar="DAY", help="Said on this day or earlier; where the text does not tell when, published then.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out statements below this.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True, help="How to print them.")
def timeline(record: str, form: str, **filters: Any) -> None:
    """List statements in the order in which they were made, each with the outlet that carried it.

    A day after ≤ is that of publication: the text does not tell when it was said, but by then it was.
    """
    with sayso.Record(record, create=False, write=False) as opened:
        rows = opened.timeline(**filters)
        if form == "jsonl":
            for row in rows:
                _out(_json(row))
        elif form == "csv":
            for line in _csv(_STATEMENT_COLUMNS, map(_statement_cells, rows)):
                _out(line, end="")
        else:
            anything = False
            for line in sayso.render_timeline(rows, width=_width(), colour=_coloured()):
                _out(line)
                anything = True
            if not anything:
                click.echo("no statement matches", err=True)


@main.command()
@click.argument("record", metavar="RECORD")
@click.argument("who", nargs=-1, metavar="[WHO | import FILE...]")
@click.option("--kind", metavar="KIND", help="person, state, body, organisation, armed group, outlet, group or anonymous.")
@click.option("--proposals", is_flag=True, help="List pairs that may be one, for you to judge (sayso judge).")
@click.option("--state", callback=_words, metavar="NAME", help="With import: where the offices are held, if the file does not say.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True, help="How to print them.")
def actors(record: str, who: tuple[str, ...], kind: str | None, proposals: bool, state: str | None, limit: int | None, form: str) -> None:
    """List who speaks and who is spoken about; with WHO (a name, words of one, or an id) print that one actor's page.

    import takes larger registers of actors into the record: FollowTheMoney entities, offices as CSV, Wikidata query results.
    """
    if who[:1] == ("import",):
        if len(who) == 1:
            raise click.UsageError("import what? It is: sayso actors RECORD import FILE...")
        _import(record, who[1:], state)
        return
    words = _decoded(" ".join(who)).strip() or None
    with sayso.Record(record, create=False, write=False) as opened:
        if words is not None and form == "table" and not proposals:
            page = opened.actor(words)
            by, about = opened.statements(speaker=page["id"]), opened.statements(about=page["id"])
            for line in sayso.render_actor(page, by, about, width=_width(), colour=_coloured()):
                _out(line)
            return
        rows = opened.proposals(limit=limit) if proposals else opened.actors(words, kind=kind, limit=limit)
        columns = _PROPOSAL_COLUMNS if proposals else _ACTOR_COLUMNS
        if form == "jsonl":
            for row in rows:
                _out(_json(row))
        elif form == "csv":
            for line in _csv(columns, (["; ".join(row[key]) if isinstance(row[key], list) else row[key] for key in columns] for row in rows)):
                _out(line, end="")
        else:
            lines = map(_proposed, rows) if proposals else sayso.render_actors(rows, width=_width(), colour=_coloured())
            anything = False
            for line in lines:
                _out(line)
                anything = True
            if not anything:
                click.echo("no pair is proposed" if proposals else "no actor matches", err=True)


def _proposed(row: dict[str, Any]) -> str:
    return f"{row['score']:.2f}  {sayso.clean(row['a'])} {sayso.clean(row['b'])}  {sayso.clean('; '.join(row['evidence']))}"


def _import(record: str, files: tuple[str, ...], state: str | None) -> None:
    """Exit status: 0 all was taken, 1 something was not (each is named), 2 nothing could be."""
    wrong = taken = 0
    with sayso.Record(record) as opened:
        for file in files:
            with _progress(False) as progress:
                summary = opened.import_register(file, state=state, resolving=progress)
            _report_problems(summary.problems)
            if 0 < len(summary.problems) < summary.problem_count:
                click.echo(f"… and {summary.problem_count - len(summary.problems)} more", err=True)
            wrong += summary.problem_count
            taken += summary.actors
            said = f"{summary.actors} actors taken"
            if summary.unchanged:
                said = f"unchanged, {summary.actors} actors taken before"
            elif summary.kept:
                said = "nothing could be taken, what came from it before is kept"
            click.echo(f"{sayso.clean(file)}: {said}{f', {summary.problem_count} problems' if summary.problem_count else ''}", err=True)
    if wrong:
        sys.exit(1 if taken else 2)


@main.command()
@click.argument("record", metavar="RECORD")
@click.argument("quote", required=False, metavar="[ID]")
@click.option("--speaker", callback=_words, metavar="WHO", help="An actor (name, words of one, or id), or words of the source.")
@click.option("--side", callback=_words, metavar="WHO", help="A state, body or organisation that the speaker is part of.")
@click.option("--about", callback=_words, metavar="WHO", help="An actor that it is about, or words of the content.")
@click.option("--outlet", callback=_words, metavar="NAME", help="Part of the name of an outlet that carries it.")
@click.option("--since", metavar="DAY", help="Said (else published) on this day or later.")
@click.option("--until", metavar="DAY", help="Said (else published) on this day or earlier.")
@click.option("--text", callback=_words, metavar="WORDS", help="Words that are quoted.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print them.")
def quotes(record: str, form: str, quote: str | None, **filters: Any) -> None:
    """List the utterances that are quoted twice or more, who carries them and how they were altered; with ID print that one in full."""
    with sayso.Record(record, create=False, write=False) as opened:
        rows = opened.quotes(quote, **filters)
        if form == "jsonl":
            for row in rows:
                _out(_json(row))
        elif quote is not None:
            _print((line for row in rows for line in sayso.render_quote(row, width=_width(), colour=_coloured())), "no quote matches")
        else:
            _print(sayso.render_quotes(rows, width=_width(), colour=_coloured()), "no quote matches")


def _about_claims(command: Any) -> Any:
    """Arguments of the commands that list claims."""
    for option in reversed((
        click.argument("record", metavar="RECORD"),
        click.argument("claim", required=False, metavar="[ID]"),
        click.option("--speaker", callback=_words, metavar="WHO", help="An actor (name, words of one, or id) who takes a position."),
        click.option("--side", callback=_words, metavar="WHO", help="A state, body or organisation that the speaker is part of."),
        click.option("--about", callback=_words, metavar="WHO", help="An actor that it is about, or words of it."),
        click.option("--outlet", callback=_words, metavar="NAME", help="Part of the name of an outlet that carries it."),
        click.option("--since", metavar="DAY", help="A position taken (else published) on this day or later."),
        click.option("--until", metavar="DAY", help="A position taken (else published) on this day or earlier."),
        click.option("--limit", type=click.IntRange(1), help="At most so many."),
        click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True, help="How to print them."),
    )):
        command = option(command)
    return command


@main.command()
@_about_claims
@click.option("--figures", is_flag=True, help="List instead of what reports say different numbers, with who says which.")
def claims(record: str, form: str, claim: str | None, figures: bool, **filters: Any) -> None:
    """List what several statements say alike, and who is for and against it; with ID print that one in full."""
    with sayso.Record(record, create=False, write=False) as opened:
        if figures:
            limit = filters.pop("limit")
            if claim is not None or any(filters.values()):
                raise click.UsageError("--figures goes with --limit only")
            _list_figures(opened.figures(limit=limit), form)
            return
        _list_claims(opened.claims(claim, **filters), form, full=claim is not None, none="no claim matches")


@main.command()
@_about_claims
@click.option("--unanswered", is_flag=True, help="List accusations instead whose report carries no word of the accused, by outlet.")
def disputes(record: str, form: str, claim: str | None, unanswered: bool, **filters: Any) -> None:
    """List the claims that some affirm and others deny, those first on which most stand on both sides; with ID print that one in full."""
    with sayso.Record(record, create=False, write=False) as opened:
        if unanswered:
            if claim is not None or any(filters[key] for key in ("speaker", "side", "about")):
                raise click.UsageError("--unanswered goes with --outlet, --since, --until and --limit only")
            kept = {key: filters[key] for key in ("outlet", "since", "until", "limit")}
            _list_unanswered(opened.unanswered(**kept), form)
            return
        _list_claims(opened.disputes(claim, **filters), form, full=claim is not None, none="no dispute matches")


_CLAIM_COLUMNS = (
    "id", "label", "position", "speaker", "speaker_id", "side", "text", "said_on", "published", "outlet", "report", "statement", "spans",
    "reported_by",
)
_UNANSWERED_COLUMNS = ("outlet", "published", "accused", "speaker", "text", "report", "statement", "confidence")


def _list_claims(rows: Iterable[dict[str, Any]], form: str, *, full: bool, none: str) -> None:
    if form == "jsonl":
        for row in rows:
            _out(_json(row))
    elif form == "csv":
        for line in _csv(_CLAIM_COLUMNS, (cells for row in rows for cells in _claim_cells(row))):
            _out(line, end="")
    else:
        made = (line for row in rows for line in sayso.render_claim(row, width=_width(), colour=_coloured())) if full else sayso.render_claims(
            rows, width=_width(), colour=_coloured()
        )
        _print(made, none)


def _claim_cells(row: dict[str, Any]) -> Iterator[list[Any]]:
    """One line a position."""
    for position in ("for", "against", "other"):
        for p in row[position]:
            speaker, teller = p["speaker"] or {"name": None, "id": None}, p["reported_by"] or {"name": None}
            yield [
                row["id"], row["label"], position, speaker["name"], speaker["id"], p["side"], p["text"], p["said_on"], p["published"], p["outlet"],
                p["report"], p["statement"], ";".join(f"{a}-{b}" for a, b in p["spans"]), teller["name"],
            ]


def _list_figures(rows: Iterable[dict[str, Any]], form: str) -> None:
    if form == "jsonl":
        for row in rows:
            _out(_json(row))
    elif form == "csv":
        columns = ("label", "figure", "speakers", "text", "said_on", "published", "outlet", "report", "statement")
        told = ({"label": row["label"], **f, "speakers": "; ".join(s["name"] for s in f["speakers"])} for row in rows for f in row["figures"])
        for line in _csv(columns, ([f[key] for key in columns] for f in told)):
            _out(line, end="")
    else:
        _print(sayso.render_figures(rows, width=_width(), colour=_coloured()), "no figures conflict")


def _list_unanswered(rows: Iterable[dict[str, Any]], form: str) -> None:
    if form == "jsonl":
        for row in rows:
            _out(_json(row))
    elif form == "csv":
        cells = ([row[k]["name"] if isinstance(row[k], dict) else row[k] for k in _UNANSWERED_COLUMNS] for row in rows)
        for line in _csv(_UNANSWERED_COLUMNS, cells):
            _out(line, end="")
    else:
        _print(sayso.render_unanswered(rows, width=_width(), colour=_coloured()), "no accusation is left unanswered")


def _print(lines: Iterable[str], none: str) -> None:
    """*lines* to standard output; where there are none, *none* to the other."""
    anything = False
    for line in lines:
        _out(line)
        anything = True
    if not anything:
        click.echo(none, err=True)


@main.command()
@click.argument("record", metavar="RECORD")
@click.argument("what", nargs=-1, metavar="[same A B | not-same A B | speaker STATEMENT WHO | position STATEMENT P | undo N | import FILE]")
@click.option("--coder", callback=_words, metavar="NAME", default=lambda: os.environ.get("USER", "unnamed"), show_default="$USER", help="Who judges.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print them.")
def judge(record: str, what: tuple[str, ...], coder: str | None, form: str) -> None:
    """Say what is right: that two actors are the same or not, or two statements one claim and quote or not; who the speaker of a statement is, or
    whether it is for or against what it says (or other). Without more: list what was judged.

    Judgements survive reading everything anew; each can be undone. The list in JSON Lines is what import takes.
    """
    verb, rest = what[:1], what[1:]
    sizes = {"same": 2, "not-same": 2, "speaker": 2, "position": 2, "undo": 1, "import": 1}
    if verb and (verb[0] not in sizes or len(rest) != sizes[verb[0]]):
        raise click.UsageError("it is: same A B, not-same A B, speaker STATEMENT WHO, position STATEMENT for|against|other, undo N, or import FILE")
    if coder is None:
        raise click.UsageError("who judges? Give --coder NAME")
    if verb == ("undo",) and not (rest[0].isascii() and rest[0].isdigit() and len(rest[0]) < 18):
        raise click.UsageError(f"{rest[0]!r} is no number of a judgement: sayso judge RECORD lists them")
    with sayso.Record(record, create=False, write=bool(verb)) as opened:
        if verb == ("import",):
            click.echo(f"{opened.bring_in(_judgements_in(rest[0]))} judgements added", err=True)
            return
        made: int | None = None
        if verb == ("undo",):
            made = opened.undo(int(rest[0]), coder=coder)["id"]
        elif verb:
            row = opened.judge(verb[0].replace("-", " "), *map(_decoded, rest), coder=coder)
            made = row["id"]
            for other in row["contradicts"]:
                click.echo(f"this contradicts judgement {other}, which no longer holds: sayso judge RECORD undo {made} takes it back", err=True)
        numbers: dict[str, int] = {}
        for row in opened.judgements():
            numbers[row["uid"]] = row["id"]
            if made in (None, row["id"]):
                _out(_json(row) if form == "jsonl" else _judged(row, numbers))


def _judgements_in(file: str) -> list[Any]:
    """The rows of a file that sayso judge printed."""
    advice = "Give what sayso judge RECORD --format jsonl printed"
    rows = []
    try:
        with click.open_file(file, encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        rows.append(json.loads(line))
                    except (ValueError, RecursionError) as error:
                        raise sayso.SaysoError(f"line {number} of {file} is not JSON ({error})", advice) from None
    except OSError as error:
        raise sayso.SaysoError(f"{file} cannot be read ({error.strerror})", advice) from None
    except UnicodeDecodeError:
        raise sayso.SaysoError(f"{file} is not UTF-8", advice) from None
    return rows


def _judged(row: dict[str, Any], numbers: dict[str, int]) -> str:
    """One judgement on a line; *numbers* are those of the earlier ones by uid."""
    said, state = f"{row.get('a')} {row.get('b')}", ""
    if row["kind"] in ("same claim", "not same claim"):
        said = ", ".join(row["statements"]) or "no statement that is there now"
    elif "value" in row:
        said = f"{row['value']} of {', '.join(row['statements']) or 'no statement that is there now'}"
    elif row["kind"] == "withdrawn":
        said = str(numbers.get(row["withdraws"], row["withdraws"]))
    if not row["stands"]:
        state = "  (withdrawn)"
    elif row["contradicted_by"]:
        state = f"  (does not hold: {', '.join(map(str, row['contradicted_by']))} says otherwise)"
    return f"{row['id']:>4}  {row['time'][:16]}  {sayso.clean(row['coder'])}  {row['kind']}: {sayso.clean(said)}{state}"


@main.command()
@click.argument("record", metavar="RECORD")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read beside each other.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def reread(record: str, jobs: int, quiet: bool) -> None:
    """Read again what other models read, from the texts in the record. Can be stopped and run again."""
    with sayso.Record(record, create=False) as opened, _progress(quiet) as progress:
        summary = opened.reread(jobs=jobs, progress=progress)
    _report_problems(summary.problems)
    if not quiet:
        parts = [f"{summary.replaced} read again", f"{summary.unchanged} unchanged"]
        if summary.problems:
            parts.append(f"{len(summary.problems)} not read")
        click.echo(f"{', '.join(parts)}; {summary.statements} statements found", err=True)
    _leave(summary)


@main.command()
@click.argument("record", metavar="RECORD")
@click.option("--port", type=click.IntRange(0, 65535), default=8484, show_default=True, help="Port; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; on one that others reach, everybody needs a password.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="A further name of the room (behind a proxy, say; may be repeated).")
@click.option("--read-only", is_flag=True, help="Nobody changes anything: for publishing.")
@click.option("--coder", callback=_words, metavar="NAME", default=lambda: os.environ.get("USER", "unnamed"), show_default="$USER", help="Who judges.")
def serve(record: str, port: int, host: str, names: tuple[str, ...], read_only: bool, coder: str | None) -> None:
    """Open the reading room: the record in the browser, and for programs under /api. Stop it with Ctrl-C.

    The password is taken from SAYSO_PASSWORD, or made and printed where one is needed.
    """

    def told(address: str, password: str | None) -> None:
        click.echo(f"{sayso.clean(record)} is open at {address}  (stop with Ctrl-C)")
        if password is not None and not os.environ.get("SAYSO_PASSWORD"):
            click.echo(f"password: {password}")
        if password is not None:
            click.echo("Others reach this address. Without TLS the password goes over the network as it is: put a server that has a", err=True)
            click.echo("certificate before it (caddy reverse-proxy --to 127.0.0.1:PORT, say), and keep --host 127.0.0.1 with --name.", err=True)
        _flush()

    password = os.environ.get("SAYSO_PASSWORD") or None
    sayso.serve(record, host=host, port=port, write=not read_only, password=password, names=names, coder=coder or "unnamed", told=told)


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print them.")
def acts(form: str) -> None:
    """List the acts: what cues do, with the stance that each gives."""
    for act in sayso.acts().values():
        if form == "jsonl":
            _out(_json({
                "act": act.name, "stance": act.stance, "negated_stance": act.negated_stance, "definition": act.definition, "example": act.example,
            }))
        else:
            _out(f"{act.name:<11}{act.stance + ' / not: ' + act.negated_stance:<22}{act.definition}\n{'':33}{act.example}")


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Comma-separated values as RFC 4180 has them: a line of headings, then one a row (which line breaks in it may spread)."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()


def _statement_cells(row: dict[str, Any]) -> list[Any]:
    parts = {k: row[k] or {"text": "", "spans": []} for k in ("source", "cue", "content")}
    report, speaker = row["report"], row["speaker"] or {"id": None, "name": None, "kind": None, "side": None}
    return [
        row["id"], report["path"], report["outlet"], report["title"], report["published"], *(p["text"] for p in parts.values()),
        *(";".join(f"{a}-{b}" for a, b in p["spans"]) for p in parts.values()), row["form"], row["act"], row["negated"], row["stance"],
        row["parent"], row["confidence"], speaker["name"], speaker["kind"], speaker["side"], speaker["id"],
        "; ".join(a["name"] for a in row["about"]), row["said_on"], row["said"] and row["said"]["text"],
    ]


# What makes a spreadsheet run a cell as a formula, as OWASP lists it; some take the full-width forms too.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is kept from it by an apostrophe."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


# Characters that JSON allows as they are, but that break lines, steer terminals, or cannot be written in UTF-8.
_UNSAFE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _json(value: Any) -> str:
    """*value* as one line of JSON."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:
    """A progress bar with rate and time left on a terminal, nothing elsewhere."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[reports]} reports, {task.fields[rate]}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("reading", total=None, reports=0, rate="–")

        def told(p: sayso.Progress) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = f"{p.reports / elapsed:.1f}" if elapsed > 0.5 else "–"
            bar.update(task, total=p.bytes or None, completed=p.bytes_done, reports=p.reports, rate=rate)

        yield told


def _leave(summary: sayso.Summary) -> None:
    """End with the exit status that says so where something was not read."""
    if summary.problems:
        sys.exit(1 if summary.read or summary.replaced or summary.unchanged else 2)


def _report_problems(problems: list[sayso.Problem]) -> None:
    for problem in problems:
        click.echo(f"{sayso.clean(problem.origin)}: {sayso.clean(problem.reason)}", err=True)
        if problem.advice:
            click.echo(f"    {sayso.clean(problem.advice)}", err=True)


def _out(line: str, end: str = "\n") -> None:
    """One line to standard output, in UTF-8 whatever the terminal's locale says."""
    if sys.stdout is None:
        raise sayso.SaysoError("standard output is closed", "Send it to a file or a pipe")
    with _writing():
        sys.stdout.buffer.write((line + end).encode("utf-8", "replace"))


def _flush() -> None:
    if sys.stdout is not None:
        with _writing():
            sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        _drop_output()
        raise sayso.SaysoError(f"standard output cannot be written ({error.strerror})", "Check the disk that it goes to") from None


def _drop_output() -> None:
    """Send what is left of the output nowhere, so that Python does not fail over it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _width() -> int:
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def _coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


if __name__ == "__main__":
    main()
