"""An article laid out to be read: paragraphs with their statements marked, the speakers beside.

A page holds one part of the article (see `sayso.room.parts`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from sayso.formats.html.marks import Mark
from sayso.formats.html.sheet import Sheet, look, nature, parts, refusal_words
from sayso.formats.html.voices import Voice, Words
from sayso.room.drawn import REFUSED, Drawn
from sayso.room.parts import Part, parts_of
from sayso.room.words import escaped
from sayso.types import Reading, Refusal, Speaker, Statement

MARKS = 1_000
"""Marks that are drawn in a part: those that begin first."""
_RELATED = 6


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
        return parts_of(self.sheet)

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
        drawn = Drawn(self.sheet, part, self.marks(number))
        return tuple(self._row(part, start, end, drawn) for start, end in part.ranges)

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

    # ---- rows

    def _row(self, part: Part, start: int, end: int, drawn: Drawn) -> Row:
        here = [(b, slot) for slot, b in enumerate(part.beside) if start <= b.offset < end]
        return Row(
            text=escaped(drawn.paragraph(start, end)),
            notes=tuple(self._note(b.position, slot) for b, slot in here if not b.refusal),
            refusals=tuple(self._refusal(b.position, slot) for b, slot in here if b.refusal),
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
