"""Entries that may be one: found by their names, weighed by what the articles say."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations

from sayso.record import articles, identity, people, renaming, whose
from sayso.record.people import Person

_CROWD = 60  # entries of like names that are compared with each other
_WEIGHED = 400  # pairs that are looked up in the articles
_LOOKED_AT = 5  # articles of each entry that are read for roles
_RIVALS = 1  # other bodies whose names begin like those of a pair
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
    pairs = sorted(
        _pairs(db), key=lambda p: (p[2] == identity.BEGINS, -min(spoken[p[0]], spoken[p[1]]), p)
    )
    rivals = _rivals(pairs)
    weighed = (
        _weighed(db, a, b, why, spoken)
        if why != identity.BEGINS
        else _short_form(db, a, b, rivals, spoken)
        for a, b, why in pairs[:_WEIGHED]
    )
    found = sorted((pair for pair in weighed if pair is not None), key=_rank)
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
    found: dict[tuple[int, int], str | None] = {}
    for crowd in _crowds(db):
        for (a, key), (b, other) in combinations(crowd[:_CROWD], 2):
            pair = (min(a, b), max(a, b))
            if a == b:
                continue
            if key.partition("#")[0] == other.partition("#")[0]:
                found[pair] = None
            elif pair not in found and (why := identity.alike(key, other)):
                found[pair] = why
    return ((a, b, why) for (a, b), why in found.items() if why is not None)


def _crowds(db: sqlite3.Connection) -> Iterator[list[tuple[int, str]]]:
    """The canonical ids and keys of entries whose names may be alike."""
    alone: dict[str, tuple[int, str]] = {}  # most buckets hold one entry: a list for each is slow
    crowds: dict[str, list[tuple[int, str]]] = {}
    keys: set[str] = set()
    entries = db.execute("SELECT coalesce(same_as, id), key FROM person ORDER BY id")
    for id, key in chain(entries, renaming.names_given(db)):
        keys.add(key)
        entry = (id, key)
        for bucket in set(identity.buckets(key)):
            first = alone.setdefault(bucket, entry)
            if first is not entry:
                crowds.setdefault(bucket, [first]).append(entry)
    for bucket, crowd in crowds.items():
        # Names with the same initials are alike only where a third is their abbreviation.
        if bucket in keys or not bucket.startswith(f"{identity.BODY}:"):
            yield crowd


def _weighed(
    db: sqlite3.Connection, a: int, b: int, why: str, spoken: defaultdict[int, int]
) -> Likely:
    kept, other = (b, a) if spoken[b] > spoken[a] else (a, b)
    ids = people.ids(db, kept), people.ids(db, other)
    evidence, against = [why], []
    outlets, roles = [_outlets(db, each) for each in ids], [_roles(db, each) for each in ids]
    if common := sorted(outlets[0] & outlets[1]):
        evidence.append(f"both in {_listed(common)}")
    if common := sorted(roles[0] & roles[1]):
        evidence.append(f"both called {_listed(common)}")
    if together := _together(db, *ids):
        against.append(f"both named in article {together}")
    return Likely(
        people.get(db, kept),
        people.get(db, other),
        tuple(evidence),
        tuple(against),
        (spoken[kept], spoken[other]),
    )


def _rivals(pairs: Iterable[tuple[int, int, str]]) -> dict[int, set[int]]:
    """The entries whose names begin with that of each, or begin it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for a, b, why in pairs:
        if why == identity.BEGINS:
            found[a].add(b)
            found[b].add(a)
    return found


def _short_form(
    db: sqlite3.Connection,
    a: int,
    b: int,
    rivals: dict[int, set[int]],
    spoken: defaultdict[int, int],
) -> Likely | None:
    """A body and what may be its name for short; None where the articles don't bring them
    together, or too many others begin so: it is the name of a place then, or of a family."""
    others = sorted((rivals[a] | rivals[b]) - {a, b})
    ids = people.ids(db, a), people.ids(db, b)
    near = _outlets(db, ids[0]) & _outlets(db, ids[1]) or _together(db, *ids)
    if not near or len(others) > _RIVALS:
        return None
    pair = _weighed(db, a, b, identity.BEGINS, spoken)
    if {pair.kept.kind, pair.other.kind} != {"organisation"}:
        return None
    told = tuple(f"{people.get(db, each).name} may be meant as well" for each in others)
    return replace(pair, against=(*pair.against, *told))


def _listed(words: Iterable[str]) -> str:
    listed = list(words)
    return ", ".join(listed[:3]) + (f" and {len(listed) - 3} more" if len(listed) > 3 else "")


def _outlets(db: sqlite3.Connection, ids: str) -> set[str]:
    rows = db.execute(
        "SELECT article.outlet FROM entity JOIN article ON article.id = entity.article "
        "WHERE entity.person IN (SELECT value FROM json_each(?)) LIMIT ?",
        (ids, _OUTLETS),
    )
    return {row["outlet"] for row in rows if row["outlet"] is not None}


def _roles(db: sqlite3.Connection, ids: str) -> set[str]:
    rows = db.execute(
        "SELECT article, label, mentions FROM entity "
        "WHERE person IN (SELECT value FROM json_each(?)) LIMIT ?",
        (ids, _LOOKED_AT),
    ).fetchall()
    return {role.head for role in whose.roles(db, rows)}


def _together(db: sqlite3.Connection, ids: str, others: str) -> str | None:
    """An article that names both as two, in words."""
    row = db.execute(
        "SELECT x.article FROM entity AS x JOIN entity AS y ON y.article = x.article "
        "WHERE x.person IN (SELECT value FROM json_each(?)) "
        "AND y.person IN (SELECT value FROM json_each(?)) LIMIT 1",
        (ids, others),
    ).fetchone()
    if row is None:
        return None
    found = articles.get(db, row["article"])
    return f"“{found.title or found.begins}” ({found.key[:8]})"
