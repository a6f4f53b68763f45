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
## Actors and judgements

Who "he", "the minister", "Moscow" and "Lavrov" are is worked out for each report when it is read; the record puts one actor's
statements together across reports. An actor's id (`sayso actors RECORD --format jsonl`) is what the commands below take; `person:…`,
`state:…` and the like stand in a register, `name:…` in the reports only, and what nobody named is `anonymous:…`, each its own. Where
a name may mean several, the command says so and asks for an id.

    sayso actors RECORD                            who speaks and is spoken about, those who speak most first
    sayso actors RECORD Lavrov                     one actor: who, offices, names used, statements by and about
    sayso statements RECORD --side Russia          statements of all who are part of a state, a body or an organisation
    sayso actors RECORD --proposals                pairs that may be one, with the evidence
    sayso judge RECORD same ID ID                  … they are; not-same: they are not
    sayso judge RECORD speaker STATEMENT WHO       who makes a statement: an id, or a name
    sayso judge RECORD                             what was judged, by whom and when
    sayso judge RECORD undo 3                      takes the third back; undo of the undoing brings it back
    sayso judge RECORD --format jsonl > FILE       all judgements, for sayso judge OTHER import FILE
    sayso actors RECORD import FILE                a larger register of actors; a second import of the same file changes nothing

A judgement is never changed or deleted, only withdrawn by another. Of two that contradict each other the later holds, and the list
says so of the earlier. Judgements on a speaker hold on to the text: after another reading they are of the statement whose cue is the
same and half of whose content is; one that fits none is listed, not dropped. The reports that a judgement touches are resolved again
with it, the others stay as they are.

## Checking quotations

    sayso check report.txt --against speech.txt            every quotation of a report; - for standard input
    sayso check report.txt --against a.vtt b.srt c.html    several transcripts: the one that has a quotation best counts
    sayso check --quote "We will not" --speaker Orlan --against speech.txt

Differences are marked without colour: `[-said, not quoted-]`, `{+quoted, not said+}`, `~said elsewhere in the passage~`. Verdicts:

- verbatim: whole sentences, word for word, whatever their case, marks, spelling, contraction, and whether numbers are figures;
- trimmed: the words of one passage, some cut: at its head or tail within a sentence, or inside; with what the cut takes away: a
  negation, a condition, a hedge, the subject (whose words they are counts as one);
- altered: words put in or replaced without brackets; reordered; spliced: from places more than 40 words or a turn apart;
- other speaker: the transcript's labels say that somebody else said it, or asked it;
- not found: fewer than half of its words stand together anywhere.

A verdict in capitals does not pass: everything but verbatim, and trimmed where nothing is lost and what is cut inside is marked. Exit
status: 0 all pass, 1 one does not, 2 a file could not be read (what could be is printed). One JSON object a line has the keys `quote`,
`spans`, `verdict`, `passes`, `cuts`, `lost`, `disclosed`, `passage` (`text`, `spans`, `transcript`, `speakers`), `diff`, `share`, `speaker`,
`statement`, `report`.

## Quotes

    sayso quotes RECORD                            what is quoted twice or more, first what most texts carry
    sayso quotes RECORD ID                         one in full: every variant held against the fullest, and its carriers
    sayso quotes RECORD --outlet Halyard --text bridge
    sayso judge RECORD not-same STATEMENT STATEMENT    … they quote two utterances; same: one

Rows have `id`, `speaker`, `variants`, `first` (the report that carried it first; several where only their day is known), `carriers` (in
the order of publication; `same_text_as`: the first report of which theirs is a copy), `texts` (copies counted once) and `reports`. A variant
has `text`, `spans`, `report`, `statement` (null for marks in no statement, as in a headline), `speaker`, `change` (kept, or trimmed,
inserted, replaced, reordered), `against` (the place, in the list, of the variant that it is held against: 0, the fullest, unless it has
more of another) and `diff` (runs of words: `kind`, `base`, `variant`, `disclosed` by an ellipsis or brackets; of the kind `beyond` is what
the other leaves out before its beginning, behind its end, in its gaps or as whole sentences: no change).

## Claims and disputes

    sayso disputes RECORD                          what some affirm and others deny, the greatest first
    sayso disputes RECORD ID                       one in full: every position, with its words, day and report
    sayso claims RECORD --speaker Lavrov           claims on which he takes a position, or is said to
    sayso claims RECORD --figures                  of what reports say different numbers, and who says which
    sayso disputes RECORD --unanswered             accusations whose report carries no word of the accused, or of their side

Positions are told from what a statement does to its content, through the chain. *other* are doubts, and what only asks or
mentions. A position in another's statement says who reports it. In JSON Lines the rows have `id`, `label`, `for`, `against` and `other` (each a
list of `speaker`, `side`, `statement`, `act`, `text`, `spans`, `said_on`, `published`, `outlet`, `report`, `reported_by` …), `strongest` (a
statement for each side), `speakers` (how many, copies not counted) and `changed` (who has taken both sides). CSV has one position a row.

## Exports

`--format jsonl` prints one JSON object a line: the keys are described by the
[JSON Schema](../src/sayso/export/statement.schema.json), which `sayso.schema()` gives in Python. Offsets count code points
into the text of record; `[start, end)` is half open.

`--format csv` is RFC 4180: a line of headings, then one statement, actor or pair a row; spans are written `start-end;start-end`.
Text that a spreadsheet would run as a formula has an apostrophe before it.
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
