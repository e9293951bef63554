"""docs/lake.md: what it says of the columns, and what its questions find."""

import io
import re
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from sayso.cli import run
from sayso.lake.manifest import Entry
from sayso.lake.schema import TABLES
from sayso.lake.shown import FORMATS
from tests.test_docs import ROOT, blocks, steps, text

DOCUMENT = "docs/lake.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lake of the document, made as it says."""
    made = tmp_path_factory.mktemp("document")
    shutil.copy(ROOT / "src/sayso/demo/reports.jsonl", made)
    (made / "more.jsonl").write_text(blocks(DOCUMENT, "json")[0], encoding="utf-8")
    return made


def ran(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `sayso …` writes."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.stdout", out)
    arguments = [part.strip('"') for part in re.findall(r'"[^"]*"|[^\s"]+', command)]
    assert run(arguments[1:]) == 0, command
    out.flush()
    return out.buffer.getvalue().decode()


def test_the_questions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, since one lake serves all."""
    (add, count), (export, _), (ask, told) = steps(DOCUMENT)
    added = ran(add.removesuffix(" | wc -l"), folder, monkeypatch)
    assert len(added.splitlines()) == int(count)
    ran(export, folder, monkeypatch)
    assert ran(ask, folder, monkeypatch) == told
    questions, answers = blocks(DOCUMENT, "sql"), blocks(DOCUMENT, "text")
    assert len(questions) == 5
    for question, answer in zip(questions, answers, strict=False):
        found = ran(f'sayso query lake "{question}" --format table', folder, monkeypatch)
        assert found.strip("\n") == answer.strip("\n"), question
    (script,) = blocks(DOCUMENT, "python")
    made: dict[str, Any] = {}
    exec(script, made)  # noqa: S102  # our own
    assert made["articles"].num_rows == int(count)


TYPES = {
    "string": pa.types.is_string,
    "bool": pa.types.is_boolean,
    "int32": pa.types.is_int32,
    "int64": pa.types.is_int64,
    "double": pa.types.is_float64,
    "struct": pa.types.is_struct,
    "list of string": lambda type: pa.types.is_list(type) and pa.types.is_string(type.value_type),
    "list of struct": lambda type: pa.types.is_list(type) and pa.types.is_struct(type.value_type),
}


@pytest.mark.parametrize("table", TABLES)
def test_each_column_is_told_with_its_type(table: str) -> None:
    section = text(DOCUMENT).partition(f"### `{table}`\n")[2].partition("\n#")[0]
    told: dict[str, str] = {}
    for names, types in re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", section, re.M):
        columns = re.findall(r"`([^`]+)`", names)
        kinds = types.split(", ")
        told |= dict(zip(columns, kinds if len(kinds) > 1 else kinds * len(columns), strict=True))
    assert set(told) == set(TABLES[table].names)
    for column, kind in told.items():
        assert TYPES[kind](TABLES[table].field(column).type), column


def test_what_is_in_a_struct_is_told() -> None:
    for table in TABLES.values():
        for field in table:
            inner = field.type.value_type if pa.types.is_list(field.type) else field.type
            for part in inner if pa.types.is_struct(inner) else ():
                assert f"`{part.name}`" in text(DOCUMENT) or part.name in ("start", "end")


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_told(name: str) -> None:
    assert f"| `{name}` |" in text(DOCUMENT)


def test_the_fields_of_the_manifest_are_told() -> None:
    told = text(DOCUMENT).partition("## What is finished")[2]
    assert [f.name for f in fields(Entry) if f"`{f.name}`" not in told] == []
