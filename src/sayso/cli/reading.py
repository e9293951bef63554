"""What the verbs that read articles share: which, by what model, and how many at a time."""

import sys
from collections.abc import Callable
from typing import Any

import click

model_option = click.option(
    "--model",
    envvar="SAYSO_MODEL",
    show_envvar=True,
    metavar="NAME",
    help="en, the default, reads best; en-fast is three times as fast, for archives and crawls.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Read N articles at a time.",
)

text_field_option = click.option(
    "--text-field",
    default="text",
    show_default=True,
    metavar="NAME",
    help="The field of a JSON record that holds its text.",
)
title_field_option = click.option(
    "--title-field",
    default="title",
    show_default=True,
    metavar="NAME",
    help="The field of a JSON record that holds its title.",
)
date_option = click.option(
    "--date", metavar="YYYY-MM-DD", help="The day every article was published."
)
publisher_option = click.option("--publisher", help="The publisher of every article.")
max_chars_option = click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    default=1_000_000,
    metavar="N",
    show_default=True,
    help="Refuse longer articles.",
)
quiet_option = click.option("--quiet", is_flag=True, help="No progress bar and no summary.")

_OPTIONS = (
    text_field_option,
    title_field_option,
    click.option("--title", help="The title of every article, whatever it says itself."),
    date_option,
    publisher_option,
    max_chars_option,
    click.option("--allow-private", is_flag=True, help="Fetch from private addresses too."),
    model_option,
    jobs_option,
    quiet_option,
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options `model`, `jobs`, `quiet` and those of `sayso.intake.Options`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def given(inputs: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs to read: those named, else standard input. Raises a usage error at a terminal."""
    if not inputs and (sys.stdin is None or sys.stdin.isatty()):
        raise click.UsageError(
            "Nothing to read: name a file, a folder or an address, or pipe text in."
        )
    return inputs or ("-",)
