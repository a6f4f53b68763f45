"""A table of expressions in context, with the day of publication and the value that they have on it (cases.csv)."""

import csv
from pathlib import Path

import pytest

from sayso.dates.anchoring import anchored
from sayso.dates.recogniser import find

with (Path(__file__).parent / "cases.csv").open(encoding="utf-8") as lines:
    CASES = [(row["published"], row["text"], row["type"], row["value"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("published", "marked", "kind", "value"), CASES)
def test_the_expression_in_brackets_has_this_type_and_value(published, marked, kind, value):
    """Type "-": what is in brackets is no time. Value "none": it is one, but nobody can know which."""
    begin, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "", 1).replace("]", "", 1)
    times = find(text)
    found = [(e, t) for e, t in zip(times, anchored(times, published), strict=True) if e.span[0] < end and begin < e.span[1]]
    if kind == "-":
        assert found == []
    else:
        assert [(text[slice(*e.span)].removeprefix("the ").removeprefix("The "), e.type, t.value or "none") for e, t in found] == [
            (text[begin:end].removeprefix("the ").removeprefix("The "), kind, value)
        ]


def test_the_table_is_large():
    assert len(CASES) >= 200
