"""The current articles month by month, each with what tells whether anything in it has changed."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from sayso.record import corrections
from sayso.record.database import snapshot, to_json
from sayso.record.projection import corrected
from sayso.types import Reading


@dataclass(frozen=True, slots=True)
class Month:
    """The articles printed in a month (`YYYY-MM`; None if that isn't known) by one model's reading.

    `articles` are the database's ids. `state` is another whenever a reading of one is.
    """

    month: str | None
    articles: tuple[int, ...]
    state: str


def months(db: sqlite3.Connection, model: str) -> list[Month]:
    """The months whose current articles count by this model's reading, the unknown one first."""
    rows = db.execute(
        "SELECT article.id, substr(published, 1, 7) AS month, key, published, title, outlet, "
        "given_id, made FROM article JOIN reading ON reading.article = article.id AND current = 1 "
        "WHERE superseded_by IS NULL AND model = ? ORDER BY month, article.id",
        (model,),
    )
    return [_month(db, month, list(group)) for month, group in groupby(rows, lambda r: r["month"])]


def _month(db: sqlite3.Connection, month: str | None, rows: list[sqlite3.Row]) -> Month:
    any_corrected = db.execute("SELECT 1 FROM correction LIMIT 1").fetchone()
    state = sha256()
    for row in rows:
        said = [c.id for c in corrections.of(db, row["id"])] if any_corrected else []
        state.update(to_json([*row, said]).encode())
    return Month(month, tuple(row["id"] for row in rows), state.hexdigest())


def readings(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[tuple[str, Reading]]:
    """Each article's key and its reading, with its corrections; those forgotten are left out."""
    for id in articles:
        with snapshot(db):
            row = db.execute("SELECT key FROM article WHERE id = ?", (id,)).fetchone()
            if row is None:
                continue
            found = row["key"], corrected(db, id).reading
        yield found


def by_model(db: sqlite3.Connection) -> dict[str, int]:
    """How many current articles count by each model's reading, the most first."""
    rows = db.execute(
        "SELECT model, count(*) AS number FROM article "
        "JOIN reading ON reading.article = article.id AND current = 1 "
        "WHERE superseded_by IS NULL GROUP BY model ORDER BY number DESC, model"
    )
    return {row["model"]: row["number"] for row in rows}
