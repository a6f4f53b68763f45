"""Judging: judge."""

from __future__ import annotations

import json
from typing import Any

import click

import sayso
from sayso.cli.listing import as_json
from sayso.cli.options import CODER, RECORD, decoded, printed
from sayso.cli.output import out

_VERBS = (
    "same A B", "not-same A B", "same-quote A B", "not-same-quote A B", "speaker STATEMENT WHO", "position STATEMENT P", "undo N", "import FILE"
)  # fmt: skip


@click.command()
@RECORD
@click.argument("what", nargs=-1, metavar=f"[{' | '.join(_VERBS)}]")
@CODER
@printed("table", "jsonl")
def judge(record: str, what: tuple[str, ...], coder: str | None, form: str) -> None:
    """Say what is right: that two actors are the same or not, or that two statements make one claim or quote one utterance, or not; who the
    speaker of a statement is, or whether it is for or against what it says (or other). Without more: list what was judged.

    Judgements survive reading everything anew; each can be undone. The list in JSON Lines is what import takes.
    """
    verb, rest = what[:1], what[1:]
    sizes = {"same": 2, "not-same": 2, "same-quote": 2, "not-same-quote": 2, "speaker": 2, "position": 2, "undo": 1, "import": 1}
    if verb and (verb[0] not in sizes or len(rest) != sizes[verb[0]]):
        raise click.UsageError(f"it is: {', '.join(_VERBS)} (P is for, against or other)")
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
            row = opened.judge(verb[0].replace("-", " "), *map(decoded, rest), coder=coder)
            made = row["id"]
            for other in row["contradicts"]:
                click.echo(f"this contradicts judgement {other}, which no longer holds: sayso judge RECORD undo {made} takes it back", err=True)
        numbers: dict[str, int] = {}
        for row in opened.judgements():
            numbers[row["uid"]] = row["id"]
            if made in (None, row["id"]):
                out(as_json(row) if form == "jsonl" else _judged(row, numbers))


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
    if row["kind"].endswith((" claim", " quote")):
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
