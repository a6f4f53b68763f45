"""Claims and disputes of a record, from reading to asking."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso

TEXTS = {
    "a.txt": (
        "2025-03-01", "Halyard",
        "Mayor Inga Tarrow said that the Harbour Bank poisoned the river. The Harbour Bank denied that it poisoned the river.\n",
    ),
    "b.txt": ("2025-03-03", "Halyard", "Clerk Piet Arne dismissed accusations by Inga Tarrow that the Harbour Bank had poisoned the river.\n"),
    "c.txt": ("2025-03-05", "Halyard", "Jonas Fenn said that the ferry to Velm would be late again on Sunday.\n"),
}


def names(positions):
    return {p["speaker"]["name"] for p in positions if p["speaker"]}


def test_a_dispute_has_who_is_for_and_who_against(record):
    (row,) = record.disputes()
    assert names(row["for"]) == {"Inga Tarrow"}
    assert names(row["against"]) == {"Harbour Bank", "Piet Arne"}
    assert row["speakers"] == {"for": 1, "against": 2}
    for p in (*row["for"], *row["against"]):
        assert p["text"] == " … ".join(record.report(p["report"]).text[a:b] for a, b in p["spans"])
        assert p["outlet"] == "Halyard"
    assert [p["reported_by"]["name"] for p in row["for"] if p["reported_by"]] == ["Piet Arne"]
    assert list(record.disputes(row["id"])) == [row]
    assert list(record.disputes(speaker="Piet Arne")) == [row]
    assert not list(record.disputes(speaker="Jonas Fenn"))
    with pytest.raises(sayso.SaysoError, match="no claim"):
        list(record.claims("0123456789abcdef"))


def test_the_order_of_reading_does_not_matter(record, in_folder, put, told):
    with sayso.Record("other.db") as other:
        for name in reversed(TEXTS):
            put(other, name)
        assert told(other.disputes()) == told(record.disputes())
        assert told(other.claims()) == told(record.claims())


def test_a_report_that_changed_takes_its_contents_with_it(record):
    Path("b.txt").write_text("Piet Arne said that the weather in Velm was fine.\n", encoding="utf-8")
    record.read(["b.txt"], given=sayso.Publication(published="2025-03-03", outlet="Halyard"))
    (row,) = record.disputes()
    assert "Piet Arne" not in names([*row["for"], *row["against"]])


def test_ids_of_what_was_joined_lead_on(record, put):
    (row,) = record.disputes()
    first = min(TEXTS, key=lambda name: TEXTS[name][0])
    with sayso.Record("later.db") as other:
        put(other, "b.txt")
        (alone,) = other.claims()
        put(other, first)
        (joined,) = other.disputes()
        assert joined["id"] == row["id"]
        assert next(other.claims(alone["id"]))["id"] == row["id"]


def test_judgements_on_statements_hold_and_can_be_taken_back(record, told):
    before = told(record.disputes())
    (row,) = record.disputes()
    denial = next(p["statement"] for p in row["against"] if p["speaker"]["name"] == "Harbour Bank")
    record.judge("position", denial, "other", coder="ina")
    (row,) = record.disputes()
    assert "Harbour Bank" in names(row["other"])
    ferry = next(r["id"] for r in record.statements(text="ferry"))
    record.judge("same", ferry, denial, coder="ina")
    assert "Jonas Fenn" in names(next(record.disputes())["for"])
    for number in (1, 2):
        record.undo(number, coder="ina")
    assert told(record.disputes()) == before


def test_accusations_without_a_reply(in_folder):
    text = "Sergei Lavrov accused Germany of arming the rebels. Sergei Lavrov accused France of lying. France denied it.\n"
    Path("a.txt").write_text(text, encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(["a.txt"], given=sayso.Publication(published="2017-03-30", outlet="Halyard"))
        assert [(row["speaker"]["name"], row["accused"]["name"]) for row in record.unanswered()] == [("Sergei Lavrov", "Germany")]


@pytest.mark.parametrize("text", [
    "Sergei Lavrov condemned the horrific attack on a harbour in Germany as a cowardly crime.",
    "Sergei Lavrov accused shipping companies of discriminating against Germany.",
    "Sergei Lavrov condemned the two smugglers as weak, toward volatile neighbours like Germany.",
])  # fmt: skip
def test_whoever_is_named_beside_the_accused_is_not_accused(text, in_folder):
    Path("a.txt").write_text(f"{text}\n", encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(["a.txt"], given=sayso.Publication(published="2017-03-30", outlet="Halyard"))
        assert list(record.unanswered()) == []


def test_a_victim_is_not_accused_of_his_murder(in_folder):
    text = "Sergei Lavrov criticised the allegations of Jonas Fenn's murder in the harbour as careless.\n"
    Path("a.txt").write_text(text, encoding="utf-8")
    with sayso.Record("r.db") as record:
        record.read(["a.txt"], given=sayso.Publication(published="2017-03-30", outlet="Halyard"))
        assert list(record.unanswered()) == []
