"""Which statements are shown: by confidence, type and speaker."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from sayso.errors import UsageError
from sayso.types import Reading, Speaker, Statement

Test = Callable[[Statement], bool]


def _named(statement: Statement) -> bool:
    """Somebody answers for it by name, be it a person, a body, a group or a document."""
    return any(_has_name(speaker) for speaker in statement.speakers)


def _has_name(speaker: Speaker) -> bool:
    return speaker.name is not None and speaker.kind != "unnamed"


GROUPS: tuple[Mapping[str, Test], ...] = (
    {
        "direct": lambda s: s.type == "direct",
        "mixed": lambda s: s.type == "mixed",
        "indirect": lambda s: s.type == "indirect",
    },
    {"said": lambda s: s.said, "thought": lambda s: not s.said},
    {"denied": lambda s: s.denied},
    {"named": _named, "unnamed": lambda s: not _named(s)},
)
"""What `only` can ask for; the properties of one group exclude each other."""

PROPERTIES = tuple(name for group in GROUPS for name in group)


def select(reading: Reading, *, min_confidence: float = 0.0, only: Collection[str] = ()) -> Reading:
    """The reading with the statements that are sure enough and have the properties in `only`.

    Of one group any property will do, and every group asked for must agree: `direct`, `mixed`
    and `named` keep what is direct or mixed and has a named speaker. A statement whose enclosing
    one goes stands by itself (`inside` is None). Entities and refusals stay. Raises `UsageError`
    for a property that isn't in `PROPERTIES`.
    """
    tests = _tests(only)
    kept = [
        s
        for s in reading.statements
        if s.confidence >= min_confidence and all(any(test(s) for test in group) for group in tests)
    ]
    ids = {s.id for s in kept}
    statements = (
        s if s.inside is None or s.inside in ids else replace(s, inside=None) for s in kept
    )
    return replace(reading, statements=tuple(statements))


def _tests(only: Collection[str]) -> list[list[Test]]:
    """The tests asked for, group by group."""
    unknown = sorted(set(only) - set(PROPERTIES))
    if unknown:
        raise UsageError(f"no property {unknown[0]!r}: choose of {', '.join(PROPERTIES)}")
    asked = ([group[name] for name in group if name in only] for group in GROUPS)
    return [tests for tests in asked if tests]
