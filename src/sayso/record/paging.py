"""Lists of the record page by page: articles, people, decisions, corrections.

The token of the next page holds the place of the last one shown, in the list's own order. So what
is added between two pages moves nothing.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sayso.record import articles, correcting, decisions, listing, people, roster
from sayso.record.corrections import Correction
from sayso.record.decisions import Decision
from sayso.record.filters import check_days
from sayso.record.listing import Entry
from sayso.record.roster import Listed
from sayso.record.tokens import LARGEST, placed, tokened

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list. `next` gets those after them, where there are more."""

    shown: tuple[T, ...]
    next: str | None


def _paged(
    name: str, rows: Sequence[sqlite3.Row], limit: int, shown: Callable[[int], T]
) -> Page[T]:
    """A page of rows, one more than `limit` if there are more; their columns are the place, the
    last of them the id."""
    told = rows[:limit]
    following = tokened(name, tuple(told[-1])) if len(rows) > limit else None
    return Page(tuple(shown(row[-1]) for row in told), following)


# ---- articles


def article_page(
    db: sqlite3.Connection,
    words: str = "",
    *,
    outlets_of: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    limit: int = 50,
    page: str | None = None,
) -> Page[Entry]:
    """Current articles as `listed` has them, those printed last first, those without a day last.

    Raises `UsageError`, and `Unmatched` for an outlet that isn't there.
    """
    check_days(since, until)
    name = repr(("articles", words, tuple(outlets_of), since, until))
    published, last = placed(name, page, ("9999-99-99", LARGEST))
    where, given = listing.current(db, words, outlets_of, since, until)
    rows = db.execute(
        f"SELECT coalesce(published, '') AS published, id FROM article WHERE {where} "  # noqa: S608
        "AND (coalesce(published, ''), id) < (:published, :last) "
        "ORDER BY article.published DESC, id DESC LIMIT :most",
        given | {"published": published, "last": last, "most": limit + 1},
    ).fetchall()
    return _paged(name, rows, limit, lambda id: listing.entry(db, id))


# ---- people


_SPEAKING = """
SELECT sum(n) AS heard, coalesce(p.same_as, p.id) AS entry
FROM (SELECT person, count(*) AS n FROM speaker WHERE person IS NOT NULL GROUP BY person)
CROSS JOIN person AS p ON p.id = person
WHERE :key = '' OR p.id IN (SELECT person FROM alias WHERE instr(key, :key))
GROUP BY entry HAVING heard < :heard OR (heard = :heard AND entry > :last)
ORDER BY heard DESC, entry LIMIT :most
"""
_SILENT = """
SELECT 0 AS heard, coalesce(p.same_as, p.id) AS entry FROM person AS p
WHERE (:key = '' OR p.id IN (SELECT person FROM alias WHERE instr(key, :key)))
AND NOT EXISTS (SELECT 1 FROM person AS q JOIN speaker ON speaker.person = q.id
  WHERE (q.id IN (p.id, p.same_as) OR q.same_as = coalesce(p.same_as, p.id))
  AND (:key = '' OR q.id IN (SELECT person FROM alias WHERE instr(key, :key))))
AND (:heard > 0 OR coalesce(p.same_as, p.id) > :last)
GROUP BY entry ORDER BY entry LIMIT :most
"""
"""Those who say something are most quickly counted by themselves; the others come after them."""


def people_page(
    db: sqlite3.Connection, words: str | None = None, *, limit: int = 50, page: str | None = None
) -> Page[Listed]:
    """Entries whose name or alias has these words, or all; who speaks most comes first."""
    name = repr(("people", words))
    heard, last = placed(name, page, (LARGEST, 0))
    key = "" if words is None else people.words_of(words)
    given = {"heard": heard, "last": last, "key": key, "most": limit + 1}
    rows = db.execute(_SPEAKING, given).fetchall()
    if len(rows) <= limit:
        rows += db.execute(_SILENT, given | {"most": limit + 1 - len(rows)}).fetchall()
    return _paged(name, rows, limit, lambda id: roster.listed(db, str(id))[0])


# ---- decisions and corrections


def decision_page(
    db: sqlite3.Connection, *, limit: int = 50, page: str | None = None
) -> Page[Decision]:
    """Decisions, the last first, with those taken back."""
    (last,) = placed("decisions", page, (LARGEST,))
    rows = db.execute(
        "SELECT id FROM decision WHERE id < ? ORDER BY id DESC LIMIT ?", (last, limit + 1)
    ).fetchall()
    return _paged("decisions", rows, limit, lambda id: decisions.get(db, id))


def correction_page(
    db: sqlite3.Connection, key: str | None = None, *, limit: int = 50, page: str | None = None
) -> Page[tuple[str, Correction]]:
    """The corrections of an article, or all, the last first, each with its article's key."""
    article = None if key is None else articles.containing(db, key).id
    name = repr(("corrections", article))
    (last,) = placed(name, page, (LARGEST,))
    rows = db.execute(
        "SELECT id FROM correction WHERE id < ?1 AND (?2 IS NULL OR article = ?2) "
        "ORDER BY id DESC LIMIT ?3",
        (last, article, limit + 1),
    ).fetchall()
    return _paged(name, rows, limit, lambda id: with_key(db, correcting.get(db, id)))


def with_key(db: sqlite3.Connection, correction: Correction) -> tuple[str, Correction]:
    """A correction with the key of its article."""
    return articles.get(db, correction.article).key, correction
