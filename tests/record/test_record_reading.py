"""Reading into a record: once, again, and after something has changed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import sayso

FERRY = "The ferry will sail again, Inga Tarrow said. Jonas Fenn denied that it was late.\n"
FERRY_CORRECTED = "The ferry will sail again, Inga Tarrow said on Monday. Jonas Fenn denied that it was late.\n"
BRIDGE = "“We built it,” Mira Holt told reporters in the harbour. Piet Arne accused her of hiding the cost.\n"


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def read(*paths: str, record: str = "r.db", **more: object) -> sayso.Summary:
    with sayso.Record(record) as opened:
        return opened.read(paths, **more)


def current(record: str = "r.db") -> list[tuple[str, str]]:
    """Origin and text of the current reports."""
    with sayso.Record(record, write=False) as opened:
        return [(origin, opened.report(report_id).text) for report_id, _, origin in opened.reports()]


def test_reading_the_same_twice_changes_nothing(examples, tmp_path, dump):
    with sayso.Record(tmp_path / "r.db") as record:
        first = record.read([examples])
        before = dump(tmp_path / "r.db")
        second = record.read([examples])
    assert (first.read, first.unchanged, first.replaced, first.problems) == (9, 0, 0, [])
    assert (second.read, second.unchanged, second.replaced, second.statements) == (0, 9, 0, 0)
    assert dump(tmp_path / "r.db") == before


def test_touching_a_file_changes_no_report(in_folder, dump):
    write("a.txt", FERRY)
    read("a.txt")
    before = dump(Path("r.db"))
    os.utime("a.txt", (1, 1))
    assert read("a.txt").unchanged == 1
    after = dump(Path("r.db"))
    assert {**after, "inputs": []} == {**before, "inputs": []}


def test_two_orders_and_two_ways_of_working_make_the_same_record(small_reports, tmp_path, dump):
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    paths = sorted(small_reports.iterdir())
    with sayso.Record(one) as record:
        record.read(paths)
    with sayso.Record(two) as record:
        record.read(paths[::-1][:7])
        record.read(paths[::-1], jobs=2)
    assert dump(one) == dump(two)


def test_changed_text_is_a_new_version_linked_to_the_old(in_folder, dump):
    write("a.txt", FERRY)
    read("a.txt")
    ((old, *_),) = dump(Path("r.db"))["reports"]
    write("a.txt", BRIDGE)
    summary = read("a.txt")
    assert (summary.read, summary.replaced, summary.unchanged) == (0, 1, 0)
    reports = {row[0]: row for row in dump(Path("r.db"))["reports"]}
    (new,) = set(reports) - {old}
    assert reports[new][-2:] == (old, 1)
    assert reports[old][-2:] == (None, 0)
    assert current() == [("a.txt", BRIDGE)]
    with sayso.Record("r.db") as record:
        assert {row["report"]["id"] for row in record.statements()} == {new}
        assert record.report(old).text == FERRY, "the old version stays"
        assert record.reading(old).statements


def test_a_text_that_goes_back_to_an_earlier_version_makes_no_circle(in_folder, dump):
    for text in (FERRY, FERRY_CORRECTED, FERRY):
        write("a.txt", text)
        read("a.txt")
    assert current() == [("a.txt", FERRY)]
    previous = {row[0]: row[-2] for row in dump(Path("r.db"))["reports"]}
    assert sorted(previous.values(), key=str) == sorted([None, next(k for k, v in previous.items() if v is None)], key=str)


def test_changed_sidecar_revises_facts_and_keeps_ids(in_folder):
    write("a.txt", FERRY)
    write("a.json", json.dumps({"outlet": "Halyard"}))
    read("a.txt")
    with sayso.Record("r.db") as record:
        before = list(record.statements())
    write("a.json", json.dumps({"outlet": "The Other Bank", "published": "2025-03-06"}))
    summary = read("a.txt")
    assert (summary.read, summary.replaced) == (0, 1)
    with sayso.Record("r.db") as record:
        after = list(record.statements())
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert {row["report"]["outlet"] for row in after} == {"The Other Bank"}
    assert {row["report"]["published"] for row in after} == {"2025-03-06"}


def test_given_facts_win_over_the_sidecar(in_folder):
    write("a.txt", FERRY)
    write("a.json", json.dumps({"outlet": "Halyard", "title": "The ferry"}))
    read("a.txt", given=sayso.Publication(outlet="Veldara Today"))
    with sayso.Record("r.db") as record:
        ((_, publication, _),) = record.reports()
    assert (publication.outlet, publication.title) == ("Veldara Today", "The ferry")


def test_an_added_file_is_read_alone(in_folder):
    write("news/a.txt", FERRY)
    read("news")
    write("news/b.txt", BRIDGE)
    summary = read("news")
    assert (summary.read, summary.unchanged) == (1, 1)


def test_a_deleted_file_stays_in_the_record(in_folder):
    write("news/a.txt", FERRY)
    write("news/b.txt", BRIDGE)
    read("news")
    Path("news/a.txt").unlink()
    assert read("news").unchanged == 1
    assert current() == [("news/a.txt", FERRY), ("news/b.txt", BRIDGE)]


def test_one_file_is_one_report_however_its_path_is_spelled(in_folder, dump):
    write("news/a.txt", FERRY)
    read("news")
    before = dump(Path("r.db"))
    for path in ("./news", "news/../news/a.txt", str(in_folder / "news" / "a.txt")):
        assert read(path).unchanged == 1, path
    os.chdir("news")
    assert read("a.txt", "*.txt", str(in_folder / "news"), record="../r.db").unchanged == 1
    os.chdir("..")
    assert dump(Path("r.db")) == before


def test_files_of_one_name_in_two_folders_are_two_reports(in_folder):
    """cd 2024; sayso read *.txt -o ../r.db; cd ../2025; sayso read *.txt -o ../r.db"""
    write("2024/001.txt", FERRY)
    write("2025/001.txt", BRIDGE)
    for folder in ("2024", "2025", "2024", "2025"):
        os.chdir(folder)
        read("001.txt", record="../r.db")
        os.chdir("..")
    assert sorted(text for _, text in current()) == sorted([FERRY, BRIDGE])


@pytest.mark.parametrize("moved", ["record", "both"])
def test_a_record_can_move(in_folder, moved):
    write("here/news/a.txt", FERRY)
    os.chdir("here")
    read("news")
    os.chdir("..")
    if moved == "record":
        Path("there").mkdir()
        shutil.move("here/r.db", "there/r.db")
        os.chdir("here")
    else:
        shutil.move("here", "there")
        os.chdir("there")
    summary = read("news", record="../there/r.db")
    assert (summary.read, summary.replaced, summary.unchanged) == (0, 0, 1)


def test_standard_input_is_no_place_that_a_report_can_lose(in_folder, call):
    for text in (FERRY, BRIDGE, FERRY):
        assert call("read", "-", "-o", "r.db", input=text).exit_code == 0
    assert sorted(text for _, text in current()) == sorted([FERRY, BRIDGE])
    assert call("read", "-", "-o", "r.db", input=FERRY_CORRECTED).exit_code == 0
    assert sorted(text for _, text in current()) == sorted([FERRY_CORRECTED, BRIDGE]), "a corrected text is a new version"


def rows(*texts: str, **facts: str) -> str:
    return "".join(json.dumps({"text": text, **facts}) + "\n" for text in texts)


def test_rows_keep_their_reports_when_lines_move(in_folder, dump):
    write("feed.jsonl", rows(FERRY, BRIDGE))
    read("feed.jsonl")
    before = dump(Path("r.db"))
    write("feed.jsonl", rows("Sanna Brook said that nothing had happened on the quay.", FERRY, BRIDGE))
    summary = read("feed.jsonl")
    assert (summary.read, summary.unchanged, summary.replaced) == (1, 2, 0)
    after = dump(Path("r.db"))
    assert set(before["reports"]) <= set(after["reports"])
    assert len(current()) == 3


def test_a_feed_that_is_written_anew_loses_nothing(in_folder):
    write("latest.jsonl", rows(FERRY))
    read("latest.jsonl")
    write("latest.jsonl", rows(BRIDGE))
    read("latest.jsonl")
    assert sorted(text for _, text in current()) == sorted([FERRY, BRIDGE])


def test_a_corrected_row_is_a_new_version(in_folder):
    write("feed.jsonl", rows(FERRY, BRIDGE))
    read("feed.jsonl")
    write("feed.jsonl", rows(FERRY_CORRECTED, BRIDGE))
    summary = read("feed.jsonl")
    assert (summary.read, summary.unchanged, summary.replaced) == (0, 1, 1)
    assert sorted(text for _, text in current()) == sorted([FERRY_CORRECTED, BRIDGE])


def test_one_text_in_two_outlets_is_two_reports_and_twice_in_one_is_one(in_folder):
    write("feed.jsonl", rows(FERRY, outlet="Halyard") + rows(FERRY, outlet="Veldara Today") + rows(FERRY, outlet="Halyard"))
    for jobs in (1, 2, 1):
        read("feed.jsonl", jobs=jobs)
        with sayso.Record("r.db") as record:
            assert [p.outlet for _, p, _ in record.reports()] == ["Halyard", "Veldara Today"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(in_folder):
    write("news/a.txt", FERRY)
    write("news/b.txt", "")
    write("news/c.jsonl", rows(BRIDGE) + "{broken\n" + rows("Sanna Brook said that it rained."))
    summary = read("news", "nowhere.txt")
    assert summary.read == 3
    assert sorted(p.origin for p in summary.problems) == ["news/b.txt", "news/c.jsonl:2", "nowhere.txt"]
    assert all(p.reason and p.advice for p in summary.problems)
    again = read("news", "nowhere.txt")
    assert (again.read, again.unchanged, len(again.problems)) == (0, 3, 3), "what is wrong is named each time"


def test_a_record_among_its_reports_is_not_read_as_one(in_folder):
    write("a.txt", FERRY)
    for _ in range(2):
        summary = read(".", record="record")
        assert (summary.read + summary.unchanged, summary.problems) == (1, [])
    assert [p.origin for p in read("record", record="record").problems] == ["record"], "named itself, it is said to be none"


def test_progress_is_told_after_each_report_and_ends_at_the_end(small_reports, tmp_path):
    told: list[sayso.Progress] = []
    with sayso.Record(tmp_path / "r.db") as record:
        record.read([small_reports], progress=told.append, jobs=2)
    assert [p.reports for p in told] == sorted(p.reports for p in told)
    assert (told[-1].inputs_done, told[-1].bytes_done, told[-1].reports) == (30, told[-1].bytes, 30)


def test_a_record_opened_for_reading_only_says_so(examples_record, examples):
    with sayso.Record(examples_record, write=False) as record:
        with pytest.raises(sayso.RecordError, match="opened for reading only"):
            record.read([examples])
        with pytest.raises(sayso.RecordError, match="opened for reading only"):
            record.reread()
