"""Facets: how the hits of a search part by outlet, year, type and so on, counted.

Counted are the newest hits, as many as search ranks, so that what half of all statements fit costs
no more than another. What a facet's own filter leaves out is counted as well, as it can
be chosen besides: of several outlets any one will do.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sayso.formats.plain import one_line
from sayso.record import people
from sayso.record.filters import Filters, Narrowing, narrow
from sayso.record.query import Query, parse
from sayso.record.search import POOL

_SCANNED = 6 * POOL
"""Hits that are held against the filters which the index can't tell."""
CHOICES = 8
"""Choices of a facet that are told: those with most hits."""
_YEARS = 15

TYPES = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to filter by, with the hits there are then. `label` is for people."""

    value: str
    label: str
    hits: int

    def to_dict(self) -> dict[str, Any]:
        return {"value": self.value, "label": self.label, "hits": self.hits}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Facets of a search. `matched` hits were counted, all there are if `complete`.

    `by` has the entries' numbers as values; `said` the values "1" and "0". `people` are number and
    name of those whom the filters have by any name of theirs.
    """

    matched: int
    complete: bool
    by: tuple[Choice, ...]
    outlets: tuple[Choice, ...]
    years: tuple[Choice, ...]
    types: tuple[Choice, ...]
    said: tuple[Choice, ...]
    unnamed: int
    people: Mapping[str, tuple[str, str]]

    def to_dict(self) -> dict[str, Any]:
        lists = ("by", "outlets", "years", "types", "said")
        told = {name: [choice.to_dict() for choice in getattr(self, name)] for name in lists}
        return {"matched": self.matched, "complete": self.complete, **told, "unnamed": self.unnamed}


NOTHING = Counts(
    matched=0, complete=True, by=(), outlets=(), years=(), types=(), said=(), unnamed=0, people={}
)


@dataclass(frozen=True, slots=True)
class _Pool:
    """The newest hits: (statement, outlet, year, type, said)."""

    rows: Sequence[tuple[int, str | None, str | None, str, int]]
    complete: bool

    @property
    def statements(self) -> str:
        return json.dumps([row[0] for row in self.rows])


def counts(db: sqlite3.Connection, words: str = "", filters: Filters | None = None) -> Counts:
    """How the hits part. Without words or filters it is the newest statements.

    Raises `UsageError`, `NotInRecord`, `Ambiguous`.
    """
    filters = filters or Filters()
    query = parse(words) if words.strip() else None
    pools: dict[Filters, _Pool] = {}

    def pool(**without: Any) -> _Pool:
        """The hits if one filter is left out."""
        wider = replace(filters, **without)
        if wider not in pools:
            pools[wider] = _pool(db, query, narrow(db, wider))
        return pools[wider]

    own = pool()
    return Counts(
        matched=len(own.rows),
        complete=own.complete,
        by=_speakers(db, pool(by=()).statements),
        outlets=_most(row[1] for row in pool(outlets=()).rows),
        years=_years(row[2] for row in pool(**_undated(filters)).rows),
        types=_among(TYPES, Counter(row[3] for row in pool(types=()).rows)),
        said=_among(("1", "0"), Counter(str(row[4]) for row in pool(said=None).rows)),
        unnamed=_unnamed(db, pool(unnamed=False).statements),
        people={name: _entry(db, name) for name in (*filters.by, *filters.about)},
    )


def _entry(db: sqlite3.Connection, name: str) -> tuple[str, str]:
    person = people.get(db, people.one(db, name))
    return str(person.id), one_line(person.name, 200)


def _undated(filters: Filters) -> Mapping[str, None]:
    """Years are those of printing: days of saying stay as they are."""
    return {"since": None, "until": None} if filters.dates == "printed" else {}


def _pool(db: sqlite3.Connection, query: Query | None, narrowing: Narrowing) -> _Pool:
    words = f"{{content cue}} : ({query.match})" if query else ""
    match = " AND ".join(part for part in (words, narrowing.match) if part)
    scanned, given = (
        ("SELECT rowid AS id FROM statement_words WHERE statement_words MATCH ?", [match])
        if match
        else ("SELECT id FROM statement", [])
    )
    scanned += " ORDER BY rowid DESC LIMIT ?"
    cursor = db.cursor()
    cursor.row_factory = None
    rows = cursor.execute(
        "SELECT s.id, a.outlet, substr(a.published, 1, 4), s.type, s.said "  # noqa: S608
        f"FROM ({scanned}) h CROSS JOIN statement s ON s.id = h.id "
        f"CROSS JOIN article a ON a.id = s.article WHERE {narrowing.where} LIMIT ?",
        (*given, _SCANNED, *narrowing.parameters, POOL + 1),
    ).fetchall()
    if len(rows) > POOL:
        return _Pool(rows[:POOL], complete=False)
    (looked_at,) = cursor.execute(
        f"SELECT count(*) FROM ({scanned})",  # noqa: S608
        (*given, _SCANNED),
    ).fetchone()
    return _Pool(rows, complete=looked_at < _SCANNED)


def _speakers(db: sqlite3.Connection, statements: str) -> tuple[Choice, ...]:
    """Those with an entry who say most of it."""
    rows = db.execute(
        "SELECT coalesce(p.same_as, p.id) AS person, count(DISTINCT v.statement) AS hits "
        "FROM json_each(?) h CROSS JOIN speaker v ON v.statement = h.value "
        "JOIN person p ON p.id = v.person GROUP BY 1 ORDER BY hits DESC, person LIMIT ?",
        (statements, CHOICES),
    ).fetchall()
    names = {
        row["id"]: row["name"]
        for row in db.execute(
            "SELECT id, name FROM person WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([row["person"] for row in rows]),),
        )
    }
    return tuple(
        Choice(str(row["person"]), one_line(names[row["person"]], 200), row["hits"]) for row in rows
    )


def _unnamed(db: sqlite3.Connection, statements: str) -> int:
    (hits,) = db.execute(
        "SELECT count(*) FROM json_each(?) h WHERE NOT EXISTS (SELECT 1 FROM speaker v "
        "WHERE v.statement = h.value AND v.name IS NOT NULL AND v.kind != 'unnamed')",
        (statements,),
    ).fetchone()
    return int(hits)


def _most(values: Iterable[str | None]) -> tuple[Choice, ...]:
    counted = Counter(value for value in values if value is not None)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Choice(value, one_line(value, 200), hits) for value, hits in ranked[:CHOICES])


def _years(values: Iterable[str | None]) -> tuple[Choice, ...]:
    counted = Counter(value for value in values if value is not None)
    latest = sorted(counted, reverse=True)[:_YEARS]
    return tuple(Choice(year, year, counted[year]) for year in latest)


def _among(values: Iterable[str], counted: Mapping[str, int]) -> tuple[Choice, ...]:
    return tuple(Choice(value, value, counted[value]) for value in values if counted.get(value))
