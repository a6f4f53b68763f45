"""What holds for every text and all statements, however odd."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sayso.reports import Publication, Report
from sayso.spans import normalised
from sayso.statements import FORMS, Statement, acts
from sayso.terminal import render_report

SGR = re.compile(r"\x1b\[(?:[0-9;]+)m")
ODD = "\x00\x07\x1b\x7f\x85\x9b\t\r\n\n\n\u00a0\u00ad"
ODD += "\u0301\u0488\u061c\u200b\u200d\u200e\u202e\u2028\u2066\u3000\ufe0f\ufeff\ud800\uffff"
SHOWN = "ab.,-—“”’[]⟦⟧‹›_¹²é日本。（👍🏽❤🇷🇺👩של한क\U000e0041\U0001f1e6"

texts = st.one_of(
    st.text(st.sampled_from("abc -.\n" + ODD + SHOWN), max_size=200),
    st.text(st.characters(), max_size=60),
    st.lists(st.text(st.sampled_from("aé日x-"), min_size=1, max_size=90), max_size=12).map(" ".join),
)


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    text = draw(texts.filter(bool))
    places = st.integers(0, len(text))
    pairs = st.lists(st.tuples(places, places), max_size=3)
    spans = pairs.map(lambda found: normalised((min(pair), max(pair)) for pair in found))
    count = draw(st.integers(0, 6))
    return text, [
        Statement(
            draw(spans),
            draw(spans),
            draw(spans),
            (),
            draw(st.sampled_from(FORMS)),
            draw(st.sampled_from(sorted(acts()))),
            draw(st.booleans()),
            draw(st.one_of(st.none(), st.integers(0, count - 1))),
            draw(st.floats(0, 1)),
        )
        for _ in range(count)
    ]


def in_order(wanted: str, within: str) -> bool:
    rest = iter(within)
    return all(char in rest for char in wanted)


@settings(deadline=None)  # a busy machine is no failure
@given(readings(), st.integers(24, 180))
@example(("日" * 40, []), 25)
@example(("a\u200d" * 50 + "👩\u200d" * 50, []), 40)
def test_lines_fit_and_only_styles_steer_the_terminal(reading, width):
    text, statements = reading
    publication = Publication(outlet=text[:20], title=text[:90], byline=text[-20:])
    report = Report(text, publication, origin=text[:50], notes=(text[:30],))
    plain = list(render_report(report, statements, width=width))
    coloured = list(render_report(report, statements, width=width, colour=True))
    assert [SGR.sub("", line) for line in coloured] == plain
    for line in plain:
        assert cell_len(line) <= width
        line.encode()
        assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char in "\u2028\u2029\u202e\u2066" for char in line)


@settings(deadline=None)  # a busy machine is no failure
@given(readings(), st.integers(24, 180))
def test_every_printable_character_is_shown_in_order(reading, width):
    text, statements = reading
    visible = "".join(char for char in text if char.isprintable() and not char.isspace())
    assert in_order(visible, "\n".join(render_report(Report(text), statements, width=width)))


def ink(line: str) -> str:
    """What of *line* is printable and neither white space nor put in place of something else."""
    ours = set("◌�│┬┴─") | {chr(code) for code in range(0x2400, 0x2422)}
    return "".join(char for char in line if char.isprintable() and not char.isspace() and char not in ours)


@settings(deadline=None)  # a busy machine is no failure
@given(texts, st.integers(24, 180))
def test_without_statements_the_text_is_all_there_is(text, width):
    lines = list(render_report(Report(text), (), width=width))
    first = next(number for number, line in enumerate(lines) if line.strip().startswith("─"))
    assert ink("".join(lines[first:-1])) == ink(text)
