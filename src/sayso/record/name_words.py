"""The words of names: who is called by a word, without a look at every name.

The rows of name_word are a function of those of alias, and can be made anew at any time. They go
with the entry that they are of. Surnames have none: their words stand in the full name as well.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from sayso.record import identity

_NAME = "substr(alias.key, instr(alias.key, ':') + 1)"
_PARTS = f"""json_each('[' || replace(json_quote({_NAME}), ' ', '","') || ']')"""
_ROWS = (
    "SELECT DISTINCT part.value AS word, alias.key, alias.person "  # noqa: S608
    f"FROM alias, {_PARTS} AS part WHERE alias.key NOT LIKE '{identity.SURNAME}:%'"
)
_HAVE = "SELECT word, key, person FROM name_word"
_IN_ORDER = "ORDER BY 1, 2, 3"
_DIFFERENT = (
    f"SELECT DISTINCT person FROM (SELECT * FROM ({_HAVE} EXCEPT {_ROWS}) UNION ALL "  # noqa: S608
    f"SELECT * FROM ({_ROWS} EXCEPT {_HAVE})) ORDER BY person LIMIT ?"
)
_HOLDS = "instr(' ' || substr(key, instr(key, ':') + 1) || ' ', ?)"


def index(db: sqlite3.Connection, person: int, key: str) -> None:
    """Let somebody be found by the words of the name that has this key."""
    db.execute(
        f"INSERT OR IGNORE INTO name_word (word, key, person) {_ROWS} "
        "AND alias.key = ? AND alias.person = ?",
        (key, person),
    )


def unindex(db: sqlite3.Connection, person: int, key: str) -> None:
    """Let nobody find somebody any more by the name that has this key."""
    db.execute("DELETE FROM name_word WHERE key = ? AND person = ?", (key, person))


def remake(db: sqlite3.Connection) -> None:
    """Make all of it anew, in the caller's transaction."""
    db.execute("DELETE FROM name_word")
    db.execute(f"INSERT INTO name_word (word, key, person) {_ROWS} {_IN_ORDER}")


def differing(db: sqlite3.Connection, limit: int) -> Iterator[int]:
    """The numbers of those whose words are not those of their names, some of them."""
    have, want = (db.execute(f"{rows} {_IN_ORDER}") for rows in (_HAVE, _ROWS))
    if any(a is None or b is None or tuple(a) != tuple(b) for a, b in zip_longest(have, want)):
        yield from [row["person"] for row in db.execute(_DIFFERENT, (limit,))]


def holding(db: sqlite3.Connection, words: Sequence[str]) -> tuple[str, list[str]]:
    """SQL for those in one of whose names all of these words stand, and what it asks for.

    It looks at the names that have the word that the fewest have.
    """
    rarest = min(words, key=lambda word: _names(db, word))
    others = [f" {word} " for word in words if word != rarest]
    held = "".join(f" AND {_HOLDS}" for _ in others)
    return f"SELECT DISTINCT person FROM name_word WHERE word = ?{held}", [rarest, *others]  # noqa: S608


def _names(db: sqlite3.Connection, word: str) -> int:
    row = db.execute("SELECT count(*) FROM name_word WHERE word = ?", (word,)).fetchone()
    return int(row[0])
