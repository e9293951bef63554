"""One run of a batch, or of the bare reader, on one file, with all that is to be told of it."""

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import tree
from benchmarks.cluster import ENVIRONMENT, cluster


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything is, and how it is read."""

    folder: Path
    model: str
    cores: int

    @property
    def inputs(self) -> Path:
        return self.folder / "inputs"

    def lake(self, name: str) -> Path:
        return self.folder / "lakes" / name

    def fresh(self, name: str) -> Path:
        """A place for a lake, with nothing in it."""
        path = self.lake(name)
        shutil.rmtree(path, ignore_errors=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def batch(self, inputs: Sequence[Path], lake: Path, *more: str) -> list[str]:
        """The arguments of `sayso batch`."""
        names = list(map(str, inputs))
        return ["batch", *names, "--out", str(lake), "--model", self.model, "--quiet", *more]


def bare(place: Place, path: Path) -> dict[str, Any]:
    """The bare reader, by a process for each core."""
    found = tree.measured(["-m", "benchmarks.bare", str(path), place.model, str(place.cores)])
    return _rated(found | json.loads(found.pop("output")))


def native(place: Place, path: Path, name: str, cores: int | None = None) -> dict[str, Any]:
    """`sayso batch` on this machine, on all cores or so many."""
    lake = place.fresh(name)
    found = tree.measured(["-m", "sayso", *place.batch([path], lake)], cores=cores)
    found.pop("output")
    return _rated(found | held(lake) | {"input_bytes": path.stat().st_size})


def on_ray(place: Place, path: Path, name: str) -> dict[str, Any]:
    """`sayso batch` on a cluster of one node, with a worker for each core.

    The start of the cluster does not count in the seconds, its memory counts.
    """
    lake = place.fresh(name)
    with cluster(place.cores) as ray:
        command = ["-m", "sayso", *place.batch([path], lake, "--ray", ray.address)]
        found = tree.measured(command, beside=ray.nodes, environment=ENVIRONMENT)
    found.pop("output")
    found.pop("cpu_seconds")  # its workers are no children of the command
    return _rated(found | held(lake))


def held(address: Path) -> dict[str, Any]:
    """What is in a lake: counts, and the bytes of its tables and of its manifest."""
    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    lake = Lake.open(Store(str(address)))
    entries = lake.entries()
    totals = lake.totals(entries)
    files = [file for entry in entries for file in entry.files]
    table_bytes, table_files = Counter[str](), Counter[str]()
    for file in files:
        table_bytes[file.table] += file.bytes
        table_files[file.table] += 1
    manifest = sum(path.stat().st_size for path in (address / "_manifest").rglob("*.json"))
    return {
        "articles": totals.articles,
        "statements": totals.statements,
        "failures": totals.failures,
        "words": totals.words,
        "shards": totals.shards,
        "files": dict(table_files),
        "bytes": dict(table_bytes),
        "manifest_bytes": manifest,
    }


def _rated(found: dict[str, Any]) -> dict[str, Any]:
    rated = {"words_per_second": round(found["words"] / found["seconds"], 1)}
    if "cpu_seconds" in found:
        rated["words_per_cpu_second"] = round(found["words"] / found["cpu_seconds"], 1)
    return found | rated
