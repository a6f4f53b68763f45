"""Actors of a record: statements asked for by who speaks, for whom and about whom; the list of actors; one actor's page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import sayso

TALKS = """Russian Foreign Minister Sergei Lavrov said on Thursday that Iran was a partner. “We will keep our word,” Lavrov told reporters. \
He denied that Russia had armed the rebels.

Orvan Tellik said that Iran had lied.
"""
COUNCIL = """Sergey Lavrov told the council that the talks would go on. Iran denied that it had broken the truce. \
Mira Sollen and Orvan Tellik said that Lavrov was wrong. A senior official warned that the talks would fail.
"""
FERRY = "Orvan Tellik said that the ferry was late. Mira Sollen accused Tellik of hiding the costs of the bridge.\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("actors")
    made = folder / "r.db"
    with sayso.Record(made) as record:
        for name, text in (("a", TALKS), ("b", COUNCIL), ("c", FERRY)):
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            assert not record.read([folder / f"{name}.txt"], given=sayso.Publication(published="2017-03-30")).problems
    return made


@pytest.fixture(scope="module")
def record(path):
    with sayso.Record(path, write=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def everything(record):
    return list(record.statements())


def by(row):
    return {a["id"] for a in (row["speaker"], *row["speaker"]["members"])} if row["speaker"] else set()


def about(row):
    return {a["id"] for a in row["about"]}


LAVROV, RUSSIA, IRAN, TELLIK = "person:sergei-lavrov", "state:russia", "state:iran", "name:orvan-tellik"


@pytest.mark.parametrize("who", [LAVROV, "Sergei Lavrov", "sergey lavrov", "LAVROV"])
def test_a_speaker_is_found_by_id_name_alias_and_words_of_it(record, everything, who):
    expected = [row for row in everything if LAVROV in by(row)]
    assert list(record.statements(speaker=who)) == expected
    assert {row["source"]["text"] for row in expected} >= {"Lavrov", "He", "Sergey Lavrov"}, "whatever the report calls them"


def test_who_speaks_in_a_group_is_found_too(record, everything):
    expected = [row for row in everything if TELLIK in by(row)]
    assert list(record.statements(speaker="Orvan Tellik")) == expected
    assert [row["speaker"]["kind"] for row in expected].count("group") == 1


@pytest.mark.parametrize("side", [RUSSIA, "Russia", "Russian Federation"])
def test_a_side_takes_in_who_is_part_of_it_and_nobody_else(record, everything, side):
    expected = [row for row in everything if row["speaker"] and row["speaker"]["side"] == "Russia"]
    assert list(record.statements(side=side)) == expected
    assert len(expected) >= 4
    assert all(IRAN in by(row) for row in record.statements(side="Iran"))


@pytest.mark.parametrize("who", [IRAN, "Iran", "Islamic Republic of Iran"])
def test_about_takes_in_all_names_of_whom_the_content_is_about(record, everything, who):
    found = list(record.statements(about=who))
    assert found == [row for row in everything if IRAN in about(row)]
    assert found


def test_filters_of_actors_add_up(record, everything):
    expected = [row for row in everything if LAVROV in by(row) and IRAN in about(row)]
    assert list(record.statements(speaker="Lavrov", side="Russia", about="Iran")) == expected
    assert expected
    assert list(record.statements(speaker="Lavrov", side="Iran")) == []
    assert list(record.statements(side="Atlantis")) == []


@pytest.mark.parametrize("option", ["speaker", "side", "about"])
def test_the_command_filters_as_python_does(call, path, record, option):
    for who in ("Lavrov", "Russia", IRAN, "Iran"):
        lines = call("statements", path, f"--{option}", who, "--format", "jsonl").stdout.splitlines()
        assert [json.loads(line) for line in lines] == list(record.statements(**{option: who}))


def test_the_list_counts_what_the_filters_find(record):
    rows = list(record.actors())
    assert rows[0]["id"] in (LAVROV, TELLIK)
    order = [(-r["statements"], -r["about"], r["name"], r["id"]) for r in rows]
    assert order == sorted(order)
    assert {r["id"]: r for r in rows}[LAVROV] == {
        "id": LAVROV, "name": "Sergei Lavrov", "kind": "person", "side": "Russia",
        "statements": len(list(record.statements(speaker=LAVROV))), "about": len(list(record.statements(about=LAVROV))), "reports": 2,
    }
    for row in rows:
        if row["kind"] != "anonymous":
            assert row["statements"] == len(list(record.statements(speaker=row["id"])))
        assert row["about"] == len(list(record.statements(about=row["id"])))
    assert list(record.actors(limit=2)) == rows[:2]
    assert list(record.actors(kind="state")) == [r for r in rows if r["kind"] == "state"]
    assert [r["id"] for r in record.actors("sergey lavrov")] == [LAVROV]
    assert list(record.actors("nobody at all")) == []
    with pytest.raises(sayso.SaysoError, match=r"no kind 'country'\. It is one of: person, state"):
        record.actors(kind="country")


def test_an_earlier_version_of_a_report_counts_no_more(in_folder):
    with sayso.Record("r.db") as record:
        for text in (FERRY, FERRY.replace("Orvan Tellik said that the ferry was late. ", "It rained. ")):
            Path("a.txt").write_text(text, encoding="utf-8")
            record.read(["a.txt"])
        row = {r["id"]: r for r in record.actors()}["name:mira-sollen"]
        assert (row["statements"], row["reports"]) == (len(list(record.statements(speaker="Mira Sollen"))), 1)
        page = record.actor("Mira Sollen")
        assert (page["statements"], page["about"]) == (row["statements"], row["about"])
        assert page["names"] == [{"name": "Mira Sollen", "mentions": 1}]
        assert "name:orvan-tellik" not in {r["id"] for r in record.actors()}


def test_the_list_in_three_forms(call, path, record):
    rows = list(record.actors())
    assert [json.loads(line) for line in call("actors", path, "--format", "jsonl").stdout.splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(call("actors", path, "--format", "csv").stdout)))
    assert table == [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]
    lines = call("actors", path, env={"COLUMNS": "90"}).stdout.splitlines()
    assert len(lines) == len(rows) + 1
    assert all(len(line) <= 90 for line in lines)
    assert lines[0].split() == ["actor", "kind", "side", "says", "about", "reports"]
    only = call("actors", path, "--kind", "state", "--limit", "1", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in only] == list(record.actors(kind="state", limit=1))


def test_the_page_of_one_actor(call, path, record):
    done = call("actors", path, "Lavrov", env={"COLUMNS": "80"})
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Sergei Lavrov"
    assert lines[1] == f"person of Russia · {LAVROV}"
    assert all(len(line) <= 80 for line in lines)
    page = record.actor("Lavrov")
    assert {n["name"] for n in page["names"]} >= {"Lavrov", "Sergey Lavrov"}
    assert any(o["role"] == "foreign-minister" and o["of"] == "Russia" and o["since"].startswith("2004") for o in page["offices"])
    assert any("foreign minister, Russia" in line and "2004" in line for line in lines)
    said, spoken = list(record.statements(speaker=LAVROV)), list(record.statements(about=LAVROV))
    assert (page["statements"], page["about"], page["reports"]) == (len(said), len(spoken), 2)
    assert f"says: {len(said)} statements" in lines
    assert f"is spoken about: {len(spoken)} statement{'' if len(spoken) == 1 else 's'}" in lines
    rows = [json.loads(line) for line in call("actors", path, "Lavrov", "--format", "jsonl").stdout.splitlines()]
    assert [row["id"] for row in rows] == [LAVROV]


def test_who_is_nobody_or_several_is_said(call, path, in_folder):
    done = call("actors", path, "nobody", "at", "all")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nobody in this record goes by 'nobody at all'" in done.stderr
    for number, name in enumerate(("Orvan Tellik", "Piet Tellik")):
        Path(f"{number}.txt").write_text(f"{name} said that the ferry was late.\n", encoding="utf-8")
    call("read", "0.txt", "1.txt", "-o", "r.db")
    done = call("actors", "r.db", "Tellik")
    assert done.exit_code == 2
    assert "'Tellik' may mean several: Orvan Tellik (name:orvan-tellik), Piet Tellik (name:piet-tellik)" in done.stderr
    assert "Give the id of one" in done.stderr
    assert call("actors", "r.db", "name:piet-tellik").stdout.startswith("Piet Tellik\n")
    assert len(call("actors", "r.db", "Tellik", "--format", "jsonl").stdout.splitlines()) == 2
    done = call("actors", "r.db", "--kind", "state")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "no actor matches\n")


def test_words_of_a_source_are_whole_and_anothers_name_is_none(call, in_folder):
    Path("a.txt").write_text(
        "Orvan Tellik said that the ferry was late. Tellik's spokesman, Piet Moss, said that it was full.\n\n"
        "The ambassador said that he would wait. US Secretary of State Rex Tillerson said that it rained. Russia said that it snowed.\n\n"
        "“We won,” said Moss, Tellik's brother-in-law.\n", encoding="utf-8",
    )  # fmt: skip
    call("read", "a.txt", "-o", "r.db")
    with sayso.Record("r.db") as record:
        assert {s["speaker"]["name"] for s in record.statements(speaker="Tellik") if s["speaker"]["name"] != "Orvan Tellik"} <= {"Piet Moss"}
        assert record.actor("Tellik")["name"] == "Orvan Tellik"
        assert list(record.statements(speaker="bass")) == []
        assert not [s for s in record.statements(speaker="US") if not s["source"]["text"].startswith("US")]


def test_a_name_alone_is_not_that_of_a_group_that_it_stands_in(call, in_folder):
    Path("a.txt").write_text("Orvan Tellik said that the ferry was late. Tellik and two aides said that it was full.\n", encoding="utf-8")
    call("read", "a.txt", "-o", "r.db")
    assert call("actors", "r.db", "Tellik").stdout.startswith("Orvan Tellik\n")


def test_names_from_outside_steer_no_terminal(call, in_folder):
    Path("a.jsonl").write_text(json.dumps({"text": "Orvan \x1b]0;x\x07Tellik said that it was late. Tellik\x9b31m denied it."}), encoding="utf-8")
    call("read", "a.jsonl", "-o", "r.db")
    for args in ((), ("--proposals",), ("--format", "jsonl"), ("--format", "csv")):
        out = call("actors", "r.db", *args).stdout
        assert "\x1b" not in out.replace("\\u001b", "") or "csv" in args
        assert "\x9b" not in out or "csv" in args


def test_an_actor_goes_by_one_name_in_whatever_order_reports_are_read(in_folder):
    texts = {"a.txt": "Orvan Tellik said that it rained.\n", "b.txt": "Orvan J. P. Tellik said that it rained.\n"}
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    lists = []
    for order in (sorted(texts), sorted(texts, reverse=True)):
        with sayso.Record(f"{order[0]}.db") as record:
            for name in order:
                record.read([name])
            lists.append(list(record.actors()))
            for row in record.statements():
                assert row["speaker"]["name"] == {r["id"]: r["name"] for r in lists[-1]}[row["speaker"]["id"]]
    assert lists[0] == lists[1]


def test_proposals_name_pairs_with_their_evidence(call, in_folder):
    Path("a.txt").write_text("Orvan Tellik said that the ferry was late.\n", encoding="utf-8")
    Path("b.txt").write_text("O. Tellik said that the ferry was late.\n", encoding="utf-8")
    call("read", "a.txt", "b.txt", "-o", "r.db")
    with sayso.Record("r.db") as record:
        rows = list(record.proposals())
        assert [{row["a"], row["b"]} for row in rows] == [{"name:o-tellik", "name:orvan-tellik"}]
        assert rows[0]["evidence"]
        assert 0 < rows[0]["score"] <= 1
        assert [json.loads(line) for line in call("actors", "r.db", "--proposals", "--format", "jsonl").stdout.splitlines()] == rows
        (line,) = call("actors", "r.db", "--proposals").stdout.splitlines()
        assert "name:o-tellik name:orvan-tellik" in line
        (_, cells) = csv.reader(io.StringIO(call("actors", "r.db", "--proposals", "--format", "csv").stdout))
        assert cells[:3] == [rows[0]["a"], rows[0]["b"], "; ".join(rows[0]["names"])]
        record.judge("not same", rows[0]["a"], rows[0]["b"], coder="ina")
        assert list(record.proposals()) == [], "what was judged is not asked again"
    done = call("actors", "r.db", "--proposals")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "no pair is proposed\n")
