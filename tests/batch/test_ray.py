"""The same run on a Ray cluster, which loses a machine in the middle."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.batch.conftest import Batch, files, record, write

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="needs Ray: the extra `cluster`")


def test_a_lost_node_changes_no_row(
    tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [record(n, f"SLOWLY “No,” said {n}.") for n in range(200)]
    records[33]["text"] = "CRASH"
    path = write(tmp_path / "in.jsonl", records)
    done = subprocess.run(
        [sys.executable, "-m", "tests.batch.cluster", str(path), str(tmp_path / "ray")],
        env={
            **os.environ,
            "RAY_AUTH_MODE": "disabled",
            "RAY_raylet_start_wait_time_s": "300",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5_000:]
    assert "killed\n" in done.stdout
    assert "200 199 1\n" in done.stdout  # Ray tells of its own among it
    for module in ("plan", "shards"):
        monkeypatch.setattr(f"sayso.batch.{module}.ROWS", 10)
    batch(path)
    assert files(tmp_path / "ray") == files(tmp_path / "lake")
