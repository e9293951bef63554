"""Entries that may be one: found by their names, weighed by what the articles say."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sayso.record import identity, people, whose
from sayso.record.people import Person
from sayso.record.roles import Role

_CROWD = 60  # entries of like names that are compared with each other
_WEIGHED = 400  # pairs that are looked up in the articles
_LOOKED_AT = 5  # articles of each entry that are read for roles
_OUTLETS = 200  # mentions of each entry whose outlets are compared


@dataclass(frozen=True, slots=True)
class Likely:
    """Two entries that may be one, with what speaks for it and against it."""

    kept: Person
    other: Person
    evidence: tuple[str, ...]
    against: tuple[str, ...]
    statements: tuple[int, int]
    """How often either speaks."""


def likely(db: sqlite3.Connection, *, limit: int = 50) -> list[Likely]:
    """Entries that are likely one and the same, the likeliest first; never more than `limit`."""
    spoken = _spoken(db)
    pairs = sorted(_pairs(db), key=lambda p: (-min(spoken[p[0]], spoken[p[1]]), p))
    found = [_weighed(db, a, b, why, spoken) for a, b, why in pairs[:_WEIGHED]]
    found.sort(key=_rank)
    return found[:limit]


def _rank(pair: Likely) -> tuple[int, int, int]:
    return len(pair.against), -len(pair.evidence), -min(pair.statements)


def _spoken(db: sqlite3.Connection) -> defaultdict[int, int]:
    """How many statements each entry makes, by its canonical id."""
    rows = db.execute(
        "SELECT coalesce(p.same_as, p.id) AS id, sum(n) AS n FROM "
        "(SELECT person, count(*) AS n FROM speaker WHERE person IS NOT NULL GROUP BY person) "
        "JOIN person AS p ON p.id = person GROUP BY 1"
    )
    return defaultdict(int, {row["id"]: row["n"] for row in rows})


def _pairs(db: sqlite3.Connection) -> Iterator[tuple[int, int, str]]:
    """Canonical ids of entries whose names are alike, and how. What a split parted is none."""
    crowds: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in db.execute("SELECT coalesce(same_as, id) AS id, key FROM person ORDER BY id"):
        for bucket in set(identity.buckets(row["key"])):
            crowds[bucket].append((row["id"], row["key"]))
    found: dict[tuple[int, int], str | None] = {}
    for crowd in crowds.values():
        for (a, key), (b, other) in combinations(crowd[:_CROWD], 2):
            pair = (min(a, b), max(a, b))
            if a == b:
                continue
            if key.partition("#")[0] == other.partition("#")[0]:
                found[pair] = None
            elif why := identity.alike(key, other):
                found.setdefault(pair, why)
    return ((a, b, why) for (a, b), why in found.items() if why is not None)


def _weighed(
    db: sqlite3.Connection, a: int, b: int, why: str, spoken: defaultdict[int, int]
) -> Likely:
    kept, other = (b, a) if spoken[b] > spoken[a] else (a, b)
    evidence, against = [why], []
    if outlets := sorted(_outlets(db, a) & _outlets(db, b)):
        evidence.append(f"both in {_listed(outlets)}")
    if roles := sorted({role.head for role in _roles(db, a)} & {r.head for r in _roles(db, b)}):
        evidence.append(f"both called {_listed(roles)}")
    if together := _together(db, a, b):
        against.append(f"both named in article {together}")
    return Likely(
        people.get(db, kept),
        people.get(db, other),
        tuple(evidence),
        tuple(against),
        (spoken[kept], spoken[other]),
    )


def _listed(words: Iterable[str]) -> str:
    listed = list(words)
    return ", ".join(listed[:3]) + (f" and {len(listed) - 3} more" if len(listed) > 3 else "")


def _ids(db: sqlite3.Connection, person: int) -> str:
    return json.dumps(sorted(people.same(db, person)))


def _outlets(db: sqlite3.Connection, person: int) -> set[str]:
    rows = db.execute(
        "SELECT article.outlet FROM entity JOIN article ON article.id = entity.article "
        "WHERE entity.person IN (SELECT value FROM json_each(?)) LIMIT ?",
        (_ids(db, person), _OUTLETS),
    )
    return {row["outlet"] for row in rows if row["outlet"] is not None}


def _roles(db: sqlite3.Connection, person: int) -> frozenset[Role]:
    rows = db.execute(
        "SELECT article, label, mentions FROM entity "
        "WHERE person IN (SELECT value FROM json_each(?)) LIMIT ?",
        (_ids(db, person), _LOOKED_AT),
    ).fetchall()
    return whose.roles(db, rows)


def _together(db: sqlite3.Connection, a: int, b: int) -> str | None:
    """The key of an article that names both as two."""
    row = db.execute(
        "SELECT article.key FROM entity AS x JOIN entity AS y ON y.article = x.article "
        "JOIN article ON article.id = x.article "
        "WHERE x.person IN (SELECT value FROM json_each(?)) "
        "AND y.person IN (SELECT value FROM json_each(?)) LIMIT 1",
        (_ids(db, a), _ids(db, b)),
    ).fetchone()
    return None if row is None else str(row["key"])
