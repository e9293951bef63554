"""Articles out of the record, for good: no row, no word in an index, no byte in the file."""

import json
import mmap
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import NotInRecord, RecordBusy, RecordDamaged
from sayso.record import articles, corrections, identity, people, projection, undoing, whose
from sayso.record.articles import Stored
from sayso.record.database import BUSY_SECONDS, to_json, write
from sayso.record.folding import fold
from sayso.record.upkeep.backup import Copies, copies

_SLICE = 40
"""Bytes of a text that are looked for in the file: too many to be there by chance."""
_SLICES = 40
"""How many of them, from all over the texts."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is gone: articles by their keys, and people that nothing in the record names any more.

    `kept` are keys of articles of other outlets or addresses that have the same text as one that is
    gone: its words are still in the record. `copies` are backups, which are left as they are.
    """

    articles: tuple[str, ...]
    people: tuple[str, ...]
    kept: tuple[str, ...]
    copies: Copies


def speaking(db: sqlite3.Connection, name: str) -> list[Stored]:
    """The articles in which someone speaks: under this name, or as the same person.

    Who wrote a document that speaks, speaks too.
    """
    wanted, same = fold(name), _entries(db, name)
    db.create_function("is_meant", 3, lambda *speaker: _is_meant(wanted, same, *speaker))
    rows = db.execute(
        "SELECT DISTINCT statement.article FROM speaker "
        "JOIN statement ON statement.id = speaker.statement "
        "WHERE is_meant(speaker.name, speaker.person, speaker.authors) ORDER BY 1"
    ).fetchall()
    return [articles.get(db, row["article"]) for row in rows]


def others(db: sqlite3.Connection, name: str, article: Stored) -> list[tuple[str, int]]:
    """Who else speaks in an article, and in how many statements that `name` isn't a speaker of."""
    wanted, same = fold(name), _entries(db, name)
    db.create_function("is_meant", 3, lambda *speaker: _is_meant(wanted, same, *speaker))
    rows = db.execute(
        "SELECT v.name, count(DISTINCT s.id) AS number FROM statement s "
        "JOIN speaker v ON v.statement = s.id WHERE s.article = ? AND v.name IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM speaker w WHERE w.statement = s.id "
        "AND is_meant(w.name, w.person, w.authors)) GROUP BY v.name ORDER BY number DESC, v.name",
        (article.id,),
    )
    return [(row["name"], row["number"]) for row in rows]


def left(db: sqlite3.Connection, name: str, found: Collection[Stored]) -> list[tuple[Stored, str]]:
    """Other articles that name someone, and how: as the same person, or by the surname alone,
    which may be anybody's."""
    same, surname = _entries(db, name), identity.surname(name)
    rows = db.execute(
        "SELECT article, label AS called FROM entity "
        "WHERE person IN (SELECT value FROM json_each(:same)) UNION "
        "SELECT article, label FROM entity WHERE label = :surname AND kind = 'person' UNION "
        "SELECT statement.article, speaker.name FROM speaker "
        "JOIN statement ON statement.id = speaker.statement "
        "WHERE speaker.entity IS NULL AND speaker.kind = 'person' AND speaker.name = :surname "
        "ORDER BY 1, 2",
        {"same": to_json(sorted(same)), "surname": surname},
    ).fetchall()
    gone = {article.id for article in found}
    return [
        (articles.get(db, row["article"]), row["called"])
        for row in rows
        if row["article"] not in gone
    ]


def _entries(db: sqlite3.Connection, name: str) -> frozenset[int]:
    """The entries of the one person of this name; none where there is none."""
    try:
        return people.named(db, name)
    except NotInRecord:
        return frozenset()


def _is_meant(wanted: str, same: Collection[int], name: str, person: int, authors: str) -> bool:
    if person in same or (name is not None and fold(name) == wanted):
        return True
    return authors != "[]" and any(fold(author) == wanted for author in json.loads(authors))


def forget(
    db: sqlite3.Connection, path: Path, found: Sequence[Stored], name: str | None = None
) -> Forgotten:
    """Remove articles in one transaction, then make the file at `path` anew without them.

    With them go the people whom only they name and of whom nothing was imported, and the entry of
    `name`. Raises `RecordBusy` where another process keeps the log of changes: what is forgotten is
    out of the record then, and out of the log when the last process that has it open closes it.
    """
    texts: list[bytes] = []
    kept: list[str] = []
    with write(db):
        named = frozenset() if name is None else _entries(db, name)
        groups = {frozenset(named), *_people(db, found)} - {frozenset()}
        settled = [place for article in found for place in whose.settled_by(db, article.id)]
        corrected = _corrected_with(db, found)
        for article in found:
            text = _remove(db, article)
            others = _articles_of(db, text)
            kept += others
            if not others:
                texts.append(_remove_text(db, text))
        for other in sorted({*whose.unsettled(db, settled, gone=True), *corrected}):
            projection.project(db, other)
        gone = [name for same in groups for name in _leave(db, same, same == named)]
        for index in ("statement_words", "text_words"):
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608
    empty(db, path)
    _prove(db, path, texts)
    keys = tuple(article.key for article in found)
    still = tuple(key for key in dict.fromkeys(kept) if key not in keys)
    return Forgotten(keys, tuple(sorted(gone)), still, copies(db, path, keys))


def _people(db: sqlite3.Connection, found: Sequence[Stored]) -> set[frozenset[int]]:
    """Those whom the articles name: of each, all entries that are the same."""
    groups: set[frozenset[int]] = set()
    for article in found:
        rows = db.execute(
            "SELECT person FROM entity WHERE article = :id AND person IS NOT NULL UNION "
            "SELECT speaker.person FROM statement JOIN speaker ON speaker.statement = statement.id "
            "WHERE statement.article = :id AND speaker.person IS NOT NULL",
            {"id": article.id},
        ).fetchall()
        groups.update(people.same(db, row["person"]) for row in rows)
    return groups


def _corrected_with(db: sqlite3.Connection, found: Sequence[Stored]) -> set[int]:
    """Other versions of the articles, where what is said of one is said of all."""
    versions: set[int] = set()
    for article in found:
        told = corrections.of(db, article.id)
        if told:
            versions.update(articles.later(db, article.id), (each.article for each in told))
    return versions - {article.id for article in found}


def _remove(db: sqlite3.Connection, article: Stored) -> int:
    """Remove an article, and tell which text it had. The next version follows earlier ones then."""
    projection.unproject(db, article.id)
    row = db.execute("SELECT text, superseded_by FROM article WHERE id = ?", (article.id,))
    text, later = row.fetchone()
    db.execute("UPDATE article SET superseded_by = ? WHERE superseded_by = ?", (later, article.id))
    db.execute("DELETE FROM article WHERE id = ?", (article.id,))
    return int(text)


def _articles_of(db: sqlite3.Connection, text: int) -> list[str]:
    return [row["key"] for row in db.execute("SELECT key FROM article WHERE text = ?", (text,))]


def _remove_text(db: sqlite3.Connection, text: int) -> bytes:
    """Remove a text that no article has, and give it back."""
    body: bytes = db.execute("SELECT body FROM text WHERE id = ?", (text,)).fetchone()["body"]
    projection.unindex_text(db, text, articles.decoded(body))
    db.execute("DELETE FROM text WHERE id = ?", (text,))
    return body


_USED = """
SELECT 1 FROM entity WHERE person = :id UNION ALL
SELECT 1 FROM speaker WHERE person = :id UNION ALL
SELECT 1 FROM pin WHERE person = :id LIMIT 1
"""
_IMPORTED = """
SELECT 1 FROM person WHERE id = :id AND outside_id IS NOT NULL UNION ALL
SELECT 1 FROM person_column WHERE person = :id LIMIT 1
"""


def _leave(db: sqlite3.Connection, same: Collection[int], asked: bool) -> list[str]:
    """Remove the entries of somebody whom nothing names any more, and give the names.

    What was imported stays, unless it was `asked` for. What was decided about them goes too.
    """
    holders = (_USED,) if asked else (_USED, _IMPORTED)
    if any(db.execute(holder, {"id": id}).fetchone() for id in same for holder in holders):
        return []
    rows = [
        db.execute("DELETE FROM person WHERE id = ? RETURNING name, key", (id,)).fetchone()
        for id in sorted(same)
    ]
    undoing.forget(db, [row["key"] for row in rows])
    return list(dict.fromkeys(row["name"] for row in rows))


# ---- the file


def empty(db: sqlite3.Connection, path: Path) -> None:
    """Make the file anew from what is in it, and leave nothing in the log of changes.

    Where the disk has no room for that the file keeps its size: what is deleted is overwritten.
    """
    try:
        db.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_FULL:
            raise
    deadline = time.monotonic() + BUSY_SECONDS
    while db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > deadline:
            raise RecordBusy(
                f"it is out of {path}, but not yet out of the log beside it, which another process "
                "is reading: it will be when the last one that has the record open closes it"
            )
        time.sleep(0.05)


def _prove(db: sqlite3.Connection, path: Path, texts: Sequence[bytes]) -> None:
    """Make sure that no stretch of the texts is in the file, but where another text has it too."""
    for piece in _present(path, _slices(texts)):
        if not db.execute("SELECT 1 FROM text WHERE instr(body, ?) LIMIT 1", (piece,)).fetchone():
            raise RecordDamaged(
                f"something of what was forgotten is still in {path}: make it anew with sayso "
                "backup, and put the copy in its place"
            )


def _slices(texts: Sequence[bytes]) -> list[bytes]:
    """Stretches from all over the texts."""
    whole = [
        body[at : at + _SLICE] for body in texts for at in range(0, len(body) - _SLICE + 1, _SLICE)
    ]
    return whole[:: max(1, len(whole) // _SLICES)]


def _present(path: Path, slices: Iterable[bytes]) -> Iterator[bytes]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for piece in slices:
            if content.find(piece) >= 0:
                yield piece
