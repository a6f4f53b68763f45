"""Outside text in messages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso.terminal
from sayso.terminal import clean


def test_public_names():
    names = "clean render_actor render_actors render_checks render_claim render_claims render_figures render_quote render_quotes"
    names += " render_report render_table render_timeline render_unanswered"
    assert sorted(sayso.terminal.__all__) == names.split()


@pytest.mark.parametrize(
    ("outside", "shown"),
    [
        ("two\nlines\tand  spaces ", "two lines and spaces"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\x08b\x7f", "a␈b␡"),
        ("\x9b31m", "�31m"),
        ("user\u202etxt.exe", "user�txt.exe"),
        ("caf\udce9.txt", "caf�.txt"),
        ("\ue000\uffff", "��"),
        ("zero\u200bwidth\ufeff\U000e0041", "zerowidth"),
        ("\u0301x", "◌\u0301x"),
        ("“Größe” – 日本 🇪🇺 ❤️", "“Größe” – 日本 🇪🇺 ❤️"),
        ("नि\u200dर", "नि\u200dर"),
        ("", ""),
    ],
)
def test_outside_text_becomes_one_harmless_line(outside, shown):
    assert clean(outside) == shown


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.characters()))
def test_nothing_that_steers_a_terminal_passes(outside):
    line = clean(outside)
    line.encode()
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in line)
    assert not set(line) & set("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(line) == line
