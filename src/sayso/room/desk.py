"""The record as the room's requests use it: opened in the thread that uses it, then closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import RecordBusy
from sayso.record import Record

PATIENCE = 10
"""Seconds that a request waits for another that writes."""


class Desk:
    """Where the record at `path` is looked at and written in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def record(self) -> Iterator[Record]:
        """The record, to be read in this thread."""
        with Record(self.path, read_only=True) as record:
            yield record

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """The record, to be written in this thread. Raises RecordBusy sooner than a command."""
        with Record(self.path, create=False) as record:
            record.db.execute(f"PRAGMA busy_timeout = {PATIENCE * 1_000}")
            try:
                yield record
            except RecordBusy as error:
                raise RecordBusy(
                    "somebody else is writing in the record just now: try again in a moment"
                ) from error
