"""Claims, disputes and quotes by the page, for programs and for readers: filters, order, paging, and ids that lead to them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import sayso

REPORTS = {
    "Halyard": "Jonas Fenn said that the harbour bank sold the ferry to Brennia in secret. “The ferry will sail again before the winter comes,” "
    "Mira Holt told the council on Monday.",
    "Veldara Today": "Mira Holt denied that the harbour bank sold the ferry to Brennia in secret. “The ferry will sail again before the winter "
    "comes,” Mira Holt said.",
    "The Wire": "Orvan Tellik claimed that the mill of Lomm poisoned the river last year. According to Sanna Arne, the mill of Lomm poisoned "
    "the river last year.",
}


@pytest.fixture
def groups(tmp_path):
    with sayso.Record(tmp_path / "groups.db") as record:
        record.add(
            sayso.Report(text, sayso.Publication(outlet=outlet, published=f"2025-03-0{n}"), outlet)
            for n, (outlet, text) in enumerate(REPORTS.items(), 1)
        )
    with TestClient(sayso.application(tmp_path / "groups.db", coder="ina"), base_url="http://localhost:8484") as client:
        yield client


def rows(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"]


def test_claims_by_the_page(groups):
    everything = groups.get("/api/claims").json()
    assert everything["total"] == len(everything["rows"]) == 3
    first, second, _ = ((row["id"], row["label"]) for row in everything["rows"])
    assert [(row["id"], row["label"]) for row in rows(groups, "/api/claims?limit=1&offset=1")] == [second]
    assert groups.get("/api/claims?limit=1").json()["total"] == 3
    assert groups.get(f"/api/claims/{first[0]}").json()["label"] == first[1]
    assert groups.get("/api/claims/0123456789abcdef").status_code == 404


@pytest.mark.parametrize(("asked", "labels"), [
    ("speaker=Jonas+Fenn", ["sold"]), ("speaker=Sanna+Arne", ["mill"]), ("outlet=wire", ["mill"]), ("outlet=nobody", []),
    ("since=2025-03-03", ["mill"]), ("until=2025-03-02", ["sail", "sold"]), ("speaker=Mira+Holt&outlet=halyard", ["sail"]),
    ("speaker=Mira+Holt&outlet=veldara", ["sail", "sold"]), ("speaker=Jonas+Fenn&outlet=veldara", []),
])  # fmt: skip
def test_claims_are_kept_of_which_one_statement_matches_all(groups, asked, labels):
    found = rows(groups, f"/api/claims?{asked}")
    assert sorted(next(w for w in ("sold", "sail", "mill") if w in row["label"]) for row in found) == labels


def test_disputes_are_claims_with_opposed_positions(groups):
    (dispute,) = rows(groups, "/api/disputes")
    assert [one["speaker"]["name"] for one in dispute["for"]] == ["Jonas Fenn"]
    assert [one["speaker"]["name"] for one in dispute["against"]] == ["Mira Holt"]
    assert dispute["speakers"] == {"for": 1, "against": 1}
    assert rows(groups, "/api/disputes?speaker=Sanna+Arne") == []


def test_quotes_by_the_page(groups):
    (quote,) = rows(groups, "/api/quotes")
    assert (quote["renderings"], quote["reports"], quote["speaker"]["name"]) == (2, 2, "Mira Holt")
    assert len(groups.get(f"/api/quotes/{quote['id']}").json()["variants"]) == 2
    assert rows(groups, "/api/quotes?text=winter") == [quote] == rows(groups, "/api/quotes?speaker=Mira+Holt")
    assert rows(groups, "/api/quotes?text=mill") == [] == rows(groups, "/api/quotes?outlet=wire")
    assert groups.get("/api/quotes/nothing").status_code == 404


def test_a_judgement_is_seen_in_the_lists_at_once(groups, tmp_path):
    (dispute,) = rows(groups, "/api/disputes")
    with sayso.Record(tmp_path / "groups.db") as record:
        made = record.judge("position", dispute["against"][0]["statement"], "other", coder="una")
        assert rows(groups, "/api/disputes") == []
        record.undo(made["id"], coder="una")
    assert rows(groups, "/api/disputes") == [dispute]


def test_actors_judged_to_be_one_count_once(groups, tmp_path):
    (mill,) = rows(groups, "/api/claims?outlet=wire")
    assert mill["speakers"]["for"] == 2
    with sayso.Record(tmp_path / "groups.db") as record:
        record.judge("same", *(one["speaker"]["id"] for one in mill["for"]), coder="una")
    (mill,) = rows(groups, "/api/claims?outlet=wire")
    assert (mill["speakers"]["for"], len(mill["for"])) == (1, 1)
