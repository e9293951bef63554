"""Words of a search that found nothing: those that no article of the record has at all, and those
that no statement has, where it has another form of them."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.record.query import Term, parse

_BEGIN = 3
"""Letters that a word and the one that may be meant begin with alike."""
_ENDINGS = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ied", ("y",)), ("ed", ("", "e")),
    ("ing", ("", "e")),
)  # fmt: skip
"""Of forms of a word, each with what it may stand in place of."""
_ENDING = 4
"""Letters at the end in which two forms may differ."""
_COMPARED = 5_000
"""Words that begin so, and are compared."""
_LIKE = 80
"""How like a word must be, of 100, to be offered."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A word that stands in no text, or, if `printed`, only beside what is said; `near` is one
    that does stand there, and is nearly the same."""

    word: str
    near: str | None
    printed: bool = False

    def __str__(self) -> str:
        hint = f"; near it: {self.near}" if self.near else ""
        place = "in no statement" if self.printed else "nowhere"
        return f"“{self.word}” is {place} in the record{hint}"


def nowhere(db: sqlite3.Connection, words: str) -> list[Nowhere]:
    """Each once, in the order of the query. Raises `UsageError` for what is no query."""
    if not words.strip():
        return []
    terms = {part: None for term in parse(words).terms for part in _parts(term)}
    unsaid = [term for term in terms if not _is_said(db, term)]
    if not unsaid:
        return []
    for table, made in (("vocabulary", "text_words, row"), ("said", "statement_words, col")):
        db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table} USING fts5vocab(main, {made})")
    found = (_missing(db, term) for term in unsaid)
    return [each for each in found if each is not None]


def _missing(db: sqlite3.Connection, term: Term) -> Nowhere | None:
    """A word that no statement has; None where it is printed, and no form of it is said."""
    (word,) = term.words
    form = None if term.prefix else _form(db, word)
    if _stands(db, term):
        return None if form is None else Nowhere(word, form, printed=True)
    return Nowhere(word, form or (None if term.prefix else _near(db, word)))


def _parts(term: Term) -> Iterator[Term]:
    """The words of a term one by one; the last may be the beginning of one."""
    *others, last = term.words
    yield from (Term((word,)) for word in others)
    yield Term((last,), term.prefix)


def _stands(db: sqlite3.Connection, term: Term) -> bool:
    found = db.execute("SELECT 1 FROM text_words WHERE text_words MATCH ? LIMIT 1", (term.match,))
    return found.fetchone() is not None


def _is_said(db: sqlite3.Connection, term: Term) -> bool:
    found = db.execute(
        "SELECT 1 FROM statement_words WHERE statement_words MATCH ? LIMIT 1",
        (f"{{content cue}} : ({term.match})",),
    )
    return found.fetchone() is not None


def _form(db: sqlite3.Connection, word: str) -> str | None:
    """Another form of a word that statements have: "ferries" of "ferry"; the most frequent one."""
    bases, begin = _bases(word), word[: max(_BEGIN, len(word) - _ENDING)]
    rows = db.execute(
        "SELECT term, sum(doc) AS n FROM temp.said WHERE term >= ? AND term < ? "
        "AND col IN ('content', 'cue') GROUP BY term ORDER BY n DESC, term LIMIT ?",
        (begin, f"{begin}\U0010ffff", _COMPARED),
    )
    return next((row["term"] for row in rows if bases & _bases(row["term"])), None)


def _bases(word: str) -> set[str]:
    """What an English word may be a form of, itself among them."""
    found = {word}
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss"):
            base = word.removesuffix(ending)
            found |= {base + each for each in instead}
            if base[-2:-1] == base[-1:] and ending in ("ed", "ing"):  # stopped, shipping
                found.add(base[:-1])
    return {base for base in found if len(base) >= _BEGIN}


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
