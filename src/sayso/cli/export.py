"""`sayso export`: the record → a lake."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.lake import check_installed
from sayso.cli.record import db_option, opened
from sayso.formats.plain import count

if TYPE_CHECKING:
    from sayso.lake.manifest import Lake
    from sayso.lake.taking import Offer, Taken
    from sayso.record import Record


@click.command("export", epilog="Example: sayso export --db desk.db --to lake")
@db_option
@click.option(
    "--to", "address", required=True, metavar="LAKE", help="The lake, or where to make one."
)
def command(*, path: Path | None, address: str) -> int:
    """Put what the record holds into a lake, corrections and all.

    Earlier versions of articles are left out. The same command again brings the lake up to date:
    only months in which something has changed are written, and take the place of what the lake had
    from this record, which is known by its path. A lake has the readings of one model: articles
    that another one has read are left out and counted.

    Exit status: 0 all are in the lake, 1 some are not, 2 the call was wrong, 3 somebody else is
    writing to the lake.
    """
    check_installed()
    from sayso.lake.lock import alone
    from sayso.lake.taking import elsewhere, take

    with opened(path) as record:
        models = record.by_model()
        lake = _lake_for(address, next(iter(models), None))
        if lake is None:
            click.echo("the record is empty: nothing to export", err=True)
            return 0
        source = str(record.path.resolve())
        with alone(lake.store):
            entries = lake.entries(replaced=True)
            _tell(take(lake, source, _offers(record, lake.model), entries))
        _tell_of_others(elsewhere(source, entries))
    left = sum(number for model, number in models.items() if model != lake.model)
    if left:
        click.echo(
            f"{count(left, 'article')} left out, which another model has read than the lake's, "
            f"{lake.model}: sayso reread --model {lake.model} reads them",
            err=True,
        )
    return 1 if left else 0


def _lake_for(address: str, model: str | None) -> "Lake | None":
    """The lake that is there, else a new one for this model's readings; None without a model."""
    from sayso.lake.manifest import Lake, is_lake
    from sayso.lake.store import Store

    if is_lake(address):
        return Lake.open(Store(address))
    return None if model is None else Lake.create(Store(address), model)


def _offers(record: "Record", model: str) -> "Iterator[Offer]":
    from sayso.lake.taking import Offer

    for month in record.months(model):
        yield Offer(month.month, month.state, record.month_readings(month))


def _tell(months: "Iterator[Taken]") -> None:
    written = same = articles = statements = 0
    for taken in months:
        if taken.is_new:
            written += 1
            articles += taken.entry.articles
            statements += taken.entry.statements
        else:
            same += 1
    new = f"{count(articles, 'article')}, {count(statements, 'statement')}"
    parts = [f"written: {new} in {count(written, 'month')}"] if written else []
    parts += [f"as before: {count(same, 'month')}"] if same else []
    click.echo("; ".join(parts) or "nothing is in it", err=True)


def _tell_of_others(others: int) -> None:
    if others:
        click.echo(
            f"{count(others, 'article')} of the lake came from elsewhere: what the record took of "
            "them is there twice now, so export into a lake of its own",
            err=True,
        )
