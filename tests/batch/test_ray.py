"""The same run on a Ray cluster, which loses a machine or its user in the middle."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.batch.conftest import Batch, files, record, write
from tests.batch.test_run import start, wait_for_shards

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="needs Ray: the extra `cluster`")


def _environment() -> dict[str, str]:
    of_ray = {"RAY_AUTH_MODE": "disabled", "RAY_raylet_start_wait_time_s": "300"}
    return {**os.environ, **of_ray, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_a_lost_node_changes_no_row(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [record(n, f"SLOWLY “No,” said {n}.") for n in range(200)]
    records[33]["text"] = "CRASH"
    path = write(tmp_path / "in.jsonl", records)
    done = subprocess.run(
        [sys.executable, "-m", "tests.batch.cluster", str(path), str(tmp_path / "ray")],
        env=_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5_000:]
    assert "killed\n" in done.stdout
    assert "199 1\n" in done.stdout  # Ray tells of its own among it
    for module in ("plan", "shards"):
        monkeypatch.setattr(f"sayso.batch.{module}.ROWS", 10)
    batch(path)
    assert files(tmp_path / "ray") == files(tmp_path / "lake")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Of a cluster whose processes have a mark of this test in their environment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.batch.cluster"],
        env={**_environment(), "SAYSO_TEST_MARK": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        yield next(line[3:].strip() for line in process.stdout if line.startswith("at "))


def readers(mark: Path) -> list[str]:
    """The numbers of the reading processes with this mark."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = process.joinpath("cmdline").read_bytes()
            is_marked = (
                f"SAYSO_TEST_MARK={mark}\0".encode() in process.joinpath("environ").read_bytes()
            )
        except OSError:  # it has ended
            continue
        if b"sayso.batch.child" in told and is_marked:
            found.append(process.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")
def test_ctrl_c_leaves_nothing_at_work_and_keeps_what_is_finished(
    address: str, tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_TEST_ROWS", "20")
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    path = write(tmp_path / "in.jsonl", [record(n, f"SLOWLY “No,” said {n}.") for n in range(600)])
    arguments = ("batch", path, "--out", tmp_path / "ray", "--ray", address)
    process = start(*arguments)
    wait_for_shards(tmp_path / "ray", process, 2)
    assert readers(tmp_path)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b""), err
    told = rb"\nEnded: \d+ of 30 shards to read went into the lake, and the same command goes on.\n"
    assert re.fullmatch(told, err)
    give_up = time.monotonic() + 60
    while readers(tmp_path) and time.monotonic() < give_up:
        time.sleep(0.1)
    assert not readers(tmp_path)
    kept = files(tmp_path / "ray")
    process = start(*arguments)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    assert 0 < len(kept) < len(files(tmp_path / "ray"))
    assert kept.items() <= files(tmp_path / "ray").items()
    for module in ("plan", "shards"):
        monkeypatch.setattr(f"sayso.batch.{module}.ROWS", 20)
    batch(path)
    assert files(tmp_path / "ray") == files(tmp_path / "lake")
