"""A run from its inputs to a whole lake: planned, read, counted, cleaned up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.batch.cores import cores
from sayso.batch.plan import found, limited, pieces
from sayso.batch.progress import Progress
from sayso.batch.repeated import decide
from sayso.batch.setting import Setting
from sayso.batch.settle import Settled, settle
from sayso.batch.shards import Shard, packed, reading
from sayso.errors import BatchError

if TYPE_CHECKING:
    from sayso.batch.engine import Engine
    from sayso.batch.worker import Outcome
    from sayso.lake.manifest import Entry, Lake

_READERS = 16
_IN_VAIN = 8
"""Shards that fail with none done between: then the fault is not theirs, and the run ends."""

Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the inputs are cut into, and what of it is not in the lake yet."""

    files: int
    shards: tuple[Shard, ...]
    settled: Settled

    @property
    def bytes(self) -> int:
        """Of what is still to be read."""
        return sum(shard.bytes for shard in self.settled.todo)

    @property
    def rows(self) -> int | None:
        """Of what is still to be read; None where it can't be told beforehand."""
        known = [shard.rows for shard in self.settled.todo]
        return None if None in known else sum(n for n in known if n is not None)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the inputs have given, in this run (`new`) or an earlier one."""

    rows: int
    articles: int
    statements: int
    failures: int
    words: int
    new: int
    seconds: float
    kept: int


def plan(inputs: Iterable[str], setting: Setting, lake: "Lake | None", limit: int | None) -> Plan:
    """What is to be done. Raises UsageError where an input names nothing."""
    addresses: set[str] = set()
    stretches = pieces(found(inputs), setting.options)
    if limit is not None:
        stretches = limited(stretches, limit, setting.options)

    def counted() -> Iterator[Any]:
        for piece in stretches:
            addresses.add(piece.address)
            yield piece

    shards = tuple(packed(counted(), reading(setting.options)))
    entries = {} if lake is None else {entry.key: entry.of for entry in lake.entries()}
    return Plan(len(addresses), shards, settle(shards, entries))


def run(plan: Plan, setting: Setting, lake: "Lake", show: Show, *, ray: str | None) -> Summary:
    """Read what is to be done into the lake, and see that every row is there.

    Raises BatchError where shards could not be read or rows are missing.
    """
    progress = Progress(len(plan.settled.todo), plan.bytes, plan.rows)
    show(progress)
    if plan.settled.todo:
        from sayso.batch.engine import Engine

        engine = Engine(setting, lake, cores(), ray)
        decide(plan.settled.todo, lake, engine.addresses)
        _read(plan.settled.todo, engine, progress)
    planned = {shard.key for shard in (*plan.shards, *plan.settled.todo)}
    entries = [lake.entry(key) for key in sorted(planned & lake.finished())]
    _check(entries, {shard.key for shard in plan.settled.todo}, lake)
    lake.discard(sorted(plan.settled.stale))
    _sweep(lake)
    totals = lake.totals(entries)
    return Summary(
        rows=totals.rows,
        articles=totals.articles,
        statements=totals.statements,
        failures=totals.failures,
        words=totals.words,
        new=sum(shard.key in planned for shard in plan.settled.todo),
        seconds=progress.seconds,
        kept=len(plan.settled.kept),
    )


def _read(shards: Sequence[Shard], engine: "Engine", progress: Progress) -> None:
    """Read all shards; those that fail once more, since what is elsewhere may not answer once."""
    failed = _pass(shards, engine, progress)
    if failed:
        failed = _pass([shard for shard in shards if shard.key in failed], engine, progress)
    if failed:
        raise BatchError(
            f"{len(failed):,} of {len(shards):,} shards are not in the lake, one because "
            f"{next(iter(failed.values()))}; the same command goes on with them"
        )


def _pass(shards: Sequence[Shard], engine: "Engine", progress: Progress) -> dict[str, str]:
    """The shards that failed, and why."""
    failed: dict[str, str] = {}
    in_vain = 0
    for outcome in engine.read(shards, progress.watch):
        in_vain = in_vain + 1 if outcome.error else 0
        if outcome.error:
            failed[outcome.key] = outcome.error
        else:
            _finish(progress, outcome)
        if in_vain == _IN_VAIN:
            break
    return failed


def _finish(progress: Progress, outcome: "Outcome") -> None:
    progress.finish(outcome.bytes, outcome.articles, outcome.failures, outcome.words)


def _check(entries: Sequence["Entry"], todo: set[str], lake: "Lake") -> None:
    """Every row of the input is a row of articles or of failures, by the Parquet files' own count.

    The files of this run are looked at; those of earlier ones were then.
    """
    import pyarrow.parquet as pq

    def rows(name: str) -> int:
        with lake.store.filesystem.open_input_file(lake.store.inside(name)) as file:
            return int(pq.read_metadata(file).num_rows)

    missing = todo - {entry.key for entry in entries}
    if missing:
        raise BatchError(f"{len(missing):,} shards are not in the manifest: run it again")
    new = [entry for entry in entries if entry.key in todo]
    files = [file for entry in new for file in entry.files]
    with ThreadPoolExecutor(_READERS) as pool:
        counts = list(pool.map(rows, (file.name for file in files)))
    wrong = [file.name for file, count in zip(files, counts, strict=True) if count != file.rows]
    if wrong:
        raise BatchError(f"{wrong[0]} has not the rows that the manifest says: run it again")
    came_in = sum(entry.rows for entry in new)
    went_out = sum(
        count for file, count in zip(files, counts, strict=True) if file.table != "statements"
    )
    if came_in != went_out:
        raise BatchError(f"{came_in:,} rows came in, and {went_out:,} are in the lake")


def _sweep(lake: "Lake") -> None:
    """Remove what runs that were killed have left, and no shard of the lake has."""
    from sayso.lake.schema import TABLES

    for name in list(lake.strays(TABLES)):
        lake.store.remove(name)
    for name in list(lake.store.unfinished()):
        lake.store.remove(name)
