"""Checks as they are printed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

import sayso

SAID = "ORLAN: We will not sell the old mill, if they keep the treaty.\nHALE: 水車 is ours, and so is the dam.\nORLAN: So be it.\n"


def rows(*quotes):
    return [sayso.check_quote(quote, [SAID]).row() for quote in quotes]


@pytest.mark.parametrize("width", [20, 40, 60, 100, 300])
def test_no_line_is_too_wide(width):
    made = rows("We will not sell the new mill, if they keep the treaty", "水車 is ours, and so is the dam", "x" * 400)
    for line in sayso.render_checks(made, width=width):
        assert cell_len(line) <= max(40, min(width, 100))


def test_colour_adds_nothing_but_colour():
    made = rows("We will sell the old mill", "nothing of the kind was said")
    plain, coloured = (list(sayso.render_checks(made, width=80, colour=colour)) for colour in (False, True))
    import re

    assert [re.sub(r"\x1b\[[\d;]*m", "", line).rstrip() for line in coloured] == [line.rstrip() for line in plain]


def test_nothing_for_nothing():
    assert list(sayso.render_checks([], width=80)) == []


def test_wordings_that_differ_in_marks_are_listed_once_and_what_another_leaves_out_is_no_insertion():
    same = {"report": "1", "speaker": None, "outlet": "Halyard", "published": None, "path": "a.txt", "against": 0}
    diff = [{"kind": "same", "base": "the mill", "variant": "the mill"}, {"kind": "beyond", "base": "", "variant": "a shame"}]
    words = (("The mill stands.", ["kept"]), ("the mill", ["trimmed"]), ("the mill,", ["trimmed"]))
    row = {
        "id": "7", "speaker": None, "texts": 1, "reports": 1, "carriers": [],
        "variants": [{**same, "text": text, "change": change, "diff": diff if n else []} for n, (text, change) in enumerate(words)],
    }
    assert sum("trimmed:" in line for line in sayso.render_quotes([row], width=80)) == 1
    assert any("the mill (+a shame+)" in line for line in sayso.render_quote(row, width=80))
