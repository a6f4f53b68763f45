"""Problems: what went wrong, told on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeVar

import click

import sayso

T = TypeVar("T")


def fail(message: str, advice: str, status: int = 2) -> NoReturn:
    """Say what was wrong and what to do, and end."""
    click.echo(f"sayso: {sayso.clean(message)}", err=True)
    if advice:
        click.echo(f"       {sayso.clean(advice)}", err=True)
    sys.exit(status)


def set_aside(found: Iterable[T | sayso.Problem], problems: list[sayso.Problem]) -> Iterator[T]:
    """What of *found* could be read; what could not is added to *problems*."""
    for made in found:
        if isinstance(made, sayso.Problem):
            problems.append(made)
        else:
            yield made


def report_problems(problems: Iterable[sayso.Problem]) -> None:
    """Name each input that could not be read, with the reason and what to do."""
    for problem in problems:
        click.echo(f"{sayso.clean(problem.origin)}: {sayso.clean(problem.reason)}", err=True)
        if problem.advice:
            click.echo(f"    {sayso.clean(problem.advice)}", err=True)
