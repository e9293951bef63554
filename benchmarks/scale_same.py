"""The same rows, whatever happens: runs that are killed, lose a node, or take another order."""

import hashlib
import json
import random
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import scale_files, tree
from benchmarks.cluster import ENVIRONMENT, cluster
from benchmarks.process import CommandFailed
from benchmarks.scale_runs import Place

SHARDS = 16
KILLS = (0.25, 0.5, 0.75)
"""Shares of the shards after whose end a run is killed."""

_LATEST = 3.0
"""Seconds after that at most, drawn at random: it is in the middle of something."""
_PATIENCE = 1_200.0
"""Seconds after which a run that should go on is hung."""


def digest(address: Path) -> dict[str, Any]:
    """What tells a lake's rows from others', in whatever order and files they are.

    `rows` is of every value of every row, sorted; `files` of every byte of every file.
    """
    import pyarrow.parquet as pq

    from sayso.lake.manifest import Lake
    from sayso.lake.schema import TABLES
    from sayso.lake.store import Store

    lake = Lake.open(Store(str(address)))
    entries = lake.entries()
    rows, files, count = list[bytes](), hashlib.sha256(), 0
    for table in TABLES:
        for file in lake.files(table, entries):
            path = address / file.name
            month = path.parent.name
            files.update(file.name.encode() + hashlib.sha256(path.read_bytes()).digest())
            for batch in pq.ParquetFile(path).iter_batches(batch_size=1_000):
                for row in batch.to_pylist():
                    told = json.dumps([table, month, row], sort_keys=True)
                    rows.append(hashlib.sha256(told.encode()).digest())
                    count += 1
    whole = hashlib.sha256(b"".join(sorted(rows)))
    strays = len(list(lake.strays(TABLES)))
    return {
        "rows": whole.hexdigest(),
        "files": files.hexdigest(),
        "count": count,
        "strays": strays,
    }


def unbroken(place: Place, articles: int) -> dict[str, Any]:
    return _batch(place, articles, "unbroken")


def other_order(place: Place, articles: int) -> dict[str, Any]:
    """The last shard first."""
    return _batch(place, articles, "other-order", backwards=True)


def killed(place: Place, articles: int) -> dict[str, Any]:
    """Killed (SIGKILL) some times, at any moment, and begun again each time."""
    lake, command = _prepared(place, articles, "killed")
    draw, finished = random.Random(articles), [0]
    for share in KILLS:
        with tree.started(command) as process:
            _until(partial(_has, lake, share * SHARDS), process)
            time.sleep(draw.random() * _LATEST)
            process.kill()
            process.wait()
        finished.append(_finished(lake))
    tree.measured(command)
    redone = [after - before for before, after in pairwise([*finished, _finished(lake)])]
    return digest(lake) | {"kills": len(KILLS), "shards_by_run": redone}


def lost_node(place: Place, articles: int) -> dict[str, Any]:
    """On two nodes, of which one is killed with all that is on it when a third is done."""
    lake = place.fresh("lost-node")
    with cluster(1, max(1, place.cores - 1)) as ray:
        _, command = _prepared(place, articles, "lost-node", "--ray", ray.address)
        with tree.started(command, ENVIRONMENT) as process:
            _until(partial(_has, lake, SHARDS / 3), process)
            before = _finished(lake)
            ray.lose(1)
            status = process.wait(_PATIENCE)
    if status:
        raise CommandFailed(f"the batch ended with {status} when a node was lost")
    return digest(lake) | {"shards_before": before}


def _batch(place: Place, articles: int, name: str, *, backwards: bool = False) -> dict[str, Any]:
    lake, command = _prepared(place, articles, name, backwards=backwards)
    found = tree.measured(command)
    return digest(lake) | {"seconds": found["seconds"]}


def _prepared(
    place: Place, articles: int, name: str, *more: str, backwards: bool = False
) -> tuple[Path, list[str]]:
    """An empty place for a lake, and the command that fills it."""
    parts = scale_files.cut(place.inputs, articles, SHARDS, place.cores)
    lake = place.fresh(name)
    own = place.batch(parts[::-1] if backwards else parts, lake, *more)
    return lake, ["-m", "benchmarks.small_shards", str(articles // SHARDS), *own]


def _finished(lake: Path) -> int:
    return sum(1 for _ in (lake / "_manifest").glob("*.json"))


def _has(lake: Path, shards: float) -> bool:
    return _finished(lake) >= shards


def _until(happened: Callable[[], bool], process: Any) -> None:
    """Raises CommandFailed where the run ends before, or hangs."""
    until = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > until:
            raise CommandFailed(f"the batch has not come that far in {_PATIENCE:,.0f} seconds")
        if process.poll() is not None:
            raise CommandFailed(f"the batch was over, with {process.returncode}, before its time")
        time.sleep(0.05)
