"""The tables of what is the same: a row for each member of a group, the first of a group first."""

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from sayso.lake import schema
from sayso.lake.store import Store


def _table(name: str, columns: list[tuple[str, pa.DataType]]) -> pa.Schema:
    metadata = {"sayso.table": name, "sayso.version": str(schema.VERSION)}
    return pa.schema(columns, metadata=metadata)


ARTICLES = _table(
    "same_articles",
    [
        ("group", pa.string()),
        ("place", pa.int32()),
        ("row", pa.string()),
        ("printed", pa.string()),
        ("publisher", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("words", pa.int32()),
        ("similarity", pa.float32()),
    ],
)

STATEMENTS = _table(
    "same_statements",
    [
        ("group", pa.string()),
        ("place", pa.int32()),
        ("row", pa.string()),
        ("id", pa.string()),
        ("printed", pa.string()),
        ("publisher", pa.string()),
        ("speakers", pa.list_(pa.string())),
        ("content_text", pa.string()),
        ("words", pa.int32()),
        ("similarity", pa.float32()),
        ("copies", pa.string()),
    ],
)

TABLES = {"same_articles": ARTICLES, "same_statements": STATEMENTS}
_ROWS = 50_000  # of a row group


def file_name(table: str) -> str:
    """The one file of a table, in the lake."""
    return f"{table}/{table}.parquet"


def put(store: Store, name: str, table: pa.Table) -> None:
    """Write a table in place of the one before: whole or not at all."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=_ROWS)
    store.put(file_name(name), sink.getvalue().to_pybytes())


def dataset(store: Store, name: str) -> ds.Dataset:
    """A table as the last run left it; one of no rows where there was none."""
    file = file_name(name)
    if not store.exists(file):
        return ds.dataset(TABLES[name].empty_table())
    return ds.dataset(
        [store.inside(file)], schema=TABLES[name], format="parquet", filesystem=store.filesystem
    )
