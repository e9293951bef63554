"""A run from its inputs to a whole lake: planned, read, counted, cleaned up."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.batch import stores
from sayso.batch.cores import cores
from sayso.batch.plan import found, limited, pieces
from sayso.batch.progress import Progress
from sayso.batch.repeated import decide, forget
from sayso.batch.setting import Setting
from sayso.batch.settle import Settled, settle
from sayso.batch.shards import Piece, Shard, packed, pieces_of, reading
from sayso.errors import BatchError

if TYPE_CHECKING:
    from sayso.batch.engine import Engine
    from sayso.batch.worker import Outcome
    from sayso.lake.manifest import Entry, File, Lake

_READERS = 16
_IN_VAIN = 8
"""Shards that fail with none done between, by no fault of their inputs: then the run ends."""
_PASSES = 2

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
        known, uncounted = self.counted()
        return None if uncounted else known

    def counted(self) -> tuple[int, int]:
        """The rows to be read as far as they are known, and how many files they aren't known of."""
        pieces = [piece for shard in self.settled.todo for piece in shard.pieces]
        known = sum(piece.rows for piece in pieces if piece.rows is not None)
        return known, len({piece.address for piece in pieces if piece.rows is None})


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
    out = None if lake is None else lake.store.address
    stretches = pieces(found(inputs, out), setting.options)
    if limit is not None:
        stretches = limited(stretches, limit, setting.options)

    def counted() -> Iterator[Any]:
        for piece in stretches:
            addresses.add(piece.address)
            yield piece

    shards = tuple(packed(counted(), reading(setting.options)))
    entries = [] if lake is None else lake.entries(replaced=True)
    of = {entry.key: entry.of for entry in entries}
    replaced = {key for entry in entries for key in entry.replaces}
    settled = settle(shards, of, replaced)
    beside = tuple(_beside(shards, [of[key] for key in sorted(settled.kept)], setting))
    if beside:
        shards = (*shards, *packed(beside, reading(setting.options)))
        settled = settle(shards, of, replaced)
    return Plan(len(addresses), shards, settled)


def _beside(
    shards: Iterable[Shard], kept: Iterable[Mapping[str, Any]], setting: Setting
) -> Iterator[Piece]:
    """What shards hold beside inputs that have changed: read again, those can be replaced.

    Nothing of a shard of which something has changed that was not asked for.
    """
    planned = {piece.address for shard in shards for piece in shard.pieces}
    for told in kept:
        by, pieces = pieces_of(told)
        others = [piece for piece in pieces if piece.address not in planned]
        if by == reading(setting.options) and all(
            stores.is_unchanged(piece.address, piece.stamp) for piece in others
        ):
            yield from others


def run(plan: Plan, setting: Setting, lake: "Lake", show: Show, *, ray: str | None) -> Summary:
    """Read what is to be done into the lake, and see that every row is there.

    Raises BatchError where shards could not be read or rows are missing.
    """
    progress = Progress(len(plan.settled.todo), plan.bytes, plan.rows)
    show(progress)
    if plan.settled.todo:
        from sayso.batch.engine import Engine

        engine = Engine(setting, lake, cores(), ray)
        undecided = decide(
            plan.settled.todo, lake, plan.settled.stale, engine.addresses, engine.tried
        )
        _read(plan.settled.todo, undecided, engine, progress)
    planned = {shard.key for shard in (*plan.shards, *plan.settled.todo)}
    with ThreadPoolExecutor(_READERS) as pool:
        entries = list(pool.map(lake.entry, sorted(planned & lake.finished())))
    _check(entries, {shard.key for shard in plan.settled.todo}, lake)
    _retire(plan.settled.stale, lake)
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


def _read(
    shards: Sequence[Shard], undecided: Mapping[str, str], engine: "Engine", progress: Progress
) -> None:
    """Read all shards; those that fail once more, since what is elsewhere may not answer once."""
    came: dict[str, str | None] = dict(undecided)

    def missing() -> list[Shard]:
        return [shard for shard in shards if came.get(shard.key, "") is not None]

    for _ in range(_PASSES):
        left = [shard for shard in missing() if shard.key not in undecided]
        if left:
            came |= _pass(left, engine, progress)
    if failed := missing():
        why = next(filter(None, map(came.get, (shard.key for shard in failed))), "nothing came")
        raise BatchError(
            f"{len(failed):,} of {len(shards):,} shards are not in the lake, one because {why}; "
            "the same command goes on with them"
        )


def _pass(shards: Sequence[Shard], engine: "Engine", progress: Progress) -> dict[str, str | None]:
    """Why a shard has failed, or None where it is done; of some nothing, where it was in vain."""
    came: dict[str, str | None] = {}
    in_vain = 0
    for outcome in engine.read(shards, progress.watch):
        came[outcome.key] = outcome.error
        if outcome.error is None:
            in_vain = 0
            _finish(progress, outcome)
        else:
            in_vain += not outcome.is_own
        if in_vain == _IN_VAIN:
            break
    return came


def _finish(progress: Progress, outcome: "Outcome") -> None:
    progress.finish(outcome.bytes, outcome.articles, outcome.failures, outcome.words)


def _check(entries: Sequence["Entry"], todo: set[str], lake: "Lake") -> None:
    """Every row of the input is a row of articles or of failures, by the Parquet files' own count.

    The files of this run are looked at; those of earlier ones were then. A shard that is not as
    its entry says is no part of the lake any more: the same command reads it again.
    """
    missing = todo - {entry.key for entry in entries}
    if missing:
        raise BatchError(f"{len(missing):,} shards are not in the manifest: run it again")
    new = [entry for entry in entries if entry.key in todo]
    files = [(entry.key, file) for entry in new for file in entry.files]
    with ThreadPoolExecutor(_READERS) as pool:
        whole = list(pool.map(lambda each: _is_whole(each[1], lake), files))
    damaged = [each for each, is_whole in zip(files, whole, strict=True) if not is_whole]
    if damaged:
        lake.discard({key for key, _ in damaged})
        raise BatchError(
            f"{damaged[0][1].name} has not the rows that the manifest says: run it again"
        )
    came_in = sum(entry.rows for entry in new)
    went_out = sum(file.rows for _, file in files if file.table != "statements")
    if came_in != went_out:
        raise BatchError(f"{came_in:,} rows came in, and {went_out:,} are in the lake")


def _is_whole(file: "File", lake: "Lake") -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with lake.store.filesystem.open_input_file(lake.store.inside(file.name)) as stream:
            return int(pq.read_metadata(stream).num_rows) == file.rows
    except (OSError, pa.ArrowException):
        return False


def _retire(keys: Iterable[str], lake: "Lake") -> None:
    """Remove shards; one that another has replaced before the other, or it would be back."""
    left = {key: lake.entry(key) for key in keys}
    while left:
        ready = [key for key, entry in left.items() if not left.keys() & {*entry.replaces}]
        for key in ready or list(left):
            lake.discard([key])
            del left[key]


def _sweep(lake: "Lake") -> None:
    """Remove what runs that were killed have left, and no shard of the lake has."""
    from sayso.lake.schema import TABLES

    for name in list(lake.strays(TABLES)):
        lake.store.remove(name)
    for name in list(lake.store.unfinished()):
        lake.store.remove(name)
    forget(lake)
