"""Rows to the bytes of a Parquet file: the same rows are the same bytes, wherever it is done."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.lake.rows import Row
from sayso.lake.schema import TABLES

_ROW_GROUP = {"articles": 500, "statements": 5_000, "failures": 10_000}
"""Rows that a reader must hold at a time."""
_UNLIKE = frozenset({"row", "sha256", "text", "extra", "content_text", "message", "id"})
"""Columns whose values hardly come twice: a dictionary of them would only be in the way."""


def encoded(table: str, rows: Sequence[Row] | pa.Table) -> bytes:
    """A Parquet file of one of the lake's tables, with these rows in this order."""
    schema = TABLES[table]
    made = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(list(rows), schema)
    out = pa.BufferOutputStream()
    pq.write_table(
        made,
        out,
        row_group_size=_ROW_GROUP[table],
        compression="zstd",
        use_dictionary=_repeating(schema),
    )
    return bytes(out.getvalue())


def _repeating(schema: pa.Schema) -> list[str]:
    """The columns, named as Parquet does, that are worth a dictionary."""
    fields = (field for field in schema if field.name not in _UNLIKE)
    return [path for field in fields for path in _leaves(field.name, field.type)]


def _leaves(path: str, type: pa.DataType) -> list[str]:
    if pa.types.is_list(type):
        return _leaves(f"{path}.list.element", type.value_type)
    if pa.types.is_struct(type):
        return [leaf for field in type for leaf in _leaves(f"{path}.{field.name}", field.type)]
    return [path] if pa.types.is_string(type) else []
