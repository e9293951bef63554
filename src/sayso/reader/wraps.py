"""Hard-wrapped text → the same text with a space where a line was merely full.

Mail, agency feeds and old plain-text files break their lines at a column, and not where
something ends. Whether a text does so is told by the text alone: its lines are full (the next
line's first word would not have fitted) and break within sentences, and no list, table, turn
or indent begins there. In doubt a line break is a line break.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NARROWEST, WIDEST = 40, 100
"""The columns at which lines may be wrapped."""
FEWEST = 4
"""Full lines that a wrapped text has at least."""
WRAPPED = 0.6
"""The least share of full lines among those of its lines that could be."""
BEYOND = 0.1
"""The most lines that go beyond the width, as a share of the full ones."""
RUNNING = 0.15
"""The least share of its full lines that break within a sentence, before a small letter."""
RAGGED = 0.6
"""The least share of the width that a line has which breaks so without being full."""
_HANGING = 8
"""Columns by which the lines of a list's item may be indented below its first."""

_SPACES = " \t\xa0"
_BULLET = re.compile(r"(?:[*•·▪>|]+|\([a-z0-9]\))\s")
_DASH_OR_NUMBER = re.compile(r"(?:[-–—]+|\d{1,2}[.)])\s")
"""What may begin a list's item, and may as well stand in a sentence."""
_LABEL = re.compile(r"[A-Z][\w .’'-]{0,30}:(?=\s|$)")
_ENDED = tuple(".!?…:;")
_CLOSING = "\"'”’»)]"
_AFTER_STUB = ("and ", "or ", "to ", "nor ")
"""What follows the hyphen of half a word: "pre- and post-war"."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text whose wraps are spaces, with the way between its positions and the original's."""

    text: str
    _edges: Ints
    """Where in `text` the words after each wrap begin."""
    _resumed: Ints
    """Where in the original they do."""
    _lost: Ints
    """The characters that the first n wraps lost [wraps + 1]."""

    def origin(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Where spans of `text` stand in the original."""
        return (
            starts + self._lost[self._edges.searchsorted(starts, "right")],
            ends + self._lost[self._edges.searchsorted(ends, "left")],
        )

    def places(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Where spans of the original, which begin and end at words, stand in `text`."""
        return (
            starts - self._lost[self._resumed.searchsorted(starts, "right")],
            ends - self._lost[self._resumed.searchsorted(ends, "right")],
        )

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where one such span stands in `text`."""
        lost = self._lost[self._resumed.searchsorted([start, end], "right")]
        return start - int(lost[0]), end - int(lost[1])


def unwrapped(text: str) -> Unwrapped | None:
    """The text without its wraps; None where it has none."""
    pairs = list(_pairs(text))
    gaps = [_gap(*pair) for pair in _wraps(pairs)] if len(pairs) >= FEWEST else []
    if not gaps:
        return None
    parts, at = [], 0
    for start, end, fill in gaps:
        parts += [text[at:start], fill]
        at = end
    lost = np.array(
        [0, *accumulate(end - start - len(fill) for start, end, fill in gaps)], np.int64
    )
    resumed = np.array([end for _, end, _ in gaps], np.int64)
    return Unwrapped("".join([*parts, text[at:]]), resumed - lost[1:], resumed, lost)


class _Line(NamedTuple):
    """A line's words, the column before them, and where they begin in the text."""

    words: str
    indent: int
    start: int

    @property
    def right(self) -> int:
        """The column at which the line ends."""
        return self.indent + len(self.words)

    @property
    def first(self) -> int:
        """The length of the first word."""
        return len(self.words.split(" ", 1)[0])


Pair = tuple[_Line, _Line]
"""A line and the one right below it."""


def _pairs(text: str) -> Iterator[Pair]:
    """The lines that could be one sentence's, each with the next, in order."""
    at, above = 0, None
    for line in text.split("\n"):
        words = line.strip(_SPACES + "\r")
        here = _Line(words, line.find(words), at) if words else None
        if above and here and not _begins_anew(above, here):
            yield above, here
        above = here
        at += len(line) + 1


def _begins_anew(upper: _Line, lower: _Line) -> bool:
    """Whether the lower line begins a paragraph, an item, a turn or a table's row."""
    above, below = upper.words, lower.words
    listed = not above[0].isalpha() and bool(_BULLET.match(above) or _DASH_OR_NUMBER.match(above))
    rise = lower.indent - upper.indent
    if rise > 0 and not (listed and rise <= _HANGING):
        return True
    if not below[0].isalpha():
        perhaps = _DASH_OR_NUMBER.match(below)
        return bool(_BULLET.match(below) or (perhaps and (listed or _ends(above))))
    if _LABEL.match(below) and (_ends(above) or _LABEL.match(above)):
        return True
    return (above.isupper() and not below.isupper()) or _is_row(above) or _is_row(below)


def _is_row(words: str) -> bool:
    """Whether the line is a table's, by the gaps in it."""
    return "\t" in words or "    " in words or words.count("   ") > 1


def _ends(words: str) -> bool:
    """Whether a sentence ends with the line."""
    return words.rstrip(_CLOSING).endswith(_ENDED)


def _wraps(pairs: Sequence[Pair]) -> list[Pair]:
    """Those of the pairs that a wrap parts, if the text is wrapped at all."""
    filled = [(upper.right, upper.right + 1 + lower.first) for upper, lower in pairs]
    width = _width(filled)
    full = [width / 2 <= right <= width < needed for right, needed in filled]
    running = [lower.words[0].islower() and not _ends(upper.words) for upper, lower in pairs]
    found = [
        pair
        for pair, is_full, runs in zip(pairs, full, running, strict=True)
        if is_full or (runs and RAGGED * width <= pair[0].right <= WIDEST)
    ]
    many = sum(full)
    beyond = sum(width < right <= WIDEST for right, _ in filled)
    within = sum(is_full and runs for is_full, runs in zip(full, running, strict=True))
    enough = many >= max(FEWEST, WRAPPED * len(pairs)) and beyond <= BEYOND * many
    return found if enough and within >= max(2, RUNNING * many) else []


def _width(filled: Sequence[tuple[int, int]]) -> int:
    """The width at which most lines are full: they end by it, and one more word would not."""
    steps = [0] * (WIDEST + 2)
    for right, needed in filled:
        if right <= WIDEST:
            steps[max(right, NARROWEST)] += 1
            steps[min(max(needed, NARROWEST), WIDEST + 1)] -= 1
    votes = list(accumulate(steps))
    return max(range(NARROWEST, WIDEST + 1), key=votes.__getitem__)


def _gap(upper: _Line, lower: _Line) -> tuple[int, int, str]:
    """The wrap with the spaces around it, and what stands there in the unwrapped text."""
    hyphened = upper.words.endswith("-") and upper.words[-2:-1].isalpha()
    whole = not hyphened or lower.words.startswith(_AFTER_STUB)
    return upper.start + upper.right, lower.start + lower.indent, " " if whole else ""
