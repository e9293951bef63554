"""A small lake, written down by hand: three reports of two months and one of no day."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from sayso import Failure, Reading, Unreadable
from sayso.lake.files import encoded
from sayso.lake.manifest import Entry, File, Lake
from sayso.lake.rows import Place, article_row, failure_row, row_name, statement_rows
from sayso.lake.schema import TABLES, file_name, month
from sayso.lake.store import Store
from tests.record.build import MODEL, Said, reading

IDA, NORA = "Ida Marsh", "Nora Kettle"

READINGS = (
    reading(
        "“The bridge is safe,” said Ida Marsh. “It is not,” said a man.",
        [
            Said(content="“The bridge is safe,”", by=IDA, cue="said"),
            Said(content="“It is not,”", by=[("a man", "unnamed")], cue="said"),
        ],
        id="a1",
        title="Safe",
        date="2026-03-12",
        publisher="The Lantern",
        extra={"section": "local"},
    ),
    reading(
        "“It leaks,” said Nora Kettle.",
        [Said(content="“It leaks,”", by=NORA, cue="said", about=(IDA,))],
        id=7,
        date="2026-04-01",
        publisher="Echo",
    ),
    reading("Nobody said a word.", id="7"),
)

FAILED = Failure(Unreadable("no such page"), input="pages.warc", line=9, id="gone")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Where a lake may be; nothing is there."""
    return Store(str(tmp_path / "lake"))


def put(
    store: Store, key: str, readings: Iterable[Reading], failures: Iterable[Failure] = ()
) -> Entry:
    """The files of a shard, and the entry that would make them part of the lake."""
    readings, failures = list(readings), list(failures)
    rows: dict[str, list[tuple[str | None, dict[str, object]]]] = {table: [] for table in TABLES}
    for n, given in enumerate(readings):
        place, day = Place(row_name(key, n), "in.jsonl", n + 1), month(given.article.date)
        rows["articles"].append((day, article_row(given, place)))
        rows["statements"] += [(day, row) for row in statement_rows(given, place)]
    for n, failed in enumerate(failures, start=len(readings)):
        rows["failures"].append((None, failure_row(failed, Place(row_name(key, n)))))
    files = []
    for table, found in rows.items():
        for of in dict.fromkeys(day for day, _ in found):
            chosen = [row for day, row in found if day == of]
            data = encoded(table, chosen)
            files.append(File(file_name(table, of, key), len(chosen), len(data)))
            store.put(files[-1].name, data)
    return Entry(
        key=key,
        files=tuple(files),
        rows=len(readings) + len(failures),
        articles=len(readings),
        statements=len(rows["statements"]),
        failures=len(failures),
        words=sum(len(r.article.text.split()) for r in readings),
    )


Fill = Callable[..., Lake]


@pytest.fixture
def fill(store: Store) -> Fill:
    """Makes the lake, if it isn't there, and commits a shard of these readings and failures."""

    def made(
        readings: Iterable[Reading] = (), failures: Iterable[Failure] = (), *, key: str = "k1"
    ) -> Lake:
        lake = Lake.create(store, MODEL)
        lake.commit(put(store, key, readings, failures))
        return lake

    return made


@pytest.fixture
def lake(fill: Fill) -> Lake:
    """`READINGS` and `FAILED`, in one shard."""
    return fill(READINGS, [FAILED])
