"""Anything in, articles out: text, JSON Lines and HTML, from files, folders and the web."""

import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.errors import InputError, Unreadable
from sayso.intake import sources
from sayso.intake.accept import accept
from sayso.intake.options import Options
from sayso.types import Article, Failure

__all__ = ["Options", "accept", "articles"]

_DEFAULTS = Options()


def articles(
    inputs: Iterable[str], options: Options = _DEFAULTS, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """The articles of all inputs, in order, as they are read.

    An input is a file, a folder (read with the folders in it: .txt, .text, .md, .html, .htm,
    .jsonl, .ndjson, .warc and .warc.gz, nothing hidden), a glob, an http or https address, or
    `-` for standard input (`stdin` takes its place). Files by their ending and all else by its
    beginning are JSON Lines, WARC, HTML or plain text. Every input gives at least one result:
    what can't be read gives a Failure in its place, and the rest go on.
    """
    for name in inputs:
        yield from _input(name, options, stdin)


def _standard_input(stdin: BinaryIO | None, options: Options) -> Iterator[Article | Failure]:
    if stdin is None and sys.stdin is None:  # as under pythonw, or after <&-
        yield Failure(Unreadable("standard input is closed"), input="-")
        return
    try:
        yield from sources.from_stream(stdin or sys.stdin.buffer, "-", options)
    except OSError as error:  # a folder, say
        yield Failure(sources.unreadable("-", error), input="-")


def _input(name: str, options: Options, stdin: BinaryIO | None) -> Iterator[Article | Failure]:
    if name == "-":
        yield from _standard_input(stdin, options)
    elif sources.is_address(name):
        yield sources.at_address(name, options)
    else:
        try:
            found = sources.paths(name)
        except InputError as error:
            yield Failure(error, input=sources.shown(name))
            return
        for path in found:
            yield from sources.at_path(path, options)
