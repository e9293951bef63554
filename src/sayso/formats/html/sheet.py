"""One reading laid out for the page: what everything is numbered, lettered and addressed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sayso.formats.html.escape import clip, escape
from sayso.formats.html.marks import Mark
from sayso.formats.html.voices import Voice, WordCounter, hear, name, names
from sayso.types import Reading, Refusal, Span, Statement

# Under this a reader should look twice.
DOUBTFUL = 0.6
COLOURS = 6
LINES = 5
ROUNDS = 3
ROLES = {
    "source": "s",
    "cue": "q",
    "content": "c",
    "addressee": "a",
    "channel": "h",
    "when": "t",
    "refusal": "r",
}
_NUMBERED = re.compile(r"s([1-9]\d{0,6})", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """A reading under a prefix that makes its addresses unique in the document."""

    reading: Reading
    prefix: str

    @cached_property
    def counter(self) -> WordCounter:
        return WordCounter(self.reading.article.text)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        return hear(self.reading, self.counter)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The statements' numbers: those of their ids (s1, s2 …), else their places."""
        ids = [_NUMBERED.fullmatch(statement.id) for statement in self.reading.statements]
        numbers = tuple(int(match[1]) for match in ids if match)
        if len(set(numbers)) == len(ids):
            return numbers
        return tuple(range(1, len(ids) + 1))

    @cached_property
    def places(self) -> dict[str, int]:
        """The statements' positions by their ids."""
        return {s.id: position for position, s in enumerate(self.reading.statements)}

    @cached_property
    def holds(self) -> dict[int, list[int]]:
        """The statements that stand directly inside another, by that one's position."""
        holds: dict[int, list[int]] = {}
        for position in range(len(self.reading.statements)):
            outer = self.outer(position)
            if outer is not None:
                holds.setdefault(outer, []).append(position)
        return holds

    @cached_property
    def speaking(self) -> tuple[tuple[Voice, ...], ...]:
        """Each statement's voices."""
        speaking: list[list[Voice]] = [[] for _ in self.reading.statements]
        for voice in self.voices:
            for position in voice.statements:
                speaking[position].append(voice)
        return tuple(tuple(voices) for voices in speaking)

    def outer(self, position: int) -> int | None:
        inside = self.reading.statements[position].inside
        return None if inside is None else self.places.get(inside)

    def entry(self, position: int) -> str:
        """The address of a statement's entry; its place in the text adds a `t`."""
        return f"{self.prefix}s{self.numbers[position]}"

    def refusal_entry(self, position: int) -> str:
        return f"{self.prefix}r{position + 1}"

    def look(self, position: int) -> str:
        """The classes that give a statement its first speaker's colour and line."""
        return look(self.speaking[position][0].style)

    def label(self, position: int) -> str:
        """What stands on a statement's badge: letters, number, and signs of caution."""
        voices = self.speaking[position]
        shown = "+".join(voice.letter for voice in voices[:3]) + ("+…" if len(voices) > 3 else "")
        return f"{shown}{self.numbers[position]}{signs(self.reading.statements[position])}"

    def badge(self, position: int) -> str:
        """The link that stands in the text where a statement begins, to its entry."""
        statement = self.reading.statements[position]
        entry, label = self.entry(position), self.label(position)
        told = f"{label}, {nature(statement)} by {whom(statement)}"
        return (
            f'<a class="badge {self.look(position)}" id="{entry}t" href="#{entry}"'
            f' aria-label="{escape(told)}">{label}</a>'
        )

    def reference(self, position: int) -> str:
        """A link to a statement's entry from elsewhere in the list."""
        return (
            f'<a class="ref {self.look(position)}" href="#{self.entry(position)}">'
            f"{self.label(position)}</a>"
        )

    def refusal_badge(self, position: int) -> str:
        entry = self.refusal_entry(position)
        refusal = self.reading.refusals[position]
        told = f"{refusal_label(position)}, {refusal_words(refusal)}"
        return (
            f'<a class="badge mute" id="{entry}t" href="#{entry}"'
            f' aria-label="{escape(told)}">{refusal_label(position)}</a>'
        )

    def anchor(self, position: int) -> int | None:
        """The offset of a statement's badge: its content, or else the first it has."""
        statement = self.reading.statements[position]
        for spans in (statement.content, statement.source, statement.cue):
            for start, _ in self._within(spans):
                return start
        return None

    def refusal_anchor(self, position: int) -> int | None:
        span = self.reading.refusals[position].span
        return next((start for start, _ in self._within((span,))), None)

    def marks(self) -> Iterator[Mark]:
        """The parts of every statement, and the refusals, that lie within the text."""
        for position, statement in enumerate(self.reading.statements):
            for role, spans in parts(statement):
                for start, end in self._within(spans):
                    yield Mark(start, end, ROLES[role], position)
        for position, refusal in enumerate(self.reading.refusals):
            for start, end in self._within((refusal.span,)):
                yield Mark(start, end, ROLES["refusal"], position)

    def _within(self, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
        length = len(self.reading.article.text)
        for span in spans:
            start, end = max(0, span.start), min(length, span.end)
            if start < end:
                yield start, end


def parts(statement: Statement) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """A statement's spans by role, in the order in which the page tells them."""
    yield "source", statement.source
    yield "cue", statement.cue
    yield "content", statement.content
    for role in ("addressee", "channel", "when"):
        span: Span | None = getattr(statement, role)
        if span is not None:
            yield role, (span,)


def look(style: int | None) -> str:
    """The classes of a voice's colour and line; nobody's is grey. `w1` and `w2` are those whose
    colour others have already."""
    if style is None:
        return "c-none"
    again = style // COLOURS % ROUNDS
    return f"c{style % COLOURS} u{style % LINES}" + (f" w{again}" if again else "")


def doubtful(statement: Statement) -> bool:
    return not statement.confidence >= DOUBTFUL


def sure(confidence: float) -> str:
    """How sure Sayso is, in words: of what it has read, a little at least."""
    return "less than 1 % sure" if confidence < 0.01 else f"{100 * confidence:.0f} % sure"


def signs(statement: Statement) -> str:
    """What a badge adds to letter and number; `nature` says the same in words."""
    cautions = ((statement.denied, " not"), (not statement.said, " ~"), (doubtful(statement), " ?"))
    return "".join(sign for holds, sign in cautions if holds)


def nature(statement: Statement) -> str:
    """What a statement is, in words: all that its signs and its shading tell."""
    words = [statement.type, "statement" if statement.said else "thought"]
    if statement.denied:
        words.insert(0, "denied")
    if doubtful(statement):
        words.insert(0, "doubtful")
    return " ".join(words)


def whom(statement: Statement) -> str:
    """The speakers for a label, or that there is none, and who else it may be."""
    who = clip(names(statement.speakers), 120) if statement.speakers else "nobody named"
    if statement.runner_up is None:
        return who
    return f"{who}, or perhaps {clip(name(statement.runner_up), 120)}"


def refusal_label(position: int) -> str:
    return f"×{position + 1}"


def refusal_words(refusal: Refusal) -> str:
    """What somebody did instead of answering, in words."""
    did = {
        "declined": "declined to answer",
        "no response": "did not respond",
        "approached": "approached for comment",
    }[refusal.kind]
    who = clip(names(refusal.speakers), 120) if refusal.speakers else "someone not named"
    return f"{who}: {did}"
