"""The lexicon: patterns of words that are no report (lexicon.tsv)."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Final, Literal

ListName = Literal["message_line", "message_phrase", "furniture"]
#: message_line: a line that is an error, login or consent message; message_phrase: words that only such messages use;
#: furniture: a block of a page that belongs to the site, not to the report.
LISTS: Final[tuple[ListName, ...]] = ("message_line", "message_phrase", "furniture")


@cache
def patterns(name: ListName) -> tuple[re.Pattern[str], ...]:
    """The patterns of list *name*, in the order of the file; case does not matter."""
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in rows() if row["list"] == name)


def rows() -> list[dict[str, str]]:
    """All rows of lexicon.tsv, each with an example that its pattern matches."""
    lines = (files("sayso.intake") / "lexicon.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
