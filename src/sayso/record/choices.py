"""What an audit of the record can be narrowed and grouped by."""

import sqlite3
from dataclasses import dataclass

from sayso.record.filters import walk

MOST = 200
"""Of each."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Outlets and sections of the record, and the columns that its users have imported."""

    outlets: tuple[str, ...]
    sections: tuple[str, ...]
    columns: tuple[str, ...]


def choices(db: sqlite3.Connection) -> Choices:
    """The first `MOST` of each by name. The index of outlets is walked, however long it is."""
    sections = "SELECT DISTINCT section FROM article WHERE section IS NOT NULL ORDER BY 1"
    return Choices(
        _first(db, walk("outlet", "article")),
        _first(db, sections),
        _first(db, walk("name", "person_column")),
    )


def _first(db: sqlite3.Connection, query: str) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute(f"{query} LIMIT ?", (MOST,)))
