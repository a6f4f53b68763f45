"""Opening a record's SQLite file: made anew, checked, migrated; every failure told apart and said."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sayso.errors import RecordError
from sayso.record.schema import APPLICATION_ID, VERSION, make, migrate

# What a damaged file raises: the second where SQLite quotes bytes of it that are not UTF-8.
_FAILURES = (sqlite3.Error, UnicodeDecodeError)

# How long to wait for another process that is writing, in seconds.
_PATIENCE = 10.0


def connect(path: Path, *, create: bool, write: bool, patience: float | None = None) -> sqlite3.Connection:
    """A connection to the record at *path*, its schema of this version. Threads may share it, one at a time.

    Raises RecordError where the file is no record, not readable, made by a later version, or in use.
    """
    try:
        _check_file(path, create=create, write=write)
        # Without write it is opened for both all the same: what another process that was killed left half done is undone first.
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}", uri=True, timeout=_PATIENCE if patience is None else patience,
            isolation_level=None, check_same_thread=False,
        )  # fmt: skip
    except OSError as error:
        raise RecordError(f"{path} cannot be opened ({error.strerror or error})", "Check the path, and the permissions of its folder") from None
    except sqlite3.Error as error:
        raise explained(path, error) from None
    try:
        _prepare(db, path, create=create, write=write)
    except _FAILURES as error:
        db.close()
        raise explained(path, error) from None
    except BaseException:
        db.close()
        raise
    return db


def _check_file(path: Path, *, create: bool, write: bool) -> None:
    try:
        info = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if not create:
            raise RecordError(f"there is no record at {path}", f"Make one with: sayso read PATH... -o {path}") from None
        if not path.parent.is_dir():
            wrong = "is not a folder" if path.parent.exists() else "does not exist"
            raise RecordError(f"the folder {path.parent} {wrong}", "Make it first, or give another path") from None
        return
    if stat.S_ISDIR(info.st_mode):
        raise RecordError(f"{path} is a folder, not a record", f"Give a file, for instance {path / 'record.db'}")
    if not stat.S_ISREG(info.st_mode):
        raise RecordError(f"{path} is a device or a pipe, not a record", "Give a file")
    if not os.access(path, os.R_OK):
        raise RecordError(f"{path} may not be read", "Change its permissions")
    if write and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise _read_only(path)


def _prepare(db: sqlite3.Connection, path: Path, *, create: bool, write: bool) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    if not write:
        db.execute("PRAGMA query_only = ON")
    # In this order: another process may be making the record just now, and its tables come with the rest or not at all.
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application == 0 and tables == 0:
        if not create:
            raise RecordError(f"{path} is empty, not a record", f"Make one with: sayso read PATH... -o {path}")
        with transaction(db, path):
            (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables == 0:  # another process may have made it while this one waited
                make(db)
        return
    if application != APPLICATION_ID:
        raise RecordError(f"{path} is an SQLite database, but not a record of sayso", "Give another path; it was left as it is")
    if version > VERSION:
        raise RecordError(f"{path} was made by a later version of sayso (schema {version}, this one knows {VERSION})", "Upgrade sayso")
    if version < VERSION and not write:
        raise RecordError(f"{path} was made by an earlier version of sayso", f"Open it once for writing, for instance with: sayso reread {path}")
    if version < VERSION:
        with transaction(db, path):
            (version,) = db.execute("PRAGMA user_version").fetchone()  # another process may have done it meanwhile
            if version < VERSION:
                migrate(db, version)


@contextmanager
def transaction(db: sqlite3.Connection, path: Path, *, write: bool = True) -> Iterator[None]:
    """All or nothing; without *write*, one unchanging state to ask.

    Raises RecordError where the disk is full, the record damaged, or held by another process.
    """
    try:
        db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        yield
        db.execute("COMMIT")
    except _FAILURES as error:
        _roll_back(db)
        raise explained(path, error) from error
    except BaseException:
        _roll_back(db)
        raise


def _roll_back(db: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        if db.in_transaction:
            db.execute("ROLLBACK")


def explained(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> RecordError:
    """What *error* means for the user."""
    if isinstance(error, sqlite3.ProgrammingError):
        return RecordError(f"{path}: {error}", "Open it again")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return RecordError(
            f"{path} was left in the middle of a write, and is read-only", "Copy it and its -journal file to where you may write, and use the copy"
        )
    match code & 0xFF:  # the rest of an extended code only says where it happened
        case sqlite3.SQLITE_NOTADB:
            return RecordError(f"{path} is not a record", "Give another path; it was left as it is")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_ERROR:  # the latter for tables or columns that are not there
            return damaged(path, error)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return RecordError(f"{path} is in use by another process", "Wait until it is done, or stop it, and run this again")
        case sqlite3.SQLITE_FULL:
            return RecordError(f"no space is left on the disk of {path}", "What was read so far is kept: free some space and run this again")
        case sqlite3.SQLITE_READONLY:
            return _read_only(path)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return RecordError(f"{path} cannot be opened ({error})", "Check the permissions of the file and its folder")
        case sqlite3.SQLITE_IOERR:
            return RecordError(
                f"{path} cannot be read or written ({error})",
                "Check the disk, your quota on it and the limit on file sizes, then run this again: what was read so far is kept",
            )
    return RecordError(f"{path}: {error}", "If this comes again, copy the file and report it")


def damaged(path: Path, error: Exception) -> RecordError:
    return RecordError(f"{path} is damaged ({error})", "Take it from a backup, or read the reports again into a new record")


def _read_only(path: Path) -> RecordError:
    return RecordError(f"{path} is read-only", "Change the permissions of the file and its folder, or copy it and use the copy")
