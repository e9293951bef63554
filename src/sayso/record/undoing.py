"""Decisions taken back: what it does, what it would do, and what is left when entries go."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sayso.record import merging, pinning, renaming
from sayso.record.database import to_json, write
from sayso.record.decisions import (
    LEDGER,
    Decision,
    drop_unused,
    entry_of,
    get,
    mentioned,
    standing,
)
from sayso.record.projection import project


@dataclass(frozen=True, slots=True)
class Undoing:
    """What is left when a merge is taken back.

    `entries` are the one or two that the merged ones are then, with the statements of each;
    `splits` are decisions about them that were made since, and stand.
    """

    entries: tuple[tuple[str, int], ...]
    splits: tuple[Decision, ...]


def undo(db: sqlite3.Connection, decision: int | None = None) -> Decision:
    """Take back a decision, by default the last that stands.

    Raises `NotInRecord` where there is none, and `UsageError` where it was taken back before.
    """
    with write(db):
        row = LEDGER.take_back(db, decision)
        data = json.loads(row["data"])
        if row["kind"] == "merge":
            merging.join(db)
        elif row["kind"] == "split":
            pinning.take_back(db, data)
        else:
            renaming.take_back(db, data)
        return get(db, row["id"])


def undoing(db: sqlite3.Connection, decision: int) -> Undoing:
    """What it would do to take a merge back, or has done. Raises `NotInRecord`."""
    data = json.loads(LEDGER.row(db, decision)["data"])
    keys = [data[end] for end in ("into", "other") if end in data]
    ends = [end for key in keys if (end := entry_of(db, key)) is not None]
    joined = merging.joined((a, b) for id, a, b in merging.pairs(db) if id != decision)
    groups: dict[int, set[int]] = {}
    for end in ends:
        stands = joined.get(end, end)
        groups[stands] = {stands, *(id for id, into in joined.items() if into == stands)}
    entries = tuple((_name(db, id), _spoken(db, group)) for id, group in groups.items())
    everyone = {id for group in groups.values() for id in group}
    return Undoing(entries, tuple(_splits_since(db, decision, everyone)))


def _splits_since(
    db: sqlite3.Connection, decision: int, ids: Collection[int]
) -> Iterator[Decision]:
    """The later splits that stand, of these entries or by one of their names."""
    rows = db.execute(
        "SELECT key FROM alias WHERE person IN (SELECT value FROM json_each(:ids)) UNION "
        "SELECT key FROM person WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": to_json(sorted(ids))},
    )
    keys = {row["key"] for row in rows}
    for id, data in standing(db, "split"):
        pinned = {key for _, key in data.get("pins", ())}
        if id > decision and keys & {data.get("from"), *pinned}:
            yield get(db, id)


def _name(db: sqlite3.Connection, entry: int) -> str:
    return str(db.execute("SELECT name FROM person WHERE id = ?", (entry,)).fetchone()["name"])


def _spoken(db: sqlite3.Connection, entries: Collection[int]) -> int:
    """How many statements of current articles these make."""
    row = db.execute(
        "SELECT count(DISTINCT s.id) FROM speaker v JOIN statement s ON s.id = v.statement "
        "JOIN article a ON a.id = s.article AND a.superseded_by IS NULL "
        "WHERE v.person IN (SELECT value FROM json_each(?))",
        (to_json(sorted(entries)),),
    ).fetchone()
    return int(row[0])


def forget(db: sqlite3.Connection, keys: Collection[str]) -> None:
    """Remove all decisions about the entries of these keys, for good, with what they made.

    To be called in a transaction, when the entries are gone. An article that still has the name of
    somebody who was split off is asked anew whose it is.
    """
    rows = db.execute("SELECT id, data FROM decision").fetchall()
    told = {row["id"]: json.loads(row["data"]) for row in rows}
    about = {id: data for id, data in told.items() if mentioned(data) & set(keys)}
    places = {article for data in about.values() for article, _ in pinning.places(db, data)}
    db.executemany("DELETE FROM decision WHERE id = ?", [(id,) for id in about])
    merging.join(db)
    for article in sorted(places):
        project(db, article)
    drop_unused(db, [data["to"] for data in about.values() if "to" in data])
