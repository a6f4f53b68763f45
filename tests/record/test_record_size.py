"""A record's file against the text in it, as benchmarks/size.py measures it."""

from __future__ import annotations

import sys
from pathlib import Path

import sayso

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import size

# Indexes and embeddings apart, and beyond what a record of no reports weighs. Real reports of 6 kB weigh 4.6; examples of 3 kB
# are denser with statements (5.9 to 6.6: pages of so small a record are seldom full), and two sentences that say three things weigh most.
EXAMPLES, SENTENCES = 6.8, 14.0


def test_examples_weigh_about_six_times_their_text(examples_record):
    assert 0 < size.report(examples_record)["beyond_empty_to_text"] <= EXAMPLES


def test_two_sentences_weigh_more(small_reports, tmp_path):
    with sayso.Record(tmp_path / "r.db") as record:
        record.read([small_reports])
    assert 0 < size.report(tmp_path / "r.db")["beyond_empty_to_text"] <= SENTENCES
