"""Words of a search that found nothing which no article of the record has at all."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.record.query import Term, parse

_BEGIN = 3
"""Letters that a word and the one that may be meant begin with alike."""
_COMPARED = 5_000
"""Words that begin so, and are compared."""
_LIKE = 80
"""How like a word must be, of 100, to be offered."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A word that stands in no text; `near` is one that does, and is nearly the same."""

    word: str
    near: str | None

    def __str__(self) -> str:
        hint = f"; near it: {self.near}" if self.near else ""
        return f"“{self.word}” is nowhere in the record{hint}"


def nowhere(db: sqlite3.Connection, words: str) -> list[Nowhere]:
    """Each once, in the order of the query. Raises `UsageError` for what is no query."""
    if not words.strip():
        return []
    terms = {part: None for term in parse(words).terms for part in _parts(term)}
    missing = [term for term in terms if not _stands(db, term)]
    if not missing:
        return []
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, text_words, row)"
    )
    return [
        Nowhere(term.words[0], None if term.prefix else _near(db, term.words[0]))
        for term in missing
    ]


def _parts(term: Term) -> Iterator[Term]:
    """The words of a term one by one; the last may be the beginning of one."""
    *others, last = term.words
    yield from (Term((word,)) for word in others)
    yield Term((last,), term.prefix)


def _stands(db: sqlite3.Connection, term: Term) -> bool:
    found = db.execute("SELECT 1 FROM text_words WHERE text_words MATCH ? LIMIT 1", (term.match,))
    return found.fetchone() is not None


def _near(db: sqlite3.Connection, word: str) -> str | None:
    from rapidfuzz import fuzz, process

    begin = word[:_BEGIN]
    rows = db.execute(
        "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? LIMIT ?",
        (begin, f"{begin}\U0010ffff", _COMPARED),
    )
    known = [row["term"] for row in rows]
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return None if found is None else str(found[0])
