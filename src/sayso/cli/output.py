"""Standard output, in UTF-8 whatever the terminal's locale says."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import sayso


def out(line: str, end: str = "\n") -> None:
    """One line."""
    if sys.stdout is None:
        raise sayso.SaysoError("standard output is closed", "Send it to a file or a pipe")
    with _writing():
        sys.stdout.buffer.write((line + end).encode("utf-8", "replace"))


def flush() -> None:
    if sys.stdout is not None:
        with _writing():
            sys.stdout.flush()


def drop() -> None:
    """Send what is left of the output nowhere, so that Python does not fail over it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def terminal_width() -> int:
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def coloured() -> bool:
    return sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        drop()
        raise sayso.SaysoError(f"standard output cannot be written ({error.strerror})", "Check the disk that it goes to") from None
