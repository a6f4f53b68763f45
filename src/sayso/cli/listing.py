"""Listing: rows printed in the form that was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import click

import sayso
from sayso.cli.output import coloured, out, terminal_width
from sayso.cli.sheets import Sheet

# Characters that JSON allows as they are, but that break lines, steer terminals, or cannot be written in UTF-8.
_UNSAFE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def listed(
    rows: Iterable[Mapping[str, Any]], form: str, render: Callable[..., Iterable[str]], *, sheet: Sheet | None = None, none: str = "",
    width: int | None = None,
) -> None:
    """Print *rows*: as JSON Lines, as the CSV of *sheet*, ready to paste ("cite"), or as *render* sets them for a terminal.

    Where *render* gives no line, *none* is said on standard error. *width* is the terminal's unless given.
    """
    if form == "jsonl":
        for row in rows:
            out(as_json(row))
    elif form == "cite":
        for row in rows:
            out(sayso.clean(sayso.cite(row)))
    elif form == "csv" and sheet is not None:
        for line in sheet.lines(rows):
            out(line, end="")
    else:
        anything = False
        for line in render(rows, width=width or terminal_width(), colour=coloured()):
            out(line)
            anything = True
        if none and not anything:
            click.echo(none, err=True)


def form_of(form: str, cite: bool) -> str:
    """The form to list in, where --cite is a further one."""
    if cite and form != "table":
        raise click.UsageError("--cite prints lines to paste: leave out --format")
    return "cite" if cite else form


def each(render: Callable[..., Iterable[str]]) -> Callable[..., Iterable[str]]:
    """What renders one row, for all of them."""
    return lambda rows, **how: (line for row in rows for line in render(row, **how))


def plain(line: Callable[[Any], str]) -> Callable[..., Iterable[str]]:
    """What gives the line of a row, whatever the terminal is."""
    return lambda rows, **how: map(line, rows)


def as_json(value: Any) -> str:
    """*value* as one line of JSON."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))
