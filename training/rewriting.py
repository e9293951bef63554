"""A text laid out otherwise, or with other quotation marks, and the way back to it.

What is said stays the same to the letter, so that a reader should find the same in both.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

Edit = tuple[int, int, str]
"""Replace the characters [start, end) by a string."""
Spans = Sequence[Sequence[int]]

Style = tuple[str, str]
"""The marks around a quotation, and around one within it, each an opening and a closing one."""
STYLES: dict[str, Style] = {
    "straight double": ('""', "''"),
    "curly double": ("“”", "‘’"),
    "curly single": ("‘’", "“”"),
    "guillemets": ("«»", "“”"),
}

_BETWEEN = re.compile(r"\s*\n[^\S\n]*\n\s*")
_DOUBLE, _SINGLE = '"“”', "'‘’"
_KINDS = (_DOUBLE, _SINGLE, "«»", "‹›")
"""Marks that open and close with each other, however carelessly a text is set."""
_MARK = re.compile(f"[{''.join(_KINDS)}]")
_OPENING, _CLOSING = "“«‘‹", "”»›"
_BEFORE_AN_OPENER = "([{—–-/"
_AFTER_A_CLOSER = ",.;:!?)]}"
_ELISION = re.compile(r"'(?:\d0s|em|n|tis|til|twas)\b", re.IGNORECASE)
_NEXT_SINGLE = re.compile(r"(?P<closes>(?<=\S)['’](?!\w))|(?<!\w)['‘](?=\w)")


class Stretch(NamedTuple):
    """Where words stood that were replaced, and where those that replaced them stand."""

    start: int
    end: int
    new_start: int
    new_end: int

    def flipped(self) -> "Stretch":
        return Stretch(self.new_start, self.new_end, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text after edits. Spans that begin or end within a replaced stretch take all of it."""

    text: str
    _stretches: tuple[Stretch, ...] = ()

    def origin(self, spans: Spans) -> list[list[int]]:
        """Where spans of this text stand in the original."""
        return _carried(spans, [s.flipped() for s in self._stretches])

    def places(self, spans: Spans) -> list[list[int]]:
        """Where spans of the original stand in this text."""
        return _carried(spans, self._stretches)


def _carried(spans: Spans, stretches: Sequence[Stretch]) -> list[list[int]]:
    begins = [s.start for s in stretches]

    def carried(at: int, *, is_end: bool) -> int:
        before = (bisect_left if is_end else bisect_right)(begins, at)
        if not before:
            return at
        last = stretches[before - 1]
        if at < last.end:
            return last.new_end if is_end else last.new_start
        return at - last.end + last.new_end

    return [[carried(s, is_end=False), carried(e, is_end=True)] for s, e in spans]


def edited(text: str, edits: Iterable[Edit]) -> Rewritten:
    """The text with these edits made, which come in order and do not overlap."""
    parts, stretches, done, grown = [], [], 0, 0
    for start, end, new in edits:
        parts += [text[done:start], new]
        at = start + grown
        stretches.append(Stretch(start, end, at, at + len(new)))
        done, grown = end, grown + len(new) - (end - start)
    return Rewritten("".join([*parts, text[done:]]), tuple(stretches))


def relaid(text: str, gap: str = "\n\n", width: int | None = None) -> Rewritten:
    """Paragraphs, which blank lines part, on one line each or wrapped at `width` columns.

    `gap` is what parts them then.
    """
    edits: list[Edit] = []
    done = 0
    for start, end in _paragraphs(text):
        if start > done:
            edits.append((done, start, gap if done else ""))
        edits += _lines(text, start, end, width)
        done = end
    return edited(text, [e for e in edits if text[e[0] : e[1]] != e[2]])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs stand, without the white space around them."""
    at, whole = len(text) - len(text.lstrip()), len(text.rstrip())
    for gap in _BETWEEN.finditer(text, at, whole):
        yield at, gap.start()
        at = gap.end()
    if at < whole:
        yield at, whole


def _lines(text: str, start: int, end: int, width: int | None) -> Iterator[Edit]:
    """What becomes of the white space within a paragraph."""
    words = list(re.compile(r"\S+").finditer(text, start, end))
    column = len(words[0].group())
    for above, word in pairwise(words):
        between = text[above.end() : word.start()]
        kept = " " if "\n" in between else between
        column += len(kept) + len(word.group())
        if width is not None and column > width:
            kept, column = "\n", len(word.group())
        yield above.end(), word.start(), kept


def requoted(text: str, style: Style) -> Rewritten:
    """The text with its quotation marks in one style; apostrophes are left as they are.

    Marks are told from apostrophes, and openers from closers, by what stands around them.
    A paragraph opens anew what ran on from the one before.
    """
    out = list(text)
    for start, end in _paragraphs(text):
        for at, mark in _marks(text, start, end, style):
            out[at] = mark
    return Rewritten("".join(out))


def _marks(text: str, start: int, end: int, style: Style) -> Iterator[tuple[int, str]]:
    """Where a paragraph has quotation marks, and which they are to be."""
    held: list[str] = []  # the kind of each quotation that is open
    opened = -1
    for found in _MARK.finditer(text, start, end):
        at, kind = found.start(), next(kind for kind in _KINDS if found.group() in kind)
        if _opens(text, at, held, after_opener=opened == at - 1):
            if held[-1:] == [kind]:  # its closing mark was lost
                held.pop()
            yield at, style[len(held) % 2][0]
            held.append(kind)
            opened = at
        elif _closes(text, at, end, held):
            if kind in held:
                del held[-1 - held[::-1].index(kind) :]
            yield at, style[len(held) % 2][1]


def _opens(text: str, at: int, held: Sequence[str], *, after_opener: bool) -> bool:
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _OPENING:
        return True
    if mark in _CLOSING or mark == "’" or _ELISION.match(text, at):
        return False
    free = not before or before.isspace() or before in _BEFORE_AN_OPENER or after_opener
    if not after or after.isspace():
        return mark == '"' and free and _DOUBLE not in held
    return free and after not in _AFTER_A_CLOSER


def _closes(text: str, at: int, end: int, held: Sequence[str]) -> bool:
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark not in _SINGLE:
        return True
    stuck = before.islower() and after.isupper()  # a caption's credit, to the caption
    if _SINGLE not in held or before.isspace() or (after.isalnum() and not stuck):
        return False
    return not (before == "s" and after == " " and _another_closes(text, at + 1, end))


def _another_closes(text: str, at: int, end: int) -> bool:
    """Whether the next single mark closes a quotation: one before it was a genitive's."""
    found = _NEXT_SINGLE.search(text, at, end)
    return bool(found and found["closes"])
