"""Readings out of a lake, one at a time: shard by shard, month by month, in the order of input."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.errors import BadRecord, LakeDamaged
from sayso.lake.manifest import Entry, Lake
from sayso.lake.rows import Row, reading
from sayso.lake.schema import TABLES
from sayso.lake.store import Store
from sayso.types import Reading

_BATCH = 200
"""Rows that are held as Python's objects."""


def readings(lake: Lake) -> Iterator[Reading]:
    """All readings of the lake as it is now.

    Raises `LakeDamaged` where a file is not as it was written, and `LakeError` where a shard was
    taken out of the lake before its turn came.
    """
    for entry in lake.entries():
        with lake.unchanged([entry]):
            yield from of_shard(lake.store, entry)


def of_shard(store: Store, entry: Entry) -> Iterator[Reading]:
    """The readings of one shard."""
    names = {file.name for file in entry.files}
    for name in sorted(n for n in names if n.startswith("articles/")):
        beside = name.replace("articles/", "statements/", 1)
        statements = rows(store, beside) if beside in names else iter(())
        for article in rows(store, name):
            yield _reading(store, name, article, statements)
        if next(statements, None) is not None:
            raise _damaged(store, beside, "it has statements of no article")


def rows(store: Store, name: str) -> Iterator[Row]:
    """The rows of a table's file, in order."""
    table = TABLES[name.partition("/")[0]]
    try:
        with store.filesystem.open_input_file(store.inside(name)) as file:
            for batch in pq.ParquetFile(file).iter_batches(_BATCH, columns=table.names):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise _damaged(store, name, str(error)) from error


def _reading(store: Store, name: str, article: Row, statements: Iterator[Row]) -> Reading:
    own: list[dict[str, Any]] = list(islice(statements, article["statements"]))
    if len(own) < article["statements"] or any(s["row"] != article["row"] for s in own):
        raise _damaged(store, name, f"the statements of {article['row']} are not beside it")
    try:
        return reading(article, own)
    except BadRecord as error:
        raise _damaged(store, name, f"{article['row']}: {error}") from error


def _damaged(store: Store, name: str, why: str) -> LakeDamaged:
    return LakeDamaged(f"{store.path(name)} is not as it was written: {why}")
