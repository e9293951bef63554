"""How the file came to its present shape: SQL scripts, each run once and whole, in this order.

A script that is released is never changed. A new one gets the next number.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Migration:
    """One script, `NNNN_name.sql`."""

    name: str

    def statements(self) -> Iterator[str]:
        """The script's statements, one by one, as a transaction of ours needs them."""
        script = files(__package__).joinpath(f"{self.name}.sql").read_text(encoding="utf-8")
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""


MIGRATIONS = (
    Migration("0001_first"),
    Migration("0002_unchecked"),
    Migration("0003_amendment"),
    Migration("0004_name_words"),
    Migration("0005_rename"),
)
