"""Values of the database, packed and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.packing import id_number, number_id, packed, packed_spans, unpacked, unpacked_spans

NUMBERS = st.integers(0, 2**40)
SPANS = st.lists(st.tuples(NUMBERS, NUMBERS).map(lambda p: (p[0], p[0] + p[1])), max_size=4).map(tuple)


@given(st.lists(SPANS, min_size=1, max_size=4))
def test_spans_come_back_in_whatever_order_parts_stand(parts):
    assert unpacked_spans(packed_spans(*parts), len(parts)) == tuple(parts)


@given(st.binary(max_size=12), st.integers(1, 4))
def test_bytes_that_are_no_spans_are_said_to_be_none(blob, parts):
    try:
        found = unpacked_spans(blob, parts)
    except ValueError:
        return
    assert len(found) == parts


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_values_come_back(value):
    assert unpacked(packed(value)) == value


@pytest.mark.parametrize("blob", [b"", b"x", packed([1, 2])[:-3], "text", None])
def test_what_was_not_packed_is_said_to_be_wrong(blob):
    with pytest.raises(ValueError, match="packed value"):
        unpacked(blob)


@given(st.integers(0, 2**64 - 1))
def test_ids_are_numbers_and_back(n):
    one = f"{n:016x}"
    assert number_id(id_number(one)) == one
    assert -(2**63) <= id_number(one) < 2**63
