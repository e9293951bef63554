"""How many results inputs will give, for those who want to know how long it will take."""

import os
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from sayso.errors import InputError
from sayso.intake import sources
from sayso.types import Failure

_BLOCK = 1 << 20


def counts(inputs: Iterable[str]) -> Iterator[int | None]:
    """Numbers that add up to the results of `articles`, as they are found.

    None stands for what can't be told beforehand: standard input, a pipe, a file whose ending
    doesn't tell its kind. Blank lines among records count too. Nothing is decoded or fetched.
    """
    for name in inputs:
        if name == "-":
            yield None
        elif sources.is_address(name):
            yield 1
        else:
            yield from _named(name)


def _named(name: str) -> Iterator[int | None]:
    try:
        found = sources.paths(name)
    except InputError:
        yield 1
        return
    for path in found:
        if os.path.isdir(path):
            for file in sources.files(path):
                yield from (1,) if isinstance(file, Failure) else _file(file)
        else:
            yield from _file(path)


def _file(path: str) -> Iterator[int | None]:
    ending = PurePath(path).suffix.lower()
    if ending in sources.RECORDS and os.path.isfile(path):
        yield from _lines(path)
    else:
        yield 1 if ending in sources.PAGES | sources.TEXTS else None


def _lines(path: str) -> Iterator[int]:
    try:
        with open(path, "rb") as stream:
            last = b"\n"
            while block := stream.read(_BLOCK):
                yield block.count(b"\n")
                last = block[-1:]
            yield int(last != b"\n")
    except OSError:  # which its reading will tell
        yield 1
