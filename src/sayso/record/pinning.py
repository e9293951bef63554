"""One entry was two: what the splits that stand make of `pin`, by which an article's name for
somebody is that of another entry than the name alone would be."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sayso.record.decisions import drop_unused, entry_of, standing
from sayso.record.projection import project


def hold(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Have names be those of the entry that a split made; in the caller's transaction."""
    _settle(db, list(places(db, data)))


def take_back(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Have names be whose they are without a split, which was taken back; in the caller's
    transaction."""
    _settle(db, sorted(places(db, data)))
    drop_unused(db, [data["to"]])


def places(db: sqlite3.Connection, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The articles, by the database's id, and keys of a split."""
    for article, key in data.get("pins", ()):
        row = db.execute("SELECT id FROM article WHERE key = ?", (article,)).fetchone()
        if row is not None:
            yield row["id"], key


def _settle(db: sqlite3.Connection, wanted: Iterable[tuple[int, str]]) -> None:
    """Make the pins of these articles and keys what the splits that stand make of them."""
    asked = dict.fromkeys(wanted)
    db.executemany("DELETE FROM pin WHERE article = ? AND key = ?", asked)
    for decision, data in standing(db, "split"):
        entry = entry_of(db, data["to"])
        if entry is not None:
            db.executemany(
                "INSERT OR REPLACE INTO pin (article, key, person, decision) VALUES (?, ?, ?, ?)",
                [(*place, entry, decision) for place in places(db, data) if place in asked],
            )
    for article in dict.fromkeys(article for article, _ in asked):
        project(db, article)
