"""What a run is made of: pieces of inputs, put together to shards."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from sayso.intake import Options

BYTES = 16_000_000
"""Of input in a shard: what is lost at most when a worker dies, and held at most in memory."""
ROWS = 2_000

Kind = Literal["file", "lines", "parquet", "warc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one input, from `start` to before `end`.

    They count bytes, and for Parquet rows. `address` is absolute, `name` is how the caller named
    it, `stamp` changes when the input does. `first` is the number of the first line of a stretch
    of lines. `rows` is how many will be read, None where that isn't known.
    """

    kind: Kind
    address: str
    name: str
    stamp: str
    start: int
    end: int
    bytes: int
    rows: int | None = None
    first: int = 1
    take: int | None = None
    """How many rows are wanted; None for all of them."""

    @property
    def what(self) -> list[Any]:
        """All that tells it from other pieces."""
        return [self.address, self.stamp, self.kind, self.start, self.end, self.take]

    def covers(self, other: "Piece") -> bool:
        """Whether all of the other, of the same state of the same input, is in it."""
        return (
            (self.address, self.stamp, self.kind) == (other.address, other.stamp, other.kind)
            and self.start <= other.start
            and self.end >= other.end
            and (self.take is None or (other.take is not None and self.take >= other.take))
        )


@dataclass(frozen=True)
class Shard:
    """What one worker reads at a time. It is the same shard wherever and whenever it is read."""

    pieces: tuple[Piece, ...]
    reading: str
    """What of the options changes a reading, as `reading` gives it."""
    replaces: tuple[str, ...] = field(default=(), compare=False)
    """Shards of the lake that hold an older state of its inputs, or its rows and others."""
    again: int = 0
    """Counts shards of the same pieces that were in the lake before, and were replaced."""

    @cached_property
    def key(self) -> str:
        """Its name in the lake."""
        what = [self.reading, [piece.what for piece in self.pieces]]
        told = json.dumps([*what, self.again] if self.again else what)
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def bytes(self) -> int:
        return sum(piece.bytes for piece in self.pieces)

    @property
    def rows(self) -> int | None:
        """How many rows will be read, None where that isn't known."""
        known = [piece.rows for piece in self.pieces if piece.rows is not None]
        return sum(known) if len(known) == len(self.pieces) else None

    @property
    def named(self) -> str:
        """What messages call it."""
        first, last = self.pieces[0], self.pieces[-1]
        if first is last:
            return f"{first.name} from {first.start:,} to {first.end:,}"
        return f"{first.name} and what follows up to {last.name}"

    def told(self) -> dict[str, Any]:
        """What the manifest keeps of it."""
        return {"reading": self.reading, "pieces": [asdict(piece) for piece in self.pieces]}


def reading(options: Options) -> str:
    """What of the options changes what is read, as a short text."""
    kept = {k: v for k, v in asdict(options).items() if k != "allow_private"}
    return json.dumps(kept, sort_keys=True, ensure_ascii=True)


def pieces_of(told: Mapping[str, Any]) -> tuple[str, tuple[Piece, ...]]:
    """What `Shard.told` gave: the options and the pieces. Nothing of shards of other makers."""
    if "pieces" not in told:
        return "", ()
    return told["reading"], tuple(Piece(**piece) for piece in told["pieces"])


def packed(pieces: Iterable[Piece], reading: str) -> Iterator[Shard]:
    """The pieces in their order, the small ones put together."""
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and not _fits(waiting, piece):
            yield Shard(tuple(waiting), reading)
            waiting = []
        waiting.append(piece)
    if waiting:
        yield Shard(tuple(waiting), reading)


def _fits(waiting: Sequence[Piece], piece: Piece) -> bool:
    if piece.rows is None or any(each.rows is None for each in waiting):
        return False
    rows = sum(each.rows or 0 for each in waiting) + piece.rows
    return rows <= ROWS and sum(each.bytes for each in waiting) + piece.bytes <= BYTES
