"""What a check finds in a document: a place, how near it stands to the quotation, and how it
differs word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.record.check.align import Alignment, Op, coverage, weight
from sayso.record.check.channel import Channel
from sayso.record.check.quotation import Quotation
from sayso.types import Speaker, Statement

Wording = Literal["verbatim", "abridged", "reported", "altered", "none"]
ORDER: tuple[Wording, ...] = ("verbatim", "abridged", "reported", "altered", "none")

NEAR = 0.34
"""The share of a quotation that must be printed for a place to be looked at."""
_ALTERED = 0.55
"""The share that must be printed for the quotation to be that print altered."""
_DENSE = 0.3
"""The share of the printed words, from the first that is quoted to the last, that are quoted."""
_FEW, _MANY = 2.0, 3.0
"""What must be printed, weighed; and what if it stands far apart: "it is … over" is no print."""
_MOST = 0.8
_PAIR = 2
_SHOWN_WORDS = 8
_TELLING, _TELLING_DENSE = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the difference: words as they were quoted and as they were printed."""

    change: str
    quoted: str
    printed: str

    def to_dict(self) -> dict[str, str]:
        return {"change": self.change, "quoted": self.quoted, "printed": self.printed}


@dataclass(frozen=True, slots=True)
class Finding:
    """The place in a document that stands nearest to a quotation, and how near that is."""

    wording: Wording
    printed: str
    start: int
    end: int
    diff: tuple[Difference, ...]
    statement: Statement | None
    likeness: float
    """The share of the quotation, weighed, that is printed there."""
    reason: str | None = None
    """Why it is no better: what was left out, changed, added or joined."""
    telling: bool = True
    """Whether so much is alike, and so close together, that it is worth showing as near."""

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        return self.statement.speakers if self.statement else ()

    @property
    def rank(self) -> tuple[int, float]:
        """Sorts the best first."""
        return ORDER.index(self.wording), -self.likeness


def finding_of(
    quoted: Quotation,
    channel: Channel,
    alignment: Alignment,
    span: tuple[int, int],
    wording: Wording,
    statement: Statement | None,
    reason: str | None,
) -> Finding:
    first, end = span
    return Finding(
        wording,
        channel.shown(first, end),
        channel.words[first].start,
        channel.words[end - 1].end,
        tuple(_differences(quoted, channel, alignment)),
        statement,
        round(coverage(quoted.keys, alignment), 3),
        reason,
        _is_telling(quoted, alignment),
    )


def _is_telling(quoted: Quotation, alignment: Alignment) -> bool:
    pairs = alignment.pairs
    if not pairs:
        return False
    content = sum(weight(quoted.keys[q]) == 1 for q, _ in pairs)
    alike = coverage(quoted.keys, alignment)
    dense = len(pairs) / (pairs[-1][1] + 1 - pairs[0][1])
    return alike >= _TELLING and dense >= _TELLING_DENSE and (content >= _PAIR or alike == 1)


def _differences(quoted: Quotation, channel: Channel, alignment: Alignment) -> Iterator[Difference]:
    for op in alignment.ops:
        said = shown = ""
        if op.quoted < op.quoted_end:
            start, end = quoted.words[op.quoted].start, quoted.words[op.quoted_end - 1].end
            said = " ".join(quoted.text[start:end].split())
        if op.printed < op.printed_end:
            shown = channel.shown(op.printed, op.printed_end)
        yield Difference(op.change, said, shown)


def unlike(quoted: Quotation, channel: Channel, op: Op) -> str:
    """What is changed or added, in a few words."""
    new = _few([quoted.text[w.start : w.end] for w in quoted.words[op.quoted : op.quoted_end]])
    old = _few([channel.text[w.start : w.end] for w in channel.words[op.printed : op.printed_end]])
    if not old:
        return f"not printed there: {new}"
    return f"changed: {new} (printed: {old})" if new else f"left out: {old}"


def _few(words: Sequence[str]) -> str:
    return " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")


def recognised(quoted: Quotation, alignment: Alignment, likeness: float) -> bool:
    """Whether so much is printed, so close together, that it is that print and no other."""
    pairs = alignment.pairs
    content = sum(weight(quoted.keys[q]) for q, _ in pairs)
    first, end = pairs[0][1], pairs[-1][1] + 1
    dense = len(pairs) / max(end - first, 1)
    if likeness == 1.0 and dense == 1.0:
        return len(pairs) > _PAIR or content >= 1
    return (
        likeness >= _ALTERED
        and content >= min(_FEW, _MOST * sum(map(weight, quoted.keys)))
        and (dense >= _DENSE or (likeness >= 0.8 and content >= _MANY) or bool(quoted.gaps))
    )
