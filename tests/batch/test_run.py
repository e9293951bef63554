"""Whole runs through the engine, on a reader without a model."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.batch import run
from sayso.batch.plan import pieces
from sayso.batch.settle import Settled
from sayso.batch.shards import Shard
from sayso.errors import BatchError, LakeMismatch, UsageError
from sayso.lake import manifest
from sayso.lake.manifest import Lake
from sayso.lake.store import Store
from tests.batch import fake
from tests.batch.conftest import (
    OPTIONS,
    SETTING,
    Batch,
    files,
    lake_at,
    read_by_sayso,
    record,
    results,
    tables,
    write,
)
from tests.cli.conftest import posix
from tests.intake import warcs


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of 20 rows."""
    for module in ("plan", "shards"):
        monkeypatch.setattr(f"sayso.batch.{module}.ROWS", 20)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Ninety records in two files and a report; some can't be read."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    records = [record(n, extra=[n, None, {"a": 1.5}]) for n in range(45)]
    records[7] = {"id": 7, "title": "No text"}
    write(folder / "a.jsonl", records)
    write(folder / "b.jsonl", [record(n, id=f"b{n}", url=None) for n in range(45)])
    with (folder / "b.jsonl").open("ab") as file:
        file.write(b'\n\n{"id": "cut", "te')
    (folder / "c.txt").write_text("“No,” said Ida Marsh.", encoding="utf-8")
    return folder


def test_the_same_results_as_sayso_read_and_nothing_twice(
    corpus: Path, tmp_path: Path, batch: Batch
) -> None:
    first = batch(corpus)
    lake = tmp_path / "lake"
    expected = {str(row) for row in read_by_sayso(corpus)}
    assert {str(row) for row in results(lake)} == expected
    assert (first.articles, first.failures) == (90, 2)
    assert len(results(lake)) == len(expected) == 92
    before = files(lake)
    again = batch(corpus)
    assert files(lake) == before
    assert (again.new, again.articles, again.failures) == (0, 90, 2)
    parts = batch(corpus / "b.jsonl", corpus / "c.txt")
    assert (parts.new, parts.articles, parts.failures, len(results(lake))) == (0, 46, 1, 92)


def test_shards_in_another_order_give_the_same_files(
    corpus: Path, tmp_path: Path, batch: Batch
) -> None:
    batch(corpus)
    lake = lake_at(tmp_path / "other")
    plan = run.plan([str(corpus)], SETTING, lake, None)
    turned = replace(plan, settled=Settled(plan.settled.todo[::-1]))
    run.run(turned, SETTING, lake, lambda _: None, ray=None)
    assert files(tmp_path / "other") == files(tmp_path / "lake")


def test_a_limit_and_then_the_rest(corpus: Path, tmp_path: Path, batch: Batch) -> None:
    summary = batch(corpus, limit=25)
    assert (summary.articles, summary.failures) == (24, 1)
    batch(corpus)
    batch(corpus, out=tmp_path / "other")
    assert files(tmp_path / "lake") == files(tmp_path / "other")


def test_a_changed_input_takes_the_place_of_its_older_state(
    corpus: Path, tmp_path: Path, batch: Batch
) -> None:
    batch(corpus)
    write(corpus / "a.jsonl", [record(n) for n in range(3)])
    batch(corpus)
    batch(corpus, out=tmp_path / "other")
    told = {name: {str(row) for row in results(tmp_path / name)} for name in ("lake", "other")}
    assert told["lake"] == told["other"]
    assert len(told["lake"]) == 3 + 46 + 1


def test_a_change_is_never_there_twice(
    corpus: Path, tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed when all is read, and what it takes the place of is still there."""
    batch(corpus)
    write(corpus / "a.jsonl", [record(n) for n in range(3)])
    monkeypatch.setattr(run, "_retire", lambda *_: pytest.fail("killed"))
    with pytest.raises(pytest.fail.Exception, match="killed"):
        batch(corpus)
    assert len(results(tmp_path / "lake")) == 3 + 46 + 1
    monkeypatch.undo()
    monkeypatch.setattr("sayso.batch.plan.ROWS", 20)
    monkeypatch.setattr("sayso.batch.shards.ROWS", 20)
    batch(corpus)
    lake = lake_at(tmp_path / "lake")
    assert lake.entries(replaced=True) == lake.entries()
    assert len(results(tmp_path / "lake")) == 3 + 46 + 1


def test_what_is_beside_a_change_stays_as_it_is(tmp_path: Path, batch: Batch) -> None:
    paths = [write(tmp_path / f"{name}.jsonl", [record(1, id=name)]) for name in "abc"]
    batch(*paths)
    write(paths[1], [record(1, id="new"), record(2, id="more")])
    assert batch(paths[1]).articles == 2
    assert ids(tmp_path) == ["a", "c", "more", "new"]
    paths[0].unlink()
    write(paths[1], [record(1, id="another")])
    write(paths[2], [record(1, id="last")])
    assert batch(paths[2]).articles == 1
    assert ids(tmp_path) == ["a", "last", "more", "new"]
    batch(*paths[1:])
    assert ids(tmp_path) == ["a", "another", "last"]


def test_a_run_that_ends_between_a_change_and_what_is_beside_it(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost by it, nor there twice, whatever is read next."""
    paths = [write(tmp_path / f"{name}.jsonl", [record(1, id=name)]) for name in "abc"]
    batch(*paths[:2])
    write(paths[0], [record(1, id="new")])
    with monkeypatch.context() as patch:
        patch.setattr(run, "_read", lambda *_: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception, match="killed"):
            batch(paths[0])
    assert ids(tmp_path) == ["b"]
    batch(paths[2])
    assert ids(tmp_path) == ["a", "b", "c"]
    batch(*paths)
    assert ids(tmp_path) == ["b", "c", "new"]
    lake = lake_at(tmp_path / "lake")
    assert lake.entries(replaced=True) == lake.entries()


def test_a_state_that_comes_back(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its shard was replaced before, by one that it is to replace."""
    path = write(tmp_path / "in.jsonl", [record(1, id="old")])
    before = path.stat().st_mtime_ns
    for killed in (True, False):
        batch(path)
        write(path, [record(1, id="new")])
        with monkeypatch.context() as patch:
            if killed:
                patch.setattr(run, "_retire", lambda *_: None)
            batch(path)
        write(path, [record(1, id="old")])
        os.utime(path, ns=(before, before))
        batch(path)
        assert ids(tmp_path) == ["old"]
        assert len(lake_at(tmp_path / "lake").entries(replaced=True)) == 1


def test_many_shards_are_replaced_at_once_and_copied(
    corpus: Path, tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "_MANY", 2)
    copies = f"{manifest.FOLDER}/all.jsonl"
    batch(corpus)
    lake = lake_at(tmp_path / "lake")
    assert copied(lake) == lake.finished()
    put, written = Store.put, []

    def puts(store: Store, name: str, data: bytes) -> None:
        written.append(name)
        put(store, name, data)

    monkeypatch.setattr(Store, "put", puts)
    setting = replace(SETTING, options=replace(OPTIONS, publisher="Courier"))
    batch(corpus, setting=setting)
    assert written.count(copies) == 1
    assert len(written) > 6
    assert copied(lake) == lake.finished()
    batch(corpus, setting=setting)
    assert written.count(copies) == 1


def copied(lake: Lake) -> set[str]:
    """The shards whose entries have been copied."""
    data = lake.store.read(f"{manifest.FOLDER}/all.jsonl")
    return {json.loads(line)[1]["key"] for line in data.splitlines()}


def ids(tmp_path: Path) -> list[object]:
    return sorted(row["id"] for row in results(tmp_path / "lake"))


def test_inputs_that_changed_do_not_keep_others_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.batch.shards.ROWS", 1)
    paths = [write(tmp_path / f"{n:02}.jsonl", [record(n)]) for n in range(12)]
    lake = lake_at(tmp_path / "lake")
    plan = run.plan([str(path) for path in paths], SETTING, lake, None)
    for path in paths[:11]:
        write(path, [record(1), record(2)])
    with pytest.raises(BatchError, match=r"11 of 12 shards.*has changed since"):
        run.run(plan, SETTING, lake, lambda _: None, ray=None)
    assert [row["id"] for row in results(tmp_path / "lake")] == [11]


def test_a_lake_in_the_folder_that_is_read_is_no_input(tmp_path: Path, batch: Batch) -> None:
    write(tmp_path / "in.jsonl", [record(1)])
    batch(tmp_path)
    again = batch(tmp_path)
    assert (again.new, again.articles, len(results(tmp_path / "lake"))) == (0, 1, 1)
    with pytest.raises(UsageError, match="is the lake that is read into"):
        batch(tmp_path / "lake" / "articles")


def test_a_limit_takes_no_rows_out_of_a_lake(tmp_path: Path, batch: Batch) -> None:
    path = write(tmp_path / "in.jsonl", [record(n) for n in range(9)])
    otherwise = replace(SETTING, options=replace(OPTIONS, publisher="Courier"))
    batch(path)
    for limit in (3, 9):
        with pytest.raises(UsageError, match=r"the lake has .*in\.jsonl from before"):
            batch(path, limit=limit, setting=otherwise)
    write(path, [record(n, id="new") for n in range(9)])
    with pytest.raises(UsageError, match="leave --limit out"):
        batch(path, limit=3)
    assert len(results(tmp_path / "lake")) == 9
    assert batch(path, limit=10).articles == 9
    assert ids(tmp_path) == ["new"] * 9


def test_a_limit_that_is_not_reached_is_none(tmp_path: Path, batch: Batch) -> None:
    path = tmp_path / "in.warc"
    path.write_bytes(warcs.record(warcs.answer(warcs.page().encode())))
    batch(path, limit=9)
    assert batch(path).new == 0


def test_what_a_killed_run_left_is_swept(corpus: Path, tmp_path: Path, batch: Batch) -> None:
    batch(corpus)
    before = files(tmp_path / "lake")
    stray = tmp_path / "lake" / "articles" / "month=1999-01" / "abc.parquet"
    stray.parent.mkdir()
    stray.write_bytes(b"half")
    (tmp_path / "lake" / "statements" / "x.parquet.0.part").write_bytes(b"half")
    batch(corpus)
    assert files(tmp_path / "lake") == before


def test_a_lake_of_another_model_is_refused(corpus: Path, tmp_path: Path, batch: Batch) -> None:
    Lake.create(Store(str(tmp_path / "lake")), "en-fast-9")
    with pytest.raises(LakeMismatch, match="holds readings by en-fast-9, not fake-1"):
        batch(corpus)


def test_a_shard_that_can_not_be_read_is_told_and_the_others_are_read(
    corpus: Path, tmp_path: Path
) -> None:
    lake = lake_at(tmp_path / "lake")
    plan = run.plan([str(corpus)], SETTING, lake, None)
    write(corpus / "a.jsonl", [record(1)])
    with pytest.raises(BatchError, match=r"3 of 6 shards are not in the lake.*has changed since"):
        run.run(plan, SETTING, lake, lambda _: None, ray=None)
    assert lake.totals().rows == 47


def test_what_was_read_is_counted_though_not_all_could_be(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = lake_at(tmp_path / "lake")
    plan = run.plan([str(corpus)], SETTING, lake, None)
    write(corpus / "a.jsonl", [record(1)])
    monkeypatch.setattr(run, "_is_whole", lambda *_: False)
    with pytest.raises(BatchError, match="has not the rows that the manifest says"):
        run.run(plan, SETTING, lake, lambda _: None, ray=None)
    assert not lake.finished()


def test_what_is_carried_over_is_counted_too(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(tmp_path / f"{name}.jsonl", [record(1, id=name)]) for name in "ab"]
    batch(*paths)
    write(paths[0], [record(1, id="new")])
    looked = []

    def look(file: manifest.File, _: Lake) -> bool:
        looked.append(file.table)
        return True

    monkeypatch.setattr(run, "_is_whole", look)
    batch(paths[0])
    assert looked.count("articles") == 2


def test_a_name_that_is_no_utf_8(tmp_path: Path, batch: Batch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (folder / name).write_text("“We open at nine,” said Ida Marsh.", encoding="utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    write(folder / "other.jsonl", [record(2)])
    assert (batch(folder).articles, batch(folder).new) == (2, 0)
    lake = lake_at(tmp_path / "lake")
    assert lake.totals().articles == 2


def test_copies_go_without_entries_that_no_utf_8_tells(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "_MANY", 1)
    batch(write(tmp_path / "in.jsonl", [record(1)]))
    lake = lake_at(tmp_path / "lake")
    (entry,) = lake.entries()
    lake.commit(replace(entry, key="0" * 32, of={**entry.of, "reading": "\udce9"}))
    lake.discard(())
    assert copied(lake) == {entry.key}
    assert {each.key for each in lake_at(tmp_path / "lake").entries()} == {entry.key, "0" * 32}


def test_a_file_with_other_rows_than_the_manifest_says_is_told(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a store would make it that loses what was written."""
    put = Store.put

    def loses(store: Store, name: str, data: bytes) -> None:
        if name.startswith("failures"):
            schema = pq.read_schema(pa.BufferReader(data))
            out = pa.BufferOutputStream()
            pq.write_table(schema.empty_table(), out)
            data = bytes(out.getvalue())
        put(store, name, data)

    monkeypatch.setattr(Store, "put", loses)
    lake = lake_at(tmp_path / "lake")
    plan = run.plan([str(corpus)], SETTING, lake, None)
    with pytest.raises(BatchError, match="has not the rows that the manifest says"):
        run.run(plan, SETTING, lake, lambda _: None, ray=None)
    monkeypatch.setattr(Store, "put", put)
    plan = run.plan([str(corpus)], SETTING, lake, None)
    run.run(plan, SETTING, lake, lambda _: None, ray=None)
    assert len(results(tmp_path / "lake")) == 92


def test_rows_that_a_worker_has_not_missed_are_missed_at_the_end(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with an older Sayso on another machine, which takes what it finds."""
    lake = lake_at(tmp_path / "lake")
    plan = run.plan([str(corpus)], SETTING, lake, None)
    first, *others = plan.settled.todo
    more = replace(first, pieces=(replace(first.pieces[0], rows=21),))
    told = replace(plan, settled=replace(plan.settled, todo=(more, *others)))
    monkeypatch.setattr("sayso.batch.work._check_rows", lambda *_: None)
    with pytest.raises(BatchError, match=r"the lake has not the rows of .*a\.jsonl from 0 to"):
        run.run(told, SETTING, lake, lambda _: None, ray=None)
    assert lake.finished() == {shard.key for shard in others}
    monkeypatch.undo()
    run.run(plan, SETTING, lake, lambda _: None, ray=None)
    assert len(results(tmp_path / "lake")) == 92


def test_parquet_gives_what_json_lines_give(tmp_path: Path, batch: Batch) -> None:
    records = [record(n, publisher="Courier", section="home") for n in range(50)]
    lines = write(tmp_path / "in.jsonl", records)
    table = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist(records), table, row_group_size=9)
    batch(lines)
    batch(table, out=tmp_path / "other")
    told = results(tmp_path / "lake"), results(tmp_path / "other")
    by_id = [sorted(rows, key=lambda row: row["id"]) for rows in told]
    assert by_id[0] == by_id[1]


def test_a_row_of_each_poisoned_document(tmp_path: Path, batch: Batch) -> None:
    records = [record(n) for n in range(30)]
    records[11]["text"] = "CRASH"
    summary = batch(write(tmp_path / "in.jsonl", records))
    assert (summary.articles, summary.failures) == (29, 1)
    (row,) = tables(tmp_path / "lake")["failures"]
    assert (row["id"], row["line"], row["code"]) == ("11", 12, "crashed")


def start(*arguments: str | Path, stderr: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.batch.fake", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr)


def wait_for_shards(lake: Path, process: "subprocess.Popen[bytes]", more: int) -> None:
    """Until so many more shards are finished, or the process has ended."""

    def done() -> int:
        return len(list(lake.glob("_manifest/*.json")))

    enough = done() + more
    while done() < enough and process.poll() is None:
        time.sleep(0.02)


@posix
def test_a_run_that_is_killed_again_and_again_gives_the_same_files(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at any moment, its readers with it or left to see for themselves."""
    monkeypatch.setenv("SAYSO_TEST_ROWS", "20")
    path = write(tmp_path / "in.jsonl", [record(n, f"SLOWLY “No,” said {n}.") for n in range(200)])
    draw = random.Random(5)
    kills = 0
    while (process := start("batch", path, "--out", tmp_path / "killed")).poll() is None:
        wait_for_shards(tmp_path / "killed", process, draw.randrange(3))
        time.sleep(draw.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        _, err = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), err
        if process.returncode == 0:
            break
        kills += 1
    batch(path)
    assert files(tmp_path / "killed") == files(tmp_path / "lake")
    assert kills


@posix
def test_ctrl_c_keeps_what_is_finished(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_TEST_ROWS", "20")
    path = write(tmp_path / "in.jsonl", [record(n, f"SLOWLY “No,” said {n}.") for n in range(400)])
    process = start("batch", path, "--out", tmp_path / "lake")
    wait_for_shards(tmp_path / "lake", process, 1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    told = rb"\nEnded: \d+ of 20 shards to read went into the lake, and the same command goes on.\n"
    assert re.fullmatch(told, err)
    assert out == b""  # where Daft would tell of it too
    done = lake_at(tmp_path / "lake").totals()
    assert 0 < done.rows < 400
    batch(path)
    assert lake_at(tmp_path / "lake").totals().rows == 400


@posix
def test_daft_tells_nothing_at_a_terminal(tmp_path: Path) -> None:
    """It would name its queries there, in the middle of our line of progress."""
    path = write(tmp_path / "in.jsonl", [record(1)])
    terminal, ours = os.openpty()
    process = start("batch", path, "--out", tmp_path / "lake", stderr=ours)
    os.close(ours)
    told = b""
    with suppress(OSError):  # nobody has it any more
        while part := os.read(terminal, 1 << 16):
            told += part
    os.close(terminal)
    out, _ = process.communicate()
    assert (process.returncode, out) == (0, b"")
    assert b"1 article, 1 statement, 0 failed, 1 new shard" in told
    assert b"Daft" not in told


def test_it_asks_nobody(tmp_path: Path) -> None:
    """Neither Daft nor what it runs on tells its makers of it, whatever the environment says."""
    path = write(tmp_path / "in.jsonl", [record(1)])
    program = (
        "import socket, sys\n"
        "def connect(*a): sys.exit('asked somebody')\n"
        "socket.socket.connect = socket.socket.connect_ex = connect\n"
        "from tests.batch import fake\n"
        "from tests.batch.conftest import use_fake\n"
        "use_fake(fake.reader)\n"
        "from sayso.cli import run\n"
        f"status = run(['batch', {str(path)!r}, '--out', {str(tmp_path / 'lake')!r}])\n"
        "from daft.scarf_telemetry import opted_out\n"
        "sys.exit(status or not opted_out())\n"
    )
    environment = {**os.environ, "DAFT_ANALYTICS_ENABLED": "1", "DO_NOT_TRACK": "0"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_shards_of_these_tests_are_small(corpus: Path) -> None:
    from sayso.batch.plan import found

    shards = [Shard((piece,), "") for piece in pieces(found([str(corpus)]), OPTIONS)]
    assert [shard.rows for shard in shards] == [20, 20, 5, 20, 20, 6, 1]
    assert fake.MODEL == "fake-1"
