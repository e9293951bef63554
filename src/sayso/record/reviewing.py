"""A statement under a person's eyes: as it stands, who has corrected it, and whether it is still
as that person saw it when the correction comes.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sayso.errors import NotInRecord
from sayso.record import articles, corrections
from sayso.record.anchors import Bounds
from sayso.record.articles import Stored
from sayso.record.corrections import Applied, Checked, Correction
from sayso.record.database import write
from sayso.record.laying import apply
from sayso.types import Reading, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A statement with the reading that it is of, corrections laid over it.

    `gone`: somebody has said that there is no such statement, and `statement` is as it was read.
    `history` are the corrections of it that stand, the last first. `version` stands for how it is
    now: it changes with every correction and comes back when that is taken back.
    """

    article: Stored
    reading: Reading
    statement: Statement
    checked: Checked | None
    gone: bool
    history: tuple[Correction, ...]
    version: str


def reviewed(db: sqlite3.Connection, reference: str) -> Reviewed:
    """The statement `KEY/s3`, which stays to be seen when it was called wrong.

    Raises `NotInRecord` and `Ambiguous`.
    """
    article, name = _named(db, reference)
    raw = articles.reading(db, article.id)
    made = corrections.of(db, article.id)
    applied = apply(raw, made)
    now, read = _of_name(applied.reading, name), _of_name(raw, name)
    statement = now or read
    if statement is None:
        raise NotInRecord(f"the article {article.key} has no statement {name}")
    seen = [Bounds.of(s) for s in (now, read) if s is not None]
    history = tuple(reversed(list(_concerning(raw.article.text, made, seen))))
    return Reviewed(
        article=article,
        reading=applied.reading,
        statement=statement,
        checked=applied.checked.get(name),
        gone=now is None,
        history=history,
        version=_version(applied, name, history),
    )


def unless_changed(
    db: sqlite3.Connection,
    reference: str,
    version: str,
    correct: Callable[[], Correction],
    *,
    instead: int | None = None,
) -> Correction | None:
    """What `correct` makes, if the statement is as it was in that version; else nothing is done.

    Nobody else can write between the look and the correction. `instead` is a correction that is
    taken back before, if it is the last one of this statement.
    """
    from sayso.record.correcting import undo

    with write(db):
        found = reviewed(db, reference)
        if found.version != version:
            return None
        if instead is not None and found.history and found.history[0].id == instead:
            undo(db, instead, alone=True)
        return correct()


def _named(db: sqlite3.Connection, reference: str) -> tuple[Stored, str]:
    key, _, name = reference.rpartition("/")
    return articles.find(db, key), name


def _of_name(reading: Reading, name: str) -> Statement | None:
    return next((s for s in reading.statements if s.id == name), None)


def _concerning(text: str, made: Iterable[Correction], seen: list[Bounds]) -> Iterable[Correction]:
    """Those that speak of a statement with any of these bounds, or of what came of it."""
    known, found = list(seen), dict[int, Correction]()
    placed = [(c, [b for b in _bounds(text, c) if b is not None]) for c in made]
    while more := [
        (correction, bounds)
        for correction, bounds in placed
        if correction.id not in found and any(b.is_same(k) for b in bounds for k in known)
    ]:
        for correction, bounds in more:
            found[correction.id] = correction
            known += bounds
    return (found[id] for id in sorted(found))


def _bounds(text: str, correction: Correction) -> tuple[Bounds | None, Bounds | None]:
    new = correction.outcome.bounds
    return correction.anchor.find(text), None if new is None else new.find(text)


def _version(applied: Applied, name: str, history: Iterable[Correction]) -> str:
    now = _of_name(applied.reading, name)
    made = [correction.id for correction in history]
    return version_of([told(now), applied.checked.get(name), made])


def version_of(shown: object) -> str:
    """A few letters that stand for what is shown of something: others where it has changed."""
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]


def told(statement: Statement | None) -> list[object]:
    """What a correction can change, and nothing that those of other statements do."""
    if statement is None:
        return []
    spans = (statement.content, statement.cue, statement.source)
    return [
        [[span.to_list() for span in part] for part in spans],
        [[speaker.name, speaker.kind] for speaker in statement.speakers],
        [statement.type, statement.said, statement.denied],
    ]
