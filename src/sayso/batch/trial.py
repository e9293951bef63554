"""How long a run would take: a few rows here and there are read, and nothing is kept."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sayso.batch.child import Job
from sayso.batch.cores import cores
from sayso.batch.process import Died, Process
from sayso.batch.setting import Setting
from sayso.batch.shards import Shard
from sayso.batch.work import Spool
from sayso.errors import SaysoError

_PLACES = 4
_ENOUGH = 10.0
_BEYOND = 1 << 40
"""The number of a chunk that no shard has: who is asked for it tells how many rows there are."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a sample tells: words a second on all cores; rows in all, and seconds for them."""

    speed: float
    rows: int
    seconds: float


@dataclass(slots=True)
class _Sample:
    """What was read, and how many rows each shard has that it was read from."""

    rows: int = 0
    spent: float = 0.0
    counted: dict[Shard, int] = field(default_factory=dict)
    spool: Spool = field(default_factory=Spool)


def trial(shards: Sequence[Shard], setting: Setting) -> Trial | None:
    """Read a sample of these shards. None where nothing can be read."""
    sample = _Sample()
    process = Process(setting)
    try:
        for shard in shards[:: max(1, len(shards) // _PLACES)][:_PLACES]:
            try:
                _read(shard, process, sample)
            except Died:
                process = Process(setting)
            except SaysoError:  # an input that has just changed, which the run would tell
                continue
            if sample.spent > _ENOUGH:
                break
    finally:
        process.close()
    if not sample.rows or not sample.spent:
        return None
    spent = sample.spent / cores()
    rows = _estimated(shards, sample.counted)
    return Trial(sample.spool.words / spent, rows, spent / sample.rows * rows)


def _estimated(shards: Sequence[Shard], counted: Mapping[Shard, int]) -> int:
    """The rows in all: of shards that don't tell theirs, by the bytes of such as were counted."""
    told = [shard.rows for shard in shards if shard.rows is not None]
    left = [shard for shard in shards if shard.rows is None]
    alike = [shard for shard in left if shard in counted] or list(counted)
    density = sum(counted[shard] for shard in alike) / max(1, sum(shard.bytes for shard in alike))
    return sum(told) + round(density * sum(shard.bytes for shard in left))


def _read(shard: Shard, process: Process, sample: _Sample) -> None:
    """Read a shard's first chunk, and count the others."""
    process.begin(Job(shard))
    for chunk in (0, _BEYOND):
        begun = time.monotonic()
        for told, *values in process.read(chunk):
            if told == "rows":
                sample.rows += values[0]
                sample.spool.add(sample.rows, values[1])
                sample.spent += time.monotonic() - begun
            elif told == "ended":
                sample.counted[shard] = values[0]
                return
