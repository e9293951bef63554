"""What a merge or a split would do, to be looked at before one decides."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.record import articles, identity, people, roster
from sayso.record.articles import Stored
from sayso.record.roster import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two entries side by side, as one looks at them before they are made one.

    `same_sort` is false for a person and a body. `together` are articles that name both, and
    `conflicting` columns of the user's in which they differ: the one that stays has its value.
    """

    kept: Listed
    other: Listed
    same_sort: bool
    together: tuple[Stored, ...]
    conflicting: tuple[str, ...]


def pair(db: sqlite3.Connection, kept: str, other: str) -> Pair:
    """Raises `NotInRecord` and `Ambiguous`, as a merge does."""
    into, gone = (roster.listed(db, str(people.one(db, name)))[0] for name in (kept, other))
    ids = [people.ids(db, each.person.id) for each in (into, gone)]
    rows = db.execute(
        "SELECT DISTINCT a.id FROM entity x JOIN entity y ON y.article = x.article "
        "AND y.id != x.id JOIN article a ON a.id = x.article "
        "WHERE x.person IN (SELECT value FROM json_each(?)) "
        "AND y.person IN (SELECT value FROM json_each(?)) ORDER BY a.published DESC LIMIT 3",
        ids,
    )
    return Pair(
        kept=into,
        other=gone,
        same_sort=identity.SORTS.get(into.person.kind) == identity.SORTS.get(gone.person.kind),
        together=tuple(articles.get(db, row["id"]) for row in rows.fetchall()),
        conflicting=tuple(_conflicting(into.person.columns, gone.person.columns)),
    )


def _conflicting(kept: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    return (name for name in kept if name in other and other[name] != kept[name])


# ---- the articles that name somebody, for a split to part


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """An article that names somebody: as whom, and how many statements it has of theirs."""

    article: str
    title: str | None
    outlet: str | None
    published: str | None
    names: tuple[str, ...]
    statements: int
    begins: str = ""
    """How the article begins, where it has no title."""


def naming(
    db: sqlite3.Connection, name: str, keys: Sequence[str] = (), *, limit: int = 100
) -> list[Naming]:
    """The newest articles that name somebody; of `keys` alone, where there are any."""
    ids = people.ids(db, people.one(db, name))
    rows = db.execute(
        "WITH named AS MATERIALIZED ("  # noqa: S608
        "SELECT article, label FROM entity WHERE person IN (SELECT value FROM json_each(:ids)) "
        "UNION SELECT s.article, v.name FROM speaker v JOIN statement s ON s.id = v.statement "
        "WHERE v.person IN (SELECT value FROM json_each(:ids)) AND v.name IS NOT NULL) "
        "SELECT a.id, a.key, a.title, a.outlet, a.published, json_group_array(label) AS names, "
        f"{articles.beginning('a')} "
        "FROM named JOIN article a ON a.id = named.article "
        "WHERE :keys = '[]' OR a.key IN (SELECT value FROM json_each(:keys)) "
        "GROUP BY a.id ORDER BY a.published DESC, a.id DESC LIMIT :limit",
        {"ids": ids, "keys": json.dumps(list(keys)), "limit": limit},
    ).fetchall()
    spoken = _spoken(db, ids, [row["id"] for row in rows])
    return [
        Naming(
            article=row["key"],
            title=row["title"],
            outlet=row["outlet"],
            published=row["published"],
            names=tuple(sorted(json.loads(row["names"]))),
            statements=spoken.get(row["id"], 0),
            begins=articles.begun(row["begins"]),
        )
        for row in rows
    ]


def _spoken(db: sqlite3.Connection, ids: str, found: Sequence[int]) -> dict[int, int]:
    rows = db.execute(
        "SELECT s.article, count(DISTINCT s.id) FROM statement s "
        "JOIN speaker v ON v.statement = s.id "
        "WHERE s.article IN (SELECT value FROM json_each(?)) "
        "AND v.person IN (SELECT value FROM json_each(?)) GROUP BY s.article",
        (json.dumps(list(found)), ids),
    )
    return dict(map(tuple, rows))
