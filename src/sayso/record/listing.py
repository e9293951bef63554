"""The articles of the record, listed: the latest first; all, or those that have some words."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.record.articles import get
from sayso.record.filters import check_days, outlets
from sayso.record.query import parse

_SHORT = 8
"""Digits of an id that a list shows where they are enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article of a list. `short` are the digits of its id that tell it from all others.

    `begins` is the first line of the text, where it has no title; else it is empty.
    """

    article: str
    short: str
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    statements: int
    begins: str

    def to_dict(self) -> dict[str, Any]:
        hidden = ("short", "begins")
        return {name: getattr(self, name) for name in self.__slots__ if name not in hidden}


def listed(
    db: sqlite3.Connection,
    words: str = "",
    *,
    outlets_of: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    limit: int = 50,
) -> tuple[list[Entry], bool]:
    """At most `limit` current articles, those printed last first, and whether there are more.

    `words` are a query as `search` takes it, which the title or the text must fit. Raises
    `UsageError`, and `Unmatched` for an outlet that isn't there.
    """
    check_days(since, until)
    where, given = current(db, words, outlets_of, since, until)
    rows = db.execute(
        f"SELECT id FROM article WHERE {where} "  # noqa: S608
        "ORDER BY published DESC, id DESC LIMIT :most",
        given | {"most": limit + 1},
    ).fetchall()
    return [entry(db, row["id"]) for row in rows[:limit]], len(rows) > limit


def current(
    db: sqlite3.Connection,
    words: str,
    outlets_of: Sequence[str],
    since: str | None,
    until: str | None,
) -> tuple[str, dict[str, Any]]:
    """SQL for the current articles that fit all of this, with its parameters."""
    where = ["superseded_by IS NULL"]
    given: dict[str, Any] = {"since": since, "until": until}
    if words.strip():
        query = parse(words)
        db.create_function("title_holds", 1, _holding(query.holds), deterministic=True)
        given["match"] = query.match
        where.append(
            "(text IN (SELECT rowid FROM text_words WHERE text_words MATCH :match) "
            "OR title_holds(title))"
        )
    if outlets_of:
        given["outlets"] = json.dumps(outlets(db, outlets_of))
        where.append("outlet IN (SELECT value FROM json_each(:outlets))")
    where += ["published >= :since"] if since else []
    where += ["published <= :until"] if until else []
    return " AND ".join(where), given


def _holding(holds: Callable[[str], bool]) -> Callable[[str | None], bool]:
    return lambda title: title is not None and holds(title)


def entry(db: sqlite3.Connection, id: int) -> Entry:
    """An article as lists have it."""
    found = get(db, id)
    short = found.key[:_SHORT]
    (bearers,) = db.execute(
        "SELECT count(*) FROM article WHERE key >= ? AND key < ?", (short, f"{short}g")
    ).fetchone()
    (statements,) = db.execute("SELECT count(*) FROM statement WHERE article = ?", (id,)).fetchone()
    return Entry(
        article=found.key,
        short=short if bearers == 1 else found.key,
        published=found.published,
        outlet=found.outlet,
        title=found.title,
        url=found.url,
        statements=statements,
        begins=found.begins,
    )
