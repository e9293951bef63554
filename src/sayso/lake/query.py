"""Questions in SQL to a lake, answered by DuckDB.

DuckDB is given the finished files' rows and nothing else: it may open no file (the lake's own
are read for it), reach no network, load no extension and change no setting, whatever the SQL
says. So a query can't harm the lake, and a query from somebody else can't read this machine.

Its own reader of Parquet is several times as fast, and is not used: what DuckDB may read it may
also write, so that the COPY in WITH x AS (COPY ... TO ...), which is a SELECT, could put something
else into a file of the lake. The one folder that it has, for what is too large for the memory, is
new and goes with the query.
"""

import math
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from sayso.errors import BadQuery, LakeDamaged
from sayso.formats.plain import harmless
from sayso.lake.manifest import Entry, Lake
from sayso.lake.same import tables as same
from sayso.lake.schema import TABLES, UNDATED

MEMORY = "2GB"
"""What DuckDB holds at a time; the rest of a large sort or join goes to the disk meanwhile."""
THREADS = 8
"""At most, and no more than the machine has."""
_ROWS = 1_000
_TICK = 0.2
"""Seconds after which a wait looks whether Ctrl-C was pressed: Windows needs it."""
_ASKS = frozenset({"SELECT", "EXPLAIN", "MULTI"})
"""Sorts of statement that ask; DESCRIBE, SUMMARIZE and SHOW are SELECTs, PIVOT is a MULTI."""
_NUMBER = re.compile("(?:u?(?:tiny|small|big|huge)int|u?integer|float|double|decimal)", re.I)

_SURROGATE = re.compile("[\ud800-\udfff]")
_BEGIN = "begin with SELECT, or with DESCRIBE to see a table's columns"
_FILE = ".\nFor a file of what a query finds, write --format csv > FILE after it."

_UNREAD = re.compile("(?:stream registered as|arrow_scan).*?failed(?:\\(\\))?: (.*)", re.DOTALL)
"""How DuckDB tells that a row could not be had from what was handed to it."""

_UNKNOWN = re.compile('(?<=Referenced column )"[^"]*"(?= not found)')

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a query: `rows` are found as they are taken, one at a time.

    Their values are what JSON has: times and other things are text, a number that is none is
    null. No two of `columns` are the same. `numbers` tells which of them are numbers.
    """

    columns: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: Iterator[list[Any]]


@contextmanager
def asked(lake: Lake, sql: str) -> Iterator[Answer]:
    """The answer to one query over the lake as it is now.

    Raises `BadQuery`, `LakeDamaged`, and `LakeError` where files went while they were asked.
    """
    entries = lake.entries()
    spilling = tempfile.TemporaryDirectory(prefix="sayso-")
    with lake.unchanged(entries), spilling as spill, _errors(sql):
        connection = _connection(lake, entries, spill)
        with ThreadPoolExecutor(1) as thread:
            try:
                yield _answer(_Desk(connection, thread), sql)
            finally:  # whoever waits no more doesn't want the rest
                connection.interrupt()
                thread.submit(connection.close)


def _connection(lake: Lake, entries: Sequence[Entry], spill: str) -> duckdb.DuckDBPyConnection:
    """An empty database in memory, with the lake's tables to be read and all else locked."""
    connection = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "threads": min(THREADS, os.cpu_count() or 1),
            "temp_directory": spill,
            "allow_persistent_secrets": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    connection.execute("SET python_enable_replacements = false")  # no variables of ours by name
    connection.execute("SET enable_external_access = false")
    for table in TABLES:
        connection.register(table, _dataset(lake, table, entries))
    for table in same.TABLES:
        connection.register(table, same.dataset(lake.store, table))
    connection.execute("SET lock_configuration = true")
    return connection


def _dataset(lake: Lake, table: str, entries: Sequence[Entry]) -> ds.Dataset:
    """The rows of a table's finished files, with the month that is in their folders' names.

    No file is looked at before a query needs it: there may be very many, far away.
    """
    month = pa.field("month", pa.string())
    options = ds.FileSystemFactoryOptions(
        partition_base_dir=lake.store.inside(table),
        partitioning=ds.HivePartitioning(pa.schema([month]), null_fallback=UNDATED),
        exclude_invalid_files=False,
    )
    names = [lake.store.inside(file.name) for file in lake.files(table, entries)]
    factory = ds.FileSystemDatasetFactory(
        lake.store.filesystem, names, ds.ParquetFileFormat(), options
    )
    return factory.finish(TABLES[table].append(month))


@dataclass(frozen=True, slots=True)
class _Desk:
    """DuckDB at work in a thread of its own, since at work it doesn't heed Ctrl-C."""

    connection: duckdb.DuckDBPyConnection
    thread: ThreadPoolExecutor

    def do(self, work: Callable[..., T], *given: Any) -> T:
        future: Future[T] = self.thread.submit(work, *given)
        while True:
            try:
                return future.result(_TICK)
            except StillRunning:
                if future.done():  # just now, or the error is the work's own
                    return future.result()


def _answer(desk: _Desk, sql: str) -> Answer:
    _check_asks(desk.connection, sql)
    desk.do(desk.connection.execute, sql)
    described = desk.connection.description or []
    return Answer(
        columns=_unlike([str(column[0]) for column in described]),
        numbers=tuple(_is_number(column[1]) for column in described),
        rows=_rows(desk),
    )


def _check_asks(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    if _SURROGATE.search(sql):
        raise BadQuery("the query is no text: some of its bytes are no UTF-8")
    statements = connection.extract_statements(sql)
    if not statements:
        raise BadQuery(f"the query is empty: {_BEGIN}")
    if len(statements) > 1:
        raise BadQuery("these are several queries: ask one at a time")
    kind = statements[0].type.name
    if kind not in _ASKS:
        raise BadQuery(f"a query asks and changes nothing, and this is {kind}: {_BEGIN}{_FILE}")


def _is_number(type: Any) -> bool:
    return _NUMBER.fullmatch(str(type).partition("(")[0]) is not None


def _unlike(names: Sequence[str]) -> tuple[str, ...]:
    """The names, a number added to those that came before."""
    taken, made = set(names), []
    for name in names:
        others = (f"{name}_{number}" for number in count(2))
        made.append(name if name not in made else next(n for n in others if n not in taken))
        taken.add(made[-1])
    return tuple(made)


def _rows(desk: _Desk) -> Iterator[list[Any]]:
    while found := desk.do(desk.connection.fetchmany, _ROWS):
        yield from ([_plain(value) for value in row] for row in found)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.hex() if isinstance(value, bytes) else str(value)


# ---- errors


@contextmanager
def _errors(sql: str) -> Iterator[None]:
    try:
        yield
    except duckdb.InvalidInputException as error:
        told = harmless(str(error)).strip()
        of_lake = _UNREAD.search(told)
        if of_lake is None:
            raise BadQuery(told) from error
        raise LakeDamaged(f"the lake can't be read: {of_lake[1]}") from error
    except duckdb.OutOfMemoryException as error:
        raise BadQuery(
            f"the query needs more than the {MEMORY} of memory that it may have: ask for less at a "
            "time, as with WHERE month = '2026-03'"
        ) from error
    except duckdb.Error as error:
        told = harmless(str(error)).strip()
        raise BadQuery(f"{told}{_advice(error, sql)}") from error


def _advice(error: duckdb.Error, sql: str) -> str:
    """What helps, on a line of its own; nothing where DuckDB says it."""
    unknown = _UNKNOWN.search(str(error))
    if unknown is not None and unknown[0] in sql:
        value = harmless(unknown[0].strip('"'))
        return f"\nIf {value} is no column but a value, write it between single marks: '{value}'."
    if isinstance(error, duckdb.PermissionException):
        return f"\nA query reads the lake's tables and no other file, and writes none{_FILE}"
    if isinstance(error, duckdb.CatalogException) and "Table with name" in str(error):
        return f"\nThe tables are {', '.join([*TABLES, *same.TABLES])}."
    return ""
