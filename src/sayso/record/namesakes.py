"""What the bare surname of somebody says, in articles that tell nobody whose it is.

A search by a full name leaves it out, and would do so without a word: here it is counted.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.record import identity, people
from sayso.record.filters import Filters, narrow, someone
from sayso.record.query import parse

MOST = 500
"""Mentions of one surname, and statements of theirs, that are looked at: those added last."""
_HELD = 12_000
"""Hits of the words that are held against them."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a timeline: of saying, else of printing. What is thought or denied is not in."""

    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Namesake:
    """Statements by somebody of whom only the surname is known. `complete` is false where there
    were too many to look at."""

    surname: str
    statements: int
    complete: bool

    def __str__(self) -> str:
        number = f"{self.statements:,}" if self.complete else f"{self.statements:,} or more"
        return f"{number} more by “{self.surname}”, who may be somebody else"


def namesakes(
    db: sqlite3.Connection,
    names: Iterable[str],
    words: str = "",
    filters: Filters | None = None,
    span: Span | None = None,
) -> list[Namesake]:
    """What the bare surnames of these people say, as far as such a search would find it, or such
    a timeline.

    Raises what they do.
    """
    wanted = replace(filters or Filters(), by=())
    found = (
        _namesake(db, each, words, wanted, span) for each in dict.fromkeys(_surnames(db, names))
    )
    return [namesake for namesake in found if namesake.statements]


def _surnames(db: sqlite3.Connection, names: Iterable[str]) -> Iterator[str]:
    """The surnames of those who are meant, as they write them, by all their names."""
    for name in names:
        for stands in {people.canonical(db, person) for person in someone(db, name)}:
            found = people.get(db, stands)
            if identity.SORTS.get(found.kind) == "person":
                full = (n for n in (found.name, *found.aliases) if identity.key(n, "person"))
                yield from map(identity.surname, full)


def _namesake(
    db: sqlite3.Connection, surname: str, words: str, filters: Filters, span: Span | None
) -> Namesake:
    mentions = db.execute(
        "SELECT id FROM entity WHERE label = ? AND kind = 'person' AND person IS NULL "
        "ORDER BY id DESC LIMIT ?",
        (surname, MOST + 1),
    ).fetchall()
    narrowing = narrow(db, filters)
    where, given = narrowing.where, list(narrowing.parameters)
    if span is not None:
        where += " AND s.said = 1 AND s.denied = 0 AND coalesce(s.day >= ?, 1)"
        where += " AND coalesce(s.day <= ?, 1)"
        given += [span.since or "", span.until or "9999"]
    rows = db.execute(
        "SELECT DISTINCT s.id FROM json_each(?) h "  # noqa: S608
        "CROSS JOIN speaker v ON v.entity = h.value CROSS JOIN statement s ON s.id = v.statement "
        f"CROSS JOIN article a ON a.id = s.article WHERE {where} ORDER BY s.id DESC LIMIT ?",
        (json.dumps([row["id"] for row in mentions[:MOST]]), *given, MOST + 1),
    ).fetchall()
    statements = [row["id"] for row in rows[:MOST]]
    complete = len(mentions) <= MOST and len(rows) <= MOST
    parts = [f"{{content cue}} : ({parse(words).match})"] if words.strip() else []
    match = " AND ".join([*parts, narrowing.match] if narrowing.match else parts)
    if match and statements:
        held = _holding(db, match, statements)
        complete = complete and len(held) < _HELD
        statements = [statement for statement in statements if statement in held]
    return Namesake(surname, len(statements), complete)


def _holding(db: sqlite3.Connection, match: str, statements: list[int]) -> frozenset[int]:
    """Statements that hold the words, and others between them; those added last."""
    rows = db.execute(
        "SELECT rowid FROM statement_words WHERE statement_words MATCH ? "
        "AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
        (match, statements[-1], statements[0], _HELD),
    )
    return frozenset(row["rowid"] for row in rows)
