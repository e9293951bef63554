"""What an audit of the record can be narrowed and grouped by."""

import sqlite3
from dataclasses import dataclass

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
    return Choices(
        _first(
            db,
            "WITH RECURSIVE each (name) AS (SELECT min(outlet) FROM article UNION ALL "
            "SELECT (SELECT min(outlet) FROM article WHERE outlet > each.name) FROM each "
            "WHERE each.name IS NOT NULL) SELECT name FROM each WHERE name IS NOT NULL LIMIT ?",
        ),
        _first(
            db,
            "SELECT DISTINCT section FROM article WHERE section IS NOT NULL ORDER BY 1 LIMIT ?",
        ),
        _first(
            db,
            "WITH RECURSIVE each (name) AS (SELECT min(name) FROM person_column UNION ALL "
            "SELECT (SELECT min(name) FROM person_column WHERE name > each.name) FROM each "
            "WHERE each.name IS NOT NULL) SELECT name FROM each WHERE name IS NOT NULL LIMIT ?",
        ),
    )


def _first(db: sqlite3.Connection, query: str) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute(query, (MOST,)))
