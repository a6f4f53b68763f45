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


def test_sums_are_those_of_what_stands_in_the_record(record):
    def sums():
        db = record._db
        kept = [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in ("tally_sums", "claims_carried")]
        kept.append(db.execute("SELECT report, statement_count FROM reports ORDER BY 1").fetchall())
        counted = [db.execute(query).fetchall() for query in (
            "SELECT coalesce(outlet, ''), actor, coalesce(side, 0), count(*), sum(statements), sum(about), sum(direct) FROM tallies "
            "JOIN reports USING (report) WHERE current GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            "SELECT outlet, claim_group, count(DISTINCT report) FROM contents JOIN nodes USING (node) JOIN reports USING (report) "
            "WHERE current AND outlet NOTNULL GROUP BY 1, 2 ORDER BY 1, 2",
            "SELECT report, (SELECT count(*) FROM statements s WHERE s.report = r.report) FROM reports r ORDER BY 1",
        )]  # fmt: skip
        assert kept == counted
        return kept

    before = sums()
    origin = "Halyard"
    record.add([sayso.Report(f"{SAID[origin]}\nPiet Arne said that the ferry was late.\n", sayso.Publication(outlet="Kestria"), origin)])
    assert sums() != before
    record.add([sayso.Report(SAID[origin], sayso.Publication(published="2025-03-04"), origin)])  # the first version again, its outlet unknown
    assert "" in {row[0] for row in sums()[0]}
    record.add([sayso.Report(SAID[origin], sayso.Publication(outlet=origin, published="2025-03-04"), origin)])
    told = sums()
    assert [row[1:] for row in told[1]] != []
    statement = next(record.statements(text="promised"))["id"]
    made = record.judge("speaker", statement, "Mira Holt", coder="ina")
    assert sums()[0] != told[0]
    record.undo(made["id"], coder="ina")
    record.judge("same", "name:mira-holt", "name:sanna-brook", coder="ina")
    sums()
    record.judge("wrong", statement, "statement", coder="ina")
    sums()


def test_claims_disputes_and_quotes_are_filtered_as_their_pages_are(record):
    for filters in (
        {"speaker": "Mira Holt"}, {"speaker": "Holt", "outlet": "halyard"}, {"about": "Orvan Sorrin"}, {"text": "leaking"},
        {"text": '"the dam leaked"'}, {"side": "Mira Holt"}, {"since": "2025-03-05"},
        {"until": "2025-03-04", "outlet": "Veldara"}, {"text": "lantern", "speaker": "Sanna Brook"},
    ):
        words = {("words" if key == "text" else key): value for key, value in filters.items()}
        for whole, page in (
            (record.claims(**filters), record.find_claims(**words)), (record.disputes(**filters), record.find_claims(**words, disputed=True)),
            (record.quotes(**filters), record.find_quotes(**words)),
        ):  # fmt: skip
            assert [row["id"] for row in whole] == [row["id"] for row in page.rows], filters
    assert [row["label"] for row in record.claims(text="leaking")] == [row["label"] for row in record.disputes()]
    assert len(list(record.quotes(text="lanterns"))) == 1
    with pytest.raises(sayso.SaysoError):
        record.find_claims(since="yesterday")


def test_pages_of_actors_are_pieces_of_the_list(record):
    for pair in (None, ("name:mira-holt", "name:piet-arne")):
        if pair:
            record.judge("same", *pair, coder="ina")
        every = list(record.actors())
        assert [row for at in range(len(every) + 2) for row in record.find_actors(offset=at, limit=1).rows] == every
        assert [row for at in range(0, len(every), 3) for row in record.find_actors(offset=at, limit=3).rows] == every
        assert record.find_actors().total == len(every)
    assert "name:piet-arne" not in {row["id"] for row in every} or "name:mira-holt" not in {row["id"] for row in every}


def test_a_quote_tells_of_so_many_of_its_variants_how_they_were_altered(record):
    (whole,) = record.quotes(speaker="Mira Holt")
    assert record.quote(whole["id"]) == whole
    later = record.quote(whole["id"], offset=1)
    assert [(v["change"], v["diff"]) for v in later["variants"]] == [(["kept"], []), ([], [])]
    assert {key: value for key, value in later.items() if key != "variants"} == {key: value for key, value in whole.items() if key != "variants"}
    with pytest.raises(sayso.SaysoError):
        record.quote("none")
