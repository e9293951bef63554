"""A statement in the words around it, with its parts marked; the names that it may be by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.formats.html.marks import Mark, cut
from sayso.formats.html.report import paragraphs
from sayso.formats.html.sheet import ROLES, parts
from sayso.formats.plain import harmless
from sayso.record.folding import fold
from sayso.record.standing import standing
from sayso.room.cutting import begins, ends
from sayso.types import Entity, Reading, Speaker, Statement

AROUND = 320
"""Characters before and after a statement that are shown, to the ends of paragraphs or words."""
LONGEST = 8_000
"""Characters of a passage."""
NAMES = 9
"""Names that are offered: one for each digit."""

_LONGEST_NAME = 200
_AFTER = 100
_BESIDE = 60
_NAMES_OF_ROLES = {letter: role for role, letter in ROLES.items()}
_NAMEABLE = ("person", "organisation", "group", "document")


@dataclass(frozen=True, slots=True)
class Bit:
    """Words that are all of the same parts of a statement."""

    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or what is shown of it, from `start` on. `near`: the statement stands in it."""

    start: int
    bits: tuple[Bit, ...]
    near: bool
    cut_before: bool
    cut_after: bool


def passage(reading: Reading, statement: Statement) -> tuple[Paragraph, ...]:
    """The paragraphs in which a statement stands, with those around it."""
    marks = [
        Mark(span.start, span.end, ROLES[role], 0)
        for role, spans in parts(statement)
        for span in spans
        if span.start < span.end
    ]
    first, last = _edges(statement)
    text = reading.article.text
    window = max(0, first - AROUND), min(len(text), last + AROUND, first - AROUND + LONGEST)
    return tuple(_paragraphs(text, marks, window, (first, last)))


def whole(reading: Reading, start: int) -> tuple[tuple[Paragraph, ...], int | None]:
    """A stretch of an article from `start` on, with its contents marked, and where the next one
    begins, if there is more."""
    marks = [
        Mark(span.start, span.end, ROLES["content"], n)
        for n, statement in enumerate(reading.statements)
        for span in statement.content
        if span.start < span.end
    ]
    text = reading.article.text
    found = tuple(_paragraphs(text, marks, (start, min(len(text), start + LONGEST)), None))
    end = found[-1].start + sum(len(b.text) for b in found[-1].bits) if found else len(text)
    return found, end if text[end:].strip() else None


def _edges(statement: Statement) -> tuple[int, int]:
    spans = (*statement.content, *statement.cue, *statement.source)
    return min(s.start for s in spans), max(s.end for s in spans)


def _paragraphs(
    text: str, marks: Sequence[Mark], window: tuple[int, int], near: tuple[int, int] | None
) -> Iterator[Paragraph]:
    for begin, end in paragraphs(text):
        start, stop = _shown(text, (begin, end), window, near or window)
        if start >= stop:
            continue
        yield Paragraph(
            start,
            tuple(_bits(text, marks, start, stop)),
            near is None or (begin < near[1] and near[0] < end),
            begin < start,
            stop < end,
        )


def _shown(
    text: str, paragraph: tuple[int, int], window: tuple[int, int], kept: tuple[int, int]
) -> tuple[int, int]:
    """What of a paragraph lies in the window, cut between words, outside what is kept."""
    start, end = max(paragraph[0], window[0]), min(paragraph[1], window[1])
    if paragraph[0] < start < end:
        start = begins(text, paragraph[0], start, end if kept[0] <= start else min(end, kept[0]))
    if start < end < paragraph[1]:
        end = ends(text, start if kept[1] >= end else max(start, kept[1]), end, paragraph[1])
    return start, end


def _bits(text: str, marks: Sequence[Mark], start: int, end: int) -> Iterator[Bit]:
    here = [
        mark._replace(start=max(mark.start, start), end=min(mark.end, end))
        for mark in marks
        if mark.start < end and start < mark.end
    ]
    for piece in cut(here, (start, end)):
        roles = dict.fromkeys(_NAMES_OF_ROLES[mark.role] for mark in piece.marks)
        yield Bit(text[piece.start : piece.end], tuple(roles))


# ---- who else it may be


def candidates(reading: Reading, statement: Statement) -> tuple[Speaker, ...]:
    """Whom of the article a statement may be by, beside its speakers, the likeliest first: the
    runner-up where there is one, then by how near they are named, those before it rather."""
    own = {fold(s.name) for s in statement.speakers if s.name}
    first, last = _edges(statement)
    near = sorted(
        (e for e in reading.entities if e.kind in _NAMEABLE and e.mentions),
        key=lambda entity: _distance(entity, first, last),
    )
    named = [Speaker(entity.name, entity.kind, entity.id) for entity in near]
    found: dict[str, Speaker] = {}
    for speaker in ([statement.runner_up] if statement.runner_up else []) + named:
        if speaker.name and _is_name(speaker.name) and fold(speaker.name) not in own:
            found.setdefault(fold(speaker.name), speaker)
    return tuple(found.values())[:NAMES]


def _is_name(name: str) -> bool:
    """Whether the record would take it as a name."""
    return len(name) <= _LONGEST_NAME and harmless(name) == name


def _distance(entity: Entity, first: int, last: int) -> int:
    """In characters; what is not named before is further off."""

    def of(start: int, end: int) -> int:
        return first - end if end <= first else _AFTER + max(0, start - last)

    return min(of(m.start, m.end) for m in entity.mentions)


# ---- words that stand several times


@dataclass(frozen=True, slots=True)
class Place:
    """Words where they stand, with those before and after."""

    at: int
    before: str
    words: str
    after: str


def places(text: str, words: str) -> Iterator[Place]:
    """Where words stand that a correction gives."""
    for span in standing(text, words):
        first = begins(text, 0, max(0, span.start - _BESIDE), span.start)
        last = ends(text, span.end, min(len(text), span.end + _BESIDE), len(text))
        yield Place(span.start, text[first : span.start], span.text, text[span.end : last])
