"""Registers of actors inside a record: imported from files, and looked up there."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

from sayso.actors.actor import Actor, Holding
from sayso.actors.entries import Entry
from sayso.actors.imports import REVISION
from sayso.actors.naming import folded, person_words, sound_key
from sayso.actors.registry import Named, shipped
from sayso.intake.files import writable
from sayso.intake.problems import Problem
from sayso.record.batches import slots
from sayso.record.database import explained, transaction

_TABLES: Final = ("register_actors", "register_names", "register_sounds", "register_surnames", "register_offices")
#: How many problems a summary keeps; all are counted, and all given to the caller who asks for them.
_KEPT: Final = 1000
_BATCH: Final = 2000
#: Pages that an import may keep in memory, in KiB: enough to fill the tables of half a million actors without going to the disk for each.
_CACHE: Final = 65_536
#: Answers that a register keeps, of each kind.
_REMEMBERED: Final = 4096


@dataclass
class ImportSummary:
    """What an import did: actors taken, those of them that the package knows, names and offices added, and what was wrong.

    *unchanged*: the file was imported before as it is. *kept*: nothing in it could be taken, so what came from it before
    stays. *problems* holds the first thousand of *problem_count*.
    """

    file: str
    actors: int = 0
    known: int = 0
    names: int = 0
    offices: int = 0
    replaced: bool = False
    unchanged: bool = False
    kept: bool = False
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Import:
    """One file that a record's register came from."""

    file: str
    actors: int
    problems: int
    time: str


def file_digest(path: str | Path, *given: str | None) -> str:
    """A digest of the bytes of a file and of what is *given* with it; "" if it cannot be read."""
    digest = hashlib.sha256(repr(given).encode("utf-8", "surrogatepass"))
    try:
        with Path(path).open("rb") as stream:
            while piece := stream.read(1024 * 1024):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()[:32]


def import_register(
    db: sqlite3.Connection, record: Path, entries: Iterable[Entry | Problem], *, file: str, digest: str,
    progress: Callable[[int], None] | None = None, problem: Callable[[Problem], None] | None = None,
) -> ImportSummary:  # fmt: skip
    """Import the *entries* of the register *file* (read_register()) into the record that *db* has open at *record*.

    All of it is one transaction: an import that is stopped leaves the record as it was. What came from the same file
    before is replaced; if its *digest* (file_digest()) and the package are the same as then, nothing is read or written.
    *progress* is told the number of actors so far, *problem* each problem. Raises RecordError as transaction() does.
    """
    summary = ImportSummary(file)
    revision = _revision()
    query = "SELECT import_id, digest, revision, actors, problems FROM register_imports WHERE file = ?"
    with transaction(db, record, write=False):
        before = db.execute(query, (file,)).fetchone()
    if before is not None and digest and before[1:3] == (digest, revision):
        summary.unchanged, summary.actors, summary.problem_count = True, before[3], before[4]
        return summary

    def told(one: Problem) -> None:
        summary.problem_count += 1
        if len(summary.problems) < _KEPT:
            summary.problems.append(one)
        if problem is not None:
            problem(one)

    rest = iter(entries)
    # Until the first entry the file is only gone through: others may write to the record meanwhile.
    first = None
    for one in rest:
        if isinstance(one, Entry):
            first = one
            break
        told(one)
    if first is None:  # a file in which nothing can be taken replaces nothing
        summary.kept = before is not None
        return summary
    (cache,) = db.execute("PRAGMA cache_size").fetchone()
    db.execute(f"PRAGMA cache_size = -{_CACHE}")
    try:
        with transaction(db, record):
            import_id = _begin(db, db.execute(query, (file,)).fetchone(), summary, (digest, revision))
            _fill(db, import_id, chain((first,), rest), summary, told, progress)
    finally:
        db.execute(f"PRAGMA cache_size = {cache}")
    return summary


def forget_register(db: sqlite3.Connection, record: Path, file: str) -> bool:
    """Take out all that came from *file*; False if nothing did. Raises RecordError as transaction() does."""
    with transaction(db, record):
        row = db.execute("SELECT import_id FROM register_imports WHERE file = ?", (file,)).fetchone()
        if row is None:
            return False
        _delete(db, row[0])
        db.execute("DELETE FROM register_imports WHERE import_id = ?", row)
        return True


def imports(db: sqlite3.Connection) -> list[Import]:
    """The files that the record's register came from, the first first."""
    return [Import(*row) for row in db.execute("SELECT file, actors, problems, time FROM register_imports ORDER BY import_id")]


def _revision() -> str:
    return f"{REVISION}:{shipped().id}"


def _delete(db: sqlite3.Connection, import_id: int) -> None:
    for table in _TABLES:
        db.execute(f"DELETE FROM {table} WHERE import_id = ?", (import_id,))


def _fill(
    db: sqlite3.Connection, import_id: int, entries: Iterable[Entry | Problem], summary: ImportSummary, told: Callable[[Problem], None],
    progress: Callable[[int], None] | None,
) -> None:  # fmt: skip
    batch: list[Entry] = []
    for entry in entries:
        if isinstance(entry, Problem):
            told(entry)
            continue
        batch.append(entry)
        if len(batch) == _BATCH:
            _write(db, import_id, batch, summary)
            batch.clear()
            if progress is not None:
                progress(summary.actors)
    _write(db, import_id, batch, summary)
    for one in _circles(db, import_id):
        told(one)
    db.execute("UPDATE register_imports SET actors = ?, problems = ? WHERE import_id = ?", (summary.actors, summary.problem_count, import_id))
    if progress is not None:
        progress(summary.actors)


def _begin(db: sqlite3.Connection, before: tuple[Any, ...] | None, summary: ImportSummary, stamp: tuple[str, str]) -> int:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if before is None:
        cursor = db.execute("INSERT INTO register_imports VALUES (NULL, ?, ?, ?, 0, 0, ?)", (summary.file, *stamp, now))
        assert cursor.lastrowid is not None
        return cursor.lastrowid
    summary.replaced = True
    _delete(db, before[0])
    db.execute("UPDATE register_imports SET digest = ?, revision = ?, time = ? WHERE import_id = ?", (*stamp, now, before[0]))
    return int(before[0])


def _write(db: sqlite3.Connection, import_id: int, batch: Sequence[Entry], summary: ImportSummary) -> None:
    actors, names, sounds, surnames, offices = list[Any](), list[Any](), list[Any](), list[Any](), list[Any]()
    registry = shipped()
    for entry in batch:
        a = entry.actor
        actors.append((a.id, import_id, a.name, a.kind, a.part_of, a.gender, writable(entry.origin)))
        summary.known += registry.actor(a.id) is not None
        offices += [(h.person, h.of, h.role, h.since or "", h.until or "", import_id) for h in entry.holdings]
        for n in entry.names:
            key = folded(n.name)
            if key:
                names.append((key, a.id, import_id, n.name, n.how, n.since, n.until))
            if a.kind == "person" and len(words := person_words(n.name)) > 1:
                sounds.append((sound_key(n.name), a.id, import_id))
                # "Lavrov Sergei": where the register tells the surname, no other word is one
                last = words[-1] if not entry.surnames or words[0] not in entry.surnames else words[0]
                surnames.append((last, a.id, import_id))
                if len(words) > 2:
                    surnames.append((" ".join(words[-2:]), a.id, import_id))
        surnames += [(word, a.id, import_id) for word in entry.surnames]
    summary.actors += len(actors)
    for table, rows in zip(_TABLES, (actors, names, sounds, surnames, offices), strict=True):
        if rows:
            rows.sort(key=lambda row: row[0])
            count = db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({slots(rows[0])})", rows).rowcount
            summary.names += count if table == "register_names" else 0
            summary.offices += count if table == "register_offices" else 0


def _circles(db: sqlite3.Connection, import_id: int) -> Iterator[Problem]:
    """Drop the links of this import that close a circle with those of others; within itself it has none."""
    (others,) = db.execute("SELECT count(*) FROM register_imports").fetchone()
    if others == 1:
        return
    query = "SELECT actor, part_of, origin FROM register_actors WHERE import_id = ? AND part_of IS NOT NULL AND actor > ? ORDER BY actor LIMIT 1000"
    last = ""
    while rows := db.execute(query, (import_id, last)).fetchall():
        last = rows[-1][0]
        for actor, above, origin in rows:
            met = {actor}
            at: str | None = above
            while at is not None and at not in met:
                met.add(at)
                known = shipped().actor(at)
                if known is not None:
                    at = known.part_of
                    continue
                row = db.execute("SELECT part_of FROM register_actors WHERE actor = ? ORDER BY import_id LIMIT 1", (at,)).fetchone()
                at = None if row is None else row[0]
            if at == actor:
                db.execute("UPDATE register_actors SET part_of = NULL WHERE actor = ? AND import_id = ?", (actor, import_id))
                yield Problem(
                    origin, f"a circle of parts with another register ({actor} → {above} → … → {actor}); the link is dropped", "correct one"
                )


T = TypeVar("T")


class RecordRegister:
    """The actors that were imported into a record, to be looked up beside those of the package (registry.Together).

    It remembers its last answers; clear() after an import. Threads may share it.
    """

    def __init__(self, db: sqlite3.Connection, record: Path, *, lock: threading.RLock | None = None) -> None:
        self._db = db
        self._record = record
        self._lock = lock or threading.RLock()
        self._answers: OrderedDict[tuple[str, ...], Any] = OrderedDict()
        self.clear()

    def clear(self) -> None:
        """Forget the answers: the register has changed."""
        with self._lock:
            self._answers.clear()
            rows = self._rows("SELECT file, digest, revision, time FROM register_imports ORDER BY import_id")
            #: Changes when the register does; "" if nothing was imported.
            self.id = hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()[:16] if rows else ""

    def named(self, key: str) -> Sequence[Named]:
        return self._asked(
            "SELECT actor, how, since, until FROM register_names WHERE key = ? ORDER BY actor, import_id", (key,),
            lambda rows: tuple({r[0]: Named(*r) for r in reversed(rows)}.values())[::-1],
        )  # fmt: skip

    def sounding(self, key: str) -> Sequence[str]:
        return self._asked("SELECT actor FROM register_sounds WHERE key = ? ORDER BY actor", (key,), _firsts)

    def surnamed(self, word: str) -> Sequence[str]:
        return self._asked("SELECT actor FROM register_surnames WHERE word = ? ORDER BY actor", (word,), _firsts)

    def actor(self, actor_id: str) -> Actor | None:
        return self._asked(
            "SELECT actor, name, kind, part_of, gender FROM register_actors WHERE actor = ? ORDER BY import_id LIMIT 1", (actor_id,),
            lambda rows: Actor(*rows[0]) if rows else None,
        )  # fmt: skip

    def held_by(self, person: str) -> Sequence[Holding]:
        return self._asked("SELECT of, role, person, since, until FROM register_offices WHERE person = ?", (person,), _holdings)

    def holders(self, of: str, role: str) -> Sequence[Holding]:
        return self._asked("SELECT of, role, person, since, until FROM register_offices WHERE of = ? AND role = ?", (of, role), _holdings)

    def names_of(self, actor_id: str) -> Sequence[str]:
        """The names of an actor, as the registers write them. Goes through all names: for an actor's page, not for reading."""
        return _firsts(self._rows("SELECT name FROM register_names WHERE actor = ? ORDER BY how <> 'name', key", (actor_id,)))

    def _rows(self, query: str, values: tuple[str, ...] = ()) -> list[Any]:
        with self._lock:
            try:
                return self._db.execute(query, values).fetchall()
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise explained(self._record, error) from error

    def _asked(self, query: str, values: tuple[str, ...], made: Callable[[list[Any]], T]) -> T:
        at = (query, *values)
        with self._lock:
            if at in self._answers:
                self._answers.move_to_end(at)
                answer: T = self._answers[at]
                return answer
            if not self.id:
                return made([])
            answer = made(self._rows(query, values))
            self._answers[at] = answer
            if len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
            return answer


def _firsts(rows: Iterable[Sequence[str]]) -> Sequence[str]:
    return tuple(dict.fromkeys(row[0] for row in rows))


def _holdings(rows: Iterable[Sequence[str]]) -> Sequence[Holding]:
    made = (Holding(of, role, person, since or None, until or None) for of, role, person, since, until in rows)
    return tuple(sorted(dict.fromkeys(made), key=lambda h: (h.since or "", h.until or "", h.of, h.role, h.person)))
