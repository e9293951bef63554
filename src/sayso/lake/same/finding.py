"""A lake gone through for what is the same: articles first, then statements."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sayso.lake.lock import alone
from sayso.lake.manifest import Entry, Lake
from sayso.lake.same import engine, tables
from sayso.lake.same.articles import Articles
from sayso.lake.same.groups import Edge, Groups, joined
from sayso.lake.same.kinds import Kind
from sayso.lake.same.shingles import Hashes, hashed
from sayso.lake.same.statements import Statements

Tell = Callable[[str], None]

_SHOWN = frozenset(tables.ARTICLES.names) | frozenset(tables.STATEMENTS.names) | {"number", "names"}


class Found(NamedTuple):
    """What a run has put into the lake's tables."""

    articles: pa.Table
    statements: pa.Table


def find(lake: Lake, *, tell: Tell = lambda _: None) -> Found:
    """Group the lake's copies of articles and its statements, and write both tables.

    The tables of the run before are replaced. The same lake gives the same tables, whatever the
    order of its files. Nobody else writes to it meanwhile. Raises `LakeError`, and `LakeBusy` where
    somebody does, before anything is compared.
    """
    with alone(lake.store):
        entries = lake.entries()
        with lake.unchanged(entries):
            copies = _found(lake, Articles(), entries, tell)
            same = _found(lake, Statements(), entries, tell, copies)
        tables.put(lake.store, "same_articles", copies)
        tables.put(lake.store, "same_statements", same)
    return Found(copies, same)


def _found(
    lake: Lake, kind: Kind, entries: Sequence[Entry], tell: Tell, copies: pa.Table | None = None
) -> pa.Table:
    """The table of a kind's groups; with `copies` it tells which articles are copies of one."""
    schema = tables.TABLES[f"same_{kind.table}"]
    files = [lake.store.path(file.name) for file in lake.files(kind.table, entries)]
    if not files:
        return schema.empty_table()
    with prepared(files, kind) as folder:
        pairs = engine.candidates(folder)
        tell(f"{kind.table}: {len(pairs):,} pairs to compare")
        groups = grouped(folder, kind, pairs)
        if not len(groups.members):
            return schema.empty_table()
        members = engine.fetch(folder, groups.members, _SHOWN)
    return _table(groups, members if copies is None else _told(members, copies), schema)


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
    return joined(_edges(folder, kind, pairs, stock))


def _edges(folder: Path, kind: Kind, pairs: Hashes, stock: frozenset[str]) -> Iterator[Edge]:
    for start in range(0, len(pairs), kind.at_a_time):
        some = pairs[start : start + kind.at_a_time]
        rows = engine.fetch(folder, np.unique(some), kind.compared)
        yield from kind.edges(zip(*some.T.tolist(), strict=True), rows, stock)


def _told(members: pa.Table, copies: pa.Table) -> pa.Table:
    """Statements as their table has them."""
    rows = members["row"]
    among = copies["row"].cast(rows.type).combine_chunks()
    told = {
        "words": pc.list_value_length(members["words"]),
        "speakers": members["names"],
        "copies": copies["group"].take(pc.index_in(rows, among)),
    }
    kept = {name: members[name] for name in members.column_names if name not in told}
    return pa.table(kept | told)


def _table(groups: Groups, members: pa.Table, schema: pa.Schema) -> pa.Table:
    """The groups by the place of their first members."""
    members = _by_place(members)
    # Of two that have the same number, what comes first stands for both.
    _, place = np.unique(members["number"].to_numpy(), return_index=True)
    first = np.full(len(place), len(members))
    np.minimum.at(first, groups.group, place)
    order = np.lexsort((place, first[groups.group]))
    _, starts, of = np.unique(first[groups.group][order], return_index=True, return_inverse=True)
    rows = members.take(place[order])
    columns = {
        "group": pa.array(_names(rows.take(starts))).take(pa.array(of)),
        "place": pa.array(np.arange(1, len(of) + 1) - starts[of]),
        "similarity": pa.array(groups.similarity[order]),
    }
    found = [columns[f.name] if f.name in columns else rows[f.name] for f in schema]
    return pa.table([c.cast(f.type) for c, f in zip(found, schema, strict=True)], schema=schema)


def _by_place(members: pa.Table) -> pa.Table:
    """What was printed first comes first; what has no day comes last."""
    keys = ["printed", "row"]
    if "id" in members.column_names:  # "s2" before "s10"
        members = members.append_column("digits", pc.utf8_length(members["id"]))
        keys += ["digits", "id"]
    return members.take(pc.sort_indices(members, [(key, "ascending") for key in keys]))


def _names(firsts: pa.Table) -> list[str]:
    """Groups' names, made of their first members'."""
    parts = [firsts[c].to_pylist() for c in ("row", "id") if c in firsts.column_names]
    ids = parts[1] if len(parts) > 1 else [""] * len(firsts)
    return [f"{hashed(' '.join(of)):016x}" for of in zip(parts[0], ids, strict=True)]
