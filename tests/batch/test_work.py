"""One shard by processes that its articles bring down: each costs itself only."""

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.batch import work
from sayso.batch.child import Job
from sayso.batch.plan import found, limited, pieces
from sayso.batch.process import Pool
from sayso.batch.records import records
from sayso.batch.setting import Setting
from sayso.batch.shards import Shard, packed, reading
from sayso.batch.trial import trial
from sayso.batch.work import failing, read_shard
from sayso.errors import LakeError, ModelError, SaysoError, Unreadable, WorkerError
from sayso.lake.manifest import File, Lake
from sayso.lake.store import Store
from tests.batch.conftest import OPTIONS, SETTING, files, lake_at, record, results, tables, write
from tests.intake import warcs


def shard_of(path: Path) -> Shard:
    (shard,) = packed(pieces(found([str(path)]), OPTIONS), reading(OPTIONS))
    return shard


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(SETTING, 2)
    yield made
    made.close()


def watch(*_counts: int) -> None:
    pass


def test_articles_that_crash_hang_or_take_memory_cost_themselves_only(
    tmp_path: Path, pool: Pool
) -> None:
    records = [record(n) for n in range(40)]
    for n, word in ((3, "CRASH"), (4, "CRASH"), (17, "HANG"), (25, "MEMORY"), (39, "MISTAKE")):
        records[n]["text"] = f"{word} {records[n]['text']}"
    path = write(tmp_path / "in.jsonl", records)
    entry = read_shard(shard_of(path), lake_at(tmp_path / "lake"), pool, watch)
    assert (entry.rows, entry.articles, entry.failures) == (40, 35, 5)
    failures = tables(tmp_path / "lake")["failures"]
    assert [(row["id"], row["line"], row["code"]) for row in failures] == [
        ("3", 4, "crashed"),
        ("4", 5, "crashed"),
        ("17", 18, "timed_out"),
        ("25", 26, "crashed"),
        ("39", 40, "crashed"),
    ]
    assert [row["id"] for row in results(tmp_path / "lake")] == list(range(40))


def test_what_crashes_once_by_chance_is_read(tmp_path: Path, pool: Pool) -> None:
    records = [record(n) for n in range(10)]
    records[6]["text"] = f"ONCE {tmp_path / 'mark'} {records[6]['text']}"
    path = write(tmp_path / "in.jsonl", records)
    entry = read_shard(shard_of(path), lake_at(tmp_path / "lake"), pool, watch)
    assert (tmp_path / "mark").exists()
    assert (entry.articles, entry.failures) == (10, 0)


def test_the_files_are_the_same_however_many_read(tmp_path: Path, pool: Pool) -> None:
    path = write(tmp_path / "in.jsonl", [record(n) for n in range(50)] + [{"id": 50}])
    alone = Pool(SETTING, 1)
    read_shard(shard_of(path), lake_at(tmp_path / "one"), alone, watch)
    alone.close()
    read_shard(shard_of(path), lake_at(tmp_path / "two"), pool, watch)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len(files(tmp_path / "one")) == 7  # three months of two tables, and a failure


def test_who_fails_is_told_without_reading(tmp_path: Path, pool: Pool) -> None:
    """A text that would bring a reader down is an article all the same."""
    records = [record(n, "CRASH" if n == 3 else "") for n in range(20)]
    records[7] = records[9] = records[15] = {"id": 7}
    shard = shard_of(write(tmp_path / "in.jsonl", records))
    assert failing(Job(shard, tries=frozenset({0, 3, 7, 15})), pool) == {7, 15}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_whatever_pages_swell_to_a_reading_process_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "hostile.warc.gz"
    expected = warcs.write_hostile(path, 70, large=30 * warcs.MB, bomb=400 * warcs.MB)
    pool = Pool(SETTING, 1)
    entry = read_shard(shard_of(path), lake_at(tmp_path / "lake"), pool, watch)
    (process,) = pool._idle  # none has been brought down
    status = Path(f"/proc/{process._process.pid}/status").read_text(encoding="ascii")
    pool.close()
    assert entry.rows == len(expected)
    (most,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert most < 350_000  # kB; a bomb as it is has more, and half of it is what was seen


def test_counts_are_told_while_it_is_read(tmp_path: Path, pool: Pool) -> None:
    path = write(tmp_path / "in.jsonl", [record(n) for n in range(20)] + [{"id": 50}])
    told: list[tuple[int, ...]] = []
    read_shard(
        shard_of(path), lake_at(tmp_path / "lake"), pool, lambda *counts: told.append(counts)
    )
    assert [sum(column) for column in zip(*told, strict=True)] == [20, 1, 20 * 13]
    assert len(told) == 3


def test_what_was_counted_of_a_shard_that_fails_is_taken_back(
    tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk is full: it is read once more, and counted then."""

    def full(_store: Store, name: str, _data: bytes) -> None:
        raise LakeError(f"can't use {name}: No space left on device")

    path = write(tmp_path / "in.jsonl", [record(n) for n in range(20)] + [{"id": 50}])
    lake = lake_at(tmp_path / "lake")
    told: list[tuple[int, ...]] = []
    with monkeypatch.context() as patch:
        patch.setattr(Store, "put", full)
        with pytest.raises(LakeError, match="No space left"):
            read_shard(shard_of(path), lake, pool, lambda *counts: told.append(counts))
    assert told[-1] == (-20, -1, -20 * 13)
    read_shard(shard_of(path), lake, pool, lambda *counts: told.append(counts))
    assert [sum(column) for column in zip(*told, strict=True)] == [20, 1, 20 * 13]


def whole_warc(path: Path, pages: int) -> Path:
    """A WARC that is packed as a single member, and so can't be cut."""
    made = (warcs.answer(warcs.page(n).encode()) for n in range(pages))
    path.write_bytes(gzip.compress(b"".join(map(warcs.record, made))))
    return path


def test_a_large_shard_is_written_in_parts(
    tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So what is held of it does not grow with it."""
    path = whole_warc(tmp_path / "in.warc.gz", 50)
    read_shard(shard_of(path), lake_at(tmp_path / "whole"), pool, watch)
    held: list[int] = []

    def put(spool: work.Spool, lake: Lake, stem: str) -> Iterator[File]:
        held.append(sum(table.num_rows for table in spool.tables["articles"].values()))
        return write_files(spool, lake, stem)

    write_files = work._put
    monkeypatch.setattr(work, "_put", put)
    monkeypatch.setattr(work, "_PART", 2)
    entry = read_shard(shard_of(path), lake_at(tmp_path / "parts"), pool, watch)
    assert sorted(held) == [2, 16, 16, 16]
    assert (entry.rows, entry.articles) == (50, 50)
    names = [Path(file.name).stem for file in entry.files if file.table == "articles"]
    assert names == [entry.key, *(f"{entry.key}-000{n}" for n in (1, 2, 3))]
    assert results(tmp_path / "parts") == results(tmp_path / "whole")
    assert tables(tmp_path / "parts") == tables(tmp_path / "whole")


def test_a_part_that_can_not_be_written_costs_no_row(
    tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: Store, name: str, _data: bytes) -> None:
        raise LakeError(f"can't use {name}: No space left on device")

    monkeypatch.setattr(work, "_PART", 1)
    lake = lake_at(tmp_path / "lake")
    shard = shard_of(write(tmp_path / "in.jsonl", [record(n) for n in range(60)]))
    with monkeypatch.context() as patch:
        patch.setattr(Store, "put", full)
        with pytest.raises(LakeError, match="No space left"):
            read_shard(shard, lake, pool, watch)
    entry = read_shard(shard, lake, pool, watch)
    assert (entry.rows, entry.articles) == (60, 60)


def test_an_input_that_changed_is_not_read(tmp_path: Path, pool: Pool) -> None:
    path = write(tmp_path / "in.jsonl", [record(1)])
    shard = shard_of(path)
    write(path, [record(1), record(2)])
    with pytest.raises(Unreadable, match="has changed since the run began"):
        read_shard(shard, lake_at(tmp_path / "lake"), pool, watch)
    assert not lake_at(tmp_path / "lake").finished()


def test_an_input_that_is_gone_is_not_read(tmp_path: Path, pool: Pool) -> None:
    path = tmp_path / "in.txt"
    path.write_text("“No,” she said.", encoding="utf-8")
    shard = shard_of(path)
    path.unlink()
    with pytest.raises(Unreadable, match="can't be read"):
        read_shard(shard, lake_at(tmp_path / "lake"), pool, watch)


def test_a_text_that_changes_when_it_has_been_read_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_text("“No,” she said.", encoding="utf-8")
    rows = records(shard_of(path), OPTIONS)
    next(rows).make()
    path.write_text("“No,” he said.", encoding="utf-8")
    with pytest.raises(Unreadable, match="has changed since the run began"):
        next(rows)


def test_nor_are_the_first_rows_of_what_changes_behind_them(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", [record(n) for n in range(3)])
    planned = limited(pieces(found([str(path)]), OPTIONS), 2, OPTIONS)
    rows = records(Shard(tuple(planned), reading(OPTIONS)), OPTIONS)
    assert [next(rows).line, next(rows).line] == [1, 2]
    write(path, [record(1)])
    with pytest.raises(Unreadable, match="has changed since the run began"):
        next(rows)


def test_rows_that_the_plan_has_not_counted_are_not_read(tmp_path: Path, pool: Pool) -> None:
    """As of an object of a store that became another of the same size."""
    shard = shard_of(write(tmp_path / "in.jsonl", [record(n) for n in range(3)]))
    other = replace(shard, pieces=(replace(shard.pieces[0], rows=4),))
    with pytest.raises(Unreadable, match="gave 3 rows and not 4: it has changed since"):
        read_shard(other, lake_at(tmp_path / "lake"), pool, watch)
    assert not lake_at(tmp_path / "lake").finished()


def broken(_model: str, _max_chars: int) -> Any:
    raise ModelError("the weights are damaged")


def dead(_model: str, _max_chars: int) -> Any:
    raise SystemExit(3)


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [(broken, ModelError, "weights are damaged"), (dead, WorkerError, "can't be started")],
)
def test_a_reader_that_can_not_be_made(
    make: Any, error: type[SaysoError], told: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "in.jsonl", [record(1)])
    pool = Pool(replace(SETTING, make=make), 2)
    with pytest.raises(error, match=told):
        read_shard(shard_of(path), lake_at(tmp_path / "lake"), pool, watch)


def test_a_reader_of_another_version_than_the_lake_s_reads_nothing(tmp_path: Path) -> None:
    """As on a machine of a cluster that has been brought up to date before the others."""
    path = write(tmp_path / "in.jsonl", [record(1)])
    pool = Pool(replace(SETTING, id="fake-2"), 2)
    with pytest.raises(ModelError, match="reads by fake-1, and the lake is by fake-2"):
        read_shard(shard_of(path), lake_at(tmp_path / "lake"), pool, watch)


def test_a_closed_pool_gives_nobody_anything(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", [record(1)])
    pool = Pool(SETTING, 1)
    pool.close()
    with pytest.raises(WorkerError, match="ended"):
        read_shard(shard_of(path), lake_at(tmp_path / "lake"), pool, watch)


def test_a_page_that_hangs_is_left(tmp_path: Path) -> None:
    """Its deadline grows with its size, and two attempts are made."""
    setting: Setting = replace(SETTING, patience=replace(SETTING.patience, article=1.0))
    pool = Pool(setting, 1)
    path = write(tmp_path / "in.jsonl", [record(1, "HANG on")])
    begun = time.monotonic()
    entry = read_shard(shard_of(path), lake_at(tmp_path / "lake"), pool, watch)
    pool.close()
    assert entry.failures == 1
    assert time.monotonic() - begun > 2 * 1.0


def test_a_trial_survives_what_it_tries(tmp_path: Path) -> None:
    records = [record(n) for n in range(30)]
    paths = [
        write(tmp_path / "a.jsonl", records),
        write(tmp_path / "b.jsonl", [record(1, "CRASH")]),
    ]
    (tmp_path / "c.warc").write_bytes(b"")
    shards = [shard_of(path) for path in (*paths, tmp_path / "c.warc")]
    told = trial(shards, SETTING)
    assert told is not None
    assert (told.speed > 0, told.seconds > 0, told.rows) == (True, True, 31)
    assert trial(shards[1:], SETTING) is None


def test_a_trial_tells_the_rows_of_archives_by_their_bytes(tmp_path: Path) -> None:
    """Of those that were not looked into, too."""
    made = warcs.record(warcs.answer(warcs.page().encode()))
    paths = [tmp_path / f"{n}.warc" for n in range(10)]
    for path in paths:
        path.write_bytes(made * 3)
    path = write(tmp_path / "in.jsonl", [record(n) for n in range(7)])
    told = trial([shard_of(path), *map(shard_of, paths)], SETTING)
    assert told is not None
    assert told.rows == 7 + 10 * 3
