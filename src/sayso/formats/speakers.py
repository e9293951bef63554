"""Who speaks in a reading, how much, and how else the report names or describes them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.formats.plain import count
from sayso.types import Entity, Reading, Span, Speaker

_HANDFUL = 5
_PRONOUN = re.compile(
    "i|me|my|mine|myself|we|us|ours?|ourselves|he|him|his|himself|she|hers?|herself|"
    "it|its|itself|they|them|theirs?|themselves|themself|who|whom|whose"
)
_ARTICLES = frozenset(("the", "a", "an"))
_MARKS = str.maketrans("", "", "'’‘`\"“”.,;:()")


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker with the positions of their statements among the reading's.

    `others` are the wordings other than the name by which the report refers to them.
    """

    speaker: Speaker
    statements: tuple[int, ...]
    others: tuple[str, ...]


def listed(reading: Reading) -> tuple[Listed, ...]:
    """Everybody who speaks, in the order in which they first do."""
    heard: dict[object, tuple[Speaker, dict[int, None]]] = {}
    for position, statement in enumerate(reading.statements):
        for speaker in statement.speakers:
            identity = speaker.entity or (speaker.name, speaker.kind)
            _, positions = heard.setdefault(identity, (speaker, {}))
            positions[position] = None
    entities = {entity.id: entity for entity in reading.entities}
    return tuple(
        Listed(speaker, tuple(positions), _others(speaker, entities))
        for speaker, positions in heard.values()
    )


def _others(speaker: Speaker, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    entity = entities.get(speaker.entity or "")
    return wordings(entity.mentions, besides=speaker.name or "") if entity else ()


def wordings(mentions: Iterable[Span], *, besides: str) -> tuple[str, ...]:
    """The distinct texts of the mentions but for the name `besides`, each as it first stands.

    Case, marks and a leading article make no difference. A pronoun is no wording.
    """
    found: dict[str, str] = {}
    for mention in mentions:
        text = " ".join(mention.text.split()).strip(" ,;:")
        if not _is_pronoun(text):
            found.setdefault(_key(text), text)
    for unwanted in ("", _key(besides)):
        found.pop(unwanted, None)
    return tuple(found.values())


def _is_pronoun(text: str) -> bool:
    """“Who” is one; “WHO” and “US” are not."""
    return _PRONOUN.fullmatch(text[:1].lower() + text[1:]) is not None


def _key(text: str) -> str:
    words = text.casefold().translate(_MARKS).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def also_called(others: Sequence[str], show: Callable[[str], str]) -> str:
    """A handful of the wordings, each as `show` has it, and how many more; else nothing."""
    if not others:
        return ""
    told = [show(wording) for wording in others[:_HANDFUL]]
    if len(others) > _HANDFUL:
        told.append(f"and {len(others) - _HANDFUL:,} more")
    return "also called " + "; ".join(told)


def sort(speaker: Speaker, show: Callable[[str], str]) -> str:
    """In brackets, what a speaker is, and who wrote a document."""
    by = f", by {show(', '.join(speaker.by))}" if speaker.by else ""
    return f"({speaker.kind}{by})"


def facts(who: Listed, show: Callable[[str], str]) -> str:
    """What a list says of a speaker besides the name."""
    told = (
        sort(who.speaker, show),
        count(len(who.statements), "statement"),
        also_called(who.others, show),
    )
    return " · ".join(fact for fact in told if fact)
