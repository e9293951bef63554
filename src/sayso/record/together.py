"""How many corrections were made at once, and so are taken back at once."""

import sqlite3

from sayso.record.corrections import Correction

_COUNTED = (
    "SELECT count(*) FROM correction WHERE article = ? AND (undone IS NULL) = ? "
    "AND json_extract(value, '$.together') = ?"
)


def at_once(db: sqlite3.Connection, made: Correction) -> int:
    """How many corrections taking back this one takes back, itself among them; of one that was
    taken back, how many were."""
    if made.together is None:
        return 1
    asked = (made.article, made.undone is None, made.together)
    (number,) = db.execute(_COUNTED, asked).fetchone()
    return int(number)
