"""Readings out: one small module for each format, all of one shape.

A formatter gives text to be written: `start()` once, `result()` for each reading or failure
in order, `end()` once. A module is imported when its format is first asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sayso.errors import UsageError
from sayso.types import Failure, Reading


class Formatter(Protocol):
    """What turns results into text; each call returns what is to be written next."""

    def start(self) -> str: ...

    def result(self, result: Reading | Failure) -> str: ...

    def end(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How the output is to look. A format takes from it what concerns it."""

    text: bool = True
    width: int = 100
    colour: bool = False
    ids: bool = False


def _table(style: Style) -> Formatter:
    from sayso.formats.table import Table

    return Table(width=style.width, colour=style.colour, ids=style.ids)


def _jsonl(style: Style) -> Formatter:
    from sayso.formats.jsonl import JsonLines

    return JsonLines(text=style.text)


def _csv(style: Style) -> Formatter:
    from sayso.formats.csv import Csv

    return Csv()


def _html(style: Style) -> Formatter:
    from sayso.formats.html import Html

    return Html(text=style.text)


def _markdown(style: Style) -> Formatter:
    from sayso.formats.markdown import Markdown

    return Markdown()


FORMATS: Mapping[str, Callable[[Style], Formatter]] = {
    "table": _table,
    "jsonl": _jsonl,
    "csv": _csv,
    "html": _html,
    "markdown": _markdown,
}


def formatter(
    name: str, *, text: bool = True, width: int = 100, colour: bool = False, ids: bool = False
) -> Formatter:
    """The formatter called `name`.

    `text=False` leaves the article's text out of `jsonl` and `html` (the others never hold it
    whole). `width` (in columns), `colour` and `ids` (of statements) are the table's. Raises
    `UsageError`.
    """
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}: choose one of {', '.join(FORMATS)}")
    return FORMATS[name](Style(text=text, width=width, colour=colour, ids=ids))
