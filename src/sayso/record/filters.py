"""What a search is narrowed by, as tokens of the index of words and as conditions in SQL.

The tokens make a rare filter fast. What they can't tell to the day, or by a number, conditions
on the tables settle.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.errors import NotInRecord, Unmatched, UsageError
from sayso.formats.plain import one_line
from sayso.record import facets
from sayso.record.folding import fold
from sayso.record.people import named, typed
from sayso.types import Type, iso_day

Dates = Literal["printed", "said"]

_MOST_YEARS = 100
"""Longer stretches are left to the conditions: a token for each year is no narrowing then."""

_OFFERED = 5
_LIKE = 70
"""How like a name of the record must be, of 100, to be offered."""

LAST_DAY = """CASE length(s.said_on)
  WHEN 10 THEN s.said_on WHEN 8 THEN date(s.day, '+6 days')
  WHEN 7 THEN date(s.day, '+1 month', '-1 day') ELSE substr(s.said_on, 1, 4) || '-12-31' END"""
"""SQL for the last day that a statement's date can mean; `day` is the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All must hold; of several names, outlets or types any one.

    `since` and `until` are days, both included: of printing, or with `dates="said"` of saying,
    where statements without a date of saying are left out; a week or month of saying need only
    touch the stretch, a bare year must lie within it. `unnamed` asks for what rests on nobody's
    name. `versions` lets in articles that a later version has superseded.
    """

    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    dates: Dates = "printed"
    types: tuple[Type, ...] = ()
    said: bool | None = None
    unnamed: bool = False
    min_confidence: float = 0.0
    versions: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise UsageError(f"a confidence is a number from 0 to 1, not {self.min_confidence}")
        check_days(self.since, self.until)


def check_days(since: str | None, until: str | None) -> None:
    """Raises `UsageError` for what are no days, or not the first and the last of a stretch."""
    for day in (since, until):
        if day is not None and iso_day(day) != day:
            raise UsageError(f"{day!r} is no day: write it as YYYY-MM-DD")
    if since and until and until < since:
        raise UsageError(f"nothing lies between {since} and {until}: swap them")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters made ready. `match` is in the language of FTS5, empty where no token narrows;
    `where` is SQL over statement `s` and article `a`, with its parameters."""

    match: str
    where: str
    parameters: tuple[str | float, ...]


def narrow(db: sqlite3.Connection, filters: Filters) -> Narrowing:
    """Raises `Unmatched` for a name or an outlet that isn't there, `Ambiguous` for a name that
    several have."""
    groups = [group for group in _groups(db, filters) if group]
    match = " AND ".join(f"{{facets}} : ({' OR '.join(group)})" for group in groups)
    conditions = list(_conditions(filters))
    where = " AND ".join(condition for condition, _ in conditions)
    return Narrowing(match, where or "1", tuple(p for _, values in conditions for p in values))


def _groups(db: sqlite3.Connection, filters: Filters) -> Iterator[Sequence[str]]:
    """Tokens of which a statement must have one, group by group."""
    if filters.by:
        yield [facets.speaker(person) for name in filters.by for person in someone(db, name)]
    if filters.about:
        yield [facets.about(person) for name in filters.about for person in someone(db, name)]
    yield [facets.outlet(name) for name in outlets(db, filters.outlets)]
    yield [facets.type_(name) for name in filters.types]
    yield [] if filters.said is None else [facets.said(filters.said)]
    yield [facets.UNNAMED] if filters.unnamed else []
    if filters.since or filters.until:
        yield _dates(db, filters)


def someone(db: sqlite3.Connection, name: str) -> list[int]:
    """The entries of the one person or body by whom is chosen. Raises `Unmatched`, `Ambiguous`."""
    try:
        return sorted(named(db, name))
    except NotInRecord as error:
        raise Unmatched(error.told, error.at_prompt) from error


def _dates(db: sqlite3.Connection, filters: Filters) -> Sequence[str]:
    if filters.dates == "printed":
        days, year, month = "published FROM article", facets.printed_year, facets.printed_month
    else:
        days, year, month = "day FROM statement", facets.said_year, facets.said_month
    column = days.split()[0]
    first, last = (
        db.execute(f"SELECT {days} WHERE {column} IS NOT NULL ORDER BY {column} {way}").fetchone()
        for way in ("", "DESC")
    )
    if first is None:
        return []
    # A date of saying may begin before its day and end after it: a week, a month, a year.
    since = max(filters.since or "", _year_off(first[0], -1))
    until = min(filters.until or "9999-12-31", _year_off(last[0], 1))
    return list(covering(since, until, year, month)) if since <= until else ["nothing"]


def _year_off(day: str, years: int) -> str:
    year = min(max(int(day[:4]) + years, 1), 9999)
    return f"{year:04d}-01-01" if years < 0 else f"{year:04d}-12-31"


def covering(
    since: str, until: str, year: Callable[[int], str], month: Callable[[int, int], str]
) -> Iterator[str]:
    """Tokens of years and months that hold every day from `since` to `until`, and few others."""
    first, last = int(since[:4]), int(until[:4])
    if last - first > _MOST_YEARS:
        return
    for number in range(first, last + 1):
        begin = int(since[5:7]) if number == first else 1
        end = int(until[5:7]) if number == last else 12
        whole_year = since <= f"{number:04d}-01-01" and f"{number:04d}-12-31" <= until
        if whole_year:
            yield year(number)
        else:
            yield from (month(number, m) for m in range(begin, end + 1))


def _conditions(filters: Filters) -> Iterator[tuple[str, tuple[str | float, ...]]]:
    if not filters.versions:
        yield "a.superseded_by IS NULL", ()
    if filters.min_confidence > 0:
        yield "s.confidence >= ?", (filters.min_confidence,)
    since, until = filters.since or "0001-01-01", filters.until or "9999-12-31"
    if not (filters.since or filters.until):
        return
    if filters.dates == "printed":
        yield "a.published BETWEEN ? AND ?", (since, until)
    else:
        yield (
            "s.said_on IS NOT NULL AND CASE length(s.said_on) "
            f"WHEN 4 THEN s.day >= ? AND {LAST_DAY} <= ? ELSE {LAST_DAY} >= ? AND s.day <= ? END",
            (since, until, since, until),
        )


def walk(column: str, table: str) -> str:
    """SQL for each value of an indexed column, once and in order: as quick as there are few."""
    return (
        f"WITH RECURSIVE each (name) AS (SELECT min({column}) FROM {table} UNION ALL "  # noqa: S608
        f"SELECT (SELECT min({column}) FROM {table} WHERE {column} > each.name) FROM each "
        "WHERE each.name IS NOT NULL) SELECT name FROM each WHERE name IS NOT NULL"
    )


def outlets(db: sqlite3.Connection, names: Collection[str]) -> tuple[str, ...]:
    """The outlets of the record as they write themselves, for names as people type them.

    Raises `Unmatched`.
    """
    return _known("outlet", names, every_outlet(db)) if names else ()


def every_outlet(db: sqlite3.Connection) -> list[str]:
    """The outlets of the record, however many articles each has."""
    return [str(row[0]) for row in db.execute(walk("outlet", "article"))]


def sections(db: sqlite3.Connection, names: Collection[str]) -> tuple[str, ...]:
    """The same for sections."""
    if not names:
        return ()
    rows = db.execute("SELECT DISTINCT section FROM article WHERE section IS NOT NULL ORDER BY 1")
    return _known("section", names, [str(row[0]) for row in rows])


def _known(what: str, names: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    wanted = {fold(name): name for name in names}
    folds = [fold(name) for name in known]
    for folded, name in wanted.items():
        if folded not in folds:
            raise Unmatched(f"no {what} {typed(name)}; {_offer(folded, known, folds)}")
    return tuple(name for name, folded in zip(known, folds, strict=True) if folded in wanted)


def _offer(folded: str, known: Sequence[str], folds: Sequence[str]) -> str:
    """The names most like the one that isn't there, else the first."""
    from rapidfuzz import fuzz, process

    if not known:
        return "the record has none"
    near = process.extract(folded, folds, scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=_OFFERED)
    found = [known[place] for _, _, place in near] or known[:_OFFERED]
    more = ", …" if not near and len(known) > _OFFERED else ""
    return f"there is: {', '.join(one_line(name, 80) for name in found)}{more}"
