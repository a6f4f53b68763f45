"""Inputs: the files that a record was read from."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path, PurePath

from sayso.intake import Found
from sayso.intake.files import writable


class Inputs:
    """What a record knows of the files that it was read from; one object serves one run of reading.

    A file is known by its place, not by its path as typed: ``a.txt`` and ``../news/a.txt`` can be one file, and the
    ``001.txt`` of two folders, each given from inside its folder, are two. Places are seen from the record's folder, so
    that both can move together.
    """

    def __init__(self, db: sqlite3.Connection, record: Path) -> None:
        self._db = db
        self._folder = str(record.parent.resolve())
        self._met: set[str] = set()

    def origin(self, item: Found) -> str | None:
        """The origin under which the record holds *item*, or is to hold it; None if this run met the file before."""
        if not item.signature:
            return item.origin
        place = self._place(item)
        if place in self._met:
            return None
        self._met.add(place)
        known = self._db.execute("SELECT origin FROM inputs WHERE place = ?", (place,)).fetchone()
        if known is not None:
            return str(known[0])
        namesake = self._db.execute("SELECT place, signature FROM inputs WHERE origin = ?", (item.origin,)).fetchone()
        if namesake is None or self._moved(item, *namesake):
            return item.origin
        return _written(_real(item.path))

    def knows(self, item: Found, origin: str, stamp: str) -> bool:
        """Whether *item* was read whole before, with the same *stamp* on the run, and has not changed since."""
        if not item.signature:
            return False
        row = self._db.execute("SELECT signature FROM inputs WHERE origin = ?", (origin,)).fetchone()
        return row is not None and row[0] == f"{item.signature}:{stamp}"

    def put(self, item: Found, origin: str, stamp: str | None) -> None:
        """Write down *item*: read whole if *stamp* is given, else only where it lies. To be called in a transaction."""
        if not item.signature:
            return
        place = self._place(item)
        signature = "" if stamp is None else f"{item.signature}:{stamp}"
        self._db.execute("DELETE FROM inputs WHERE place = ? AND origin <> ?", (place, origin))
        self._db.execute(
            "INSERT INTO inputs VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE SET place = excluded.place, signature = excluded.signature",
            (origin, place, signature),
        )

    def _place(self, item: Found) -> str:
        path = _real(item.path)
        try:
            return _written(os.path.relpath(path, self._folder))
        except ValueError:  # on another drive
            return _written(path)

    def _moved(self, item: Found, place: str, signature: str) -> bool:
        """Whether *item* is the file that was at *place*: gone from there, and unchanged."""
        return signature.startswith(item.signature + ":") and not os.path.lexists(Path(self._folder, place))


def _real(path: str) -> Path:
    """The absolute path with links to folders resolved; a link to a file is itself a file with a place."""
    return Path(path).parent.resolve() / Path(path).name


def _written(path: Path | str) -> str:
    return writable(PurePath(path).as_posix())
