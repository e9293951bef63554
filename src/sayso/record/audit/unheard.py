"""Who is talked about and not heard, and who was asked and did not answer."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from sayso.formats.plain import first_line, one_line
from sayso.record.articles import decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """Somebody whom statements are about and who makes none, in `articles` of those audited.

    `heard_elsewhere` counts the articles of the record that do quote them; `asked` those of
    `articles` that say that they were asked.
    """

    name: str
    kind: str
    person: int | None
    statements: int
    articles: int
    asked: int
    heard_elsewhere: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A refusal: `text` is the clause that tells of it."""

    names: tuple[str, ...]
    kind: str
    text: str
    article: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    begins: str = ""
    """How the article begins, where it has no title."""

    def to_dict(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if name != "begins"}
        return told | {"names": list(self.names)}


_UNHEARD = """
WITH authors AS MATERIALIZED (
  SELECT DISTINCT s.article, j.value AS name
  FROM audited u CROSS JOIN statement s ON s.article = u.article
  CROSS JOIN speaker v ON v.statement = s.id AND v.authors != '[]', json_each(v.authors) j
  WHERE j.value IS NOT NULL),
approached AS MATERIALIZED (
  SELECT DISTINCT r.article, json_extract(j.value, '$.entity') AS entity
  FROM audited u CROSS JOIN refusal r ON r.article = u.article, json_each(r.speakers) j
  WHERE json_extract(j.value, '$.entity') IS NOT NULL),
silent AS (
  SELECT e.id, e.article, coalesce(p.same_as, e.person) AS person, e.label, e.kind,
    count(DISTINCT b.statement) AS statements,
    (e.article, e.name) IN (SELECT article, entity FROM approached) AS asked
  FROM audited u CROSS JOIN entity e ON e.article = u.article
  CROSS JOIN about b ON b.entity = e.id LEFT JOIN person p ON p.id = e.person
  WHERE e.kind IN ('person', 'organisation', 'group')
  AND (e.person IS NOT NULL OR (SELECT count(*) = 1 FROM audited))
  AND NOT EXISTS (SELECT 1 FROM speaker v JOIN statement s ON s.id = v.statement
    WHERE v.entity = e.id AND s.denied = 0 AND (s.said = 1 OR (e.kind = 'group' AND EXISTS (
      SELECT 1 FROM statement o JOIN speaker w ON w.statement = o.id
      WHERE o.article = s.article AND o.name = s.inside AND w.kind = 'document'))))
  AND (e.article, e.label) NOT IN (SELECT article, name FROM authors)
  GROUP BY e.id),
summed AS (
  SELECT person, iif(person IS NULL, label, NULL) AS name,
    iif(person IS NULL, kind, NULL) AS kind, sum(statements) AS statements,
    count(DISTINCT article) AS articles, count(DISTINCT iif(asked, article, NULL)) AS asked
  FROM silent GROUP BY 1, 2, 3 ORDER BY articles DESC, statements DESC, 1, 2 LIMIT ?)
SELECT summed.person, coalesce(p.name, summed.name) AS name, coalesce(p.kind, summed.kind) AS kind,
  statements, articles, asked,
  (SELECT count(DISTINCT s.article) FROM person q JOIN speaker v ON v.person = q.id
    JOIN statement s ON s.id = v.statement JOIN article o ON o.id = s.article
    WHERE (q.id = summed.person OR q.same_as = summed.person) AND s.said = 1 AND s.denied = 0
    AND o.superseded_by IS NULL
  ) AS heard_elsewhere
FROM summed LEFT JOIN person p ON p.id = summed.person
ORDER BY articles DESC, statements DESC, name
"""


def unheard(db: sqlite3.Connection, limit: int) -> tuple[Unheard, ...]:
    """Those who go unheard in most articles, at most `limit`. Of whom a poll tells what they think
    are heard.

    Of several articles only those with an entry: the same words may be others elsewhere.
    """
    return tuple(Unheard(**row) for row in db.execute(_UNHEARD, (limit,)))


def refusals(db: sqlite3.Connection, limit: int) -> tuple[Asked, ...]:
    """The refusals of the latest articles, at most `limit`."""
    rows = db.execute(
        'SELECT r.kind, r.start, r."end", r.speakers, a.key, a.title, a.outlet, a.published, '
        "a.url, t.body "
        "FROM audited u JOIN refusal r ON r.article = u.article JOIN article a ON a.id = u.article "
        "JOIN text t ON t.id = a.text ORDER BY a.published DESC, a.id DESC, r.position LIMIT ?",
        (limit,),
    )
    return tuple(_asked(row) for row in rows)


def _asked(row: sqlite3.Row) -> Asked:
    text = decoded(row["body"])
    return Asked(
        names=tuple(s["name"] for s in json.loads(row["speakers"]) if s["name"]),
        kind=row["kind"],
        text=text[row["start"] : row["end"]],
        article=row["key"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
        url=row["url"],
        begins="" if row["title"] else one_line(first_line(text)),
    )


def refusals_by_kind(db: sqlite3.Connection) -> dict[str, int]:
    """How many refusals there are of each kind."""
    rows = db.execute(
        "SELECT r.kind, count(*) FROM audited u JOIN refusal r ON r.article = u.article "
        "GROUP BY r.kind ORDER BY r.kind"
    )
    return {row[0]: row[1] for row in rows}
