"""How a verb's answer is to look: the format asked for, and what the terminal can show."""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Look:
    """`name` of a format; `width` in columns."""

    name: str
    width: int
    colour: bool


FORMATS = ("table", "jsonl", "csv")
"""Of what a verb finds in the record."""


def on_screen() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def format_option(names: Sequence[str], *, piped: str = "jsonl") -> Callable[..., Any]:
    """Gives the command `name`, for `look`."""
    return click.option(
        "--format",
        "name",
        type=click.Choice(list(names)),
        help=f"Default: table in a terminal and {piped} into a pipe.",
    )


def look(name: str | None, *, piped: str = "jsonl") -> Look:
    """The format asked for, else a table in a terminal and `piped` elsewhere."""
    name = name or ("table" if on_screen() else piped)
    if not on_screen():
        return Look(name, 100, colour=False)
    return Look(name, shutil.get_terminal_size().columns, colour=colourful())


def colourful() -> bool:
    """Whether the terminal shows ANSI colours and its user wants them (NO_COLOR, TERM)."""
    from rich.console import Console

    console = Console()
    return console.color_system is not None and not (console.no_color or console.legacy_windows)
