"""`sayso same`."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import LakeBusy
from sayso.lake.lock import alone
from sayso.lake.same import finding, tables
from sayso.lake.store import Store
from tests.cli.conftest import Sayso, lines
from tests.lake.same.made import Made, write

BELLS = "I would sooner sell the bells than the quiet of this place, and so would the Dean"


def _said(row: str, content: str, printed: str, publisher: str) -> dict[str, Any]:
    return {
        "row": row, "id": "s1", "type": "direct", "said": True, "denied": False,
        "speakers": [{"name": "Edmund Vane", "kind": "person", "entity": None, "by": []}],
        "content_text": content, "date": None, "printed": printed, "publisher": publisher,
    }  # fmt: skip


def _printed(row: str, date: str, publisher: str, title: str) -> dict[str, Any]:
    text = " ".join(f"Bell {n} of the {n * n} rang over roof {n + 7}." for n in range(40))
    return {"row": row, "title": title, "date": date, "publisher": publisher, "text": text}


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Two copies of a report and a third, that have a statement; and one that has another."""
    statements = [
        _said("k-000001", f"‘{BELLS}’", "2026-03-13", "Echo"),
        _said("k-000002", f"“{BELLS}.”", "2026-03-12", "Lantern"),
        _said("k-000003", BELLS[:50], "2026-03-14", "Post\x1b[2J"),
        _said(
            "k-000004", "The roof will be mended before the winter, whoever pays", "2026-03-12", "X"
        ),
    ]
    articles = [
        _printed("k-000001", "2026-03-13", "Echo", "Bells"),
        _printed("k-000002", "2026-03-12", "Lantern", "Quiet"),
    ]
    path = tmp_path / "lake"
    write(Made({"articles": articles, "statements": statements}, {}), str(path), shards=1)
    return path


def test_statements(sayso: Sayso, lake: Path) -> None:
    result = sayso("same", lake, "--format", "jsonl")
    (group,) = lines(result)
    assert len(group.pop("group")) == 16
    assert group == {
        "text": f"“{BELLS}.”",
        "speakers": ["Edmund Vane"],
        "articles": 3,
        "texts": 2,
        "outlets": ["Lantern", "Echo", "Post\x1b[2J"],
        "row": "k-000002",
        "id": "s1",
        "first": "2026-03-12",
        "first_outlet": "Lantern",
        "last": "2026-03-14",
    }
    assert "1 group of statements, 1 shown" in result.err


def test_articles(sayso: Sayso, lake: Path) -> None:
    (group,) = lines(sayso("same", lake, "--of", "articles", "--format", "jsonl"))
    assert group["text"] == "Quiet"
    assert group["outlets"] == ["Lantern", "Echo"]
    assert (group["articles"], group["texts"], group["id"]) == (2, 1, None)


def test_a_table(sayso: Sayso, lake: Path) -> None:
    out = sayso("same", lake, "--format", "table").out
    assert "Lantern and 2 others" in out
    assert "Edmund Vane: “I would sooner" in out
    assert "\x1b" not in out


def test_csv(sayso: Sayso, lake: Path) -> None:
    header, row = csv.reader(sayso("same", lake, "--format", "csv").out.splitlines())
    told = dict(zip(header, row, strict=True))
    assert told["articles"] == "3"
    assert told["outlets"].startswith("Lantern; Echo; Post")


def test_least_and_limit(sayso: Sayso, lake: Path) -> None:
    assert sayso("same", lake, "--least", "4", "--format", "jsonl").out == ""
    assert (
        "Nothing is in two articles" in sayso("same", lake, "--least", "4", "--format", "table").out
    )
    assert len(lines(sayso("same", lake, "--limit", "1", "--format", "jsonl"))) == 1


def test_the_tables_are_for_query(sayso: Sayso, lake: Path) -> None:
    assert sayso("same", lake).status == 0
    sql = "SELECT place, publisher, copies IS NOT NULL AS copy FROM same_statements ORDER BY place"
    assert [
        list(row.values()) for row in lines(sayso("query", lake, sql, "--format", "jsonl"))
    ] == [
        [1, "Lantern", True],
        [2, "Echo", True],
        [3, "Post\x1b[2J", False],
    ]


def test_a_lake_that_somebody_writes_to(sayso: Sayso, lake: Path) -> None:
    """It is told before the work, and what a batch sweeps up is never a table of it."""
    with alone(Store(str(lake))):
        result = sayso("same", lake)
    assert (result.status, result.out) == (3, "")
    assert "is writing to the lake" in result.err
    assert "pairs to compare" not in result.err
    assert not list(lake.glob("same_*"))


def test_nobody_writes_to_the_lake_between_its_reading_and_the_tables(
    sayso: Sayso, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def put(store: Store, name: str, _table: object) -> None:
        with pytest.raises(LakeBusy), alone(store):
            pass
        seen.append(name)

    monkeypatch.setattr(tables, "put", put)
    assert sayso("same", lake).status == 0
    assert seen == ["same_articles", "same_statements"]


def test_no_lake(sayso: Sayso, tmp_path: Path) -> None:
    result = sayso("same", tmp_path)
    assert result.status == 2
    assert "there is no lake" in result.err


def test_without_the_extra(sayso: Sayso, lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, finding.__name__, None)
    result = sayso("same", lake)
    assert result.status == 2
    assert "pip install 'sayso[scale]'" in result.err


def test_daft_is_imported_in_one_file_of_the_lake(python: Callable[..., Any]) -> None:
    code = (
        "import sys, json, sayso.cli.same, sayso.lake.same.tables, sayso.lake.same.summary;"
        "print(json.dumps('daft' in sys.modules))"
    )
    assert json.loads(python("-c", code).stdout) is False
