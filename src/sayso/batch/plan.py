"""Inputs to pieces: the same inputs give the same pieces, in the order in which they are read."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from itertools import chain, pairwise, takewhile
from typing import BinaryIO

from sayso.batch import records, stores
from sayso.batch.shards import BYTES, ROWS, Kind, Piece
from sayso.batch.stores import Found
from sayso.errors import BatchError, InputError, UsageError
from sayso.intake import Options, jsonl, parquet, sources
from sayso.lake.manifest import is_lake
from sayso.types import Failure

_BLOCK = 1 << 20
_BOM = b"\xef\xbb\xbf"
_WARC = b"WARC/1."
_LOOKING = 16
"""Files of stores that are looked through at a time."""
_READ_OF_FOLDERS = (
    f"of a folder what ends in {', '.join(sorted(stores.ENDINGS))} is read, and nothing that is in "
    "a lake"
)


def found(inputs: Iterable[str], out: str | None = None) -> Iterator[Found]:
    """The files that the inputs name, as `sayso read` finds them; each once, by whatever names.

    What is in `out`, the lake that is read into, is no input, nor is another lake in a folder.

    Raises UsageError where an input names nothing at all, or the lake itself.
    """
    seen: set[str] = set()
    lake = None if out is None else stores.identity(out)
    for name in inputs:
        if lake is not None and _is_within(stores.identity(name), lake):
            raise UsageError(f"{name} is the lake that is read into, or in it: name the inputs")
        for each in _named(name):
            at = each.address
            if at not in seen and not (lake is not None and _is_within(at, lake)):
                seen.add(at)
                yield each


def _is_within(identity: str, folder: str) -> bool:
    base = folder.rstrip("/\\")
    return identity.startswith(base) and identity[len(base) : len(base) + 1] in ("", "/", os.sep)


def _named(name: str) -> Iterator[Found]:
    if name.startswith(stores.FILES):
        here = _here(name.removeprefix(stores.FILES))
        return (replace(each, name=stores.FILES + each.name) for each in here)
    return _elsewhere(name) if stores.is_elsewhere(name) else _here(name)


def _here(name: str) -> Iterator[Found]:
    if name == "-":
        raise UsageError("a batch reads files, which it can come back to, and no standard input")
    try:
        paths = sources.paths(name)
    except InputError as error:
        raise UsageError(error.message) from error
    for path in paths if paths == [name] else _outside_lakes(paths, name):
        if os.path.isdir(path):
            yield from _folder(path)
        else:
            yield stores.local(path)


def _outside_lakes(paths: Iterable[str], pattern: str) -> list[str]:
    """Those of a pattern's paths that it finds in no lake: what leads into one was meant."""
    in_lake = _lakes_from(os.path.dirname(stores.MAGIC.split(pattern)[0]))
    found = [path for path in paths if not (is_lake(path) or in_lake(os.path.dirname(path)))]
    if not found:
        raise UsageError(f"there is nothing to read at {pattern}: {_READ_OF_FOLDERS}")
    return found


def _lakes_from(root: str) -> Callable[[str], bool]:
    """Tells whether a folder, `root` or one below it, is a lake or in one that is."""

    @cache
    def in_lake(folder: str) -> bool:
        return is_lake(folder) or (len(folder) > len(root) and in_lake(os.path.dirname(folder)))

    return in_lake


def _folder(path: str) -> Iterator[Found]:
    in_lake = _lakes_from(os.path.dirname(os.path.join(path, "")))
    empty = True
    for file in sources.files(path, stores.ENDINGS):
        name = (file.input or path) if isinstance(file, Failure) else file
        if in_lake(os.path.dirname(name)):
            continue
        empty = False
        if isinstance(file, Failure):
            yield Found(stores.identity(name), name, error=file.error.message)
        else:
            yield stores.local(file)
    if empty:
        raise UsageError(f"{sources.shown(path)} holds no file to read: {_READ_OF_FOLDERS}")


def _elsewhere(address: str) -> Iterator[Found]:
    from sayso.batch.engine import listed

    files = listed(address)
    if not files:
        raise UsageError(f"there is nothing to read at {address}: {_READ_OF_FOLDERS}")
    for path, size in files:
        yield Found(path, path, size, str(size))


def pieces(files: Iterable[Found], options: Options) -> Iterator[Piece]:
    """What the files are read in, in their order.

    Those of stores, which answer after a while, are looked through several at a time.
    """
    ended = threading.Event()

    def looked_through(file: Found) -> list[Piece]:
        return list(takewhile(lambda _: not ended.is_set(), _pieces(file)))

    waiting: deque[Callable[[], Iterable[Piece]]] = deque()
    pool = ThreadPoolExecutor(_LOOKING)
    try:
        for file in files:
            if stores.is_elsewhere(file.address):
                waiting.append(pool.submit(looked_through, file).result)
            else:
                waiting.append(partial(_pieces, file))
            if len(waiting) > _LOOKING:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()
    finally:  # whoever has enough, or presses Ctrl-C, doesn't wait for the others
        ended.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _pieces(file: Found) -> Iterator[Piece]:
    if file.error is not None:
        yield _whole(file)
        return
    try:
        with stores.opened(file.address) as stream:
            kind = _kind(stream, sources.ending(file.name))
            stream.seek(0)
            yield from _CUTS[kind](file, stream)
    except OSError as error:  # it was there when it was found
        told = sources.unreadable(file.name, error).message
        raise BatchError(f"{told}; give the command again, or leave it out") from error


def _one(file: Found, _stream: BinaryIO) -> Iterator[Piece]:
    yield _whole(file)


def _whole(file: Found) -> Piece:
    """A file that gives one row: a text, a page, or what can't be read."""
    return _piece(file, "file", 0, file.size, rows=1)


def _piece(
    file: Found,
    kind: Kind,
    start: int,
    end: int,
    *,
    bytes: int | None = None,
    rows: int | None = None,
    first: int = 1,
) -> Piece:
    """A stretch of a file, whose size is in `bytes` where start and end don't count them."""
    return Piece(
        kind=kind,
        address=file.address,
        name=file.name,
        stamp=file.stamp,
        start=start,
        end=end,
        bytes=end - start if bytes is None else bytes,
        rows=rows,
        first=first,
    )


def _kind(stream: BinaryIO, suffix: str) -> Kind:
    """By the ending of the name, or else by its beginning, as `sources.from_stream` does it."""
    if suffix in stores.PARQUET:
        return "parquet"
    if suffix in sources.ARCHIVES:
        return "warc"
    if suffix in sources.PAGES | sources.TEXTS:
        return "file"
    head = sources.beginning(stream)
    if suffix in sources.RECORDS or jsonl.looks_like_records(head):
        return "file" if jsonl.is_wide(head) else "lines"
    if head.startswith(_WARC):
        return "warc"
    return "parquet" if head.startswith(parquet.MAGIC) else "file"


def _lines(file: Found, stream: BinaryIO) -> Iterator[Piece]:
    """Cut at the ends of lines. A file without a record is left whole: it is one failure."""
    empty = True
    for start, end, first, rows in _stretches(stream):
        empty = False
        yield _piece(file, "lines", start, end, rows=rows, first=first)
    if empty:
        yield _whole(file)


def _stretches(stream: BinaryIO) -> Iterator[tuple[int, int, int, int]]:
    """Start and end in bytes, the number of the first line, and how many lines aren't blank.

    A stretch without a record is passed over.
    """
    start, first, lines, rows, end = 0, 1, 0, 0, 0
    for stop, blank in _line_ends(stream):
        if rows and (stop - start > BYTES or rows == ROWS):
            yield start, end, first, rows
            start, first, lines, rows = end, first + lines, 0, 0
        lines, rows, end = lines + 1, rows + (not blank), stop
    if rows:
        yield start, end, first, rows


def _line_ends(stream: BinaryIO) -> Iterator[tuple[int, bool]]:
    """Where each line ends, its line break included, and whether it is blank."""
    at, blank = 0, True
    while block := stream.read(_BLOCK):
        begin = len(_BOM) if at == 0 and block.startswith(_BOM) else 0
        while (stop := block.find(b"\n", begin)) >= 0:
            blank = blank and not block[begin:stop].strip()
            yield at + stop + 1, blank
            begin, blank = stop + 1, True
        blank = blank and not block[begin:].strip()
        at += len(block)
    if not blank:
        yield at, False


def _row_groups(file: Found, stream: BinaryIO) -> Iterator[Piece]:
    """Cut at rows, not only between row groups: those of some files have millions of rows."""
    first = 0
    try:
        groups = parquet.group_rows(stream)
    except InputError:  # which its reading will tell
        groups = []
    for rows, size in groups:
        step = max(1, min(ROWS, rows * BYTES // max(size, 1)))
        for start in range(first, first + rows, step):
            end = min(start + step, first + rows)
            part = size * (end - start) // rows
            yield _piece(file, "parquet", start, end, bytes=part, rows=end - start)
        first += rows
    if first == 0:
        yield _whole(file)


def _members(file: Found, stream: BinaryIO) -> Iterator[Piece]:
    from sayso.intake import warc

    for start, end in pairwise(chain([0], warc.cuts(stream, BYTES), [file.size])):
        yield _piece(file, "warc", start, end)


_CUTS: dict[Kind, Callable[[Found, BinaryIO], Iterator[Piece]]] = {
    "lines": _lines,
    "parquet": _row_groups,
    "warc": _members,
    "file": _one,
}


def limited(pieces: Iterable[Piece], rows: int, options: Options) -> Iterator[Piece]:
    """The pieces that hold the first so many rows, and of the last only as many as are wanted."""
    for piece in pieces:
        if rows == 0:
            return
        if piece.rows is not None:
            known, whole = piece.rows, piece.rows <= rows
        else:
            known = records.count(piece, options, rows)
            whole = known < rows  # there may be more where it has all that are wanted
        taken = min(known, rows)
        yield replace(piece, rows=taken, take=None if whole else taken)
        rows -= taken
