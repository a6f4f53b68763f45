"""Resolutions as they lie in the database: who makes each statement, about whom it is, and under which names actors go."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sayso.actors.actor import Actor
from sayso.actors.resolve import Resolution, Voice
from sayso.mentions.mention import Entity, Mention, Speaker
from sayso.reading import Reading
from sayso.record import dates
from sayso.record.tallies import put_tallies
from sayso.reports import Report

#: Tables of what is found beside the statements: mentions of each text, and the resolution of each report.
RESOLUTION_TABLES: Final = """
CREATE TABLE found (
  report_id TEXT PRIMARY KEY REFERENCES reports,
  mentions TEXT NOT NULL, entities TEXT NOT NULL, speakers TEXT NOT NULL,  -- JSON
  registry TEXT NOT NULL             -- id of the registry that it was resolved with
) WITHOUT ROWID;

CREATE TABLE actors (
  actor TEXT PRIMARY KEY,
  name TEXT NOT NULL, kind TEXT NOT NULL, part_of TEXT, gender TEXT
) WITHOUT ROWID;

CREATE TABLE voices (
  report_id TEXT NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,           -- of the statement in the report's reading
  voice TEXT NOT NULL,               -- JSON
  PRIMARY KEY (report_id, number)
) WITHOUT ROWID;

CREATE TABLE heard (
  actor TEXT NOT NULL,
  relation TEXT NOT NULL,            -- speaker, member (of a group that speaks), part (what the speaker is part of), side, about
  report_id TEXT NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,
  PRIMARY KEY (actor, relation, report_id, number)
) WITHOUT ROWID;
CREATE INDEX heard_report ON heard (report_id, number);

CREATE TABLE names_used (
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  report_id TEXT NOT NULL REFERENCES reports,
  title INTEGER NOT NULL,            -- 1: an office or description that stands beside the name
  mentions INTEGER NOT NULL,
  PRIMARY KEY (actor, name, report_id, title)
) WITHOUT ROWID;
CREATE INDEX names_used_report ON names_used (report_id);
"""

# One of no register goes by the longest of the names that reports give, in whatever order they are read.
_PUT_ACTOR: Final = """
INSERT INTO actors VALUES (?, ?, ?, ?, ?) ON CONFLICT (actor) DO UPDATE
SET name = excluded.name, kind = excluded.kind, part_of = excluded.part_of, gender = excluded.gender
WHERE actor NOT GLOB 'name:*' OR (length(excluded.name), excluded.name, excluded.kind, coalesce(excluded.part_of, ''), coalesce(excluded.gender, ''))
  > (length(name), name, kind, coalesce(part_of, ''), coalesce(gender, ''))
"""


def put_found(db: sqlite3.Connection, report_id: str, reading: Reading) -> None:
    """Write the mentions of a report's reading; its resolution is to follow."""
    db.execute(
        "INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, '')",
        (
            report_id, _dumped([[*m.span, m.how, m.entity] for m in reading.mentions]),
            _dumped([[e.name, e.type, e.named, e.definite, e.number, e.gender, e.titles, e.aliases, e.members, e.owner] for e in reading.entities]),
            _dumped([None if s is None else [s.entities, s.how, s.confidence, s.candidates] for s in reading.speakers]),
        ),
    )


def get_found(db: sqlite3.Connection, report_id: str) -> tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[Speaker | None, ...]]:
    """The mentions, entities and speakers of a report's reading; all empty where they were not read yet."""
    row = db.execute("SELECT mentions, entities, speakers FROM found WHERE report_id = ?", (report_id,)).fetchone()
    if row is None:
        return (), (), ()
    return (
        tuple(Mention((a, b), how, entity) for a, b, how, entity in json.loads(row[0])),
        tuple(Entity(e[0], e[1], e[2], e[3], e[4], e[5], tuple(e[6]), tuple(e[7]), tuple(e[8]), e[9]) for e in json.loads(row[1])),
        tuple(None if s is None else Speaker(tuple(s[0]), s[1], s[2], tuple((n, p) for n, p in s[3])) for s in json.loads(row[2])),
    )


def put_resolution(db: sqlite3.Connection, report: Report, reading: Reading, resolution: Resolution, registry: str) -> None:
    """Write one report's resolution in place of what was there."""
    report_id = report.id
    for table in ("voices", "heard", "names_used"):
        db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))
    dates.put_said(db, report_id, resolution)
    db.execute("UPDATE found SET registry = ? WHERE report_id = ?", (registry, report_id))
    actors: dict[str, Actor] = {}
    heard: set[tuple[str, str, str, int]] = set()
    for number, voice in enumerate(resolution.voices):
        told = [("about", a) for a in voice.about]
        if voice.speaker is not None:
            told += [("speaker", voice.speaker), *(("member", m) for m in voice.members), *(("part", a) for a in voice.path)]
            if voice.side is not None:
                told.append(("side", voice.side))
        for relation, actor in told:
            actors[actor.id] = actor
            heard.add((actor.id, relation, report_id, number))
    db.executemany("INSERT INTO voices VALUES (?, ?, ?)", [(report_id, n, _dumped(_voice_row(v))) for n, v in enumerate(resolution.voices)])
    db.executemany("INSERT INTO heard VALUES (?, ?, ?, ?)", sorted(heard))
    put_tallies(db, report_id)
    used = _names_used(report, reading, resolution, actors)
    put_actors(db, (a for _, a in sorted(actors.items())))
    db.executemany("INSERT INTO names_used VALUES (?, ?, ?, ?, ?)", [(*key[:2], report_id, key[2], n) for key, n in sorted(used.items())])


def put_actors(db: sqlite3.Connection, actors: Iterable[Actor]) -> None:
    """Write down who the actors are whom statements name."""
    db.executemany(_PUT_ACTOR, [(a.id, a.name, a.kind, a.part_of, a.gender) for a in actors])


def _names_used(report: Report, reading: Reading, resolution: Resolution, actors: dict[str, Actor]) -> Counter[tuple[str, str, int]]:
    used: Counter[tuple[str, str, int]] = Counter()
    for mention in reading.mentions:
        actor = resolution.links[mention.entity].actor
        if actor is not None and actor.id in actors and mention.how != "pronoun" and actor.kind != "anonymous":
            used[actor.id, report.text[slice(*mention.span)], 0] += 1
    for entity, link in zip(reading.entities, resolution.links, strict=True):
        if link.actor is not None and link.actor.id in actors:
            for title in entity.titles:
                used[link.actor.id, title, 1] += 1
    return used


def get_voices(db: sqlite3.Connection, report_id: str) -> tuple[Voice, ...]:
    """The voices of a report's statements, in their order; empty where it was not resolved yet."""
    return tuple(_voice(json.loads(v)) for (v,) in db.execute("SELECT voice FROM voices WHERE report_id = ? ORDER BY number", (report_id,)))


def voice_from(row: str) -> Voice:
    """A voice as put_resolution() wrote it."""
    return _voice(json.loads(row))


def forget(db: sqlite3.Connection, report_id: str) -> None:
    """Take out what a report's reading found beside its statements."""
    for table in ("voices", "heard", "tallies", "names_used", "found"):
        db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _actor_row(a: Actor | None) -> list[Any] | None:
    return None if a is None else [a.id, a.name, a.kind, a.part_of, a.gender]


def _actors_row(found: Iterable[Actor]) -> list[Any]:
    return [_actor_row(a) for a in found]


def _voice_row(v: Voice) -> list[Any]:
    return [
        _actor_row(v.speaker), v.how, v.confidence, _actors_row(v.members), [[_actor_row(a), p] for a, p in v.candidates], _actors_row(v.path),
        _actors_row(v.about), v.reason,
    ]


def _actor(row: Sequence[Any]) -> Actor:
    return Actor(*row)


def _voice(row: Sequence[Any]) -> Voice:
    return Voice(
        None if row[0] is None else _actor(row[0]), row[1], row[2], tuple(map(_actor, row[3])), tuple((_actor(a), p) for a, p in row[4]),
        tuple(map(_actor, row[5])), tuple(map(_actor, row[6])), row[7],
    )
