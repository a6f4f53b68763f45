"""Registers inside a record: imported whole or not at all, once, and looked up as the package's own is."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import pytest

from sayso.actors.actor import Actor, Holding
from sayso.actors.entries import Entry, EntryName
from sayso.actors.imports import read_register
from sayso.actors.naming import folded, sound_key
from sayso.actors.registry import Named, Together, path, shipped
from sayso.errors import RecordError
from sayso.intake.problems import Problem
from sayso.record.database import connect
from sayso.record.register import RecordRegister, file_digest, forget_register, import_register, imports


@pytest.fixture
def record(tmp_path):
    """A connection to a new record."""
    at = tmp_path / "r.db"
    db = connect(at, create=True, write=True)
    yield db, at
    db.close()


@pytest.fixture
def bring(record):
    """Imports a file, as the command does."""

    def go(file, **more):
        db, at = record
        return import_register(db, at, read_register(file, state="Russia"), file=str(file), digest=file_digest(file, "Russia"), **more)

    return go


def write(file, *rows):
    file.write_text("position,person,wikidata_id,start,end\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


TELLIK = "Minister of Defence,Sergei Tellik,Q990000001,2031-05-01,2032"
SOLLEN = "President,Mira Sollen,Q990000002,2033,"


def test_what_was_imported_is_found_as_in_the_package(record, bring, tmp_path):
    summary = bring(write(tmp_path / "a.csv", TELLIK, SOLLEN, "President,Vladimir Putin,Q7747,2031,2033"))
    assert (summary.actors, summary.known, summary.names, summary.offices, summary.problem_count) == (3, 1, 2, 3, 0)
    register = RecordRegister(*record)
    tellik = "person:Q990000001"
    held = Holding("state:russia", "defence-minister", tellik, "2031-05-01", "2032")
    assert register.named("sergei tellik") == (Named(tellik, "name"),)
    assert register.sounding(sound_key("Sergey Tellik")) == (tellik,)
    assert register.surnamed("tellik") == (tellik,)
    assert register.actor(tellik) == Actor(tellik, "Sergei Tellik", "person")
    assert register.held_by(tellik) == (held,)
    assert register.holders("state:russia", "defence-minister") == (held,)
    assert register.names_of(tellik) == ("Sergei Tellik",)
    assert [register.named("x"), register.actor("x"), register.holders("x", "y")] == [(), None, ()]
    both = Together((shipped(), register))
    assert path(both, register.actor(tellik), "2031-06-01") == ["state:russia"]
    assert {h.person for h in both.holders("state:russia", "president")} >= {"person:vladimir-putin", "person:Q990000002"}


def test_names_and_surnames_as_a_register_tells_them(record):
    db, at = record
    xi = Entry("f:1", Actor("person:x", "Xo Wanlin", "person"), (EntryName("Xo Wanlin", "name"), EntryName("Wanlin Xo", since="2031")), (), ("xo",))
    org = Entry("f:2", Actor("org:y", "The Tide Union", "organisation"), (EntryName("The Tide Union", "name"),))
    import_register(db, at, [xi, org], file="f", digest="1")
    register = RecordRegister(db, at)
    assert register.surnamed("xo") == ("person:x",)
    assert register.surnamed("wanlin") == ()
    assert register.named("wanlin xo") == (Named("person:x", "alias", "2031", None),)
    assert register.named("tide union") == (Named("org:y", "name"),)
    assert register.surnamed("union") == ()


def test_importing_the_same_again_changes_nothing(record, bring, tmp_path, dump):
    file = write(tmp_path / "a.csv", TELLIK, SOLLEN)
    bring(file)
    before = dump(record[1])
    summary = bring(file)
    assert summary.unchanged
    assert summary.actors == 2
    assert dump(record[1]) == before


def test_a_changed_file_replaces_what_came_from_it_and_nothing_else(record, bring, tmp_path, dump):
    file = write(tmp_path / "a.csv", TELLIK, SOLLEN)
    bring(file)
    bring(write(tmp_path / "b.csv", TELLIK))
    assert [i.actors for i in imports(record[0])] == [2, 1]
    summary = bring(write(file, SOLLEN.replace("2033", "2034")))
    assert summary.replaced
    register = RecordRegister(*record)
    assert [h.since for h in register.held_by("person:Q990000002")] == ["2034"]
    assert register.actor("person:Q990000001") is not None, "from the other file"
    assert len(register.held_by("person:Q990000001")) == 1
    assert forget_register(*record, str(tmp_path / "b.csv"))
    assert not forget_register(*record, str(tmp_path / "b.csv"))
    register.clear()
    assert register.actor("person:Q990000001") is None
    assert forget_register(*record, str(file))
    assert not any(rows for table, rows in dump(record[1]).items() if table.startswith("register_"))


def test_one_actor_of_two_files_is_one(record, bring, tmp_path):
    bring(write(tmp_path / "a.csv", TELLIK))
    bring(write(tmp_path / "b.csv", TELLIK.replace("Sergei", "Sergej").replace("Defence,", "Finance,")))
    register = RecordRegister(*record)
    assert register.named("sergei tellik")[0].actor == register.named("sergej tellik")[0].actor == "person:Q990000001"
    assert register.actor("person:Q990000001").name == "Sergei Tellik"
    assert {h.role for h in register.held_by("person:Q990000001")} == {"defence-minister", "finance-minister"}


def test_a_file_of_which_nothing_can_be_taken_takes_nothing_away(record, bring, tmp_path, dump):
    file = write(tmp_path / "a.csv", TELLIK)
    bring(file)
    before = dump(record[1])
    file.write_text("")
    summary = bring(file)
    assert (summary.kept, summary.problem_count, summary.problems[0].reason) == (True, 1, "empty")
    assert dump(record[1]) == before


def test_an_import_that_is_stopped_leaves_the_record_as_it_was(record, bring, tmp_path, dump):
    file = write(tmp_path / "a.csv", TELLIK)
    bring(file)
    before = dump(record[1])
    write(file, *(f"President,Orvan Tellik{n},,2031," for n in range(5000)))

    def stop(actors):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(file, progress=stop)
    assert dump(record[1]) == before
    assert record[0].execute("PRAGMA cache_size").fetchone() != (-65536,)
    assert bring(file).actors == 5000


def test_a_killed_import_leaves_the_record_as_it_was(record, tmp_path, dump):
    before = dump(record[1])
    file = write(tmp_path / "a.csv", *(f"President,Orvan Tellik{n},,2031," for n in range(5000)))
    script = (
        "import os, sys; from pathlib import Path; from sayso.record.database import connect; from sayso.record.register import *\n"
        "from sayso.actors.imports import read_register\n"
        "db = connect(Path(sys.argv[1]), create=False, write=True); db.execute('PRAGMA cache_size = 10')\n"
        "import_register(db, Path(sys.argv[1]), read_register(sys.argv[2], state='ru'), file='a', digest='1', progress=lambda n: os._exit(9))\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(record[1]), str(file)], check=False).returncode == 9
    assert dump(record[1]) == before


def test_problems_are_all_counted_and_told_but_not_all_kept(record):
    told = []
    entries = [Problem(f"f:{n}", "bad", "repair it") for n in range(3000)]
    entries.insert(7, Entry("f:0", Actor("org:y", "Tide Union", "organisation"), (EntryName("Tide Union", "name"),)))
    summary = import_register(*record, entries, file="f", digest="1", problem=told.append)
    assert (summary.actors, summary.problem_count, len(summary.problems), len(told)) == (1, 3000, 1000, 3000)


def test_circles_between_two_files_are_opened(record):
    def org(name, above):
        return Entry(f"f:{name}", Actor(f"org:{name}", f"Tide {name}", "organisation", f"org:{above}"), (EntryName(f"Tide {name}", "name"),))

    assert import_register(*record, [org("a", "b"), org("c", "b")], file="1", digest="1").problem_count == 0
    summary = import_register(*record, [org("b", "a")], file="2", digest="2")
    assert [p.origin for p in summary.problems] == ["f:b"]
    register = RecordRegister(*record)
    assert [register.actor(f"org:{x}").part_of for x in "abc"] == ["org:b", None, "org:b"]


def test_a_register_of_which_the_tables_are_gone_is_told_as_damage(record):
    register = RecordRegister(*record)
    import_register(*record, [Entry("f:0", Actor("org:y", "Tide Union", "organisation"), (EntryName("Tide Union", "name"),))], file="f", digest="1")
    assert register.named("tide union") == (), "it was asked for nothing while nothing was there"
    register.clear()
    record[0].execute("DROP TABLE register_names")
    with pytest.raises(RecordError, match="is damaged"):
        register.named("tide union")


SYLLABLES = "ka mo ri ta shi van der len berg ov ko ev sa na li du pe tro ma gar el bo hu za wi ke zh".split()


def spelled(number):
    word = ""
    while number or not word:
        number, digit = divmod(number, len(SYLLABLES))
        word += SYLLABLES[digit]
    return word.capitalize()


def big(file, size):
    with file.open("w", encoding="utf-8") as out:
        for n in range(size):
            name = f"{spelled(n * 7919 % 3001 + 800)} {spelled(n * 104729 % 60013 + 20000)}"
            values = {"name": [name, f"{name.split()[1].upper()} {name.split()[0]}"], "country": ["ru"], "notes": ["x" * 200]}
            out.write(json.dumps({"id": f"NK-{n}", "schema": "Person", "caption": name, "properties": values}) + "\n")
    return file


def test_twenty_thousand_entities_need_little_memory_and_lookups_little_time(record, tmp_path):
    db, at = record
    file = big(tmp_path / "big.ftm.json", 20_000)
    shipped()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    summary = import_register(db, at, read_register(file), file=str(file), digest=file_digest(file))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (summary.actors, summary.problem_count) == (20_000, 0)
    assert (after - before) * (1 if sys.platform == "darwin" else 1024) < 120_000_000
    register = RecordRegister(db, at)
    rows = db.execute("SELECT actor, key FROM register_names ORDER BY actor LIMIT 2000").fetchall()
    start = time.process_time()
    for actor, key in rows:
        assert actor in {n.actor for n in register.named(key)}
        assert register.actor(actor) is not None
        assert register.named(folded(key + " x")) == ()
    assert (time.process_time() - start) / (3 * len(rows)) < 0.005
    plans = [
        "SELECT actor FROM register_names WHERE key = '' ORDER BY actor, import_id",
        "SELECT actor FROM register_sounds WHERE key = '' ORDER BY actor",
        "SELECT actor FROM register_surnames WHERE word = '' ORDER BY actor",
        "SELECT name FROM register_actors WHERE actor = '' ORDER BY import_id",
        "SELECT role FROM register_offices WHERE person = ''", "SELECT person, since, until FROM register_offices WHERE of = '' AND role = ''",
    ]  # fmt: skip
    for query in plans:
        (plan,) = db.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert plan[3].startswith("SEARCH"), query
