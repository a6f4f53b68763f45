"""Draws docs/show.svg: the beginning of `sayso show` on an example report, as a terminal shows it."""

from __future__ import annotations

import io
import sys
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

import sayso

ROOT = Path(__file__).resolve().parent.parent
WIDTH, LINES = 112, 46


def main() -> None:
    report = next(sayso.read_reports([sys.argv[1] if len(sys.argv) > 1 else ROOT / "examples" / "other-bank-2025-03-10-two-flashes.txt"]))
    if isinstance(report, sayso.Problem):
        raise SystemExit(f"{report.origin}: {report.reason}")
    console = Console(width=WIDTH + 2, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in islice(sayso.analyse(report).render(width=WIDTH, colour=True), LINES):
        console.print(Text.from_ansi(line), overflow="ignore", no_wrap=True, crop=False)
    console.save_svg(str(ROOT / "docs" / "show.svg"), title="sayso show", theme=MONOKAI)


if __name__ == "__main__":
    main()
