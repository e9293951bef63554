"""Two entries are one: what the merges that stand make of `same_as`, and what one of them does."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator

from sayso.errors import UsageError
from sayso.record import identity, people
from sayso.record.database import write
from sayso.record.decisions import Decision, decide, get, key_of, standing


def merge(
    db: sqlite3.Connection, kept: str, other: str, *, who: str, force: bool = False
) -> Decision:
    """Make one entry of two, given by name or number; the first one's name stays.

    Raises `NotInRecord`, `Ambiguous`, or `UsageError` where they are one already, or a person and
    a body, unless `force` says that they are one all the same.
    """
    with write(db):
        into, gone = people.get(db, people.one(db, kept)), people.get(db, people.one(db, other))
        if into.id == gone.id:
            raise UsageError(f"{kept!r} and {other!r} are one already: {into}")
        if identity.SORTS.get(into.kind) != identity.SORTS.get(gone.kind) and not force:
            raise UsageError(
                f"{into} is of kind {into.kind}, {gone} of kind {gone.kind}",
                ": if they are one all the same, add --force",
            )
        data = {
            "into": key_of(db, into.id),
            "other": key_of(db, gone.id),
            "names": [into.name, gone.name],
        }
        decision = decide(db, "merge", data, who)
        join(db)
        return get(db, decision)


def join(db: sqlite3.Connection) -> None:
    """Make `same_as` what the merges that stand make of it; in the caller's transaction."""
    wanted = joined((into, other) for _, into, other in pairs(db))
    rows = db.execute("SELECT id, same_as FROM person WHERE same_as IS NOT NULL").fetchall()
    before = {row["id"]: row["same_as"] for row in rows}
    changed = [id for id in wanted.keys() | before.keys() if wanted.get(id) != before.get(id)]
    db.executemany(
        "UPDATE person SET same_as = ? WHERE id = ?", [(wanted.get(id), id) for id in changed]
    )


def pairs(db: sqlite3.Connection) -> Iterator[tuple[int, int, int]]:
    """Of each merge its number and those of its entries: the one that stays, the one that goes."""
    for decision, data in standing(db, "merge"):
        rows = db.execute(
            "SELECT id, key FROM person WHERE key IN (?, ?)", (data["into"], data["other"])
        )
        ids = {row["key"]: row["id"] for row in rows}
        if len(ids) == 2:  # the last article that named one of them may be forgotten
            yield decision, ids[data["into"]], ids[data["other"]]


def joined(merges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each entry that goes into another, the one that stands for all of them."""
    groups: dict[int, list[int]] = {}
    first: dict[int, int] = {}
    for into, other in merges:
        a, b = first.get(into, into), first.get(other, other)
        if a == b:
            continue
        moved = groups.pop(b, [b])
        groups.setdefault(a, [a]).extend(moved)
        first |= dict.fromkeys(moved, a)
    return {id: stands for id, stands in first.items() if id != stands}


# ---- which merge it is that keeps articles together


def between(
    db: sqlite3.Connection, person: int, here: Collection[int], elsewhere: Collection[int]
) -> int | None:
    """The merge without which some articles would name one entry, and all others another.

    `here` and `elsewhere` are the entries, as they were before all merges, that these name.
    """
    if not elsewhere or not set(here).isdisjoint(elsewhere):
        return None
    for decision, into in _without_each(db, person):
        one, other = ({into.get(id, id) for id in side} for side in (here, elsewhere))
        if len(one) == len(other) == 1 and one != other:
            return decision
    return None


def within(db: sqlite3.Connection, person: int, here: Collection[int]) -> int | None:
    """The merge without which some articles would name two entries."""
    if len(here) < 2:
        return None
    for decision, into in _without_each(db, person):
        if len({into.get(id, id) for id in here}) > 1:
            return decision
    return None


def _without_each(db: sqlite3.Connection, person: int) -> Iterator[tuple[int, dict[int, int]]]:
    """Each merge of somebody, the last first, with what stands for what without it."""
    group = people.same(db, person)
    own = [pair for pair in pairs(db) if pair[1] in group]
    for decision, _, _ in reversed(own):
        yield decision, joined((into, other) for id, into, other in own if id != decision)
