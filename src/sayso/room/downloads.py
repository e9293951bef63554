"""Lists as files: CSV for spreadsheets, JSON Lines for programs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from sayso.formats.csv import csv_rows
from sayso.formats.jsonl import json_line

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson; charset=utf-8",
}
MOST = 1_000
"""Of a list: a file holds the first of them."""


def _listed(ending: str) -> str:
    if ending not in ("csv", "jsonl"):
        raise HTTPException(404)
    return ending


Ending = Annotated[str, Depends(_listed)]
"""What a list's address ends in. Others are answered 404 before anything is looked for."""


def file(name: str, ending: str, text: str) -> Response:
    """A text as a file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    data = text.encode(errors="backslashreplace")
    return Response(data, media_type=MEDIA[ending], headers=headers)


def table(
    name: str, ending: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> Response:
    """Objects as lines, or as rows with a cell for each of `columns`."""
    if ending == "csv":
        cells = ([_cell(row.get(column)) for column in columns] for row in rows)
        return file(name, ending, csv_rows([list(columns)]) + csv_rows(cells))
    return file(name, ending, "".join(map(json_line, rows)))


def _cell(value: Any) -> Any:
    """A value that fits a cell: of lists the items, of objects their values, parted by ";"."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {held}" for name, held in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(str(_cell(item)) for item in value)
    return value
