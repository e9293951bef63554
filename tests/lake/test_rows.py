"""Readings to rows, through Parquet, and back."""

import io
from typing import Any, get_args

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import Article, BadRecord, Entity, Reading, Refusal, Span, Speaker, Statement
from sayso.lake import rows
from sayso.lake.files import encoded
from sayso.lake.rows import Place
from sayso.lake.schema import (
    ARTICLES,
    FAILURES,
    STATEMENTS,
    TABLES,
    month,
)
from sayso.types import Kind, RefusalKind, Type
from tests.lake.conftest import FAILED, READINGS

PLACE = Place("k-000000", "in.jsonl", 3)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
ids = st.none() | words | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
speakers = st.builds(
    Speaker, st.none() | words, st.sampled_from(get_args(Kind)), st.none() | words,
    st.lists(words, max_size=2).map(tuple),
)  # fmt: skip
many_speakers = st.lists(speakers, max_size=2).map(tuple)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Readings of any shape that the types have, odd characters, empty lists and all."""
    article = Article(
        draw(st.text(max_size=40)),
        title=draw(st.none() | words),
        date=draw(st.sampled_from([None, "2026-03-12", "0001-01-01"])),
        url=draw(st.none() | words),
        publisher=draw(st.none() | words),
        id=draw(ids),
        extra=draw(st.dictionaries(words, json_values, max_size=3)),
    )
    places = st.integers(0, len(article.text))
    span = st.tuples(places, places).map(lambda pair: article.span(*sorted(pair)))
    spans = st.lists(span, max_size=2).map(tuple)
    statement = st.builds(
        Statement,
        id=words,
        type=st.sampled_from(get_args(Type)),
        said=st.booleans(),
        source=spans,
        cue=spans,
        content=spans,
        speakers=many_speakers,
        addressee=st.none() | span,
        channel=st.none() | span,
        when=st.none() | span,
        date=st.sampled_from([None, "2026", "2026-03", "2026-W12", "2026-03-12"]),
        inside=st.none() | words,
        denied=st.booleans(),
        about=st.lists(words, max_size=2).map(tuple),
        confidence=st.floats(0, 1),
        runner_up=st.none() | speakers,
    )
    entity = st.builds(Entity, words, words, st.sampled_from(get_args(Kind)), spans)
    refusal = st.builds(Refusal, many_speakers, span, st.sampled_from(get_args(RefusalKind)))
    statements = draw(st.lists(statement, max_size=2).map(tuple))
    entities = draw(st.lists(entity, max_size=2).map(tuple))
    refusals = draw(st.lists(refusal, max_size=2).map(tuple))
    return Reading(draw(words), article, statements, entities, refusals)


def through(table: str, given: list[rows.Row]) -> list[rows.Row]:
    """The rows as they come back from a file."""
    return pq.read_table(io.BytesIO(encoded(table, given))).to_pylist()  # type: ignore[no-any-return]


@settings(max_examples=60)
@given(readings())
def test_a_reading_comes_back(reading: Reading) -> None:
    article = through("articles", [rows.article_row(reading, PLACE)])
    statements = through("statements", rows.statement_rows(reading, PLACE))
    back = rows.reading(article[0], statements)
    assert back == reading
    assert type(back.article.id) is type(reading.article.id)
    assert back.to_dict() == reading.to_dict()


@pytest.mark.parametrize("reading", READINGS)
def test_rows_have_the_columns_of_their_schema(reading: Reading) -> None:
    assert list(rows.article_row(reading, PLACE)) == ARTICLES.names
    for row in rows.statement_rows(reading, PLACE):
        assert set(row) == set(STATEMENTS.names)
    assert set(rows.failure_row(FAILED, PLACE)) == set(FAILURES.names)


def test_the_same_rows_are_the_same_bytes() -> None:
    given = [rows.article_row(reading, PLACE) for reading in READINGS]
    assert encoded("articles", given) == encoded("articles", given)


def test_files_name_their_table_and_version() -> None:
    for table in TABLES:
        metadata = pq.read_schema(io.BytesIO(encoded(table, []))).metadata
        assert metadata[b"sayso.table"] == table.encode()
        assert metadata[b"sayso.version"] == b"1"


def test_what_is_missing_is_null() -> None:
    row = rows.article_row(Reading("hand-1", Article("Well."), ()), Place("k-000000"))
    null = {name for name, value in row.items() if value is None}
    assert null == {
        "id", "id_is_number", "title", "date", "url", "publisher", "extra", "input", "line",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("id", "column", "is_number"), [("7", "7", False), (7, "7", True), (7.0, "7.0", True)]
)
def test_ids_are_as_people_write_them(id: Any, column: str, is_number: bool) -> None:
    row = rows.article_row(Reading("hand-1", Article("Well.", id=id), ()), PLACE)
    assert (row["id"], row["id_is_number"]) == (column, is_number)


def test_lone_surrogates_become_marks() -> None:
    article = Article("Well.", title="a\udc80", id="b\udc80", extra={"c": "\udc80"})
    (row,) = through("articles", [rows.article_row(Reading("hand-1", article, ()), PLACE)])
    assert (row["title"], row["id"], row["extra"]) == ("a�", "b�", '{"c": "�"}')


@pytest.mark.parametrize("extra", [{"a": float("nan")}, {"a": object()}])
def test_what_is_no_json_is_refused(extra: Any) -> None:
    with pytest.raises(BadRecord, match="can't be written"):
        rows.article_row(Reading("hand-1", Article("Well.", id="a1", extra=extra), ()), PLACE)


def test_a_failure() -> None:
    row = rows.failure_row(FAILED, Place("k-000003", "other", 1, "https://a.example", "2026-03-12"))
    assert row == {
        "row": "k-000003",
        "id": "gone",
        "id_is_number": False,
        "input": "pages.warc",
        "line": 9,
        "code": "unreadable",
        "message": "no such page",
        "url": "https://a.example",
        "date": "2026-03-12",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "Other."},
        {"extra": "{"},
        {"entities": None},
        {"entities": [{"id": "e1", "name": "A", "kind": "cat", "mentions": []}]},
        {"refusals": [{"kind": "declined", "span": {"start": 0, "end": 99}, "speakers": []}]},
    ],
)
def test_rows_that_are_none_are_refused(wrong: dict[str, Any]) -> None:
    row = rows.article_row(READINGS[0], PLACE)
    with pytest.raises(BadRecord):
        rows.reading(row | wrong, rows.statement_rows(READINGS[0], PLACE))


def test_statements_say_whom_they_are_about() -> None:
    (row,) = rows.statement_rows(READINGS[1], PLACE)
    assert row["about_names"] == ["Ida Marsh"]
    assert (row["printed"], row["publisher"]) == ("2026-04-01", "Echo")


def test_names_of_rows_sort_as_their_inputs_do() -> None:
    names = [rows.row_name("k", n) for n in (0, 9, 10, 1_999)]
    assert names == sorted(names)


@pytest.mark.parametrize(("day", "of"), [("2026-03-12", "2026-03"), (None, None)])
def test_months(day: str | None, of: str | None) -> None:
    assert month(day) == of


def test_spans_are_of_the_text() -> None:
    row = rows.statement_rows(READINGS[0], PLACE)[0]
    text = READINGS[0].article.text
    for part in ("cue", "content"):
        (span,) = row[part]
        assert text[span["start"] : span["end"]] == row[f"{part}_text"]
    assert Span(0, 21, text[:21]) == READINGS[0].statements[0].content[0]
