"""What words came in and went out between two versions of an article.

Texts are laid beside each other line by line, and lines that differ word by word. Where there
are too many lines or words for that, they are told as gone and new.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import Indel

from sayso.errors import UsageError
from sayso.record import articles
from sayso.record.articles import Stored

Change = Literal["same", "out", "in"]

_LINES = 10_000
"""Lines of a text that are laid beside those of another."""
_WORDS = 4_000
"""Words and marks of lines that differ."""

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"\s+|(?:\w+(?:['’.,-]\w+)*|[^\w\s])\s*")
"""A word or a mark with the space after it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both texts have, or that came in or went out."""

    change: Change
    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"change": self.change, "text": self.text}


@dataclass(frozen=True, slots=True)
class Differences:
    """What became of the text of `old` in `new`: the pieces in a row give both texts."""

    old: Stored
    new: Stored
    pieces: tuple[Piece, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "old": self.old.key,
            "new": self.new.key,
            "pieces": [piece.to_dict() for piece in self.pieces],
        }


def differences(db: sqlite3.Connection, old: str, new: str) -> Differences:
    """What two versions of an article have apart. Raises `UsageError` for one and the same."""
    first, second = articles.find(db, old), articles.find(db, new)
    if first.id == second.id:
        raise UsageError(f"{first.key} is one version: name another to lay beside it")
    texts = [articles.text(db, version.id) for version in (first, second)]
    return Differences(first, second, tuple(laid_beside(*texts)))


def laid_beside(old: str, new: str) -> Iterator[Piece]:
    """The pieces of two texts, each as long as it can be; what went out before what came in."""
    held: dict[Change, str] = {"same": "", "out": "", "in": ""}
    for piece in _pieces(old, new):
        if piece.change == "same":
            yield from _told(held, "out", "in")
        elif held["same"]:
            yield from _told(held, "same")
        held[piece.change] += piece.text
    yield from _told(held, "out", "in", "same")


def _told(held: dict[Change, str], *changes: Change) -> Iterator[Piece]:
    for change in changes:
        if held[change]:
            yield Piece(change, held[change])
            held[change] = ""


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _LINE.findall(old), _LINE.findall(new)
    if max(len(before), len(after)) > _LINES:
        yield from _swapped(old, new)
        return
    for same, gone, come in _matched(before, after):
        yield from _by_words(gone, come)
        yield Piece("same", same)


def _by_words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _WORDS:
        yield from _swapped(old, new)
        return
    for same, gone, come in _matched(before, after):
        yield from _swapped(gone, come)
        yield Piece("same", same)


def _matched(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What both have in a row, with what went out and what came in ahead of it."""
    gone = come = ""
    for step in Indel.opcodes(before, after):
        out = "".join(before[step.src_start : step.src_end])
        if step.tag == "equal":
            yield out, gone, come
            gone = come = ""
        else:
            gone += out
            come += "".join(after[step.dest_start : step.dest_end])
    if gone or come:
        yield "", gone, come


def _swapped(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece("out", old)
    if new:
        yield Piece("in", new)
