"""`sayso same`: copies of articles in a lake, and one statement in many articles."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from sayso.cli.lake import open_lake
from sayso.cli.looks import FORMATS, format_option, look
from sayso.cli.output import standard_output
from sayso.errors import UsageError
from sayso.formats.csv import csv_rows
from sayso.formats.jsonl import json_line
from sayso.formats.plain import count, one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.lake.same.summary import Group

COLUMNS = (
    "group", "text", "speakers", "articles", "texts", "outlets", "first", "first_outlet", "last",
    "row", "id",
)  # fmt: skip
_WORDS = 300

EXAMPLES = """\
\b
Examples:
  sayso same lake
  sayso same lake --of articles --limit 20
  sayso query lake "SELECT publisher, count(*) FROM same_statements WHERE place = 1 GROUP BY 1"
"""


@click.command("same", epilog=EXAMPLES)
@click.argument("lake", metavar="LAKE")
@click.option(
    "--of",
    type=click.Choice(["statements", "articles"]),
    default="statements",
    show_default=True,
    help="Which groups to show; both are found and kept.",
)
@click.option(
    "--least", type=click.IntRange(min=2), default=2, show_default=True, metavar="N",
    help="Show groups of N articles and more.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show N groups at most.")
@format_option(FORMATS)
def command(*, lake: str, of: str, least: int, limit: int | None, name: str | None) -> int:
    """Find copies of articles, and the same statement in many articles.

    LAKE is a folder, or the address of a store, as sayso batch or sayso export made it. The groups
    are kept in it as the tables same_articles and same_statements, in place of those found before,
    for sayso query; they are shown with who printed them first, the largest group first.

    Exit status: 0 done, 1 the lake can't be read or written, 2 there is no such lake, 3 a batch, an
    export or another of these is writing to it.
    """
    style = look(name)
    found = _found(lake, of)
    shown = [group for group in found if group.articles >= least][:limit]
    with standard_output() as output:
        for part in _shown(shown, style.name, width=style.width, colour=style.colour):
            output.write(part)
    click.echo(f"{count(len(found), 'group')} of {of}, {len(shown):,} shown", err=True)
    return 0


def _found(address: str, of: str) -> "list[Group]":
    from sayso.lake.store import MISSING

    lake = open_lake(address)
    try:
        from sayso.lake.same.finding import find
        from sayso.lake.same.summary import groups
    except ModuleNotFoundError as error:
        raise UsageError(MISSING) from error
    tables = find(lake, tell=lambda told: click.echo(told, err=True))
    return groups(tables.statements if of == "statements" else tables.articles)


def _shown(found: "Sequence[Group]", name: str, *, width: int, colour: bool) -> Iterator[str]:
    """The groups in a format, in parts."""
    if name == "jsonl":
        yield from (json_line(group.to_dict()) for group in found)
    elif name == "csv":
        yield csv_rows([COLUMNS])
        yield from (csv_rows([_cells(group)]) for group in found)
    else:
        from sayso.formats.table import Table

        yield Table(width=width, colour=colour).rendered(_table(found))


def _cells(group: "Group") -> list[object]:
    told = group.to_dict()
    parted = {name: "; ".join(told[name]) for name in ("speakers", "outlets")}
    return [(told | parted)[column] for column in COLUMNS]


def _table(found: "Sequence[Group]") -> "RenderableType":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not found:
        return "Nothing is in two articles."
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("In", justify="right", no_wrap=True)
    table.add_column("First", no_wrap=True)
    table.add_column("By", overflow="fold")
    table.add_column("What", overflow="fold")
    for group in found:
        table.add_row(
            Text(f"{group.articles:,}"),
            Text(group.first or "undated"),
            Text(_outlets(group)),
            Text(_what(group)),
        )
    return table


def _outlets(group: "Group") -> str:
    first = one_line(group.first_outlet or "an outlet not told", 100)
    others = len(set(group.outlets) - {group.first_outlet})
    return f"{first} and {count(others, 'other')}" if others else first


def _what(group: "Group") -> str:
    who = one_line(", ".join(group.speakers), 100)
    words = one_line(group.text or "", _WORDS)
    return f"{who}: {words}" if who else words
