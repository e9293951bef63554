"""Runs without a model, and what came of them."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

import sayso.cli.batch
from sayso import Failure, Reading
from sayso.batch import run
from sayso.batch.run import Summary
from sayso.batch.setting import Patience, Reads, Setting
from sayso.intake import Options, articles
from sayso.lake.manifest import Lake
from sayso.lake.rows import reading
from sayso.lake.schema import TABLES
from sayso.lake.store import Store
from tests.batch import fake

Rows = dict[str, list[dict[str, Any]]]
Batch = Callable[..., Summary]

OPTIONS = Options(sift=True)
SETTING = Setting(
    model="fake",
    id=fake.MODEL,
    options=OPTIONS,
    patience=Patience(article=8.0, character=0.0),
    memory=1 << 30,
    make=fake.reader,
)


def use_fake(make: Callable[[str, int], Reads]) -> None:
    """The command `sayso batch` reads by this."""

    def setting_of(_model: str | None, options: Options) -> tuple[Setting, str]:
        setting = Setting(model="fake", id=fake.MODEL, options=options, make=make)
        return setting, fake.MODEL

    vars(sayso.cli.batch)["setting_of"] = setting_of


def lake_at(path: Path) -> Lake:
    return Lake.create(Store(str(path)), fake.MODEL)


def a_lake(path: Path) -> Path:
    """A lake with a shard that could be read as an input."""
    lake_at(path)
    for folder in ("_manifest", "articles"):
        (path / folder).mkdir()
        write(path / folder / "all.jsonl", [record(9)])
    return path


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """Reads files into `tmp_path / "lake"`, or another."""

    def read(
        *inputs: Path, out: Path | None = None, limit: int | None = None, setting: Setting = SETTING
    ) -> Summary:
        lake = lake_at(out or tmp_path / "lake")
        plan = run.plan([str(path) for path in inputs], setting, lake, limit)
        return run.run(plan, setting, lake, lambda _: None, ray=None)

    return read


def tables(path: Path) -> Rows:
    return tables_of(lake_at(path))


def tables_of(lake: Lake) -> Rows:
    """All rows of a lake, by table, those of each in the order of their names."""
    found = {}
    for table, schema in TABLES.items():
        names = [lake.store.path(file.name) for file in lake.files(table)]
        rows = ds.dataset(names, schema=schema).to_table().to_pylist() if names else []
        found[table] = sorted(
            rows, key=lambda row: (row["row"], len(row["id"] or ""), row["id"] or "")
        )
    return found


def files(path: Path) -> dict[str, bytes]:
    """Each file of a lake's tables, by its name in the lake."""
    found = (file for table in TABLES for file in (path / table).rglob("*") if file.is_file())
    return {str(file.relative_to(path)): file.read_bytes() for file in found}


def results(path: Path) -> list[dict[str, Any]]:
    return results_of(lake_at(path))


def results_of(lake: Lake) -> list[dict[str, Any]]:
    """What a lake has of each input row, as `sayso read` gives it; in the order of their names."""
    rows = tables_of(lake)
    of: dict[str, list[dict[str, Any]]] = {}
    for statement in rows["statements"]:
        of.setdefault(statement["row"], []).append(statement)
    told = {row["row"]: reading(row, of.get(row["row"], [])).to_dict() for row in rows["articles"]}
    for row in rows["failures"]:
        id = json.loads(row["id"]) if row["id_is_number"] else row["id"]
        error = {"code": row["code"], "message": row["message"]}
        told[row["row"]] = {"id": id, "input": row["input"], "line": row["line"], "error": error}
    return [told[name] for name in sorted(told)]


def read_by_sayso(*inputs: Path) -> list[dict[str, Any]]:
    """What `sayso read` gives for the same inputs, by the same reader."""
    reader = fake.reader("fake", OPTIONS.max_chars)
    found = (reader.attempt(item) for item in articles([str(path) for path in inputs], OPTIONS))
    return [_told(result) for result in found]


def _told(result: Reading | Failure) -> dict[str, Any]:
    return result.to_dict()


def record(n: int, text: str = "", **more: Any) -> dict[str, Any]:
    """A record that is read without ado, with a month of its own now and then."""
    words = text or f"“The bridge at mile {n} is safe,” said Ida Marsh, the county surveyor."
    return {"id": n, "text": words, "date": f"2026-{1 + n % 3:02}-05", **more}


def write(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """The records as JSON Lines."""
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)
    path.write_text(lines, encoding="utf-8", newline="")
    return path
