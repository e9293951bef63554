"""What of a plan is still to be done, and what of a lake it takes the place of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from sayso.batch.shards import Piece, Shard, packed, pieces_of


class Held(NamedTuple):
    """A piece, the shard that has it, and the options that it is read by."""

    key: str
    reading: str
    piece: Piece


ByKey = Mapping[str, Shard]
ByAddress = Mapping[str, Sequence[Held]]


@dataclass(frozen=True, slots=True)
class Settled:
    """`todo` is not in the lake yet.

    `stale` are shards that hold an older state of the inputs, or less of them than is planned:
    each is no part of the lake any more once one of those that replace it is, and when all is done
    it goes. What else such a one holds is `carried` over, into a shard that replaces it.

    Of the plan the lake has all of the shards `whole`, and of others `parts`; those carried over
    are among them.
    """

    todo: tuple[Shard, ...]
    stale: frozenset[str] = frozenset()
    carried: tuple[Shard, ...] = ()
    whole: frozenset[str] = frozenset()
    parts: Mapping[str, frozenset[Piece]] = field(default_factory=dict)


def settle(
    shards: Sequence[Shard],
    entries: Mapping[str, Mapping[str, Any]],
    replaces: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Settled:
    """Compare a plan with what the lake's manifest tells of each finished shard.

    An input is in the lake once: what another shard holds of it already is left out. Of a shard
    that others replace, since a run was ended before it removed it, counts only what none of them
    tells of. Its key is not used again, or two shards might replace each other.
    """
    replaced = frozenset(chain.from_iterable(replaces.values()))
    planned = _by_address({shard.key: shard for shard in shards})
    done = {s.key: s for s in shards if s.key in entries and s.key not in replaced}
    others = dict(_others(entries, done.keys()))
    going = {k: s for k, s in others.items() if k in replaced or _is_stale(k, s, planned)}
    staying = {key: shard for key, shard in others.items() if key not in going}
    live = _by_address(done | staying) if replaced & going.keys() else {}
    instead = _instead(_turned(replaces, going.keys()), others)
    kept = {
        key: _kept(key, shard, planned, (live, instead[key]) if key in instead else ())
        for key, shard in going.items()
    }
    carried = [
        _unspent(Shard(pieces, going[key].reading, (key,)), replaced)
        for key, pieces in kept.items()
        if pieces
    ]
    holding = staying | {shard.key: shard for shard in carried}
    todo, found = _left([s for s in shards if s.key not in done], _by_address(holding))
    replacing = _replacing(going, kept)
    whole = {key for key, pieces in found.items() if pieces == {*holding[key].pieces}}
    return Settled(
        todo=tuple(_unspent(_in_place(shard, replacing), replaced) for shard in todo),
        stale=frozenset(going),
        carried=tuple(carried),
        whole=frozenset(done.keys() | whole),
        parts={key: frozenset(pieces) for key, pieces in found.items() if key not in whole},
    )


def _turned(replaces: Mapping[str, Iterable[str]], keys: Set[str]) -> dict[str, set[str]]:
    """Which shards replace each of these, where any does."""
    replaced: dict[str, set[str]] = defaultdict(set)
    for key, others in replaces.items():
        for other in keys & {*others}:
            replaced[other].add(key)
    return dict(replaced)


def _others(
    entries: Mapping[str, Mapping[str, Any]], done: Set[str]
) -> Iterator[tuple[str, Shard]]:
    """The shards of the lake that batches have made, but for those `done`, by key."""
    for key in sorted(entries.keys() - done):
        reading, pieces = pieces_of(entries[key])
        if pieces:
            yield key, Shard(pieces, reading)


def _by_address(shards: ByKey) -> ByAddress:
    found: dict[str, list[Held]] = defaultdict(list)
    for key, shard in shards.items():
        for piece in shard.pieces:
            found[piece.address].append(Held(key, shard.reading, piece))
    return dict(found)


# ---- what goes


def _is_stale(key: str, shard: Shard, planned: ByAddress) -> bool:
    return any(_clashes(Held(key, shard.reading, piece), planned) for piece in shard.pieces)


def _clashes(old: Held, planned: ByAddress) -> bool:
    return any(_clash(old, new) for new in planned.get(old.piece.address, ()))


def _clash(old: Held, new: Held) -> bool:
    """Whether the old piece can't stand beside the new one, nor in its place."""
    was, piece = old.piece, new.piece
    if old.reading != new.reading or (was.stamp, was.kind) != (piece.stamp, piece.kind):
        return True
    return was.start < piece.end and was.end > piece.start and not was.covers(piece)


def _instead(replaced: Mapping[str, Iterable[str]], others: ByKey) -> dict[str, ByAddress]:
    """By each shard that is replaced, what those that replace it hold; it is one for many."""
    told: dict[frozenset[str], ByAddress] = {}
    found = {}
    for key, by in replaced.items():
        those = frozenset(by).intersection(others)
        if those not in told:
            told[those] = _by_address({each: others[each] for each in those})
        found[key] = told[those]
    return found


def _kept(
    key: str, shard: Shard, planned: ByAddress, instead: Iterable[ByAddress]
) -> tuple[Piece, ...]:
    """What of a shard that goes stays: the plan has nothing else of it, and no other shard does."""
    held = [Held(key, shard.reading, piece) for piece in shard.pieces]
    return tuple(
        old.piece
        for old in held
        if not _clashes(old, planned) and not any(_is_told(old, there) for there in instead)
    )


def _is_told(old: Held, there: ByAddress) -> bool:
    """Whether others tell of some of the piece's rows, or of another state of its input."""
    return any(
        _clash(old, new) or new.piece.covers(old.piece) or old.piece.covers(new.piece)
        for new in there.get(old.piece.address, ())
    )


# ---- what comes


def _left(
    shards: Iterable[Shard], holding: ByAddress
) -> tuple[tuple[Shard, ...], dict[str, set[Piece]]]:
    """The shards without what is held, in their order; those that lost something put together anew.

    And which pieces of which others hold that.
    """
    left: list[Shard] = []
    rest: list[Piece] = []
    found: dict[str, set[Piece]] = defaultdict(set)
    reading = ""
    for shard in shards:
        reading = shard.reading
        holders = [_holder(shard.reading, piece, holding) for piece in shard.pieces]
        if not any(holders):
            left += [*packed(rest, reading), shard]
            rest = []
            continue
        rest += [piece for piece, held in zip(shard.pieces, holders, strict=True) if held is None]
        for held in filter(None, holders):
            found[held.key].add(held.piece)
    return (*left, *packed(rest, reading)), found


def _holder(reading: str, piece: Piece, holding: ByAddress) -> Held | None:
    there = holding.get(piece.address, ())
    return next((h for h in there if h.reading == reading and h.piece.covers(piece)), None)


def _replacing(going: ByKey, kept: Mapping[str, Collection[Piece]]) -> dict[str, set[str]]:
    """By address the shards that go since what they have of it does."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, shard in going.items():
        for piece in {*shard.pieces}.difference(kept[key]):
            found[piece.address].add(key)
    return found


def _in_place(shard: Shard, replacing: Mapping[str, Iterable[str]]) -> Shard:
    keys = {key for piece in shard.pieces for key in replacing.get(piece.address, ())}
    return replace(shard, replaces=tuple(sorted(keys)))


def _unspent(shard: Shard, replaced: Collection[str]) -> Shard:
    while shard.key in replaced:
        shard = replace(shard, again=shard.again + 1)
    return shard
