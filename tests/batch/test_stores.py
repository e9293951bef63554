"""Inputs by their address, as Daft opens them, and the cores to read them on."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.batch import cores, plan, records
from sayso.batch.shards import Shard
from sayso.errors import UsageError
from sayso.types import Article
from tests.batch.conftest import OPTIONS, record, write


def ids(*addresses: str) -> list[object]:
    pieces = plan.pieces(plan.found(addresses), OPTIONS)
    made = [each.make() for each in records.records(Shard(tuple(pieces), ""), OPTIONS)]
    return [item.id if isinstance(item, Article) else item.error.code for item in made]


@pytest.fixture
def store(tmp_path: Path) -> str:
    (tmp_path / "inner").mkdir()
    write(tmp_path / "inner" / "b.jsonl", [record(n) for n in range(3)])
    pq.write_table(pa.Table.from_pylist([record(7), record(8)]), tmp_path / "c.parquet")
    (tmp_path / "d.txt").write_text("“No,” said Ida Marsh.", encoding="utf-8")
    (tmp_path / "e.csv").write_text("a,b", encoding="utf-8")
    return f"file://{tmp_path}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", [7, 8, None, 0, 1, 2]),
        ("/inner/b.jsonl", [0, 1, 2]),
        ("/*.parquet", [7, 8]),
        ("/**/*.jsonl", [0, 1, 2]),
        ("/d.txt", [None]),
    ],
)
def test_addresses(name: str, expected: list[object], store: str) -> None:
    assert ids(store + name) == expected


def test_an_address_with_nothing_behind_it(store: str) -> None:
    with pytest.raises(UsageError, match="nothing to read at"):
        ids(store + "/lost/*.jsonl")


@pytest.mark.parametrize(
    ("quota", "most"), [("max 100000", 64), ("150000 100000", 2), ("5000 100000", 1), ("odd", 64)]
)
def test_cores(quota: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(f"{quota}\n", encoding="ascii")
    monkeypatch.setattr(cores, "_QUOTA", file)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(64), raising=False)
    assert cores.cores() == most
