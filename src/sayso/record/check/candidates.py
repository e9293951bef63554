"""Which texts of a record may hold a quotation: few enough to be looked at word by word.

The index of whole texts is asked for the quotation's words in a row, then for rows of three of
them, then for its rarest words together. Every question is bounded, so that words in every text
cost no more than others.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.record.articles import sound
from sayso.record.check.align import SMALL
from sayso.record.check.marks import around
from sayso.record.check.quotation import Quotation
from sayso.record.folding import words

MANY = 50
"""Texts that are read."""
WHOLE = 20
CLOSE = 6
"""Of those that have all the words in a row, and of the others, how many are judged."""

_HITS = 2_000
_SOME = 300
_LONGEST = 48
_SHINGLE = 3
_SHINGLES = 8
_RARE = 5
_CONTENT = 14


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be judged. `part` are the paragraphs around the place where all the quotation's
    words stand, if they do."""

    id: int
    body: str
    part: tuple[int, int] | None


def texts(db: sqlite3.Connection, quoted: Quotation) -> list[Text]:
    """The texts, most likely first."""
    runs = _runs(quoted)
    if not runs:
        return []
    rarity = _rarity(db, {word for run in runs for word in run})
    points: Counter[int] = Counter()
    whole = _hits(db, _all(runs), _HITS)
    points.update(dict.fromkeys(whole, 1_000))
    if len(whole) < MANY:
        for match in _questions(runs, rarity):
            for text in _hits(db, match, _SOME):
                points[text] += 1
    chosen = _top(db, points)
    bodies = _bodies(db, chosen)
    if len(whole) > WHOLE:
        chosen = _by_day(db, chosen, len(chosen))
    return _closest(bodies, [text for text in chosen if text in bodies], set(whole), runs)


def _runs(quoted: Quotation) -> list[list[str]]:
    """The words, as the index parts them, that stand in a row in print if they stand there; each
    row once."""
    runs: list[list[str]] = [[]]
    for n, word in enumerate(quoted.words):
        if n in quoted.gaps or n in quoted.bracketed:
            runs.append([])
        if n not in quoted.bracketed:
            runs[-1] += words(quoted.text[word.start : word.end])
    return [list(run) for run in dict.fromkeys(tuple(run[:_LONGEST]) for run in runs if run)]


def _phrase(run: Iterable[str]) -> str:
    return '"' + " ".join(run) + '"'


def _all(runs: Sequence[Sequence[str]]) -> str:
    return " AND ".join(_phrase(run) for run in runs)


def _questions(runs: Sequence[Sequence[str]], rarity: dict[str, int]) -> Iterator[str]:
    """What to ask the index, beside the words in a row: the rarest first."""
    shingles = {
        tuple(run[n : n + _SHINGLE]) for run in runs for n in range(max(1, len(run) - _SHINGLE + 1))
    }
    known = [s for s in shingles if all(rarity.get(word, 1) for word in s)]
    known.sort(key=lambda s: (min(rarity.get(word, _HITS) for word in s), s))
    yield from map(_phrase, known[:_SHINGLES])
    rare = sorted((n, word) for word, n in rarity.items() if n)[:_RARE]
    for several in (3, 2):
        for group in combinations([word for _, word in rare], several):
            yield " AND ".join(f'"{word}"' for word in group)
    yield from (f'"{word}"' for n, word in rare[:2] if n < _SOME)


def _rarity(db: sqlite3.Connection, found: set[str]) -> dict[str, int]:
    """How many texts have each word that says something, counted up to a bound."""
    content = sorted(found - SMALL, key=lambda word: (-len(word), word))[:_CONTENT]
    query = "SELECT count(*) FROM (SELECT 1 FROM text_words WHERE text_words MATCH ? LIMIT ?)"
    return {word: db.execute(query, (f'"{word}"', _HITS)).fetchone()[0] for word in content}


def _hits(db: sqlite3.Connection, match: str, limit: int) -> list[int]:
    rows = db.execute(
        "SELECT rowid FROM text_words WHERE text_words MATCH ? LIMIT ?", (match, limit)
    )
    return [row[0] for row in rows]


def _top(db: sqlite3.Connection, points: Counter[int]) -> list[int]:
    """As many texts as are read: those with the most points; of equals, those printed first."""
    ranked = points.most_common()
    if len(ranked) <= MANY:
        return [text for text, _ in ranked]
    least = ranked[MANY - 1][1]
    above = [text for text, n in ranked if n > least]
    equal = [text for text, n in ranked if n == least]
    return above + _by_day(db, equal, MANY - len(above))


def _by_day(db: sqlite3.Connection, found: Sequence[int], limit: int) -> list[int]:
    """Texts by the day on which they were first printed."""
    rows = db.execute(
        "SELECT text, min(coalesce(published, '9999')) AS day FROM article "
        "WHERE text IN (SELECT value FROM json_each(?)) GROUP BY text ORDER BY day, text LIMIT ?",
        (json.dumps(list(found)), limit),
    )
    return [row[0] for row in rows]


def _bodies(db: sqlite3.Connection, found: Sequence[int]) -> dict[int, str]:
    """Raises `RecordDamaged` for one that is not as it was added: it would be taken for print."""
    rows = db.execute(
        "SELECT id, body, sha256 FROM text WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(found)),),
    )
    return {row["id"]: sound(row["body"], row["sha256"]) for row in rows}


def _closest(
    bodies: dict[int, str], order: Sequence[int], whole: set[int], runs: Sequence[Sequence[str]]
) -> list[Text]:
    """Those with all the words in a row, and the ones that share most rows of three with it."""
    found = [Text(text, bodies[text], _part(bodies[text], runs)) for text in order if text in whole]
    pairs = {
        " ".join(run[n : n + size]): weight
        for run in runs
        for size, weight in ((3, 3), (2, 2), (1, 1))
        for n in range(len(run) - size + 1)
        if size > 1 or run[n] not in SMALL
    }
    shared = {text: _shared(bodies[text], pairs) for text in order if text not in whole}
    close = sorted(shared, key=lambda text: -shared[text])[:CLOSE]
    return [*found[:WHOLE], *(Text(text, bodies[text], None) for text in close)]


def _part(body: str, runs: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The paragraphs around the first words' first place to the last words' last; None where
    print writes them in a way that only the index sees through."""
    places = []
    for run in runs:
        row = re.compile(r"[\W_]+".join(map(re.escape, run)), re.IGNORECASE)
        here = [match.span() for match in row.finditer(body)]
        if not here:
            return None
        places += here
    return around(body, min(start for start, _ in places), max(end for _, end in places))


def _shared(body: str, rows: dict[str, int]) -> int:
    plain = " " + " ".join(words(body)) + " "
    return sum(weight for row, weight in rows.items() if f" {row} " in plain)
