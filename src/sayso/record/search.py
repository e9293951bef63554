"""Search: what was said, found by its words, best first.

The index gives hits newest first, so the newest `POOL` are ranked and the rest are not looked
at: a word that stands in half of the statements costs no more than another. They are ranked as
BM25 does it where each word counts once: hits that hold more of the rarer words, and fewer
others, come first; among equals what was added last.
"""

import json
import math
import sqlite3
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from sayso.errors import UsageError
from sayso.record import tokens
from sayso.record.filters import Filters, Narrowing, narrow
from sayso.record.hits import Hit, load
from sayso.record.query import Query, Term, parse

POOL = 2_000
"""Hits that are ranked: the newest."""
_SCANNED = 6 * POOL
"""Hits that are held against the filters which the index can't tell."""
_SAMPLE = 200
"""Newest hits of a word by which its rarity is judged."""

_K1, _B, _USUAL = 1.2, 0.75, 140
"""BM25's constants, and the usual length of a content in code points."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `next` gets the next one, where there is one.

    `matched` counts the hits that were ranked, all there are if `complete`.
    """

    hits: tuple[Hit, ...]
    next: str | None
    matched: int
    complete: bool


class Place(NamedTuple):
    """Where in the ranking a hit stands: in the order of these."""

    cost: float
    newest: int

    @property
    def statement(self) -> int:
        return -self.newest


@dataclass(frozen=True, slots=True)
class _Page:
    """What a token of the next page holds: the newest statement that there was at the first,
    the weights of words as they were then, and the last hit shown."""

    search: str
    newest: int
    weights: tuple[float, ...]
    last: Place | None


class _Pool(NamedTuple):
    """The newest hits as (statement, code points), newest first."""

    hits: list[tuple[int, int]]
    complete: bool


def search(
    db: sqlite3.Connection,
    words: str,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    page: str | None = None,
) -> Found:
    """The statements whose content or cue holds `words`; without words, the newest.

    `page` is `next` of the page before. What is added between two pages is not shown on the
    second, and moves nothing. Raises `UsageError`, `NotInRecord`, `Ambiguous`.
    """
    filters = filters or Filters()
    if limit < 1:
        raise UsageError(f"a page must have room for a hit: limit {limit} is too little")
    query = parse(words) if words.strip() else None
    narrowing = narrow(db, filters)
    match = _matching(query, narrowing)
    if not match and not (filters.since or filters.until or filters.min_confidence):
        raise UsageError("nothing to look for: give words or a filter")
    at = _first_page(db, query, words, filters)
    if page is not None:
        at = _read(page, at)
    pool = _pool(db, match, narrowing, at, whole=query is not None)
    places = _ranked(db, query, match, pool, at)
    if at.last is not None:
        places = [place for place in places if place > at.last]
    shown = nsmallest(limit, places)
    more = len(places) > limit or (query is None and not pool.complete)
    last = _Page(at.search, at.newest, at.weights, shown[-1]) if shown and more else None
    terms = query.terms if query else ()
    return Found(
        load(db, [place.statement for place in shown], terms),
        None if last is None else _written(last),
        len(pool.hits),
        pool.complete,
    )


def _matching(query: Query | None, narrowing: Narrowing) -> str:
    words = f"{{content cue}} : ({query.match})" if query else ""
    return " AND ".join(part for part in (words, narrowing.match) if part)


def _pool(
    db: sqlite3.Connection, match: str, narrowing: Narrowing, at: _Page, *, whole: bool
) -> _Pool:
    """The hits to be ranked. Without words they stand by age, and the pool moves with the page."""
    newest = at.newest if whole or at.last is None else at.last.statement - 1
    if match:
        scanned = (
            "SELECT rowid FROM statement_words WHERE statement_words MATCH ? "
            "AND rowid <= ? ORDER BY rowid DESC LIMIT ?"
        )
        given: tuple[str | int, ...] = (match, newest, _SCANNED)
    else:
        scanned = "SELECT id FROM statement WHERE id <= ? ORDER BY id DESC LIMIT ?"
        given = (newest, _SCANNED)
    cursor = _plain(db).execute(scanned, given)
    hits: list[tuple[int, int]] = []
    looked_at = 0
    while len(hits) <= POOL and (some := cursor.fetchmany(POOL + 1)):
        looked_at += len(some)
        hits += _fitting(db, [row[0] for row in some], narrowing)
    return _Pool(hits[:POOL], complete=len(hits) <= POOL and looked_at < _SCANNED)


def _fitting(
    db: sqlite3.Connection, statements: list[int], narrowing: Narrowing
) -> list[tuple[int, int]]:
    """Those that the filters let through, in the order given, each with its code points."""
    return (
        _plain(db)
        .execute(
            "SELECT s.id, s.chars FROM json_each(?) h CROSS JOIN statement s ON s.id = h.value "  # noqa: S608
            f"CROSS JOIN article a ON a.id = s.article WHERE {narrowing.where}",
            (json.dumps(statements), *narrowing.parameters),
        )
        .fetchall()
    )


def _plain(db: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives tuples, which thousands of rows are cheaper as."""
    cursor = db.cursor()
    cursor.row_factory = None
    return cursor


# ---- ranking


def _ranked(
    db: sqlite3.Connection, query: Query | None, match: str, pool: _Pool, at: _Page
) -> list[Place]:
    if query is None or not pool.hits:
        return [Place(0.0, -statement) for statement, _ in pool.hits]
    if not query.either:  # every hit holds every word: only the length makes a difference
        return [Place(chars, -statement) for statement, chars in pool.hits]
    weights: dict[int, float] = dict.fromkeys((statement for statement, _ in pool.hits), 0.0)
    for term, weight in zip(query.terms, at.weights, strict=True):
        for statement in _holding(db, term, match, pool):
            if statement in weights:
                weights[statement] += weight
    return [
        Place(-weights[statement] * _share(chars), -statement) for statement, chars in pool.hits
    ]


def _share(chars: int) -> float:
    """What a word adds by BM25 in a content of that length, before its rarity."""
    return (_K1 + 1) / (1 + _K1 * (1 - _B + _B * chars / _USUAL))


def _holding(db: sqlite3.Connection, term: Term, match: str, pool: _Pool) -> list[int]:
    """The statements of the pool, and maybe some between them, that hold the term."""
    rows = db.execute(
        "SELECT rowid FROM statement_words WHERE statement_words MATCH ? "
        "AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
        (
            f"{{content cue}} : ({term.match}) AND {match}",
            pool.hits[-1][0],
            pool.hits[0][0],
            _SCANNED,
        ),
    )
    return [row[0] for row in rows]


def _rarity(db: sqlite3.Connection, term: Term, newest: int) -> float:
    """The term's inverse document frequency, judged by how far back its newest hits reach."""
    count, oldest = db.execute(
        "SELECT count(*), min(rowid) FROM (SELECT rowid FROM statement_words "
        "WHERE statement_words MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?)",
        (f"{{content cue}} : ({term.match})", newest, _SAMPLE),
    ).fetchone()
    hits = count if count < _SAMPLE else count * newest / (newest - oldest + 1)
    return max(math.log((newest - hits + 0.5) / (hits + 0.5)), 1e-6)


# ---- pages


def _first_page(db: sqlite3.Connection, query: Query | None, words: str, filters: Filters) -> _Page:
    newest = int(db.execute("SELECT coalesce(max(id), 0) FROM statement").fetchone()[0])
    terms = query.terms if query and query.either else ()
    weights = tuple(round(_rarity(db, term, newest), 6) for term in terms)
    return _Page(tokens.digest(repr((words, filters))), newest, weights, None)


def _written(page: _Page) -> str:
    last = list(page.last) if page.last else None
    return tokens.written([page.search, page.newest, page.weights, last])


def _read(token: str, first: _Page) -> _Page:
    """Raises `UsageError` for what is no token, or that of another search than `first` is of."""
    fields = tokens.read(token)
    try:
        name, newest, weights, (cost, newest_of_last) = fields
        last = Place(float(cost), int(newest_of_last))
        page = _Page(str(name), int(newest), tuple(map(float, weights)), last)
    except (ValueError, TypeError, OverflowError) as error:
        raise tokens.no_token() from error
    if page.search != first.search or len(page.weights) != len(first.weights):
        raise UsageError("that page belongs to another search: give the same words and filters")
    if not 0 < last.statement <= page.newest < 2**63:
        raise tokens.no_token()
    return page
