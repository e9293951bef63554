"""A record in a folder of its own, and the connection to it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.record import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record."""
    with Record(tmp_path / "record.db") as made:
        yield made


@pytest.fixture
def db(record: Record) -> sqlite3.Connection:
    """The connection of `record`."""
    return record.db
