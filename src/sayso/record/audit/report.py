"""The audit: all its parts, made from one view of the record."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from sayso.record import articles
from sayso.record.articles import Stored
from sayso.record.audit import heard, sources, unheard
from sayso.record.audit.heard import Group, Voice
from sayso.record.audit.scope import Scope, audited
from sayso.record.audit.sources import Counts, Resting
from sayso.record.audit.unheard import Asked, Unheard
from sayso.record.hits import Hit

MONTHS = 1_200
"""Months that are listed: a century."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Lists hold at most as many as were asked for, the most telling first; totals count all.

    `named` are the articles that were asked for by their keys; `groups` are shares by `column`,
    where one was given.
    """

    scope: Scope
    named: tuple[Stored, ...]
    totals: Counts
    speakers: int
    voices: tuple[Voice, ...]
    column: str | None
    groups: tuple[Group, ...]
    unheard: tuple[Unheard, ...]
    unnamed: tuple[Hit, ...]
    refusals: tuple[Asked, ...]
    refusals_by_kind: dict[str, int]
    one_source: tuple[Resting, ...]
    outlets: tuple[Counts, ...]
    months: tuple[Counts, ...]
    sections: tuple[Counts, ...]

    def to_dict(self) -> dict[str, Any]:
        lists = ("voices", "groups", "unheard", "unnamed", "refusals", "one_source")
        return {
            "scope": self.scope.to_dict(),
            "named": [_named(article) for article in self.named],
            "totals": _without_value(self.totals) | {"speakers": self.speakers},
            "column": self.column,
            **{name: [each.to_dict() for each in getattr(self, name)] for name in lists},
            "refusals_by_kind": self.refusals_by_kind,
            **{
                name: [each.to_dict() for each in getattr(self, name)]
                for name in ("outlets", "months", "sections")
            },
        }


def _named(article: Stored) -> dict[str, Any]:
    return {
        "article": article.key,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
    }


def _without_value(counts: Counts) -> dict[str, Any]:
    return {name: value for name, value in counts.to_dict().items() if name != "value"}


def audit(
    db: sqlite3.Connection, scope: Scope | None = None, *, by: str | None = None, limit: int = 50
) -> Audit:
    """Who is heard, how much, and where nobody is named in the articles of `scope`.

    `by` is a column of imported people. Raises `NotInRecord`, `Ambiguous`, `UsageError`.
    """
    scope = scope or Scope()
    with audited(db, scope):
        return Audit(
            scope=scope,
            named=tuple(articles.containing(db, key) for key in scope.articles),
            totals=sources.totals(db),
            speakers=heard.speakers(db),
            voices=heard.voices(db, limit),
            column=by,
            groups=heard.groups(db, by, limit) if by is not None else (),
            unheard=unheard.unheard(db, limit),
            unnamed=sources.nobodys(db, limit),
            refusals=unheard.refusals(db, limit),
            refusals_by_kind=unheard.refusals_by_kind(db),
            one_source=sources.one_source(db, limit),
            outlets=sources.by(db, "outlet", limit),
            months=sources.by(db, "month", MONTHS),
            sections=sources.by(db, "section", limit),
        )
