"""Groups in a line each: what it is, who had it first, who has it."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Articles that are copies of one, or statements that are one utterance.

    `text` is the title or the words of the first, `speakers` who is first said to have said
    them. `articles` have it, of which `texts` are no copies of one another; `outlets` are in
    the order of printing.
    """

    group: str
    text: str | None
    speakers: tuple[str, ...]
    articles: int
    texts: int
    outlets: tuple[str, ...]
    row: str
    id: str | None
    first: str | None
    first_outlet: str | None
    last: str | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def groups(table: pa.Table) -> list[Group]:
    """The groups of one of the tables, the largest first; of equal ones the earliest."""
    found = [_group(members) for members in _members(table)]
    return sorted(found, key=lambda group: (-group.articles, group.first or "9", group.row))


def _members(table: pa.Table) -> Iterator[list[dict[str, Any]]]:
    rows = (row for batch in table.to_batches(1_000) for row in batch.to_pylist())
    for _, members in groupby(rows, key=itemgetter("group")):
        yield list(members)


def _group(members: list[dict[str, Any]]) -> Group:
    first = members[0]
    return Group(
        group=first["group"],
        text=first.get("content_text", first.get("title")),
        speakers=_distinct(name for m in members[:1] for name in m.get("speakers") or ()),
        articles=len({m["row"] for m in members}),
        texts=len({m.get("copies") or m["row"] for m in members}) if "id" in first else 1,
        outlets=_distinct(m["publisher"] for m in members if m["publisher"] is not None),
        row=first["row"],
        id=first.get("id"),
        first=first["printed"],
        first_outlet=first["publisher"],
        last=max((m["printed"] for m in members if m["printed"] is not None), default=None),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
