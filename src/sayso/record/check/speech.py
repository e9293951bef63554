"""What a document prints as somebody's words: the channel that a quotation is compared with.

Speech is what stands in quotation marks, and what the reader took for direct speech (turns of
an interview have no marks).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sayso.record.check.channel import Channel, Print, add, ends
from sayso.record.check.lexicon import REPORTS
from sayso.record.check.marks import Stretch, stretches
from sayso.record.check.owners import Owners, is_spoken
from sayso.types import Span, Statement

_REOPENED = re.compile(r"\s*[\"“«„]")
_UNOPENED = re.compile(r"[^\"“”«»]*[,.!?][\"”»]")
_BEGINS = re.compile(r"(?:^|[.!?…:,;]|\n)[\s\"'“”‘’«»„(\[]*$")


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
    owners = Owners(source.text, statements)
    speaking = _going_on(source.text, outer, [owners.of(start, stop) for start, stop in outer])
    for (start, stop), owner in zip(outer, speaking, strict=True):
        add(channel, start, stop, owner, sure=not bounded or (start, stop) not in unsure)
    places = [word.start for word in channel.words]
    opened_again = _opened_again(source.text, [s for s in marked if s.depth == 0])
    for mark in marked:
        if mark in opened_again:
            continue
        first, end = bisect_left(places, mark.start), bisect_left(places, mark.end)
        if first < end and _is_part(channel, first, end):
            channel.inner.append((first, end, owners.inmost(mark.start, mark.end)))
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
        if ends(source.text, word, after):
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


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
