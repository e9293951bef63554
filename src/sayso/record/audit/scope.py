"""Which articles are audited, and what each holds: a table that lives as long as the audit."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sayso.record import articles
from sayso.record.filters import check_days, outlets, sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Articles by key, or all current ones that were printed by these outlets, in these sections,
    from `since` to `until`, both included."""

    articles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        check_days(self.since, self.until)

    def to_dict(self) -> dict[str, Any]:
        return {
            "articles": list(self.articles),
            "outlets": list(self.outlets),
            "sections": list(self.sections),
            "since": self.since,
            "until": self.until,
        }


SAID = """said AS (
  SELECT s.id, s.article, s.type, s.inside, s.words, NOT EXISTS (
      SELECT 1 FROM speaker v WHERE v.statement = s.id AND v.name IS NOT NULL
      AND v.kind != 'unnamed') AS unnamed
  FROM audited u CROSS JOIN statement s ON s.article = u.article
  WHERE s.said = 1 AND s.denied = 0)"""
"""SQL for the statements of the audited articles that were said, with the words of each."""

_AUDITED = f"""
CREATE TEMP TABLE audited AS
WITH audited AS MATERIALIZED (SELECT a.id AS article FROM article a WHERE {{where}}), {SAID},
counted AS (
  SELECT article, count(*) AS statements, sum(iif(inside IS NULL, words, 0)) AS words,
    sum(type = 'direct') AS direct, sum(type = 'mixed') AS mixed,
    sum(type = 'indirect') AS indirect, sum(unnamed) AS unnamed
  FROM said GROUP BY article),
heard AS (
  SELECT said.article, count(DISTINCT coalesce(v.entity, v.name || v.kind)) AS sources
  FROM said JOIN speaker v ON v.statement = said.id GROUP BY said.article),
asked AS (
  SELECT r.article, count(*) AS refusals FROM audited u
  JOIN refusal r ON r.article = u.article GROUP BY r.article)
SELECT a.id AS article, a.outlet, substr(a.published, 1, 7) AS month, a.section,
  coalesce(statements, 0) AS statements, coalesce(words, 0) AS words,
  coalesce(direct, 0) AS direct, coalesce(mixed, 0) AS mixed, coalesce(indirect, 0) AS indirect,
  coalesce(unnamed, 0) AS unnamed, coalesce(sources, 0) AS sources,
  coalesce(refusals, 0) AS refusals, sources = 1 AND statements > 1 AS one_source
FROM audited u JOIN article a ON a.id = u.article LEFT JOIN counted c ON c.article = a.id
LEFT JOIN heard h ON h.article = a.id LEFT JOIN asked r ON r.article = a.id
"""  # noqa: S608 (SQL of our own; `where` holds conditions with parameters)


@contextmanager
def audited(db: sqlite3.Connection, scope: Scope) -> Iterator[None]:
    """Makes the table `audited`: a row for each article of the scope. It is gone at the end."""
    where, given = _conditions(db, scope)
    db.execute("DROP TABLE IF EXISTS temp.audited")
    db.execute(_AUDITED.format(where=where), given)
    try:
        yield
    finally:
        db.execute("DROP TABLE temp.audited")


def _conditions(db: sqlite3.Connection, scope: Scope) -> tuple[str, dict[str, Any]]:
    keys = [articles.containing(db, key).id for key in scope.articles]
    given = {
        "keys": json.dumps(keys),
        "outlets": json.dumps(outlets(db, scope.outlets)),
        "sections": json.dumps(sections(db, scope.sections)),
        "since": scope.since,
        "until": scope.until,
    }
    among = "a.{} IN (SELECT value FROM json_each(:{}))"
    conditions = [
        # An article that is asked for by its key may be an old version.
        among.format("id", "keys") if keys else "a.superseded_by IS NULL",
        among.format("outlet", "outlets") if scope.outlets else "",
        among.format("section", "sections") if scope.sections else "",
        "a.published >= :since" if scope.since else "",
        "a.published <= :until" if scope.until else "",
    ]
    return " AND ".join(filter(None, conditions)), given
