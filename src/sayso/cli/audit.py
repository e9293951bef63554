"""`sayso audit`: articles of the record → who is heard → a format."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.looks import look
from sayso.cli.output import Output, file_output, standard_output
from sayso.cli.record import db_option, opened

if TYPE_CHECKING:
    from sayso.record.audit import Audit

FORMATS = ("table", "csv", "json", "html")

EXAMPLES = """\
\b
Examples:
  sayso audit 3f9a2c
  sayso audit --outlet "The Remembrancer" --from 2026-01-01 --format html --out audit.html
  sayso audit --section politics --by party --format csv > parties.csv
"""


@click.command("audit", epilog=EXAMPLES)
@click.argument("articles", nargs=-1, metavar="[KEY]...")
@db_option
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Printed by NAME.")
@click.option("--section", "sections", multiple=True, metavar="NAME", help="In section NAME.")
@click.option("--from", "since", metavar="YYYY-MM-DD", help="Printed on this day or later.")
@click.option("--to", "until", metavar="YYYY-MM-DD", help="Printed on this day or earlier.")
@click.option("--by", metavar="COLUMN", help="Group speakers by this column of imported people.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, metavar="N",
    help="List N of each.",
)  # fmt: skip
@click.option(
    "--format", "name", type=click.Choice(FORMATS),
    help="Default: html for a FILE that ends so, table in a terminal, json into a pipe.",
)  # fmt: skip
@click.option("--no-plots", is_flag=True, help="Leave the plots out of html.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
def command(
    *,
    articles: tuple[str, ...],
    path: Path | None,
    outlets: tuple[str, ...],
    sections: tuple[str, ...],
    since: str | None,
    until: str | None,
    by: str | None,
    limit: int,
    name: str | None,
    no_plots: bool,
    out: Path | None,
    force: bool,
) -> int:
    """Who is quoted and how much, who is talked about and not heard, where nobody is named.

    Of the articles with each KEY, else of all in the record that fit the filters. An article that
    is not in the record has to be added first: see sayso add.

    Exit status: 0 done, 1 the record can't be read or FILE not written, 2 the call was wrong.
    """
    from sayso.record.audit import Scope

    if name is None and out is not None:
        name = _of_file(out)
    scope = Scope(articles=articles, outlets=outlets, sections=sections, since=since, until=until)
    shown = _layout(name, plots=not no_plots, to_file=out is not None)
    with opened(path) as record:
        audit = record.audit(scope, by=by, limit=limit)
    text = shown(audit)
    with _output(out, force=force) as output:
        output.write(text)
    return 0


def _of_file(out: Path) -> str:
    endings = {".html": "html", ".htm": "html", ".csv": "csv", ".json": "json", ".txt": "table"}
    if out.suffix.lower() not in endings:
        raise click.UsageError(f"the ending of {out} tells no format: give --format.")
    return endings[out.suffix.lower()]


def _layout(name: str | None, *, plots: bool, to_file: bool) -> "Callable[[Audit], str]":
    from sayso.record.audit import text

    style = look(name, piped="json")
    if style.name == "html":
        from sayso.record.audit.page import as_html

        return lambda audit: as_html(audit, plots=plots)
    if style.name == "table":
        colour = style.colour and not to_file
        return lambda audit: text.as_table(audit, width=style.width, colour=colour)
    return text.as_csv if style.name == "csv" else text.as_json


def _output(out: Path | None, *, force: bool) -> AbstractContextManager[Output]:
    return standard_output() if out is None else file_output(out, force=force)
