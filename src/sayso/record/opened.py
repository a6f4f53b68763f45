"""An opened record: its connection, its transactions, and what rests on its own registers and judgements."""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sayso.actors.actor import Actor
from sayso.actors.registry import Register, Together, shipped
from sayso.errors import RecordError
from sayso.record import judgements as judging
from sayso.record.actors import get_actor, meant
from sayso.record.corrections import is_of_statements
from sayso.record.database import connect, damaged, explained, transaction
from sayso.record.filters import fold
from sayso.record.register import RecordRegister
from sayso.record.rows import get_report
from sayso.record.vectors import Vectors
from sayso.reports import Report, content_hash


class Opened:
    """A record's file, opened; the arguments are those of sayso.Record.

    What is asked of it and done with it is added a noun at a time, each resting on those before: Reports, Asking, Groups, Writing,
    Judging, and Record itself.
    """

    def __init__(self, path: str | Path, *, create: bool = True, write: bool = True, patience: float | None = None) -> None:
        self.path = Path(path)
        self._write = write
        self._lock = threading.RLock()
        self._db = connect(self.path, create=create and write, write=write, patience=patience)
        self._version = self._judged = -1
        self._vectors = Vectors()
        try:
            self._own = RecordRegister(self._db, self.path, lock=self._lock)
            with self._asking():
                pass
        except BaseException:
            self._db.close()
            raise

    def _look(self) -> None:
        """Take note of what other processes judged or imported meanwhile. To be called in a transaction."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._vectors.clear()
            self._load()
            self._version = version

    def _load(self) -> None:
        """What rests on the record's own registers and judgements."""
        with self._asking(), self._checked(LookupError):
            (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM judgements").fetchone()
            if last != self._judged:  # they are only added to
                standing = judging.standing(self._db)
                self._links = judging.Links(standing)
                self._spoken = defaultdict[str, list[judging.Judgement]](list)  # on speakers, by text
                self._stood = defaultdict[str, list[judging.Judgement]](list)  # on positions
                self._stated = defaultdict[str, list[judging.Judgement]](list)  # on statements themselves
                for j in standing:
                    if j.text_id is not None and judging.FIELDS.get(j.kind) not in judging.PAIRED:
                        (self._stated if is_of_statements(j) else self._stood if j.kind == "position" else self._spoken)[j.text_id].append(j)
                self._alike = [j for j in standing if judging.FIELDS.get(j.kind) == "claim"]
                self._uttered = [j for j in standing if judging.FIELDS.get(j.kind) == "quote"]
                self._judged = last
            self._own.clear()
        self._register: Register = Together((shipped(), self._own)) if self._own.id else shipped()
        self._registry = content_hash(shipped().id, self._own.id)[:16]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """One state of the record, whatever other threads and processes do to it."""
        with self._lock:
            if self._inside():  # asked from within: one state already
                yield
            else:
                with transaction(self._db, self.path, write=False):
                    self._look()
                    yield

    def share(self, *, on: bool = True) -> bool:
        """Let others ask while one writes (SQLite's write-ahead log: two more files beside the record), or no more of it; whether it is so now.

        It can be turned off only by the last that has the record open, and stays on otherwise; the record is whole either way.
        """
        self._check_write()
        with self._lock:
            try:
                (mode,) = self._db.execute(f"PRAGMA journal_mode = {'WAL' if on else 'DELETE'}").fetchone()
            except sqlite3.OperationalError:  # others have it open
                (mode,) = self._db.execute("PRAGMA journal_mode").fetchone()
            return bool(mode == "wal")

    @property
    def state(self) -> int:
        """A number that is another whenever somebody else changed the record meanwhile (own changes do not count)."""
        with self._lock:
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
            return int(version)

    def _inside(self) -> bool:
        try:
            return self._db.in_transaction
        except sqlite3.ProgrammingError as error:  # closed
            raise explained(self.path, error) from None

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._lock:
            try:
                with transaction(self._db, self.path):
                    self._look()
                    yield
            except BaseException:
                self._vectors.clear()
                self._version = self._judged = -1  # what was noted of it did not come to be
                raise

    @contextmanager
    def _checked(self, also: type[Exception] = ValueError) -> Iterator[None]:
        """What is not as it was written is damage, not a bug."""
        try:
            yield
        except (ValueError, TypeError, AttributeError, IndexError, also) as error:
            raise damaged(self.path, error) from error

    def _check_write(self) -> None:
        if not self._write:
            raise RecordError(f"{self.path} was opened for reading only", "Open it with write=True")

    def _held(self, report_id: str) -> Report:
        """A report of which the record says that it holds it."""
        with self._asking(), self._checked(LookupError):
            return get_report(self._db, report_id)

    def _current(self, *, outlet: str = "") -> Iterator[str]:
        """Ids of the current reports that match, in the order of origin; none of the record is held while they are used."""
        with self._asking(), self._checked():
            rows = self._db.execute("SELECT report_id, outlet FROM reports WHERE current ORDER BY origin, report_id").fetchall()
            matching = [report_id for report_id, name in rows if outlet in fold(name)]
        yield from matching

    def _same(self, words: str, *, whole: bool = False) -> set[str]:
        """Ids of the actors whom *words* may mean (*whole*: as of meant()), and of those judged to be the same."""
        return {same for i in meant(self._db, words, self._register, whole=whole) for same in self._links.members(i)}

    def _canonical(self, actor: Actor) -> Actor:
        """The actor that stands for all those that were judged to be the same."""
        one = self._links.canonical(actor.id)
        if one.startswith("name:"):  # one whom reports call by several names goes by the same one in all of them
            return get_actor(self._db, one) or actor
        return actor if one == actor.id else self._register.actor(one) or get_actor(self._db, one) or actor
