"""The room in a real browser: nothing is cut off or in breach of the accessibility rules, and one can judge with the keyboard alone.

tests/browser.sh installs the browser where it can.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import sayso

COMMAND = str(Path(sys.executable).with_name("sayso"))
BROWSER = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no browser: tests/browser.sh installs one where it can")


@pytest.fixture(scope="module")
def address(news: Path, examples_record: Path, tmp_path_factory):
    """Where a room on the example record is open."""
    path = Path(shutil.copy(examples_record, tmp_path_factory.mktemp("room") / "examples.db"))
    with sayso.Record(path) as record:
        first = next(iter(record.find_statements(limit=1).rows))
        record.judge("right", first["id"], coder="ina")
        second = record.find_statements(limit=2).rows[1]
        record.judge("wrong", second["id"], coder="ina")
    room = subprocess.Popen([COMMAND, "serve", str(path), "--port", "0", "--coder", "ina"], stdout=subprocess.PIPE, text=True)
    line = room.stdout.readline()
    yield re.search(r"http://\S+?(?=/ )", line)[0]
    room.send_signal(signal.SIGINT)
    room.communicate(timeout=20)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    """A page on which every complaint of the browser fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert not complaints


def rows(page, kind: str) -> list[dict]:
    """The rows of a list that is put in order behind the scenes when it is first asked for."""
    for _ in range(200):
        found = page.request.get(f"/{kind}.json?limit=5").json()["rows"]
        if found:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"there are no {kind}")


def pages(page) -> list[str]:
    report, other = (row["id"] for row in page.request.get("/reports.json").json()["rows"][:2])
    statement = page.request.get("/statements.json").json()["rows"][0]["id"]
    actor = page.request.get("/actors.json").json()["rows"][0]["id"]
    return [
        "/", "/reports", f"/reports/{report}", "/statements", f"/statements/{statement}", "/actors", f"/actors/{actor}", "/timeline",
        "/disputes", "/claims", "/quotes",
        *(f"/{kind}/{rows(page, kind)[0]['id']}" for kind in ("claims", "quotes")),
        "/search?words=dam", "/judgements", "/add", "/api", "/check", "/compare?a=Halyard&b=Veldara+Today", "/compare",
        f"/compare?a={report}", f"/compare?a={report}&b={other}", "/reports/none",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_page(browser, address, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    opened = context.new_page()
    found = {}
    for path in pages(opened):
        opened.goto(path)
        violations = Axe().run(opened).response["violations"]
        found[path] = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in violations]
    context.close()
    assert {path: some for path, some in found.items() if some} == {}


@pytest.mark.parametrize("width", [320, 400, 900, 1600])
def test_nothing_is_cut_off_or_overlaps(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in pages(page)[:-1]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        cut = page.evaluate(
            "[...document.querySelectorAll('main :is(p, td, th, li, h1, h2, button)')].filter(e => e.scrollWidth > e.clientWidth + 2"
            " && getComputedStyle(e).display !== 'inline' && !e.closest('.unseen')).map(e => e.textContent.slice(0, 60))"
        )
        assert cut == [], path
    page.goto(pages(page)[2])
    boxes = page.evaluate("[...document.querySelectorAll('.note, .prose p')].map(e => {const r = e.getBoundingClientRect();"
                          " return [r.left, r.top, r.right, r.bottom]})")  # fmt: skip
    for n, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert min(right, other[2]) - max(left, other[0]) < 1 or min(bottom, other[3]) - max(top, other[1]) < 1


def test_a_note_and_its_words_lie_side_by_side(page):
    page.goto(pages(page)[2])
    for label in page.query_selector_all(".fn")[:5]:
        note = page.query_selector(f".note[data-s='{label.inner_text()}']")
        assert abs(label.bounding_box()["y"] - note.bounding_box()["y"]) < 400


def test_layers_are_switched(page):
    page.goto(pages(page)[2])
    assert page.is_visible(".note")
    page.uncheck("#layer-notes")
    assert not page.is_visible(".note")
    page.uncheck("#layer-statements")
    assert page.evaluate("getComputedStyle(document.querySelector('.c')).borderBottomWidth") == "0px"


def test_one_judges_with_the_keyboard_alone(page):
    page.goto(pages(page)[2])
    press = page.keyboard.press
    before = len(page.query_selector_all(".note"))

    def done(key: str) -> None:
        with page.expect_navigation():
            press(key)

    press("j")
    press("j")
    assert page.inner_text("#chosen").startswith("2:")
    one = page.get_attribute(".note.chosen", "data-id")
    done("r")
    assert "right" in page.inner_text(".note.chosen .verdict")
    assert page.request.get(f"/statements/{one}.json").json()["confidence"] == 1

    press("c")
    words = page.inner_text("#chosen")
    press("ArrowLeft")
    fewer = page.inner_text("#chosen")
    assert words.startswith(fewer)
    assert len(fewer) < len(words)
    done("Enter")
    assert "corrected" in page.inner_text(".note.chosen")
    new = page.get_attribute(".note.chosen", "data-id")
    assert new != one
    assert page.request.get(f"/statements/{new}.json").json()["content"]["text"] == fewer.removeprefix("content: ")
    assert page.request.get(f"/statements/{one}.json").json()["id"] == new  # the old address leads to it

    done("w")
    assert len(page.query_selector_all(".note")) == before - 1
    done("u")
    assert len(page.query_selector_all(".note")) == before

    press("s")
    page.keyboard.type("Tomas Wynd")
    done("Enter")
    assert page.request.get(f"/statements/{new}.json").json()["speaker"]["name"] == "Tomas Wynd"

    press("m")
    press("ArrowDown")
    press("ArrowRight")
    press("ArrowRight")
    marked = page.inner_text("#chosen").removeprefix("content: ")
    done("Enter")
    rows = page.request.get(page.url.split("#")[0] + ".json").json()["statements"]
    assert [row["content"]["text"] for row in rows if row["content"]["text"] == marked]
    kinds = [row["kind"] for row in page.request.get("/judgements.json").json()["rows"]]
    assert kinds[:6] == ["missed", "speaker", "withdrawn", "wrong", "spans", "right"]


def test_a_pair_is_judged_with_the_keyboard_alone(page):
    quote = rows(page, "quotes")[0]
    page.goto(f"/quotes/{quote['id']}")
    before = quote["renderings"]

    def to(words: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").strip().startswith(words):
                return
        raise AssertionError(f"{words} is not reached")

    to("Judge the wording")
    page.keyboard.press("Enter")
    to("Another utterance")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("#apart")
    assert "✗ another utterance ina" in page.inner_text("main").replace("\n", " ")
    assert len(page.request.get(f"/quotes/{quote['id']}.json").json().get("variants", [])) < before
    to("Withdraw")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(page.request.get(f"/quotes/{quote['id']}.json").json()["variants"]) == before

    claim = rows(page, "disputes")[0]
    page.goto(f"/claims/{claim['id']}")
    page.fill("#judging input[name=coder]", "una")
    page.press("#judging input[name=coder]", "Tab")
    page.goto(f"/claims/{claim['id']}")
    assert page.input_value("#judging input[name=coder]") == "una"  # who judges is asked once
    to("Judge what")
    page.keyboard.press("Enter")
    to("Right")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "una" in page.inner_text(".verdict")
    to("Withdraw")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.query_selector(".verdict") is None


def test_words_are_selected_with_the_mouse(page):
    page.goto(pages(page)[2])
    page.keyboard.press("j")
    page.keyboard.press("c")
    text = page.request.get(page.url + ".json").json()["text"]
    place = page.evaluate("""() => {
        const node = document.querySelectorAll('#prose p')[1].querySelector('span[data-o]').firstChild, range = new Range();
        range.setStart(node, 0); range.setEnd(node, Math.min(12, node.length));
        const r = range.getBoundingClientRect(); return [r.left + 1, r.top + r.height / 2, r.right - 1]; }""")
    page.mouse.move(place[0], place[1])
    page.mouse.down()
    page.mouse.move(place[2], place[1], steps=5)
    page.mouse.up()
    marked = page.inner_text("#chosen").removeprefix("content: ")
    assert marked
    assert " ".join(marked.split()) in " ".join(text.split())
    page.keyboard.press("Escape")


def test_without_a_script_one_judges_with_forms(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages(page)[4])
    page.click("text=Speaker right")
    assert page.is_visible("text=right speaker")
    page.click("text=Withdraw >> nth=-1")
    assert not page.is_visible("text=right speaker")
    context.close()


def test_it_prints(page):
    page.goto(pages(page)[2])
    page.emulate_media(media="print")
    assert not page.is_visible(".masthead nav")
    assert page.is_visible(".note")
    assert len(page.pdf()) > 10_000
