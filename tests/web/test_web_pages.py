"""Pages: each answers, has a twin of data, and shows text as text."""

from __future__ import annotations

import json
import re
import time
from urllib.parse import quote_plus

import pytest
from fastapi.testclient import TestClient

import sayso
from sayso.web.pages import PAGES

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def client(news):
    with TestClient(sayso.application(news, coder="ina"), base_url="http://localhost", follow_redirects=False) as made:
        yield made


def addresses(client):
    """One address of every page."""
    reports = client.get("/reports.json").json()["rows"]
    statements = client.get("/statements.json").json()["rows"]
    actors = client.get("/actors.json").json()["rows"]
    return {
        "/disputes": "/disputes", "/claims": "/claims?speaker=Mira+Holt",
        "/quotes": "/quotes?words=dam",
        "/": "/", "/search": "/search?words=dam", "/reports": "/reports?outlet=Halyard", "/statements": "/statements?act=deny",
        "/actors": "/actors?words=hol", "/reports/{id}": f"/reports/{reports[0]['id']}", "/statements/{id}": f"/statements/{statements[0]['id']}",
        "/actors/{id:path}": f"/actors/{actors[0]['id']}", "/timeline": "/timeline?speaker=Mira+Holt", "/judgements": "/judgements", "/add": "/add",
        "/api": "/api", "/check": "/check",
        **{f"/{kind}/{{id}}": f"/{kind}/{client.get(f'/{kind}.json').json()['rows'][0]['id']}" for kind in ("claims", "quotes")},
        "/compare": "/compare?a=Halyard&b=" + quote_plus('A & "B" <i>'),
    }  # fmt: skip


def twin(address: str) -> str:
    path, _, query = address.partition("?")
    return ("/index" if path == "/" else path) + ".json" + (f"?{query}" if query else "")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_and_has_a_twin(client, page):
    address = addresses(client)[page]
    shown = client.get(address)
    assert shown.status_code == 200, shown.text
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert f'href="{twin(address)}"'.replace("&", "&amp;") in shown.text.replace("&#39;", "'")
    data = client.get(twin(address))
    assert data.status_code == 200
    assert isinstance(data.json(), dict)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_a_page_runs_or_is_styled_from_within(client, page):
    shown = client.get(addresses(client)[page])
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?! type=\"module\" src=\"/static/)", shown.text)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:alert\(1\)\"", shown.text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.w3\.org)', shown.text)


def test_markup_in_a_report_is_shown_as_text(client):
    found = client.get("/reports.json?words=reporters").json()["rows"][0]
    assert found["title"] == HOSTILE
    page = client.get(f"/reports/{found['id']}").text
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>reporters" not in page
    assert HOSTILE not in client.get("/").text + client.get("/reports").text + client.get("/search?words=reporters").text


def test_an_address_of_a_report_that_would_run_is_no_link(client):
    found = client.get("/reports.json?words=ferry").json()["rows"][0]
    assert 'href="javascript:' not in client.get(f"/reports/{found['id']}").text


def test_the_text_of_a_report_is_there_letter_by_letter(client, news):
    with sayso.Record(news, write=False) as opened:
        for report_id, _, _ in opened.reports():
            page = client.get(f"/reports/{report_id}").text
            shown = re.findall(r'<p data-o="(\d+)">(.*?)</p>', page, re.DOTALL)
            text = opened.report(report_id).text
            assert shown
            for start, markup in shown:
                plain = re.sub(r"<a class=\"fn.*?</a>|<[^>]*>", "", markup)
                for a, b in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
                    plain = plain.replace(a, b)
                assert text.startswith(plain, int(start))
            for at, piece in re.findall(r'<span class="[^"]*" data-o="(\d+)"[^>]*>([^<]*)</span>', page):
                assert text[int(at)] == piece[0] or piece.startswith("&")


def test_a_page_shows_the_same_rows_as_the_record(client, news):
    with sayso.Record(news, write=False) as opened:
        rows = {row["id"]: row for row in opened.statements()}
    found = client.get("/statements.json?limit=100").json()
    assert {row["id"]: row for row in found["rows"]} == rows
    assert found["total"] == len(rows)


@pytest.mark.parametrize(("query", "words"), [
    ("words=dam", {"dam"}), ('words="dam+leaked"', {"dam leaked"}), ("words=denies", {"denied"}), ("act=deny", {"denied"}),
    ("speaker=Mira+Holt", {"Mira Holt"}), ("since=2025-03-05", {"2025-03-06"}),
])  # fmt: skip
def test_filters_in_the_address(client, query, words):
    rows = client.get(f"/statements.json?{query}").json()["rows"]
    assert rows
    for row in rows:
        said = " ".join((row[key] or {"text": ""})["text"] for key in ("source", "cue", "content")) + f"{row['speaker']} {row['report']['published']}"
        assert any(word in said for word in words)


def test_filters_combine_and_pages_add_up(client):
    every = [row["id"] for row in client.get("/statements.json?limit=100").json()["rows"]]
    paged = [row["id"] for page in range(1, 8) for row in client.get(f"/statements.json?limit=2&page={page}").json()["rows"]]
    assert paged == every
    assert client.get("/statements.json?act=deny&speaker=Orvan+Tellik").json()["total"] == 0


@pytest.mark.parametrize("address", [
    "/reports/none", "/statements/none", "/actors/person:nobody-at-all", "/nothing", "/reports/none.json", "/static/../pages.py", "/static/none.css",
])  # fmt: skip
def test_what_is_not_there_is_said(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("address", [
    "/statements?act=sing", "/statements?since=yesterday", "/statements?min_confidence=2", "/statements?min_confidence=nan", "/statements?page=-1",
    "/statements?words=" + "x" * 600, "/statements?order=random", "/reports?until=2025-02-30", "/reports?page=99999999999",
])  # fmt: skip
def test_what_cannot_be_asked_is_said(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "That cannot be" in answer.text


@pytest.mark.parametrize("words", ["*", '"', "AND OR NOT", "a:b", "NEAR(a b)", "(((", "-", "‘’“”", "%_", "a*b*", "^a", "\x00", "{a b}: c", "🏞"])
def test_no_words_are_taken_for_orders(client, words):
    assert client.get("/search", params={"words": words}).status_code == 200
    assert client.get("/statements", params={"words": words, "speaker": words, "about": words}).status_code == 200
    assert client.get("/actors", params={"words": words}).status_code == 200


def test_a_page_is_made_anew_when_the_record_changes(room, record, tmp_path):
    client = room()
    before = client.get("/index.json").json()["overview"]["reports"]
    (tmp_path / "d.txt").write_text("Jonas Fenn said that the mill would close.\n", encoding="utf-8")
    with sayso.Record(record) as opened:
        opened.read([tmp_path / "d.txt"])
    assert client.get("/index.json").json()["overview"]["reports"] == before + 1


def test_an_empty_record_has_its_pages_too(tmp_path):
    sayso.Record(tmp_path / "empty.db").close()
    with TestClient(sayso.application(tmp_path / "empty.db"), base_url="http://localhost") as client:
        lists = ("reports", "statements", "actors", "timeline", "disputes", "claims", "quotes", "judgements", "compare")
        for page in ("/", "/search?words=a", "/add", *(f"/{name}" for name in lists)):
            assert client.get(page).status_code == 200, page


def test_a_long_text_is_shown_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("sayso.web.prose.PART", 4000)
    line = "Jonas Fenn said that the mill would close on day {}. The ferry went on as before, and nobody minded at all, so they stood there.\n"
    text = "".join(line.format(n) for n in range(70))
    with sayso.Record(tmp_path / "long.db") as opened:
        opened.add([sayso.Report(text, origin="long")])
        report_id = next(opened.reports())[0]
    with TestClient(sayso.application(tmp_path / "long.db"), base_url="http://localhost") as client:
        parts = client.get(f"/reports/{report_id}.json").json()["parts"]
        assert len(parts) > 1
        texts, found = [], set()
        for part in range(1, len(parts) + 1):
            data = client.get(f"/reports/{report_id}.json?part={part}").json()
            texts.append(data["text"])
            found |= {row["id"] for row in data["statements"]}
            assert client.get(f"/reports/{report_id}?part={part}").status_code == 200
        assert "".join(texts) == text
    with sayso.Record(tmp_path / "long.db", write=False) as opened:
        assert found == {row["id"] for row in opened.statements()}


def test_the_twin_is_json_that_any_reader_takes(client):
    for address in addresses(client).values():
        json.loads(client.get(twin(address)).content.decode("utf-8"))


def test_a_quote_shows_its_wordings_and_who_carried_them(client):
    (row,) = client.get("/quotes.json").json()["rows"]
    page = client.get(f"/quotes/{row['id']}").text
    assert "Mira Holt" in page
    assert "<del>whatever the river does" in page
    assert "Halyard, 4 March 2025" in page
    assert "A &amp; &#34;B&#34; &lt;i&gt;, 6 March 2025" in page
    assert client.get("/quotes/nothing").status_code == 404


def until(so) -> bool:
    """Lists are counted behind the scenes, and told as they were a moment ago meanwhile."""
    end = time.monotonic() + 20
    while not so() and time.monotonic() < end:
        time.sleep(0.05)
    return so()


def two(client) -> list[str]:
    return [row["id"] for row in client.get("/reports.json?words=dam").json()["rows"]]


def test_two_reports_or_outlets_side_by_side(client, news):
    a, b = two(client)
    for one, other in ((a, b), ('A & "B" <i>', "Halyard")):
        data = client.get("/compare.json", params={"a": one, "b": other}).json()
        with sayso.Record(news, write=False) as opened:
            assert {key: data[key] for key in data if key != "filters"} == json.loads(json.dumps(opened.compare(one, other)))
        page = client.get("/compare", params={"a": one, "b": other}).text
        assert "<del>whatever the river does" in page or "whatever the river does" in page
        assert f"/quotes/{data['quotes']['both'][0]['id']}" in page
        assert f"/claims/{data['claims']['both'][0]['id']}" in page
        assert HOSTILE not in page
        heard = {row["name"] for row in data["actors"] if row["a"]["direct"] and row["b"]["direct"]}
        assert {"Mira Holt", "Orvan Tellik"} <= heard
    assert f'href="/compare?a={a}"' in client.get(f"/reports/{a}").text
    assert f'href="/compare?a={a}"' in client.get("/reports").text
    assert f'href="/compare?a={a}"' in client.get("/search?words=dam").text
    beside = client.get(f"/compare?a={a}").text
    assert f"/compare?a={a}&amp;b={b}" in beside
    assert HOSTILE not in beside
    assert f"/compare?a={b}&amp;b={a}" in client.get(f"/compare?a={b}&words=ferry").text
    assert client.get("/compare?a=none").status_code == 404
    for address in (f"/compare?a={a}&b={a}", f"/compare?a={a}&b=none", "/compare?a=none&b=Halyard"):
        assert client.get(address).status_code == 400


def test_the_margin_leads_to_the_claim_and_the_quote(client):
    _, report = two(client)
    assert until(lambda: "disputed</a>" in client.get(f"/reports/{report}").text)
    page = client.get(f"/reports/{report}").text
    data = client.get(f"/reports/{report}.json").json()
    (claim,) = client.get("/disputes.json").json()["rows"]
    (quote,) = client.get("/quotes.json").json()["rows"]
    denied = claim["against"][0]["statement"]
    assert f'href="/claims/{data["claims"][denied]["id"]}">disputed</a>' in page
    assert client.get(f"/claims/{data['claims'][denied]['id']}.json", follow_redirects=True).json()["id"] == claim["id"]
    assert f'href="/quotes/{quote["id"]}">quoted elsewhere</a>' in page
    one = client.get(f"/statements/{denied}.json").json()
    assert (one["claim"], one["quote"]) == (data["claims"][denied], None)


def test_an_actor_has_positions_and_who_contradicts_them(client):
    holt = client.get("/actors.json?words=holt").json()["rows"][0]["id"]
    assert until(lambda: client.get(f"/actors/{holt}.json").json()["positions"])
    data = client.get(f"/actors/{holt}.json").json()
    (claim,) = client.get("/disputes.json").json()["rows"]
    assert [(p["id"], p["stands"], {a["name"] for a in p["against"]}) for p in data["positions"]] == [
        (claim["id"], "against", {one["speaker"]["name"] for one in claim["for"]}),
    ]  # fmt: skip
    assert ("Orvan Tellik", 1) in [(a["name"], a["claims"]) for a in data["contradicted_by"]]
    assert "Contradicted by" in client.get(f"/actors/{holt}").text


def deeds(page: str) -> dict[str, str]:
    """What each button of a page says is judged."""
    found = re.findall(r'<button form="judging" name="deed" value="([^"]*)">([^<]*)', page)
    return {words: deed for deed, words in found}


def test_pairs_and_positions_are_judged_on_their_pages_and_undone(room):
    client = room()
    (quote,) = client.get("/quotes.json").json()["rows"]
    (claim,) = client.get("/disputes.json").json()["rows"]

    def judge(address: str, words: str) -> str:
        page = client.get(address).text
        token = re.search(r'name="sayso-token" content="(\w+)"', page)[1]
        sent = {"token": token, "deed": deeds(page)[words], "coder": "una"}
        answer = client.post("/judge", data=sent, headers={"referer": f"http://localhost:8484{address}"})
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"].startswith(f"{address}#")
        return client.get(address, follow_redirects=True).text

    page = f"/quotes/{quote['id']}"
    assert "✓ the same utterance" in judge(page, "The same utterance")
    assert "una, " in client.get(page).text
    apart = judge(page, "Another utterance")
    assert "✗ another utterance" in apart
    assert "una, " in apart
    assert until(lambda: client.get("/quotes.json").json()["rows"] == [])
    left = client.get(page).headers["location"]  # no quote any more: the statement that is left says why
    judge(left, "Withdraw")
    assert until(lambda: [row["id"] for row in client.get("/quotes.json").json()["rows"]] == [quote["id"]])

    page = f"/claims/{claim['id']}"
    assert "✓ against it" in judge(page, "Right: against it")
    told = judge(page, "Neither")
    assert "✓ neither" in told
    kinds = [row["kind"] for row in client.get("/judgements.json").json()["rows"]]
    assert kinds == ["position", "position", "withdrawn", "not same quote", "same quote"]
    assert "una" in client.get("/judgements").text


def test_another_statement_is_joined_by_its_address(room):
    client = room()
    (quote,) = client.get("/quotes.json").json()["rows"]
    page = client.get(f"/quotes/{quote['id']}").text
    token = re.search(r'name="sayso-token" content="(\w+)"', page)[1]
    sue = client.get("/statements.json?words=sue").json()["rows"][0]["id"]
    form = {"token": token, "kind": "same quote", "a": quote["variants"][0]["statement"]}
    assert client.post("/judge", data={**form, "b": f"http://localhost:8484/statements/{sue}"}).status_code == 303
    assert sue in {v["statement"] for v in client.get(f"/quotes/{quote['id']}.json", follow_redirects=True).json()["variants"]}
    for wrong in ("/statements/none", "none", "x" * 300, "/statements/", "<script>"):
        answer = client.post("/judge", data={**form, "b": wrong})
        assert answer.status_code == 400
        assert "<script>" not in answer.text


@pytest.mark.parametrize("deed", [
    "|", "undo|x||", "undo|99999999999999999||", "right|none|statement|", "same quote|a|b|c|d", "position|x|for|//evil", "x",
])  # fmt: skip
def test_a_deed_that_cannot_be_is_said(room, deed):
    client = room()
    token = re.search(r'name="sayso-token" content="(\w+)"', client.get("/").text)[1]
    assert client.post("/judge", data={"token": token, "deed": deed}).status_code == 400
