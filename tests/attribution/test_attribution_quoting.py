"""Who is quoted by whom."""

from __future__ import annotations

import sayso


def said(text: str) -> set[tuple[str | None, str, bool]]:
    """Source and content of each statement, and whether it stands in another."""
    return {(row["source"] and row["source"]["text"], row["content"]["text"], row["parent"] is not None) for row in sayso.analyse(text).rows()}


def test_who_is_quoted_speaks_within_what_quotes_them():
    found = said("The talks began in Ambrel on Monday. The Halyard agency quoted Orla Venn as saying that the dam was safe.")
    assert ("The Halyard agency", "Orla Venn as saying that the dam was safe", False) in found
    assert ("Orla Venn", "that the dam was safe", True) in found


def test_the_sentence_that_somebody_is_cited_as_saying():
    told = "The minister expects Orlan to explain the delay next week"
    found = said(f"{told}, the Halyard agency cited a ministry spokeswoman as saying.")
    assert ("a ministry spokeswoman", told, True) in found


def test_who_was_quoted_as_saying_so():
    found = said("The gates were shut.\n\n“The gates will stay shut until the spring,” he was quoted as saying by the state news agency.")
    assert ("he", "“The gates will stay shut until the spring,”", False) in found


def test_who_was_told_says_nothing():
    found = said("The talks began in Ambrel on Monday. “Shut up,” the consul was told by a guard who had come from Sorrin.")
    assert ("a guard who had come from Sorrin", "“Shut up,”", False) in found


def test_what_is_said_of_somebody_is_a_report():
    rows = sayso.analyse("Tarrow, the consul, is said to have left Orvan on a commercial flight on Tuesday.").rows()
    assert [row["act"] for row in rows if not row["parent"]] == ["report"]


def test_two_paragraphs_in_marks_are_of_who_is_named_beside_each():
    text = (
        '"I met the mayor yesterday," Holt said in Orvan on Sunday. "We spoke of the dam and of the road.\n\n'
        '"I thanked her for her patience because the work has been slow," he added.'
    )
    rows = [row for row in sayso.analyse(text).rows() if row["parent"] is None]
    assert ["thanked" in row["content"]["text"] for row in rows] == [False, True]


def test_the_agency_in_brackets_is_no_part_of_who_speaks():
    (row, *_) = sayso.analyse("Sorrin (GNW) Prime Minister Ann Holt warned Friday that the dam would not hold through the winter.").rows()
    assert row["source"]["text"] == "Prime Minister Ann Holt"
