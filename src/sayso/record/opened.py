"""An article as people look at it: what was read in it, who speaks, what somebody has checked."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.record import articles, projection
from sayso.record.articles import Stored
from sayso.record.audit.scope import Scope, audited
from sayso.record.audit.unheard import Unheard, unheard
from sayso.record.corrections import VERSIONS
from sayso.types import Reading

_VERSIONS = 200
_UNHEARD = 100
_LONG = 400
"""Statements."""
_LONG_TEXT = 100_000
"""Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article with its reading, corrections laid over it.

    `people` has for each statement, by its id, the entries of its speakers, None for those who
    have none; `checked` what came of a person's look at it, where there was one. `versions` are the
    texts at its address, itself among them: the current one first, then those printed last.
    `unheard` are those whom statements are about and who make none; None for a long article, whose
    audit tells it.
    """

    article: Stored
    reading: Reading
    people: Mapping[str, tuple[int | None, ...]]
    checked: Mapping[str, str]
    versions: tuple[Stored, ...]
    unheard: tuple[Unheard, ...] | None

    @property
    def later(self) -> Stored | None:
        """The version that supersedes the article."""
        by = self.article.superseded_by
        return next((version for version in self.versions if version.id == by), None)


def opened(db: sqlite3.Connection, key: str) -> Opened:
    """Raises `NotInRecord`, and `Ambiguous` for a short id that several have."""
    article = articles.find(db, key)
    applied = projection.corrected(db, article.id, articles.reading(db, article.id))
    return Opened(
        article=article,
        reading=applied.reading,
        people=_people(db, article.id),
        checked=dict(applied.checked),
        versions=_versions(db, article),
        unheard=None if is_long(db, key) else _unheard(db, article),
    )


def is_long(db: sqlite3.Connection, key: str) -> bool:
    """Whether all that was read in the article takes longer to look at than a page should wait."""
    article = articles.find(db, key)
    statements, size = db.execute(
        "SELECT (SELECT count(*) FROM statement WHERE article = a.id), length(t.body) "
        "FROM article a JOIN text t ON t.id = a.text WHERE a.id = ?",
        (article.id,),
    ).fetchone()
    return bool(statements > _LONG or size > _LONG_TEXT)


def stamp(db: sqlite3.Connection, key: str) -> tuple[str | int | None, ...]:
    """What is another whenever `opened` gives something else: after a reading, a correction, a
    decision about people, an amendment, a new version."""
    article = articles.find(db, key)
    row = db.execute(
        f"{VERSIONS} SELECT ?1, ?2, (SELECT count(*) FROM article WHERE url = ?3), "  # noqa: S608
        "(SELECT model || made FROM reading WHERE article = ?1 AND current = 1), "
        "(SELECT count(*) || ' ' || count(undone) FROM correction WHERE article IN version), "
        "(SELECT count(*) || ' ' || count(undone) FROM decision), "
        "(SELECT count(*) FROM amendment WHERE article = ?1 "
        "OR article IN (SELECT id FROM article WHERE url = ?3))",
        (article.id, article.superseded_by, article.url),
    ).fetchone()
    return tuple(row)


def _unheard(db: sqlite3.Connection, article: Stored) -> tuple[Unheard, ...]:
    with audited(db, Scope(articles=(article.key,))):
        return unheard(db, _UNHEARD)


def versions(db: sqlite3.Connection, key: str) -> tuple[Stored, ...]:
    """The texts at an article's address, as `Opened` has them."""
    return _versions(db, articles.find(db, key))


def _versions(db: sqlite3.Connection, article: Stored) -> tuple[Stored, ...]:
    if article.url is None:
        return (article,)
    rows = db.execute(
        "SELECT id FROM article WHERE url = ? "
        "ORDER BY superseded_by IS NOT NULL, published DESC, added DESC, id DESC LIMIT ?",
        (article.url, _VERSIONS),
    )
    return tuple(articles.get(db, row["id"]) for row in rows.fetchall())


def _people(db: sqlite3.Connection, article: int) -> dict[str, tuple[int | None, ...]]:
    found: dict[str, list[int | None]] = {}
    for row in db.execute(
        "SELECT s.name, coalesce(p.same_as, v.person) AS person FROM statement s "
        "JOIN speaker v ON v.statement = s.id LEFT JOIN person p ON p.id = v.person "
        "WHERE s.article = ? ORDER BY s.id, v.position",
        (article,),
    ):
        found.setdefault(row["name"], []).append(row["person"])
    return {name: tuple(people) for name, people in found.items()}
