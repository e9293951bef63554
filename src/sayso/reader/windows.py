"""An article's tokens, cut into windows that the encoder can take.

Every token belongs to the core of exactly one window, where it is read; after the core comes
a margin, so that what is said there has room to end. Cuts fall on line starts where they can.
The windows depend on nothing but the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.reader.tokens import Tokens

LIMIT = 286
"""Tokens of a window at most, [CLS] and [SEP] aside."""
MARGIN = 32
CORE = LIMIT - MARGIN


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens [start, end), of which [core_start, core_end) are read here."""

    start: int
    end: int
    core_start: int
    core_end: int


def windows(tokens: Tokens) -> Iterator[Window]:
    n = len(tokens)
    if 0 < n <= LIMIT:
        yield Window(0, n, 0, n)
        return
    lines = tokens.lines
    low = 0
    while low < n:
        high = min(low + CORE, n)
        if high < n:
            nearest = int(lines[lines.searchsorted(high, "right") - 1])
            high = nearest if nearest > low + CORE // 2 else high
        yield Window(low, min(n, high + MARGIN), low, high)
        low = high
