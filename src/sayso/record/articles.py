"""Articles and readings out of the record, by the ids that people see."""

import json
import re
import sqlite3
import zlib
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sayso.errors import Ambiguous, BadRecord, NotInRecord, RecordDamaged
from sayso.formats.plain import first_line, one_line
from sayso.record.database import to_json
from sayso.types import Article, Reading, Speaker

_DIGITS = re.compile("[0-9a-f]{6,16}")
_FEW = re.compile("[0-9a-f]{1,5}")
_STATEMENT = re.compile(r"(.+)/ *([sc][0-9]+)", re.DOTALL)
_SHOWN = 200
_LOOKED_AT = 2_000
"""Bytes of a text in which its first line is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article in the record, but for its text. `id` is the database's, `key` is for people."""

    id: int
    key: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    section: str | None
    language: str
    added: str
    superseded_by: int | None
    begins: str = ""
    """How the text begins, where there is no title."""

    @property
    def name(self) -> str:
        """What people call it: its title, else how it begins, in quotation marks."""
        return self.title or (f"“{self.begins}”" if self.begins else self.url or self.key)


def beginning(article: str = "article") -> str:
    """SQL for what `begun` takes, as the column `begins`; `article` is the table's alias."""
    return (
        f"iif({article}.title IS NULL, (SELECT substr(body, 1, {_LOOKED_AT}) FROM text "  # noqa: S608
        f"WHERE text.id = {article}.text), NULL) AS begins"
    )


def begun(body: bytes | None) -> str:
    """The first line of a text, cut, from the bytes at its beginning; of none, nothing."""
    return "" if body is None else one_line(first_line(body.decode("utf-8", "ignore")))


_OWN = [f"article.{name}" for name in Stored.__slots__ if name != "begins"]
_COLUMNS = ", ".join([*_OWN, beginning()])


def _stored(row: sqlite3.Row) -> Stored:
    return Stored(**dict(row) | {"begins": begun(row["begins"])})


def find(db: sqlite3.Connection, key: str) -> Stored:
    """The article of this key, or of six digits or more of its beginning; else the current one of
    this address, or that was given with this id."""
    name = key.strip()
    digits = name.lower()
    rows = _of_key(db, digits) if _DIGITS.fullmatch(digits) else []
    rows = rows or _of_name(db, name)
    if not rows:
        if _DIGITS.fullmatch(digits):
            raise NotInRecord(f"the record has no article {digits}")
        if _FEW.fullmatch(digits):
            raise NotInRecord(
                f"{_typed(name)} is too short for an article's key: give six digits of it, or more"
            )
        raise NotInRecord(
            f"{_typed(name)} is no article's id in the record, and no address",
            ": see sayso articles",
        )
    if len(rows) > 1:
        keys = ", ".join(row["key"] for row in rows)
        raise Ambiguous(
            f"{_typed(name)} means several articles: {keys}; give more digits, or one id"
        )
    return _stored(rows[0])


def containing(db: sqlite3.Connection, reference: str) -> Stored:
    """The article that `reference` names, or the one of the statement `KEY/s3`."""
    try:
        return find(db, reference)
    except NotInRecord:
        named = _STATEMENT.fullmatch(reference.strip())
        if named is None:
            raise
        return find(db, named[1])


def _of_key(db: sqlite3.Connection, digits: str) -> list[sqlite3.Row]:
    return db.execute(
        f"SELECT {_COLUMNS} FROM article WHERE key >= ? AND key < ? ORDER BY key LIMIT 5",  # noqa: S608
        (digits, digits + "g"),
    ).fetchall()


def _of_name(db: sqlite3.Connection, name: str) -> list[sqlite3.Row]:
    """The current articles of an address, else those that came with an id; an older version where
    no current one has the id."""
    given = (json.dumps(name), name)  # an id may be a string or a number
    for condition, values in (
        ("url = ? AND superseded_by IS NULL", (name,)),
        ("given_id IN (?, ?) AND superseded_by IS NULL", given),
        ("given_id IN (?, ?)", given),
    ):
        query = f"SELECT {_COLUMNS} FROM article WHERE {condition} LIMIT 5"  # noqa: S608
        if rows := db.execute(query, values).fetchall():
            return rows
    return []


def _typed(name: str) -> str:
    return repr(one_line(name, _SHOWN))


def get(db: sqlite3.Connection, article: int) -> Stored:
    """The article of this database id."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM article WHERE id = ?",  # noqa: S608
        (article,),
    ).fetchone()
    if row is None:
        raise NotInRecord(f"the record has no article numbered {article}")
    return _stored(row)


def later(db: sqlite3.Connection, article: int) -> list[int]:
    """The article and the versions that superseded it, the newest last, by the database's ids."""
    found: list[int] = []
    version: int | None = article
    while version is not None and version not in found:  # a damaged file may go in circles
        found.append(version)
        version = get(db, version).superseded_by
    return found


def find_statement(db: sqlite3.Connection, reference: str) -> sqlite3.Row:
    """The row of `statement` that `KEY/s3` names."""
    named = _STATEMENT.fullmatch(reference.strip())
    if named is None:
        key = find(db, reference).key[:8]
        raise NotInRecord(f"{key} is an article: name a statement of it, such as {key}/s1")
    row = db.execute(
        "SELECT * FROM statement WHERE article = ? AND name = ?",
        (find(db, named[1]).id, named[2]),
    ).fetchone()
    if row is None:
        raise NotInRecord(
            f"the record has no statement {_typed(reference)}: name one as KEY/s3",
            "; sayso show KEY lists them",
        )
    found: sqlite3.Row = row
    return found


def text(db: sqlite3.Connection, article: int) -> str:
    """The article's text."""
    row = db.execute(
        "SELECT text.body FROM article JOIN text ON text.id = article.text WHERE article.id = ?",
        (article,),
    ).fetchone()
    if row is None:
        raise NotInRecord(f"the record has no article numbered {article}")
    return decoded(row["body"])


def decoded(body: bytes) -> str:
    """The text that `text.body` holds."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RecordDamaged("a text of the record is damaged", ": see sayso fsck") from error


def sound(body: bytes, digest: str) -> str:
    """The same, if it is the text of this hash. Raises `RecordDamaged`."""
    if sha256(body).hexdigest() != digest:
        raise RecordDamaged("a text of the record is damaged: see sayso fsck")
    return decoded(body)


def article(db: sqlite3.Connection, id: int) -> Article:
    """The article with its text, as it was added. Raises `RecordDamaged` if it has changed."""
    row = db.execute(
        "SELECT article.*, text.body, text.sha256 FROM article JOIN text ON text.id = article.text "
        "WHERE article.id = ?",
        (id,),
    ).fetchone()
    if row is None:
        raise NotInRecord(f"the record has no article numbered {id}")
    found = Article(
        decoded(row["body"]),
        title=row["title"],
        date=row["published"],
        url=row["url"],
        publisher=row["outlet"],
        id=None if row["given_id"] is None else json.loads(row["given_id"]),
        language=row["language"],
        extra=json.loads(row["extra"]),
    )
    if found.sha256 != row["sha256"]:
        raise RecordDamaged(f"the text of article {row['key']} is damaged", ": see sayso fsck")
    return found


def reading(db: sqlite3.Connection, article_id: int) -> Reading:
    """The current reading, as the model gave it: corrections are not in it."""
    row = db.execute(
        "SELECT data FROM reading WHERE article = ? AND current = 1", (article_id,)
    ).fetchone()
    if row is None:
        raise NotInRecord(f"the record has no reading of article {get(db, article_id).key}")
    return unpacked(row["data"], article(db, article_id))


def packed(data: dict[str, Any]) -> bytes:
    """A reading's dictionary as `reading.data` keeps it."""
    return zlib.compress(to_json(data).encode())


def unpacked(data: bytes, of: Article) -> Reading:
    """The reading of that article that `reading.data` holds."""
    try:
        stored = json.loads(zlib.decompress(data))
        own = {"article": of.to_dict(text=False), "id": of.sha256 if of.id is None else of.id}
        found = Reading.from_dict(stored | own, text=of.text)
        others = {id: Speaker.from_dict(told) for id, told in stored.get("runners_up", {}).items()}
    except (zlib.error, ValueError, TypeError, BadRecord) as error:
        raise RecordDamaged(f"a reading of the record is damaged ({error}): see fsck") from error
    if not others:
        return found
    statements = (replace(s, runner_up=others.get(s.id)) for s in found.statements)
    return replace(found, statements=tuple(statements))
