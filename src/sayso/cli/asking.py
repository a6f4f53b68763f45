"""Asking: statements, timeline, actors, quotes, claims, disputes, acts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

import sayso
from sayso.cli import sheets
from sayso.cli.listing import each, form_of, listed, plain
from sayso.cli.options import LIMIT, MIN_CONFIDENCE, RECORD, SIDE, decoded, printed, together, words
from sayso.cli.output import coloured, out, terminal_width
from sayso.cli.problems import report_problems
from sayso.cli.progress import progress_bar

_SPEAKER = click.option("--speaker", callback=words, metavar="WHO", help="An actor (name, words of one, or id), or words of the source.")
_ABOUT = click.option("--about", callback=words, metavar="WHO", help="An actor that the content is about, or words of the content.")
_CARRIED = together(
    click.option("--outlet", callback=words, metavar="NAME", help="Part of the outlet's name."),
    click.option("--since", metavar="DAY", help="Said on this day or later; where the text does not tell when, published then."),
    click.option("--until", metavar="DAY", help="Said on this day or earlier; where the text does not tell when, published then."),
)


@click.command()
@RECORD
@_SPEAKER
@SIDE
@_ABOUT
@click.option("--text", callback=words, metavar="WORDS", help="Words of source, cue or content.")
@_CARRIED
@click.option("--form", metavar="FORM", help="direct, mixed, indirect or block.")
@click.option("--act", metavar="ACT", help="What the cue does: say, deny, accuse, demand … (sayso acts lists them).")
@click.option("--stance", metavar="STANCE", help="affirm, deny, doubt, want or none.")
@click.option("--nested/--top", default=None, help="Only statements inside others, or only those in none.")
@MIN_CONFIDENCE
@LIMIT
@printed("table", "jsonl", "csv", name="form_out")
@click.option("--cite", is_flag=True, help="Print each ready to paste: words, speaker, outlet, date, URL, characters.")
def statements(record: str, form_out: str, cite: bool, **filters: Any) -> None:
    """List the statements of a record, by report and place in it. Filters add up."""
    form_out = form_of(form_out, cite)
    with sayso.Record(record, create=False, write=False) as opened:
        listed(opened.statements(**filters), form_out, sayso.render_table, sheet=sheets.STATEMENTS, none="no statement matches")


@click.command()
@RECORD
@_SPEAKER
@SIDE
@_ABOUT
@_CARRIED
@MIN_CONFIDENCE
@LIMIT
@printed("table", "jsonl", "csv")
def timeline(record: str, form: str, **filters: Any) -> None:
    """List statements in the order in which they were made, each with the outlet that carried it.

    A day after ≤ is that of publication: the text does not tell when it was said, but by then it was.
    """
    with sayso.Record(record, create=False, write=False) as opened:
        listed(opened.timeline(**filters), form, sayso.render_timeline, sheet=sheets.STATEMENTS, none="no statement matches")


@click.command()
@RECORD
@click.argument("who", nargs=-1, metavar="[WHO | import FILE...]")
@click.option("--kind", metavar="KIND", help="person, state, body, organisation, armed group, outlet, group or anonymous.")
@click.option("--proposals", is_flag=True, help="List pairs that may be one, for you to judge (sayso judge).")
@click.option("--state", callback=words, metavar="NAME", help="With import: where the offices are held, if the file does not say.")
@LIMIT
@printed("table", "jsonl", "csv")
def actors(record: str, who: tuple[str, ...], kind: str | None, proposals: bool, state: str | None, limit: int | None, form: str) -> None:
    """List who speaks and who is spoken about; with WHO (a name, words of one, or an id) print that one actor's page.

    import takes larger registers of actors into the record: FollowTheMoney entities, offices as CSV, Wikidata query results.
    """
    if who[:1] == ("import",):
        if len(who) == 1:
            raise click.UsageError("import what? It is: sayso actors RECORD import FILE...")
        _import(record, who[1:], state)
        return
    name = decoded(" ".join(who)).strip() or None
    with sayso.Record(record, create=False, write=False) as opened:
        if name is not None and form == "table" and not proposals:
            page = opened.actor(name)
            by, about = opened.statements(speaker=page["id"]), opened.statements(about=page["id"])
            for line in sayso.render_actor(page, by, about, width=terminal_width(), colour=coloured()):
                out(line)
            return
        if proposals:
            listed(opened.proposals(limit=limit), form, plain(_proposed), sheet=sheets.PROPOSALS, none="no pair is proposed")
        else:
            listed(opened.actors(name, kind=kind, limit=limit), form, sayso.render_actors, sheet=sheets.ACTORS, none="no actor matches")


def _proposed(row: dict[str, Any]) -> str:
    return f"{row['score']:.2f}  {sayso.clean(row['a'])} {sayso.clean(row['b'])}  {sayso.clean('; '.join(row['evidence']))}"


def _import(record: str, files: tuple[str, ...], state: str | None) -> None:
    """Exit status: 0 all was taken, 1 something was not (each is named), 2 nothing could be."""
    wrong = taken = 0
    with sayso.Record(record) as opened:
        for file in files:
            with progress_bar(False) as progress:
                summary = opened.import_register(file, state=state, resolving=progress)
            report_problems(summary.problems)
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


#: What keeps a claim, dispute or quote: one of its statements to which all that is given applies.
_OF_GROUPS = together(
    click.option("--speaker", callback=words, metavar="WHO", help="An actor (name, words of one, or id) who says it."),
    SIDE,
    click.option("--about", callback=words, metavar="WHO", help="An actor (name, words of one, or id) that it is about."),
    click.option("--text", callback=words, metavar="WORDS", help="Words of the statement, inflected or not; between quotation marks in this order."),
    click.option("--outlet", callback=words, metavar="NAME", help="Part of the name of an outlet that carries it."),
    click.option("--since", metavar="DAY", help="Said (else published) on this day or later."),
    click.option("--until", metavar="DAY", help="Said (else published) on this day or earlier."),
)


@click.command()
@RECORD
@click.argument("quote", required=False, metavar="[ID]")
@_OF_GROUPS
@LIMIT
@printed("table", "jsonl")
def quotes(record: str, form: str, quote: str | None, **filters: Any) -> None:
    """List the utterances that are quoted twice or more, who carries them and how they were altered; with ID print that one in full."""
    with sayso.Record(record, create=False, write=False) as opened:
        render = sayso.render_quotes if quote is None else each(sayso.render_quote)
        listed(opened.quotes(quote, **filters), form, render, none="no quote matches")


_CLAIMS = together(
    RECORD,
    click.argument("claim", required=False, metavar="[ID]"),
    _OF_GROUPS,
    LIMIT,
    printed("table", "jsonl", "csv"),
)


@click.command()
@_CLAIMS
@click.option("--figures", is_flag=True, help="List instead of what reports say different numbers, with who says which.")
def claims(record: str, form: str, claim: str | None, figures: bool, **filters: Any) -> None:
    """List what several statements say alike, and who is for and against it; with ID print that one in full."""
    with sayso.Record(record, create=False, write=False) as opened:
        if figures:
            limit = filters.pop("limit")
            if claim is not None or any(filters.values()):
                raise click.UsageError("--figures goes with --limit only")
            listed(opened.figures(limit=limit), form, sayso.render_figures, sheet=sheets.FIGURES, none="no figures conflict")
            return
        listed(opened.claims(claim, **filters), form, _render_claims(claim), sheet=sheets.CLAIMS, none="no claim matches")


@click.command()
@_CLAIMS
@click.option("--unanswered", is_flag=True, help="List accusations instead whose report carries no word of the accused, by outlet.")
def disputes(record: str, form: str, claim: str | None, unanswered: bool, **filters: Any) -> None:
    """List the claims that some affirm and others deny, those first on which most stand on both sides; with ID print that one in full."""
    with sayso.Record(record, create=False, write=False) as opened:
        if unanswered:
            if claim is not None or any(filters[key] for key in ("speaker", "side", "about", "text")):
                raise click.UsageError("--unanswered goes with --outlet, --since, --until and --limit only")
            kept = {key: filters[key] for key in ("outlet", "since", "until", "limit")}
            listed(opened.unanswered(**kept), form, sayso.render_unanswered, sheet=sheets.UNANSWERED, none="no accusation is left unanswered")
            return
        listed(opened.disputes(claim, **filters), form, _render_claims(claim), sheet=sheets.CLAIMS, none="no dispute matches")


def _render_claims(claim: str | None) -> Callable[..., Iterable[str]]:
    return sayso.render_claims if claim is None else each(sayso.render_claim)


@click.command()
@printed("table", "jsonl")
def acts(form: str) -> None:
    """List the acts: what cues do, with the stance that each gives."""
    rows = (
        {"act": act.name, "stance": act.stance, "negated_stance": act.negated_stance, "definition": act.definition, "example": act.example}
        for act in sayso.acts().values()
    )  # fmt: skip
    listed(rows, form, plain(_act))


def _act(row: dict[str, Any]) -> str:
    return f"{row['act']:<11}{row['stance'] + ' / not: ' + row['negated_stance']:<22}{row['definition']}\n{'':33}{row['example']}"
