"""Lists as files: CSV for spreadsheets, JSON Lines for programs."""

import re
import unicodedata
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

_PART, _NAME = 48, 80
"""Letters of a part of a file's name, and of all of it."""
_MARK = "\ufeff"
"""Tells spreadsheets that it is UTF-8."""


def _listed(ending: str) -> str:
    if ending not in ("csv", "jsonl"):
        raise HTTPException(404)
    return ending


Ending = Annotated[str, Depends(_listed)]
"""What a list's address ends in. Others are answered 404 before anything is looked for."""


def named(kind: str, *asked: str | None) -> str:
    """A file's name: what it holds, then what was asked; a-z, digits and hyphens."""
    told = dict.fromkeys(filter(None, (_slug(words or "") for words in asked)))
    return "-".join((kind, *told))[:_NAME].rstrip("-")


def _slug(words: str) -> str:
    """Cut where a word ends, unless one word is all there is."""
    plain = unicodedata.normalize("NFKD", words[:500]).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))
    cut = slug[:_PART]
    return cut if cut == slug or "-" not in cut else cut.rpartition("-")[0]


def file(name: str, ending: str, text: str) -> Response:
    """A text as a file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    data = f"{_MARK if ending == 'csv' else ''}{text}".encode(errors="backslashreplace")
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
