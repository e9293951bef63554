"""What the engine asks of a kind of thing that it finds the same ones of."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from sayso.lake.same import groups
from sayso.lake.same.groups import Edge
from sayso.lake.same.shingles import Hashes, hashed

FIRST_DAY = date(1900, 1, 1).toordinal()
_HASH = (1 << groups.DAY_BITS) - 1


class Kind(Protocol):
    """A table of the lake, and how its rows are made ready to be compared."""

    @property
    def table(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the table from which `prepared` works."""

    @property
    def kept(self) -> pa.Schema:
        """What `prepared` gives: `number`, `folded` (words parted by spaces, for MinHash; null
        for what is to have no bands), `keys` (buckets of its own), and what comparing needs."""

    @property
    def hashes(self) -> tuple[int, int, int]:
        """MinHashes of a text, how many make a band, and words to a shingle."""

    def prepared(self, rows: pa.Table) -> pa.StructArray:
        """A batch of the table's rows; null for those that are not compared."""

    @property
    def stock(self) -> int:
        """From how many of `who` on a `phrase` is a stock phrase; 0 where there are none."""

    @property
    def at_a_time(self) -> int:
        """Pairs that are compared at a time: what is known of their rows is held."""

    @property
    def compared(self) -> tuple[str, ...]:
        """Columns of `kept` that `edges` needs."""

    def edges(
        self, pairs: Iterable[tuple[int, int]], rows: pa.Table, stock: frozenset[str]
    ) -> Iterator[Edge]:
        """Those of the pairs of numbers that are the same. `stock` holds the stock phrases."""


def number(printed: str | None, name: str) -> int:
    """By what a row is known here: its day, then 48 bits of its name's hash.

    Numbers sort by the day of printing. Of ten thousand rows of one day, two have the same in
    one of six million days.
    """
    return _day(printed) << groups.DAY_BITS | hashed(name) & _HASH


def _day(printed: str | None) -> int:
    if printed is None:
        return groups.UNDATED
    return min(max(0, date.fromisoformat(printed).toordinal() - FIRST_DAY), groups.UNDATED - 1)


def structs(columns: dict[str, Any], kept: pa.Schema, left_out: list[bool]) -> pa.StructArray:
    """Columns as what `prepared` gives."""
    arrays = [
        columns[field.name]
        if isinstance(columns[field.name], pa.Array)
        else pa.array(columns[field.name], field.type)
        for field in kept
    ]
    return pa.StructArray.from_arrays(
        arrays, fields=list(kept), mask=pa.array(left_out, pa.bool_())
    )


def lists(values: Sequence[Hashes]) -> pa.Array:
    """Arrays of hashes as one column."""
    ends = np.cumsum([0, *(len(v) for v in values)], dtype=np.int32)
    flat = np.concatenate(values) if values else np.empty(0, np.uint64)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(flat, pa.uint64()))
