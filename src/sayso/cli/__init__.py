"""The command line: verbs over the public Python surface."""

from __future__ import annotations

import click

import sayso
from sayso.cli.asking import actors, acts, claims, disputes, quotes, statements, timeline
from sayso.cli.checking import check
from sayso.cli.judging import judge
from sayso.cli.reading import read, reread, show
from sayso.cli.serving import serve
from sayso.cli.verbs import Verbs

__all__ = ["main"]


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(sayso.__version__, prog_name="sayso")
def main() -> None:
    """On whose say-so? Reads news reports and keeps a record of who said, claimed, denied, promised or demanded what."""


for _verb in (read, show, statements, check, timeline, actors, quotes, claims, disputes, judge, reread, serve, acts):
    main.add_command(_verb)
