"""`sayso statements`: many statements, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sayso.terminal import render_table


def row(**values: Any) -> dict[str, Any]:
    given = {
        "report": {"id": "r", "path": "in/tarn.txt", "outlet": None, "title": None, "published": "2024-05-14T09:30:00"},
        "source": {"text": "Orla Venn", "spans": [[0, 9]]},
        "content": {"text": "the dam will stand", "spans": [[15, 33]]},
        "act": "say",
        "negated": False,
        "stance": "affirm",
        "said_on": None,
        "confidence": 0.974,
    }
    return given | values


def test_a_row_has_date_speaker_act_content_and_confidence():
    assert list(render_table([row(), row(source=None, act="know", negated=True, confidence=None)], width=80)) == [
        "date        speaker           act       content                             conf",
        "──────────  ────────────────  ────────  ──────────────────────────────────  ────",
        "2024-05-14  Orla Venn         say       the dam will stand                   97%",
        "2024-05-14  no speaker named  not know  the dam will stand",
    ]


def test_the_day_of_the_saying_comes_before_the_day_of_the_report_and_both_before_its_place():
    report = {"path": "in/tarn.txt", "outlet": "Courier", "published": None}
    rows = [row(said_on="2024-05-13"), row(report=report), row(report=report | {"outlet": None}), row(report={})]
    assert [line.split()[0] for line in render_table(rows, width=80)][2:] == ["2024-05-13", "Courier", "tarn.txt", "unknown"]


def test_long_contents_are_cut_with_an_ellipsis():
    (line,) = list(render_table([row(content={"text": "word " * 100})], width=70))[2:]
    assert re.search(r"  word( word)*( w| wo| wor)?… +97%$", line)
    assert cell_len(line) == 70


@pytest.mark.parametrize("width", [24, 40, 63, 64, 80, 120, 250])
def test_no_line_is_wider_than_the_terminal(width):
    wide = {"source": {"text": "日本" * 40}, "content": {"text": "é\u0301👍🏽" * 90}}
    odd = row(**wide, act="criticise", negated=True, report={"path": "long" * 30})
    assert max(map(cell_len, render_table([row(), odd] * 3, width=width))) <= width


def test_a_narrow_terminal_has_the_content_on_a_line_of_its_own():
    assert list(render_table([row()], width=40)) == ["Orla Venn  say          2024-05-14   97%", "  the dam will stand"]


def test_rows_are_printed_as_they_come():
    def endless() -> Iterator[dict[str, Any]]:
        for number in count():
            yield row(content={"text": f"statement {number}"})

    lines = render_table(endless(), width=80)
    assert "statement 150" in [next(lines) for _ in range(153)][-1]


def test_no_rows_print_nothing():
    assert list(render_table([], width=80)) == []


def test_colour_is_only_there_when_asked_for():
    assert not any("\x1b" in line for line in render_table([row(stance="deny")], width=80))
    assert any("\x1b[31m" in line for line in render_table([row(stance="deny")], width=80, colour=True))


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(), st.text(), st.integers(24, 150))
def test_hostile_words_are_harmless(source, content, width):
    for line in render_table([row(source={"text": source}, content={"text": content}, report={"path": content})], width=width):
        line.encode()
        assert cell_len(line) <= width
        assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char in "\u2028\u202e\u2066" for char in line)
