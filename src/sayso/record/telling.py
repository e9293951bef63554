"""How a hit is told to people: the cue before it, the content cut where words are marked."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sayso.formats.plain import one_line
from sayso.record.hits import Hit
from sayso.types import Span, joined

_CUE = 80
_PLAIN = frozenset((
    "said", "says", "say", "saying", "tell", "tells", "told", "telling", "add", "adds", "added",
    "has", "had", "have", "according", "to",
))  # fmt: skip
"""Words of a cue that tell no more than that it was said."""


class Piece(NamedTuple):
    """Words of a content that are all marked, or none of them."""

    text: str
    marked: bool


def cue(spans: Iterable[Span]) -> str:
    """A cue in words; nothing where it is a colon."""
    told = one_line(joined(spans), _CUE)
    return told if any(map(str.isalnum, told)) else ""


def is_plain(told: str) -> bool:
    """Whether a cue in words tells no more than that it was said; so does one without words."""
    return _PLAIN.issuperset(told.casefold().replace("…", " ").split())


def led_by_cue(hit: Hit) -> bool:
    """Whether the cue is to be told: a quotation does without a plain “said”. So what somebody
    denied does not read as what they said."""
    plain = hit.type == "direct" and hit.said and not hit.denied
    told = cue(hit.cue)
    return bool(told) and not (plain and is_plain(told))


def pieces(hit: Hit) -> Iterator[Piece]:
    """The content cut where marks begin and end."""
    for number, span in enumerate(hit.content):
        if number:
            yield Piece(" … ", marked=False)
        at = span.start
        for mark in _within(hit.marks, span):
            yield Piece(span.text[at - span.start : mark.start - span.start], marked=False)
            yield Piece(mark.text, marked=True)
            at = mark.end
        yield Piece(span.text[at - span.start :], marked=False)


def _within(marks: Iterable[Span], span: Span) -> Iterator[Span]:
    reached = span.start
    for mark in marks:
        if reached <= mark.start and mark.end <= span.end:
            yield mark
            reached = mark.end
