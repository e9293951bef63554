"""What nobody has looked at yet, the most doubtful first: what people review.

The index `statement_unchecked` has it in this order. It is walked until enough is found, so that
to look for the next one costs the same in a record of any size, unless a filter lets hardly
anything through; then as much as to walk the index once.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.errors import NotInRecord, UsageError
from sayso.record import articles
from sayso.record.filters import outlets, someone
from sayso.record.hits import Hit, load
from sayso.record.paging import Page
from sayso.record.tokens import no_token, placed, tokened

MOST = 10_000
"""Statements that are counted; more are many."""

_FIRST = ("-1.0", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Which statements are asked for: all conditions must hold.

    `by` is a speaker's name or number; `below` is the confidence that they must not reach.
    """

    outlet: str | None = None
    article: str | None = None
    by: str | None = None
    below: float | None = None

    def __post_init__(self) -> None:
        if self.below is not None and not 0 < self.below <= 1:
            raise UsageError(f"a confidence to stay below is a number up to 1, not {self.below}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement that waits to be looked at, as `KEY/s3`. `place` gets those after it."""

    reference: str
    place: str


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """Conditions on the statement `{s}` in SQL, each with its parameter."""

    conditions: tuple[tuple[str, str | float], ...]

    def where(self, *, walked: bool) -> str:
        """`walked` keeps SQLite to the order of the index; else it may start from a filter."""
        statement = "+s" if walked else "s"
        return " AND ".join([_OPEN, *(c.format(s=statement) for c, _ in self.conditions)])

    @property
    def parameters(self) -> tuple[str | float, ...]:
        return tuple(value for _, value in self.conditions)


_OPEN = (
    "s.checked IS NULL "
    "AND s.article NOT IN (SELECT id FROM article WHERE superseded_by IS NOT NULL)"
)


def waiting(
    db: sqlite3.Connection, doubts: Doubts, *, limit: int = 20, after: str | None = None
) -> list[Waiting]:
    """Statements of current articles that nobody has looked at, the most doubtful first.

    `after` is the place of one: those that come later. Raises `UsageError`, `NotInRecord`,
    `Ambiguous`, and `Unmatched` for a name or an outlet that isn't there.
    """
    rows = _rows(db, doubts, limit, after)
    return [
        Waiting(f"{row['key']}/{row['name']}", _token(row))
        for row in db.execute(
            "SELECT s.id, s.confidence, s.name, a.key FROM json_each(?) h "
            "JOIN statement s ON s.id = h.value JOIN article a ON a.id = s.article ORDER BY h.key",
            (json.dumps([row["id"] for row in rows]),),
        )
    ]


def doubtful(
    db: sqlite3.Connection, doubts: Doubts, *, limit: int = 50, page: str | None = None
) -> Page[Hit]:
    """The same as they are shown, page by page."""
    rows = _rows(db, doubts, limit + 1, page)
    shown = rows[:limit]
    following = _token(shown[-1]) if len(rows) > limit else None
    return Page(load(db, [row["id"] for row in shown]), following)


def left(db: sqlite3.Connection, doubts: Doubts) -> int:
    """How many they are; `MOST` and one more where there are more than these."""
    narrowed = _narrowed(db, doubts)
    (number,) = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM statement s "  # noqa: S608
        f"WHERE {narrowed.where(walked=False)} LIMIT ?)",
        (*narrowed.parameters, MOST + 1),
    ).fetchone()
    return int(number)


def place_of(db: sqlite3.Connection, reference: str) -> str | None:
    """The place of a statement; None if it waits no more."""
    try:
        row = articles.find_statement(db, reference)
    except NotInRecord:
        return None
    return None if row["checked"] else _token(row)


def _rows(
    db: sqlite3.Connection, doubts: Doubts, limit: int, after: str | None
) -> Sequence[sqlite3.Row]:
    confidence, last = placed("doubtful", after, _FIRST)
    try:
        at = float(confidence)
    except ValueError as error:
        raise no_token() from error
    narrowed = _narrowed(db, doubts)
    return db.execute(
        f"SELECT s.id, s.confidence FROM statement s WHERE {narrowed.where(walked=True)} "  # noqa: S608
        "AND (s.confidence, s.id) > (?, ?) ORDER BY s.confidence, s.id LIMIT ?",
        (*narrowed.parameters, at, last, limit),
    ).fetchall()


def _token(row: sqlite3.Row) -> str:
    return tokened("doubtful", (repr(row["confidence"]), row["id"]))


def _narrowed(db: sqlite3.Connection, doubts: Doubts) -> _Narrowed:
    found: list[tuple[str, str | float]] = []
    if doubts.below is not None:
        found.append(("s.confidence < ?", doubts.below))
    if doubts.article is not None:
        found.append(("s.article = ?", articles.containing(db, doubts.article).id))
    if doubts.outlet is not None:
        own = json.dumps(outlets(db, [doubts.outlet]))
        of = "SELECT id FROM article WHERE outlet IN (SELECT value FROM json_each(?))"
        found.append((f"{{s}}.article IN ({of})", own))
    if doubts.by is not None:
        of = "SELECT statement FROM speaker WHERE person IN (SELECT value FROM json_each(?))"
        found.append((f"{{s}}.id IN ({of})", json.dumps(someone(db, doubts.by))))
    return _Narrowed(tuple(found))
