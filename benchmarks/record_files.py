"""Records of several sizes: one that grows, with a copy each time it is ten times as large."""

from collections.abc import Iterator
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from benchmarks import archive
from sayso import Reading
from sayso.record import Record
from sayso.record.database import write

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
SHARE = 19.9
"""Statements of an article, on average."""

_BATCH = 50
"""Articles that are added in one transaction: as an archive is, once for all."""


def copies(folder: Path) -> list[Path]:
    """The copies that there are, the smallest first."""
    return sorted(folder.glob("*[0-9].db"), key=lambda path: int(path.stem))


def grow(folder: Path, statements: int) -> Iterator[Path]:
    """Make the copies up to that many statements that are not there, and yield each."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [folder / f"{n}.db" for n in (*(s for s in SIZES if s < statements), statements)]
    wanted = [path for path in wanted if not path.exists()]
    if not wanted:
        return
    with Record(folder / "growing.db") as record:
        readings = _readings(_count(record, "article"), int(statements / SHARE) + 50)
        for path in wanted:
            missing = int(path.stem) - _count(record, "statement")
            while missing > 0:
                with write(record.db):
                    for reading in next(readings):
                        missing -= record.add(reading).statements
            record.backup(path)
            yield path


def _readings(first: int, of: int) -> Iterator[list[Reading]]:
    """The readings that come after the first so many, in batches, made in a process beside."""
    with get_context("spawn").Pool(1) as pool:
        batch = pool.starmap_async(archive.reading, _numbers(first, of))
        for n in count(first + _BATCH, _BATCH):
            following = pool.starmap_async(archive.reading, _numbers(n, of))
            yield batch.get()
            batch = following


def _numbers(first: int, of: int) -> list[tuple[int, int]]:
    return [(n, of) for n in range(first, first + _BATCH)]


def _count(record: Record, table: str) -> int:
    return int(record.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
