"""Who is heard in a reading, and how many of its words are theirs."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.types import Reading, Speaker, Statement, Type

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the report that are somebody's, each counted once, in its plainest form."""

    direct: int
    mixed: int
    indirect: int

    @property
    def total(self) -> int:
        return self.direct + self.mixed + self.indirect


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker on the page; `speaker` is None for statements on nobody's word.

    `statements` holds positions among the reading's statements; `style` picks colour and line.
    """

    letter: str
    style: int | None
    speaker: Speaker | None
    statements: tuple[int, ...]
    words: Words


class WordCounter:
    """Counts the words that begin within ranges of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [match.start() for match in _WORD.finditer(text)]

    def total(self) -> int:
        return len(self._starts)

    def within(self, ranges: Iterable[Range]) -> int:
        """The words of all ranges together; where they overlap a word counts once."""
        number, reached = 0, 0
        for start, end in sorted(ranges):
            if end > reached:
                number += self._before(end) - self._before(max(start, reached))
                reached = end
        return number

    def _before(self, offset: int) -> int:
        return bisect_left(self._starts, offset)


def hear(reading: Reading, counter: WordCounter) -> tuple[Voice, ...]:
    """The voices by number of words, most first; last, the statements without a source."""
    heard: dict[object, tuple[Speaker | None, dict[int, None]]] = {}
    for position, statement in enumerate(reading.statements):
        for speaker in statement.speakers or (None,):
            _, positions = heard.setdefault(_identity(speaker), (speaker, {}))
            positions[position] = None
    ranked = [
        (speaker, tuple(positions), spoken(map(reading.statements.__getitem__, positions), counter))
        for speaker, positions in heard.values()
    ]
    ranked.sort(key=lambda voice: (voice[0] is None, -voice[2].total, voice[1][0]))
    return tuple(
        Voice("–", None, None, positions, words)
        if speaker is None
        else Voice(letters(rank), rank, speaker, positions, words)
        for rank, (speaker, positions, words) in enumerate(ranked)
    )


def spoken(statements: Iterable[Statement], counter: WordCounter) -> Words:
    """What was said, denied and thought left out; a word in several types counts as the first."""
    ranges: dict[Type, list[Range]] = {"direct": [], "mixed": [], "indirect": []}
    for statement in statements:
        if statement.said and not statement.denied:
            ranges[statement.type] += [(span.start, span.end) for span in statement.content]
    direct = counter.within(ranges["direct"])
    quoted = counter.within(ranges["direct"] + ranges["mixed"])
    every = counter.within(ranges["direct"] + ranges["mixed"] + ranges["indirect"])
    return Words(direct, quoted - direct, every - quoted)


def letters(rank: int) -> str:
    """A … Z, AA, AB … for 0, 1 …"""
    label = ""
    rank += 1
    while rank:
        rank, digit = divmod(rank - 1, 26)
        label = chr(ord("A") + digit) + label
    return label


def name(speaker: Speaker) -> str:
    """What to call a speaker; an author without a byline has no name of their own."""
    return speaker.name or "The report’s author"


def names(speakers: Sequence[Speaker]) -> str:
    """The speakers in a row, for a label."""
    return ", ".join(name(speaker) for speaker in speakers)


def _identity(speaker: Speaker | None) -> object:
    if speaker is None:
        return None
    return speaker.entity or (speaker.name, speaker.kind)
