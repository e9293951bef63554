"""What the verbs on a record share: which file, and who does something to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sayso.record import Record

F = TypeVar("F", bound=Callable[..., Any])


def named_db(default: str) -> Callable[[F], F]:
    """`--db`, which gives the command `path`; `default` is the file that is told in its place."""
    return click.option(
        "--db",
        "path",
        type=click.Path(path_type=Path),
        envvar="SAYSO_DB",
        show_envvar=True,
        metavar="FILE",
        help=f"The record. Default: {default} in the user's data folder.",
    )


db_option = named_db("record.db")
"""Gives the command `path`: hand it to `opened`."""

who_option = click.option(
    "--who",
    envvar="SAYSO_WHO",
    show_envvar=True,
    metavar="NAME",
    callback=lambda _context, _option, name: name or login(),
    help="Who decides this. Default: the login name.",
)
"""Gives the command `who`, which is never empty."""


def default_path() -> Path:
    """Where the record is if nobody says where."""
    from platformdirs import user_data_path

    return user_data_path("sayso", appauthor=False) / "record.db"


@contextmanager
def opened(path: Path | None, *, write: bool = False, create: bool = False) -> "Iterator[Record]":
    """The record to work with, for reading unless `write`; made where it isn't if `create`.

    The errors of its connection are ours.
    """
    from sayso.record import Record
    from sayso.record.database import mapped

    with (
        Record(path or default_path(), read_only=not write, create=create) as record,
        mapped(record.path),
    ):
        yield record


def login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in this system, as in some containers
        return "somebody"
