"""An article laid out to be read: paragraphs with their statements marked, the speakers beside.

A page holds one part of the article, so that it stays small however long the article is: parts
end between paragraphs, and within one that is longer than a part.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from sayso.formats.html.escape import contained, escape
from sayso.formats.html.marks import Mark, Piece, cut
from sayso.formats.html.report import SHELLS, paragraphs
from sayso.formats.html.sheet import ROLES, Sheet, look, nature, parts, refusal_words, whom
from sayso.formats.html.voices import Voice, Words
from sayso.room.words import escaped
from sayso.types import Reading, Refusal, Speaker, Statement

CHARACTERS = 16_000
"""Characters of a part."""
NOTES = 40
"""Statements and refusals that begin in a part; lit.css has a rule for each."""
MARKS = 1_000
"""Marks that are drawn in a part: those that begin first."""
_CHEAPEST = 200
"""Characters after which a long paragraph is cut at a space."""
_RELATED = 6
REFUSED = "×"

Range = tuple[int, int]


class Beside(NamedTuple):
    """What stands beside the text for one statement or refusal, and where it begins."""

    offset: int
    position: int
    refusal: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the article's text that is one page, with the paragraphs in it."""

    ranges: tuple[Range, ...]
    beside: tuple[Beside, ...]

    @property
    def start(self) -> int:
        return self.ranges[0][0] if self.ranges else 0

    @property
    def end(self) -> int:
        return self.ranges[-1][1] if self.ranges else 0


@dataclass(frozen=True, slots=True)
class Detail:
    """A part of a statement in the article's words."""

    term: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A statement, as it is told beside the text. `slot` is its number on the page.

    `speakers` have the record's entry of each and the look of their voice; `inside` and `holds`
    are ids with labels.
    """

    id: str
    slot: int
    label: str
    look: str
    statement: Statement
    speakers: tuple[tuple[Speaker, int | None, str], ...]
    details: tuple[Detail, ...]
    inside: tuple[str, str] | None
    holds: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    checked: str | None
    nature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalNote:
    """Somebody who did not answer, as it is told beside the text."""

    id: str
    slot: int
    label: str
    refusal: Refusal
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph and what stands beside it. `text` is made of the article's escaped words."""

    text: Markup
    notes: tuple[Note, ...]
    refusals: tuple[RefusalNote, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice with its share of the words that somebody said, in percent of them by form."""

    voice: Voice
    person: int | None
    look: str
    share: float
    widths: tuple[tuple[str, float, float], ...]


class Layout:
    """A reading laid out. `people` are the entries of each statement's speakers, `checked` what a
    person has said of statements; both by the statement's id."""

    def __init__(
        self,
        reading: Reading,
        people: Mapping[str, Sequence[int | None]] | None = None,
        checked: Mapping[str, str] | None = None,
    ) -> None:
        self.reading = reading
        self.sheet = Sheet(reading, "")
        self._text = reading.article.text
        self._people = people or {}
        self._checked = checked or {}

    def prepare(self) -> None:
        """Work out all that the parts share, so that each is quickly made."""
        _ = self._marks, self.heard, self.sheet.speaking, self.sheet.holds, self._names

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The pages that the article makes: one at least."""
        made: list[Part] = []
        ranges: list[Range] = []
        size = count = 0
        for start, end in self._pieces():
            number = self._between(start, end)
            if ranges and (size + end - start > CHARACTERS or count + number > NOTES):
                made.append(self._part(ranges))
                ranges, size, count = [], 0, 0
            ranges.append((start, end))
            size += end - start
            count += number
        if ranges or not made:
            made.append(self._part(ranges))
        return tuple(made)

    def part_of(self, statement: str) -> int | None:
        """Which part, counted from 1, has the statement beside it; None where none has."""
        position = self.sheet.places.get(statement)
        if position is None:
            return None
        for number, part in enumerate(self.parts, start=1):
            if any(b.position == position and not b.refusal for b in part.beside):
                return number
        return None

    def rows(self, number: int) -> tuple[Row, ...]:
        """The paragraphs of a part, counted from 1."""
        part = self.parts[number - 1]
        slots = {(b.position, b.refusal): slot for slot, b in enumerate(part.beside)}
        drawn = _Drawn(self, number, slots)
        return tuple(self._row(start, end, slots, drawn) for start, end in part.ranges)

    @property
    def title_stands_first(self) -> bool:
        """Whether the text begins with the title, which then needs no line of its own."""
        title, first = self.reading.article.title, self.parts[0].ranges[:1]
        return bool(first) and self._text[slice(*first[0])].split() == (title or "").split()

    @cached_property
    def heard(self) -> tuple[Heard, ...]:
        """Everybody's share of what was said, the loudest first."""
        every = max(self.said_words, 1)
        return tuple(self._heard(voice, every) for voice in self.sheet.voices)

    @cached_property
    def said_words(self) -> int:
        """The words of the article that somebody said, each once."""
        said = (s for s in self.reading.statements if s.said and not s.denied)
        return self.sheet.counter.within((p.start, p.end) for s in said for p in s.content)

    def person(self, position: int, number: int) -> int | None:
        """The record's entry of a statement's speaker."""
        people = self._people.get(self.reading.statements[position].id, ())
        return people[number] if number < len(people) else None

    def marks(self, number: int) -> list[Mark]:
        """The marks over a part, cut to it; those that begin first where there are too many."""
        part = self.parts[number - 1]
        found = [
            mark._replace(start=max(mark.start, part.start), end=min(mark.end, part.end))
            for mark in self._marks.get(number, ())
        ]
        return sorted(found)[:MARKS]

    @cached_property
    def _marks(self) -> dict[int, list[Mark]]:
        """The marks by the parts that they touch."""
        found: dict[int, list[Mark]] = {}
        ends = [part.end for part in self.parts]
        for mark in self.sheet.marks():
            number = bisect_right(ends, mark.start)
            while number < len(ends) and self.parts[number].start < mark.end:
                found.setdefault(number + 1, []).append(mark)
                number += 1
        return found

    # ---- parts

    @cached_property
    def _paragraphs(self) -> list[Range]:
        return paragraphs(self._text)

    @cached_property
    def _beside(self) -> tuple[Beside, ...]:
        """All that stands beside the text, in the order of the text."""
        sheet, reading = self.sheet, self.reading
        found = [
            *((sheet.anchor(n), n, False) for n in range(len(reading.statements))),
            *((sheet.refusal_anchor(n), n, True) for n in range(len(reading.refusals))),
        ]
        starts = [start for start, _ in self._paragraphs]
        if not starts:
            return ()
        return tuple(
            sorted(Beside(self._inside(at, starts), n, r) for at, n, r in found if at is not None)
        )

    def _inside(self, offset: int, starts: Sequence[int]) -> int:
        """The offset, or where the next paragraph begins if it is in none."""
        at = bisect_right(starts, offset) - 1
        if at >= 0 and offset < self._paragraphs[at][1]:
            return offset
        return starts[min(at + 1, len(starts) - 1)]

    @cached_property
    def _offsets(self) -> list[int]:
        return [beside.offset for beside in self._beside]

    def _between(self, start: int, end: int) -> int:
        return bisect_left(self._offsets, end) - bisect_left(self._offsets, start)

    def _part(self, ranges: Sequence[Range]) -> Part:
        if not ranges:
            return Part((), ())
        first = bisect_left(self._offsets, ranges[0][0])
        last = bisect_left(self._offsets, ranges[-1][1])
        return Part(tuple(ranges), self._beside[first:last])

    def _pieces(self) -> Iterator[Range]:
        """The paragraphs, those cut that are more than a part holds."""
        for start, end in self._paragraphs:
            while end - start > CHARACTERS or self._between(start, end) > NOTES:
                at = self._cut(start, end)
                if not start < at < end:
                    break
                yield start, at
                start = at
            yield start, end

    def _cut(self, start: int, end: int) -> int:
        first = bisect_left(self._offsets, start)
        full = self._offsets[first + NOTES] if first + NOTES < len(self._offsets) else end
        at = min(start + CHARACTERS, full, end)
        if at == full:
            return at
        space = self._text.rfind(" ", start + _CHEAPEST, at)
        return at if space < 0 else space + 1

    # ---- rows

    def _row(
        self, start: int, end: int, slots: Mapping[tuple[int, bool], int], drawn: "_Drawn"
    ) -> Row:
        first, last = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        here = [b for b in self._beside[first:last] if (b.position, b.refusal) in slots]
        return Row(
            text=escaped(drawn.paragraph(start, end)),
            notes=tuple(
                self._note(b.position, slots[b.position, False]) for b in here if not b.refusal
            ),
            refusals=tuple(
                self._refusal(b.position, slots[b.position, True]) for b in here if b.refusal
            ),
        )

    def _note(self, position: int, slot: int) -> Note:
        sheet, statement = self.sheet, self.reading.statements[position]
        outer, names = sheet.outer(position), self._names
        return Note(
            id=statement.id,
            slot=slot,
            label=str(sheet.numbers[position]),
            look=sheet.look(position),
            statement=statement,
            speakers=tuple(
                (speaker, self.person(position, n), self._look_of(position, speaker))
                for n, speaker in enumerate(statement.speakers)
            ),
            details=tuple(_details(statement)),
            inside=None if outer is None else self._labelled(outer),
            holds=tuple(map(self._labelled, sheet.holds.get(position, [])[:_RELATED])),
            about=tuple(names[e] for e in statement.about if e in names)[:_RELATED],
            checked=self._checked.get(statement.id),
            nature=nature(statement),
        )

    def _labelled(self, position: int) -> tuple[str, str]:
        return self.reading.statements[position].id, str(self.sheet.numbers[position])

    def _look_of(self, position: int, speaker: Speaker) -> str:
        for voice in self.sheet.speaking[position]:
            own = voice.speaker
            if own is not None and (own.entity, own.name) == (speaker.entity, speaker.name):
                return look(voice.style)
        return self.sheet.look(position)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {entity.id: entity.name for entity in self.reading.entities}

    def _refusal(self, position: int, slot: int) -> RefusalNote:
        refusal = self.reading.refusals[position]
        return RefusalNote(
            id=f"r{position + 1}",
            slot=slot,
            label=REFUSED,
            refusal=refusal,
            words=refusal_words(refusal),
        )

    def _heard(self, voice: Voice, every: int) -> Heard:
        position = voice.statements[0]
        number = next(
            (
                n
                for n, s in enumerate(self.reading.statements[position].speakers)
                if voice.speaker
                and (s.entity, s.name) == (voice.speaker.entity, voice.speaker.name)
            ),
            0,
        )
        person = None if voice.speaker is None else self.person(position, number)
        share = voice.words.total / every
        return Heard(voice, person, look(voice.style), share, tuple(_widths(voice.words, every)))


def _widths(words: Words, every: int) -> Iterator[tuple[str, float, float]]:
    """For each form of saying its name, where its bar begins and how wide it is, of 100."""
    x = 0.0
    for form in ("direct", "mixed", "indirect"):
        width = 100 * getattr(words, form) / every
        if width:
            yield form, round(x, 1), round(width, 1)
        x += width


_TERMS = {"source": "source", "cue": "cue", "addressee": "to", "channel": "in", "when": "when"}


def _details(statement: Statement) -> Iterator[Detail]:
    for role, spans in parts(statement):
        if role in _TERMS and spans:
            yield Detail(_TERMS[role], " … ".join(span.text for span in spans))


class _Drawn:
    """The words of a part with its marks and the numbers of its statements."""

    def __init__(self, layout: Layout, number: int, slots: Mapping[tuple[int, bool], int]) -> None:
        part = layout.parts[number - 1]
        self._layout = layout
        self._slots = slots
        self._text = layout.reading.article.text
        marks = layout.marks(number)
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
        statement = self._layout.reading.statements[mark.statement]
        kind = "denied" if statement.denied else "said" if statement.said else "thought"
        return f"{kind} {self._layout.sheet.look(mark.statement)}"

    def _name(self, mark: Mark) -> str:
        """A mark for the script: the end of its note's address, and its role."""
        if mark.role == ROLES["refusal"]:
            return f"r{mark.statement + 1}.{mark.role}"
        return f"{self._layout.reading.statements[mark.statement].id}.{mark.role}"

    def _badge(self, beside: Beside, slot: int) -> str:
        """The link that stands in the text where a statement or refusal begins, to its note."""
        reading, sheet, position = self._layout.reading, self._layout.sheet, beside.position
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
