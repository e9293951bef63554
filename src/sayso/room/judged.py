"""A checked quotation as a page shows it: what came of it in words, and the evidence, cut short."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sayso.record.check import Checked, Match
from sayso.record.check.report import SAID, telling_cue
from sayso.record.check.wording import Document
from sayso.record.tellers import according_to
from sayso.room.addresses import address

LONGEST, LONGEST_NEAR = 900, 360
"""Characters of a match, and of what is near."""
_STRETCH = 240
"""Characters of what differs."""
MATCHES = 8
"""Places that a page shows; the files have all."""
PARTS = 120
"""Pieces of a difference."""

_BY = {
    "same": "by the one asked for",
    "other": "but not by the one asked for",
    "unnamed": "but nobody is named who says it",
    "not asked": "",
}


class Part(NamedTuple):
    """Words of print. `change` is same; quoted where only the quotation has them, printed where
    only the print has; cut where some are left out."""

    change: str
    text: str


def light(checked: Checked) -> Checked:
    """Without the texts that it was held against: those of a draft are kept for hours."""
    return replace(
        checked,
        matches=tuple(map(_without_text, checked.matches)),
        near=tuple(map(_without_text, checked.near)),
    )


def _without_text(match: Match) -> Match:
    return replace(match, source=replace(match.source, document=Document("")))


def verdict(checked: Checked) -> str:
    """What came of it, as a sentence without its end."""
    if checked.wording == "none":
        return "Nothing of the kind is in print, as far as the record goes"
    told, standing = SAID[checked.wording], _BY[checked.speaker]
    return ", ".join(filter(None, (told, standing, according_to(checked.according_to))))


def parts(match: Match, longest: int = LONGEST) -> Iterator[Part]:
    """What was printed beside what is quoted, piece by piece, at most about `longest` of it."""
    told = 0
    for number, difference in enumerate(match.finding.diff):
        if told > longest or number == PARTS:
            yield Part("cut", "…")
            return
        for change, text in _pieces(difference.change, difference.quoted, difference.printed):
            most = max(longest - told, _STRETCH) if change == "same" else _STRETCH
            told += len(text)
            yield Part(change, text if len(text) <= most else f"{text[:most]} …")


def _pieces(change: str, quoted: str, printed: str) -> Iterator[tuple[str, str]]:
    if change == "same":
        yield "same", printed
        return
    if quoted:
        yield "quoted", quoted
    if printed:
        yield "printed", printed


def cue(match: Match) -> str:
    """How it was said, where that is more than plain saying."""
    return telling_cue(match)


def place(match: Match) -> str:
    """The address of the statement, or of the article where no statement was read."""
    statement = match.finding.statement
    key = match.source.article
    return f"/articles/{key}" + ("" if statement is None else f"/{statement.id}")


def again(checked: Checked) -> str:
    """The address at which this quotation alone is checked."""
    return address("/check", quotation=checked.quotation, by=checked.by)


def others(checked: Checked) -> int:
    """How many articles have it besides the one that printed it first."""
    return max(0, len({match.source.article for match in checked.matches}) - 1)


def first(checked: Checked) -> Match | None:
    """The match that was printed first."""
    return next(iter(checked.matches), None)


def nearest(checked: Checked) -> Match | None:
    """That, or else the place that is most like it."""
    return next(iter((*checked.matches, *checked.near)), None)
