"""Files that cannot serve as a record: each gets a clear message and exit status 2, and is left as it was."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

import sayso
from sayso.record.packing import packed, packed_spans, unpacked
from sayso.record.schema import VERSION

# Root may do what it likes; without these two it is held to permissions as everybody else.
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if hasattr(os, "geteuid") and os.geteuid() == 0 else ()

can_be_refused = pytest.mark.skipif(
    os.name != "posix" or bool(UNPRIVILEGED and not shutil.which("setpriv")), reason="permissions do not hold for this user"
)


@pytest.fixture
def news(in_folder, small_text):
    Path("news.txt").write_text(small_text(1), encoding="utf-8")
    return "news.txt"


@pytest.fixture
def refused(call, news):
    """Asserts that reading into a file, and asking it, are refused with a message; returns the messages."""

    def check(path: str, *, ask: bool = True) -> str:
        before = Path(path).read_bytes() if Path(path).is_file() else None
        messages = ""
        for command in (("read", news, "-o", path), ("reread", path), ("statements", path))[: None if ask else 1]:
            done = call(*command)
            assert (done.exit_code, done.stdout) == (2, ""), command
            assert done.stderr.startswith("sayso: "), done.stderr
            assert done.stderr.count("\n") == 2, "what is wrong, and what to do"
            messages += done.stderr
        if before is not None:
            assert Path(path).read_bytes() == before, "it was changed"
            assert not Path(path + "-journal").exists()
        return messages

    return check


@pytest.mark.parametrize("content", [b"hi", b"A text, not a record.\n" * 5, b"\0" * 5000, b"SQLite format 3\0", os.urandom(9000)], ids=range(5))
def test_a_file_of_something_else(refused, content):
    Path("notes.db").write_bytes(content)
    assert "notes.db is" in refused("notes.db")


def test_a_database_of_somebody_else(refused):
    db = sqlite3.connect("theirs.db")
    with db:
        db.execute("CREATE TABLE reports (a)")
    db.close()
    assert "not a record of sayso" in refused("theirs.db")


def test_folders(refused):
    Path("folder").mkdir()
    assert "is a folder" in refused("folder")
    assert "does not exist" in refused("nowhere/r.db", ask=False)
    assert "is not a folder" in refused("news.txt/r.db", ask=False)


def test_a_record_that_is_not_there_is_asked_for_nothing(call, in_folder):
    for command in ("statements", "reread"):
        done = call(command, "r.db")
        assert done.exit_code == 2
        assert "there is no record at r.db" in done.stderr
        assert "sayso read" in done.stderr
    assert not Path("r.db").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_devices_and_pipes(refused):
    os.mkfifo("pipe.db")
    assert "a device or a pipe" in refused("pipe.db")
    assert "a device or a pipe" in refused(os.devnull)


def test_names_longer_than_the_system_allows(call, news):
    for command in (("read", news, "-o", "a" * 300 + ".db"), ("statements", "a" * 300 + ".db")):
        done = call(*command)
        assert done.exit_code == 2
        assert "cannot be opened" in done.stderr


@pytest.mark.parametrize("name", ["ä ö.db", "50%41?mode=ro#.db", "-r.db", "line\nbreak.db", os.fsdecode(b"\xff.db")])
def test_odd_names_serve(in_folder, call, news, name):
    try:
        Path(name).touch()
    except OSError:
        pytest.skip("this file system does not allow the name")
    assert call("read", news, f"--record={name}").exit_code == 0
    assert call("statements", "--format=jsonl", "--", name).stdout
    assert {path.name for path in Path().iterdir()} == {name, news}


def test_an_empty_file_becomes_a_record_but_is_none_yet(call, news):
    Path("r.db").touch()
    done = call("statements", "r.db")
    assert done.exit_code == 2
    assert "is empty" in done.stderr
    assert call("read", news, "-o", "r.db").exit_code == 0


def test_a_schema_from_the_future(refused, examples_record):
    shutil.copy(examples_record, "r.db")
    db = sqlite3.connect("r.db")
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    assert "made by a later version" in refused("r.db")


@pytest.mark.parametrize("seed", range(24))
def test_a_damaged_record_is_an_answer_not_a_crash(call, examples_record, in_folder, seed):
    """Cut short, or bytes of it changed: what is still whole is shown, what is not is said to be damaged."""
    chance = random.Random(seed)
    content = bytearray(examples_record.read_bytes())
    if seed % 3 == 0:
        del content[chance.randrange(100, len(content)) :]
    else:
        for _ in range(3 ** (seed % 6)):
            content[chance.randrange(100, len(content))] = chance.randrange(256)
    Path("r.db").write_bytes(content)
    done = call("statements", "r.db", "--format", "jsonl")
    assert done.exit_code in (0, 2)
    if done.exit_code:
        assert done.stderr.startswith("sayso: r.db ")
        assert done.stderr.count("\n") == 2
    assert Path("r.db").read_bytes() == content, "asking changes nothing"
    assert call("reread", "r.db").exit_code in (0, 2)


def pack_json(value):
    return packed(json.loads(value))


def unpack_json(blob):
    return json.dumps(unpacked(blob))


def spans(a, b):
    """Packed spans of a statement, of which only the content is told."""
    return packed_spans((), (), ((a, b),), ())


@pytest.mark.parametrize("change", [
    "UPDATE texts SET text = text || '.'",
    "UPDATE statements SET parts = spans(0, 999999)",
    "UPDATE statements SET parts = spans(1, 1)",
    "UPDATE statements SET parts = x'000001'",
    "UPDATE statements SET parts = x'00000000'",
    "UPDATE statements SET parts = parts || x'00'",
    "UPDATE statements SET parts = x'ff'",
    "UPDATE statements SET parts = 'x'",
    "UPDATE manners SET act = 'mumble' || manner",
    "UPDATE statements SET parent = 10000",
    "UPDATE statements SET parent = number",
    "UPDATE reports SET published = 'soon'",
    "UPDATE reports SET outlet = x'ff'",
    "UPDATE statements SET number = number + 1000",
    "DROP TABLE statements",
    "UPDATE found SET found = 'x'",
    "UPDATE found SET found = x'ff'",
    "UPDATE found SET found = substr(found, 1, length(found) - 9)",
    "UPDATE found SET found = pack('[]')",
    "UPDATE found SET found = pack(json_set(unpack(found), '$[0]', json('[[0,1]]')))",
    "UPDATE found SET found = pack(json_set(unpack(found), '$[0]', json('[[0,999999,\"name\",0]]')))",
    "UPDATE found SET found = pack(json_set(unpack(found), '$[1]', json('[]')))",
    "UPDATE found SET found = pack(json_set(unpack(found), '$[1]', json('[[1]]')))",
    "UPDATE found SET found = pack(json_set(unpack(found), '$[2]', json('[null]')))",
    "UPDATE voices SET voices = pack('[[], [], []]')",
    "UPDATE voices SET voices = pack('[[], [[]], []]')",
    "UPDATE voices SET voices = pack('{}')",
    "UPDATE voices SET voices = 'x'",
    "DROP TABLE voices",
    "DROP TABLE judgements",
    "INSERT INTO judgements (uid, time, coder, kind) VALUES ('u', '2025', 'ina', 'same')",
    "INSERT INTO judgements (uid, time, coder, kind, text_id, spans) VALUES ('u', '2025', 'ina', 'speaker', 't', '{')",
    "INSERT INTO judgements (uid, time, coder, kind, withdraws) VALUES ('u', '2025', 'ina', 'withdrawn', 'u')",
])  # fmt: skip
def test_rows_that_no_reading_made(call, examples_record, in_folder, change):
    shutil.copy(examples_record, "r.db")
    db = sqlite3.connect("r.db")
    for name, arguments, function in (("pack", 1, pack_json), ("unpack", 1, unpack_json), ("spans", 2, spans)):
        db.create_function(name, arguments, function)
    with db:
        db.execute(change)
    db.close()
    done = call("statements", "r.db")
    assert done.exit_code == 2
    assert "r.db is damaged" in done.stderr


@can_be_refused
@pytest.mark.parametrize("locked", ["file", "folder"])
def test_read_only_records_can_be_asked_and_not_written(run, examples_record, news, tmp_path, locked):
    folder = tmp_path / "shelf"
    folder.mkdir()
    shutil.copy(examples_record, folder / "r.db")
    target, mode = (folder / "r.db", 0o444) if locked == "file" else (folder, 0o555)
    target.chmod(mode)
    try:
        for command in (("read", news, "-o", "shelf/r.db"), ("reread", "shelf/r.db")):
            done = run(*command, before=UNPRIVILEGED)
            assert (done.returncode, done.stderr.count("\n")) == (2, 2), done.stderr
            assert "shelf/r.db is read-only" in done.stderr
        if locked == "folder":
            done = run("read", news, "-o", "shelf/new.db", before=UNPRIVILEGED)
            assert done.returncode == 2
            assert "shelf/new.db cannot be opened" in done.stderr
        done = run("statements", "shelf/r.db", "--limit", "3", before=UNPRIVILEGED)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout
    finally:
        target.chmod(0o755)
    assert (folder / "r.db").read_bytes() == examples_record.read_bytes()
    assert [path.name for path in folder.iterdir()] == ["r.db"]


@can_be_refused
def test_a_record_that_may_not_be_read(run, examples_record, tmp_path):
    shutil.copy(examples_record, tmp_path / "r.db")
    (tmp_path / "r.db").chmod(0)
    done = run("statements", "r.db", before=UNPRIVILEGED)
    assert done.returncode == 2
    assert done.stderr == "sayso: r.db may not be read\n       Change its permissions\n"


@pytest.mark.parametrize(("lock", "command"), [
    ("BEGIN IMMEDIATE", "read"), ("BEGIN EXCLUSIVE", "read"), ("BEGIN EXCLUSIVE", "statements"), ("BEGIN IMMEDIATE", None),
])  # fmt: skip
def test_a_record_that_another_process_holds(call, examples_record, news, monkeypatch, dump, lock, command):
    monkeypatch.setattr("sayso.record.database._PATIENCE", 0.1)
    shutil.copy(examples_record, "r.db")
    other = sqlite3.connect("r.db", isolation_level=None)
    other.execute(lock)
    try:
        if command is None:
            assert call("statements", "r.db").exit_code == 0, "a writer keeps no one from asking"
        else:
            done = call(*{"read": ("read", news, "-o", "r.db"), "statements": ("statements", "r.db")}[command])
            assert done.exit_code == 2
            assert "r.db is in use by another process" in done.stderr
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert dump(Path("r.db")) == dump(examples_record)


def test_waits_for_another_process_that_is_soon_done(examples_record, news):
    shutil.copy(examples_record, "r.db")
    other = sqlite3.connect("r.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    release.start()
    with sayso.Record("r.db") as record:
        assert record.read([news]).read == 1
    release.join()
    other.close()


@pytest.fixture
def whole(small_reports, in_folder):
    """A record of the small reports that no disk was too small for."""
    with sayso.Record("whole.db") as record:
        record.read(["reports"])
    return Path("whole.db")


def test_a_full_disk(run, whole, dump, in_folder):
    """The limit on file sizes stands in for the disk: what was read before it was reached is kept, and the next run goes on."""
    pytest.importorskip("resource")
    sayso.Record("empty.db").close()
    limit = (Path("empty.db").stat().st_size + whole.stat().st_size) // 2
    limited = (sys.executable, "-c", (
        f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); os.execv(sys.argv[1], sys.argv[1:])"
    ))  # fmt: skip
    done = run("read", "reports", "-o", "r.db", before=limited)
    assert done.returncode == 2
    assert "r.db cannot be read or written" in done.stderr
    assert "Traceback" not in done.stderr
    assert 0 < len(dump(Path("r.db"))["reports"]) < 30
    assert run("read", "reports", "-o", "r.db").returncode == 0
    assert dump(Path("r.db")) == dump(whole)


def test_a_full_disk_in_earnest(run, small_reports, small_text, dump, in_folder):
    for number in range(30, 250):
        (small_reports / f"{number}.txt").write_text(small_text(number), encoding="utf-8")
    sayso.Record("empty.db").close()
    Path("tiny").mkdir()
    mounted = (
        "unshare", "--mount", "sh", "-c",
        'mount -t tmpfs -o size="$0" none tiny || exit 99; "$@"; s=$?; cp tiny/r.db copy.db; ls tiny >left; exit $s',
        str(2 * Path("empty.db").stat().st_size + 8192),  # a write needs as much again for its journal
    )  # fmt: skip
    if not shutil.which("unshare") or run("acts", before=mounted).returncode == 99:
        pytest.skip("no tiny disk can be made here")
    done = run("read", "reports", "-o", "tiny/r.db", before=mounted)
    assert done.returncode == 2
    assert "no space is left on the disk of tiny/r.db" in done.stderr
    assert "Traceback" not in done.stderr
    assert Path("left").read_text().split() == ["r.db"]
    assert 0 < len(dump(Path("copy.db"))["reports"]) < 250
