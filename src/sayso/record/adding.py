"""Readings in: each article once, each version kept, whole or not at all."""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sayso.errors import BadRecord
from sayso.record import projection, whose
from sayso.record.articles import later, packed
from sayso.record.database import write
from sayso.record.days import now
from sayso.record.folding import digest
from sayso.types import Article, Reading

Outcome = Literal["new", "version", "updated", "known"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_FILLED = ("title", "published", "given_id")
"""What a later telling of the same article may add, where it was not known."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a reading.

    `new`: the article was not there. `version`: nor was it, but another text at its address was,
    whose newer (or, by its date, older) version it is. `updated`: it was there, and is now read by
    another model, or its title, date or id was not known. `known`: nothing had to be done.
    `orphans` counts the corrections, of earlier versions too, whose words the new reading lacks.
    `printed` is the day of printing that was known and stays, where the reading was made with
    another: then the reading that was there is kept.
    """

    key: str
    outcome: Outcome
    statements: int
    orphans: int = 0
    printed: str | None = None


def add(db: sqlite3.Connection, reading: Reading) -> Added:
    """Store a reading in a transaction of its own. Raises `BadRecord` for what is no reading."""
    data, reading = cleaned(reading)
    article = reading.article
    with write(db):
        row = row_of(db, article)
        if row is None:
            id, outcome = _insert(db, article)
        elif _other_day(db, row, article):
            return _filled(db, row, article)
        elif _changes(db, row, article, reading.model):
            id, outcome = row["id"], "updated"
            _fill(db, row, article)
        else:
            return Added(row["key"], "known", len(reading.statements))
        orphans = keep(db, id, reading, data)
        for version in later(db, id)[1:]:  # what is said of those before it may reach them now
            projection.project(db, version)
    key = article_key(article) if row is None else row["key"]
    return Added(key, outcome, len(reading.statements), orphans)


def known(db: sqlite3.Connection, article: Article, model: str) -> Added | None:
    """What came of adding the article, read by this model, before; None if that is to be done."""
    row = row_of(db, article)
    if row is None or _changes(db, row, article, model):
        return None
    return Added(row["key"], "known", _statements(db, row["id"]))


def dated(db: sqlite3.Connection, article: Article) -> Article:
    """The article with the day of printing that the record has of it, by which it is to be read."""
    row = row_of(db, article)
    if row is None or not _other_day(db, row, article):
        return article
    return replace(article, date=row["published"])


def key_of(db: sqlite3.Connection, article: Article) -> str:
    """The key that an article has in the record, or would have."""
    row = row_of(db, article)
    return article_key(article) if row is None else str(row["key"])


def as_it_came(db: sqlite3.Connection, id: int, article: Article) -> Article:
    """An article with the outlet that its key was made of, which may have been amended."""
    row = db.execute(
        "SELECT json_extract(before, '$.publisher') AS outlet FROM amendment "
        "WHERE article = ? AND json_type(before, '$.publisher') IS NOT NULL ORDER BY id LIMIT 1",
        (id,),
    ).fetchone()
    return article if row is None else replace(article, publisher=row["outlet"])


def _statements(db: sqlite3.Connection, article: int) -> int:
    found = db.execute("SELECT count(*) FROM statement WHERE article = ?", (article,))
    return int(found.fetchone()[0])


def article_key(article: Article) -> str:
    """16 hexadecimal digits of the text, the outlet and the address: what makes an article one."""
    return digest(json.dumps([article.sha256, _name(article.publisher), _name(article.url)]), 16)


def _name(value: str | None) -> str | None:
    """A name as the record keeps it: blank is none."""
    cleaned = None if value is None else _LONE_SURROGATE.sub("�", value).strip()
    return cleaned or None


def cleaned(reading: Reading) -> tuple[dict[str, Any], Reading]:
    """The reading as it will come out again: no lone surrogates, all spans within the text."""
    try:
        told = json.dumps(_told(reading), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise BadRecord(f"{reading!r} can't be written as JSON: {error}") from error
    data = json.loads(_LONE_SURROGATE.sub("�", told))
    whole = Reading.from_dict(data, text=reading.article.text)
    _check_unlike(s.id for s in whole.statements)
    _check_unlike(e.id for e in whole.entities)
    return data, whole


def _told(reading: Reading) -> dict[str, Any]:
    """The contract's JSON, and beside it whom the model thought of too: see `articles.unpacked`."""
    others = {s.id: s.runner_up.to_dict() for s in reading.statements if s.runner_up is not None}
    return reading.to_dict(text=False) | ({"runners_up": others} if others else {})


def _check_unlike(ids: Iterable[str]) -> None:
    found = list(ids)
    if len(set(found)) < len(found):
        raise BadRecord(f"a reading has two of one id among {', '.join(found)}")


def row_of(db: sqlite3.Connection, article: Article) -> sqlite3.Row | None:
    """The article as it is in the record: under the key that it came with, or amended to be it."""
    by_key = "SELECT * FROM article WHERE key = ?"
    row: sqlite3.Row | None = db.execute(by_key, (article_key(article),)).fetchone()
    if row is None:
        row = db.execute(
            "SELECT article.* FROM article JOIN text ON text.id = article.text "
            "WHERE text.sha256 = ? AND outlet IS ? AND url IS ?",
            (article.sha256, _name(article.publisher), _name(article.url)),
        ).fetchone()
    return row


def _columns(article: Article) -> dict[str, str | None]:
    section = article.extra.get("section")
    return {
        "url": _name(article.url),
        "outlet": _name(article.publisher),
        "title": _name(article.title),
        "published": article.date,
        "language": article.language,
        "given_id": None if article.id is None else json.dumps(article.id),
        "extra": json.dumps(dict(article.extra)),
        "section": _name(section) if isinstance(section, str) else None,
    }


# ---- a new article


def _insert(db: sqlite3.Connection, article: Article) -> tuple[int, Outcome]:
    (id,) = db.execute(
        "INSERT INTO article (key, text, added, url, outlet, title, published, language, given_id,"
        " extra, section) VALUES (:key, :text, :added, :url, :outlet, :title, :published,"
        " :language, :given_id, :extra, :section) RETURNING id",
        _columns(article)
        | {"key": article_key(article), "text": _text(db, article), "added": now()},
    ).fetchone()
    return int(id), "version" if _take_place(db, id) else "new"


def _text(db: sqlite3.Connection, article: Article) -> int:
    """The row of the article's text, new or as it is."""
    row = db.execute("SELECT id FROM text WHERE sha256 = ?", (article.sha256,)).fetchone()
    if row is not None:
        return int(row["id"])
    (id,) = db.execute(
        "INSERT INTO text (sha256, body) VALUES (?, ?) RETURNING id",
        (article.sha256, article.text.encode()),
    ).fetchone()
    projection.index_text(db, id, article.text)
    return int(id)


def _take_place(db: sqlite3.Connection, id: int) -> bool:
    """Make the article the current one at its address, or, by its date, an earlier one.

    Whether there was another text at the address.
    """
    others = db.execute(
        "SELECT other.id, coalesce(other.published > this.published, 0) AS newer "
        "FROM article AS this JOIN article AS other ON other.url = this.url "
        "WHERE this.id = ? AND other.text != this.text AND other.superseded_by IS NULL "
        "AND other.id < this.id",
        (id,),
    ).fetchall()
    for other in others:
        old, new = (id, other["id"]) if other["newer"] else (other["id"], id)
        db.execute("UPDATE article SET superseded_by = ? WHERE id = ?", (new, old))
    return bool(others)


def place_anew(db: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Have articles of one address supersede each other as if they came in this order, with the
    days of printing that they have now."""
    db.executemany("UPDATE article SET superseded_by = NULL WHERE id = ?", [(id,) for id in ids])
    for id in ids:
        _take_place(db, id)


# ---- an article that was there


def _changes(db: sqlite3.Connection, row: sqlite3.Row, article: Article, model: str) -> bool:
    return (
        bool(_fillings(db, row, article))
        or not db.execute(
            "SELECT 1 FROM reading WHERE article = ? AND model = ? AND current = 1",
            (row["id"], model),
        ).fetchone()
    )


def _fillings(db: sqlite3.Connection, row: sqlite3.Row, article: Article) -> dict[str, str]:
    """What is told now of an article and was not known before, unless somebody said it isn't."""
    told = _columns(article)
    values = {name: told[name] for name in _FILLED if row[name] is None}
    found = {name: value for name, value in values.items() if value is not None}
    amended = _amended(db, row["id"]) if found else frozenset()
    return {name: value for name, value in found.items() if name not in amended}


def _amended(db: sqlite3.Connection, article: int) -> frozenset[str]:
    """The columns of an article of which somebody has said what they are."""
    rows = db.execute(
        "SELECT told.key FROM amendment, json_each(amendment.after) AS told WHERE article = ?",
        (article,),
    )
    columns = {"title": "title", "date": "published"}
    return frozenset(columns[row["key"]] for row in rows if row["key"] in columns)


def _other_day(db: sqlite3.Connection, row: sqlite3.Row, article: Article) -> bool:
    """Whether the record has another day of printing, or knows that it isn't known."""
    if row["published"] == article.date:
        return False
    return row["published"] is not None or "published" in _amended(db, row["id"])


def _fill(db: sqlite3.Connection, row: sqlite3.Row, article: Article) -> None:
    fillings = _fillings(db, row, article)
    if fillings:
        projection.unproject(db, row["id"])  # while the index's entries are still known
    for name, value in fillings.items():
        db.execute(f"UPDATE article SET {name} = ? WHERE id = ?", (value, row["id"]))  # noqa: S608


def _filled(db: sqlite3.Connection, row: sqlite3.Row, article: Article) -> Added:
    """What was not known, and nothing of a reading that was made with another day of printing:
    its "yesterday" is another."""
    filled = bool(_fillings(db, row, article))
    if filled:
        _fill(db, row, article)
        projection.project(db, row["id"])
    day = None if article.date is None else row["published"]
    outcome: Outcome = "updated" if filled else "known"
    return Added(row["key"], outcome, _statements(db, row["id"]), printed=day)


def keep(db: sqlite3.Connection, article: int, reading: Reading, data: dict[str, Any]) -> int:
    """Store a reading as the current one, in the caller's transaction; both are from `cleaned`.

    An older one by the same model goes. In articles near by, whom a surname means may change. Gives
    the number of corrections whose words are not found in it.
    """
    db.execute("UPDATE reading SET current = 0 WHERE article = ? AND current = 1", (article,))
    db.execute("DELETE FROM reading WHERE article = ? AND model = ?", (article, reading.model))
    db.execute(
        "INSERT INTO reading (article, model, made, current, data) VALUES (?, ?, ?, 1, ?)",
        (article, reading.model, now(), packed(data)),
    )
    applied = projection.project(db, article, reading)
    for other in whose.unsettled(db, whose.settled_by(db, article)):
        projection.project(db, other)
    return len(applied.orphans)
