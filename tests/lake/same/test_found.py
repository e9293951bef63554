"""What is found in made lakes: how much of the truth, and the same by whatever way."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.errors import LakeDamaged
from sayso.lake.manifest import Lake
from sayso.lake.query import asked
from sayso.lake.same import engine
from sayso.lake.same.finding import Found, find
from sayso.lake.store import Store
from tests.lake.same.made import Made, made, write
from tests.lake.same.score import Score, score

SEED, STATEMENTS, ARTICLES = 20, 900, 240
FLOORS = {"articles": (0.96, 0.88), "statements": (0.97, 0.82)}
"""Of precision and recall of pairs."""


@pytest.fixture(scope="module")
def whole() -> Made:
    return made(SEED, statements=STATEMENTS, articles=ARTICLES)


@pytest.fixture(scope="module")
def lake(whole: Made, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return write(whole, str(tmp_path_factory.mktemp("same") / "lake"))


@pytest.fixture(scope="module")
def found(lake: Lake) -> Found:
    return find(lake)


def _score(whole: Made, table: str, rows: pa.Table) -> Score:
    names = ["row", "id"] if table == "statements" else ["row"]
    groups: dict[str, list[tuple[str, ...]]] = {}
    for row in rows.to_pylist():
        groups.setdefault(row["group"], []).append(tuple(row[name] for name in names))
    return score(groups.values(), whole.truth[table])


@pytest.mark.parametrize("table", FLOORS)
def test_floors(table: str, whole: Made, found: Found) -> None:
    reached = _score(whole, table, getattr(found, table))
    assert reached.true > 200
    precision, recall = FLOORS[table]
    assert reached.precision >= precision, reached
    assert reached.recall >= recall, reached


def test_groups_begin_with_what_was_printed_first(found: Found) -> None:
    for table in found:
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in table.to_pylist():
            groups.setdefault(row["group"], []).append(row)
        for members in groups.values():
            assert len(members) > 1
            assert [m["place"] for m in members] == list(range(1, len(members) + 1))
            days = [m["printed"] or "9999" for m in members]
            assert days == sorted(days)


def test_the_files_and_parts_make_no_difference(
    whole: Made, found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PART", 2_000)
    other = find(write(whole, str(tmp_path / "lake"), shards=5, seed=1))
    assert other.articles.equals(found.articles)
    assert other.statements.equals(found.statements)


def test_the_tables_can_be_asked(lake: Lake, found: Found) -> None:
    sql = """
        SELECT count(*), count(DISTINCT s."group"), count(content)
        FROM same_statements AS s LEFT JOIN statements USING (row, id)
    """
    with asked(lake, sql) as answer:
        ((rows, groups, joined),) = answer.rows
    assert rows == found.statements.num_rows
    assert groups == len(set(found.statements.column("group").to_pylist()))
    assert joined == 0  # the made statements have no spans


def test_before_a_run_the_tables_are_empty(tmp_path: Path) -> None:
    lake = write(Made({"articles": [], "statements": []}, {}), str(tmp_path / "lake"))
    with asked(lake, "SELECT * FROM same_articles") as answer:
        assert list(answer.rows) == []


def test_a_lake_of_nothing(tmp_path: Path) -> None:
    lake = write(Made({"articles": [], "statements": []}, {}), str(tmp_path / "lake"))
    assert [table.num_rows for table in find(lake)] == [0, 0]
    assert lake.store.exists("same_articles/same_articles.parquet")


def test_its_folder_may_have_any_name(whole: Made, tmp_path: Path) -> None:
    rows = {"articles": [], "statements": whole.rows["statements"][:60]}
    lake = write(Made(rows, {}), str(tmp_path / "lake [1] {a,b} é#%20"))
    assert find(lake).statements.num_rows > 1


def test_nothing_long_enough(whole: Made, tmp_path: Path) -> None:
    short = [row | {"content_text": "No"} for row in whole.rows["statements"][:5]]
    lake = write(Made({"articles": [], "statements": short}, {}), str(tmp_path / "lake"))
    assert find(lake).statements.num_rows == 0


def test_the_next_run_replaces_the_last(whole: Made, tmp_path: Path) -> None:
    rows = {"articles": [], "statements": whole.rows["statements"][:60]}
    lake = write(Made(rows, {}), str(tmp_path / "lake"))
    first = find(lake)
    assert first.statements.num_rows
    lake.discard(sorted(lake.finished()))
    find(lake)
    file = lake.store.path("same_statements/same_statements.parquet")
    assert pq.read_table(file).num_rows == 0
    assert [name for name, _ in lake.store.list("same_statements")] == [
        "same_statements/same_statements.parquet"
    ]


def test_a_missing_file_is_told(whole: Made, tmp_path: Path) -> None:
    rows = {"articles": [], "statements": whole.rows["statements"][:20]}
    lake = write(Made(rows, {}), str(tmp_path / "lake"))
    lake.store.remove(lake.files("statements")[0].name)
    with pytest.raises(LakeDamaged, match="can't be read"):
        find(Lake.open(Store(str(tmp_path / "lake"))))
