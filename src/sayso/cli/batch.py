"""`sayso batch`: inputs → shards → a lake."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sayso.cli.output import unused_output
from sayso.cli.progress import counted, drawn
from sayso.cli.reading import (
    date_option,
    max_chars_option,
    model_option,
    publisher_option,
    quiet_option,
    text_field_option,
    title_field_option,
)
from sayso.cli.serve import chosen
from sayso.errors import BatchError, SaysoError, UsageError

if TYPE_CHECKING:
    from sayso.batch.progress import Progress
    from sayso.batch.run import Plan, Summary
    from sayso.batch.setting import Setting
    from sayso.intake import Options
    from sayso.lake.store import Store

_PERIOD = 0.5
_LINES = 30.0
"""Seconds between two lines of progress where nothing can be drawn over."""
_PLANNING = "planning"

EXAMPLES = """\
\b
Examples:
  sayso batch archive/ --out lake --model en-fast
  sayso batch "crawl/*.warc.gz" --out lake --dry-run
  sayso batch s3://news/2026/ --out s3://lakes/2026 --ray head.example:6379
"""


@click.command("batch", epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--out",
    "address",
    required=True,
    metavar="LAKE",
    help="The lake to read into: a folder or an address of a store. It is made if need be.",
)
@click.option(
    "--ray",
    metavar="ADDRESS",
    help="Read on this Ray cluster, and not on the cores of this machine.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Read the first N rows only."
)
@click.option(
    "--accept-failures",
    is_flag=True,
    help="End with 0 though some were not read, where any was: for schedulers of crawls.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be read and how long it would take.")
@text_field_option
@title_field_option
@date_option
@publisher_option
@max_chars_option
@model_option
@quiet_option
def command(
    *,
    inputs: tuple[str, ...],
    address: str,
    ray: str | None,
    limit: int | None,
    accept_failures: bool,
    dry_run: bool,
    model: str | None,
    quiet: bool,
    **of_articles: Any,  # fields of `sayso.intake.Options`
) -> int:
    """Read many articles into a lake: a folder of Parquet files.

    An INPUT is a file of JSON Lines, Parquet, WARC, HTML or text, a folder, a pattern such as
    "*.jsonl", or an address of a store (s3://…, gs://…, az://…, hf://…). Each input row becomes
    one row of the lake's articles, or one of its failures.

    The same command again goes on where it was ended, and adds nothing that is there.

    Exit status: 0 all were read, 1 some were not and are in failures, 2 the call was wrong, 3 the
    run is not whole: give the command again.
    """
    check_installed()
    from sayso.batch import run
    from sayso.intake import Options
    from sayso.lake.lock import alone
    from sayso.lake.manifest import Lake
    from sayso.lake.store import Store

    setting, by = setting_of(model, Options(sift=True, **of_articles))
    store = Store(absolute(address))
    if dry_run:
        with _not_whole():
            lake = Lake.create(store, by) if _is_lake(store) else None
            _tell_plan(run.plan(inputs, setting, lake, limit), setting)
        return 0
    with unused_output(), _not_whole() as began, _shown(began, quiet=quiet) as show:
        plan = None if _is_lake(store) else run.plan(inputs, setting, None, limit)
        lake = Lake.create(store, by)  # which a wrong call does not make
        with alone(store):
            if plan is None or lake.finished():
                plan = run.plan(inputs, setting, lake, limit)
            summary = run.run(plan, setting, lake, show, ray=ray)
    if not quiet:
        _tell(summary)
    accepted = accept_failures and summary.articles > 0
    return 1 if summary.failures and not accepted else 0


def _is_lake(store: "Store") -> bool:
    """Whether the lake is there already. Raises NoLake where something else is."""
    from sayso.lake.manifest import check_free, is_lake

    if is_lake(store.address):
        return True
    check_free(store)
    return False


@contextmanager
def _not_whole() -> Iterator["list[Progress]"]:
    """How a batch ends that doesn't come to its end; status 1 would say that it did.

    Gives a list for the progress of its reading, once that begins.
    """
    began: list[Progress] = []
    try:
        yield began
    except KeyboardInterrupt:
        _leave(began)
    except SaysoError as error:
        if error.exit_status == 1:
            raise BatchError(error.message) from error
        raise


def _leave(began: "Sequence[Progress]") -> NoReturn:
    """End at once. Threads of Daft's are still at work, which the interpreter's end would break."""
    from sayso.cli import INTERRUPTED

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):  # nobody may be there any more to be told
        sys.stderr.write(f"\nEnded: {_finished(began)}.\n")
        sys.stderr.flush()
    os._exit(INTERRUPTED)


def _finished(began: "Sequence[Progress]") -> str:
    if not began:
        return "nothing was read, and the same command begins again"
    done, todo = began[-1].shards_done, counted(began[-1].shards, "shard")
    return f"{done:,} of {todo} to read went into the lake, and the same command goes on"


def setting_of(model: str | None, options: "Options") -> "tuple[Setting, str]":
    """How to read, and the name that the model's readings have. Raises UsageError."""
    from sayso.batch.setting import Setting

    by = chosen(model)
    return Setting(model=by.name, id=by.id, options=options), by.id


def check_installed() -> None:
    """Raises UsageError where what a batch needs isn't there."""
    if any(find_spec(name) is None for name in ("daft", "pyarrow")):
        raise UsageError("a batch needs more than is installed: pip install 'sayso[scale]'")


def absolute(address: str) -> str:
    """The lake's address wherever it is used: workers may be in another folder."""
    from pathlib import Path

    from sayso.intake.sources import is_address

    return address if is_address(address) else str(Path(address).absolute())


def _tell_plan(plan: "Plan", setting: "Setting") -> None:
    from sayso.batch.progress import duration
    from sayso.batch.trial import trial

    todo = len(plan.settled.todo)
    click.echo(
        f"{counted(plan.files, 'file')}: {counted(len(plan.shards), 'shard')}, of which {todo:,} "
        f"{'is' if todo == 1 else 'are'} to be read ({_rows(plan)}{plan.bytes / 1e6:,.1f} MB)"
    )
    if plan.settled.stale:
        click.echo(f"{counted(len(plan.settled.stale), 'older shard')} would be replaced")
    told = trial(plan.settled.todo, setting)
    if told is not None:
        rows = f" for about {counted(told.rows, 'row')}" if plan.rows is None else ""
        click.echo(
            f"About {duration(told.seconds)} on this machine{rows}, at {told.speed:,.0f} words/s, "
            "by a sample"
        )


def _rows(plan: "Plan") -> str:
    """What is known of rows before anything is read: those of archives aren't."""
    known, uncounted = plan.counted()
    if not uncounted:
        return f"{counted(known, 'row')}, "
    archives = f"{counted(uncounted, 'archive')} whose rows are not counted, "
    return f"{counted(known, 'row')}, {archives}" if known else archives


def _tell(summary: "Summary") -> None:
    parts = [
        counted(summary.articles, "article"),
        counted(summary.statements, "statement"),
        f"{summary.failures:,} failed",
        counted(summary.new, "new shard") if summary.new else "no new shards",
    ]
    click.echo(", ".join(parts), err=True)


@contextmanager
def _shown(waiting: "list[Progress]", *, quiet: bool) -> Iterator[Any]:
    """Draws the progress on a terminal, and else tells it in a line now and then.

    Until there is one in `waiting`, the inputs are being planned.
    """
    if quiet or sys.stderr is None:
        yield waiting.append
        return
    done = threading.Event()
    show = _draw if sys.stderr.isatty() else _tell_now_and_then
    thread = threading.Thread(target=show, args=(waiting, done), daemon=True)
    thread.start()
    try:
        yield waiting.append
    finally:
        done.set()
        thread.join()


def _draw(waiting: "list[Progress]", done: threading.Event) -> None:
    with drawn() as bar:
        task = bar.add_task(_PLANNING, total=1.0)
        while not done.wait(_PERIOD):
            for progress in waiting[-1:]:
                bar.update(task, completed=progress.share, description=progress.told(left=False))


def _tell_now_and_then(waiting: "list[Progress]", done: threading.Event) -> None:
    begun = time.monotonic()
    while not done.wait(_LINES):
        told = waiting[-1].told() if waiting else _PLANNING
        click.echo(f"{time.monotonic() - begun:,.0f} s: {told}", err=True)
