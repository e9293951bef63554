"""A lake gone through for what is the same: articles first, then statements."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from sayso.lake.manifest import Entry, Lake
from sayso.lake.same import engine, tables
from sayso.lake.same.articles import Articles
from sayso.lake.same.groups import Edge, Groups
from sayso.lake.same.kinds import Kind
from sayso.lake.same.shingles import Hashes, hashed
from sayso.lake.same.statements import Statements

Member = dict[str, Any]
"""A row of what the kind's `prepared` gave."""
Tell = Callable[[str], None]

_SHOWN = frozenset(tables.ARTICLES.names) | frozenset(tables.STATEMENTS.names) | {"number", "names"}


class Found(NamedTuple):
    """What a run has put into the lake's tables."""

    articles: pa.Table
    statements: pa.Table


def find(lake: Lake, *, tell: Tell = lambda _: None) -> Found:
    """Group the lake's copies of articles and its statements, and write both tables.

    The tables of the run before are replaced. The same lake gives the same tables, whatever the
    order of its files. Raises `LakeError`.
    """
    entries = lake.entries()
    groups, members = _found(lake, Articles(), entries, tell)
    copies = _table(groups, members, tables.ARTICLES)
    of_row = dict(zip(*(copies.column(c).to_pylist() for c in ("row", "group")), strict=True))
    groups, members = _found(lake, Statements(), entries, tell)
    same = _table(groups, _told(members, of_row), tables.STATEMENTS)
    tables.put(lake.store, "same_articles", copies)
    tables.put(lake.store, "same_statements", same)
    return Found(copies, same)


def _found(
    lake: Lake, kind: Kind, entries: Sequence[Entry], tell: Tell
) -> tuple[Groups, list[Member]]:
    files = [lake.store.path(file.name) for file in lake.files(kind.table, entries)]
    if not files:
        return Groups(), []
    with prepared(files, kind) as folder:
        pairs = engine.candidates(folder)
        tell(f"{kind.table}: {len(pairs):,} pairs to compare")
        groups = grouped(folder, kind, pairs)
        return groups, _members(folder, groups)


@contextmanager
def prepared(files: Sequence[str], kind: Kind) -> Iterator[Path]:
    """A folder with the rows of a table's files, ready to be compared."""
    with tempfile.TemporaryDirectory(prefix="sayso-same-") as name:
        folder = Path(name, kind.table)
        engine.prepare(files, kind, folder)
        yield folder


def grouped(folder: Path, kind: Kind, pairs: Hashes) -> Groups:
    """The groups of what is the same among candidates."""
    stock = engine.used_by_many(folder, "phrase", "who", kind.stock) if kind.stock else frozenset()
    groups = Groups()
    groups.join(_edges(folder, kind, pairs, stock))
    return groups


def _edges(folder: Path, kind: Kind, pairs: Hashes, stock: frozenset[str]) -> Iterator[Edge]:
    for start in range(0, len(pairs), kind.at_a_time):
        some = pairs[start : start + kind.at_a_time]
        rows = engine.fetch(folder, np.unique(some), kind.compared)
        yield from kind.edges(zip(*some.T.tolist(), strict=True), rows, stock)


def _members(folder: Path, groups: Groups) -> list[Member]:
    numbers = np.array(sorted(groups.similarity), np.uint64)
    return engine.fetch(folder, numbers, _SHOWN).to_pylist() if len(numbers) else []


def _told(members: Iterable[Member], copies: Mapping[str, str]) -> Iterator[Member]:
    return (
        member
        | {
            "copies": copies.get(member["row"]),
            "speakers": member["names"],
            "words": len(member["words"]),
        }
        for member in members
    )


def _table(groups: Groups, members: Iterable[Member], schema: pa.Schema) -> pa.Table:
    """The groups by the place of their first members."""
    by_number = {m["number"]: m for m in sorted(members, key=_place, reverse=True)}
    found = [sorted((by_number[n] for n in group), key=_place) for group in groups]
    rows = [
        member
        | {
            "group": _name(group[0]),
            "place": place,
            "similarity": groups.similarity[member["number"]],
        }
        for group in sorted(found, key=lambda group: _place(group[0]))
        for place, member in enumerate(group, start=1)
    ]
    return pa.Table.from_pylist([{n: row[n] for n in schema.names} for row in rows], schema)


def _place(member: Member) -> tuple[bool, str, str, int, str]:
    """What was printed first comes first; what has no day comes last."""
    printed, id = member["printed"], member.get("id") or ""
    return printed is None, printed or "", member["row"], len(id), id


def _name(first: Member) -> str:
    """A group's name is made of its first member's."""
    return f"{hashed(' '.join((first['row'], first.get('id') or ''))):016x}"
