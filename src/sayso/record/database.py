"""The file: opened, brought up to date, written in transactions; SQLite's errors as ours."""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import (
    NoRecord,
    NotARecord,
    RecordBusy,
    RecordDamaged,
    RecordError,
    RecordFailed,
    RecordFull,
    RecordReadOnly,
    RecordTooNew,
    RecordTooOld,
)
from sayso.record.migrations import MIGRATIONS, Migration

APPLICATION = 0x53415953
"""What tells a record from other SQLite files: "SAYS"."""

BUSY_SECONDS = 60.0
"""How long to wait for another process that writes."""

CACHE = 65_536
"""KiB of a file that are kept in memory. With SQLite's 2,000 a search of a million statements takes
a third longer."""

_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
_UNREADABLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT)


def connect(path: Path, *, read_only: bool = False, create: bool = True) -> sqlite3.Connection:
    """Open the record at `path`, new or brought up to date unless it is only to be read.

    Rows are `sqlite3.Row`s, and no transaction begins by itself: see `write` and `snapshot`.
    Raises a `RecordError`.
    """
    if not os.path.exists(path) and (read_only or not create):  # unlike path's, it never raises
        raise NoRecord(f"there is no record at {path}: make one with sayso add, or name another")
    if os.path.isdir(path):
        raise NotARecord(f"{path} is a folder: name the record's file")
    with mapped(path):
        return _for_reading(path) if read_only else _for_writing(path, create=create)


def _for_writing(path: Path, *, create: bool) -> sqlite3.Connection:
    _make_folder(path.parent)
    db = _open(path, "rwc")
    try:
        version = _version(db, path)
        if not version and not create:
            raise _nothing_in(path)
        _log_ahead(db)
        if version < len(MIGRATIONS):
            _migrate(db, path)
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
    except BaseException:
        db.close()
        raise
    return db


def _for_reading(path: Path) -> sqlite3.Connection:
    db = _open(path, "ro")
    try:
        version = _version(db, path)
    except sqlite3.OperationalError as error:
        db.close()
        if not _on_still_ground(path, error):
            raise
        db = _open(path, "ro&immutable=1")
        version = _version(db, path)
    if version < len(MIGRATIONS):
        db.close()
        if not version:
            raise _nothing_in(path)
        _bring_up_to_date(path)
        return _for_reading(path)
    return db


def _nothing_in(path: Path) -> NoRecord:
    return NoRecord(f"{path} is empty: make a record with sayso add, or name another")


def _on_still_ground(path: Path, error: sqlite3.OperationalError) -> bool:
    """Whether SQLite failed only for want of a place for its lock file.

    In a folder that can't be written nobody else writes either, and all is in the one file.
    """
    log = path.with_name(f"{path.name}-wal")
    unlogged = not log.exists() or log.stat().st_size == 0
    primary = error.sqlite_errorcode & 0xFF
    failed = primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
    return failed and unlogged and not os.access(path.parent, os.W_OK)


def _bring_up_to_date(path: Path) -> None:
    try:
        connect(path).close()
    except RecordReadOnly as error:
        raise RecordTooOld(
            f"{path} was made by an older Sayso and must be brought up to date: make it and its "
            "folder writable, then run any verb on it"
        ) from error


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA cache_size = -{CACHE}")
    return db


def _make_folder(folder: Path) -> None:
    try:
        if not os.path.isdir(folder):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordFailed(f"can't make the folder {folder}: {error.strerror}") from error


# ---- versions


def _version(db: sqlite3.Connection, path: Path) -> int:
    """How many migrations the file has been through; 0 for an empty file."""
    with snapshot(db):  # another process may be making it
        application = db.execute("PRAGMA application_id").fetchone()[0]
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        empty = db.execute("SELECT 1 FROM sqlite_schema").fetchone() is None
    if application != APPLICATION and (application or version or not empty):
        raise NotARecord(f"{path} is another program's database: name a file of Sayso's")
    if version > len(MIGRATIONS):
        raise RecordTooNew(
            f"{path} was written by a newer Sayso (its format is {version}, this one knows "
            f"{len(MIGRATIONS)}): install the newer version"
        )
    return version


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    version = _version(db, path)
    if version:
        copy(db, path.with_name(f"{path.name}.before-{MIGRATIONS[version].name}"))
    for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
        with write(db):
            if _version(db, path) < number:  # another process may have done it by now
                _apply(db, migration, number)


def _apply(db: sqlite3.Connection, migration: Migration, number: int) -> None:
    for statement in migration.statements():
        db.execute(statement)
    db.execute(
        "INSERT INTO migration (name, applied) VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ'))",
        (migration.name,),
    )
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute(f"PRAGMA user_version = {number}")


def _log_ahead(db: sqlite3.Connection) -> None:
    """Write-ahead logging, for good: those who read and one who writes don't wait for one another.

    A copy comes without it. Two who open a file that has none may have to take turns.
    """
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def copy(db: sqlite3.Connection, path: Path) -> None:
    """A copy of the record as it is now, complete or not there. Replaces what is at `path`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with mapped(path):
            target = sqlite3.connect(part)
        try:
            db.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, to be carried about
        finally:
            target.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise RecordFailed(f"can't write {path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


# ---- transactions


@contextmanager
def write(db: sqlite3.Connection) -> Iterator[None]:
    """All that is written within is stored at the end, or nothing is. Within another, a part of it.

    What was read before it began may be out of date: read again within.
    """
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        _roll_back(db)
        raise


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """All queries within see the record as it was at the first of them."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(db)


def _roll_back(db: sqlite3.Connection) -> None:
    if db.in_transaction:  # SQLite may have ended it by itself, as on a full disk
        db.execute("ROLLBACK")


# ---- values


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as columns hold it."""


# ---- errors


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """SQLite's errors leave as `RecordError`s that name the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise record_error(error, path) from error


def record_error(error: sqlite3.Error, path: Path) -> RecordError:
    """What an error of SQLite's means to whoever uses the record."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if _is_busy(error):
        return RecordBusy(
            f"{path} is being written by another process, for more than {BUSY_SECONDS:.0f} s: "
            "try again when it has ended"
        )
    if code in _UNREADABLE:
        return RecordDamaged(
            f"{path} is damaged ({error}): see sayso fsck, and go back to a backup"
        )
    if code == sqlite3.SQLITE_NOTADB:
        return NotARecord(f"{path} is no record, or its beginning is damaged")
    if code in _READ_ONLY:
        return RecordReadOnly(f"{path} can't be written: it, or its folder, is read-only")
    if code == sqlite3.SQLITE_FULL:
        return RecordFull(f"no room for {path}: what is stored is safe; free some and run it again")
    return RecordFailed(f"can't read or write {path}: {error}")


def _is_busy(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
