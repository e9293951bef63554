"""Whose word a statement rests on that stands inside another's: hearsay, unless people tell it of
themselves."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.record.folding import fold
from sayso.types import Kind, Statement

Tellers = tuple[str, ...] | None
"""The names of those who tell it; empty where nobody is named who does. None where it stands
inside no other, or where the speakers tell it themselves."""

_BARE = ("unnamed", "group")
"""Kinds whose names are no names: one "source" need not be the other."""

_AROUND = """
WITH RECURSIVE level (id, at, depth) AS (
  SELECT id, id, 0 FROM statement
  WHERE id IN (SELECT value FROM json_each(?)) AND inside IS NOT NULL
  UNION ALL
  SELECT level.id, teller.id, depth + 1 FROM level JOIN statement s ON s.id = level.at
  JOIN statement teller ON teller.article = s.article AND teller.name = s.inside WHERE depth < 9
)
SELECT level.id, level.depth, speaker.position, speaker.name, speaker.kind, speaker.entity,
  coalesce(person.same_as, person.id) AS person, speaker.authors
FROM level LEFT JOIN speaker ON speaker.statement = level.at
LEFT JOIN person ON person.id = speaker.person
ORDER BY level.id, level.depth, speaker.position
"""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Somebody who speaks; two that share a key are one."""

    name: str
    keys: frozenset[str]


def of_record(db: sqlite3.Connection, statements: Sequence[int]) -> dict[int, Tellers]:
    """For each statement of these ids that stands inside another."""
    found: dict[int, dict[int, list[_Voice]]] = {}
    for row in db.execute(_AROUND, (json.dumps(list(statements)),)):
        voices = found.setdefault(row["id"], {}).setdefault(row["depth"], [])
        if row["position"] is not None:
            voices.append(
                _voice(
                    row["name"],
                    row["kind"],
                    None if row["entity"] is None else str(row["entity"]),
                    () if row["person"] is None else (row["person"],),
                    json.loads(row["authors"]),
                )
            )
    return {id: _others(*levels.values()) for id, levels in found.items()}


def of_statement(
    statement: Statement,
    statements: Iterable[Statement],
    persons: Mapping[str, Collection[int]] | None = None,
) -> Tellers:
    """The same within one document. `persons` are the record's entries by a statement's id."""
    if statement.inside is None:
        return None
    return _others(*_levels(statement, {s.id: s for s in statements}, persons or {}))


def _levels(
    statement: Statement | None,
    by_id: Mapping[str, Statement],
    persons: Mapping[str, Collection[int]],
) -> Iterator[list[_Voice]]:
    while statement is not None:
        entries = persons.get(statement.id, ()) if len(statement.speakers) == 1 else ()
        yield [_voice(s.name, s.kind, s.entity, entries, s.by) for s in statement.speakers]
        statement = by_id.get(statement.inside or "")


def _voice(
    name: str | None,
    kind: Kind,
    entity: str | None,
    persons: Iterable[int],
    authors: Iterable[str],
) -> _Voice:
    keys = {f"name {fold(author)}" for author in authors}
    keys.update(f"person {person}" for person in persons)
    if entity is not None:
        keys.add(f"entity {entity}")
    if entity is None or kind not in _BARE:
        keys.add(f"name {fold(name or '')}")
    return _Voice(name or "the author", frozenset(keys))


def _others(speakers: Sequence[_Voice], *around: Sequence[_Voice]) -> Tellers:
    """The nearest that tell it and are not the speakers."""
    for tellers in around:
        if not _themselves(speakers, tellers):
            return tuple(teller.name for teller in tellers)
    return None


def _themselves(speakers: Sequence[_Voice], tellers: Sequence[_Voice]) -> bool:
    """Whether each of the speakers is among those who tell it."""
    return bool(speakers) and all(any(s.keys & t.keys for t in tellers) for s in speakers)


def according_to(tellers: Sequence[str] | None) -> str:
    """Whose word it is, in words; empty where it is the speakers' own."""
    if tellers is None:
        return ""
    return f"according to {', '.join(tellers) or 'somebody not named'}"
