"""Words in order, as a quotation is laid along them: in sentences, and in pieces of speech.

The words of the report between two pieces of one utterance, a cue, are no part of it: "The
bridge is safe," she said, "and will be." is one sentence.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from sayso.record.check.lexicon import COORDINATORS, listed
from sayso.record.check.marks import paragraphs
from sayso.record.check.normal import Word, words
from sayso.types import Statement

_END = re.compile(r"[.!?…]")
TERMINATED = re.compile(r"[.!?…][\s\"'”’»)\]]*$")
"""The end of what ends a sentence."""
_PAUSED = re.compile(r"[,–—-][\s\"'”’»]*$")
TRIMMED = " \t\r\n\"'“”‘’`«»„"
_CUE_WORDS = 14
_NEAR_WORDS = 40
_ABBREVIATIONS = listed(
    "mr mrs ms dr prof rev st sgt cllr gen col capt lt sen rep gov hon jr sr vs no jan feb mar apr "
    "jun jul aug sept sep oct nov dec inc ltd co corp etc messrs mt ft"
)


class Print:
    """A text with its words, found once; with `part`, only those in these paragraphs."""

    def __init__(self, text: str, part: tuple[int, int] | None = None) -> None:
        self.text = text
        self.part = part or (0, len(text))
        first, last = self.part
        found = words(text[first:last])
        self.words = found if first == 0 else [Word(a + first, b + first, k) for a, b, k in found]
        self._starts = [word.start for word in self.words]

    def within(self, start: int, stop: int) -> list[Word]:
        """The words that begin in a stretch of the text."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of speech: the positions of its words in the channel, and whose it is."""

    first: int
    end: int
    start: int
    stop: int
    statement: Statement | None
    continues: bool
    """Whether it goes on with the sentence of the piece before it, over a cue."""
    sure: bool = True
    """Whether it is surely speech: False where its quotation mark is never closed."""


@dataclass
class Channel:
    """Words in order, each with the number of its sentence and of its piece."""

    source: Print
    words: list[Word] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    piece: list[int] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    inner: list[tuple[int, int, Statement | None]] = field(default_factory=list)
    """Quotations within quotations: first word, the one after the last, and whose."""

    @property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]

    def between(self, position: int) -> str:
        """What stands before a word, after the one before it; a cue is left out of it."""
        if position == 0:
            return ""
        if position >= len(self.words):
            return self.tail(len(self.words) - 1)
        here, before = self.words[position], self.words[position - 1]
        if self.piece[position] == self.piece[position - 1]:
            return self.text[before.end : here.start]
        stop = self.pieces[self.piece[position - 1]].stop
        begun = self.pieces[self.piece[position]].start
        return self.text[before.end : stop] + " " + self.text[begun : here.start]

    def tail(self, position: int) -> str:
        """What stands after a word, up to the next one or the end of its piece."""
        end = self.pieces[self.piece[position]].stop
        if position + 1 < len(self.words) and self.piece[position + 1] == self.piece[position]:
            end = self.words[position + 1].start
        return self.text[self.words[position].end : end + 2]

    def bounds(self, number: int) -> tuple[int, int]:
        """The first word of a sentence, and the one after its last."""
        first = bisect_left(self.sentence, number)
        return first, bisect_left(self.sentence, number + 1)

    def shown(self, first: int, end: int) -> str:
        """The printed words from one to another; a cue left out between pieces shows as …"""
        parts = []
        while first < end:
            piece = self.pieces[self.piece[first]]
            stop = min(end, piece.end)
            close = piece.stop if stop == piece.end else self.words[stop - 1].end
            if stop < piece.end:
                close += len(_closing(self.text[close : self.words[stop].start]))
            parts.append(self.text[self.words[first].start : close].strip(TRIMMED))
            first = stop
        return " … ".join(" ".join(part.split()) for part in parts)


def _closing(between: str) -> str:
    """The punctuation that ends a sentence, at the start of what stands between two words."""
    match = re.match(r"[.!?…]+", between)
    return match[0] if match else ""


def content(source: Print, statement: Statement) -> Channel:
    """The channel of what a statement tells in the report's words: its content."""
    channel = Channel(source)
    for span in statement.content:
        add(channel, span.start, span.end, statement)
    return channel


def whole_text(source: Print) -> Channel:
    """The channel of all that a text says, by paragraphs."""
    channel = Channel(source)
    for start, stop in paragraphs(source.text, *source.part):
        add(channel, start, stop, None)
    return channel


def one_voice(channel: Channel, one: int, two: int) -> bool:
    """Whether two pieces are of the same speaker, as far as can be told."""
    if one == two:
        return True
    a, b = channel.pieces[one], channel.pieces[two]
    if a.statement is not None and b.statement is not None:
        names = {s.name for s in a.statement.speakers}
        others = {s.name for s in b.statement.speakers}
        return a.statement.id == b.statement.id or bool(names and names == others)
    if two - one > 1:
        return all(one_voice(channel, n, n + 1) for n in range(one, two))
    gap = channel.text[a.stop : b.start]
    between = len(words(gap))
    return between == 0 or ("\n\n" not in gap and between <= _NEAR_WORDS)


def add(
    channel: Channel, start: int, stop: int, owner: Statement | None, *, sure: bool = True
) -> None:
    """Put a stretch of the text at the end of a channel, as a piece; it may have no words."""
    text = channel.text
    found = channel.source.within(start, stop)
    if not found:
        return
    before = channel.pieces[-1] if channel.pieces else None
    continues = before is not None and _continues(text, before, start, owner)
    number = channel.sentence[-1] if channel.sentence else -1
    number += not continues
    piece = Piece(
        len(channel.words), len(channel.words) + len(found), start, stop, owner, continues, sure
    )
    channel.pieces.append(piece)
    for here, word in enumerate(found):
        if here and ends(text, found[here - 1], word):
            number += 1
        channel.words.append(word)
        channel.sentence.append(number)
        channel.piece.append(len(channel.pieces) - 1)


def _continues(text: str, before: Piece, start: int, owner: Statement | None) -> bool:
    gap = text[before.stop : start]
    if "\n\n" in gap or TERMINATED.search(text[before.start : before.stop]):
        return False
    cue = [word.key for word in words(gap)]
    if COORDINATORS.issuperset(cue) or len(cue) > _CUE_WORDS or "adding" in cue or _stops(gap):
        return False
    if before.statement is not None and owner is not None and before.statement.id != owner.id:
        return False
    paused = _PAUSED.search(text[before.start : before.stop].rstrip())
    return paused is not None or gap.lstrip("\"'”’ ").startswith((",", "–", "—"))


def _stops(gap: str) -> bool:
    """Whether a sentence ends in the words of a cue."""
    return any(ends(gap, one, two) for one, two in pairwise(words(gap))) or gap.rstrip(
        TRIMMED
    ).endswith((".", "!", "?"))


def ends(text: str, one: Word, two: Word) -> bool:
    """Whether a sentence ends between two words that follow each other."""
    between = text[one.end : two.start]
    if "\n" in between and between.count("\n") > 1:
        return True
    if not _END.search(between):
        return False
    if "." in between and "?" not in between and "!" not in between and "…" not in between:
        if one.key in _ABBREVIATIONS or (len(one.key) == 1 and text[one.start].isupper()):
            return one.key == "i" and text[two.start].isupper()
        if text[one.end - 1] == ".":
            return text[two.start].isupper()
    first = text[two.start]
    return first.isupper() or first.isdigit() or not first.isalpha()
