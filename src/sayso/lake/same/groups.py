"""Pairs that are the same, joined to groups."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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


@dataclass(slots=True)
class Groups:
    """Joined sets of members, each with the days over which it reaches and its similarities.

    What comes of a set of edges does not depend on their order.
    """

    _above: dict[int, int] = field(default_factory=dict)
    _ends: dict[int, tuple[int, int]] = field(default_factory=dict)
    _hosts: set[int] = field(default_factory=set)
    similarity: dict[int, float] = field(default_factory=dict)
    """Of each member to that other which is most like it."""

    def join(self, edges: Iterable[Edge]) -> None:
        """Join along the edges, the strongest first."""
        packed = np.fromiter(map(_packed, edges), _EDGE)
        for n in _order(packed):
            self._join(_unpacked(*packed[n].item()))

    def __iter__(self) -> Iterator[list[int]]:
        """The groups of two and more, their members by number."""
        found: dict[int, list[int]] = {}
        for member in sorted(self._above):
            found.setdefault(self._root(member), []).append(member)
        return iter(found.values())

    def _join(self, edge: Edge) -> None:
        a, b = self._root(edge.a), self._root(edge.b)
        ends = _span(self._ends.get(a) or _own(a), self._ends.get(b) or _own(b))
        if a != b and not self._may_join(edge, ends):
            return
        top, low = min(a, b), max(a, b)
        if edge.guest is not None or low in self._hosts:
            self._hosts.add(top)
        self._above[top], self._above[low] = top, top
        self._ends[top] = ends
        for member in (edge.a, edge.b):
            self._above.setdefault(member, top)
            self.similarity[member] = max(self.similarity.get(member, 0.0), edge.similarity)

    def _may_join(self, edge: Edge, ends: tuple[int, int]) -> bool:
        if edge.guest is not None:
            return self._root(edge.guest) not in self._hosts
        return edge.days is None or ends[1] - ends[0] <= edge.days

    def _root(self, member: int) -> int:
        above = self._above
        root = member
        while above.get(root, root) != root:
            root = above[root]
        while above.get(member, member) != root:
            above[member], member = root, above[member]
        return root


_EDGE = np.dtype(
    [
        ("strength", "i4"),
        ("a", "u8"),
        ("b", "u8"),
        ("similarity", "f4"),
        ("days", "i4"),
        ("guest", "u8"),
    ]
)
"""An edge in a tenth of the memory that Python takes for it; 0 for no guest, -1 for no days."""


def _packed(edge: Edge) -> tuple[int, int, int, float, int, int]:
    days = -1 if edge.days is None else edge.days
    return edge.strength, edge.a, edge.b, edge.similarity, days, edge.guest or 0


def _unpacked(strength: int, a: int, b: int, similarity: float, days: int, guest: int) -> Edge:
    return Edge(strength, a, b, similarity, None if days < 0 else days, guest or None)


def _order(edges: NDArray[np.void]) -> NDArray[np.intp]:
    """Guests last; more words before fewer; what is near in time first."""
    first, last = (edges[end] >> np.uint64(DAY_BITS) for end in "ab")
    gap = np.where(last == UNDATED, UNDATED, last - first)
    return np.lexsort((edges["b"], edges["a"], gap, -edges["strength"], edges["guest"] != 0))


def _own(member: int) -> tuple[int, int]:
    """From its day to its day; of what has none, nothing: the end before the start."""
    own = day(member)
    return (UNDATED, 0) if own is None else (own, own)


def _span(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return min(a[0], b[0]), max(a[1], b[1])
