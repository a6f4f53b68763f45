"""The lexicon of cues: what stands in it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import sayso.attribution.lexicon as module
from sayso.statements import acts

LEXICON = list(csv.DictReader((Path(module.__file__).parent / "cues.csv").read_text(encoding="utf-8").splitlines()))


def test_the_lexicon_names_acts_of_the_list_once_for_each_cue():
    assert {row["act"] for row in LEXICON} <= set(acts())
    assert [key for key, n in Counter((row["cue"], row["content"]) for row in LEXICON).items() if n > 1] == []
    assert {row["content"] for row in LEXICON} <= {"", "quote", "to", "whom to", "that", "wh", "ing", "as"}
    assert [(row["cue"], row["content"]) for row in LEXICON] == sorted((row["cue"], row["content"]) for row in LEXICON)
