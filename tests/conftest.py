"""The installed command, records made from real files, and what is in them."""

from __future__ import annotations

import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import sayso
from sayso.cli import main
from sayso.record.packing import unpacked
from sayso.unions import Unions

ROOT = Path(__file__).resolve().parent.parent
COMMAND = str(Path(sys.executable).with_name("sayso"))
NAMES = ("Inga Tarrow", "Jonas Fenn", "Mira Holt", "Piet Arne", "Sanna Brook")
THINGS = ("ferry", "dam", "school", "bridge", "market", "mill")

Dump = dict[str, list[tuple[Any, ...]]]


def pytest_configure(config: pytest.Config) -> None:
    # Python 3.12 and 3.13 warn of what they do by default: worker processes are forked from this one, which has threads.
    config.addinivalue_line("filterwarnings", "ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")


@pytest.fixture(scope="session")
def examples() -> Path:
    return ROOT / "examples"


@pytest.fixture(scope="session")
def examples_record(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports; not to be written to."""
    path = tmp_path_factory.mktemp("examples") / "examples.db"
    with sayso.Record(path) as record:
        assert not record.read([examples]).problems
    return path


@pytest.fixture
def small_text() -> Callable[[int], str]:
    """A report of a few lines; number by number another one."""

    def make(number: int) -> str:
        name, other, thing = NAMES[number % 5], NAMES[(number + 2) % 5], THINGS[number % 6]
        said = f"“We kept our word,” {name} told the council on day {number}."
        return f"{said} {other} denied that the {thing} was late, and accused the mayor of hiding it.\n"

    return make


@pytest.fixture
def small_reports(tmp_path: Path, small_text: Callable[[int], str]) -> Path:
    """A folder of thirty small reports beside the place where tests make their records."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(small_text(number), encoding="utf-8")
    return folder


@pytest.fixture
def bug() -> Callable[[BaseException], AbstractContextManager[None]]:
    """Puts a stage into the engine, that of worker processes too, which raises an error on texts with a gremlin in them.

    The one place where a part of sayso is replaced in tests: no text is known on which it fails by itself.
    """

    @contextmanager
    def put(error: BaseException) -> Iterator[None]:
        from sayso.attribution import engine

        sound = engine.furniture

        def stage(text: str) -> Any:
            if "gremlin" in text:
                raise error
            return sound(text)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine, "furniture", stage)
            if "fork" in multiprocessing.get_all_start_methods():  # else workers know of no stage put in here
                patch.setattr("sayso.workers.multiprocessing", multiprocessing.get_context("fork"))
            yield

    return put


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder, as the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def put(request: pytest.FixtureRequest, in_folder: Path) -> Callable[[sayso.Record, str], None]:
    """Reads one of the module's TEXTS (by name of file: day, outlet, text) into a record."""

    def go(record: sayso.Record, name: str) -> None:
        published, outlet, text = request.module.TEXTS[name]
        Path(name).write_text(text, encoding="utf-8")
        record.read([name], given=sayso.Publication(published=published, outlet=outlet))

    return go


@pytest.fixture
def record(request: pytest.FixtureRequest, put: Callable[[sayso.Record, str], None]) -> Iterator[sayso.Record]:
    """A record of the module's TEXTS."""
    with sayso.Record("r.db") as opened:
        for name in request.module.TEXTS:
            put(opened, name)
        yield opened


@pytest.fixture
def told() -> Callable[[Iterable[dict[str, Any]]], list[str]]:
    """Rows as they can be compared."""
    return lambda rows: [json.dumps(row, sort_keys=True) for row in rows]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the installed command in the temporary folder, or *before* it another that starts it."""

    def go(*args: str | Path, before: tuple[str, ...] = (), env: dict[str, str] | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": None if "input" in more else subprocess.DEVNULL}
        return subprocess.run(
            [*before, COMMAND, *map(str, args)], cwd=tmp_path, encoding="utf-8", errors="surrogateescape", timeout=300,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **(env or {})}, check=False,
            **{**{k: v for k, v in pipes.items() if v is not None}, **more},
        )  # fmt: skip

    return go


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts the installed command in a session of its own, as a terminal would."""

    def go(*args: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [COMMAND, *map(str, args)], cwd=tmp_path, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip

    return go


@pytest.fixture
def call() -> Callable[..., Result]:
    """Runs the command in this process: anything that would be a traceback fails the test."""

    def go(*args: str | Path, **more: Any) -> Result:
        return CliRunner().invoke(main, [*map(str, args)], catch_exceptions=False, **more)

    return go


# What tables hold, told by ids: the numbers by which they know reports, actors, names and stretches say only what came first.
_TOLD = {
    "report": "(SELECT report_id FROM reports r WHERE r.report = t.report)", "actor": "(SELECT actor_id FROM actors a WHERE a.actor = t.actor)",
    "side": "(SELECT actor_id FROM actors a WHERE a.actor = t.side)", "place": "(SELECT stretch FROM stretches s WHERE s.place = t.place)",
    "manner": "(SELECT form || ' ' || act || ' ' || negated || ' ' || stance FROM manners m WHERE m.manner = t.manner)",
    "name": "(SELECT actor_id || ' ' || n.name || ' ' || title FROM names n JOIN actors USING (actor) WHERE n.number = t.name)",
}
_KEYS = {("reports", "report"), ("texts", "number"), ("actors", "actor"), ("nodes", "number"), ("stretches", "place")}
_PACKED = {"found", "voices", "contents"}


@pytest.fixture
def dump() -> Callable[[Path], Dump]:
    """All rows of a record, table by table, by the ids of what they are about."""

    def cell(column: str, value: Any) -> Any:
        return json.dumps(unpacked(value)) if column in _PACKED and isinstance(value, bytes) else value

    def rows(db: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if (table, row[1]) not in _KEYS]
        told = {**_TOLD} if table not in ("actors", "register_actors", "register_names") else {}
        if table != "names_used":
            told.pop("name", None)
        if table == "inputs":
            told.pop("place")  # where a file lies
        if table in ("text_marks", "text_runs"):
            told["number"] = "(SELECT text_id FROM texts x WHERE x.number = t.number)"
        if table == "node_vectors":
            told["number"] = "(SELECT node FROM nodes n WHERE n.number = t.number)"
        if table == "stretch_links":  # which of what hangs together are linked says what came first
            unions = Unions[int](n for (n,) in db.execute("SELECT stretch FROM stretches"))
            for a, b in db.execute("SELECT stretch, other FROM stretch_links"):
                unions.join(a, b)
            return sorted({(n, unions.find(n)) for (n,) in db.execute("SELECT stretch FROM stretch_links")})
        found = db.execute(f"SELECT {', '.join(told.get(c, f't.{c}') for c in columns)} FROM {table} t")
        return sorted((tuple(map(cell, columns, row)) for row in found), key=repr)

    def read(path: Path) -> Dump:
        db = sqlite3.connect(path)
        try:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            # The index of words holds no rows that could be listed; names and manners of which nothing makes use any more stay.
            named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*_words*' AND name NOT IN ('names', 'manners')"
            return {name: rows(db, name) for (name,) in db.execute(f"{named} ORDER BY name").fetchall()}
        finally:
            db.close()

    return read
