"""What a record holds, in numbers."""

import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """`versions` are articles that a later text at their address has superseded; all else counts
    them too. `first` and `last` are days of printing. `models` has how many articles count by each
    model's reading. `orphans` are corrections whose words were not found."""

    articles: int
    versions: int
    outlets: int
    first: str | None
    last: str | None
    statements: int
    said: int
    types: dict[str, int]
    people: int
    corrections: int
    orphans: int
    models: dict[str, int]
    bytes: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def stats(db: sqlite3.Connection, path: Path) -> Stats:
    """Count. It takes a second for each million statements."""
    types = _counts(db, "SELECT type, count(*) FROM statement GROUP BY type")
    first, last = db.execute("SELECT min(published), max(published) FROM article").fetchone()
    return Stats(
        articles=_count(db, "article"),
        versions=_count(db, "article WHERE superseded_by IS NOT NULL"),
        outlets=_count(db, "(SELECT DISTINCT outlet FROM article WHERE outlet IS NOT NULL)"),
        first=first,
        last=last,
        statements=sum(types.values()),
        said=_count(db, "statement WHERE said = 1"),
        types=types,
        people=_count(db, "person WHERE same_as IS NULL"),
        corrections=_count(db, "correction WHERE undone IS NULL"),
        orphans=_count(db, "correction WHERE undone IS NULL AND orphan = 1"),
        models=_counts(db, "SELECT model, count(*) FROM reading WHERE current = 1 GROUP BY model"),
        bytes=sum(part.stat().st_size for part in _files(path)),
    )


def _count(db: sqlite3.Connection, what: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608


def _counts(db: sqlite3.Connection, query: str) -> dict[str, int]:
    return {str(name): int(number) for name, number in db.execute(query)}


def _files(path: Path) -> list[Path]:
    """The file and its log."""
    return [p for p in (path, path.with_name(f"{path.name}-wal")) if p.exists()]
