"""The words of a part of an article, with its marks and the numbers of its statements, as HTML."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sayso.formats.html.escape import contained, escape
from sayso.formats.html.marks import Mark, Piece, cut
from sayso.formats.html.report import SHELLS
from sayso.formats.html.sheet import ROLES, Sheet, nature, refusal_words, whom
from sayso.room.parts import Beside, Part

REFUSED = "×"


class Drawn:
    """The words of a part with its marks and the numbers of its statements."""

    def __init__(self, sheet: Sheet, part: Part, marks: Sequence[Mark]) -> None:
        self._sheet, self._reading = sheet, sheet.reading
        self._slots = part.slots
        self._text = sheet.reading.article.text
        edges = {offset for ends in part.ranges for offset in ends}
        self._pieces = list(cut(marks, edges | {b.offset for b in part.beside})) if edges else []
        self._starts = [piece.start for piece in self._pieces]
        self._badges: dict[int, list[str]] = {}
        for slot, beside in enumerate(part.beside):
            self._badges.setdefault(beside.offset, []).append(self._badge(beside, slot))

    def paragraph(self, start: int, end: int) -> str:
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end - 1)
        return "".join(map(self._piece, self._pieces[first:last]))

    def _piece(self, piece: Piece) -> str:
        badges = "".join(self._badges.get(piece.start, ()))
        words = contained(self._text[piece.start : piece.end])
        if not piece.marks:
            return badges + words
        shells = list(dict.fromkeys(filter(None, map(self._shell, piece.marks))))[-SHELLS:]
        named = " ".join(dict.fromkeys(map(self._name, piece.marks)))
        classes = " ".join(["m", *self._lights(piece.marks), *shells[:1]])
        inner = "".join(f'<span class="{shell}">' for shell in shells[1:])
        closing = "</span>" * len(shells[1:])
        return f'{badges}<span class="{classes}" data-m="{named}">{inner}{words}{closing}</span>'

    def _lights(self, marks: Sequence[Mark]) -> Iterator[str]:
        """The slots that light the piece, and the one that it lights when it is pointed at."""
        slots = [self._slot(mark) for mark in marks]
        yield from dict.fromkeys(f"k{slot}" for slot in slots if slot is not None)
        contents = [
            slot
            for slot, mark in zip(slots, marks, strict=True)
            if slot is not None and mark.role in (ROLES["content"], ROLES["refusal"])
        ]
        pointed = contents[-1:] or [slot for slot in slots if slot is not None][-1:]
        yield from (f"h{slot}" for slot in pointed)

    def _slot(self, mark: Mark) -> int | None:
        return self._slots.get((mark.statement, mark.role == ROLES["refusal"]))

    def _shell(self, mark: Mark) -> str | None:
        """How a mark is drawn while nobody points at it: contents and refusals are."""
        if mark.role == ROLES["refusal"]:
            return "refusal"
        if mark.role != ROLES["content"]:
            return None
        statement = self._reading.statements[mark.statement]
        kind = "denied" if statement.denied else "said" if statement.said else "thought"
        return f"{kind} {self._sheet.look(mark.statement)}"

    def _name(self, mark: Mark) -> str:
        """A mark for the script: the end of its note's address, and its role."""
        if mark.role == ROLES["refusal"]:
            return f"r{mark.statement + 1}.{mark.role}"
        return escape(f"{self._reading.statements[mark.statement].id}.{mark.role}")

    def _badge(self, beside: Beside, slot: int) -> str:
        """The link that stands in the text where a statement or refusal begins, to its note."""
        reading, sheet, position = self._reading, self._sheet, beside.position
        if beside.refusal:
            told = f"no answer: {refusal_words(reading.refusals[position])}"
            return _link(f"r{position + 1}", slot, "c-none", REFUSED, told)
        statement, label = reading.statements[position], str(sheet.numbers[position])
        told = f"{label}, {nature(statement)} by {whom(statement)}"
        return _link(statement.id, slot, sheet.look(position), label, told)


def _link(id: str, slot: int, look: str, label: str, told: str) -> str:
    return (
        f'<a class="badge h{slot} {look}" id="{escape(id)}t" href="#{escape(id)}"'
        f' aria-label="{escape(told)}">{label}</a>'
    )
