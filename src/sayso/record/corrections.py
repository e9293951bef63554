"""What people say against a reading: right, wrong, another speaker, other bounds, a statement that
is missing.

A correction holds to a statement by its words and their place, not by its id, so it is laid over
the reading of a newer model as well, and over those of later versions of the article, and wins over
them. What it speaks of may not be there any more: then it is an orphan, which is shown and left
alone. How corrections are laid over a reading is worked out in `sayso.record.laying`.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from sayso.record.anchors import Anchor
from sayso.types import Kind, Reading, Speaker, Type

Verdict = Literal["right", "wrong", "speaker", "bounds", "missing"]
Checked = Literal["right", "corrected", "added"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a correction makes of a statement; None leaves it as it is."""

    bounds: Anchor | None = None
    speakers: tuple[Speaker, ...] | None = None
    type: Type | None = None
    said: bool | None = None

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> "Outcome":
        bounds, speakers = told.get("bounds"), told.get("speakers")
        return cls(
            None if bounds is None else Anchor.from_dict(bounds),
            None if speakers is None else tuple(map(_speaker, speakers)),
            told.get("type"),
            told.get("said"),
        )

    def to_dict(self) -> dict[str, Any]:
        told = {
            "bounds": None if self.bounds is None else self.bounds.to_dict(),
            "speakers": None
            if self.speakers is None
            else [{"name": s.name, "kind": s.kind, "by": list(s.by)} for s in self.speakers],
            "type": self.type,
            "said": self.said,
        }
        return {name: value for name, value in told.items() if value is not None}


def _speaker(told: dict[str, Any]) -> Speaker:
    return Speaker(told["name"], cast(Kind, told["kind"]), None, tuple(told["by"]))


@dataclass(frozen=True, slots=True)
class Correction:
    """What one person says of one statement of an article, by the database's id.

    `orphan`: it was not found in the current reading of the newest version. `together`: the number
    of the first of those that were made at once with it, and are taken back with it.
    """

    id: int
    kind: Verdict
    anchor: Anchor
    outcome: Outcome
    who: str = ""
    made: str = ""
    article: int = 0
    undone: str | None = None
    orphan: bool = False
    together: int | None = None

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> "Correction":
        value = json.loads(row["value"])
        return cls(
            row["id"],
            row["kind"],
            Anchor.from_dict(json.loads(row["anchor"])),
            Outcome.from_dict(value),
            row["who"],
            row["made"],
            row["article"],
            row["undone"],
            bool(row["orphan"]),
            value.get("together"),
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """A reading with corrections laid over it.

    `checked` tells for each statement that a person has looked at, by its id, what came of it;
    `orphans` are the ids of corrections whose statement was not found.
    """

    reading: Reading
    checked: Mapping[str, Checked] = field(default_factory=dict)
    orphans: tuple[int, ...] = ()


VERSIONS = (
    "WITH RECURSIVE version (id) AS (SELECT ?1 UNION "
    "SELECT article.id FROM article JOIN version ON article.superseded_by = version.id) "
)
"""SQL for an article and the versions that it supersedes, as the table `version`."""


def of(db: sqlite3.Connection, article: int) -> list[Correction]:
    """The corrections that stand, of an article and of earlier versions, in the order in which
    they were made."""
    rows = db.execute(
        f"{VERSIONS} SELECT * FROM correction "  # noqa: S608
        "WHERE article IN version AND undone IS NULL ORDER BY id",
        (article,),
    )
    return [Correction.from_row(row) for row in rows]


def mark_orphans(db: sqlite3.Connection, article: int, orphans: Collection[int]) -> None:
    """Keep which of an article's corrections found nothing. Of a superseded one they are not told:
    the newest version counts."""
    (superseded,) = db.execute(
        "SELECT superseded_by IS NOT NULL FROM article WHERE id = ?", (article,)
    ).fetchone()
    if superseded:
        return
    db.execute(
        f"{VERSIONS} UPDATE correction SET orphan = 0 "  # noqa: S608
        "WHERE article IN version AND orphan = 1",
        (article,),
    )
    db.executemany("UPDATE correction SET orphan = 1 WHERE id = ?", [(id,) for id in orphans])
