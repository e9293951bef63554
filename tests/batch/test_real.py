"""The real reader through a batch: what `sayso read` reads, and what comes out of the lake."""

import json
import signal
from importlib.resources import files
from pathlib import Path

import pytest

from sayso import Reader
from sayso.batch import run
from sayso.batch.setting import Setting
from sayso.intake import articles
from sayso.lake.manifest import Lake
from sayso.lake.store import Store
from tests.batch.conftest import OPTIONS, results_of
from tests.batch.conftest import files as lake_files
from tests.batch.test_run import start, wait_for_shards
from tests.cli.conftest import posix


@posix
def test_a_run_that_is_killed_gives_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_TEST_REAL", "1")
    monkeypatch.setenv("SAYSO_TEST_ROWS", "2")
    path = reports(tmp_path, 6)
    killed = start("batch", path, "--out", tmp_path / "killed", "--model", "en-fast")
    wait_for_shards(tmp_path / "killed", killed, 1)
    killed.kill()
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    done = len(list((tmp_path / "killed" / "_manifest").glob("*.json")))
    for name in ("killed", "whole"):
        process = start("batch", path, "--out", tmp_path / name, "--model", "en-fast")
        _, err = process.communicate()
        assert process.returncode == 0, err
    assert done < 3
    assert lake_files(tmp_path / "killed") == lake_files(tmp_path / "whole")


def reports(folder: Path, number: int) -> Path:
    demo = files("sayso.demo").joinpath("reports.jsonl").read_text(encoding="utf-8")
    path = folder / "in.jsonl"
    path.write_text("".join(demo.splitlines(keepends=True)[:number]), encoding="utf-8")
    return path


def test_a_batch_reads_what_sayso_read_reads(tmp_path: Path) -> None:
    path = reports(tmp_path, 3)
    reader = Reader("en-fast", threads=1)
    lake = Lake.create(Store(str(tmp_path / "lake")), reader.model)
    setting = Setting(model="en-fast", id=reader.model, options=OPTIONS)
    summary = run.run(
        run.plan([str(path)], setting, lake, None), setting, lake, lambda _: None, ray=None
    )
    expected = [result.to_dict() for result in reader.read_many(articles([str(path)]))]
    assert results_of(lake) == json.loads(json.dumps(expected))
    assert (summary.articles, summary.statements) == (
        3,
        sum(len(r["statements"]) for r in expected),
    )
