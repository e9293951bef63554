"""Some of the inputs of a shard: counted, or carried over into a shard of their own."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import LakeDamaged
from tests.batch.conftest import Batch, files, lake_at, record, results, tables, write
from tests.batch.test_repeated import ONE, page


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Three files of one shard; the second has a row that can't be read, and several months."""
    records = [[record(n + 10 * of) for n in range(6)] for of in range(3)]
    del records[1][3]["text"]
    return [
        write(tmp_path / f"{name}.jsonl", rows) for name, rows in zip("abc", records, strict=True)
    ]


def test_what_is_carried_over_is_as_if_it_were_read(
    tmp_path: Path, paths: list[Path], batch: Batch
) -> None:
    batch(*paths)
    (before,) = lake_at(tmp_path / "lake").entries()
    assert (before.articles, before.failures) == (17, 1)
    write(paths[0], [record(1)])
    batch(paths[0])
    batch(paths[1], paths[2], out=tmp_path / "other")
    batch(paths[0], out=tmp_path / "other")
    assert files(tmp_path / "lake") == files(tmp_path / "other")
    told = [[untimed(e) for e in lake_at(tmp_path / name).entries()] for name in ("lake", "other")]
    assert told[0] == told[1]


def untimed(entry: Any) -> Any:
    return replace(entry, seconds=0.0, replaces=())


def test_the_inputs_are_counted_and_not_what_is_beside_them(
    paths: list[Path], batch: Batch
) -> None:
    whole = batch(*paths)
    assert (whole.articles, whole.statements, whole.failures) == (17, 17, 1)
    for path, articles, failures in zip(paths, (6, 5, 6), (0, 1, 0), strict=True):
        told = batch(path)
        assert (told.articles, told.statements, told.failures) == (articles, articles, failures)
        assert told.new == 0


def test_pages_keep_their_addresses(tmp_path: Path, batch: Batch) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, address in (("a", ""), ("b", ONE), ("c", ONE)):
        (folder / f"{name}.html").write_bytes(page(name, address))
    batch(folder)
    (folder / "a.html").write_bytes(page("another"))
    (folder / "d.html").write_bytes(page("d", ONE))
    (folder / "b.html").unlink()
    batch(folder)
    rows = tables(tmp_path / "lake")
    assert sorted(row["title"] for row in rows["articles"]) == ["another", "b"]
    failed = sorted((Path(row["input"]).name, row["code"]) for row in rows["failures"])
    assert failed == [("c.html", "repeated"), ("d.html", "repeated")]


def test_rows_that_are_not_told_apart_stay_where_they_are(
    tmp_path: Path, paths: list[Path], batch: Batch
) -> None:
    batch(*paths)
    lake = lake_at(tmp_path / "lake")
    (entry,) = lake.entries()
    pieces = [{**piece, "rows": 5} for piece in entry.of["pieces"]]
    lake.commit(replace(entry, of={**entry.of, "pieces": pieces}))
    write(paths[0], [record(1)])
    with pytest.raises(LakeDamaged, match=r"tells of 18, and its inputs have 15; remove it"):
        batch(paths[0])
    assert len(results(tmp_path / "lake")) == 18


def test_a_file_that_is_damaged(tmp_path: Path, paths: list[Path], batch: Batch) -> None:
    batch(*paths)
    lake = lake_at(tmp_path / "lake")
    lake.store.put(lake.files("failures")[0].name, b"torn")
    write(paths[0], [record(1)])
    with pytest.raises(LakeDamaged, match="is not as it was written"):
        batch(paths[0])
    assert len(lake.finished()) == 1
