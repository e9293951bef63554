"""Quotation marks: which stretches of a text stand in them.

Pairs by kind of mark, paragraph by paragraph. A quotation that runs on is opened again at the
next paragraph and closed once at its end; one that is never closed ends with its paragraph.
Where paragraphs were run together, the mark that opens it again stands after a sentence.
Straight marks open before a word and close after one. A single mark is an apostrophe unless it
can open or close something, and one after an s before a small letter (the residents' letter)
closes only where no better one follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_MARK = re.compile("[\"“”„«»‘’'‹›`]|''")
_DOUBLE = {"“": '”"', "„": "“”", "«": "»", '"': '"”'}
_SINGLE = {"‘": "’", "'": "'", "`": "'"}
_AGAIN = re.compile(r"[.!?…]\s+$")
_OPENS_AFTER = re.compile(r"[\s(\[{—–\-:;,/“\"‘'«]?")
_ELISION = re.compile(r"['’](?:\d\ds?\b|tis\b|twas\b|em\b|cause\b|til\b|n['’])", re.IGNORECASE)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands in quotation marks, the marks aside; `depth` counts the stretches around it.

    `closed` is False where it ends with its paragraph only because nothing closes it.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True


@dataclass(slots=True)
class _Open:
    mark: str
    start: int


def stretches(text: str, first: int = 0, last: int | None = None) -> list[Stretch]:
    """Every stretch in quotation marks, nested ones too, by where they start."""
    found: list[Stretch] = []
    for start, end in paragraphs(text, first, last):
        found += _of_paragraph(text, start, end)
    return sorted(found, key=lambda s: (s.start, -s.end))


def paragraphs(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """The bounds of each paragraph: what blank lines part."""
    start, last = first, len(text) if last is None else last
    for gap in _PARAGRAPH.finditer(text, first, last):
        yield start, gap.start()
        start = gap.end()
    yield start, last


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of text widened to whole paragraphs, and one more on either side."""
    bounds = list(paragraphs(text))
    inside = [n for n, (a, b) in enumerate(bounds) if a < end and start < b]
    if not inside:
        return 0, len(text)
    return bounds[max(inside[0] - 1, 0)][0], bounds[min(inside[-1] + 1, len(bounds) - 1)][1]


def _of_paragraph(text: str, start: int, end: int) -> list[Stretch]:
    found: list[Stretch] = []
    waiting: list[_Open] = []
    place = start
    while (mark := _MARK.search(text, place, end)) is not None:
        at, place = mark.start(), mark.end()
        closes = _closed_by(text, at, end, waiting)
        if closes is not None:
            found.append(Stretch(waiting[closes].start, at, closes))
            del waiting[closes:]
        elif _opens(text, at, start, end):
            if len(waiting) == 1 and _reopens(text, at, waiting[0]):
                found.append(Stretch(waiting.pop().start, len(text[:at].rstrip())))
            waiting.append(_Open(text[at], at + 1))
    if waiting:  # never closed, or closed in a later paragraph
        first, again = waiting[0], _runs_on(text, end)
        if first.mark in _DOUBLE or again:
            found.append(Stretch(first.start, min(end, first.start + _LONGEST), 0, again))
    return found


def _closed_by(text: str, at: int, end: int, waiting: list[_Open]) -> int | None:
    """The position among the open marks of the one that the mark here closes."""
    for n in range(len(waiting) - 1, -1, -1):
        mark = waiting[n].mark
        if mark in _DOUBLE and text[at] in _DOUBLE[mark] and _closes_double(text, at, mark):
            return n
        if mark in _SINGLE and text[at] in _SINGLE[mark] and _closes_single(text, at, end, mark):
            return n
    return None


def _closes_double(text: str, at: int, mark: str) -> bool:
    if text[at] != '"':
        return True
    if mark == "“" and (_space(text, at - 1) or _wordlike(text, at + 1) or text[at - 1].isdigit()):
        return False
    return not (_space(text, at - 1) and _wordlike(text, at + 1))


def _reopens(text: str, at: int, before: _Open) -> bool:
    """Whether an opening mark goes on with the quotation that the same mark has opened."""
    same = text[at] == before.mark and text[at] in _DOUBLE
    return same and _AGAIN.search(text, before.start, at) is not None


def _closes_single(text: str, at: int, end: int, mark: str) -> bool:
    if _wordlike(text, at + 1) or _space(text, at - 1):
        return False
    if text[at - 1] not in "sS":
        return True
    after = text[at + 1 : at + 3]
    if not (after[:1].isspace() and after[1:2].islower()):
        return True
    return not _closes_later(text, at + 1, end, mark)


def _closes_later(text: str, place: int, end: int, mark: str) -> bool:
    """Whether a surer closing mark follows before the next opening one."""
    for later in re.finditer("[‘’'“\"]", text[place:end]):
        at = place + later.start()
        if text[at] in '‘“"' or (text[at] == "'" and _opens(text, at, place, end)):
            return False
        if text[at] in _SINGLE[mark] and not _wordlike(text, at + 1) and not _space(text, at - 1):
            return True
    return False


def _opens(text: str, at: int, start: int, end: int) -> bool:
    mark = text[at]
    if mark not in _DOUBLE and mark not in _SINGLE:
        return False
    if at + 1 >= end or text[at + 1].isspace():
        return False
    if mark in "“„«":
        return True
    before = text[at - 1] if at > start else ""
    if not _OPENS_AFTER.fullmatch(before):
        return False
    return mark == '"' or _ELISION.match(text, at) is None


def _runs_on(text: str, end: int) -> bool:
    """Whether the next paragraph opens with a quotation mark."""
    return text[end : end + 200].lstrip()[:1] in tuple("“‘\"'")


def _wordlike(text: str, at: int) -> bool:
    return at < len(text) and (text[at].isalnum() or text[at] == "_")


def _space(text: str, at: int) -> bool:
    return at < 0 or text[at].isspace()
