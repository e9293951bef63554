"""The book of what people decide about who is who: entries merged, split and renamed.

A decision names entries by their keys and articles by theirs, and what holds is worked out from all
decisions that stand, in the order in which they were made. So any one can be taken back, and none
is lost when articles are read again.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sayso.record.database import to_json
from sayso.record.days import now
from sayso.record.ledger import Ledger

DecisionKind = Literal["merge", "split", "rename"]

LEDGER = Ledger(
    "decision",
    "sayso people decisions",
    "nothing was merged, split or renamed that could be taken back",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Two entries are one (`merge`), one was two (`split`), or one is called otherwise (`rename`),
    as somebody says.

    `names`: of a merge, the entry that stays and the one that goes into it; of a split, the
    entry that was split, and the new one where it is called otherwise; of a renaming, the old name
    and the new. `entry`: the number of the entry that a merge leaves, a split makes, or that is
    renamed.
    """

    id: int
    kind: DecisionKind
    names: tuple[str, ...]
    articles: tuple[str, ...]
    who: str
    made: str
    undone: str | None = None
    entry: int | None = None


def get(db: sqlite3.Connection, decision: int) -> Decision:
    """The decision of this number. Raises `NotInRecord`."""
    return _decision(db, LEDGER.row(db, decision))


def listed(db: sqlite3.Connection) -> list[Decision]:
    """All decisions, the last first, with those that were taken back."""
    rows = db.execute("SELECT * FROM decision ORDER BY id DESC").fetchall()
    return [_decision(db, row) for row in rows]


def _decision(db: sqlite3.Connection, row: sqlite3.Row) -> Decision:
    data = json.loads(row["data"])
    (key,) = (data[name] for name in ("into", "to", "entry") if name in data)
    return Decision(
        row["id"],
        row["kind"],
        tuple(data["names"]),
        tuple(data.get("articles", ())),
        row["who"],
        row["made"],
        row["undone"],
        entry_of(db, key),
    )


def decide(db: sqlite3.Connection, kind: DecisionKind, data: Mapping[str, Any], who: str) -> int:
    """Write a decision down, and give its number; in the caller's transaction."""
    (id,) = db.execute(
        "INSERT INTO decision (kind, data, who, made) VALUES (?, ?, ?, ?) RETURNING id",
        (kind, to_json(data), who, now()),
    ).fetchone()
    return int(id)


def standing(db: sqlite3.Connection, kind: DecisionKind) -> list[tuple[int, dict[str, Any]]]:
    """The decisions of a kind that weren't taken back, in their order: number, what each holds."""
    rows = db.execute(
        "SELECT id, data FROM decision WHERE kind = ? AND undone IS NULL ORDER BY id", (kind,)
    )
    return [(row["id"], json.loads(row["data"])) for row in rows]


# ---- the entries that they are about


def key_of(db: sqlite3.Connection, entry: int) -> str:
    """The key by which decisions name an entry."""
    return str(db.execute("SELECT key FROM person WHERE id = ?", (entry,)).fetchone()["key"])


def entry_of(db: sqlite3.Connection, key: str) -> int | None:
    """The number of the entry of this key; None where what named it is forgotten."""
    row = db.execute("SELECT id FROM person WHERE key = ?", (key,)).fetchone()
    return None if row is None else int(row["id"])


def mentioned(data: Mapping[str, Any]) -> set[str]:
    """The keys of a decision's entries."""
    keys = {data.get(end) for end in ("into", "other", "from", "to", "entry")}
    return {key for key in keys if key} | {key for _, key in data.get("pins", ())}


def drop_unused(db: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Away with entries that somebody made, where nothing holds to them by now; in the caller's
    transaction."""
    told = [*standing(db, "merge"), *standing(db, "rename")]  # a split holds by its pins
    held = {key for _, data in told for key in mentioned(data)}
    db.executemany(
        "DELETE FROM person WHERE key = ? AND outside_id IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM entity WHERE entity.person = person.id) "
        "AND NOT EXISTS (SELECT 1 FROM speaker WHERE speaker.person = person.id) "
        "AND NOT EXISTS (SELECT 1 FROM pin WHERE pin.person = person.id) "
        "AND NOT EXISTS (SELECT 1 FROM person_column AS c WHERE c.person = person.id)",
        [(key,) for key in keys if key not in held],
    )
