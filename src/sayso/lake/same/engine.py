"""Candidates for being the same, without comparing all: the only file here that imports Daft.

A row of the lake falls into buckets: MinHash bands of its words, and such keys as its kind
gives. Those that share a bucket are candidates. The rows stream through; what they come to lies
in a folder of this machine; and the buckets are gone through part by part, so that memory is
bounded by the size of a part and not of the lake.
"""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from sayso.errors import LakeDamaged, LakeError
from sayso.lake.same.kinds import Kind, lists
from sayso.lake.same.shingles import Hashes, banded
from sayso.lake.silent import SILENT

os.environ.update(SILENT)  # before Daft is imported

import daft
from daft import DataType, Series, col, lit
from daft.exceptions import DaftCoreException
from daft.functions import minhash

PART = 4_000_000
"""Entries of buckets that are held at a time."""
_GLOB = re.compile(r"[*?\[{}]")
_SMALL = 24
"""Members of a bucket of which all pairs are candidates."""
_NEXT = 12
"""In a larger bucket each is compared with so many that were printed after it: what many
outlets print is still one chain, and a phrase that everybody uses costs no square."""


def prepare(files: Sequence[str], kind: Kind, folder: Path) -> None:
    """Make the rows of the lake's files ready and put them into `folder`. Raises `LakeError`."""
    with _errors():
        frame = _parquet(files).select(*kind.columns)
    ready = _prepared(kind)(*(col(name) for name in kind.columns))
    frame = frame.select(ready.alias("ready")).where(col("ready").not_null())
    frame = frame.select(*(col("ready").get(name).alias(name) for name in kind.kept.names))
    hashes, rows, size = kind.hashes
    frame = frame.with_column("mins", minhash(col("folded"), num_hashes=hashes, ngram_size=size))
    frame = frame.with_column("keys", _with_bands(rows)(col("mins"), col("keys"), col("folded")))
    with _errors():
        frame.exclude("mins", "folded").write_parquet(str(folder), compression="zstd")


def candidates(folder: Path) -> Hashes:
    """The pairs of numbers to compare, sorted, in two columns."""
    frame = _parquet([str(folder)]).select("number", "keys")
    sums = frame.agg(col("keys").list_count().sum().alias("total")).to_pydict()
    parts = 1 + int(sums["total"][0] or 0) // PART
    pairs = np.empty((0, 2), np.uint64)
    for part in range(parts):  # a pair may share buckets of many
        pairs = _distinct(np.concatenate((pairs, _of_part(frame, part, parts))))
    return pairs


def used_by_many(folder: Path, what: str, who: str, least: int) -> frozenset[str]:
    """The values of one column that stand beside `least` different ones of another."""
    frame = _parquet([str(folder)]).select(what, who)
    frame = frame.where(col(what).not_null() & col(who).not_null()).distinct()
    counted = frame.groupby(what).agg(col(who).count().alias("count"))
    return frozenset(counted.where(col("count") >= lit(least)).to_pydict()[what])


def fetch(folder: Path, numbers: Hashes, columns: Collection[str]) -> pa.Table:
    """Those of the columns that there are, of these rows."""
    wanted = daft.from_arrow(pa.table({"number": numbers}))
    frame = _parquet([str(folder)])
    frame = frame.select(*(name for name in frame.column_names if name in columns))
    return frame.join(wanted, on="number", how="inner").to_arrow()


def _parquet(files: Sequence[str]) -> daft.DataFrame:
    """The rows of these files, or of those in a folder, by their very names: Daft takes globs."""
    return daft.read_parquet([_GLOB.sub(r"[\g<0>]", file) for file in files])


def _of_part(frame: daft.DataFrame, part: int, parts: int) -> Hashes:
    entries = frame.explode("keys")
    if parts > 1:
        entries = entries.where(col("keys") % lit(parts) == lit(part))
    buckets = entries.groupby("keys").agg(col("number").list_agg().alias("members"))
    buckets = buckets.where(col("members").list_count() > lit(1)).select("members")
    found = [_pairs(batch) for batch in buckets.to_arrow_iter() if len(batch)]
    return np.concatenate([np.empty((0, 2), np.uint64), *found])


def _pairs(buckets: pa.RecordBatch) -> Hashes:
    """Pairs of the members of each bucket: all, or each with those that come next."""
    members = buckets.column("members")
    sizes = np.asarray(members.value_lengths(), np.int64)
    of_bucket = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    bucket, number = _distinct(np.stack((of_bucket, _flat(members)), axis=1)).T
    sizes = np.bincount(bucket.astype(np.int64))[bucket.astype(np.int64)]
    found = []
    for step in range(1, _SMALL):
        beside = bucket[:-step] == bucket[step:]
        if step > _NEXT:
            beside &= sizes[:-step] <= _SMALL
        found.append(np.stack((number[:-step][beside], number[step:][beside]), axis=1))
    return _distinct(np.concatenate(found))


def _prepared(kind: Kind) -> Any:
    """The kind's `prepared` as a function of Daft's, null for rows that are left out."""
    fields = {f.name: DataType.from_arrow_type(f.type) for f in kind.kept}

    @daft.func.batch(return_dtype=DataType.struct(fields))
    def prepared(*columns: Series) -> Series:
        rows = pa.table([c.to_arrow() for c in columns], names=list(kind.columns))
        return Series.from_arrow(kind.prepared(rows))

    return prepared


def _with_bands(rows: int) -> Any:
    """Bucket keys: of the bands of a text's MinHashes, and those that it had."""

    @daft.func.batch(return_dtype=DataType.list(DataType.uint64()))
    def with_bands(mins: Series, keys: Series, folded: Series) -> Series:
        has_bands = np.array(folded.to_arrow().is_valid())
        bands = iter(banded(_matrix(mins.to_arrow()), rows))
        own = (np.asarray(each.values, np.uint64) for each in keys.to_arrow())
        return Series.from_arrow(
            lists(
                [
                    np.unique(np.concatenate((key, next(bands))) if banded_ else key)
                    for key, banded_ in zip(own, has_bands, strict=True)
                ]
            )
        )

    return with_bands


def _distinct(rows: Hashes) -> Hashes:
    """The different rows of two columns, sorted."""
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    new = np.ones(len(rows), bool)
    new[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return rows[new]


def _flat(column: pa.Array) -> Hashes:
    return np.asarray(column.flatten(), np.uint64)


def _matrix(mins: pa.Array) -> Hashes:
    """The MinHashes of texts that have some, a row each."""
    width = mins.type.list_size
    return _flat(mins.drop_null()).reshape(-1, width)


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, DaftCoreException) as error:
        raise LakeDamaged(f"the lake can't be read: {error}") from error
    except OSError as error:
        raise LakeError(f"the lake can't be gone through: {error}") from error
