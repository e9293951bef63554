"""A speaker whom an article's reading calls by another's name: all that they are told to say."""

from dataclasses import dataclass, replace

from sayso.errors import UsageError
from sayso.record.corrections import Applied
from sayso.record.reviewing import told, version_of
from sayso.types import Reading, Speaker, Statement


@dataclass(frozen=True, slots=True)
class Misnamed:
    """The speaker of a statement, and the statements of the same article that are theirs.

    `version` stands for how these are now, and who has looked at them.
    """

    speaker: Speaker
    statements: tuple[Statement, ...]
    version: str

    @classmethod
    def of(cls, applied: Applied, statement: Statement) -> "Misnamed":
        """Raises `UsageError` where not just one is named."""
        if len(statement.speakers) != 1:
            number = "several are" if statement.speakers else "nobody is"
            raise UsageError(f"{number} named as saying that: correct it by itself")
        (speaker,) = statement.speakers
        statements = said_by(applied.reading, speaker)
        seen = [[s.id, told(s), applied.checked.get(s.id)] for s in statements]
        return cls(speaker, statements, version_of([statement.id, seen]))

    def without(self, statement: Statement, instead: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        """The speakers of one of the statements, with others in the place of this one; by their
        names alone, and each once."""
        found: list[Speaker] = []
        for speaker in statement.speakers:
            found += instead if _is_same(self.speaker, speaker) else (speaker,)
        return tuple(dict.fromkeys(replace(speaker, entity=None) for speaker in found))


def said_by(reading: Reading, speaker: Speaker) -> tuple[Statement, ...]:
    """All that an article has somebody say, be it with others."""
    return tuple(s for s in reading.statements if _among(speaker, s.speakers))


def _among(speaker: Speaker, speakers: tuple[Speaker, ...]) -> bool:
    return any(_is_same(speaker, other) for other in speakers)


def _is_same(a: Speaker, b: Speaker) -> bool:
    """Whether it is one who speaks."""
    return (a.entity, a.name, a.kind) == (b.entity, b.name, b.kind)
