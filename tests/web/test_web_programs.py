"""The interface for programs: reports handed in, judgements, and what a tool that tries everything makes of it."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings

import sayso


def job(client, answer):
    """The job that *answer* told of, when it is done."""
    assert answer.status_code == 202, answer.text
    for _ in range(400):
        found = client.get(answer.headers["location"]).json()
        if found["state"] in ("done", "failed"):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_report_is_handed_in_as_json_and_once(client):
    row = {"text": "Jonas Fenn said that the mill would close.", "outlet": "Halyard", "published": "2025-03-09", "title": "Mill"}
    done = job(client, client.post("/api/reports", json=row))
    assert (done["state"], done["read"], done["statements"]) == ("done", 1, 1)
    report = client.get(f"/api/reports/{done['reports'][0]}").json()
    assert {key: report[key] for key in row} == row
    again = job(client, client.post("/api/reports", json=row))
    assert (again["state"], again["read"], again["unchanged"], again["reports"]) == ("done", 0, 1, done["reports"])
    assert client.get("/api/statements?speaker=Jonas+Fenn").json()["total"] == 1


@pytest.mark.parametrize(("kind", "body"), [
    ("text/plain", "Jonas Fenn said that the mill would close."),
    ("text/html; charset=utf-8", "<html><head><title>Mill to close</title></head><body><article><h1>Mill to close</h1><p>Jonas Fenn said that "
     "the mill would close before the winter, and that nobody would be paid for it.</p><p>The council met on Monday, and nothing was "
     "decided there.</p></article>"),
    ("application/x-ndjson", '{"text": "Jonas Fenn said that the mill would close."}\n{"text": "Mira Holt denied that the dam leaked."}\n'),
])  # fmt: skip
def test_a_report_is_handed_in_as_it_is(client, kind, body):
    done = job(client, client.post("/api/reports?outlet=The+Wire", content=body.encode(), headers={"content-type": kind}))
    assert done["state"] == "done", done
    assert done["read"] == len(done["reports"]) == (body.count('{"text"') or 1)
    assert client.get(f"/api/reports/{done['reports'][0]}").json()["outlet"] == "The Wire"


@pytest.mark.parametrize(("body", "reason"), [
    ({"text": "Der Fährmann sagte am Montag, die Fähre werde sich verspäten, und der Bürgermeister widersprach ihm sofort. " * 4}, "German"),
    ({"text": " \n "}, ""), ({"html": "<p>"}, ""),
])  # fmt: skip
def test_what_is_no_report_is_named(client, body, reason):
    done = job(client, client.post("/api/reports", json=body))
    assert done["state"] == "failed"
    assert reason in json.dumps(done["problems"], ensure_ascii=False)


@pytest.mark.parametrize(("body", "status"), [
    ({}, 422), ({"text": "a", "html": "b"}, 422), ({"text": "a", "published": "yesterday"}, 400), ({"text": "a", "colour": "red"}, 422), ([], 422),
    ({"text": 1}, 422), ({"text": "a", "kind": "poem"}, 422),
])  # fmt: skip
def test_what_cannot_be_handed_in_is_refused_at_once(client, body, status):
    assert client.post("/api/reports", json=body).status_code == status
    assert client.get("/api/jobs").json() == []


def test_the_commands_filters_answer_alike(client, record):
    with sayso.Record(record, write=False) as opened:
        for query, filters in (
            ("act=deny", {"act": "deny"}), ("stance=affirm&nested=false", {"stance": "affirm", "nested": False}), ("form=direct", {"form": "direct"}),
            ("speaker=Orvan+Tellik", {"speaker": "Orvan Tellik"}), ("about=Orvan+Tellik", {"about": "Orvan Tellik"}),
            ("outlet=halyard", {"outlet": "halyard"}),
            ("since=2025-03-04&until=2025-03-05", {"since": "2025-03-04", "until": "2025-03-05"}), ("min_confidence=0.8", {"min_confidence": 0.8}),
        ):  # fmt: skip
            wanted = sorted(row["id"] for row in opened.statements(**filters))
            assert sorted(row["id"] for row in client.get(f"/api/statements?{query}").json()["rows"]) == wanted, query


def test_a_judgement_goes_out_and_comes_in(room, client, record, tmp_path):
    one = client.get("/api/statements?act=deny").json()["rows"][0]
    made = client.post("/api/judgements", json={"kind": "speaker", "a": one["id"], "b": "Edda Wynd", "coder": "jon"})
    assert made.status_code == 201
    assert client.get(f"/api/statements/{one['id']}").json()["speaker"]["name"] == "Edda Wynd"
    lines = client.get("/judgements.jsonl").content
    undone = client.post(f"/api/judgements/{made.json()['id']}/undo?coder=jon")
    assert undone.status_code == 201
    assert client.get(f"/api/statements/{one['id']}").json()["speaker"] == one["speaker"]
    headers = {"content-type": "application/x-ndjson"}
    assert client.post("/api/judgements/import", content=client.get("/judgements.jsonl").content, headers=headers).json() == {"added": 0}
    assert client.post("/api/judgements/import", content=b"{", headers=headers).status_code == 400
    assert client.post("/api/judgements/import", content=lines.replace(b"Edda", b"Emma"), headers=headers).status_code == 400


@pytest.mark.parametrize("body", [
    {"kind": "right", "a": "none"}, {"kind": "spans", "a": "none", "b": {"content": [[0, 3]]}},
    {"kind": "missed", "a": "none", "b": {"content": [[0, 3]]}},
    {"kind": "same", "a": "x:y", "b": "x:z"}, {"kind": "speaker", "a": "none", "b": "Edda"},
])  # fmt: skip
def test_what_cannot_be_judged_is_refused(client, body):
    answer = client.post("/api/judgements", json=body)
    assert answer.status_code == 400
    assert answer.json()["advice"]


def test_a_quotation_is_held_against_what_was_said(client):
    said = "Q: Will you sell the mill?\nORLAN: We will not sell it, if they keep the treaty.\n"
    made = client.post("/api/check", json={"quote": "We will sell it", "transcript": said, "speaker": "Pavel Orlan"}).json()
    assert [row["verdict"] for row in made] == ["trimmed"]
    assert "negation" in made[0]["lost"]
    assert client.post("/api/check", json={"transcript": said}).status_code == 400
    token = re.search(r'name="sayso-token" content="(\w+)"', client.get("/check").text)[1]
    form = {"report": "“We will not sell it,” Pavel Orlan said.", "said": said, "token": token}
    page = client.post("/check", data=form)
    assert page.status_code == 200
    assert '<article class="check' in page.text
    assert client.post("/check", data={**form, "token": "x"}).status_code == 403
    assert client.post("/check", data={**form, "said": " "}).status_code == 400


def test_a_tool_that_tries_everything_finds_no_failure(client):
    schemathesis = pytest.importorskip("schemathesis")

    @schemathesis.serializer("application/x-ndjson", "text/html")
    def plain(context, value):
        return str(value).encode("utf-8", "replace")

    own = {"host": "localhost"}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", client.app, headers=own)
    tried = 0
    for operation in schema.get_all_operations():

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.ok().as_strategy())
        def attempt(case):
            answer = case.call(headers=own)
            assert answer.status_code < 500, (case.method, case.path, answer.text)

        attempt()
        tried += 1
    assert tried >= 14
