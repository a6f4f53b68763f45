"""Lines ready to paste."""

from __future__ import annotations

import sayso


def test_a_statement_with_all_that_is_known_of_it():
    report = sayso.Report("“We kept our word,” Inga Tarrow said.\n", origin="a.txt")
    made = sayso.analyse(report, outlet="Halyard", published="2025-03-06", url="https://halyard.example/a")
    assert [sayso.cite(row) for row in made.rows()] == [
        "“We kept our word,” — Inga Tarrow. Halyard. published 2025-03-06. https://halyard.example/a. characters 0–19 of a.txt"
    ]


def test_words_that_are_the_reports_are_not_given_as_quoted():
    (row,) = sayso.analyse("Jonas Fenn denied that the ferry was late.").rows()
    assert sayso.cite(row) == "that the ferry was late — Jonas Fenn (in the report's words; “denied”). characters 18–41 of -"
