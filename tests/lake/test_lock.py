"""One writer at a time, and none that is dead."""

import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import LakeBusy
from sayso.lake.lock import alone
from sayso.lake.manifest import Lake
from sayso.lake.store import Store

HOLDER = """
import sys
from sayso.lake.lock import alone
from sayso.lake.store import Store
with alone(Store(sys.argv[1])):
    sys.stdout.write("held\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.create(Store(str(tmp_path / "lake")), "fake-1")


def test_only_one_writes(lake: Lake) -> None:
    with alone(lake.store):
        told = r"process \d+ on .* is writing to the lake"
        with pytest.raises(LakeBusy, match=told), alone(lake.store):
            pass
    with alone(lake.store):
        pass
    assert lake.entries() == []


def test_who_is_killed_keeps_nobody_out(lake: Lake) -> None:
    command = [sys.executable, "-c", HOLDER, lake.store.address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LakeBusy, match=f"process {holder.pid} on"), alone(lake.store):
            pass
        holder.kill()
    with alone(lake.store):
        pass


def test_a_store_has_no_lock() -> None:
    store = Store("mock://lake")
    with alone(store), alone(store):
        assert not store.is_local
