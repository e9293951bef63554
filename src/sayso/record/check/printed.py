"""What a document prints as somebody's words: the channel that a quotation is compared with.

Speech is what stands in quotation marks, and what the reader took for direct speech (turns of
an interview have no marks). The words of the report between two stretches of one utterance, a
cue, are no part of it: "The bridge is safe," she said, "and will be." is one sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from sayso.record.check.lexicon import COORDINATORS, REPORTS, listed
from sayso.record.check.marks import Stretch, paragraphs, stretches
from sayso.record.check.normal import Word, words
from sayso.types import Span, Statement

_END = re.compile(r"[.!?…]")
_TERMINATED = re.compile(r"[.!?…][\s\"'”’»)\]]*$")
_REOPENED = re.compile(r"\s*[\"“«„]")
_UNOPENED = re.compile(r"[^\"“”«»]*[,.!?][\"”»]")
_PAUSED = re.compile(r"[,–—-][\s\"'”’»]*$")
_TRIMMED = " \t\r\n\"'“”‘’`«»„"
_BEGINS = re.compile(r"(?:^|[.!?…:,;]|\n)[\s\"'“”‘’«»„(\[]*$")
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
            parts.append(self.text[self.words[first].start : close].strip(_TRIMMED))
            first = stop
        return " … ".join(" ".join(part.split()) for part in parts)


def _closing(between: str) -> str:
    """The punctuation that ends a sentence, at the start of what stands between two words."""
    match = re.match(r"[.!?…]+", between)
    return match[0] if match else ""


def speech(source: Print, statements: Sequence[Statement], *, bounded: bool = True) -> Channel:
    """The channel of what is printed as spoken.

    With `bounded`, a mark that is never closed opens no more than a sentence or the statement
    that begins there; else all to the end of its paragraph is spoken.
    """
    marked = stretches(source.text, *source.part)
    if bounded:
        marked = _bounded(source, marked, statements)
    unsure = {(s.start, s.end) for s in marked if not s.closed}
    spoken = [
        (span.start, span.end)
        for s in statements
        if s.inside is None
        for span in s.content
        if is_spoken(source.text, s) or _unopened(span, marked)
    ]
    outer = _merged([(s.start, s.end) for s in marked if s.depth == 0] + spoken)
    channel = Channel(source)
    owners = [_owner(source.text, statements, start, stop) for start, stop in outer]
    for (start, stop), owner in zip(outer, _going_on(source.text, outer, owners), strict=True):
        _add(channel, start, stop, owner, sure=not bounded or (start, stop) not in unsure)
    places = [word.start for word in channel.words]
    opened_again = _opened_again(source.text, [s for s in marked if s.depth == 0])
    for mark in marked:
        if mark in opened_again:
            continue
        first, end = bisect_left(places, mark.start), bisect_left(places, mark.end)
        if first < end and _is_part(channel, first, end):
            channel.inner.append((first, end, _inmost(statements, mark.start, mark.end)))
    return channel


def _unopened(span: Span, marked: Sequence[Stretch]) -> bool:
    """Whether words end with a quotation mark that nothing opens."""
    return (
        _UNOPENED.fullmatch(span.text) is not None
        and span.text[0].isupper()
        and not any(mark.start < span.end <= mark.end + 1 for mark in marked)
    )


def _bounded(
    source: Print, marked: Sequence[Stretch], statements: Sequence[Statement]
) -> list[Stretch]:
    """The stretches, where one that is never closed ends as soon as it may not be speech."""
    direct = [s for s in statements if s.inside is None and s.type == "direct"]
    found: list[Stretch] = []
    loose: tuple[int, int] | None = None
    for mark in marked:
        if mark.closed and not _runs_over(source.text, mark, direct):
            if loose is not None and loose[0] <= mark.start < loose[1]:
                mark = replace(mark, depth=max(0, mark.depth - 1))
            found.append(mark)
            continue
        end = _spoken_to(mark, direct)
        if end is not None:
            found.append(Stretch(mark.start, min(end, mark.end)))
        else:
            end = _sentence_to(source, mark)
            if end > mark.start:
                found.append(Stretch(mark.start, end, 0, closed=False))
        loose = end, mark.end
    return found


def _runs_over(text: str, mark: Stretch, direct: Sequence[Statement]) -> bool:
    """Whether a stretch that is opened again without having been closed has its own cue in it:
    then it was meant to be closed before."""
    return (
        mark.depth == 0
        and not text[mark.end : mark.end + 1].strip()
        and any(
            mark.start <= cue.start and cue.end <= mark.end
            for s in direct
            if any(_begins_at(mark, span) for span in s.content)
            for cue in s.cue
        )
    )


def _spoken_to(mark: Stretch, direct: Sequence[Statement]) -> int | None:
    """The end of the direct speech that begins at a mark."""
    return max(
        (span.end for s in direct for span in s.content if _begins_at(mark, span)), default=None
    )


def _begins_at(mark: Stretch, span: Span) -> bool:
    return mark.start - 2 <= span.start <= mark.start + 1


def _sentence_to(source: Print, mark: Stretch) -> int:
    """Where the sentence that opens at a mark ends, or its first half where a reporting word
    follows; its start, where the mark stands in the midst of a sentence."""
    if not _BEGINS.search(source.text, max(0, mark.start - 80), mark.start - 1):
        return mark.start
    found = source.within(mark.start, mark.end)
    comma = mark.start
    for here, word in enumerate(found):
        if word.key in REPORTS:
            return comma
        after = found[here + 1] if here + 1 < len(found) else None
        if after is None:
            break
        if _ends(source.text, word, after):
            return after.start
        if "," in source.text[word.end : after.start]:
            comma = word.end
    return mark.end


def _opened_again(text: str, marked: Sequence[Stretch]) -> set[Stretch]:
    """The stretches of quotations that are opened again: they are parts of one, none in another."""
    return {
        stretch
        for one, two in pairwise(marked)
        if _REOPENED.fullmatch(text, one.end, two.start)
        for stretch in (one, two)
    }


def _going_on(
    text: str, outer: Sequence[tuple[int, int]], owners: Sequence[Statement | None]
) -> list[Statement | None]:
    """The owners, with those of stretches that nobody was read to speak: a quotation that is
    opened again without having been closed is of one speaker."""
    found = list(owners)
    joined = [
        (n, n + 1)
        for n, (a, b) in enumerate(pairwise(outer))
        if _REOPENED.fullmatch(text, a[1], b[0])
    ]
    for one, two in joined:
        found[two] = found[two] or found[one]
    for one, two in reversed(joined):
        found[one] = found[one] or found[two]
    return found


def _is_part(channel: Channel, first: int, end: int) -> bool:
    """Whether words are a part of a single piece, and not all of it."""
    piece = channel.pieces[channel.piece[first]]
    return end <= piece.end and (first, end) != (piece.first, piece.end)


def is_spoken(text: str, statement: Statement) -> bool:
    """Whether a statement's content is the speaker's own words, all of it: direct speech, and a
    turn of an interview, which may quote others."""
    if statement.type == "direct":
        return True
    if statement.type != "mixed" or not statement.content:
        return False
    introduced = not statement.cue or all(span.text.strip() == ":" for span in statement.cue)
    first, last = statement.content[0], statement.content[-1]
    before = text[max(0, first.start - 8) : first.start].rstrip()
    return introduced and before.endswith(":") and _TERMINATED.search(last.text) is not None


def told(source: Print, statement: Statement) -> Channel:
    """The channel of what a statement tells in the report's words: its content."""
    channel = Channel(source)
    for span in statement.content:
        _add(channel, span.start, span.end, statement)
    return channel


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _add(
    channel: Channel, start: int, stop: int, owner: Statement | None, *, sure: bool = True
) -> None:
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
        if here and _ends(text, found[here - 1], word):
            number += 1
        channel.words.append(word)
        channel.sentence.append(number)
        channel.piece.append(len(channel.pieces) - 1)


def _continues(text: str, before: Piece, start: int, owner: Statement | None) -> bool:
    gap = text[before.stop : start]
    if "\n\n" in gap or _TERMINATED.search(text[before.start : before.stop]):
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
    return any(_ends(gap, one, two) for one, two in pairwise(words(gap))) or gap.rstrip(
        _TRIMMED
    ).endswith((".", "!", "?"))


def _ends(text: str, one: Word, two: Word) -> bool:
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


def _owner(text: str, statements: Sequence[Statement], start: int, stop: int) -> Statement | None:
    """The outermost statement that a stretch stands in: who speaks it. In words that are told,
    it is the inmost that has all of it: "she said that he called it “a mess”"."""
    best = _outmost(statements, start, stop)
    if best is None or is_spoken(text, best):
        return best
    return _inmost(statements, start, stop) or best


def _outmost(statements: Sequence[Statement], start: int, stop: int) -> Statement | None:
    best, most = None, (stop - start - 1) // 2
    for statement in statements:
        if statement.inside is not None and best is not None:
            continue
        covered = 0
        for span in statement.content:
            if span.start < stop and start < span.end:
                covered += min(stop, span.end) - max(start, span.start)
        if covered > most:
            best, most = statement, covered
    return best


def _inmost(statements: Sequence[Statement], start: int, stop: int) -> Statement | None:
    """The nested statement that a stretch stands in, whole."""
    found = [
        s
        for s in statements
        if s.inside is not None and any(c.start <= start and stop <= c.end for c in s.content)
    ]
    return min(found, key=lambda s: sum(c.end - c.start for c in s.content), default=None)


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


def whole_text(source: Print) -> Channel:
    """The channel of all that a text says, by paragraphs."""
    channel = Channel(source)
    for start, stop in paragraphs(source.text, *source.part):
        _add(channel, start, stop, None)
    return channel
