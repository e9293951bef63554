"""Some of the inputs that a shard of the lake holds: their rows counted, or carried over.

A row's name has its place in the shard, and the shard's pieces tell how many places each takes.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sayso.batch.repeated import pass_on
from sayso.batch.shards import Piece, Shard, pieces_of
from sayso.errors import LakeDamaged
from sayso.lake.files import encoded
from sayso.lake.manifest import FOLDER, Entry, File, Lake
from sayso.lake.rows import row_name
from sayso.lake.schema import TABLES

_COUNTED = {"articles": ("row", "statements"), "failures": ("row",)}


def counts(entry: Entry, pieces: Set[Piece], lake: Lake) -> Counter[str]:
    """The rows that each table has of these pieces of a shard. Raises LakeDamaged."""
    places = pa.array(_places(entry, pieces, lake), pa.int64())
    found = Counter[str]()
    for file in entry.files:
        if file.table == "statements":
            continue  # their articles tell how many
        rows = _rows(file, _COUNTED[file.table], lake)
        some = rows.filter(pc.is_in(_positions(rows, entry.key), value_set=places))
        found[file.table] += some.num_rows
        if file.table == "articles":
            found["statements"] += pc.sum(some["statements"]).as_py() or 0
    return found


def carry(shard: Shard, lake: Lake) -> None:
    """Put a shard into the lake, in place of the one that has its rows and others with them.

    But for its `seconds` it is as if it had been read. Raises LakeDamaged.
    """
    begun = time.monotonic()
    (key,) = shard.replaces
    old = lake.entry(key)
    places = _places(old, frozenset(shard.pieces), lake)
    files: list[File] = []
    rows = Counter(articles=0, statements=0, failures=0)
    words = 0
    for file in old.files:
        moved = _moved(_rows(file, TABLES[file.table].names, lake), places, key, shard.key)
        if not moved.num_rows:
            continue
        data = encoded(file.table, moved)
        files.append(File(file.name.replace(key, shard.key), moved.num_rows, len(data)))
        lake.store.put(files[-1].name, data)
        rows[file.table] += moved.num_rows
        words += pc.sum(moved["words"]).as_py() if file.table == "articles" else 0
    pass_on(key, shard.key, places, lake.store)
    lake.commit(
        Entry(
            key=shard.key,
            files=tuple(files),
            rows=len(places),
            **rows,
            words=words,
            bytes=shard.bytes,
            seconds=round(time.monotonic() - begun, 3),
            of=shard.told(),
            replaces=shard.replaces,
        )
    )


def _places(entry: Entry, pieces: Set[Piece], lake: Lake) -> dict[int, int]:
    """Where the rows of these pieces are in the shard, and where they were without the others."""
    _, there = pieces_of(entry.of)
    many = [entry.rows] if len(there) == 1 else [piece.rows or 0 for piece in there]
    if sum(many) != entry.rows:  # an input has changed while it was read
        name = lake.store.path(f"{FOLDER}/{entry.key}.json")
        raise LakeDamaged(
            f"whose the rows of a shard are can't be told: {name} tells of {entry.rows:,}, and "
            f"its inputs have {sum(many):,}; remove it, and run again what made it"
        )
    positions = [
        position
        for piece, rows, end in zip(there, many, accumulate(many), strict=True)
        if piece in pieces
        for position in range(end - rows, end)
    ]
    return {position: place for place, position in enumerate(positions)}


def _rows(file: File, columns: Sequence[str], lake: Lake) -> pa.Table:
    try:
        with lake.store.filesystem.open_input_file(lake.store.inside(file.name)) as stream:
            rows = pq.ParquetFile(stream).read(columns=columns)
    except (OSError, pa.ArrowException) as error:
        told = f"{lake.store.path(file.name)} is not as it was written: {error}"
        raise LakeDamaged(told) from error
    table = TABLES[file.table]
    fields = [table.field(name) for name in rows.column_names]
    return rows.cast(pa.schema(fields, table.metadata))  # Parquet calls what lists hold otherwise


def _positions(rows: pa.Table, key: str) -> pa.ChunkedArray:
    """`repeated.position_of` of each row of the shard `key`."""
    return pc.utf8_slice_codeunits(rows["row"], len(f"{key}-")).cast(pa.int64())


def _moved(rows: pa.Table, places: Mapping[int, int], old: str, key: str) -> pa.Table:
    """Those rows of the shard `old` that have a place, under their names in the shard `key`."""
    at = [places.get(position) for position in _positions(rows, old).to_pylist()]
    names = pa.array([row_name(key, place) for place in at if place is not None], pa.string())
    kept = rows.filter(pa.array([place is not None for place in at], pa.bool_())).combine_chunks()
    return kept.set_column(0, kept.schema.field("row"), names)
