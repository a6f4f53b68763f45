"""Opening a record's SQLite file: made anew, checked, migrated; every failure told apart and said."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sayso.errors import RecordError
from sayso.record.schema import APPLICATION_ID, MIGRATIONS, TABLES, VERSION

# How long to wait for another process that is writing, in seconds.
_PATIENCE = 10.0


def connect(path: Path, *, create: bool, write: bool) -> sqlite3.Connection:
    """A connection to the record at *path*, its schema of this version.

    Raises RecordError where the file is no record, not readable, made by a later version, or in use.
    """
    if not path.exists():
        if not create:
            raise RecordError(f"there is no record at {path}", "Make one with: sayso read PATH... -o " + str(path))
        if not path.parent.is_dir():
            raise RecordError(f"the folder {path.parent} does not exist", "Make it first, or give another path with -o")
    elif path.is_dir():
        raise RecordError(f"{path} is a folder, not a record", "Give a file, for instance " + str(path / "record.db"))
    try:
        if path.exists() and path.stat().st_size and not os.access(path, os.R_OK):
            raise RecordError(f"{path} may not be read", "Change its permissions")
        if write and path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise RecordError(f"{path} is read-only", "Change the permissions of the file and its folder, or copy it and use the copy")
        mode = "rwc" if create else "rw" if write else "ro"
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise _explained(path, error) from None
    try:
        _prepare(db, path, create=create, write=write)
    except sqlite3.Error as error:
        db.close()
        raise _explained(path, error) from None
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path, *, create: bool, write: bool) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    if write:
        db.execute("PRAGMA synchronous = NORMAL")
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == 0 and tables == 0:
        if not create:
            raise RecordError(f"{path} is empty, not a record", "Make one with: sayso read PATH... -o " + str(path))
        with transaction(db, path):
            (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables == 0:  # another process may have made it while this one waited
                for statement in TABLES.split(";\n"):
                    if statement.strip():
                        db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {VERSION}")
        return
    if application != APPLICATION_ID:
        raise RecordError(f"{path} is an SQLite database, but not a record of sayso", "Give another path; it was left as it is")
    if version > VERSION:
        raise RecordError(f"{path} was made by a later version of sayso (schema {version}, this one knows {VERSION})", "Upgrade sayso")
    while version < VERSION:
        if not write:
            raise RecordError(f"{path} was made by an earlier version of sayso", "Open it once for writing, for instance with: sayso reread " + str(path))
        with transaction(db, path):
            for statement in MIGRATIONS[version].split(";\n"):
                db.execute(statement)
            version += 1
            db.execute(f"PRAGMA user_version = {version}")


@contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing. Raises RecordError where the disk is full or another process holds the record."""
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except sqlite3.Error as error:
        _roll_back(db)
        raise _explained(path, error) from error
    except BaseException:
        _roll_back(db)
        raise


def _roll_back(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")


def _explained(path: Path, error: sqlite3.Error) -> RecordError:
    text = str(error).lower()
    if "not a database" in text:
        return RecordError(f"{path} is not a record", "Give another path; it was left as it is")
    if "malformed" in text:
        return RecordError(f"{path} is damaged ({error})", "Take it from a backup, or read the reports again into a new record")
    if "locked" in text or "busy" in text:
        return RecordError(f"{path} is being written by another process", "Wait until it is done, or stop it, and run this again")
    if "full" in text:
        return RecordError(f"no space is left on the disk of {path}", "What was read so far is kept: free some space and run this again")
    if "readonly" in text or "read-only" in text:
        return RecordError(f"{path} is read-only", "Change the permissions of the file and its folder, or copy it and use the copy")
    if "unable to open" in text:
        return RecordError(f"{path} cannot be opened ({error})", "Check the permissions of the file and its folder")
    return RecordError(f"{path}: {error}", "If this comes again, copy the file and report it")
