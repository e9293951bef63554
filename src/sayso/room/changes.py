"""The differences of two versions, made short enough for a page."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sayso.formats.plain import WORD, count
from sayso.record.differences import Differences

CONTEXT = 300
"""Characters that stay the same and are shown on either side of a change."""
PIECES, CHARACTERS = 600, 40_000
"""Of a page."""


class Shown(NamedTuple):
    """Words that stay, go out or come in; where `skipped`, how many stay and are not shown."""

    change: str
    text: str


def shown(found: Differences) -> dict[str, Any]:
    """The values for the template."""
    pieces = list(_shortened(found))
    kept: list[Shown] = []
    left = CHARACTERS
    for piece in pieces[:PIECES]:
        if left <= 0:
            break
        kept.append(Shown(piece.change, piece.text[:left]))
        left -= len(piece.text)
    return {
        "old": found.old,
        "new": found.new,
        "pieces": [] if all(piece.change == "same" for piece in found.pieces) else kept,
        "cut": len(kept) < len(pieces) or left < 0,
        "out": _words(found, "out"),
        "came": _words(found, "in"),
    }


def _words(found: Differences, change: str) -> int:
    return sum(len(WORD.findall(p.text)) for p in found.pieces if p.change == change)


def _shortened(found: Differences) -> Iterator[Shown]:
    last = len(found.pieces) - 1
    for number, piece in enumerate(found.pieces):
        if piece.change != "same":
            yield Shown(piece.change, piece.text)
            continue
        head = _end(piece.text) if number > 0 else 0
        tail = _beginning(piece.text) if number < last else len(piece.text)
        hidden = piece.text[head:tail]
        words = len(WORD.findall(hidden))
        if words < CONTEXT // 10:
            yield Shown("same", piece.text)
            continue
        if head:
            yield Shown("same", piece.text[:head])
        yield Shown("skipped", count(words, "word"))
        if tail < len(piece.text):
            yield Shown("same", piece.text[tail:])


def _end(text: str) -> int:
    """Where the context after a change ends: behind a word."""
    return max(text.rfind(" ", 0, CONTEXT), 0) or min(CONTEXT, len(text))


def _beginning(text: str) -> int:
    """Where the context before a change begins: at a word."""
    start = max(len(text) - CONTEXT, 0)
    return text.find(" ", start) + 1 or start
