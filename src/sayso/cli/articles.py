"""`sayso articles` and `sayso show`: which articles are in the record, and what each holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.looks import FORMATS, format_option, look
from sayso.cli.output import standard_output
from sayso.cli.record import db_option, opened
from sayso.formats.csv import csv_rows
from sayso.formats.jsonl import json_line
from sayso.formats.plain import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.record.listing import Entry

COLUMNS = ("article", "published", "outlet", "title", "url", "statements")

ARTICLES = """\
\b
Examples:
  sayso articles
  sayso articles bridge --outlet "The Remembrancer" --from 2026-03-01
"""
SHOW = """\
\b
Examples:
  sayso show 3f9a2c
  sayso show https://remembrancer.example/bells
"""


@click.command("articles", epilog=ARTICLES)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@db_option
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Printed by NAME.")
@click.option("--from", "since", metavar="YYYY-MM-DD", help="Printed on this day or later.")
@click.option("--to", "until", metavar="YYYY-MM-DD", help="Printed on this day or earlier.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, metavar="N",
    help="List N.",
)  # fmt: skip
@format_option(FORMATS)
def articles(
    *,
    words: tuple[str, ...],
    path: Path | None,
    outlets: tuple[str, ...],
    since: str | None,
    until: str | None,
    limit: int,
    name: str | None,
) -> int:
    """List articles of the record, those printed last first.

    With WORDS those whose title or text has them: words, "words in a row", AND, OR and NOT, as for
    sayso search. Older versions of an article are left out.

    Exit status: 0 done, 1 the record can't be read, or has no such outlet, 2 the call was wrong.
    """
    style = look(name)
    with opened(path) as record:
        found, more = record.articles(
            " ".join(words), outlets=outlets, since=since, until=until, limit=limit
        )
    with standard_output() as output:
        output.write(_shown(found, style.name, width=style.width, colour=style.colour))
    if more:
        click.echo(f"there are more: --limit, or other words (shown are {limit:,})", err=True)
    return 0


def _shown(found: "Sequence[Entry]", name: str, *, width: int, colour: bool) -> str:
    if name == "jsonl":
        return "".join(json_line(entry.to_dict()) for entry in found)
    if name == "csv":
        rows = ([getattr(entry, column) for column in COLUMNS] for entry in found)
        return csv_rows([COLUMNS]) + csv_rows(rows)
    from sayso.record.shown import rendered

    return rendered(_table(found), width=width, colour=colour)


def _table(found: "Sequence[Entry]") -> "RenderableType":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not found:
        return "Nothing found."
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("Article", "Printed", "Outlet", "Title", "Statements"):
        words = column in ("Outlet", "Title")
        table.add_column(
            column,
            overflow="fold",
            no_wrap=not words,
            justify="right" if column == "Statements" else "left",
        )
    for entry in found:
        told = (entry.published, entry.outlet, _name(entry))
        cells = (Text(one_line(part or "", 200)) for part in told)
        table.add_row(Text(entry.short), *cells, Text(f"{entry.statements:,}"))
    return table


def _name(entry: "Entry") -> str:
    """The title; else how the text begins, in quotation marks."""
    return entry.title or (f"“{entry.begins}”" if entry.begins else entry.url or "")


@click.command("show", epilog=SHOW)
@click.argument("key", metavar="KEY")
@db_option
@format_option((*FORMATS, "html", "markdown"))
def show(*, key: str, path: Path | None, name: str | None) -> int:
    """Show an article and who said what in it, as sayso read does, with what was corrected.

    KEY is the article's id or the beginning of it, its address, the id that it came with, or a
    statement of it (KEY/s3). A table names each statement by its id.

    Exit status: 0 done, 1 the record can't be read, 2 there is no such article.
    """
    from sayso.formats import formatter

    style = look(name)
    with opened(path) as record:
        stored = record.article_of(key)
        reading = record.reading(stored.key)
    layout = formatter(style.name, width=style.width, colour=style.colour, ids=True)
    with standard_output() as output:
        if style.name == "table":
            output.write(f"{stored.key}\n")
        for part in (layout.start(), layout.result(reading), layout.end()):
            output.write(part)
    return 0
