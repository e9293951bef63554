"""`sayso batch`: what it tells, and how it ends."""

import json
import re
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.batch import run
from sayso.batch.progress import Progress, duration
from sayso.errors import LakeError
from sayso.lake.lock import alone
from sayso.lake.manifest import Lake
from sayso.lake.store import Store
from tests.batch import fake
from tests.batch.conftest import use_fake
from tests.cli.conftest import Sayso
from tests.intake import warcs


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    import sayso.cli.batch as module

    monkeypatch.setattr(module, "setting_of", module.setting_of)  # to be put back
    use_fake(fake.reader)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.jsonl"
    lines = ({"id": n, "text": f"“No,” said {n}."} for n in range(3))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_all_were_read(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    result = sayso("batch", good, "--out", tmp_path / "lake")
    assert (result.status, result.out) == (0, "")
    assert result.err == "3 articles, 3 statements, 0 failed, 1 new shard\n"
    result = sayso("batch", good, "--out", tmp_path / "lake")
    assert (result.status, result.err) == (0, "3 articles, 3 statements, 0 failed, no new shards\n")


def test_some_were_not(sayso: Sayso, corpus: Path, tmp_path: Path) -> None:
    result = sayso("batch", corpus, "--out", tmp_path / "lake", "--quiet")
    assert (result.status, result.err) == (1, "")
    result = sayso("batch", corpus, "--out", tmp_path / "lake")
    assert result.status == 1


def test_what_earlier_runs_brought_counts(sayso: Sayso, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text("{}\n", encoding="utf-8")
    (folder / "b.txt").write_text("“No,” said Ida Marsh.", encoding="utf-8")
    assert sayso("batch", folder, "--out", tmp_path / "lake").status == 1
    (folder / "c.txt").write_text("“Yes,” said Ida Marsh.", encoding="utf-8")
    for new in ("1 new shard", "no new shards"):
        result = sayso("batch", folder, "--out", tmp_path / "lake")
        told = f"2 articles, 2 statements, 1 failed, {new}\n"
        assert (result.status, result.err) == (1, told)
    result = sayso("batch", folder / "b.txt", "--out", tmp_path / "lake")
    told = "1 article, 1 statement, 0 failed, no new shards\n"
    assert (result.status, result.err) == (0, told)


def test_failures_may_be_accepted(sayso: Sayso, corpus: Path, tmp_path: Path) -> None:
    call = ("batch", corpus, "--out", tmp_path / "lake", "--accept-failures")
    result = sayso(*call)
    assert (result.status, "1 failed" in result.err) == (0, True)
    assert sayso(*call).status == 0


def test_but_not_where_nothing_else_came(sayso: Sayso, corpus: Path, tmp_path: Path) -> None:
    """A wrong name of a field, say."""
    call = ("batch", corpus, "--out", tmp_path / "lake", "--accept-failures")
    assert sayso(*call, "--text-field", "body").status == 1


def test_nor_where_the_run_is_not_whole(
    sayso: Sayso, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_lake: Lake) -> None:
        raise LakeError("can't use it: No space left on device")

    monkeypatch.setattr("sayso.batch.run._sweep", full)
    assert sayso("batch", corpus, "--out", tmp_path / "lake", "--accept-failures").status == 3


def test_a_title_of_another_name(sayso: Sayso, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "“No,” said Ida Marsh.", "headline": "No"}\n', encoding="utf-8")
    call = ("batch", path, "--out", tmp_path / "lake")
    assert sayso(*call).status == 0
    assert sayso(*call, "--title-field", "headline").status == 0
    asked = sayso("query", tmp_path / "lake", "SELECT title, extra FROM articles")
    assert asked.out == '{"title": "No", "extra": null}\n'


def test_a_limit(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    assert sayso("batch", good, "--out", tmp_path / "lake", "--limit", "2").status == 0
    assert Lake.open(Store(str(tmp_path / "lake"))).totals().rows == 2


def test_a_dry_run_writes_nothing(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    result = sayso("batch", good, "--out", tmp_path / "lake", "--dry-run")
    first, second = result.out.splitlines()
    assert first == "1 file: 1 shard, of which 1 is to be read (3 rows, 0.0 MB)"
    assert re.fullmatch(r"About \d+ s on this machine, at [\d,]+ words/s, by a sample", second)
    assert (result.status, (tmp_path / "lake").exists()) == (0, False)


def test_a_dry_run_where_all_is_done(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    sayso("batch", good, "--out", tmp_path / "lake")
    result = sayso("batch", good, "--out", tmp_path / "lake", "--dry-run")
    assert result.out == "1 file: 1 shard, of which 0 are to be read (0 rows, 0.0 MB)\n"


def test_a_dry_run_tells_the_rows_that_are_known(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["“No,” she said."] * 5}), tmp_path / "rows.parquet")
    result = sayso("batch", good, tmp_path / "rows.parquet", "--out", tmp_path / "l", "--dry-run")
    assert "(8 rows, 0.0 MB)" in result.out
    archive = tmp_path / "a.warc"
    archive.write_bytes(warcs.record(warcs.answer(warcs.page().encode())) * 3)
    result = sayso("batch", good, archive, "--out", tmp_path / "lake", "--dry-run")
    assert "(3 rows, 1 archive whose rows are not counted, 0.0 MB)" in result.out
    assert " on this machine for about 6 rows, at " in result.out
    result = sayso("batch", archive, "--out", tmp_path / "lake", "--dry-run")
    assert "(1 archive whose rows are not counted, 0.0 MB)" in result.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lost.jsonl", "--out", "lake"], "there is no file or folder 'lost.jsonl'"),
        (["lost.jsonl"], "Missing option '--out'"),
        (["--out", "lake"], "Missing argument"),
        (["-", "--out", "lake"], "no standard input"),
    ],
)
def test_wrong_calls(
    arguments: list[str],
    told: str,
    sayso: Sayso,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = sayso("batch", *arguments)
    assert result.status == 2
    assert told in result.err
    assert not (tmp_path / "lake").exists()


def test_a_folder_that_is_no_lake(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    result = sayso("batch", good, "--out", tmp_path)
    assert result.status == 2
    assert "is no lake" in result.err


@pytest.mark.parametrize("option", ["--quiet", "--dry-run"])
def test_a_file_that_is_no_lake(sayso: Sayso, good: Path, option: str) -> None:
    result = sayso("batch", good, "--out", good, option)
    assert (result.status, result.out) == (2, "")
    assert result.err == f"Error: {good} is a file, and a lake is a folder: name a folder\n"


def test_a_lake_that_somebody_writes_to(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    lake = Lake.create(Store(str(tmp_path / "lake")), fake.MODEL)
    with alone(lake.store):
        result = sayso("batch", good, "--out", tmp_path / "lake")
        assert result.status == 3
        assert "is writing to the lake" in result.err
        assert sayso("batch", good, "--out", tmp_path / "lake", "--dry-run").status == 0
    assert sayso("batch", good, "--out", tmp_path / "lake").status == 0


def test_it_tells_that_it_is_planning(
    sayso: Sayso, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new lake too: its inputs are gone through before there is one."""
    told = threading.Event()
    echo, plan = click.echo, run.plan

    def hear(message: str, **how: Any) -> None:
        echo(message, **how)
        if message.endswith(" s: planning"):
            told.set()

    def plan_long(*arguments: Any) -> run.Plan:
        assert told.wait(20)
        return plan(*arguments)

    monkeypatch.setattr("sayso.cli.batch._LINES", 0.01)
    monkeypatch.setattr(click, "echo", hear)
    monkeypatch.setattr(run, "plan", plan_long)
    assert sayso("batch", good, "--out", tmp_path / "lake").status == 0


def test_a_run_that_is_not_whole(
    sayso: Sayso, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk is full: an exit status of 1 would say that all was looked at."""

    def full(_lake: Lake) -> None:
        raise LakeError("can't use it: No space left on device")

    monkeypatch.setattr("sayso.batch.run._sweep", full)
    result = sayso("batch", good, "--out", tmp_path / "lake")
    assert result.status == 3
    assert "No space left" in result.err


def test_a_lake_of_another_model(sayso: Sayso, good: Path, tmp_path: Path) -> None:
    Lake.create(Store(str(tmp_path / "lake")), "en-fast-9")
    result = sayso("batch", good, "--out", tmp_path / "lake")
    assert result.status == 2
    assert "holds readings by en-fast-9, not fake-1" in result.err


@pytest.mark.parametrize("missing", ["daft", "pyarrow"])
def test_without_what_it_needs(
    missing: str, sayso: Sayso, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sayso.cli.batch.find_spec", lambda name: None if name == missing else find_spec(name)
    )
    result = sayso("batch", good, "--out", tmp_path / "lake")
    assert result.status == 2
    assert "pip install 'sayso[scale]'" in result.err


def test_without_ray(
    sayso: Sayso, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso.batch import engine

    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    result = sayso("batch", good, "--out", tmp_path / "lake", "--ray", "head.example:6379")
    assert result.status == 2
    assert "pip install 'sayso[scale,cluster]'" in result.err


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (40, "10 articles, 100 words/s, 1.2 of 4.0 MB, 2 failed, 23 s left"),
        (None, "10 articles, 100 words/s, 2.0 of 4.0 MB, 2 failed, 10 s left"),
    ],
)
def test_progress(rows: int | None, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 110.0)
    progress = Progress(2, 4_000_000, rows, started=100.0)
    progress.finish(2_000_000, 10, 2, 1_000)
    assert progress.told() == told


def test_progress_within_a_shard_is_counted_once() -> None:
    progress = Progress(1, 100, 20)
    progress.watch(6, 1, 300)
    progress.watch(3, 0, 100)
    progress.finish(100, 9, 1, 400)
    assert (progress.articles, progress.failures, progress.words) == (9, 1, 400)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(7.2, "7 s"), (300, "5 min"), (9_000, "2.5 h"), (90_000_000, "25,000.0 h")],
)
def test_durations(seconds: float, told: str) -> None:
    assert duration(seconds) == told
