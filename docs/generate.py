"""Writes docs/cli.md from the commands themselves. Run it after changing one: python docs/generate.py."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from sayso.cli import main

PAGE = Path(__file__).with_name("cli.md")
HEAD = """\
# The command line

Written by `docs/generate.py` from the commands' own help; a test fails when it is out of date.

Exit status of every command: 0 done; 1 done in part (each input that could not be read is named on standard error, with the
reason and what to do); 2 nothing could be done; 130 stopped by Ctrl-C, what was done is kept; 141 the reader of the output
went away. Output is UTF-8 whatever the locale says. `NO_COLOR` is respected.
"""
TAIL = """
## Exports

`--format jsonl` prints one JSON object a line: the keys are described by the
[JSON Schema](../src/sayso/export/statement.schema.json), which `sayso.schema()` gives in Python. Offsets count code points
into the text of record; `[start, end)` is half open.

`--format csv` is RFC 4180: a line of headings, then one statement a row; spans are written `start-end;start-end`. Text that a
spreadsheet would run as a formula has an apostrophe before it.
"""


def page() -> str:
    """The page, as Markdown."""
    return HEAD + "".join(_section(name, command) for name, command in main.commands.items()) + TAIL


def _section(name: str, command: click.Command) -> str:
    arguments = " ".join(p.metavar or p.name.upper() for p in command.params if isinstance(p, click.Argument) and p.name)
    options = [p for p in command.params if isinstance(p, click.Option)]
    usage = " ".join(filter(None, ("sayso", name, "[OPTIONS]" if options else "", arguments)))
    lines = [f"\n## sayso {name}\n", f"    {usage}\n", inspect.cleandoc(command.help or ""), "", *map(_option, options)]
    return "\n".join(lines).rstrip() + "\n"


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    notes = [*_values(option), *(["needed"] if option.required else [])]
    if option.show_default and option.default is not None:
        default = option.show_default if isinstance(option.show_default, str) else option.default
        notes.append(f"{default} unless given")
    return f"- {names}" + (f" ({'; '.join(notes)})" if notes else "") + (f": {option.help}" if option.help else "")


def _values(option: click.Option) -> Iterator[str]:
    kind = option.type
    if option.metavar:
        yield f"`{option.metavar}`"
    elif isinstance(kind, click.Choice):
        yield " or ".join(f"`{choice}`" for choice in kind.choices)
    elif isinstance(kind, (click.IntRange, click.FloatRange)):
        yield f"{kind.min} or more" if kind.max is None else f"{kind.min} to {kind.max}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
