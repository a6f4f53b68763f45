"""Serving: serve."""

from __future__ import annotations

import os

import click

import sayso
from sayso.cli.options import CODER, RECORD
from sayso.cli.output import flush


@click.command()
@RECORD
@click.option("--port", type=click.IntRange(0, 65535), default=8484, show_default=True, help="Port; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; on one that others reach, everybody needs a password.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="A further name of the room (behind a proxy, say; may be repeated).")
@click.option("--read-only", is_flag=True, help="Nobody changes anything: for publishing.")
@CODER
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
        flush()

    password = os.environ.get("SAYSO_PASSWORD") or None
    sayso.serve(record, host=host, port=port, write=not read_only, password=password, names=names, coder=coder or "unnamed", told=told)
