"""A statement as a newspaper prints it, with the report that it stands in."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from sayso.formats.html import escape
from sayso.formats.plain import one_line
from sayso.record import telling
from sayso.record.hits import Hit
from sayso.record.tellers import Tellers, according_to
from sayso.types import Span, Statement

_WORDS = 500
_SAYING = frozenset((
    "said", "says", "added", "adds", "announced", "announces", "answered", "answers", "argued",
    "argues", "asked", "asks", "claimed", "claims", "declared", "declares", "explained", "explains",
    "insisted", "insists", "replied", "replies", "stated", "states", "suggested", "suggests",
    "warned", "warns", "wrote", "writes",
))  # fmt: skip
"""Cues that stand between a name and a colon, or after what was said."""
_TELLING = frozenset(("told", "tells"))
"""… that need somebody who is told."""
_COMMA = re.compile(r""",(?=["”’'»](?: …|$))""")
"""What only joined a quotation to its “said”."""


class Printed(NamedTuple):
    """The article."""

    title: str | None
    outlet: str | None
    published: str | None
    url: str | None


def cited(told: Hit | Statement, tellers: Tellers, printed: Printed, place: str) -> str:
    """`place` is where the statement stands in the room: for articles without an address."""
    sentence = _sentence(told, tellers)
    begun = f"T{sentence[1:]}" if sentence.startswith("the ") else sentence
    return f"{begun} — {_source(printed, place)}"


def _sentence(told: Hit | Statement, tellers: Tellers) -> str:
    who = _who([speaker.name for speaker in told.speakers])
    words = _COMMA.sub("", one_line(told.text, _WORDS))
    sign = " [denied]" if told.denied else "" if told.said else " [thought, not said]"
    hearsay = one_line(according_to(tellers), 200)
    if hearsay:
        hearsay = f", {hearsay}"
    lead = _lead(told) if told.speakers else ""
    if lead and told.type != "direct":
        follows = told.cue[0].start > told.content[0].start
        plain = f"{words}, {who} {lead}" if follows else f"{who} {lead} {words}"
        return f"{plain}{hearsay}{sign}"
    return f"{who}{f' {lead}' if lead else ''}{hearsay}: {words}{sign}"


def _who(names: Sequence[str | None]) -> str:
    known = [name or "the author" for name in names]
    *others, last = known or ["Nobody named"]
    return one_line(f"{', '.join(others)} and {last}" if others else last, 200)


def _lead(told: Hit | Statement) -> str:
    """The cue, with whom it is told, where it fits between the name and the words; else nothing."""
    cue = telling.cue(told.cue)
    if not cue or len(told.cue) > 1:
        return ""
    addressee, start = told.addressee, told.content[0].start
    if told.type != "direct" and _near(told.cue[0].end, start):
        return cue
    if addressee is not None and _near(told.cue[0].end, addressee.start):
        return _telling(told, cue, addressee)
    return cue if cue.split()[0].casefold() in _SAYING else ""


def _telling(told: Hit | Statement, cue: str, addressee: Span) -> str:
    """… told somebody."""
    leads = told.type == "direct" or _near(addressee.end, told.content[0].start)
    saying = cue.casefold() in _TELLING or cue.split()[0].casefold() in _SAYING
    return f"{cue} {one_line(addressee.text, 80)}" if leads and saying else ""


def _near(end: int, start: int) -> bool:
    return 0 <= start - end <= 1


def _spoken(day: str) -> str:
    return Markup(escape.day(day)).striptags()  # noqa: S704 (escaped there)


def _source(printed: Printed, place: str) -> str:
    known = [
        f"“{one_line(printed.title, 200)}”" if printed.title else "",
        one_line(printed.outlet, 120) if printed.outlet else "",
        _spoken(printed.published) if printed.published else "",
    ]
    found = list(filter(None, known)) or ["outlet and day not known"]
    return ", ".join([*found, one_line(printed.url, 500) if printed.url else place])
