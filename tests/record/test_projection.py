"""What is derived from readings: rows, and words in the indexes."""

import json
import sqlite3
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import Reading
from sayso.record import Record, projection
from sayso.record.database import write
from tests.record.build import Said, reading

TEXT = (
    "“The bridge is safe,” said Ida Marsh. The council’s letter, by Tom Okoro, said it had not "
    "asked Ms Marsh. Naïve people worry, a source said last week. The mayor declined to comment."
)
WHOLE = reading(
    TEXT,
    [
        Said(content="“The bridge is safe,”", by="Ida Marsh", cue="said", source="Ida Marsh"),
        Said(
            content="it had not asked Ms Marsh",
            by=[("The council’s letter", "document")],
            type="indirect",
            cue="said",
            about=("Ida Marsh",),
            denied=True,
        ),
        Said(
            content="Naïve people worry",
            by=[("a source", "unnamed")],
            type="indirect",
            said=False,
            date="2026-W10",
        ),
    ],
    refusals=[("The mayor declined to comment", "declined", ("The mayor",))],
    date="2026-03-12",
    publisher="The Lantern",
)


def rows(db: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.execute(query)]


def found(db: sqlite3.Connection, query: str) -> list[str]:
    return [
        row["name"]
        for row in db.execute(
            "SELECT statement.name FROM statement_words(?) AS words "
            "JOIN statement ON statement.id = words.rowid ORDER BY 1",
            (query,),
        )
    ]


def test_the_rows_of_statements(record: Record) -> None:
    record.add(WHOLE)
    assert rows(
        record.db, "SELECT name, type, said, denied, said_on, day, chars FROM statement"
    ) == [
        ("s1", "direct", 1, 0, None, "2026-03-12", 21),
        ("s2", "indirect", 1, 1, None, "2026-03-12", 25),
        ("s3", "indirect", 0, 0, "2026-W10", "2026-03-02", 18),
    ]
    spans = json.loads(rows(record.db, "SELECT spans FROM statement")[0][0])
    assert [TEXT[start:end] for start, end in spans["content"]] == ["“The bridge is safe,”"]


def test_the_rows_of_speakers_and_refusals(record: Record) -> None:
    record.add(WHOLE)
    assert rows(
        record.db,
        "SELECT speaker.name, speaker.kind, entity.label FROM speaker "
        "JOIN entity ON entity.id = speaker.entity ORDER BY statement",
    ) == [
        ("Ida Marsh", "person", "Ida Marsh"),
        ("The council’s letter", "document", "The council’s letter"),
        ("a source", "unnamed", "a source"),
    ]
    assert rows(record.db, 'SELECT kind, start, "end" FROM refusal') == [
        ("declined", TEXT.index("The mayor"), TEXT.index(" to comment") + 11)
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("bridge", ["s1"]),
        ("naive", ["s3"]),
        ("cue:said", ["s1", "s2"]),
        ("facets:tindirect", ["s2", "s3"]),
        ("facets:said0", ["s3"]),
        ("facets:unnamed", ["s3"]),
        ("facets:m202603", ["s1", "s2", "s3"]),
        ("facets:sm202603", ["s3"]),
        ('content:"the bridge is safe"', ["s1"]),
    ],
)
def test_the_index_of_statements(record: Record, query: str, names: list[str]) -> None:
    record.add(WHOLE)
    assert found(record.db, query) == names


def test_people_are_facets(record: Record) -> None:
    record.add(WHOLE)
    (person,) = rows(record.db, "SELECT person FROM entity WHERE label = 'Ida Marsh'")[0]
    assert found(record.db, f"facets:p{person}") == ["s1"]
    assert found(record.db, f"facets:a{person}") == ["s2"]


def test_the_index_of_texts(record: Record) -> None:
    record.add(WHOLE)
    assert rows(record.db, "SELECT rowid FROM text_words('council')") == [(1,)]


def test_projecting_again_changes_nothing(record: Record) -> None:
    record.add(WHOLE)
    tables = ("entity", "statement", "speaker", "about", "refusal")
    before = [rows(record.db, f"SELECT * FROM {table}") for table in tables]  # noqa: S608
    with write(record.db):
        projection.project(record.db, 1)
    after = [rows(record.db, f"SELECT * FROM {table}") for table in tables]  # noqa: S608
    assert [len(table) for table in before] == [len(table) for table in after]
    assert before[1] == after[1]
    assert list(record.fsck()) == []


def test_nothing_is_left_behind(record: Record) -> None:
    record.add(WHOLE)
    with write(record.db):
        projection.unproject(record.db, 1)
    record.db.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, statement_words, row)")
    assert rows(record.db, "SELECT term FROM temp.v") == []
    assert rows(record.db, "SELECT * FROM statement") == []
    record.db.execute("DROP TABLE temp.v")


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def test_any_text_goes_in_and_out(record: Record) -> None:
    record.db.execute("PRAGMA synchronous = OFF")

    @settings(max_examples=40)
    @given(st.lists(WORDS, min_size=1, max_size=5), WORDS)
    def check(contents: list[str], between: str) -> None:
        read: Reading = reading(between.join(contents), [Said(content=c) for c in contents])
        key = record.add(read).key
        assert record.reading(key) == read
        assert list(record.fsck()) == []
        record.forget([record.article(key)])
        assert rows(record.db, "SELECT * FROM text") == []

    check()
