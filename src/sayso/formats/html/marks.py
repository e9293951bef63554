"""The text cut at every place where a mark begins or ends.

Marks nest, overlap and break off in any way; HTML elements only nest. So the text is cut
into pieces, and each piece knows the marks that cover it.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

# A piece names its innermost marks only: a page must not grow with the square of its marks.
DEEPEST = 12


class Mark(NamedTuple):
    """One span's part in one statement: `role` is a letter of `sheet.ROLES`."""

    start: int
    end: int
    role: str
    statement: int


class Piece(NamedTuple):
    """A stretch of text that no boundary cuts, and the marks over it, outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def cut(marks: Sequence[Mark], boundaries: Iterable[int]) -> Iterator[Piece]:
    """The pieces between all boundaries, those of the marks and those given.

    The first and last boundary given are the text's ends; marks lie within them.
    """
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    for rank, mark in enumerate(ordered):
        opening[mark.start].append(rank)
        closing[mark.end].append(rank)
    open_ranks: list[int] = []
    for start, end in pairwise(sorted({*boundaries, *opening, *closing})):
        for rank in closing.get(start, ()):
            del open_ranks[bisect_left(open_ranks, rank)]
        for rank in opening.get(start, ()):
            insort(open_ranks, rank)
        yield Piece(start, end, tuple(ordered[rank] for rank in open_ranks[-DEEPEST:]))
