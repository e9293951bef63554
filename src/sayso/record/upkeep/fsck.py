"""Is everything as it was written? Pages, hashes, spans, rows, the words of the indexes."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import Any, Literal

from sayso.errors import RecordDamaged, RecordError
from sayso.record import adding, articles, name_words, projection
from sayso.record.database import snapshot, write
from sayso.record.folding import fold
from sayso.types import Reading

Part = Literal["page", "reference", "text", "article", "reading", "rows", "index"]

REMEDIES: dict[Part, str] = {
    "page": "the file is damaged: go back to a backup, and add what came after it again",
    "reference": "the file is damaged: go back to a backup, and add what came after it again",
    "text": "forget the article and add it again, or go back to a backup",
    "article": "forget the article and add it again, or go back to a backup",
    "reading": "read the article again with sayso reread, or go back to a backup",
    "rows": "make what is derived anew: sayso fsck --repair",
    "index": "make what is derived anew: sayso fsck --repair",
}
_SHOWN = 20
"""Damages of one kind in an index that are told one by one."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it should be. `where` is an article's key, or empty."""

    part: Part
    where: str
    what: str

    def to_dict(self) -> dict[str, str]:
        told = {"part": self.part, "where": self.where, "what": self.what}
        return told | {"remedy": REMEDIES[self.part]}


def fsck(db: sqlite3.Connection) -> Iterator[Damage]:
    """Look at every byte and tell of each damage, in one snapshot. Nothing is written."""
    garbled: set[int] = set()  # texts, of whose words in the indexes there is nothing to say
    with snapshot(db):
        yield from _guarded(_pages(db))
        yield from _guarded(_references(db))
        yield from _guarded(_texts(db, garbled.add))
        yield from _guarded(_articles(db))
        yield from _guarded(_statement_index(db, garbled))
        yield from _guarded(_text_index(db, garbled))
        yield from _guarded(_name_index(db))


def repair(db: sqlite3.Connection) -> int:
    """Make all that is derived anew, in one transaction; how many articles it was.

    Raises `RecordDamaged` where a text or a reading is damaged: nothing is changed then.
    """
    with write(db):
        for index in ("statement_words", "text_words"):
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")  # noqa: S608
        name_words.remake(db)
        for id, body in _each(db, "SELECT id, body FROM text"):
            projection.index_text(db, id, articles.decoded(body))
        ids = [row["id"] for row in db.execute("SELECT id FROM article ORDER BY id").fetchall()]
        for id in ids:
            projection.remake(db, id)
    return len(ids)


def _guarded(check: Iterator[Damage]) -> Iterator[Damage]:
    """A check that meets a torn page tells of it, and the others go on."""
    try:
        yield from check
    except sqlite3.DatabaseError as error:
        yield Damage("page", "", str(error))


def _each(db: sqlite3.Connection, query: str, *values: Any) -> Iterator[sqlite3.Row]:
    yield from db.execute(query, values)


# ---- the file


def _pages(db: sqlite3.Connection) -> Iterator[Damage]:
    for (message,) in db.execute("PRAGMA integrity_check(100)"):
        if message != "ok":
            yield Damage("page", "", message)


def _references(db: sqlite3.Connection) -> Iterator[Damage]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Damage("reference", "", f"row {row} of {table} leads to no row of {parent}")


# ---- what was added


def _texts(db: sqlite3.Connection, found: Callable[[int], None]) -> Iterator[Damage]:
    for row in _each(db, "SELECT id, sha256, body FROM text"):
        if sha256(row["body"]).hexdigest() != row["sha256"]:
            found(row["id"])
            for key in _keys(db, row["id"]):
                yield Damage(
                    "text", key, "the text is not the one that was added: its hash differs"
                )


def _keys(db: sqlite3.Connection, text: int) -> list[str]:
    found = [row["key"] for row in _each(db, "SELECT key FROM article WHERE text = ?", text)]
    return found or [""]


def _articles(db: sqlite3.Connection) -> Iterator[Damage]:
    for row in _each(db, "SELECT id, key FROM article ORDER BY id"):
        try:
            yield from _article(db, row["id"], row["key"])
        except RecordError as error:
            yield Damage("reading", row["key"], error.told)
        except (ValueError, TypeError) as error:
            yield Damage("article", row["key"], f"what it came with can't be understood: {error}")


def _article(db: sqlite3.Connection, id: int, key: str) -> Iterator[Damage]:
    try:
        article = articles.article(db, id)
    except RecordDamaged:  # of which _texts tells
        return
    if adding.article_key(adding.as_it_came(db, id, article)) != key:
        yield Damage("article", key, "its id is not that of its text, outlet and address")
        return
    if db.execute(
        "SELECT 1 FROM article AS a JOIN article AS b ON b.id = a.superseded_by "
        "WHERE a.id = ? AND (a.id = b.id OR a.url IS NOT b.url)",
        (id,),
    ).fetchone():
        yield Damage("article", key, "it is superseded by an article of another address")
    applied = projection.corrected(db, id, articles.reading(db, id))
    for table, have, want in _rows(db, id, applied.reading, applied.checked):
        if have != want:
            yield Damage("rows", key, f"the rows of {table} are not those of its reading")


def _rows(
    db: sqlite3.Connection, id: int, reading: Reading, checked: Any
) -> Iterator[tuple[str, list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """For each table, what it has of an article and what it should have."""
    statements, day = list(enumerate(reading.statements)), reading.article.date
    yield (
        "statement",
        _have(db, _STATEMENTS, id),
        [projection.statement_values(n, s, day, checked.get(s.id)) for n, s in statements],
    )
    yield (
        "speaker",
        _have(db, _SPEAKERS, id),
        [
            (s.id, *projection.speaker_values(n, speaker))
            for _, s in statements
            for n, speaker in enumerate(s.speakers)
        ],
    )
    yield (
        "entity",
        _have(db, _ENTITIES, id),
        [projection.entity_values(entity) for entity in reading.entities],
    )
    places = {entity.id: n for n, entity in enumerate(reading.entities)}
    yield (
        "about",
        _have(db, _ABOUT, id),
        [
            (s.id, entity)
            for _, s in statements
            for entity in sorted(places.keys() & set(s.about), key=places.__getitem__)
        ],
    )
    yield (
        "refusal",
        _have(db, _REFUSALS, id),
        [projection.refusal_values(n, r) for n, r in enumerate(reading.refusals)],
    )


_STATEMENTS = (
    "SELECT name, position, type, said, denied, confidence, said_on, day, inside, spans, chars, "
    "words, repeat, checked FROM statement WHERE article = ? ORDER BY position"
)
_SPEAKERS = (
    "SELECT statement.name, speaker.position, speaker.name, speaker.kind, authors FROM statement "
    "JOIN speaker ON speaker.statement = statement.id WHERE article = ? "
    "ORDER BY statement.position, speaker.position"
)
_ENTITIES = "SELECT name, label, kind, mentions FROM entity WHERE article = ? ORDER BY id"
_ABOUT = (
    "SELECT statement.name, entity.name FROM statement JOIN about ON about.statement = statement.id"
    " JOIN entity ON entity.id = about.entity WHERE statement.article = ? "
    "ORDER BY statement.position, entity.id"
)
_REFUSALS = (
    'SELECT position, kind, start, "end", speakers FROM refusal WHERE article = ? ORDER BY position'
)


def _have(db: sqlite3.Connection, query: str, article: int) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.execute(query, (article,))]


# ---- the indexes of words


def _statement_index(db: sqlite3.Connection, garbled: Collection[int]) -> Iterator[Damage]:
    with _fresh(db, "content, cue, facets") as compare:
        for row in _each(db, "SELECT id FROM article"):
            db.executemany(
                "INSERT INTO temp.fresh (rowid, content, cue, facets) VALUES (?, ?, ?, ?)",
                [(e.statement, e.content, e.cue, e.facets) for e in _entries(db, row["id"])],
            )
        for statement in compare("statement_words"):
            text, place = _place(db, statement)
            if text not in garbled:
                yield Damage("index", place, f"the words of statement row {statement} differ")


def _entries(db: sqlite3.Connection, article: int) -> list[projection.Entry]:
    """What the index should have of an article; nothing where that can't be told: see _articles."""
    try:
        return projection.entries(db, article)
    except (RecordError, ValueError, TypeError, json.JSONDecodeError):
        return []


def _place(db: sqlite3.Connection, statement: int) -> tuple[int, str]:
    """A statement's text, and its article's key."""
    row = db.execute(
        "SELECT text, key FROM article JOIN statement ON statement.article = article.id "
        "WHERE statement.id = ?",
        (statement,),
    ).fetchone()
    return (0, "") if row is None else (row["text"], row["key"])


def _text_index(db: sqlite3.Connection, garbled: Collection[int]) -> Iterator[Damage]:
    with _fresh(db, "body") as compare:
        for row in _each(db, "SELECT id, body FROM text"):
            db.execute(
                "INSERT INTO temp.fresh (rowid, body) VALUES (?, ?)",
                (row["id"], fold(row["body"].decode("utf-8", "replace"))),
            )
        for text in compare("text_words"):
            if text not in garbled:
                yield Damage("index", _keys(db, text)[0], "the words of its whole text differ")


def _name_index(db: sqlite3.Connection) -> Iterator[Damage]:
    for person in name_words.differing(db, _SHOWN):
        yield Damage("index", "", f"the words of the names of entry {person} differ")


@contextmanager
def _fresh(db: sqlite3.Connection, columns: str) -> Iterator[Callable[[str], Iterator[int]]]:
    """An index beside the file, to be filled; then a comparison with one in it, which gives the
    rows that differ, up to `_SHOWN`."""
    db.execute(
        f"CREATE VIRTUAL TABLE temp.fresh USING fts5({columns}, content = '', "
        'tokenize = "unicode61 remove_diacritics 2")'
    )
    db.execute("CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab(temp, fresh, instance)")
    try:
        yield lambda index: _unlike(db, index)
    finally:
        db.execute("DROP TABLE IF EXISTS temp.fresh_words")
        db.execute("DROP TABLE IF EXISTS temp.fresh")


_HAVE = "SELECT term, doc, col, offset FROM temp.old_words"
_WANT = "SELECT term, doc, col, offset FROM temp.fresh_words"
_DIFFERENT = (
    f"SELECT DISTINCT doc FROM (SELECT * FROM ({_HAVE} EXCEPT {_WANT}) UNION ALL "  # noqa: S608
    f"SELECT * FROM ({_WANT} EXCEPT {_HAVE})) ORDER BY doc LIMIT ?"
)


def _unlike(db: sqlite3.Connection, index: str) -> Iterator[int]:
    db.execute(f"CREATE VIRTUAL TABLE temp.old_words USING fts5vocab(main, {index}, instance)")
    try:
        if _are_alike(db):
            return
        yield from [row["doc"] for row in db.execute(_DIFFERENT, (_SHOWN,))]
    finally:
        db.execute("DROP TABLE temp.old_words")


def _are_alike(db: sqlite3.Connection) -> bool:
    """Both give their words in one order, so that a look at each is enough."""
    have, want = db.execute(_HAVE), db.execute(_WANT)
    return all(
        a is not None and b is not None and tuple(a) == tuple(b) for a, b in zip_longest(have, want)
    )
