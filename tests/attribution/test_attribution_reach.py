"""Quotations longer than what is read around a cue are whole."""

from __future__ import annotations

import pytest

import sayso

LONG = (
    "The lock gate has leaked since the spring flood, and each of the four councils that own a share in it has found a reason to wait for the "
    "others to pay. My father kept the gate for thirty years, and he would not have slept one night if he had seen so much water run under it, "
    "nor would the men who worked there with him in those days"
)


@pytest.mark.parametrize("text", [f"“{LONG},” Sella Orn said.", f"The council met. “{LONG},” said Sella Orn, who keeps the lock."])
def test_a_long_quotation_before_its_cue_is_whole(text):
    (row,) = (row for row in sayso.analyse(text).rows() if row["source"] and row["source"]["text"].startswith("Sella Orn") and not row["parent"])
    assert row["content"]["text"] == f"“{LONG},”"
