"""What is told through another: "the Post quoted Ada Pell as saying that it rained".

That is one statement, by Ada Pell and in the Post; the labels make one of the Post's of it and,
mostly, hers within.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.reader.drafts import Bounds, Draft

_QUOTES = re.compile(
    r"\b(?:(?:quot|cit)(?:e|es|ed|ing)|(?<!\bon )(?<!\bthe )(?<!\ba )record(?:s|ed|ing)?)\b", re.I
)
_SAYING = re.compile(
    r"\bas (?:saying|having said|telling|claiming|warning|arguing|insisting|confirming)\b"
)
_LEAD = re.compile(r"[\s:,]*(?:that\s+)?")
_PASSIVE = re.compile(r"\b(?:was|were|been|is|are|be|being) (?:\w+ly )?$")
_BY = re.compile(r"\s+by\s+")
_BREAK = re.compile(r"[.!?\n\"“”«»]\s")
_OPENING = '"“‘«'
_LONGEST_SOURCE = 160  # characters between both verbs
_LONGEST_AUXILIARY = 24
_NEAR = 20  # drafts after one that may have its words


@dataclass(frozen=True, slots=True)
class _Relay:
    """Where one is quoted: both verbs, who speaks, who tells of it, and where the words begin."""

    cue: tuple[Bounds, ...]
    source: tuple[Bounds, ...]
    channel: Bounds | None
    words: int


def without_relays(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in their order, those who are quoted through another speaking for themselves."""
    inner: dict[int, int] = {}
    kept: dict[int, Draft] = {}
    for i, draft in enumerate(drafts):
        relay = _relay(text, draft)
        if relay is None:
            continue
        near = range(i + 1, min(len(drafts), i + _NEAR))
        own = next((j for j in near if _is_own(drafts[j], i, relay)), i)
        if own == i and not relay.source:
            continue
        spoken = _spoken(text, drafts[own], draft, relay)
        if not spoken.content:
            continue
        kept[own] = spoken
        if own != i:
            inner[i] = own
    order = [i for i in range(len(drafts)) if i not in inner]
    place = {i: n for n, i in enumerate(order)}
    return [_moved(i, kept.get(i, drafts[i]), inner, place) for i in order]


def _relay(text: str, draft: Draft) -> _Relay | None:
    if not draft.cue:
        return None
    start, end = draft.cue[0][0], draft.content[-1][1]
    if end <= start:
        end = draft.cue[0][1] + _LONGEST_SOURCE
    verb = _QUOTES.search(text, start, draft.cue[0][1])
    saying = verb and _SAYING.search(text, verb.end(), min(end, verb.end() + _LONGEST_SOURCE))
    if not verb or not saying or _BREAK.search(text, verb.end(), saying.start()):
        return None
    lead = _LEAD.match(text, saying.end(), end)
    words = lead.end() if lead else saying.end()
    cue = ((start, verb.end()), saying.span())
    between = _stripped(text, verb.end(), saying.start())
    if _PASSIVE.search(text, max(0, verb.start() - _LONGEST_AUXILIARY), verb.start()):
        by = _BY.match(text, verb.end(), saying.start())
        channel = _stripped(text, by.end(), saying.start()) if by else None
        source = tuple(span for span in draft.source if span[0] < verb.start())
        return _Relay(cue, source, channel, words)
    if between is None:
        return None
    return _Relay(cue, (between,), draft.source[0] if draft.source else None, words)


def _stripped(text: str, start: int, end: int) -> Bounds | None:
    """A stretch without spaces and commas at its ends; None where nothing is left."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(" ,"))
    end -= len(words) - len(words.rstrip(" ,"))
    return (start, end) if start < end else None


def _is_own(draft: Draft, outer: int, relay: _Relay) -> bool:
    """Whether a draft has the words that another tells of: within it, or by its second verb."""
    (low, high), begins = relay.cue[-1], draft.cue[0][0] if draft.cue else -1
    holds = draft.content[0][0] <= relay.words < draft.content[-1][1]
    return low <= begins < high or (holds and draft.inside == outer)


def _spoken(text: str, own: Draft, outer: Draft, relay: _Relay) -> Draft:
    content = own.content
    if own is outer:
        content = tuple(_words(text, outer.cue[0][0], relay.words, outer.content))
    return replace(
        own,
        source=relay.source or own.source,
        cue=relay.cue,
        content=content,
        channel=own.channel or outer.channel or relay.channel,
        when=own.when or outer.when,
        addressee=own.addressee or outer.addressee,
        inside=outer.inside,
    )


def _words(text: str, low: int, high: int, pieces: Sequence[Bounds]) -> Iterator[Bounds]:
    """What is said: before the first verb, and behind the second what is quoted or all there is."""
    before = [(start, min(end, low)) for start, end in pieces if start < low]
    yield from before
    for start, end in ((max(start, high), end) for start, end in pieces if end > high):
        if not before or text[start] in _OPENING:
            yield start, end


def _moved(i: int, draft: Draft, inner: dict[int, int], place: dict[int, int]) -> Draft:
    """A draft whose outer one has its place among those that are left."""
    outer = draft.inside
    while outer in inner:
        outer = inner[outer]
    return replace(draft, inside=None if outer is None or outer == i else place[outer])
