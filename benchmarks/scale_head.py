"""What one machine has to hold of a large run: its manifest, its plan, and files for a question.

    python -m benchmarks.scale_head plan SHARDS        a plan of so many shards, settled
    python -m benchmarks.scale_head manifest LAKE      all entries of a lake, read
    python -m benchmarks.scale_head addresses WARCS    the repeated pages of so many WARC files
    python -m benchmarks.scale_head question LAKE      articles counted by SQL

each prints a line of JSON, with its seconds and what it holds at most, in a process of its own.
"""

import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import scale_files, tree
from benchmarks.process import CommandFailed
from benchmarks.scale_runs import Place, held, native

ENTRIES = 20_000
"""Entries of the manifest that is read."""
COPIES = 20
"""Shards with the months of a whole archive in each, for a question to all of their files."""
WARCS, PAGES = 500, 15_000
"""Files of a crawl, and pages of one: about a gigabyte."""

ONE_MONTH = 100_000_000
"""Of so many articles in twelve years some thousands were printed within a few hours."""


def months(place: Place, articles: int) -> dict[str, Any]:
    """The same articles as one shard: all of one month, and each of another day of twelve years."""
    found = {}
    for name, of in (("one-month", ONE_MONTH), ("all-months", articles)):
        path = scale_files.months(place.inputs, articles, of, name)
        found[name] = native(place, path, name)
    return {"articles": articles, "one": found["one-month"], "all": found["all-months"]}


def head(
    place: Place,
    *,
    entries: int = ENTRIES,
    copies: int = COPIES,
    files_of_crawl: int = WARCS,
) -> dict[str, Any]:
    """Seconds and megabytes of what the machine at the head does, by size. After `months`."""
    lake = _copied(place, copies)
    files = held(lake)["files"]["articles"]
    question = _alone("question", str(lake)) | {"files": files}
    many = place.fresh("entries")
    _entries(place.lake("all-months"), many, entries)
    manifest = _alone("manifest", str(many)) | {"entries": entries}
    planned = _alone("plan", str(entries)) | {"shards": entries}
    addresses = _alone("addresses", str(files_of_crawl)) | {"addresses": files_of_crawl * PAGES}
    return {"question": question, "manifest": manifest, "plan": planned, "addresses": addresses}


def _alone(task: str, argument: str) -> dict[str, Any]:
    found = tree.measured(["-m", "benchmarks.scale_head", task, argument])
    told: dict[str, Any] = json.loads(found["output"])
    return told


def _copied(place: Place, copies: int) -> Path:
    """A lake with so many copies of one shard that has all months in it."""
    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    source = Lake.open(Store(str(place.lake("all-months"))))
    path = place.fresh("copies")
    (path / "_manifest").mkdir(parents=True)
    (path / "lake.json").write_bytes(source.store.read("lake.json"))
    for entry in source.entries():
        for _ in range(copies):
            key = secrets.token_hex(16)
            told = json.dumps(entry.to_dict()).replace(entry.key, key)
            for file in entry.files:
                copy = path / file.name.replace(entry.key, key)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(source.store.read(file.name))
            (path / f"_manifest/{key}.json").write_text(told, encoding="utf-8")
    return path


def _entries(source: Path, path: Path, count: int) -> None:
    """A lake of entries alone: those of `one-month`, whose shards have few files, many times."""
    one = next((source.parent / "one-month/_manifest").glob("*.json"))
    text = one.read_text(encoding="utf-8")
    (path / "_manifest").mkdir(parents=True)
    (path / "lake.json").write_bytes((source / "lake.json").read_bytes())
    for _ in range(count):
        key = secrets.token_hex(16)
        told = text.replace(one.stem, key)
        (path / f"_manifest/{key}.json").write_text(told, encoding="utf-8")


# ---- in a process of its own


def manifest(address: str) -> None:
    """Read every entry, as each run does at its start."""
    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    lake = Lake.open(Store(address))
    _timed(lake.entries)


def question(address: str) -> None:
    """Count by SQL, as `sayso query` does, with the start of the command."""
    from click.testing import CliRunner

    from sayso.cli.query import command

    sql = "SELECT count(*) AS articles FROM articles"
    _timed(lambda: CliRunner().invoke(command, [address, sql], catch_exceptions=False))


def plan(shards: str) -> None:
    """A plan of so many shards, of which half are in the lake."""
    from sayso.batch.settle import settle
    from sayso.batch.shards import Piece, Shard

    def shard(n: int) -> Shard:
        name = f"/archive/{n:06d}.jsonl"
        piece = Piece(
            kind="lines", address=name, name=name, stamp="1", start=0, end=4_000_000,
            bytes=4_000_000, rows=2_000,
        )  # fmt: skip
        return Shard((piece,), "{}")

    def settled() -> object:
        planned = [shard(n) for n in range(int(shards))]
        held = {each.key: each.told() for each in planned[::2]}
        return settle(planned, held), planned, held

    _timed(settled)


def addresses(warcs: str) -> None:
    """Which of their pages are repeated, when each has been listed: a tenth are."""
    import io
    import tempfile

    import numpy as np

    from sayso.batch import repeated
    from sayso.batch.child import Job
    from sayso.batch.setting import Setting
    from sayso.batch.shards import Piece, Shard
    from sayso.intake import Options
    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    def shard(n: int) -> Shard:
        name = f"/crawl/{n:06d}.warc.gz"
        piece = Piece(
            kind="warc", address=name, name=name, stamp="1", start=0, end=10**9, bytes=10**9
        )
        return Shard((piece,), "{}")

    def listing(shards: Sequence[Shard]) -> Iterator[repeated.Told[bytes]]:
        setting = Setting(model="made", id="made", options=Options())
        empty = np.load(io.BytesIO(repeated.listed(Shard((), "{}"), setting)))
        draw = np.random.default_rng(0)
        for each in shards:
            table = np.zeros(PAGES, dtype=empty.dtype)
            table["address"] = draw.integers(0, int(warcs) * PAGES * 5, PAGES)
            file = io.BytesIO()
            np.save(file, table)
            yield each.key, file.getvalue(), None

    def trying(jobs: Sequence[Job]) -> Iterator[repeated.Told[frozenset[int]]]:
        for job in jobs:
            yield job.shard.key, frozenset(), None

    with tempfile.TemporaryDirectory() as folder:
        lake = Lake.create(Store(folder), "made")
        shards = [shard(n) for n in range(int(warcs))]
        _timed(lambda: repeated.decide(shards, lake, frozenset(), listing, trying))


def _timed(call: Callable[[], object]) -> None:
    begun = time.perf_counter()
    kept = call()
    seconds = time.perf_counter() - begun
    found = {"seconds": round(seconds, 2), "peak_mb": round(_peak() / 1e6, 1)}
    sys.stdout.write(json.dumps(found) + "\n")
    del kept


def _peak() -> int:
    """Bytes that this process held at most. `getrusage` would count its parent's too."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return 1024 * int(line.split()[1])
    raise CommandFailed("only Linux tells what a process held at most")


TASKS = {"manifest": manifest, "question": question, "plan": plan, "addresses": addresses}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
