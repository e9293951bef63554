"""`sayso amend`: title, outlet and day of an article, put right by a person."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.people import write_found
from sayso.cli.record import db_option, opened, who_option
from sayso.formats.plain import one_line

if TYPE_CHECKING:
    from sayso.record.amending import Amendment

_SHOWN = 160
_LABELS = {"title": "title", "publisher": "outlet", "date": "day"}

EXAMPLES = """\
\b
Examples:
  sayso amend 3f9a2c --date 2026-03-12
  sayso amend 3f9a2c --title "Bridge is safe, says surveyor" --publisher "The Lantern"
"""


@click.command("amend", epilog=EXAMPLES)
@click.argument("key", metavar="KEY")
@db_option
@click.option("--title", metavar="WORDS", help="The article's title.")
@click.option("--publisher", metavar="NAME", help="Who printed it.")
@click.option("--date", metavar="YYYY-MM-DD", help="When it was printed.")
@who_option
def command(
    *,
    key: str,
    path: Path | None,
    title: str | None,
    publisher: str | None,
    date: str | None,
    who: str,
) -> int:
    """Correct the title, outlet or day of printing of an article in the record.

    KEY is as for sayso show. What is not given stays, and "" means that it is not known. By
    another day, "yesterday" is another day as well; nothing is read anew. To take it back, amend
    it to what it was.

    Exit status: 0 done, 1 the record can't be written, 2 a wrong call, or no such article.
    """
    if title is None and publisher is None and date is None:
        raise click.UsageError("Say what is to change: --title, --publisher or --date.")
    with opened(path, write=True) as record:
        made = record.amend(key, title=title, publisher=publisher, date=date, who=who)
    write_found(None, [made], _told, lambda amendment: amendment.to_dict())
    return 0


def _told(made: "Amendment") -> str:
    changes = "; ".join(
        f"{_LABELS[name]}: {_value(made.after[name])}, was {_value(made.before[name])}"
        for name in made.after
    )
    return f"{made.article}  {changes}"


def _value(value: str | None) -> str:
    return "not known" if value is None else one_line(value, _SHOWN)
