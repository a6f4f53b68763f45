"""Options that several verbs take."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click

import sayso


def decoded(value: str) -> str:
    """What was typed, in UTF-8 whatever the locale says."""
    return os.fsencode(value).decode("utf-8", "backslashreplace")


def words(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Words to keep or to look for, in UTF-8 whatever the locale says; nothing but spaces counts as not given."""
    return None if value is None else decoded(value).strip() or None


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


def wanted(languages: tuple[str, ...]) -> tuple[str, ...] | None:
    """The languages of the reports to take; None for any."""
    return None if "any" in languages else languages or ("en",)


def together(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, in their order."""

    def decorator(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorator


def printed(*forms: str, name: str = "form", help: str = "How to print them.") -> Callable[[Any], Any]:
    """--format: the first of *forms* unless given."""
    return click.option("--format", name, type=click.Choice(forms), default=forms[0], show_default=True, help=help)


RECORD = click.argument("record", metavar="RECORD")
SIDE = click.option("--side", callback=words, metavar="WHO", help="A state, body or organisation that the speaker is part of.")
MIN_CONFIDENCE = click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out statements below this.")
LIMIT = click.option("--limit", type=click.IntRange(1), help="At most so many.")
WIDTH = click.option("--width", type=click.IntRange(40, 400), help="Columns; the terminal's unless given.")
JOBS = click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read beside each other.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
CODER = click.option(
    "--coder", callback=words, metavar="NAME", default=lambda: os.environ.get("USER", "unnamed"), show_default="$USER", help="Who judges.",
)

#: What the inputs do not say, for verbs that read them.
FACTS = together(
    click.option("--outlet", callback=words, metavar="NAME", help="Who published it, where the input does not say or says it wrong."),
    click.option("--published", callback=_date, metavar="DATE", help="When it was published: YYYY-MM-DD, or with a time."),
    click.option("--language", "languages", multiple=True, callback=_codes, metavar="CODE", help=(
        "Take reports in this language (en unless given; may be repeated); any: whatever it is."
    )),
)  # fmt: skip
