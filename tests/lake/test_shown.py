"""Answers as people and programs get them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from sayso.lake.query import Answer
from sayso.lake.shown import FORMATS, MOST, shown


def text(name: str, columns: Sequence[str], rows: Iterable[list[Any]], *, width: int = 60) -> str:
    rows = list(rows)
    numbers = tuple(all(isinstance(row[i], int) for row in rows) for i, _ in enumerate(columns))
    answer = Answer(tuple(columns), numbers, iter(rows))
    return "".join(shown(answer, name, width=width, colour=False))


ROWS: list[list[Any]] = [["=Ida", 12, [{"by": ["é"]}], None], ["Nora\x1b[2J", 3, [], True]]
COLUMNS = ("who", "times", "l", "b")


def test_json_lines() -> None:
    assert text("jsonl", COLUMNS, ROWS) == (
        '{"who": "=Ida", "times": 12, "l": [{"by": ["é"]}], "b": null}\n'
        '{"who": "Nora\\u001b[2J", "times": 3, "l": [], "b": true}\n'
    )


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS])
def test_json(rows: list[list[Any]]) -> None:
    found = json.loads(text("json", COLUMNS, rows))
    assert found == [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def test_csv() -> None:
    assert text("csv", ("=who", *COLUMNS[1:]), ROWS) == (
        "'=who,times,l,b\n"
        "'=Ida,12,\"[{\"\"by\"\": [\"\"é\"\"]}]\",\n"
        "Nora␛[2J,3,[],true\n"
    )  # fmt: skip


def test_a_table() -> None:
    assert text("table", COLUMNS, ROWS).splitlines() == [
        "",
        " who        times   l                 b",
        " ─────────────────────────────────────────",
        ' =Ida          12   [{"by": ["é"]}]',
        " Nora␛[2J       3   []                true",
        "",
    ]


def test_nothing_found() -> None:
    assert text("table", COLUMNS, []) == "Nothing found.\n"


def test_too_many_columns_are_told_row_by_row() -> None:
    found = text("table", [f"c{i}" for i in range(6)], [list("abcdef"), ["g" * 700, *"hijkl"]])
    assert found.startswith("Row 1\nc0  a\nc1  b\n")
    assert "Row 2" in found
    assert "[100 more" in found


def test_a_table_has_an_end() -> None:
    found = text("table", ["n"], ([n] for n in range(MOST + 1)))
    assert f"\n {MOST - 1}\n" in found
    assert found.endswith(f"There are more than these {MOST:,} rows: --format csv has them all.\n")
    assert "There are more" not in text("table", ["n"], ([n] for n in range(MOST)))


@pytest.mark.parametrize("name", FORMATS)
def test_markup_is_no_markup(name: str) -> None:
    assert "[red]" in text(name, ["[bold]a"], [["[red]b[/red]"]])
