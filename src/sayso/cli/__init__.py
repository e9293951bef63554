"""The command `sayso`: wiring only; what it does is done in the other rooms."""

import io
import sys
from collections.abc import Sequence

import click

from sayso import __version__
from sayso.cli import (
    add,
    amend,
    articles,
    audit,
    batch,
    check,
    correct,
    demo,
    export,
    people,
    query,
    read,
    same,
    schema,
    search,
    serve,
    timeline,
    upkeep,
)
from sayso.cli.output import PipeClosed, abandon_standard_output
from sayso.errors import OutputError, SaysoError

INTERRUPTED = 130
"""The exit status of a command that its user stops, as shells have it: 128 + SIGINT."""
PIPE_CLOSED = 141
"""The exit status when nobody takes the output any more: 128 + SIGPIPE."""


def _show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from sayso.reader.models import default_model

        click.echo(f"sayso {__version__}, model {default_model()}")
        context.exit()


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try: sayso read story.txt",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Print the version and the model, and exit.",
)
def app() -> None:
    """Read news: who said what, to whom, where, when, on whose say-so?"""


for command in (
    read.command,
    add.command,
    articles.articles,
    articles.show,
    search.command,
    check.command,
    timeline.command,
    audit.command,
    people.command,
    correct.command,
    correct.corrections,
    amend.command,
    batch.command,
    query.command,
    same.command,
    export.command,
    serve.command,
    demo.command,
    upkeep.reread,
    upkeep.forget,
    upkeep.fsck,
    upkeep.backup,
    upkeep.stats,
    schema.command,
):
    app.add_command(command)


def main() -> None:
    """The entry point of `sayso` and of `python -m sayso`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0 all read, 1 some not, 2 a wrong call."""
    _speak_utf8()
    try:
        return int(app.main(list(arguments), prog_name="sayso", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except PipeClosed:
        return PIPE_CLOSED
    except SaysoError as error:
        click.echo(f"Error: {error}", err=True)
        return error.exit_status
    except OSError as error:  # help or version onto a full disk
        abandon_standard_output()
        click.echo(f"Error: {error}", err=True)
        return OutputError.exit_status


def _speak_utf8() -> None:
    """Standard output is UTF-8 with "\\n" whatever the locale, for help as for data."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
