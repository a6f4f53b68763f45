"""The room as a client sees it, on records made from real texts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import sayso

HOSTILE = "<script>alert(1)</script>"
NEWS = {
    "a.json": {
        "text": "Orvan Tellik said on Monday that the ferry was late. “We will sue,” he added.\n\n"
        "Mira Holt denied claims by Tellik that the dam leaked into the valley all winter.\n\n"
        "“The dam will hold until spring, whatever the river does,” Holt said.\n",
        "title": "Ferry late, says Tellik", "outlet": "Halyard", "published": "2025-03-04", "url": "javascript:alert(1)",
    },
    "b.json": {
        "text": "Mira Holt told <b>reporters</b> that the dam 🏞 was sound. Piet Arne doubted that. Holt said the dam “will hold until spring”.\n\n"
        "Orvan Tellik said that the dam leaked into the valley all winter.\n",
        "title": HOSTILE, "outlet": 'A & "B" <i>', "published": "2025-03-06",
    },
    "c.json": {"text": "Somebody said that it would rain. Sanna Brook promised a new bridge by 2031.\n"},
}  # fmt: skip


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of three small reports with one dispute and one quote, some with markup where words should be; not to be written to."""
    folder = tmp_path_factory.mktemp("news")
    for name, row in NEWS.items():
        (folder / name).write_text(json.dumps(row), encoding="utf-8")
    with sayso.Record(folder / "news.db") as made:
        assert not made.read([folder / name for name in NEWS]).problems
    return folder / "news.db"


@pytest.fixture
def record(news: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copy(news, tmp_path / "news.db"))


@pytest.fixture
def room(record: Path) -> Iterator[Callable[..., TestClient]]:
    """A client of the room on the record; options are those of application()."""
    with ExitStack() as stack:

        def enter(**options: Any) -> TestClient:
            app = sayso.application(record, coder="ina", **options)
            return stack.enter_context(TestClient(app, base_url="http://localhost:8484", follow_redirects=False))

        yield enter


@pytest.fixture
def client(room: Callable[..., TestClient]) -> TestClient:
    return room()
