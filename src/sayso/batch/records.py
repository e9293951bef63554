"""A shard to its input rows, each with what makes an article of it.

To come to a row costs little, to make its article may not: a page is taken apart, and may bring
down who does that. So a reader can pass over rows that it has had.
"""

import html
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import BinaryIO, cast

from sayso.batch import stores
from sayso.batch.shards import Piece, Shard
from sayso.errors import SaysoError, Unreadable, Withheld
from sayso.intake import Options, jsonl, parquet, sources
from sayso.intake.canonical import canonical
from sayso.types import Article, Failure

_BOM = b"\xef\xbb\xbf"
_HEAD = 1 << 16
_CANONICAL = re.compile(
    rb"""<link\b[^>]{0,500}\brel=["']?canonical\b[^>]{0,2000}>""", re.IGNORECASE
)
_FRONT = re.compile("https://[^/?]*")
_HREF = re.compile(rb"""\bhref=["']?([^"'\s>]+)""", re.IGNORECASE)
_UNKNOWN = "0"
"""The stamp of an object whose store does not tell its size."""


@dataclass(frozen=True, slots=True)
class Record:
    """An input row: where it stands, and what makes an article or a failure of it."""

    make: Callable[[], Article | Failure]
    input: str
    line: int | None = None
    url: str | None = None
    intact: bool = True
    """False where there is surely no article in it."""


def records(shard: Shard, options: Options) -> Iterator[Record]:
    """The input rows of a shard, in order.

    Raises Unreadable where an input has changed or gone, Withheld where it may be read another
    time; both of which a `make` may raise too.
    """
    for piece in shard.pieces:
        yield from _records(piece, options)


def count(piece: Piece, options: Options, most: int) -> int:
    """How many rows a piece has, counted up to `most`."""
    return sum(1 for _ in islice(_records(piece, options), most))


def addresses(shard: Shard, options: Options) -> Iterator[tuple[int, str]]:
    """The position in the shard and the canonical address of each page that tells one."""
    position = 0
    for piece in shard.pieces:
        for record in _records(piece, options):
            address = _of_archive(record) if piece.kind == "warc" else _stated(piece)
            if address is not None:
                yield position, address
            position += 1


def _of_archive(record: Record) -> str | None:
    return canonical(record.url) if record.url is not None and record.intact else None


def _stated(piece: Piece) -> str | None:
    """The address that a file's page gives as its own, as far as its beginning tells.

    Some sites have all their pages give that of the front page, which tells nothing.
    """
    if piece.kind != "file" or sources.ending(piece.name) not in sources.PAGES:
        return None
    try:
        with stores.opened(piece.address) as stream:
            tag = _CANONICAL.search(stream.read(_HEAD))
    except OSError as error:
        if stores.is_elsewhere(piece.address):  # who reads it may have more luck
            raise _unread(piece, error) from error
        return None  # which its reading will tell
    href = tag and _HREF.search(tag[0])
    if not href:
        return None
    address = canonical(html.unescape(href[1].decode("utf-8", errors="replace")))
    return None if address is None or _FRONT.fullmatch(address) else address


def _records(piece: Piece, options: Options) -> Iterator[Record]:
    _check_unchanged(piece)
    if piece.kind == "file":
        yield Record(partial(_whole, piece, options), piece.name)
    else:
        try:
            with stores.opened(piece.address) as stream:
                yield from islice(_KINDS[piece.kind](piece, stream, options), piece.take)
                _check_size(piece, stream)
        except OSError as error:
            raise _unread(piece, error) from error
    _check_unchanged(piece)  # what was read is of one state


def _unread(piece: Piece, error: OSError) -> SaysoError:
    told = sources.unreadable(piece.name, error)
    return Withheld(told.message) if stores.is_elsewhere(piece.address) else told


def _check_unchanged(piece: Piece) -> None:
    """Refuse what is not as it was when the run began; what could not be read then is let be."""
    if not piece.stamp or stores.is_elsewhere(piece.address):
        return
    found = stores.local(piece.address, piece.name)
    if found.error is not None:
        raise Unreadable(found.error)
    if found.stamp != piece.stamp:
        raise _changed(piece)


def _check_size(piece: Piece, stream: BinaryIO) -> None:
    """Refuse what was read of a store where it has another object there by now, or had then.

    Its size is all that is known of it, where the store tells that. The store is asked anew: Daft
    goes on at the beginning of an object that has become too short meanwhile.
    """
    if piece.stamp == _UNKNOWN or not stores.is_elsewhere(piece.address):
        return
    if str(stream.seek(0, os.SEEK_END)) != piece.stamp:
        raise _changed(piece)


def _changed(piece: Piece) -> Unreadable:
    return Unreadable(f"{piece.name} has changed since the run began: start it again")


def _whole(piece: Piece, options: Options) -> Article | Failure:
    """What `sayso read` makes of a file that is one text or page, or can't be read.

    Raises Unreadable where it has changed in its store, Withheld where that doesn't give it.
    """
    if not piece.stamp:
        found = stores.local(piece.address, piece.name)
        if found.error is not None:
            return Failure(Unreadable(found.error), input=piece.name)
    try:
        with stores.opened(piece.address) as stream:
            made = _of_stream(piece, stream, options)
            _check_size(piece, stream)
            return made
    except OSError as error:
        told = _unread(piece, error)
        if isinstance(told, Unreadable):
            return Failure(told, input=piece.name)
        raise told from error


def _of_stream(piece: Piece, stream: BinaryIO, options: Options) -> Article | Failure:
    suffix = sources.ending(piece.name)
    if suffix in stores.PARQUET:
        return _no_parquet(piece, stream)
    return next(iter(sources.from_stream(stream, piece.name, options, suffix=suffix)))


def _no_parquet(piece: Piece, stream: BinaryIO) -> Failure:
    """Why a Parquet file gives no rows."""
    from sayso.errors import EmptyText

    try:
        parquet.group_rows(stream)
    except Unreadable as error:
        return Failure(error, input=piece.name)
    return Failure(EmptyText("there is no record in it"), input=piece.name)


def _lines(piece: Piece, stream: BinaryIO, options: Options) -> Iterator[Record]:
    window = stores.Window(stream, piece.start, piece.end)
    head = window.read(len(_BOM)) if piece.start == 0 else b""
    for number, line in jsonl.lines(cast(BinaryIO, window), head, options, first=piece.first):
        make = partial(jsonl.record, line, options, piece.name, number)
        yield Record(make, piece.name, number)


def _rows(piece: Piece, stream: BinaryIO, options: Options) -> Iterator[Record]:
    number = piece.start
    try:
        for number, make in parquet.rows(stream, piece.name, options, piece.start, piece.end):
            yield Record(make, piece.name, number)
    except Unreadable as error:  # the footer is whole, and tells how many rows there would be
        for lost in range(number + 1, piece.end + 1):
            failure = Failure(error, input=piece.name, line=lost)
            yield Record(partial(_same, failure), piece.name, lost)


def _pages(piece: Piece, stream: BinaryIO, options: Options) -> Iterator[Record]:
    from sayso.intake import warc

    end = piece.end or None
    for row in warc.kept(stream, options, name=piece.name, start=piece.start, end=end):
        yield Record(row.make, piece.name, row.offset, row.url, row.intact)


def _same(result: Article | Failure) -> Article | Failure:
    return result


_KINDS = {"lines": _lines, "parquet": _rows, "warc": _pages}
