"""`sayso demo`: the bundled reports in the reading room."""

import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

import click

from sayso.cli.reading import model_option
from sayso.cli.record import default_path, named_db, opened
from sayso.cli.serve import check_installed, chosen, open_room, port_option
from sayso.errors import SaysoError


@click.command("demo")
@named_db("demo.db")
@port_option
@click.option("--no-open", is_flag=True, help="Don't open a browser: tell the address alone.")
@model_option
def command(*, path: Path | None, port: int, no_open: bool, model: str | None) -> int:
    """Open the reading room on a record of twelve reports about nobody, until Ctrl-C.

    The record is kept: the next time nothing needs to be read.

    Exit status: 0 it was closed, 1 it can't be opened, 2 the call was wrong.
    """
    check_installed()
    from sayso.room.settings import Settings

    found = chosen(model)
    record = path or default_path().with_name("demo.db")
    with as_file(files("sayso.demo") / "reports.jsonl") as reports:
        if _unread(reports, record, found.id):
            click.echo("Reading twelve reports, which is done once …", err=True)
            _add(reports, record, found.name)
    settings = Settings(record=record, model=found.name, port=port, demo=True)
    return open_room(settings, browser=not no_open)


def _unread(reports: Path, record: Path, model: str) -> bool:
    from sayso.intake import articles
    from sayso.types import Article

    with opened(record, write=True, create=True) as kept:
        found = [item for item in articles([str(reports)]) if isinstance(item, Article)]
        return any(kept.known(article, model) is None for article in found)


def _add(reports: Path, record: Path, model: str) -> None:
    """By the command itself: the model then leaves with its process."""
    call = ("add", str(reports), "--db", str(record), "--model", model, "--quiet")
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "sayso", *call], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise SaysoError(f"the reports could not be read into {record}")
