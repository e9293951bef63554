"""Lists of the record page by page: articles, people, decisions, corrections.

The token of the next page holds the place of the last one shown, in the list's own order. So what
is added between two pages moves nothing.
"""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sayso.errors import UsageError
from sayso.record import articles, correcting, identity, merging, roster
from sayso.record.corrections import Correction
from sayso.record.filters import Filters, outlets
from sayso.record.folding import fold
from sayso.record.listing import Entry
from sayso.record.merging import Decision
from sayso.record.query import parse
from sayso.record.roster import Listed

T = TypeVar("T")
Place = tuple[str | int, ...]

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list. `next` gets those after them, where there are more."""

    shown: tuple[T, ...]
    next: str | None


def tokened(name: str, place: Place) -> str:
    """The token of what comes after that place in the list of that name."""
    fields = json.dumps([_hash(name), *place], separators=(",", ":"))
    return base64.urlsafe_b64encode(fields.encode()).decode().rstrip("=")


def placed(name: str, token: str | None, first: Place) -> Place:
    """The place that a token of this list holds, as `first` is typed; without one, `first`.

    Raises `UsageError` for what is no token, or that of another list.
    """
    if token is None:
        return first
    try:
        whose, *place = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise _no_token() from error
    if whose != _hash(name):
        raise UsageError("that page belongs to another list: ask for the same as before")
    if list(map(type, place)) != list(map(type, first)):
        raise _no_token()
    if not all(
        part.isascii() if isinstance(part, str) else 0 <= part <= _LARGEST for part in place
    ):
        raise _no_token()
    return tuple(place)


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def _no_token() -> UsageError:
    return UsageError("that is no token of a page: take it as the last page gave it")


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
    Filters(since=since, until=until)  # refuses what are no days
    name = repr(("articles", words, tuple(outlets_of), since, until))
    published, last = placed(name, page, ("9999-99-99", _LARGEST))
    given = {
        "words": words, "outlets": json.dumps(outlets(db, outlets_of)), "since": since,
        "until": until, "published": published, "last": last, "most": limit + 1,
    }  # fmt: skip
    conditions = ["superseded_by IS NULL", "(coalesce(published, ''), id) < (:published, :last)"]
    conditions += ["outlet IN (SELECT value FROM json_each(:outlets))"] if outlets_of else []
    conditions += ["published >= :since"] if since else []
    conditions += ["published <= :until"] if until else []
    conditions += [_holding(db, words, given)] if words.strip() else []
    rows = db.execute(
        f"SELECT coalesce(published, '') AS published, id FROM article "  # noqa: S608
        f"WHERE {' AND '.join(conditions)} ORDER BY article.published DESC, id DESC LIMIT :most",
        given,
    ).fetchall()
    return _paged(name, rows, limit, lambda id: _entry(db, id))


def _holding(db: sqlite3.Connection, words: str, given: dict[str, Any]) -> str:
    query = parse(words)
    given["match"] = query.match
    db.create_function(
        "title_holds", 1, lambda title: title is not None and query.holds(title), deterministic=True
    )
    return (
        "(text IN (SELECT rowid FROM text_words WHERE text_words MATCH :match) "
        "OR title_holds(title))"
    )


def _entry(db: sqlite3.Connection, id: int) -> Entry:
    found = articles.get(db, id)
    (statements,) = db.execute("SELECT count(*) FROM statement WHERE article = ?", (id,)).fetchone()
    return Entry(
        article=found.key,
        short=found.key,
        published=found.published,
        outlet=found.outlet,
        title=found.title,
        url=found.url,
        statements=statements,
    )


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
    heard, last = placed(name, page, (_LARGEST, 0))
    key = "" if words is None else " ".join(identity.person_words(words)) or fold(words)
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
    (last,) = placed("decisions", page, (_LARGEST,))
    rows = db.execute(
        "SELECT id FROM decision WHERE id < ? ORDER BY id DESC LIMIT ?", (last, limit + 1)
    ).fetchall()
    return _paged("decisions", rows, limit, lambda id: merging.get(db, id))


def correction_page(
    db: sqlite3.Connection, key: str | None = None, *, limit: int = 50, page: str | None = None
) -> Page[tuple[str, Correction]]:
    """The corrections of an article, or all, the last first, each with its article's key."""
    article = None if key is None else articles.containing(db, key).id
    name = repr(("corrections", article))
    (last,) = placed(name, page, (_LARGEST,))
    rows = db.execute(
        "SELECT id FROM correction WHERE id < ?1 AND (?2 IS NULL OR article = ?2) "
        "ORDER BY id DESC LIMIT ?3",
        (last, article, limit + 1),
    ).fetchall()
    return _paged(name, rows, limit, lambda id: with_key(db, correcting.get(db, id)))


def with_key(db: sqlite3.Connection, correction: Correction) -> tuple[str, Correction]:
    """A correction with the key of its article."""
    return articles.get(db, correction.article).key, correction
