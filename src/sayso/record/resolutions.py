"""Resolutions as they lie in the database: who makes each statement, about whom it is, and under which names actors go."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, Final

from sayso.actors.actor import Actor
from sayso.actors.resolve import Resolution, Voice
from sayso.dates.said import Said
from sayso.mentions.mention import Entity, Mention, Speaker
from sayso.reading import Reading
from sayso.record import dates
from sayso.record.packing import packed, unpacked
from sayso.record.relations import Relation
from sayso.record.tallies import put_tallies
from sayso.reports import Report

#: Tables of what is found beside the statements: mentions of each text, and the resolution of each report.
RESOLUTION_TABLES: Final = """
CREATE TABLE found (
  report INTEGER PRIMARY KEY REFERENCES reports,
  found BLOB NOT NULL,               -- mentions, entities, speakers and expressions of time, packed
  registry TEXT NOT NULL             -- id of the registry that it was resolved with
);

CREATE TABLE actors (
  actor INTEGER PRIMARY KEY,
  actor_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, kind TEXT NOT NULL, part_of TEXT, gender TEXT
);

CREATE TABLE voices (
  report INTEGER PRIMARY KEY REFERENCES reports,
  voices BLOB NOT NULL               -- who makes each statement of the report's reading, and when it was made, packed
);

CREATE TABLE heard (
  report INTEGER NOT NULL REFERENCES reports,
  number INTEGER NOT NULL,
  relation INTEGER NOT NULL,         -- as in relations.py
  actor INTEGER NOT NULL,
  PRIMARY KEY (report, number, relation, actor)
) WITHOUT ROWID;
CREATE INDEX heard_actor ON heard (actor, relation);

CREATE TABLE names (
  number INTEGER PRIMARY KEY,
  actor INTEGER NOT NULL,
  name TEXT NOT NULL,
  title INTEGER NOT NULL,            -- 1: an office or description that stands beside the name
  UNIQUE (actor, name, title)
);

CREATE TABLE names_used (
  report INTEGER NOT NULL REFERENCES reports,
  name INTEGER NOT NULL REFERENCES names,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (report, name)
) WITHOUT ROWID;
CREATE INDEX names_used_name ON names_used (name);
"""

# One of no register goes by the longest of the names that reports give, in whatever order they are read.
_PUT_ACTOR: Final = """
INSERT INTO actors (actor_id, name, kind, part_of, gender) VALUES (?, ?, ?, ?, ?) ON CONFLICT (actor_id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, part_of = excluded.part_of, gender = excluded.gender
WHERE actor_id NOT GLOB 'name:*'
  OR (length(excluded.name), excluded.name, excluded.kind, coalesce(excluded.part_of, ''), coalesce(excluded.gender, ''))
  > (length(name), name, kind, coalesce(part_of, ''), coalesce(gender, ''))
"""


def put_found(db: sqlite3.Connection, report: int, reading: Reading) -> None:
    """Write what a report's reading holds beside its statements; its resolution is to follow."""
    starts = [m.span[0] for m in reading.mentions]  # each is told by how far it is from the one before
    found = [
        [[m.span[0] - before, m.span[1] - m.span[0], m.how, m.entity] for before, m in zip((0, *starts), reading.mentions, strict=False)],
        [[e.name, e.type, e.named, e.definite, e.number, e.gender, e.titles, e.aliases, e.members, e.owner] for e in reading.entities],
        [None if s is None else [s.entities, s.how, s.confidence, s.candidates] for s in reading.speakers],
        *dates.times_row(reading),
    ]
    db.execute("INSERT OR REPLACE INTO found VALUES (?, ?, '')", (report, packed(found)))


def with_found(db: sqlite3.Connection, report: int, reading: Reading) -> Reading:
    """*reading*, which has its statements only, with what else was found; as it is where it is to be read anew."""
    row = db.execute("SELECT found FROM found WHERE report = ?", (report,)).fetchone()
    if row is None:
        return reading
    mentions, entities, speakers, *told = unpacked(row[0])
    times, said = dates.times_from(told)
    return replace(
        reading,
        mentions=tuple(
            Mention((start, start + size), how, entity)
            for start, (_, size, how, entity) in zip(accumulate(m[0] for m in mentions), mentions, strict=True)
        ),
        entities=tuple(Entity(e[0], e[1], e[2], e[3], e[4], e[5], tuple(e[6]), tuple(e[7]), tuple(e[8]), e[9]) for e in entities),
        speakers=tuple(None if s is None else Speaker(tuple(s[0]), s[1], s[2], tuple((n, p) for n, p in s[3])) for s in speakers),
        times=times, said=said,
    )  # fmt: skip


def put_resolution(db: sqlite3.Connection, report: Report, reading: Reading, resolution: Resolution, registry: str) -> None:
    """Write one report's resolution in place of what was there."""
    (number,) = db.execute("SELECT report FROM reports WHERE report_id = ?", (report.id,)).fetchone()
    for table in ("voices", "heard", "names_used"):
        db.execute(f"DELETE FROM {table} WHERE report = ?", (number,))
    dates.put_days(db, number, resolution)
    db.execute("UPDATE found SET registry = ? WHERE report = ?", (registry, number))
    actors: dict[str, Actor] = {}
    heard: set[tuple[int, Relation, str]] = set()
    for n, voice in enumerate(resolution.voices):
        told = [(Relation.ABOUT, a) for a in voice.about]
        if voice.speaker is not None:
            told += [(Relation.SPEAKER, voice.speaker), *((Relation.MEMBER, m) for m in voice.members), *((Relation.PART, a) for a in voice.path)]
            if voice.side is not None:
                told.append((Relation.SIDE, voice.side))
        for relation, actor in told:
            actors[actor.id] = actor
            heard.add((n, relation, actor.id))
    named: dict[Actor, int] = {}
    voices = [_voice_row(v, lambda a: named.setdefault(a, len(named))) for v in resolution.voices]
    rows = [[a.id, a.name, a.kind, a.part_of, a.gender] for a in named], voices, [dates.said_row(s) for s in resolution.said]
    db.execute("INSERT INTO voices VALUES (?, ?)", (number, packed(rows)))
    put_actors(db, (a for _, a in sorted(actors.items())))
    keys = {i: db.execute("SELECT actor FROM actors WHERE actor_id = ?", (i,)).fetchone()[0] for i in sorted(actors)}
    db.executemany("INSERT INTO heard VALUES (?, ?, ?, ?)", sorted((number, n, int(relation), keys[i]) for n, relation, i in heard))
    put_tallies(db, number)
    used = _names_used(report, reading, resolution, actors)
    names = [((keys[i], name, title), n) for (i, name, title), n in sorted(used.items())]
    db.executemany("INSERT INTO names (actor, name, title) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [one for one, _ in names])
    of = "SELECT ?, number, ? FROM names WHERE actor = ? AND name = ? AND title = ?"
    db.executemany(f"INSERT INTO names_used {of}", [(number, n, *one) for one, n in names])


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


def get_voices(db: sqlite3.Connection, report: int, among: Iterable[int] | None = None) -> dict[int, tuple[Voice, Said | None]] | None:
    """Who makes each of a report's statements, or of those *among* them, and when it was made; None where it was not resolved yet."""
    row = db.execute("SELECT voices FROM voices WHERE report = ?", (report,)).fetchone()
    if row is None:
        return None
    named, voices, said = unpacked(row[0])
    wanted = range(len(voices)) if among is None else among
    actors = _Actors(named)
    return {n: (_voice(voices[n], actors), dates.said_from(said[n]) if said else None) for n in wanted}


class _Actors(dict[int, Actor]):
    """The actors of one report by number, made when they are asked for."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows = rows

    def __missing__(self, n: int) -> Actor:
        self[n] = made = Actor(*self._rows[n])
        return made


def forget(db: sqlite3.Connection, report: int) -> None:
    """Take out what a report's reading found beside its statements."""
    for table in ("voices", "heard", "tallies", "names_used", "found", "said"):
        db.execute(f"DELETE FROM {table} WHERE report = ?", (report,))


def _voice_row(v: Voice, number: Callable[[Actor], int]) -> list[Any]:
    return [
        None if v.speaker is None else number(v.speaker), v.how, v.confidence, [number(a) for a in v.members],
        [[number(a), p] for a, p in v.candidates], [number(a) for a in v.path], [number(a) for a in v.about], v.reason,
    ]


def _voice(row: Sequence[Any], actors: _Actors) -> Voice:
    speaker, how, confidence, members, candidates, path, about, reason = row
    return Voice(
        None if speaker is None else actors[speaker], how, confidence, tuple([actors[n] for n in members]),
        tuple([(actors[n], p) for n, p in candidates]), tuple([actors[n] for n in path]), tuple([actors[n] for n in about]), reason,
    )  # fmt: skip
