"""The progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sayso


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Any]:
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
