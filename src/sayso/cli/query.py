"""`sayso query`: SQL → a lake → rows."""

import click

from sayso.cli.lake import open_lake
from sayso.cli.looks import format_option, look
from sayso.cli.output import standard_output
from sayso.errors import UsageError
from sayso.lake.shown import FORMATS, shown

EXAMPLES = """\
\b
Examples:
  sayso query lake "DESCRIBE statements"
  sayso query lake "SELECT unnest(speakers).name AS who, count(*) AS times FROM statements
    GROUP BY who ORDER BY times DESC LIMIT 20"
  sayso query lake "SELECT * FROM statements WHERE month = '2026-03'" --format csv > march.csv
"""


@click.command("query", epilog=EXAMPLES)
@click.argument("address", metavar="LAKE")
@click.argument("sql", nargs=-1, required=True, metavar='"SQL"')
@format_option(FORMATS)
def command(*, address: str, sql: tuple[str, ...], name: str | None) -> int:
    """Ask a lake in SQL, as DuckDB has it.

    LAKE is a folder, or the address of a store, as sayso batch or sayso export made it. Its tables
    are articles, statements and failures; each has a column month, and is read quicker where a
    query names one. Nothing is changed by a query, and no other file is read.

    Exit status: 0 done, 1 the lake can't be read, 2 there is no lake, or the query is wrong.
    """
    if len(sql) > 1:
        raise UsageError(
            "the query is in several pieces: put it between quotation marks, as in "
            f'sayso query {address} "DESCRIBE articles"'
        )
    lake = open_lake(address)
    from sayso.lake.query import asked

    style = look(name)
    with asked(lake, sql[0]) as answer, standard_output() as output:
        for part in shown(answer, style.name, width=style.width, colour=style.colour):
            output.write(part)
    if not lake.finished():
        click.echo(f"the lake {address} is empty: nothing has been finished in it yet", err=True)
    return 0
