"""What reads in one Python process: this one, or that of a machine of the cluster."""

import atexit
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sayso.batch.child import Job
from sayso.batch.cores import cores
from sayso.batch.process import Pool
from sayso.batch.repeated import listed
from sayso.batch.setting import Setting
from sayso.batch.shards import Shard
from sayso.batch.work import Watch, failing, nobody, read_shard
from sayso.errors import InputError, SaysoError, WorkerError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a shard; `error` where it could not be read or written.

    `is_own` says that the fault is with its inputs, so that others may fare better.
    """

    key: str
    articles: int = 0
    failures: int = 0
    words: int = 0
    bytes: int = 0
    error: str | None = None
    is_own: bool = False


_pools: dict[Setting, Pool] = {}
_lock = threading.Lock()
_ended = threading.Event()
_watches: list[Watch] = [nobody]


def begin(watch: Watch) -> None:
    """A run begins in this process."""
    _ended.clear()
    _watches.append(watch)


def is_ended() -> bool:
    """Whether nobody waits for results any more: the engine would go on with what it has."""
    return _ended.is_set()


def end() -> None:
    """The run has ended, whether or not all is done."""
    _ended.set()
    _watches.pop()
    close()


@atexit.register
def close() -> None:
    """End all reading processes of this one."""
    with _lock:
        pools = list(_pools.values())
        _pools.clear()
    for pool in pools:
        pool.close()


def pool_of(setting: Setting) -> Pool:
    """The reading processes: loaded once, whatever the shards."""
    with _lock:
        if setting not in _pools:
            _pools[setting] = Pool(setting, _machine())
        return _pools[setting]


def _machine() -> int:
    """The cores that this machine reads on: those that Ray gives it, where Ray has it."""
    ray = sys.modules.get("ray")
    if ray is None or not ray.is_initialized():
        return cores()
    here = ray.get_runtime_context().get_node_id()
    many = (node["Resources"].get("CPU") for node in ray.nodes() if node["NodeID"] == here)
    return max(1, int(next(many, 1)))


def attempt(shard: Shard, setting: Setting, lake: str, model: str) -> dict[str, Any]:
    """Read a shard into the lake, and tell as a row what came of it, whatever that is."""
    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    if is_ended():
        return asdict(Outcome(shard.key, error="the run was ended"))
    try:
        entry = read_shard(shard, Lake(Store(lake), model), pool_of(setting), _watches[-1])
    except SaysoError as error:
        is_own = isinstance(error, InputError)
        return asdict(Outcome(shard.key, error=error.message, is_own=is_own))
    except Exception as error:  # one that got out would end the run for all
        return asdict(Outcome(shard.key, error=f"{type(error).__name__}: {error}"))
    names = ("articles", "failures", "words", "bytes")
    return asdict(Outcome(shard.key, **{name: getattr(entry, name) for name in names}))


def addresses(shard: Shard, setting: Setting) -> dict[str, Any]:
    """The addresses of a shard's pages, as `repeated.listed` gives them, or why there are none."""
    return _told(shard, "addresses", lambda: listed(shard, setting))


def tried(job: Job, setting: Setting) -> dict[str, Any]:
    """Which rows of those that the job tries fail, or why that can't be told."""
    return _told(job.shard, "failing", lambda: sorted(failing(job, pool_of(setting))))


def _told(shard: Shard, name: str, find: Callable[[], Any]) -> dict[str, Any]:
    """As a row what is found out of a shard, or the error, whatever that is."""
    found, told = None, None
    try:
        if is_ended():
            raise WorkerError("the run was ended")
        found = find()
    except SaysoError as error:
        told = error.message
    except Exception as error:  # one that got out would end the run for all
        told = f"{type(error).__name__}: {error}"
    return {"key": shard.key, name: found, "error": told}
