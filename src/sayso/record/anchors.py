"""Places in a text that are found again: by the words, what stands around them, the position.

As the Web Annotation model has it, a text quote and a text position together. What can't be found
for sure is not found: no place is guessed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.types import Span, Statement

CONTEXT = 32
"""How many characters before and after the words are kept."""

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text, with what stood before and after them, and where they began."""

    exact: str
    prefix: str
    suffix: str
    start: int

    @classmethod
    def of(cls, text: str, span: Span) -> "Quote":
        before = text[max(0, span.start - CONTEXT) : span.start]
        return cls(span.text, before, text[span.end : span.end + CONTEXT], span.start)

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> "Quote":
        return cls(told["exact"], told["prefix"], told["suffix"], told["start"])

    def to_dict(self) -> dict[str, Any]:
        return {
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "start": self.start,
        }

    def find(self, text: str) -> Span | None:
        """Where the words stand: at their position, else where alone they have their context.

        In a text that was changed, what stands on one side is enough, if it is there only once.
        """
        if text.startswith(self.exact, self.start) and self._stands(text, self.start):
            return self._span(self.start)
        found = list(_places(text, self.exact))
        both = [at for at in found if self._stands(text, at)]
        one = [at for at in found if self._before(text, at) or self._after(text, at)]
        for places in (both, one):
            if places:
                return self._span(places[0]) if len(places) == 1 else None
        return None

    def _span(self, start: int) -> Span:
        return Span(start, start + len(self.exact), self.exact)

    def _stands(self, text: str, at: int) -> bool:
        return self._before(text, at) and self._after(text, at)

    def _before(self, text: str, at: int) -> bool:
        short = len(self.prefix) < CONTEXT  # nothing stood before it
        return text[:at] == self.prefix if short else text.endswith(self.prefix, 0, at)

    def _after(self, text: str, at: int) -> bool:
        rest = at + len(self.exact)
        short = len(self.suffix) < CONTEXT
        return text[rest:] == self.suffix if short else text.startswith(self.suffix, rest)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a statement stands: the spans of its content, cue and source."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()

    @classmethod
    def of(cls, statement: Statement) -> "Bounds":
        return cls(statement.content, statement.cue, statement.source)

    def is_same(self, other: "Bounds") -> bool:
        """Whether both are one statement: they share half of what their contents have together,
        and cue or source stand in the same place, or one of them has neither."""
        if likeness(self.content, other.content) < SAME:
            return False
        if meet(self.cue, other.cue) or meet(self.source, other.source):
            return True
        return not any((self.cue, self.source)) or not any((other.cue, other.source))


SAME = 0.5
"""The share of characters that two contents of one statement have in common, of all they have."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The bounds of a statement, as quotes of the text."""

    content: tuple[Quote, ...]
    cue: tuple[Quote, ...] = ()
    source: tuple[Quote, ...] = ()

    @classmethod
    def of(cls, text: str, bounds: Bounds) -> "Anchor":
        def quotes(spans: Spans) -> tuple[Quote, ...]:
            return tuple(Quote.of(text, span) for span in spans)

        return cls(quotes(bounds.content), quotes(bounds.cue), quotes(bounds.source))

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> "Anchor":
        parts = (tuple(map(Quote.from_dict, told[part])) for part in ("content", "cue", "source"))
        return cls(*parts)

    def to_dict(self) -> dict[str, Any]:
        return {
            "content": [q.to_dict() for q in self.content],
            "cue": [q.to_dict() for q in self.cue],
            "source": [q.to_dict() for q in self.source],
        }

    def find(self, text: str) -> Bounds | None:
        """The bounds in this text; None where any of the words is not found for sure."""
        parts = [_found(text, quotes) for quotes in (self.content, self.cue, self.source)]
        content, cue, source = parts
        if content is None or cue is None or source is None:
            return None
        return Bounds(content, cue, source)


def _found(text: str, quotes: Iterable[Quote]) -> Spans | None:
    spans = [quote.find(text) for quote in quotes]
    found = [span for span in spans if span is not None]
    return tuple(sorted(found, key=lambda s: s.start)) if len(found) == len(spans) else None


# ---- spans


def spans_at(text: str, places: Iterable[Sequence[int]]) -> Spans:
    """The spans of a text that begin and end at these offsets."""
    return tuple(Span(start, end, text[start:end]) for start, end in places)


def size(spans: Spans) -> int:
    return sum(s.end - s.start for s in spans)


def shared(a: Spans, b: Spans) -> int:
    """How many characters two rows of spans have in common."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def meet(a: Spans, b: Spans) -> bool:
    return shared(a, b) > 0


def likeness(a: Spans, b: Spans) -> float:
    """The characters that both have, as a share of those that either has."""
    common = shared(a, b)
    return common / max(1, size(a) + size(b) - common)
