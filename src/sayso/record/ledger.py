"""What people decide, in the order in which they decided it: never changed, only taken back."""

import sqlite3
from dataclasses import dataclass

from sayso.errors import NotInRecord, UsageError
from sayso.record.days import now


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table of decisions, each with a number. Its name is the word for one of them."""

    table: str
    listing: str
    """The command that shows them."""
    nothing: str
    """What is said where none stands that could be taken back."""

    def row(self, db: sqlite3.Connection, number: int) -> sqlite3.Row:
        """Raises `NotInRecord`."""
        if not 0 < number < 1 << 63:
            raise self._none(number)
        found = db.execute(f"SELECT * FROM {self.table} WHERE id = ?", (number,)).fetchone()  # noqa: S608
        if found is None:
            raise self._none(number)
        row: sqlite3.Row = found
        return row

    def take_back(self, db: sqlite3.Connection, number: int | None) -> sqlite3.Row:
        """Mark the one of this number, by default the last that stands, as taken back.

        Raises `NotInRecord` where there is none, and `UsageError` where it was before.
        """
        row = self._last(db) if number is None else self.row(db, number)
        if row["undone"] is not None:
            day = row["undone"][:10]
            raise UsageError(f"{self.table} {row['id']} was taken back on {day} already")
        db.execute(f"UPDATE {self.table} SET undone = ? WHERE id = ?", (now(), row["id"]))  # noqa: S608
        return self.row(db, row["id"])

    def _none(self, number: int) -> NotInRecord:
        return NotInRecord(f"the record has no {self.table} {number}", f": see {self.listing}")

    def _last(self, db: sqlite3.Connection) -> sqlite3.Row:
        last = db.execute(
            f"SELECT * FROM {self.table} WHERE undone IS NULL ORDER BY id DESC LIMIT 1"  # noqa: S608
        ).fetchone()
        if last is None:
            raise NotInRecord(self.nothing)
        row: sqlite3.Row = last
        return row
