"""`sayso timeline`: a name → sayings by day → a format."""

from pathlib import Path

import click

from sayso.cli.looks import FORMATS, format_option, look
from sayso.cli.output import standard_output
from sayso.cli.record import db_option, opened
from sayso.formats.plain import count, one_line

EXAMPLES = """\
\b
Examples:
  sayso timeline "Ida Marsh"
  sayso timeline Marsh --about 'bridge OR crossing' --from 2026-01-01 --format csv > marsh.csv
"""


@click.command("timeline", epilog=EXAMPLES)
@click.argument("name_of", metavar="NAME")
@db_option
@click.option("--about", default="", metavar="WORDS", help="Only what holds WORDS, as for search.")
@click.option("--from", "since", metavar="YYYY-MM-DD", help="Said on this day or later.")
@click.option("--to", "until", metavar="YYYY-MM-DD", help="Said on this day or earlier.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=100, show_default=True, metavar="N",
    help="Show the first N sayings.",
)  # fmt: skip
@format_option(FORMATS)
def command(
    *,
    name_of: str,
    path: Path | None,
    about: str,
    since: str | None,
    until: str | None,
    limit: int,
    name: str | None,
) -> int:
    """What NAME said, by the day it was said, each saying once with the outlets that printed it.

    NAME is a full name, an alias, the number of an entry, or a surname that only one entry has.
    Where the day of saying is not known, the day of printing stands, marked so. What somebody is
    only said to think, or is said not to have said, is left out.

    Exit status: 0 done, 1 the record can't be read, or nobody is called so, 2 the call was wrong.
    """
    from sayso.record.namesakes import Span
    from sayso.record.shown import timeline

    style = look(name)
    with opened(path) as record:
        line = record.timeline(name_of, about=about, since=since, until=until, limit=limit)
        others = record.namesakes([name_of], about, span=Span(since, until))
    with standard_output() as output:
        output.write(timeline(line, style.name, width=style.width, colour=style.colour))
    who = one_line(", ".join(line.names), 200)
    click.echo(f"{who}: {count(len(line.sayings), 'saying')}", err=True)
    for other in others:
        click.echo(one_line(str(other), 200), err=True)
    if not line.complete:
        click.echo("Too much to look at all of it: give --from, --to or other words.", err=True)
    if line.more:
        click.echo(f"there are more: --from {line.more}", err=True)
    return 0
