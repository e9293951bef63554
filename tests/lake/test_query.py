"""SQL to a lake: what it sees, and what it can't."""

import threading
from concurrent.futures import thread as threads
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from sayso.errors import BadQuery, LakeDamaged, LakeError
from sayso.lake import query
from sayso.lake.manifest import Lake
from sayso.lake.query import asked
from sayso.lake.store import Store
from tests.lake.conftest import READINGS, Fill, put
from tests.record.build import MODEL, reading


def rows(lake: Lake, sql: str) -> list[list[Any]]:
    with asked(lake, sql) as answer:
        return list(answer.rows)


def test_the_tables(lake: Lake) -> None:
    articles = rows(lake, "SELECT id, month, statements FROM articles ORDER BY id, month")
    assert articles == [["7", "2026-04", 1], ["7", None, 0], ["a1", "2026-03", 2]]
    said = rows(lake, "SELECT month, content_text FROM statements ORDER BY month, content")
    assert said == [
        ["2026-03", "“The bridge is safe,”"],
        ["2026-03", "“It is not,”"],
        ["2026-04", "“It leaks,”"],
    ]
    assert rows(lake, "SELECT code, line FROM failures") == [["unreadable", 9]]


def test_columns_and_their_types(lake: Lake) -> None:
    sql = (
        "SELECT 1 AS n, 'a' AS s, 2.5 AS f, 3::UBIGINT AS u, 4 AS n, [5] AS l, 6::DECIMAL(4,1) AS d"
    )
    with asked(lake, sql) as answer:
        assert answer.columns == ("n", "s", "f", "u", "n_2", "l", "d")
        assert answer.numbers == (True, False, True, True, True, False, True)
        assert list(answer.rows) == [[1, "a", 2.5, 3, 4, [5], 6.0]]


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        ("a, b", ["a", "b"]),
        ("a, a, a", ["a", "a_2", "a_3"]),
        ("a, a, a_2", ["a", "a_3", "a_2"]),
        ("a_2, a, a", ["a_2", "a", "a_3"]),
    ],
)
def test_no_two_columns_are_the_same(lake: Lake, names: str, columns: list[str]) -> None:
    selected = ", ".join(f"1 AS {name}" for name in names.split(", "))
    with asked(lake, f"SELECT {selected}") as answer:
        assert list(answer.columns) == columns


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("DATE '2026-03-12'", "2026-03-12"),
        ("{'a': [1, NULL]}", {"a": [1, None]}),
        ("MAP {1: 'a'}", {"1": "a"}),
        ("'nan'::DOUBLE", None),
        ("NULL", None),
        ("true", True),
        ("10::HUGEINT * 10000000000000000000", 10**20),
        ("'\\x00a'::BLOB", "0061"),
        ("'{\"a\": {\"b\": 2}}'->'a'", '{"b":2}'),
    ],
)
def test_values_are_what_json_has(lake: Lake, sql: str, value: Any) -> None:
    assert rows(lake, f"SELECT {sql}") == [[value]]


def test_any_character_comes_through(fill: Fill) -> None:
    text = "“A\0b\r\n𝟘‮,” said Ida Marsh.\ufeff"
    lake = fill([reading(text, title="a\0b")])
    assert rows(lake, "SELECT text, title FROM articles") == [[text, "a\0b"]]


@pytest.mark.parametrize("table", ["articles", "statements", "failures"])
def test_an_empty_lake_has_empty_tables(store: Store, table: str) -> None:
    lake = Lake.create(store, MODEL)
    assert rows(lake, f"SELECT count(*), max(month) FROM {table}") == [[0, None]]  # noqa: S608


def test_only_what_is_finished_is_there(lake: Lake) -> None:
    put(lake.store, "k2", READINGS)
    assert rows(lake, "SELECT count(*) FROM articles") == [[3]]
    lake.commit(put(lake.store, "k2", READINGS))
    assert rows(lake, "SELECT count(*) FROM articles") == [[6]]


def test_at_an_address_too(lake: Lake) -> None:
    there = Lake.open(Store(Path(lake.store.address).as_uri()))
    assert rows(there, "SELECT count(*), max(month) FROM articles") == [[3, "2026-04"]]


@pytest.mark.parametrize(
    "sql",
    [
        "DESCRIBE statements",
        "SUMMARIZE articles",
        "SHOW TABLES",
        "FROM articles",
        "WITH a AS (SELECT 1) FROM a",
        "PIVOT statements ON type USING count(*) GROUP BY publisher",
        "EXPLAIN SELECT * FROM articles",
        "SELECT 1;",
        "-- one\nSELECT 1 -- two\n",
    ],
)
def test_what_asks(lake: Lake, sql: str) -> None:
    assert rows(lake, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM '{elsewhere}'",
        "SELECT * FROM read_csv('{elsewhere}')",
        "SELECT * FROM read_text('{elsewhere}')",
        "SELECT * FROM read_blob('{elsewhere}')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_parquet('{lake}/articles/*/*.parquet')",
        "SELECT * FROM 'https://example.com/a.parquet'",
        "SELECT * FROM 's3://bucket/a.parquet'",
        "FROM query('COPY articles TO ''{elsewhere}''')",
        "EXPLAIN ANALYZE COPY articles TO '{elsewhere}' (USE_TMP_FILE false)",
        "WITH a AS (COPY (SELECT 1) TO '{elsewhere}' (USE_TMP_FILE false)) FROM a",
        "FROM read_text(current_setting('temp_directory') || '/../..{elsewhere}')",
        "FROM glob(current_setting('temp_directory') || '/../*')",
        "FROM enable_logging(storage_path = '{elsewhere}')",
        "FROM enable_profiling(save_location = '{elsewhere}')",
        "FROM json_execute_serialized_sql(json_serialize_sql('FROM glob(''/*'')'))",
        "SELECT getenv('HOME')",
    ],
)
def test_it_reads_nothing_else(lake: Lake, tmp_path: Path, sql: str) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text("secret\n1\n", encoding="utf-8")
    with pytest.raises(BadQuery):
        rows(lake, sql.format(elsewhere=elsewhere, lake=lake.store.address))
    assert elsewhere.read_text(encoding="utf-8") == "secret\n1\n"


def test_no_variable_of_python_is_a_table(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB looks for them where it is called from, which is the thread's own module."""
    table = pa.table({"a": [1]})
    monkeypatch.setattr(threads, "secret", table, raising=False)
    with pytest.raises(BadQuery, match="Table with name secret does not exist"):
        rows(lake, "FROM secret")


def test_a_copy_within_a_query_writes_over_no_file_of_the_lake(lake: Lake) -> None:
    name = lake.files("articles")[0].name
    before = lake.store.read(name)
    file = lake.store.path(name)
    with pytest.raises(BadQuery, match="writes none"):
        rows(lake, f"WITH a AS (COPY (SELECT 1) TO '{file}' (USE_TMP_FILE false)) FROM a")  # noqa: S608
    assert lake.store.read(name) == before


@pytest.mark.parametrize(
    "sql",
    [
        "COPY articles TO '{file}'",
        "COPY (SELECT 1) TO '{file}' (FORMAT parquet)",
        "EXPORT DATABASE '{folder}'",
        "DELETE FROM articles",
        "DROP VIEW articles",
        "CREATE TABLE a AS SELECT 1",
        "ATTACH '{file}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 4",
        "SET enable_external_access = true",
        "PRAGMA enable_progress_bar",
        "CALL enable_logging()",
        "PREPARE p AS SELECT 1",
    ],
)
def test_it_changes_nothing(lake: Lake, tmp_path: Path, sql: str) -> None:
    before = [(name, lake.store.read(name)) for name, _ in lake.store.list(deep=True)]
    file = lake.store.path(lake.files("articles")[0].name)
    with pytest.raises(BadQuery, match="a query asks and changes nothing"):
        rows(lake, sql.format(file=file, folder=tmp_path / "out"))
    assert [(name, lake.store.read(name)) for name, _ in lake.store.list(deep=True)] == before
    assert not (tmp_path / "out").exists()


def test_extensions_are_not_looked_for(lake: Lake) -> None:
    """DuckDB would fetch the one for S3 by itself."""
    with pytest.raises(BadQuery, match="disabled"):
        rows(lake, "SELECT * FROM read_parquet('s3://bucket/a.parquet')")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT speeker FROM statements", 'Referenced column "speeker" not found'),
        (
            'SELECT 1 FROM articles WHERE publisher = "The Lantern"',
            "write it between single marks: 'The Lantern'",
        ),
        ("SELECT 1 FROM statments", r'(?s)Did you mean "statements"\?.*The tables are articles, '),
        ("SELEC 1", r'(?s)syntax error at or near "SELEC".*\^'),
        ("SELECT 'a'::INT", "Could not convert string 'a'"),
        ("", "the query is empty: begin with SELECT"),
        ("-- nothing", "the query is empty"),
        ("SELECT 1; SELECT 2", "several queries: ask one at a time"),
        ("COPY articles TO 'a.csv'", r"(?s)this is COPY: .*--format csv > FILE"),
        ("SELECT * FROM 'a.csv'", r"(?s)disabled by configuration.*reads the lake's tables"),
        ("SELECT '\x1b[2J'::INT", "␛"),
        ("SELECT '\udcff'", "the query is no text"),
    ],
)
def test_errors_say_what_to_do(lake: Lake, sql: str, told: str) -> None:
    with pytest.raises(BadQuery, match=told) as raised:
        rows(lake, sql)
    assert raised.value.exit_status == 2


def test_too_much_for_the_memory(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MEMORY", "20MB")
    with pytest.raises(BadQuery, match=r"20MB of memory.*ask for less at a time") as raised:
        rows(lake, "SELECT list(repeat(i::VARCHAR, 100)) FROM range(10000000) AS r(i)")
    assert "SET memory_limit" not in raised.value.message


def test_what_is_too_large_goes_to_the_disk(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MEMORY", "60MB")
    sql = "SELECT md5(i::VARCHAR) AS a, repeat(a, 10) FROM range(200000) AS r(i) ORDER BY a"
    assert rows(lake, f"{sql} LIMIT 1 OFFSET 199999")[0][0].startswith("ffff")


def test_a_missing_file_is_damage(lake: Lake, store: Store) -> None:
    store.remove(lake.files("articles")[0].name)
    with pytest.raises(LakeDamaged, match="can't be read"):
        rows(lake, "SELECT text FROM articles")


def test_a_file_that_goes_while_it_is_asked(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = query._answer

    def late(*given: Any) -> query.Answer:
        lake.discard(["k1"])
        return answer(*given)

    monkeypatch.setattr(query, "_answer", late)
    with pytest.raises(LakeError, match="changed meanwhile, so do it again") as raised:
        rows(lake, "SELECT text FROM articles")
    assert not isinstance(raised.value, LakeDamaged)


def test_who_waits_no_more_ends_the_query(lake: Lake) -> None:
    with asked(lake, "SELECT i FROM range(100000000000) AS r(i)") as answer:
        assert next(answer.rows) == [0]
    assert not [t for t in threading.enumerate() if "ThreadPool" in t.name]
