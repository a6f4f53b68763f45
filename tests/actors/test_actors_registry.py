"""The registry: who is meant by a name, an office or a seat of power on a day, by a table of cases (cases.csv); and its tables."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from sayso.actors.registry import _TABLES, Registry, shipped
from sayso.actors.resolve import resolve_reading
from sayso.mentions.lexicon import HONORIFICS
from sayso.mentions.mention import Entity, Mention
from sayso.reading import Reading
from sayso.reports import Publication, Report

ROWS = list(csv.DictReader(Path(__file__).with_name("cases.csv").read_text(encoding="utf-8").splitlines()))
FOLDER = Path(str(files("sayso.actors") / "tables"))
TABLES = {path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in sorted(FOLDER.glob("*.csv"))}
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
ACTORS = ("states", "bodies", "people", "organisations", "groups", "outlets")


def entity(name, kind, titles=()):
    """An entity as the reading makes it: a description has an article, or ends in lower case after a possessive; forms of address tell the gender."""
    named = not re.match(r"(?:the|an?|his|her|their) |.+['’]s (?:.+ )?[a-z]\S*$", name)
    gender = next((g for t in titles if (g := HONORIFICS.get(t.lower()))), None)
    return Entity(name, kind, named, not name.startswith(("a ", "an ")), "singular", gender, tuple(t for t in titles if t.lower() not in HONORIFICS))


def resolved(row):
    """The link of the row's mention in a report that consists of it and the other names."""
    others = [name.rpartition(":") if ":" in name else (name, "", "state") for name in row["other_mentions"].split("|") if name]
    entities = [entity(row["mention"], row["type"], [t for t in row["titles"].split("|") if t]), *(entity(name, kind) for name, _, kind in others)]
    text, mentions = "", []
    for number, e in enumerate(entities):
        mentions.append(Mention((len(text), len(text) + len(e.name)), "name" if e.named else "noun", number))
        text += e.name + ". "
    report = Report(text, Publication(outlet=row["outlet"] or None, published=row["date"] or None))
    reading = Reading(report.text_id, "by hand", (), tuple(mentions), tuple(entities), ())
    return resolve_reading(report, reading, shipped(), shipped()).links[0]


def case(row):
    reason = row["note"].removeprefix("xfail: ") if row["note"].startswith("xfail: ") else None
    name = "-".join(filter(None, (row["mention"], row["titles"], row["date"], row["outlet"], row["other_mentions"])))
    return pytest.param(row, id=name, marks=pytest.mark.xfail(reason=reason, strict=True) if reason else ())


@pytest.mark.parametrize("row", [case(row) for row in ROWS])
def test_who_is_meant(row):
    link = resolved(row)
    found = link.actor.id if link.actor is not None else ""
    if row["expected"]:
        assert found == row["expected"], link
    else:
        assert shipped().actor(found) is None, link


def test_the_cases_are_many_and_each_one_new():
    assert len(ROWS) >= 330
    assert all(count == 1 for count in Counter(tuple(v for k, v in row.items() if k not in ("expected", "note")) for row in ROWS).values())


def test_ids_are_unique_and_say_what_they_are():
    ids = Counter(row["id"] for name in (*ACTORS, "roles") for row in TABLES[name])
    assert [i for i, n in ids.items() if n > 1] == []
    for name, prefix in zip(ACTORS, ("state:", "body:", "person:", "org:", "group:", "outlet:"), strict=True):
        assert [row["id"] for row in TABLES[name] if not row["id"].startswith(prefix) or not row["name"].strip()] == []


def test_references_exist():
    known = {row["id"] for name in ACTORS for row in TABLES[name]}
    roles = {row["id"] for row in TABLES["roles"]}
    missing = [
        (name, column, row[column])
        for name, columns in {
            "holders": ("of", "person"), "titles": ("of",), "names": ("actor",), "memberships": ("member", "whole"), "codes": ("actor",),
            "outlets": ("state", "part_of"), "bodies": ("part_of",), "organisations": ("part_of",), "groups": ("part_of",),
        }.items()
        for row in TABLES[name]
        for column in columns
        if row[column] not in known and not (row[column] == "" and column in ("part_of", "state"))
    ]  # fmt: skip
    missing += [(name, "role", row["role"]) for name in ("holders", "titles") for row in TABLES[name] if row["role"] not in roles]
    assert missing == []
    assert [row["id"] for row in TABLES["bodies"] if not row["part_of"]] == []


@pytest.mark.parametrize("name", [name for name, rows in TABLES.items() if "since" in rows[0]])
def test_dates_are_dates_and_in_order(name):
    rows = TABLES[name]
    assert [row for row in rows if not all(row[k] == "" or DATE.fullmatch(row[k]) for k in ("since", "until"))] == []
    precision = [(row, min(len(row["since"]), len(row["until"]))) for row in rows if row["since"] and row["until"]]
    assert [row for row, n in precision if row["since"][:n] > row["until"][:n]] == []


def test_nothing_is_part_of_itself():
    above = {row["id"]: row["part_of"] for name in ("bodies", "organisations", "groups", "outlets") for row in TABLES[name]}
    for start in above:
        seen, at = [start], above[start]
        while at:
            assert at not in seen, seen
            seen.append(at)
            at = above.get(at, "")


@pytest.mark.parametrize("name", [name for name, rows in TABLES.items() if "source" in rows[0]])
def test_every_row_names_its_source(name):
    assert [row for row in TABLES[name] if not (row["source"] or "").strip() or None in row] == []


def test_every_table_of_facts_has_sources():
    assert {name for name, rows in TABLES.items() if "source" in rows[0]} >= set(_TABLES)


def test_genders_are_m_or_f():
    assert [row for row in TABLES["people"] if row["gender"] not in ("m", "f")] == []


#: Who was suspended, ill or driven out while somebody else already acted in the office, or had a rival.
ACTED_FOR = {
    "person:abdullah-al-thinni", "person:dilma-rousseff", "person:ariel-sharon", "person:kurmanbek-bakiyev", "person:park-geun-hye",
    "person:yoon-suk-yeol",
}  # fmt: skip


def test_no_two_lead_a_state_at_once():
    """Where the days are known, who leads a state takes over no earlier than the predecessor goes."""
    terms = defaultdict(list)
    for row in TABLES["holders"]:
        if row["role"] in ("president", "prime-minister", "supreme-leader", "pope") and len(row["since"]) == len(row["until"]) == 10:
            terms[row["of"], row["role"]].append((row["since"], row["until"], row["person"]))
    pairs = [(office, *two) for office, held in terms.items() for two in pairwise(sorted(held))]
    assert [(office, a, b) for office, a, b in pairs if b[0] < a[1] and a[2] not in {b[2], *ACTED_FOR}] == []


def test_the_registry_has_an_id_of_its_content():
    assert Registry().id == shipped().id
    assert re.fullmatch(r"[0-9a-f]{16}", shipped().id)
