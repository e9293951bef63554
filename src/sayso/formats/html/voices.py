"""Who is heard in a reading, and how many of its words are theirs."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.formats.plain import WORD
from sayso.formats.speakers import listed
from sayso.types import Reading, Speaker, Statement, Type

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
    """A speaker on the page; `speaker` is None for statements with nobody named.

    `statements` holds positions among the reading's statements; `others` what else the report
    calls the speaker; `style` picks colour and line.
    """

    letter: str
    style: int | None
    speaker: Speaker | None
    statements: tuple[int, ...]
    words: Words
    others: tuple[str, ...] = ()


class WordCounter:
    """Counts the words that begin within ranges of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [match.start() for match in WORD.finditer(text)]

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

    def words(positions: Iterable[int]) -> Words:
        return spoken(map(reading.statements.__getitem__, positions), counter)

    ranked = [(each, words(each.statements)) for each in listed(reading)]
    ranked.sort(key=lambda heard: (-heard[1].total, heard[0].statements[0]))
    voices = [
        Voice(letters(rank), rank, each.speaker, each.statements, said, each.others)
        for rank, (each, said) in enumerate(ranked)
    ]
    nobody = tuple(n for n, statement in enumerate(reading.statements) if not statement.speakers)
    if nobody:
        voices.append(Voice("–", None, None, nobody, words(nobody)))
    return tuple(voices)


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
