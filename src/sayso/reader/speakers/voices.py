"""In whose own words a place stands: quotations within contents, and quotations within these."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sayso.reader.drafts import Bounds, Draft

_MARK = re.compile(r"[“”„«»\"‘’‚']")
_OPENERS = "“„«"
_SINGLES = "‘’‚'"
_I = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself)\b(?!\.)")
_DEEPEST = 12  # levels of statements, and of quotation marks, that are told apart

Marks = tuple[list[int], list[int]]
"""Places in a piece of content, in order, and how deep in quotation marks what follows each is."""


class Voices:
    """Of each place within contents, which statement's speaker says it as "I" would."""

    def __init__(self, text: str, drafts: Sequence[Draft]) -> None:
        self._text = text
        self._drafts = drafts
        self._marks: dict[Bounds, Marks] = {}

    def speaking(self, i: int, at: int) -> int | None:
        """The statement in whose speaker's own words a place in the content of draft `i` is.

        None where it is in nobody's, or in those of somebody whose statement was not found.
        """
        for _ in range(_DEEPEST):
            deep = self.depth(i, at)
            if deep:
                return i if deep == 1 else None
            inside = self._drafts[i].inside
            if inside is None:
                return None
            i = inside
        return None

    def says_i(self, i: int) -> bool:
        """Whether the speaker of draft `i` says "I" in its content, and so is one."""
        return any(
            self.depth(i, match.start()) == 1
            for piece in self._drafts[i].content
            for match in _I.finditer(self._text, *piece)
        )

    def depth(self, i: int, at: int) -> int:
        """In how many pairs of quotation marks a place of a statement's content is; the whole
        of it is in a pair where a colon, or nothing, tells that somebody speaks."""
        for piece in self._drafts[i].content:
            if piece[0] <= at < piece[1]:
                if piece not in self._marks:
                    self._marks[piece] = _marks(self._text, piece)
                places, depths = self._marks[piece]
                n = bisect_right(places, at) - 1
                marked = places[:1] == [piece[0]]
                return (depths[n] if n >= 0 else 0) + (self._is_turn(i) and not marked)
        return 0

    def _is_turn(self, i: int) -> bool:
        draft = self._drafts[i]
        if draft.cue:
            return self._text[slice(*draft.cue[0])].strip() == ":"
        return not draft.source


def _marks(text: str, piece: Bounds) -> Marks:
    """Where quotation marks stand in a piece, and how deep in them what follows is."""
    places: list[int] = []
    depths: list[int] = []
    opened: list[str] = []
    for at, mark, opens in _turns(text, piece):
        if opens and len(opened) < _DEEPEST:
            opened.append(mark)
        elif mark in opened:
            del opened[opened.index(mark) :]
        places.append(at)
        depths.append(len(opened))
    return places, depths


def _turns(text: str, piece: Bounds) -> Iterator[tuple[int, str, bool]]:
    """The quotation marks of a piece: where each stands, of which sort it is, and whether it
    opens."""
    doubled = single = False
    found = [match.start() for match in _MARK.finditer(text, *piece)]
    for n, at in enumerate(found):
        mark = text[at]
        if mark in _SINGLES:
            if not single and _may_open(text, at):
                single = True
                yield at, "'", True
            elif (
                single
                and _may_close(text, at)
                and not (_is_genitive(text, at) and _is_closed_later(text, found, n))
            ):
                single = False
                yield at, "'", False
        elif mark == '"':
            doubled = not doubled
            yield at, '"', doubled
        else:
            yield at, "“", mark in _OPENERS


def _may_open(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] != "’" and not before.isalnum() and not after.isspace()


def _may_close(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return text[at] in "’'" and not before.isspace() and not after.isalnum()


def _is_genitive(text: str, at: int) -> bool:
    """Whether a mark may be that of "the members’ hall"."""
    return text[at - 1 : at] == "s" and bool(re.match(r" [a-z]", text[at + 1 : at + 3]))


def _is_closed_later(text: str, marks: Sequence[int], n: int) -> bool:
    """Whether a mark after this one may close the single one that is open, before one opens."""
    for k in range(n + 1, len(marks)):
        if text[marks[k]] in _SINGLES:
            if _may_close(text, marks[k]):
                return True
            if _may_open(text, marks[k]):
                return False
    return False
