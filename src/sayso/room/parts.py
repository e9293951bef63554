"""An article cut into parts: pages that stay small however long it is.

Parts end between paragraphs, and within one that is longer than a part.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sayso.formats.html.report import paragraphs
from sayso.formats.html.sheet import Sheet

CHARACTERS = 16_000
"""Characters of a part."""
NOTES = 40
"""Statements and refusals that begin in a part; lit.css has a rule for each."""
_CHEAPEST = 200
"""Characters after which a long paragraph is cut at a space."""

Range = tuple[int, int]


class Beside(NamedTuple):
    """What stands beside the text for one statement or refusal, and where it begins."""

    offset: int
    position: int
    refusal: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the article's text that is one page, with the paragraphs in it."""

    ranges: tuple[Range, ...]
    beside: tuple[Beside, ...]

    @property
    def slots(self) -> dict[tuple[int, bool], int]:
        """The number on the page of each statement and refusal."""
        return {(b.position, b.refusal): slot for slot, b in enumerate(self.beside)}

    @property
    def start(self) -> int:
        return self.ranges[0][0] if self.ranges else 0

    @property
    def end(self) -> int:
        return self.ranges[-1][1] if self.ranges else 0


def parts_of(sheet: Sheet) -> tuple[Part, ...]:
    """The pages that the article makes: one at least."""
    return _Cutting(sheet).parts()


class _Cutting:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._text = sheet.reading.article.text
        self._paragraphs = paragraphs(self._text)

    def parts(self) -> tuple[Part, ...]:
        made: list[Part] = []
        ranges: list[Range] = []
        size = count = 0
        for start, end in self._pieces():
            number = self._between(start, end)
            if ranges and (size + end - start > CHARACTERS or count + number > NOTES):
                made.append(self._part(ranges))
                ranges, size, count = [], 0, 0
            ranges.append((start, end))
            size += end - start
            count += number
        if ranges or not made:
            made.append(self._part(ranges))
        return tuple(made)

    @cached_property
    def _beside(self) -> tuple[Beside, ...]:
        """All that stands beside the text, in the order of the text."""
        sheet, reading = self.sheet, self.sheet.reading
        found = [
            *((sheet.anchor(n), n, False) for n in range(len(reading.statements))),
            *((sheet.refusal_anchor(n), n, True) for n in range(len(reading.refusals))),
        ]
        starts = [start for start, _ in self._paragraphs]
        if not starts:
            return ()
        return tuple(
            sorted(Beside(self._inside(at, starts), n, r) for at, n, r in found if at is not None)
        )

    def _inside(self, offset: int, starts: Sequence[int]) -> int:
        """The offset, or where the next paragraph begins if it is in none."""
        at = bisect_right(starts, offset) - 1
        if at >= 0 and offset < self._paragraphs[at][1]:
            return offset
        return starts[min(at + 1, len(starts) - 1)]

    @cached_property
    def _offsets(self) -> list[int]:
        return [beside.offset for beside in self._beside]

    def _between(self, start: int, end: int) -> int:
        return bisect_left(self._offsets, end) - bisect_left(self._offsets, start)

    def _part(self, ranges: Sequence[Range]) -> Part:
        if not ranges:
            return Part((), ())
        first = bisect_left(self._offsets, ranges[0][0])
        last = bisect_left(self._offsets, ranges[-1][1])
        return Part(tuple(ranges), self._beside[first:last])

    def _pieces(self) -> Iterator[Range]:
        """The paragraphs, those cut that are more than a part holds."""
        for start, end in self._paragraphs:
            while end - start > CHARACTERS or self._between(start, end) > NOTES:
                at = self._cut(start, end)
                if not start < at < end:
                    break
                yield start, at
                start = at
            yield start, end

    def _cut(self, start: int, end: int) -> int:
        first = bisect_left(self._offsets, start)
        full = self._offsets[first + NOTES] if first + NOTES < len(self._offsets) else end
        at = min(start + CHARACTERS, full, end)
        if at == full:
            return at
        space = self._text.rfind(" ", start + _CHEAPEST, at)
        return at if space < 0 else space + 1
