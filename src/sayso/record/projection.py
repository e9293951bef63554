"""From an article's current reading, its corrections and the people: what queries look at.

The rows of entity, statement, speaker, about and refusal and the entries in the index of words
can be made anew at any time. An entry is a function of the rows alone: the index has no words of
its own, and to delete an entry SQLite must be told what was put in.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sayso.formats.plain import WORD
from sayso.record import articles, corrections, facets
from sayso.record.database import to_json
from sayso.record.days import first_day
from sayso.record.folding import fold, repeat_key
from sayso.record.laying import apply
from sayso.record.whose import person_of
from sayso.types import Entity, Reading, Refusal, Span, Speaker, Statement


def project(
    db: sqlite3.Connection, article: int, reading: Reading | None = None
) -> corrections.Applied:
    """Make what is derived from an article anew, in the caller's transaction; what it is made from.

    `reading` spares unpacking the current one, to whoever has just stored it. A statement whose
    name stays keeps its row's id, so that pages of results keep their place.
    """
    unindex(db, article)
    return remake(db, article, reading)


def project_versions(db: sqlite3.Connection, article: int) -> None:
    """`project` an article and those that supersede it: what is said of it is said of them too."""
    for version in articles.later(db, article):
        project(db, version)


def unindex(db: sqlite3.Connection, article: int) -> None:
    """Take what the index has of an article out of it, while the rows still tell what that is."""
    _unindex(db, entries(db, article))


def remake(
    db: sqlite3.Connection, article: int, reading: Reading | None = None
) -> corrections.Applied:
    """`project`, where the index has nothing of the article."""
    ids = _statement_ids(db, article)
    _delete(db, article)
    applied = corrected(db, article, reading)
    corrections.mark_orphans(db, article, applied.orphans)
    _Writer(db, article, ids, applied.checked).write(applied.reading)
    _index(db, entries(db, article))
    return applied


def corrected(
    db: sqlite3.Connection, article: int, reading: Reading | None = None
) -> corrections.Applied:
    """The current reading with what people say against it; `reading` spares unpacking it."""
    return apply(reading or articles.reading(db, article), corrections.of(db, article))


def reading(db: sqlite3.Connection, reference: str, *, as_corrected: bool) -> Reading:
    """The current reading of an article, with what people say against it or without."""
    article = articles.containing(db, reference).id
    return corrected(db, article).reading if as_corrected else articles.reading(db, article)


def unproject(db: sqlite3.Connection, article: int) -> None:
    """Take away what is derived from an article, to be made anew or to be gone."""
    unindex(db, article)
    _delete(db, article)


def _delete(db: sqlite3.Connection, article: int) -> None:
    for table in ("statement", "entity", "refusal"):  # speaker and about go with them
        db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608


def _statement_ids(db: sqlite3.Connection, article: int) -> dict[str, int]:
    rows = db.execute("SELECT name, id FROM statement WHERE article = ?", (article,))
    return {row["name"]: row["id"] for row in rows}


# ---- rows


def entity_values(entity: Entity) -> tuple[Any, ...]:
    """What `entity` has of one, but for its person."""
    mentions = to_json([m.to_list() for m in entity.mentions])
    return entity.id, entity.name, entity.kind, mentions


def statement_values(
    position: int, statement: Statement, published: str | None, checked: str | None
) -> tuple[Any, ...]:
    """What `statement` has of one."""
    return (
        statement.id,
        position,
        statement.type,
        int(statement.said),
        int(statement.denied),
        statement.confidence,
        statement.date,
        published if statement.date is None else first_day(statement.date),
        statement.inside,
        to_json(_spans(statement)),
        sum(s.end - s.start for s in statement.content),
        sum(len(WORD.findall(s.text)) for s in statement.content),
        repeat_key(statement.text),
        checked,
    )


def speaker_values(position: int, speaker: Speaker) -> tuple[Any, ...]:
    """What `speaker` has of one, but for its entity and person."""
    return position, speaker.name, speaker.kind, to_json(speaker.by)


def refusal_values(position: int, refusal: Refusal) -> tuple[Any, ...]:
    """What `refusal` has of one."""
    speakers = to_json([s.to_dict() for s in refusal.speakers])
    return position, refusal.kind, refusal.span.start, refusal.span.end, speakers


@dataclass(slots=True)
class _Writer:
    """Writes the rows of one article."""

    db: sqlite3.Connection
    article: int
    ids: Mapping[str, int]
    checked: Mapping[str, str]
    entities: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    """By an entity's name (`e1`): its row and its person."""
    free: int | None = None
    """The first id that no statement has, nor is to keep, once that had to be known."""

    def write(self, reading: Reading) -> None:
        for entity in reading.entities:
            self._entity(entity)
        for position, statement in enumerate(reading.statements):
            self._statement(position, statement, reading.article.date)
        self.db.executemany(
            'INSERT INTO refusal (article, position, kind, start, "end", speakers) '
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(self.article, *refusal_values(n, r)) for n, r in enumerate(reading.refusals)],
        )

    def _entity(self, entity: Entity) -> None:
        person = person_of(self.db, self.article, entity.name, entity.kind)
        row = self.db.execute(
            "INSERT INTO entity (article, person, name, label, kind, mentions) "
            "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (self.article, person, *entity_values(entity)),
        ).fetchone()
        self.entities[entity.id] = (row["id"], person)

    def _statement(self, position: int, statement: Statement, published: str | None) -> None:
        checked = self.checked.get(statement.id)
        row = self.db.execute(
            "INSERT INTO statement (id, article, name, position, type, said, denied, confidence, "
            "said_on, day, inside, spans, chars, words, repeat, checked) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                self._row_id(statement.id),
                self.article,
                *statement_values(position, statement, published, checked),
            ),
        ).fetchone()
        for number, speaker in enumerate(statement.speakers):
            self._speaker(row["id"], number, speaker)
        about = dict.fromkeys(self.entities[e][0] for e in statement.about if e in self.entities)
        self.db.executemany(
            "INSERT INTO about (statement, entity) VALUES (?, ?)", [(row["id"], e) for e in about]
        )

    def _row_id(self, name: str) -> int | None:
        """The id that the statement had; for a new one an id that none of the others will have.

        SQLite gives the next one in the table, which may be one that a later statement keeps.
        """
        if not self.ids or name in self.ids:
            return self.ids.get(name)
        if self.free is None:
            (highest,) = self.db.execute("SELECT coalesce(max(id), 0) FROM statement").fetchone()
            self.free = max(highest, *self.ids.values()) + 1
        self.free += 1
        return self.free - 1

    def _speaker(self, statement: int, position: int, speaker: Speaker) -> None:
        entity, person = self.entities.get(speaker.entity or "", (None, None))
        if entity is None and speaker.name is not None:
            person = person_of(self.db, self.article, speaker.name, speaker.kind)
        self.db.execute(
            "INSERT INTO speaker (statement, entity, person, position, name, kind, authors) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (statement, entity, person, *speaker_values(position, speaker)),
        )


def _spans(statement: Statement) -> dict[str, Any]:
    def optional(span: Span | None) -> list[int] | None:
        return None if span is None else span.to_list()

    return {
        "source": [s.to_list() for s in statement.source],
        "cue": [s.to_list() for s in statement.cue],
        "content": [s.to_list() for s in statement.content],
        "addressee": optional(statement.addressee),
        "channel": optional(statement.channel),
        "when": optional(statement.when),
    }


# ---- the index of words


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index of words has of one statement."""

    statement: int
    content: str
    cue: str
    facets: str


def entries(db: sqlite3.Connection, article: int) -> list[Entry]:
    """What the index must hold of an article's statements, by the rows as they are."""
    rows = db.execute("SELECT * FROM statement WHERE article = ?", (article,)).fetchall()
    if not rows:
        return []
    text = articles.text(db, article)
    common = _facets_of_article(articles.get(db, article))
    speakers = _grouped(
        db,
        "SELECT speaker.* FROM statement JOIN speaker ON speaker.statement = statement.id "
        "WHERE statement.article = ?",
        article,
    )
    about = _grouped(
        db,
        "SELECT about.statement, entity.person FROM statement JOIN about "
        "ON about.statement = statement.id JOIN entity ON entity.id = about.entity "
        "WHERE statement.article = ?",
        article,
    )
    return [
        _entry(row, text, common, speakers.get(row["id"], []), about.get(row["id"], []))
        for row in rows
    ]


def _grouped(db: sqlite3.Connection, query: str, article: int) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = {}
    for row in db.execute(query, (article,)):
        found.setdefault(row["statement"], []).append(row)
    return found


def _entry(
    row: sqlite3.Row,
    text: str,
    common: list[str],
    speakers: list[sqlite3.Row],
    about: list[sqlite3.Row],
) -> Entry:
    spans = json.loads(row["spans"])
    tokens = [*common, facets.type_(row["type"]), facets.said(row["said"])]
    if row["said_on"] is not None:
        tokens += facets.said_on(row["said_on"])
    if facets.is_unnamed((s["name"], s["kind"]) for s in speakers):
        tokens.append(facets.UNNAMED)
    tokens += [facets.speaker(s["person"]) for s in speakers if s["person"] is not None]
    tokens += [facets.about(a["person"]) for a in about if a["person"] is not None]
    return Entry(
        row["id"],
        _words(text, spans["content"]),
        _words(text, spans["cue"]),
        " ".join(sorted(set(tokens))),
    )


def _facets_of_article(article: articles.Stored) -> list[str]:
    outlet = [] if article.outlet is None else [facets.outlet(article.outlet)]
    return outlet + ([] if article.published is None else facets.printed(article.published))


def _words(text: str, spans: list[list[int]]) -> str:
    return fold(" … ".join(text[start:end] for start, end in spans))


def _index(db: sqlite3.Connection, given: Iterable[Entry]) -> None:
    db.executemany(
        "INSERT INTO statement_words (rowid, content, cue, facets) VALUES (?, ?, ?, ?)",
        [(e.statement, e.content, e.cue, e.facets) for e in given],
    )


def _unindex(db: sqlite3.Connection, given: Iterable[Entry]) -> None:
    db.executemany(
        "INSERT INTO statement_words (statement_words, rowid, content, cue, facets) "
        "VALUES ('delete', ?, ?, ?, ?)",
        [(e.statement, e.content, e.cue, e.facets) for e in given],
    )


def index_text(db: sqlite3.Connection, text: int, body: str) -> None:
    """Put a new text into the index of whole texts."""
    db.execute("INSERT INTO text_words (rowid, body) VALUES (?, ?)", (text, fold(body)))


def unindex_text(db: sqlite3.Connection, text: int, body: str) -> None:
    """Take a text that goes out of the index of whole texts."""
    db.execute(
        "INSERT INTO text_words (text_words, rowid, body) VALUES ('delete', ?, ?)",
        (text, fold(body)),
    )
