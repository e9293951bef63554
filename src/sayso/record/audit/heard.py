"""Who is quoted in the audited articles, and how much; one by one and by the user's own columns."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from sayso.record import people
from sayso.record.audit.scope import SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What somebody, or everybody in a group, says: statements, their words, and their types.

    Words are counted once where someone's statement stands within another of theirs.
    """

    statements: int
    words: int
    direct: int
    mixed: int
    indirect: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Share):
    """A speaker with a name. `person` is the entry in the record, where there is one.

    In one article, names without an entry stand for themselves. Of several articles, where the
    same words need not be the same speaker, those of a kind are one voice, whose name is None.
    """

    name: str | None
    kind: str
    person: int | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Share):
    """All whose column has this value; None for those for whom it was not given."""

    value: str | None
    people: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


_SPOKEN = f"""
WITH {SAID},
spoken AS (
  SELECT said.id, said.article, said.type, coalesce(p.same_as, v.person) AS person,
    iif(v.person IS NULL AND (SELECT count(*) = 1 FROM audited), v.name, NULL) AS name, v.kind,
    iif(said.inside IS NOT NULL AND EXISTS (
      SELECT 1 FROM statement o JOIN speaker w ON w.statement = o.id
      WHERE o.article = said.article AND o.name = said.inside
      AND w.person IS v.person AND w.name IS v.name), 0, said.words) AS words
  FROM said JOIN speaker v ON v.statement = said.id LEFT JOIN person p ON p.id = v.person
  WHERE v.name IS NOT NULL AND v.kind != 'unnamed')
"""  # noqa: S608

_SHARE = """count(DISTINCT id) AS statements, sum(words) AS words, sum(type = 'direct') AS direct,
  sum(type = 'mixed') AS mixed, sum(type = 'indirect') AS indirect,
  count(DISTINCT article) AS articles"""


def voices(db: sqlite3.Connection, limit: int) -> tuple[Voice, ...]:
    """Those who say most by words, at most `limit`; voices that are many people's last."""
    rows = db.execute(
        f"{_SPOKEN}, shares AS (SELECT person, name, iif(person IS NULL, kind, NULL) AS kind, "  # noqa: S608
        f"{_SHARE} FROM spoken GROUP BY 1, 2, 3 "
        "ORDER BY person IS NULL AND name IS NULL, words DESC, statements DESC, 1, 2 LIMIT ?) "
        "SELECT shares.person, coalesce(p.name, shares.name) AS name, "
        "coalesce(p.kind, shares.kind) AS kind, statements, words, direct, mixed, indirect, "
        "articles FROM shares LEFT JOIN person p ON p.id = shares.person "
        "ORDER BY shares.person IS NULL AND shares.name IS NULL, words DESC, statements DESC, name",
        (limit,),
    )
    return tuple(Voice(**row) for row in rows)


def speakers(db: sqlite3.Connection) -> int:
    """How many speakers there are with an entry; in one article, with a name."""
    row = db.execute(
        f"{_SPOKEN} SELECT count(*) FROM (SELECT DISTINCT person, name, "  # noqa: S608
        "iif(person IS NULL, kind, NULL) FROM spoken "
        "WHERE person IS NOT NULL OR name IS NOT NULL)"
    ).fetchone()
    return int(row[0])


def groups(db: sqlite3.Connection, column: str, limit: int) -> tuple[Group, ...]:
    """Shares by the values of a column of imported people. Raises `NotInRecord` for no column."""
    values = json.dumps(people.column(db, column))
    rows = db.execute(
        f"{_SPOKEN}, valued AS MATERIALIZED "  # noqa: S608
        "(SELECT CAST(key AS INTEGER) AS person, value FROM json_each(?)) "
        "SELECT value, count(DISTINCT coalesce(spoken.person, spoken.name || kind)) AS people, "
        f"{_SHARE} FROM spoken LEFT JOIN valued ON valued.person = spoken.person "
        "GROUP BY value ORDER BY value IS NULL, words DESC LIMIT ?",
        (values, limit),
    )
    return tuple(Group(**row) for row in rows)
