"""Copies of a record, and which of them still hold an article."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import RecordError
from sayso.record.database import APPLICATION, copy, write
from sayso.record.days import now


def backup(db: sqlite3.Connection, path: Path) -> None:
    """Copy the record as it is now to `path`, which is complete or not there.

    Others may read and write all the while. The copy's place is remembered, for `holding`.
    """
    with write(db):  # before the copy: one that is made and not known of would be worse
        db.execute(
            "INSERT INTO backup (path, made) VALUES (?, ?) "
            "ON CONFLICT (path) DO UPDATE SET made = excluded.made",
            (str(path.absolute()), now()),
        )
    try:
        copy(db, path)
    except (RecordError, sqlite3.Error):
        if not path.exists():
            with write(db):
                db.execute("DELETE FROM backup WHERE path = ?", (str(path.absolute()),))
        raise


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies that still hold an article, and those that can't be looked into: moved, or damaged."""

    holding: tuple[Path, ...]
    unknown: tuple[Path, ...]


def copies(db: sqlite3.Connection, path: Path, keys: Collection[str]) -> Copies:
    """Which copies of the record at `path` hold one of the articles. They are left as they are."""
    made = {Path(row["path"]) for row in db.execute("SELECT path FROM backup")}
    before_migrations = set(path.absolute().parent.glob(f"{path.name}.before-*"))
    found = {copied: _holds(copied, keys) for copied in sorted(made | before_migrations)}
    return Copies(
        tuple(copied for copied, holds in found.items() if holds),
        tuple(copied for copied, holds in found.items() if holds is None),
    )


def _holds(path: Path, keys: Collection[str]) -> bool | None:
    """Whether the copy holds one of the articles; None if it is no record, or not there."""
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return None
    try:
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            return None
        return any(db.execute("SELECT 1 FROM article WHERE key = ?", (k,)).fetchone() for k in keys)
    except sqlite3.Error:
        return None
    finally:
        db.close()
