"""The page: a whole report as `sayso show` prints it, its statements marked in the text and noted beside or below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sayso.reports import Publication, Report
from sayso.spans import Span
from sayso.statements import FORMS, Statement
from sayso.terminal.characters import clean, is_right_to_left
from sayso.terminal.lines import Line, Setter, set_text
from sayso.terminal.marks import SIGNS, Part, depths, marks, pieces, set_marked, superscript
from sayso.terminal.notes import Notes
from sayso.terminal.styles import BOLD, QUIET, UNDERLINED, depth_colour, painted

_NARROWEST: Final = 24
#: From this width on, notes stand in a margin beside the text.
_WIDE: Final = 110
#: Lines much longer than this are hard to read, however wide the terminal.
_LONGEST_MEASURE: Final = 88
_LONGEST_MARGIN: Final = 56
_INDENT: Final = 2
_GUTTER: Final = " │ "
_RULE: Final = "─"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LINE: Final = re.compile("([^\n\r\v\f\x85\u2028\u2029]*)(?:\r\n|[\n\r\v\f\x85\u2028\u2029]|$)")


def render_report(report: Report, statements: Sequence[Statement], *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """*report* as lines of at most *width* terminal cells, its *statements* marked and noted.

    Statements are numbered from 1 in the order given. Without *colour* the lines are plain text; with it they carry SGR
    sequences, and nothing else that steers a terminal. Time and memory grow with the text and the number of statements.
    """
    width = max(width, _NARROWEST)
    wide = width >= _WIDE and not is_right_to_left(report.text)
    ...
