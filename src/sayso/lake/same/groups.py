"""Pairs that are the same, joined to groups."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.lake.same.shingles import Hashes

DAY_BITS = 48
UNDATED = 0xFFFF


class Edge(NamedTuple):
    """Two members, `a` printed no later than `b`, that are the same.

    `strength` is in words. `guest` is that one of the two which tells less than the other, being
    a few of its words or naming nobody: it and its like have one host, and tie no two together.
    What any other edge joins may not reach over more than `days`.
    """

    strength: int
    a: int
    b: int
    similarity: float
    days: int | None = None
    guest: int | None = None


def day(number: int) -> int | None:
    """The day that a member's number begins with."""
    found = number >> DAY_BITS
    return None if found == UNDATED else found


def apart(a: int, b: int) -> int | None:
    """Days between two members; None where one has no day."""
    x, y = day(a), day(b)
    return None if x is None or y is None else abs(x - y)


@dataclass(frozen=True, slots=True)
class Groups:
    """Members by number, for each the number of its group, and its similarity to that other
    member which is most like it. Groups count from 0, by their first members."""

    members: Hashes
    group: NDArray[np.int64]
    similarity: NDArray[np.float32]

    def __iter__(self) -> Iterator[list[int]]:
        """The members of each group, by number."""
        order = np.argsort(self.group, kind="stable")
        ends = np.cumsum(np.bincount(self.group))
        return (part.tolist() for part in np.split(self.members[order], ends)[:-1])


def joined(edges: Iterable[Edge]) -> Groups:
    """Join along the edges, the strongest first: their order makes no difference."""
    packed = np.fromiter(map(_packed, edges), _EDGE)
    packed = packed[_order(packed)]
    members = np.unique(np.concatenate((packed["a"], packed["b"])))
    a, b = (np.searchsorted(members, packed[end]) for end in "ab")
    forest = _Forest(members)
    tied = forest.tie(a, b, packed["days"], packed["guest"])
    similarity = np.zeros(len(members), np.float32)
    for end in (a, b):
        np.maximum.at(similarity, end[tied], packed["similarity"][tied])
    roots = np.fromiter(map(forest.root, range(len(members))), np.int64, len(members))
    many = np.bincount(roots, minlength=len(members))[roots] > 1
    _, group = np.unique(roots[many], return_inverse=True)
    return Groups(members[many], group, similarity[many])


class _Forest:
    """Members by their places, tied to trees: what each hangs on, the first of a tree on itself.

    Of a tree its first knows the days over which it reaches, and whether it has had a guest.
    """

    def __init__(self, members: Hashes) -> None:
        days = (members >> np.uint64(DAY_BITS)).astype(np.int32)
        dated = days != UNDATED
        self._above = array("q", range(len(members)))
        self._first = array("i", np.where(dated, days, UNDATED).astype(np.int32).tobytes())
        self._last = array("i", np.where(dated, days, 0).astype(np.int32).tobytes())
        self._hosts = bytearray(len(members))

    def root(self, member: int) -> int:
        above = self._above
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    def tie(self, *edges: NDArray[np.generic]) -> NDArray[np.bool_]:
        """Tie along edges in their order, and tell which of them do tie two."""
        tied = np.zeros(len(edges[0]), bool)
        for start in range(0, len(tied), _AT_A_TIME):
            some = (column[start : start + _AT_A_TIME].tolist() for column in edges)
            for n, edge in enumerate(zip(*some, strict=True), start):
                tied[n] = self._tie(*edge)
        return tied

    def _tie(self, x: int, y: int, days: int, guest: int) -> bool:
        a, b = self.root(x), self.root(y)
        first = min(self._first[a], self._first[b])
        last = max(self._last[a], self._last[b])
        if a != b:
            fits = not self._hosts[(a, b)[guest - 1]] if guest else last - first <= days
            if not fits:
                return False
        top, low = min(a, b), max(a, b)
        self._hosts[top] |= bool(guest) or self._hosts[low]
        self._above[low] = top
        self._first[top], self._last[top] = first, last
        return True


_AT_A_TIME = 100_000
"""Edges that are held as Python's objects."""
_ANY = 1 << 20
"""More days than there are."""

_EDGE = np.dtype(
    [
        ("strength", "i4"),
        ("a", "u8"),
        ("b", "u8"),
        ("similarity", "f4"),
        ("days", "i4"),
        ("guest", "u1"),
    ]
)
"""An edge in a tenth of the memory that Python takes for it; as guest 0 is nobody, 1 `a`, 2 `b`."""


def _packed(edge: Edge) -> tuple[int, int, int, float, int, int]:
    days = _ANY if edge.days is None else edge.days
    guest = 0 if edge.guest is None else 1 if edge.guest == edge.a else 2
    return edge.strength, edge.a, edge.b, edge.similarity, days, guest


def _order(edges: NDArray[np.void]) -> NDArray[np.intp]:
    """Guests last; more words before fewer; what is near in time first."""
    first, last = (edges[end] >> np.uint64(DAY_BITS) for end in "ab")
    gap = np.where(last == UNDATED, UNDATED, last - first)
    return np.lexsort((edges["b"], edges["a"], gap, -edges["strength"], edges["guest"] != 0))
