"""The article's text, every character in its place, with the marks of its statements."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sayso.formats.html.escape import contained
from sayso.formats.html.marks import Mark, Piece, cut
from sayso.formats.html.sheet import ROLES, Sheet

# More shells than these can't be told apart by their lines; the marks name the rest.
SHELLS = 3
DRAWN = {ROLES["content"], ROLES["source"], ROLES["refusal"]}
# A text with blank lines, none of whose lines is longer, was broken by hand.
HAND_BROKEN = 100

_BREAK = re.compile(r"\r\n?|[\n\u2028\u2029]")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The ranges of the paragraphs: lines, or blocks of lines that were broken by hand."""
    lines = list(_lines(text))
    blank_between = any(later[0] > earlier[2] for earlier, later in pairwise(lines))
    if not blank_between or any(end - start > HAND_BROKEN for start, end, _ in lines):
        return [(start, end) for start, end, _ in lines]
    blocks: list[tuple[int, int]] = []
    following = -1
    for start, end, after in lines:
        if start == following:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
        following = after
    return blocks


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and start of the next line, for each line that is not blank."""
    start = 0
    for match in _BREAK.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start(), match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text), len(text)


def marked_text(sheet: Sheet) -> str:
    """The paragraphs as HTML. Between their tags stands the article, its badges apart."""
    return "".join(_Writer(sheet).paragraphs())


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._text = sheet.reading.article.text
        self._badges = _badges(sheet)

    def paragraphs(self) -> Iterator[str]:
        ranges = paragraphs(self._text)
        starts, ends = {a for a, _ in ranges}, {b for _, b in ranges}
        marks = list(self._sheet.marks())
        inside = False
        waiting = ""
        for piece in cut(marks, {0, len(self._text), *starts, *ends}):
            if piece.start in ends and inside:
                yield "</p>"
                inside = False
            if piece.start in starts:
                yield "<p>"
                inside = True
            waiting += "".join(self._badges.pop(piece.start, ()))
            if inside:
                yield waiting + self._piece(piece)
                waiting = ""
            else:
                yield "\n"
        if inside:
            yield "</p>"
        if waiting:
            yield f"<p>{waiting}</p>"

    def _piece(self, piece: Piece) -> str:
        words = self._text[piece.start : piece.end]
        if not piece.marks:
            return contained(words)
        drawn = [self._shell(mark) for mark in piece.marks if mark.role in DRAWN]
        shells = drawn[-SHELLS:] or ["m"]
        named = " ".join(self._name(mark) for mark in piece.marks)
        opening = f'<span class="{shells[0]}" data-m="{named}">' + "".join(
            f'<span class="{shell}">' for shell in shells[1:]
        )
        return opening + contained(words) + "</span>" * len(shells)

    def _shell(self, mark: Mark) -> str:
        if mark.role == ROLES["refusal"]:
            return "m refusal"
        if mark.role == ROLES["source"]:
            return f"m source {self._sheet.look(mark.statement)}"
        statement = self._sheet.reading.statements[mark.statement]
        kind = "denied" if statement.denied else "said" if statement.said else "thought"
        return f"m {kind} {self._sheet.look(mark.statement)}"

    def _name(self, mark: Mark) -> str:
        """A mark for the script: the end of its entry's address, and its role."""
        if mark.role == ROLES["refusal"]:
            return f"r{mark.statement + 1}.{mark.role}"
        return f"s{self._sheet.numbers[mark.statement]}.{mark.role}"


def _badges(sheet: Sheet) -> dict[int, list[str]]:
    """The badges by the offset before which they stand, outer statements first."""
    badges: dict[int, list[str]] = {}
    for position in range(len(sheet.reading.statements)):
        offset = sheet.anchor(position)
        if offset is not None:
            badges.setdefault(offset, []).append(sheet.badge(position))
    for position in range(len(sheet.reading.refusals)):
        offset = sheet.refusal_anchor(position)
        if offset is not None:
            badges.setdefault(offset, []).append(sheet.refusal_badge(position))
    return badges
