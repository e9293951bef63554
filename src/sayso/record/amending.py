"""What people say of an article as a whole: another title, outlet or day of printing."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sayso.errors import UsageError
from sayso.formats.plain import harmless
from sayso.reader.dates import date_at
from sayso.record import adding, articles, projection, whose
from sayso.record.articles import packed
from sayso.record.database import to_json, write
from sayso.record.days import now
from sayso.types import Article, Reading, Statement, iso_day

FIELDS = ("title", "publisher", "date")
"""What may be amended, by the names that they have in an `Article`."""
_COLUMNS = {"title": "title", "publisher": "outlet", "date": "published"}
_LONGEST = {"title": 1_000, "publisher": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What somebody changed of the article with this key: `before` and `after` have the same of
    `FIELDS`; None is not known."""

    id: int
    article: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    who: str
    made: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "amendment": self.id,
            "article": self.article,
            "before": dict(self.before),
            "after": dict(self.after),
            "who": self.who,
            "made": self.made,
        }


def told_of(
    reading: Reading, *, title: str | None, publisher: str | None, date: str | None
) -> Reading:
    """The reading with these. By another day of printing, "yesterday" is another as well."""
    article = replace(reading.article, title=title, publisher=publisher, date=date)
    if article.date == reading.article.date:
        return replace(reading, article=article)

    def dated(statement: Statement) -> Statement:
        when = statement.when
        if when is None:
            return statement
        day = date_at(article.text, (when.start, when.end), article.date)
        return replace(statement, date=day)

    return replace(reading, article=article, statements=tuple(map(dated, reading.statements)))


def amend(
    db: sqlite3.Connection,
    key: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    who: str,
) -> Amendment:
    """Say that an article has another title, outlet or day of printing. None stays as it is; an
    empty one is not known.

    The article keeps its key, its corrections and what was read in it, but for days of saying that
    lean on the day of printing. Raises `UsageError` where that is no change, or would make it the
    same as another article.
    """
    if not who.strip():
        raise UsageError("say who corrects this")
    given = {"title": title, "publisher": publisher, "date": date}
    wanted = {name: _cleaned(name, value) for name, value in given.items() if value is not None}
    with write(db):
        stored = articles.find(db, key)
        old = articles.article(db, stored.id)
        after = {name: value for name, value in wanted.items() if getattr(old, name) != value}
        if not after:
            raise UsageError(f"the record has these of {stored.key[:8]} already")
        before = {name: getattr(old, name) for name in after}
        _refuse_same(db, stored.id, replace(old, publisher=after.get("publisher", old.publisher)))
        _put(db, stored.id, old, after)
        (id,) = db.execute(
            "INSERT INTO amendment (article, before, after, who, made) VALUES (?, ?, ?, ?, ?) "
            "RETURNING id",
            (stored.id, to_json(before), to_json(after), who.strip(), now()),
        ).fetchone()
        return _one(db, id)


def listed(db: sqlite3.Connection, key: str) -> list[Amendment]:
    """What was changed of an article, the last first."""
    rows = db.execute(
        "SELECT amendment.*, key FROM amendment JOIN article ON article.id = amendment.article "
        "WHERE article.id = ? ORDER BY amendment.id DESC",
        (articles.containing(db, key).id,),
    ).fetchall()
    return list(map(_of_row, rows))


def _one(db: sqlite3.Connection, id: int) -> Amendment:
    return _of_row(
        db.execute(
            "SELECT amendment.*, key FROM amendment JOIN article ON article.id = article "
            "WHERE amendment.id = ?",
            (id,),
        ).fetchone()
    )


def _of_row(row: sqlite3.Row) -> Amendment:
    return Amendment(
        id=row["id"],
        article=row["key"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
        who=row["who"],
        made=row["made"],
    )


def _cleaned(name: str, value: str) -> str | None:
    value = value.strip()
    if name == "date":
        if value and iso_day(value) != value:
            raise UsageError(f"{value!r} is no day: write it as YYYY-MM-DD")
        return value or None
    value = " ".join(value.split())
    if harmless(value) != value or len(value) > _LONGEST[name]:
        sort = "a title" if name == "title" else "an outlet's name"
        raise UsageError(f"{sort} has at most {_LONGEST[name]} characters, and no control ones")
    return value or None


def _refuse_same(db: sqlite3.Connection, id: int, amended: Article) -> None:
    other = adding.row_of(db, amended)
    if other is not None and other["id"] != id:
        raise UsageError(
            f"the record has this report, printed by {amended.publisher or 'nobody known'}, as "
            f"{other['key'][:8]}: forget one of the two"
        )


def _put(db: sqlite3.Connection, id: int, old: Article, after: Mapping[str, str | None]) -> None:
    """Make the article so, and all anew that is made of it."""
    settled = whose.settled_by(db, id)
    projection.unindex(db, id)
    for name, value in after.items():
        db.execute(f"UPDATE article SET {_COLUMNS[name]} = ? WHERE id = ?", (value, id))  # noqa: S608
    others: set[int] = set()
    if "date" in after:
        _date_anew(db, id, old)
        others |= _placed_anew(db, id)
    projection.remake(db, id)
    others.update(whose.unsettled(db, settled, gone=True))
    others.update(whose.unsettled(db, whose.settled_by(db, id)))
    for other in sorted(others - {id}):
        projection.project(db, other)


def _date_anew(db: sqlite3.Connection, id: int, old: Article) -> None:
    """All readings of an article, with days of saying by its new day of printing."""
    told = articles.article(db, id)
    rows = db.execute("SELECT id, data FROM reading WHERE article = ?", (id,)).fetchall()
    for row in rows:
        reading = articles.unpacked(row["data"], old)
        anew = told_of(reading, title=told.title, publisher=told.publisher, date=told.date)
        data, _ = adding.cleaned(anew)
        db.execute("UPDATE reading SET data = ? WHERE id = ?", (packed(data), row["id"]))


def _placed_anew(db: sqlite3.Connection, id: int) -> set[int]:
    """Have the texts at the article's address supersede each other by the days as they are now;
    all of them, where that has changed anything: what is said of one reaches those after it."""
    rows = db.execute(
        "SELECT other.id, other.superseded_by FROM article AS this "
        "JOIN article AS other ON other.url = this.url WHERE this.id = ? ORDER BY other.id",
        (id,),
    ).fetchall()
    before = {row["id"]: row["superseded_by"] for row in rows}
    adding.place_anew(db, list(before))
    changed = {each for each, by in before.items() if articles.get(db, each).superseded_by != by}
    return set(before) if changed else set()
