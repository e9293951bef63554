"""A run from its inputs to a whole lake: planned, read, counted, cleaned up."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.batch.cores import cores
from sayso.batch.plan import found, limited, pieces
from sayso.batch.portion import carry, counts
from sayso.batch.progress import Progress
from sayso.batch.repeated import decide, forget
from sayso.batch.setting import Setting
from sayso.batch.settle import Settled, settle
from sayso.batch.shards import Shard, packed, pieces_of, reading
from sayso.errors import BatchError, UsageError

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
    """What the inputs have given, in this run or an earlier one, and how many shards are `new`."""

    articles: int
    statements: int
    failures: int
    new: int


def plan(inputs: Iterable[str], setting: Setting, lake: "Lake | None", limit: int | None) -> Plan:
    """What is to be done.

    Raises UsageError where an input names nothing, and where rows of the lake would make way for
    the few that a limit leaves.
    """
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
    replaces = {entry.key: entry.replaces for entry in entries}
    settled = settle(shards, of, replaces)
    if limit is not None and _is_reached(limit, shards):
        _check_limited(shards, [of[key] for key in settled.stale.difference(*replaces.values())])
    return Plan(len(addresses), shards, settled)


def _is_reached(limit: int, shards: Iterable[Shard]) -> bool:
    there = [piece for shard in shards for piece in shard.pieces]
    return any(p.take is not None for p in there) or sum(p.rows or 0 for p in there) >= limit


def _check_limited(shards: Sequence[Shard], stale: Iterable[Mapping[str, Any]]) -> None:
    """That only what is the same, but shorter, makes way for what is limited."""
    planned = {(s.reading, p.address, p.stamp) for s in shards for p in s.pieces}
    addresses = {address for _, address, _ in planned}
    for options, there in map(pieces_of, stale):
        for piece in there:
            same = (options, piece.address, piece.stamp) in planned
            if piece.address in addresses and not same:
                raise UsageError(
                    f"the lake has {piece.name} from before it changed, or read with other "
                    "options, and a part of it can't take the place of all: leave --limit out, "
                    "or name another lake"
                )


def run(plan: Plan, setting: Setting, lake: "Lake", show: Show, *, ray: str | None) -> Summary:
    """Read what is to be done into the lake, and see that every row is there.

    Raises BatchError where shards could not be read or rows are missing.
    """
    progress = Progress(len(plan.settled.todo), plan.bytes, plan.rows)
    show(progress)
    # first: or rows that nobody has asked to read would be missing until the others have come
    with ThreadPoolExecutor(_READERS) as pool:
        list(pool.map(lambda shard: carry(shard, lake), plan.settled.carried))
    why = _begun(plan.settled, setting, lake, ray, progress) if plan.settled.todo else None
    made = {shard.key: shard for shard in (*plan.settled.todo, *plan.settled.carried)}
    named = {shard.key for shard in plan.settled.todo}
    named |= plan.settled.whole | plan.settled.parts.keys()
    with ThreadPoolExecutor(_READERS) as pool:
        entries = list(pool.map(lake.entry, sorted((made.keys() | named) & lake.finished())))
    _check([entry for entry in entries if entry.key in made], made, lake)
    if why is not None:
        raise BatchError(why)
    if missing := made.keys() - {entry.key for entry in entries}:
        raise BatchError(f"{len(missing):,} shards are not in the manifest: run it again")
    _retire(plan.settled.stale, lake)
    _sweep(lake)
    return _summed([entry for entry in entries if entry.key in named], plan.settled, lake)


def _summed(entries: Iterable["Entry"], settled: Settled, lake: "Lake") -> Summary:
    """What came of the inputs, and of no others beside them."""

    def told(entry: "Entry") -> Mapping[str, int]:
        if entry.key in settled.parts:
            return counts(entry, settled.parts[entry.key], lake)
        return {name: getattr(entry, name) for name in ("articles", "statements", "failures")}

    sums = Counter(articles=0, statements=0, failures=0)
    with ThreadPoolExecutor(_READERS) as pool:
        for each in pool.map(told, entries):
            sums.update(each)
    return Summary(**sums, new=len(settled.todo))


def _begun(
    settled: Settled, setting: Setting, lake: "Lake", ray: str | None, progress: Progress
) -> str | None:
    """Start the engine, and read what is to be done; why some is not in the lake."""
    from sayso.batch.engine import Engine

    engine = Engine(setting, lake, cores(), ray)
    undecided = decide(settled.todo, lake, settled.stale, engine.addresses, engine.tried)
    return _read(settled.todo, undecided, engine, progress)


def _read(
    shards: Sequence[Shard], undecided: Mapping[str, str], engine: "Engine", progress: Progress
) -> str | None:
    """Read all shards; those that fail once more, since what is elsewhere may not answer once.

    Why some are not in the lake; None where all are.
    """
    came: dict[str, str | None] = dict(undecided)

    def missing() -> list[Shard]:
        return [shard for shard in shards if came.get(shard.key, "") is not None]

    for _ in range(_PASSES):
        left = [shard for shard in missing() if shard.key not in undecided]
        if left:
            came |= _pass(left, engine, progress)
    if not (failed := missing()):
        return None
    why = next(filter(None, map(came.get, (shard.key for shard in failed))), "nothing came")
    return (
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


def _check(new: Sequence["Entry"], made: Mapping[str, Shard], lake: "Lake") -> None:
    """Every row of the input is a row of articles or of failures, by the Parquet files' own count.

    The rows of JSON Lines and Parquet were counted when the run was planned. What this run has
    `made` is looked at; what earlier ones made was then, unless they were killed. A shard that is
    not as its entry or the plan says is no part of the lake any more: the same command reads it
    again.
    """
    files = [(entry.key, file) for entry in new for file in entry.files]
    with ThreadPoolExecutor(_READERS) as pool:
        whole = list(pool.map(lambda each: _is_whole(each[1], lake), files))
    damaged = [each for each, is_whole in zip(files, whole, strict=True) if not is_whole]
    if damaged:
        lake.discard({key for key, _ in damaged})
        raise BatchError(
            f"{damaged[0][1].name} has not the rows that the manifest says: run it again"
        )
    other = [entry.key for entry in new if not _has_its_rows(entry, made[entry.key])]
    if other:
        lake.discard(other)
        raise BatchError(f"the lake has not the rows of {made[other[0]].named}: run it again")


def _has_its_rows(entry: "Entry", shard: Shard) -> bool:
    came_in = entry.rows if shard.rows is None else shard.rows
    return came_in == sum(file.rows for file in entry.files if file.table != "statements")


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
    gone: list[str] = []
    while left:
        free = [key for key, entry in left.items() if not left.keys() & {*entry.replaces}]
        for key in free or list(left):
            gone.append(key)
            del left[key]
    lake.discard(gone)


def _sweep(lake: "Lake") -> None:
    """Remove what runs that were killed have left, and no shard of the lake has."""
    from sayso.lake.schema import TABLES

    for name in list(lake.strays(TABLES)):
        lake.store.remove(name)
    for name in list(lake.store.unfinished()):
        lake.store.remove(name)
    forget(lake)
