"""`sayso search`: words and filters → hits → a format."""

from pathlib import Path
from typing import Any

import click

from sayso.cli.looks import FORMATS, format_option, look
from sayso.cli.output import standard_output
from sayso.cli.record import db_option, opened
from sayso.formats.plain import count, one_line

EXAMPLES = """\
\b
Examples:
  sayso search bridge safe
  sayso search '"the bridge is safe" OR crossing*' --by "Ida Marsh" --from 2026-03-01
  sayso search toll --about "Fen Council" --type direct --format csv > toll.csv
"""


@click.command("search", epilog=EXAMPLES)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@db_option
@click.option("--by", multiple=True, metavar="NAME", help="Said by NAME. Again for more.")
@click.option("--about", multiple=True, metavar="NAME", help="About NAME. Again for more.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Printed by NAME.")
@click.option("--from", "since", metavar="YYYY-MM-DD", help="On this day or later.")
@click.option("--to", "until", metavar="YYYY-MM-DD", help="On this day or earlier.")
@click.option(
    "--dates",
    type=click.Choice(["printed", "said"]),
    default="printed",
    show_default=True,
    help="Of what --from and --to are days; said leaves out what has no date of saying.",
)
@click.option(
    "--type", "types", multiple=True, type=click.Choice(["direct", "mixed", "indirect"]),
    help="In the speaker's words, in part, or in the report's. Again for more.",
)  # fmt: skip
@click.option(
    "--said/--thought",
    default=None,
    help="Only speech and writing, or only thoughts. Default: both.",
)
@click.option("--unnamed", is_flag=True, help="Only where nobody is named.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="P",
    help="Leave out statements less sure than P, from 0 to 1.",
)  # fmt: skip
@click.option("--versions", is_flag=True, help="Articles that a later version supersedes as well.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N",
    help="Show N hits.",
)  # fmt: skip
@click.option("--page", metavar="TOKEN", help="Go on from where an earlier page ended.")
@format_option(FORMATS)
def command(
    *,
    words: tuple[str, ...],
    path: Path | None,
    limit: int,
    page: str | None,
    name: str | None,
    **filters: Any,  # the fields of `sayso.record.filters.Filters`
) -> int:
    """Find statements in the record by the words of what was said, or of its cue.

    WORDS are words that must all be there, "words in a row", words that begin so* and AND, OR and
    NOT in capitals, with ( and ). Case, accents and kinds of quotation marks make no difference.
    What can't be understood so is a wrong call. Without WORDS, what fits the filters is shown, the
    newest first.

    Exit status: 0 done, whether or not anything was found, 1 the record can't be read, or has no
    such outlet or person, 2 the call was wrong.
    """
    from sayso.record.filters import Filters
    from sayso.record.shown import hits

    style = look(name)
    with opened(path) as record:
        asked, wanted = " ".join(words), Filters(**filters)
        found = record.search(asked, wanted, limit=limit, page=page)
        others = record.namesakes(wanted.by, asked, wanted)
        nowhere = [] if found.matched or page else record.nowhere(asked)
        called = record.bearing(asked) if asked and not page else []
    with standard_output() as output:
        output.write(hits(found.hits, style.name, width=style.width, colour=style.colour))
    told = count(found.matched, "hit")
    if not found.complete:
        told = (
            f"more than {told}: only those added last are ranked; narrow the search to see others"
        )
    click.echo(told, err=True)
    known = [
        f"{each.person} is in the record, with {count(each.statements, 'statement')}"
        for each in called
    ]
    for hint in [*others, *nowhere, *known]:
        click.echo(one_line(str(hint), 200), err=True)
    if found.next:
        click.echo(f"next page: --page {found.next}", err=True)
    return 0
