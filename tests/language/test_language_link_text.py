"""Titles of other reports that links left behind a name are not read."""

from __future__ import annotations

import time

import sayso
from sayso.language.link_text import blanked, link_text

TEXT = (
    "Senator Orla Brook Orla Mary BrookTown opens bridge Mill sold to rivals Ferry owners accuse council MORE (R-Dora) said that the mill is lost.\n"
    "Mayor Piet Holt Pieter (Piet) HoltThe memo: who pays? MORE denied it."
)


def test_titles_are_blanked_and_all_else_stays():
    out = blanked(TEXT, link_text(TEXT))
    assert len(out) == len(TEXT)
    assert out.split() == (
        "Senator Orla Brook (R-Dora) said that the mill is lost. Mayor Piet Holt denied it."
    ).split()
    assert link_text("Brook said MORE is needed.") == ()


def test_nobody_speaks_there():
    reading = sayso.analyse(TEXT).reading
    assert [[TEXT[a:b] for a, b in s.source] for s in reading.statements] == [["Senator Orla Brook", "(R-Dora)"], ["Mayor Piet Holt"]]


def test_hostile_text_takes_no_longer():
    began = time.process_time()
    link_text("Aa Bb " * 50_000 + " MORE")
    link_text("A" * 300_000 + " MORE")
    assert time.process_time() - began < 30
