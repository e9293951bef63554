"""The shards on Daft: on the cores of this machine, or on all of a Ray cluster. Only here is Daft.

What was seen of Daft 0.7 decides how it is used:

- A row is a shard, and `into_batches(1)` hands them out one by one: without it a worker gets
  all rows of a partition at once, and nothing comes back before the last of them is read.
- The class has no `max_concurrency` and `use_process=False`. On one machine as many threads as
  cores then call one instance, and each lets a reading process of its own work. With
  `max_concurrency` there would be processes of Daft's between, of 250 MB each; and on Ray a
  fixed number of actors for the whole cluster, which neither grow with it nor come again on
  another machine, while Daft runs what has none as tasks that each machine takes as many of as
  it has cores, and gives those of a machine that is lost to the others.
- A task makes an instance of its own. So the reading processes belong to the Python process and
  not to the instance: they are loaded once on each machine and core, whatever the shards.
- It pickles the class with all that its methods name, so they name little.
- An exception in one row ends the whole query, and with it what the others were reading. So
  none gets out: what happened to a shard is told in its row.
- On Ctrl-C it ends the query as if it were done, and prints a line on standard output, which the
  command keeps from being seen.
- The results come through a thread. The main one would wait inside Daft, deaf to Ctrl-C.
"""

import logging
import os
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from sayso.lake.silent import SILENT

os.environ.update(SILENT)  # before Daft is imported

import daft
from daft import DataType
from daft.exceptions import DaftCoreException

from sayso.batch import stores, worker
from sayso.batch.child import Job
from sayso.batch.repeated import Told
from sayso.batch.setting import Setting
from sayso.batch.shards import Shard
from sayso.batch.work import Watch, nobody
from sayso.batch.worker import Outcome
from sayso.errors import UsageError
from sayso.intake import sources
from sayso.lake.manifest import LAKE

if TYPE_CHECKING:
    from sayso.lake.manifest import Lake

_TOGETHER = 4_096
"""Shards of one query: a crawl has more of them than one plan of Daft's should hold."""
_NOTHING = "Need at least 1 MicroPartition"
"""What Daft says of a pattern that nothing matches."""


_OUTCOME = DataType.struct(
    {
        "key": DataType.string(),
        "articles": DataType.int64(),
        "failures": DataType.int64(),
        "words": DataType.int64(),
        "bytes": DataType.int64(),
        "error": DataType.string(),
        "is_own": DataType.bool(),
    }
)
_ADDRESSES = DataType.struct(
    {"key": DataType.string(), "addresses": DataType.binary(), "error": DataType.string()}
)
_TRIED = DataType.struct(
    {
        "key": DataType.string(),
        "failing": DataType.list(DataType.int64()),
        "error": DataType.string(),
    }
)


@daft.cls(use_process=False)
class _Worker:
    """What a task has of the run."""

    def __init__(self, setting: Setting, lake: str, model: str) -> None:
        self._setting, self._lake, self._model = setting, lake, model

    @daft.method(return_dtype=_OUTCOME)
    def read(self, shard: Shard) -> dict[str, Any]:
        return worker.attempt(shard, self._setting, self._lake, self._model)

    @daft.method(return_dtype=_ADDRESSES)
    def addresses(self, shard: Shard) -> dict[str, Any]:
        return worker.addresses(shard, self._setting)

    @daft.method(return_dtype=_TRIED)
    def tried(self, job: Job) -> dict[str, Any]:
        return worker.tried(job, self._setting)


@dataclass(frozen=True, slots=True)
class Engine:
    """Where a run is read: `cores` of this machine, or the cluster at `ray`."""

    setting: Setting
    lake: "Lake"
    cores: int
    ray: str | None = None

    def read(self, shards: Sequence[Shard], watch: Watch) -> Iterator[Outcome]:
        """What comes of each shard, as they are done. Raises UsageError without a cluster."""
        for row in self._stream(shards, "read", watch):
            yield Outcome(**row)

    def addresses(self, shards: Sequence[Shard]) -> Iterator[Told[bytes]]:
        """What `repeated.listed` gives of each shard."""
        for row in self._stream(shards, "addresses", nobody):
            yield row["key"], row["addresses"], row["error"]

    def tried(self, jobs: Sequence[Job]) -> Iterator[Told[frozenset[int]]]:
        """Which of the rows that each job tries fail."""
        for row in self._stream(jobs, "tried", nobody):
            yield row["key"], frozenset(row["failing"] or ()), row["error"]

    def _stream(
        self, items: Sequence[Shard] | Sequence[Job], method: str, watch: Watch
    ) -> Iterator[dict[str, Any]]:
        self._start()
        worker.begin(watch)
        rows: queue.SimpleQueue[dict[str, Any] | BaseException | None] = queue.SimpleQueue()

        def work() -> None:
            try:
                for row in self._rows(items, method):
                    if worker.is_ended():
                        return
                    rows.put(row)
            except BaseException as error:  # told in the thread that asked
                rows.put(error)
            rows.put(None)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            while (row := rows.get()) is not None:
                if isinstance(row, BaseException):
                    raise row
                yield row
        finally:
            worker.end()
            thread.join(timeout=10.0)

    def _rows(
        self, items: Sequence[Shard] | Sequence[Job], method: str
    ) -> Iterator[dict[str, Any]]:
        of_run = _Worker(self.setting, self.lake.store.address, self.lake.model)
        for first in range(0, len(items), _TOGETHER):
            some = list(items[first : first + _TOGETHER])
            frame = daft.from_pydict({"item": some}).into_batches(1)
            result: Any = getattr(of_run, method)(frame["item"])
            for row in frame.select(result.alias("row")).iter_rows():
                yield row["row"]

    def _start(self) -> None:
        if self.ray is None:
            _start_native(self.cores)
            return
        if find_spec("ray") is None:
            raise UsageError("a cluster needs Ray: pip install 'sayso[scale,cluster]'")
        import ray

        if not ray.is_initialized():
            try:
                ray.init(
                    self.ray,
                    runtime_env={"env_vars": SILENT},
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                )
            except (ConnectionError, OSError, ValueError, RuntimeError) as error:
                raise UsageError(f"there is no Ray cluster at {self.ray}: {error}") from error
        daft.set_runner_ray(noop_if_initialized=True)


@cache
def _start_native(cores: int) -> None:
    """Daft takes a number of threads once in a process: after another query it has all cores."""
    with suppress(DaftCoreException):
        daft.set_runner_native(num_threads=cores)


# ---- inputs on stores


def listed(address: str) -> list[tuple[str, int]]:
    """The files of a store that an address, a glob or a folder names, by name, with their bytes.

    What is named or matched is one whatever its ending. Of a folder only what has an ending that is
    known is one, and nothing that is in a lake.

    Raises UsageError where the store can't be asked.
    """
    is_glob = stores.MAGIC.search(address) is not None
    if not is_glob and sources.ending(address) not in stores.ENDINGS:
        if size := _size(address):
            return [(address, size)]
        address = f"{address.rstrip('/')}/**"
    rows = _matched(address)
    lakes = _lakes(address, rows)
    if is_glob and not address.endswith("**"):
        wanted = [row for row in rows if _is_shown(row[0])]
    else:
        wanted = [row for row in rows if sources.ending(row[0]) in stores.ENDINGS]
    return sorted(row for row in wanted if not row[0].startswith(lakes))


def _size(address: str) -> int:
    """The bytes of the object of this very name; 0 without one, as of the mark of a folder."""
    try:
        return daft.File(address).size()
    except Exception:  # Daft has errors of many sorts for stores; listing tells what is the matter
        return 0


def _matched(pattern: str) -> list[tuple[str, int]]:
    try:
        rows = daft.from_glob_path(pattern).select("path", "size").to_pydict()
    except FileNotFoundError:
        return []
    except Exception as error:  # Daft has errors of many sorts for stores
        if _NOTHING in str(error):
            return []
        raise UsageError(f"{pattern} can't be listed: {error}") from error
    return [(path, size or 0) for path, size in zip(rows["path"], rows["size"], strict=True)]


def _lakes(pattern: str, rows: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The folders that are lakes, of those that the pattern goes down to by itself."""
    if pattern.endswith("**"):
        found = [*rows]
    else:
        parts = pattern.split("/")[:-1]
        free = [n for n, part in enumerate(parts) if stores.MAGIC.search(part)]
        depths = range(free[0], len(parts)) if free else ()
        found = [row for n in depths for row in _matched("/".join([*parts[: n + 1], LAKE]))]
    return tuple(path.removesuffix(LAKE) for path, _ in found if path.endswith(f"/{LAKE}"))


def _is_shown(path: str) -> bool:
    """Whether it is a file, and none of those that patterns pass over on a disk."""
    name = path.rpartition("/")[2]
    return bool(name) and not name.startswith(".")


def open_elsewhere(address: str) -> BinaryIO:
    """A file of a store. Raises OSError."""
    try:
        return cast(BinaryIO, daft.File(address).open().__enter__())  # which it insists on
    except Exception as error:  # Daft has errors of many sorts for stores
        raise stores.as_os_error(error) from error
