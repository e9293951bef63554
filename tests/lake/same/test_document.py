"""docs/same.md: its example, its columns, its numbers."""

import re
import shutil
from pathlib import Path

import pytest

from sayso.lake.manifest import Lake
from sayso.lake.query import asked
from sayso.lake.same import engine
from sayso.lake.same.articles import Articles
from sayso.lake.same.statements import Statements
from sayso.lake.same.tables import TABLES
from sayso.lake.store import Store
from tests.lake.test_document import DOCUMENT as LAKE
from tests.lake.test_document import ran
from tests.test_docs import ROOT, blocks, steps, text

DOCUMENT = "docs/same.md"


def test_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "src/sayso/demo/reports.jsonl", tmp_path)
    (tmp_path / "more.jsonl").write_text(blocks(LAKE, "json")[0], encoding="utf-8")
    (add, _), (export, _), _ = steps(LAKE)
    ran(add.removesuffix(" | wc -l"), tmp_path, monkeypatch)
    ran(export, tmp_path, monkeypatch)
    for command, told in steps(DOCUMENT):
        assert ran(command, tmp_path, monkeypatch).strip() == told.strip()
    lake = Lake.open(Store(str(tmp_path / "lake")))
    for question in blocks(DOCUMENT, "sql")[0].split(";"):
        with asked(lake, question) as answer:
            assert len(list(answer.rows)) == 1


@pytest.mark.parametrize("table", TABLES)
def test_each_column_is_told(table: str) -> None:
    section = text(DOCUMENT).partition(f"| `{table}` |")[2].partition("\n\n")[0]
    told = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", section, re.M)))
    assert sorted(told) == sorted(TABLES[table].names)


def test_the_numbers() -> None:
    said, printed = Statements(), Articles()
    assert (said.rules.few, said.rules.short, said.rules.long) == (4, 8, 15)
    assert (said.rules.alike, said.rules.run, said.rules.stock) == (0.8, 12, 5)
    assert said.rules.days == (2, 7, 60)
    assert said.hashes == (12 * 4, 4, 3)
    assert printed.hashes == (20 * 3, 3, 6)
    assert (printed.rules.shared, printed.rules.of_both, printed.rules.facts) == (0.5, 0.15, 0.5)
    assert printed.rules.days == 31
    assert engine.PART == 4_000_000
