"""What the record has already of an article that is not in it yet."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.record import articles
from sayso.record.articles import Stored
from sayso.record.folding import repeat_key
from sayso.types import Article, Reading

_LIKE = 85
"""Of a hundred, how much two texts share that are nearly the same."""
_COMPARED = 20_000
"""Characters of each text that are compared."""
_LONG = 5
"""Words that a content has which few other articles have by chance."""
_CONTENTS = 40
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """An article of the record: of the same text, nearly the same, or another at its address."""

    how: Literal["same", "near", "address"]
    article: Stored


def alike(db: sqlite3.Connection, reading: Reading) -> Alike | None:
    """The article of the record that is most like one that was read, if any is."""
    article = reading.article
    for found in _of(db, "JOIN text ON text.id = article.text WHERE sha256 = ?", article.sha256):
        return Alike("same", found)
    for found in _near(db, reading):
        if _are_near(articles.text(db, found.id), article):
            return Alike("near", found)
    for found in _of(db, "WHERE url = ?", article.url):
        return Alike("address", found)
    return None


def _of(db: sqlite3.Connection, condition: str, value: str | None) -> Iterator[Stored]:
    """The article that fits, the current one where there are several."""
    query = f"SELECT article.id FROM article {condition} ORDER BY superseded_by IS NOT NULL LIMIT 1"  # noqa: S608
    for row in db.execute(query, (value,)).fetchall():
        yield articles.get(db, row["id"])


def _near(db: sqlite3.Connection, reading: Reading) -> Iterator[Stored]:
    """Those that share most of what is said in it."""
    contents = [s.text for s in reading.statements if len(s.text.split()) >= _LONG]
    keys = list(dict.fromkeys(map(repeat_key, contents)))[:_CONTENTS]
    rows = db.execute(
        "SELECT article FROM statement WHERE repeat IN (SELECT value FROM json_each(?)) "
        "GROUP BY article ORDER BY count(DISTINCT repeat) DESC, article DESC LIMIT ?",
        (json.dumps(keys), _CANDIDATES),
    ).fetchall()
    for row in rows:
        yield articles.get(db, row["article"])


def _are_near(text: str, article: Article) -> bool:
    from rapidfuzz import fuzz

    shown = text[:_COMPARED], article.text[:_COMPARED]
    return bool(fuzz.ratio(*shown, score_cutoff=_LIKE))
