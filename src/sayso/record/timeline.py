"""Timeline: what somebody said, in the order of saying, each saying once."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.record import facets
from sayso.record.filters import check_days, someone
from sayso.record.hits import Hit, load
from sayso.record.query import Query, Term, parse

_MOST = 50_000
"""Statements of one person that are put in order: the newest by day."""
_ABOUT = 20_000
"""Hits of the words of `about` that are looked at: those added last."""
_PRINTINGS = 20
"""Printings of one saying that are listed; all are counted."""
_LONG = 40
"""Code points from which the same words on different days are a repeat, and no other saying."""


@dataclass(frozen=True, slots=True)
class Printing:
    """One article that has a saying."""

    article: str
    statement: str
    outlet: str | None
    published: str | None
    url: str | None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Something that somebody said, once, with all that printed it, the first one first.

    `day` is the first day that it can have been said, as far as any printing tells, else
    (`known` is false) the day of the first printing; None where no printing has a day. `said_on`
    is the most precise date of saying. `first` is the statement as it was printed first.
    """

    day: str | None
    known: bool
    said_on: str | None
    first: Hit
    printings: tuple[Printing, ...]
    printed: int
    outlets: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "day": self.day,
            "known": self.known,
            "said_on": self.said_on,
            "printed": self.printed,
            "outlets": self.outlets,
            "printings": [printing.to_dict() for printing in self.printings],
            "first": self.first.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """Sayings by day. `names` are the entries that the name stands for.

    `more` is the day to go on from where there are more than were asked for. `complete` is
    false where there were too many statements to put in order, or hits to look at.
    """

    names: tuple[str, ...]
    sayings: tuple[Saying, ...]
    more: str | None
    complete: bool


def timeline(
    db: sqlite3.Connection,
    name: str,
    *,
    about: str = "",
    since: str | None = None,
    until: str | None = None,
    limit: int = 100,
) -> Timeline:
    """What `name` said (and neither thought nor denied) from one day to another, both included.

    Days are those of saying, else of printing. `about` is a query as `search` takes it. The same
    words are one saying, whoever prints them, but for short ones on different days. Raises
    `Unmatched`, `Ambiguous`, `UsageError`.
    """
    check_days(since, until)
    if limit < 1:
        raise UsageError(f"a timeline must have room for a saying: limit {limit} is too little")
    people = someone(db, name)
    query = parse(about) if about.strip() else None
    pool, given = _pool(query, people, since, until)
    groups = db.execute(_GROUPED.format(pool=pool), given | {"limit": limit + 1}).fetchall()
    sayings = _sayings(db, groups[:limit], query.terms if query else ())
    more = groups[limit] if len(groups) > limit else None
    day = None if more is None else _best(more["best"])[0]
    complete = not groups or groups[0]["pooled"] < _MOST
    if query is not None:
        complete = complete and _hits(db, given) < _ABOUT
    return Timeline(_names(db, people), sayings, day, complete)


_GROUPED = """
WITH pool AS MATERIALIZED ({pool})
SELECT CASE WHEN chars >= {long} THEN repeat ELSE repeat || coalesce(day, '') END AS saying,
  count(DISTINCT article) AS printed, count(DISTINCT outlet) AS outlets,
  min(CASE WHEN said_on IS NULL THEN '9|' || coalesce(day, '') || '|'
      ELSE (10 - length(said_on)) || '|' || day || '|' || said_on END) AS best,
  min(CASE WHEN day IS NULL THEN 1 ELSE 0 END) AS undated,
  group_concat(id) AS statements, (SELECT count(*) FROM pool) AS pooled
FROM pool GROUP BY saying
ORDER BY undated, substr(best, 3, 10), min(id) LIMIT :limit
""".replace("{long}", str(_LONG))
"""Groups of the same words; `best` is the surest date: its vagueness, its day, as it is told."""


def _pool(
    query: Query | None, people: Sequence[int], since: str | None, until: str | None
) -> tuple[str, dict[str, Any]]:
    """SQL for the statements to be put in order, and its parameters."""
    about = (
        "AND s.id IN (SELECT rowid FROM statement_words WHERE statement_words MATCH :match "
        "ORDER BY rowid DESC LIMIT :about) "
        if query
        else ""
    )
    tokens = " OR ".join(map(facets.speaker, people))
    pool = (
        "SELECT s.id, s.article, s.repeat, s.chars, s.day, s.said_on, a.outlet "  # noqa: S608
        "FROM (SELECT DISTINCT statement FROM speaker "
        "WHERE person IN (SELECT value FROM json_each(:people))) v "
        "CROSS JOIN statement s ON s.id = v.statement CROSS JOIN article a ON a.id = s.article "
        "WHERE s.said = 1 AND s.denied = 0 AND a.superseded_by IS NULL "
        "AND (:since IS NULL OR s.day >= :since) AND (:until IS NULL OR s.day <= :until) "
        f"{about}ORDER BY s.day DESC LIMIT :most"
    )
    return pool, {
        "people": json.dumps(people),
        "since": since,
        "until": until,
        "most": _MOST,
        "match": f"{{facets}} : ({tokens}) AND {{content cue}} : ({query.match})" if query else "",
        "about": _ABOUT,
    }


def _hits(db: sqlite3.Connection, given: dict[str, Any]) -> int:
    """How many hits the words have, as far as they are looked at."""
    counted = (
        "SELECT count(*) FROM (SELECT rowid FROM statement_words "
        "WHERE statement_words MATCH :match LIMIT :about)"
    )
    return int(db.execute(counted, given).fetchone()[0])


def _best(told: str) -> tuple[str | None, bool, str | None]:
    """The day, whether it is of saying, and the date of saying of a group."""
    vagueness, day, said_on = told.split("|")
    return day or None, vagueness != "9", said_on or None


def _sayings(
    db: sqlite3.Connection, groups: Sequence[sqlite3.Row], terms: tuple[Term, ...]
) -> tuple[Saying, ...]:
    printings = [_printings(db, group["statements"]) for group in groups]
    firsts = load(db, [statements[0] for statements, _ in printings], terms)
    found = []
    for group, (_, listed), first in zip(groups, printings, firsts, strict=True):
        day, known, said_on = _best(group["best"])
        found.append(
            Saying(
                day=day,
                known=known,
                said_on=said_on,
                first=first,
                printings=listed,
                printed=group["printed"],
                outlets=group["outlets"],
            )
        )
    return tuple(found)


def _printings(db: sqlite3.Connection, statements: str) -> tuple[list[int], tuple[Printing, ...]]:
    """The statements of a group and their articles, an article once, the first printed first."""
    rows = db.execute(
        "SELECT s.id, a.key, s.name, a.outlet, a.published, a.url FROM statement s "
        "JOIN article a ON a.id = s.article WHERE s.id IN (SELECT value FROM json_each(?)) "
        "GROUP BY a.id ORDER BY a.published IS NULL, a.published, a.id LIMIT ?",
        (f"[{statements}]", _PRINTINGS),
    ).fetchall()
    return [row[0] for row in rows], tuple(Printing(*row[1:]) for row in rows)


def _names(db: sqlite3.Connection, people: Sequence[int]) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT DISTINCT name FROM person WHERE id IN (SELECT value FROM json_each(?)) "
        "AND same_as IS NULL ORDER BY id",
        (json.dumps(people),),
    )
    return tuple(row[0] for row in rows)
