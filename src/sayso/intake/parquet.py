"""Parquet to articles: a row is read as the JSON record with the same fields would be.

Dates and timestamps are the strings that JSON would have for them, nulls are absent, other
columns come along as `extra`.
"""

import base64
import errno
import math
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.errors import BadRecord, InputError, Unreadable
from sayso.intake import jsonl
from sayso.intake.options import Options
from sayso.types import Article, Failure

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

MAGIC = b"PAR1"
"""How a file begins."""

_AT_ONCE = 64
"""Rows that are in memory at a time."""

Make = Callable[[], Article | Failure]


def group_rows(stream: BinaryIO) -> list[tuple[int, int]]:
    """The rows and bytes of each row group, by the file's footer.

    Raises Unreadable where it is damaged, OSError where the stream can't be read.
    """
    metadata = _opened(stream).metadata
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    return [(group.num_rows, group.total_byte_size) for group in groups]


def rows(
    stream: BinaryIO, name: str, options: Options, first: int, end: int
) -> Iterator[tuple[int, Make]]:
    """The rows from `first`, counted from 0, to before `end`: the number from 1, and what makes it.

    Raises Unreadable where the file is damaged, OSError where the stream can't be read.
    """
    import pyarrow as pa

    file = _opened(stream)
    start, groups = _groups(file, first, end)
    try:
        for batch in file.iter_batches(_AT_ONCE, row_groups=groups, use_threads=False):
            for n in range(max(0, first - start), min(batch.num_rows, end - start)):
                yield start + n + 1, _maker(batch, n, name, start + n + 1, options)
            start += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise _damaged(error) from error


def _opened(stream: BinaryIO) -> "ParquetFile":
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(stream, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> Unreadable:
    """Raises the error itself where it is the stream that fails, which may be read another time."""
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
        raise error  # a place outside the file is EINVAL, and a damaged footer's fault
    return Unreadable(f"the Parquet file can't be read ({error}): is it whole?")


def _groups(file: "ParquetFile", first: int, end: int) -> tuple[int, list[int]]:
    """The row groups that hold these rows, and the number of the first row in them."""
    start, before = first, 0
    chosen: list[int] = []
    for n in range(file.metadata.num_row_groups):
        after = before + file.metadata.row_group(n).num_rows
        if before < end and after > first:
            start = start if chosen else before
            chosen.append(n)
        before = after
    return start, chosen


def _maker(batch: "pa.RecordBatch", n: int, name: str, number: int, options: Options) -> Make:
    def make() -> Article | Failure:
        try:
            fields = _fields(batch, n)
            jsonl.check_depth(fields)
        except InputError as error:
            return Failure(error, input=name, line=number)
        return jsonl.article(fields, options, name, number)

    return make


def _fields(batch: "pa.RecordBatch", n: int) -> dict[str, Any]:
    """The row's fields as JSON has them, without those that are null."""
    fields = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            value = _json(_python(column[n]))
        except (ValueError, OverflowError, UnicodeDecodeError) as error:
            raise BadRecord(f"the field {name!r} has a value that is none ({error})") from error
        if value is not None:
            fields[name] = value
    return fields


def _python(scalar: "pa.Scalar[Any]") -> Any:
    """The value in Python's types, which know no nanoseconds."""
    import pyarrow as pa

    if pa.types.is_timestamp(scalar.type) and scalar.type.unit == "ns":
        scalar = scalar.cast(pa.timestamp("us", scalar.type.tz), safe=False)
    return scalar.as_py()


def _json(value: Any) -> Any:
    """What JSON has for a value. Numbers that are none, NaN and the like, are null."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return _json(int(value) if value == value.to_integral_value() else float(value))
        case date() | time():  # a datetime is a date
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes():
            return _text(value)
        case dict():
            return {str(name): _json(inner) for name, inner in value.items()}
        case list() | tuple():  # a map's entries are pairs
            return [_json(inner) for inner in value]
    return value


def _text(value: bytes) -> str:
    """Texts are often kept as bytes; what is no text is given in base 64."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return base64.b64encode(value).decode("ascii")
