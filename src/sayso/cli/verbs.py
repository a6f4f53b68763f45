"""The group of verbs."""

from __future__ import annotations

import io
import signal
import sys
from typing import Any

import click

import sayso
from sayso.cli.output import drop, flush
from sayso.cli.problems import fail


class Verbs(click.Group):
    """Lists the verbs in the order in which one uses them; prints what sayso raises as one clear message."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())  # None where it was closed
        try:
            try:
                return super().invoke(ctx)
            finally:
                flush()
        except sayso.SaysoError as error:
            fail(error.message, error.advice)
        except BrokenPipeError:
            # the reader of our output has seen enough
            drop()
            sys.exit(141)
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # one is enough: what follows takes no time
            going_on = ctx.invoked_subcommand in ("read", "reread")
            fail("stopped", "What was done is kept: run the same command again to go on" if going_on else "", status=130)
