"""Safety: who may ask, from where, and how much."""

from __future__ import annotations

import re
import threading
import time

import pytest
from fastapi.testclient import TestClient

import sayso
from sayso.web.guard import LARGEST, LARGEST_REPORT


def token(client) -> str:
    return re.search(r'name="sayso-token" content="(\w+)"', client.get("/").text)[1]


def a_statement(client) -> str:
    return client.get("/statements.json").json()["rows"][0]["id"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8484", "localhost.evil.example", "", "a@localhost", "localhost/evil", "[::1"])
def test_a_name_that_is_not_the_rooms_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8484", "192.168.3.4", "LOCALHOST"])
def test_its_own_names_and_addresses_are_not(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_further_names_are_given(room):
    assert room(hosts=["News.example"]).get("/", headers={"host": "news.example"}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
])  # fmt: skip
@pytest.mark.parametrize("path", ["/judge", "/undo", "/add", "/judgements", "/api/judgements", "/api/reports", "/api/judgements/1/undo", "/login"])
def test_no_other_site_changes_anything(client, path, headers):
    answer = client.post(path, headers=headers, data={"token": token(client), "kind": "right", "a": a_statement(client)})
    assert answer.status_code == 403
    assert client.get("/judgements.json").json()["total"] == 0


@pytest.mark.parametrize("wrong", [None, "", "x", "0" * 64])
def test_a_form_needs_the_token_of_its_session(client, wrong):
    data = {"kind": "right", "a": a_statement(client), "b": "statement", **({} if wrong is None else {"token": wrong})}
    assert client.post("/judge", data=data).status_code == 403
    assert client.post("/judge", data={**data, "token": token(client)}).status_code == 303
    assert client.get("/judgements.json").json()["total"] == 1


def test_a_browser_needs_the_token_for_the_interface_of_programs_too(client):
    mine = token(client)  # the client keeps the cookie
    body = {"kind": "right", "a": a_statement(client)}
    assert client.post("/api/judgements", json=body).status_code == 403
    assert client.post("/api/judgements", json=body, headers={"x-sayso-token": mine}).status_code == 201
    client.cookies.clear()
    assert client.post("/api/judgements", json=body, headers={"sec-fetch-site": "none"}).status_code == 403
    client.cookies.clear()
    assert client.post("/api/judgements", json=body).status_code == 201  # no browser at all


def test_a_token_of_one_session_opens_no_other(room):
    one, other = room(), room()
    assert other.post("/judge", data={"kind": "right", "a": a_statement(other), "token": token(one)}).status_code == 403


def test_with_a_password_nothing_is_had_without_it(room):
    client = room(password="open sesame")
    for path in ("/", "/reports", "/statements/x", "/judgements.jsonl", "/index.json", "/api", "/api/reports", "/api/openapi.json", "/nothing"):
        answer = client.get(path)
        assert answer.status_code in (303, 401), path
        assert "Tellik" not in answer.text
    assert client.post("/judge", data={}).status_code == 401
    assert client.get("/login").status_code == 200
    assert client.get("/static/room.css").status_code == 200


def test_the_password_opens_a_session(room):
    client = room(password="open sesame")
    assert client.post("/login", data={"password": "wrong"}).status_code == 403
    assert client.get("/").status_code == 303
    answer = client.post("/login", data={"password": "open sesame"})
    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Strict" in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200
    forged = client.cookies["sayso"].replace(".1.", ".0.", 1)
    client.cookies.clear()
    assert client.get("/", headers={"cookie": f"sayso={forged}"}).status_code == 303


def test_a_program_brings_the_password_along(room):
    client = room(password="open sesame")
    assert client.get("/api/reports", headers={"authorization": "Bearer open sesame"}).status_code == 200
    assert client.get("/api/reports", headers={"authorization": "Bearer close sesame"}).status_code == 401
    assert client.get("/api/reports", headers={"authorization": "Basic open sesame"}).status_code == 401


def test_a_room_for_reading_only_changes_nothing(room, record):
    client = room(write=False)
    mine, one = token(client), a_statement(client)
    before = record.read_bytes()
    for path, data in (("/judge", {"kind": "right", "a": one}), ("/undo", {"judgement": "1"}), ("/add", {"text": "A said b."})):
        assert client.post(path, data={**data, "token": mine}).status_code == 403
    headers = {"x-sayso-token": mine}
    assert client.post("/api/judgements", json={"kind": "right", "a": one}, headers=headers).status_code in (400, 403)
    assert client.post("/api/reports", json={"text": "A said b."}, headers=headers).status_code == 403
    judged = [f"/{kind}/{client.get(f'/{kind}.json').json()['rows'][0]['id']}" for kind in ("claims", "quotes", "statements")]
    for page in judged:
        assert 'action="/judge"' not in client.get(page).text
        assert "<button form=" not in client.get(page).text
    assert record.read_bytes() == before


def test_a_request_that_is_too_large_is_refused(client):
    headers = {"content-type": "application/json"}
    assert client.post("/api/judgements", content=b"x" * (LARGEST + 1), headers=headers).status_code == 413
    assert client.post("/api/reports", headers={**headers, "content-length": str(LARGEST_REPORT + 1)}, content=b"").status_code == 413

    def pieces():
        for _ in range(LARGEST // 65536 + 2):
            yield b"x" * 65536

    assert client.post("/api/judgements", content=pieces(), headers=headers).status_code == 413  # whose size is not told before


def test_a_text_of_fifty_megabytes_is_answered(client):
    text = b"The ferry was late. " * (50 * 1024 * 1024 // 20)
    answer = client.post("/api/reports?any_language=true", content=text, headers={"content-type": "text/plain"})
    assert answer.status_code == 202
    for _ in range(300):
        job = client.get(f"/api/jobs/{answer.json()['id']}").json()
        if job["state"] in ("done", "failed"):
            break
        time.sleep(0.1)
    assert job["state"] == "failed"
    assert job["problems"][0]["advice"]
    assert client.get("/").status_code == 200


def test_a_judgement_made_while_reports_are_read_is_not_lost_and_nobody_waits(client, record, tmp_path):
    """Two people judge while a third reads new reports in."""
    with sayso.Record(record) as shared:
        shared.share()
        ids = [row["id"] for row in shared.statements()]
    reports = [sayso.Report(f"Jonas Fenn said that mill {n} would close. Mira Holt denied it.\n" * 3, origin=f"{n}") for n in range(25)]
    going = threading.Thread(target=lambda: _add(record, reports))
    going.start()
    made, slowest = [], [0.0]

    def judge(coder: str) -> None:
        person = TestClient(client.app, base_url="http://localhost")
        for one in ids[:4]:
            begun = time.perf_counter()
            answer = person.post("/api/judgements", json={"kind": "right", "a": one, "coder": coder})
            slowest[0] = max(slowest[0], time.perf_counter() - begun)
            while answer.status_code == 503 and time.perf_counter() - begun < 20:
                answer = person.post("/api/judgements", json={"kind": "right", "a": one, "coder": coder})
            made.append((answer.status_code, coder))

    people = [threading.Thread(target=judge, args=(coder,)) for coder in ("ina", "jon")]
    for person in people:
        person.start()
    while going.is_alive():
        assert client.get("/reports").status_code == 200
    for thread in (*people, going):
        thread.join()
    assert [status for status, _ in made] == [201] * 8
    with sayso.Record(record, write=False) as opened:
        assert len(list(opened.judgements())) == 8
        assert len(list(opened.reports())) == 28
    assert slowest[0] < 20  # how long they wait for a lock is the benchmark's to tell


def _add(path, reports) -> None:
    with sayso.Record(path) as record:
        record.add(reports)
