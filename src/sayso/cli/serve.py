"""`sayso serve`: the record in a browser."""

import os
import secrets
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.reading import model_option
from sayso.cli.record import db_option, default_path, login
from sayso.errors import ModelError, UsageError
from sayso.room.settings import PORT

if TYPE_CHECKING:
    from sayso.reader.models import Model
    from sayso.room.settings import Settings


EXAMPLES = """\
\b
Examples:
  sayso serve
  sayso serve --db desk.db --port 9000
  sayso serve --host 0.0.0.0 --token "Ida Marsh" --token "Ben Okoro"
"""


class _Person(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions only
    """`NAME`, for whom a token is made, or `NAME=TOKEN`."""

    name = "person"
    envvar_list_splitter = ","

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        name, _, token = str(value).partition("=")
        if not name.strip():
            self.fail(f"{value!r} names nobody: write NAME, or NAME=TOKEN", param, ctx)
        return name.strip(), token.strip() or secrets.token_urlsafe(24)


port_option = click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="Where to listen; 0 for any port that is free.",
)


@click.command("serve", epilog=EXAMPLES)
@db_option
@port_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Listen at this address of the machine. At any but its own, all need a token.",
)
@click.option(
    "--token",
    "people",
    type=_Person(),
    multiple=True,
    envvar="SAYSO_TOKEN",
    show_envvar=True,
    metavar="NAME[=TOKEN]",
    help="Let this person in, and nobody without a token; may be given again. Without TOKEN one "
    "is made for this time.",
)
@click.option(
    "--url",
    metavar="ADDRESS",
    help="Where browsers find the room, if elsewhere, as behind a proxy: https://room.example",
)
@model_option
def command(
    *,
    path: Path | None,
    port: int,
    host: str,
    people: Sequence[tuple[str, str]],
    url: str | None,
    model: str | None,
) -> int:
    """Open the reading room: the record in a browser, until Ctrl-C.

    It is there for this machine alone, unless --host says otherwise: then everybody who comes in
    needs a token, and each has a link of their own, which is told here.

    Exit status: 0 it was closed, 1 it can't be opened, 2 the call was wrong.
    """
    check_installed()
    from sayso.room.settings import Settings, is_loopback

    if not people and not is_loopback(host):
        people = [(login(), secrets.token_urlsafe(24))]
    tokens = dict(people)
    if len(tokens) < len(people):
        raise UsageError("a person has two tokens: give each name once")
    settings = Settings(
        record=path or default_path(),
        model=chosen(model).name,
        host=host,
        port=port,
        url=url,
        tokens=tokens,
    )
    return open_room(settings)


def open_room(settings: "Settings", *, browser: bool = False) -> int:
    """Serve the room until it is ended, and tell where it is."""
    from sayso.room.serving import serve

    serve(settings, ready=lambda opened: _tell(opened, browser=browser))
    return 0


def chosen(name: str | None) -> "Model":
    """The model to read by. A name that no model has is a wrong call."""
    from sayso.reader.models import model

    try:
        return model(name)
    except ModelError as error:
        if name is None:
            raise
        raise UsageError(error.message) from error


def check_installed() -> None:
    """Raises UsageError where the room's own dependencies aren't there."""
    if any(find_spec(name) is None for name in ("fastapi", "jinja2", "uvicorn")):
        raise UsageError("the reading room needs more than is installed: pip install 'sayso[room]'")


def _tell(settings: "Settings", *, browser: bool) -> None:
    """Where the room is; each person's link, which whoever has it comes in by."""
    click.echo(f"The reading room is at {settings.origin} (Ctrl-C closes it)", err=True)
    for name, token in settings.tokens.items():
        click.echo(f"  {name}: {settings.origin}/enter?token={token}", err=True)
    if browser and _has_screen():
        import threading
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(settings.origin,), daemon=True).start()


def _has_screen() -> bool:
    """Whether a browser would have a window: without one it would take over the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
