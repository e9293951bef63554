"""Answers for a terminal, for programs (JSON, JSON Lines) and for spreadsheets (CSV)."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from sayso.formats.csv import csv_rows
from sayso.formats.jsonl import json_line
from sayso.formats.plain import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.lake.query import Answer

FORMATS = ("table", "jsonl", "json", "csv")
MOST = 1_000
"""Rows that a table shows."""
_CELL = 600
"""Characters of a value that a table shows; the other formats have it whole."""
_NARROWEST = 12
"""Columns of the terminal; a table whose columns would be narrower is told row by row."""


def shown(answer: "Answer", name: str, *, width: int, colour: bool) -> Iterator[str]:
    """The answer in one of `FORMATS`, in parts as they are found."""
    if name == "jsonl":
        yield from (json_line(record) for record in _records(answer))
    elif name == "json":
        yield from _array(answer)
    elif name == "csv":
        yield csv_rows([answer.columns])
        yield from (csv_rows([[_cell(v) for v in row]]) for row in answer.rows)
    else:
        yield from _drawn(answer, width=width, colour=colour)


def _records(answer: "Answer") -> Iterator[dict[str, Any]]:
    return (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)


def _array(answer: "Answer") -> Iterator[str]:
    before = "["
    for record in _records(answer):
        yield f"{before}{json_line(record).rstrip()}"
        before = ",\n "
    yield "[]\n" if before == "[" else "]\n"


def _cell(value: Any) -> Any:
    """A value as one cell: lists and structs as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


# ---- drawn


def _drawn(answer: "Answer", *, width: int, colour: bool) -> Iterator[str]:
    from sayso.formats.table import Table

    found = list(islice(answer.rows, MOST))
    table = Table(width=width, colour=colour)
    if not found:
        yield "Nothing found.\n"
        return
    narrow = len(answer.columns) * _NARROWEST > max(width, 40)
    yield table.rendered(_one_by_one(answer, found) if narrow else _grid(answer, found))
    if next(answer.rows, None) is not None:
        yield f"There are more than these {MOST:,} rows: --format csv has them all.\n"


def _grid(answer: "Answer", rows: Sequence[Sequence[Any]]) -> "RenderableType":
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, is_number in zip(answer.columns, answer.numbers, strict=True):
        head = Text(one_line(name, _CELL))
        grid.add_column(head, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(_words(value)) for value in row))
    return grid


def _one_by_one(answer: "Answer", rows: Sequence[Sequence[Any]]) -> "RenderableType":
    """A block of lines for each row, where there are too many columns for a table."""
    from rich.console import Group
    from rich.table import Table as Grid
    from rich.text import Text

    blocks: list[RenderableType] = []
    for number, row in enumerate(rows, start=1):
        block = Grid.grid(padding=(0, 2))
        block.add_column()
        block.add_column(overflow="fold")
        for name, value in zip(answer.columns, row, strict=True):
            block.add_row(Text(one_line(name, _CELL), style="dim"), Text(_words(value)))
        blocks += [Text(f"Row {number}", style="bold"), block, Text()]
    return Group(*blocks)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    return one_line(str(_cell(value)), _CELL)
