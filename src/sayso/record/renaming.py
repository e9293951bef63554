"""What an entry is called: as the last renaming that stands says, else as the first article did.

An entry keeps its key, and all the names that it had. By the new one it is known as by an alias: in
later articles either is theirs. Renamings are decisions: see `sayso.record.decisions`.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.record import identity, people
from sayso.record.database import to_json, write
from sayso.record.decisions import Decision, decide, entry_of, get, key_of
from sayso.record.people import Person
from sayso.record.projection import project


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a renaming would do: call this entry so. `known`: it is called so already, among other
    names."""

    person: Person
    name: str
    key: str
    known: bool


def renaming(db: sqlite3.Connection, name: str, called: str) -> Renaming:
    """What it would do to call somebody so.

    Raises `NotInRecord` or `Ambiguous` for nobody's name and that of several, and `UsageError` for
    what is no full name, the one that they have, or that of another.
    """
    person = people.get(db, people.one(db, name))
    called = people.written(called, "a name")
    key = identity.key(called, person.kind)
    if key is None:
        raise UsageError(f"{called} alone tells nobody from others: give the full name")
    if called == person.name:
        raise UsageError(f"{person} is called so already")
    bearers = people.by_keys(db, [key])
    if bearers and person.id not in bearers:
        told = ", ".join(str(people.get(db, bearer)) for bearer in bearers)
        raise UsageError(
            f"{called} is the name of {told}: if they are one, merge them",
            f": sayso people merge {person.id} {bearers[0]}",
        )
    return Renaming(person, called, key, bool(_aliases(db, person.id) & {key}))


def rename(db: sqlite3.Connection, name: str, called: str, *, who: str) -> Decision:
    """Call an entry otherwise; it stays known by the names that it had.

    Later articles that use any of them are its own. Raises what `renaming` does.
    """
    with write(db):
        wanted = renaming(db, name, called)
        key = key_of(db, wanted.person.id)
        data = {
            "entry": key,
            "names": [wanted.person.name, wanted.name],
            "alias": wanted.key,
            "made": not wanted.known,  # the alias came by it, and goes with it
        }
        decision = decide(db, "rename", data, who)
        _settle(db, key)
        people.call(db, wanted.person.id, wanted.key, wanted.name)
        return get(db, decision)


def take_back(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Call an entry as if this renaming, which was taken back, had never been; in the caller's
    transaction."""
    person = _settle(db, data["entry"])
    if person is None or not data["made"]:
        return
    others = (
        (id, other)
        for id, other, stands in _told(db, data["entry"])
        if stands and other["alias"] == data["alias"]
    )
    heir, other = next(others, (None, {}))
    if heir is None:
        people.uncall(db, person, data["alias"])
        _let_go(db, person)
    else:
        made = to_json({**other, "made": True})
        db.execute("UPDATE decision SET data = ? WHERE id = ?", (made, heir))


def _settle(db: sqlite3.Connection, key: str) -> int | None:
    """Make the name of the entry of this key that of the last renaming that stands; its number, or
    None where the last article that named it is forgotten."""
    person = entry_of(db, key)
    if person is None:
        return None
    renamed = list(_told(db, key))
    names = [
        renamed[0][1]["names"][0],
        *(data["names"][1] for _, data, stands in renamed if stands),
    ]
    db.execute("UPDATE person SET name = ? WHERE id = ?", (names[-1], person))
    return person


def names_given(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """The canonical ids of those who were given another name, with the key of that."""
    rows = db.execute(
        "SELECT coalesce(p.same_as, p.id) AS id, json_extract(data, '$.alias') AS key "
        "FROM decision JOIN person AS p ON p.key = json_extract(data, '$.entry') "
        "WHERE decision.kind = 'rename' AND undone IS NULL ORDER BY decision.id"
    )
    for row in rows:
        yield row["id"], row["key"]


def _told(db: sqlite3.Connection, key: str) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """All renamings of an entry in their order: number, what it holds, and whether it stands."""
    rows = db.execute(
        "SELECT id, data, undone FROM decision "
        "WHERE kind = 'rename' AND json_extract(data, '$.entry') = ? ORDER BY id",
        (key,),
    )
    for row in rows:
        yield row["id"], json.loads(row["data"]), row["undone"] is None


def _aliases(db: sqlite3.Connection, person: int) -> frozenset[str]:
    """The keys by which an entry is known, without those that are merged with it."""
    rows = db.execute("SELECT key FROM alias WHERE person = ?", (person,))
    return frozenset(row["key"] for row in rows)


def _let_go(db: sqlite3.Connection, person: int) -> None:
    """Ask anew whose the names in articles are by which an entry isn't known any more."""
    rows = db.execute(
        "SELECT article, label AS name, kind FROM entity WHERE person = :id UNION "
        "SELECT s.article, v.name, v.kind FROM speaker AS v JOIN statement AS s "
        "ON s.id = v.statement WHERE v.person = :id AND v.entity IS NULL ORDER BY 1",
        {"id": person},
    ).fetchall()
    known = _aliases(db, person)
    named = {(row["name"], row["kind"]) for row in rows}
    lost = {each for each in named if _key(*each) not in known}
    for article in dict.fromkeys(r["article"] for r in rows if (r["name"], r["kind"]) in lost):
        project(db, article)


def _key(name: str, kind: str) -> str | None:
    return identity.key(name, kind) or identity.surname_key(name)
