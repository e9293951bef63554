"""Where nobody is named, articles that rest on one source, and the counts of all."""

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from sayso.record.articles import beginning, begun
from sayso.record.audit.scope import SAID
from sayso.record.hits import Hit, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What articles hold. `statements` are those that were said, and not denied.

    `unnamed` are the statements with nobody named, `one_source` the articles with two
    statements or more and one source. `value` is the outlet, month or section; None is unknown.
    """

    value: str | None
    articles: int
    statements: int
    words: int
    direct: int
    mixed: int
    indirect: int
    unnamed: int
    refusals: int
    one_source: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """An article that rests on one source, which may be unnamed."""

    article: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    source: str | None
    statements: int
    begins: str = ""
    """How it begins, where it has no title."""

    def to_dict(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "begins"}


_COUNTED = "count(*) AS articles, " + ", ".join(
    f"coalesce(sum({name}), 0) AS {name}"
    for name in (
        *("statements", "words", "direct", "mixed", "indirect", "unnamed", "refusals"),
        "one_source",
    )
)


def totals(db: sqlite3.Connection) -> Counts:
    row = db.execute(f"SELECT NULL AS value, {_COUNTED} FROM audited").fetchone()  # noqa: S608
    return Counts(**row)


def by(db: sqlite3.Connection, column: str, limit: int) -> tuple[Counts, ...]:
    """Counts by `outlet` or `section`, those with most statements, or by `month`, in order."""
    order = "value" if column == "month" else "statements DESC, value"
    rows = db.execute(
        f"SELECT {column} AS value, {_COUNTED} FROM audited "  # noqa: S608
        f"GROUP BY {column} ORDER BY value IS NULL, {order} LIMIT ?",
        (limit,),
    )
    return tuple(Counts(**row) for row in rows)


def one_source(db: sqlite3.Connection, limit: int) -> tuple[Resting, ...]:
    """Articles that rest on one source, those with most statements first."""
    rows = db.execute(
        "SELECT a.key AS article, a.title, a.outlet, a.published, a.url, u.statements, "  # noqa: S608
        f"{beginning('a')}, "
        "(SELECT v.name FROM statement s JOIN speaker v ON v.statement = s.id "
        "WHERE s.article = a.id AND s.said = 1 AND s.denied = 0 LIMIT 1) AS source "
        "FROM (SELECT article, statements FROM audited WHERE one_source "
        "ORDER BY statements DESC, article LIMIT ?) u JOIN article a ON a.id = u.article "
        "ORDER BY u.statements DESC, a.id",
        (limit,),
    )
    return tuple(Resting(**dict(row) | {"begins": begun(row["begins"])}) for row in rows)


def nobodys(db: sqlite3.Connection, limit: int) -> tuple[Hit, ...]:
    """Statements with nobody named: those printed last, then those added last, first."""
    rows = db.execute(
        f"WITH {SAID} SELECT said.id FROM said JOIN article a ON a.id = said.article "  # noqa: S608
        "WHERE unnamed ORDER BY a.published DESC, a.id DESC, said.id LIMIT ?",
        (limit,),
    )
    return load(db, [row[0] for row in rows])
