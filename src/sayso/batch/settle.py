"""What of a plan is still to be done, and what of a lake it takes the place of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from sayso.batch.shards import Piece, Shard, packed, pieces_of

Held = tuple[str, Piece]
"""A piece, and the options that it is read by."""


@dataclass(frozen=True, slots=True)
class Settled:
    """`todo` is not in the lake yet.

    `stale` are shards that hold an older state of the inputs, or less of them than is planned:
    each is no part of the lake any more once one of those that replace it is, and when all is done
    it goes. `kept` should go too, but hold other inputs beside these.
    """

    todo: tuple[Shard, ...]
    stale: frozenset[str]
    kept: frozenset[str]


def settle(
    shards: Sequence[Shard],
    entries: Mapping[str, Mapping[str, Any]],
    replaced: Set[str] = frozenset(),
) -> Settled:
    """Compare a plan with what the lake's manifest tells of each finished shard.

    An input is in the lake once: what another shard holds of it already is left out. Shards that
    others have `replaced` hold nothing any more: a run was ended before it removed them.
    """
    planned: dict[str, list[Held]] = defaultdict(list)
    for shard in shards:
        for piece in shard.pieces:
            planned[piece.address].append((shard.reading, piece))
    stale: set[str] = set()
    kept: set[str] = set()
    held: dict[str, list[Held]] = defaultdict(list)
    replacing: dict[str, set[str]] = defaultdict(set)
    for key in sorted(entries.keys() - {shard.key for shard in shards}):
        reading, pieces = pieces_of(entries[key])
        if not pieces:
            continue
        if key in replaced or _is_stale(reading, pieces, planned):
            whole = all(old.address in planned for old in pieces)
            (stale if whole else kept).add(key)
            for old in pieces if whole else ():
                replacing[old.address].add(key)
        else:
            for old in pieces:
                held[old.address].append((reading, old))
    left = _left([shard for shard in shards if shard.key not in entries], held)
    todo = tuple(replace(shard, replaces=_replaced(shard, replacing)) for shard in left)
    return Settled(todo, frozenset(stale), frozenset(kept))


def _replaced(shard: Shard, replacing: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    keys = {key for piece in shard.pieces for key in replacing.get(piece.address, ())}
    return tuple(sorted(keys))


def _is_stale(reading: str, pieces: Iterable[Piece], planned: Mapping[str, Sequence[Held]]) -> bool:
    return any(
        _clash((reading, old), new) for old in pieces for new in planned.get(old.address, ())
    )


def _clash(old: Held, new: Held) -> bool:
    """Whether the old piece can't stand beside the new one, nor in its place."""
    (old_reading, was), (reading, piece) = old, new
    if old_reading != reading or (was.stamp, was.kind) != (piece.stamp, piece.kind):
        return True
    return was.start < piece.end and was.end > piece.start and not was.covers(piece)


def _left(shards: Sequence[Shard], held: Mapping[str, Sequence[Held]]) -> tuple[Shard, ...]:
    """The shards without what is held; those that lost something put together anew."""
    whole, rest = [], []
    for shard in shards:
        left = [p for p in shard.pieces if not _is_held((shard.reading, p), held)]
        if len(left) == len(shard.pieces):
            whole.append(shard)
        else:
            rest += [(shard.reading, piece) for piece in left]
    again = packed((piece for _, piece in rest), rest[0][0]) if rest else ()
    return (*whole, *again)


def _is_held(new: Held, held: Mapping[str, Sequence[Held]]) -> bool:
    reading, piece = new
    return any(
        reading == old_reading and old.covers(piece)
        for old_reading, old in held.get(piece.address, ())
    )
