"""Who did it, by whom a passive tells; and what is told in one sentence of two speakers."""

from __future__ import annotations

import numpy as np
import pytest

import sayso
from sayso.claims.likeness import parsed
from sayso.claims.words import root, stem


@pytest.mark.parametrize(("text", "doer"), [
    ("The envoy was killed by rogue intelligence officers in the harbour", ("rogue", "intelligence", "officers")),
    ("The dam was closed by Friday", ()),
    ("The gates were opened by hiding the order", ()),
    ("The ferry stood by the pier", ()),
])  # fmt: skip
def test_a_passive_tells_who_did_it(text, doer):
    assert parsed(text, np.zeros(384, np.float32)).doer == {root(stem(word)) for word in doer}


def test_a_claim_told_as_rejected_is_in_dispute(tmp_path):
    text = "Mira Holt rejected Orvan Sorrin's claim that the council had poisoned the river in the winter.\n"
    with sayso.Record(tmp_path / "r.db") as record:
        record.add([sayso.Report(text, sayso.Publication(outlet="Halyard", published="2025-03-04"), "a")])
        (row,) = record.disputes()
    assert [[one["speaker"]["name"] for one in row[position]] for position in ("for", "against")] == [["Orvan Sorrin"], ["Mira Holt"]]


def test_a_condition_tells_no_deed(tmp_path):
    text = "The minister promised a heavy fine if the Orlan Company was involved in the poisoning of the river."
    denial = "Orvan Sorrin denied that the Orlan Company was involved in the poisoning of the river."
    with sayso.Record(tmp_path / "r.db") as record:
        record.add([
            sayso.Report(text, sayso.Publication(outlet="Halyard"), "a"),
            sayso.Report(denial, sayso.Publication(outlet="Veldara"), "b"),
        ])  # fmt: skip
        assert list(record.disputes()) == []
