"""Two outlets, or two reports, side by side."""

from __future__ import annotations

import pytest

import sayso

SAID = {
    "Halyard": "Mira Holt denied claims by Orvan Sorrin that the dam leaked into the valley in the winter.\n\n"
    "“The dam will hold until spring, whatever the river does,” Holt said. “Nobody asked us about the ferry timetable,” Piet Arne said.\n",
    "Veldara Today": "Orvan Sorrin said that the dam leaked into the valley all winter. Mira Holt said the dam “will hold until spring”.\n\n"
    "Sanna Brook promised a new bridge by 2031. “Every lantern in the harbour went out,” Brook said.\n",
    "The Wire": "“Every lantern in the harbour went out,” Sanna Brook said.\n",
}


@pytest.fixture
def record(tmp_path):
    with sayso.Record(tmp_path / "r.db") as made:
        made.add(sayso.Report(text, sayso.Publication(outlet=outlet, published="2025-03-04"), outlet) for outlet, text in SAID.items())
        yield made


def ids(record) -> dict[str, str]:
    return {publication.outlet: report_id for report_id, publication, _ in record.reports()}


@pytest.mark.parametrize("of", ["outlets", "reports"])
def test_what_both_carry_and_what_one_alone_does(record, of):
    names = ("Halyard", "Veldara Today")
    made = record.compare(*(names if of == "outlets" else (ids(record)[name] for name in names)))
    (shared,) = made["quotes"]["both"]
    assert [(v["in"], v["text"]) for v in shared["variants"]] == [
        ("a", "The dam will hold until spring, whatever the river does,"), ("b", "will hold until spring"),
    ]  # fmt: skip
    assert "trimmed" in {step["kind"] for step in shared["variants"][1]["diff"]}
    assert next(record.quotes(shared["id"]))["id"] == shared["id"]
    (claim,) = made["claims"]["both"]
    assert {(one["in"], one["speaker"]["name"]) for one in claim["against"]} == {("a", "Mira Holt")}
    assert {one["in"] for one in claim["for"]} == {"a", "b"}
    assert [row["text"] for row in made["unshared"]["a"]["rows"]] == ["Nobody asked us about the ferry timetable,"]
    (other,) = made["quotes"]["b"]  # of the two only one has it, but a third does, too
    assert other["elsewhere"] == 1
    assert {v["outlet"] for v in other["variants"]} == {"Veldara Today"}
    assert made["quotes"]["counts"] == {"both": 1, "a": 0, "b": 1}


def test_who_is_heard_directly_and_of_whom_others_tell(record):
    made = record.compare("Halyard", "Veldara Today")
    actors = {row["name"]: row for row in made["actors"]}
    assert actors["Mira Holt"]["a"]["direct"] >= 2
    assert actors["Orvan Sorrin"]["a"]["direct"] == 0  # in the Halyard only Holt tells what he claims
    assert actors["Orvan Sorrin"]["a"]["reported"] == 1
    assert actors["Orvan Sorrin"]["b"]["direct"] == 1


def test_what_is_not_there_cannot_be_compared(record):
    for a, b in (("Halyard", "Nobody’s Post"), ("Halyard", "Halyard"), ("", "Halyard")):
        with pytest.raises(sayso.SaysoError):
            record.compare(a, b)


def test_what_may_stand_beside_a_report_shares_most_with_it(record):
    found = ids(record)
    assert [row["id"] for row in record.beside(found["Halyard"])] == [found["Veldara Today"]]
    assert {row["id"] for row in record.beside(found["Veldara Today"])} == {found["Halyard"], found["The Wire"]}
    with pytest.raises(KeyError):
        record.beside("none")


def test_whether_two_quote_one_utterance_is_judged_apart_from_what_they_claim(record, told):
    before = told(record.quotes()), told(record.claims())
    (quote,) = record.quotes(speaker="Mira Holt")
    a, b = (variant["statement"] for variant in quote["variants"])
    made = record.judge("not same quote", a, b, coder="ina")
    assert list(record.quotes(speaker="Mira Holt")) == []
    assert told(record.claims()) == before[1]
    assert [(j["id"], j["kind"], j["a"], j["b"]) for j in record.pairs_judged("quote", [b])] == [(made["id"], "not same quote", a, b)]
    record.undo(made["id"], coder="ina")
    assert record.pairs_judged("quote", [a, b]) == []
    assert (told(record.quotes()), told(record.claims())) == before

    ferry = next(row["id"] for row in record.statements(text="ferry"))
    joined = record.judge("same quote", a, ferry, coder="ina")
    assert ferry in {v["statement"] for v in next(record.quotes(quote["id"]))["variants"]}
    assert told(record.claims()) == before[1]
    record.undo(joined["id"], coder="ina")

    (claim,) = record.disputes()
    denied, leaked = claim["against"][0]["statement"], next(one["statement"] for one in claim["for"] if one["outlet"] == "Veldara Today")
    record.judge("not same claim", leaked, denied, coder="ina")
    assert leaked not in {one["statement"] for left in record.disputes() for one in left["for"]}
    assert told(record.quotes()) == before[0]
    for kind, pair in (("same quote", (a, a)), ("not same claim", (denied, next(r["id"] for r in record.statements(act="claim"))))):
        with pytest.raises(sayso.SaysoError):  # of one statement, and of two that use the same words
            record.judge(kind, *pair, coder="ina")


def test_judgements_on_positions_are_found_by_statement(record):
    (claim,) = record.disputes()
    denial = claim["against"][0]["statement"]
    made = record.judge("position", denial, "other", coder="ina")
    assert {key: [j["id"] for j in some] for key, some in record.positions_judged([denial]).items()} == {denial: [made["id"]]}
    record.undo(made["id"], coder="ina")
    assert record.positions_judged([denial]) == {}
