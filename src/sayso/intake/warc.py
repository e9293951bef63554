"""A WARC file to articles: the pages that a crawl has kept, each a row or a failure.

A row is a `response` or `resource` record of a page (HTML or plain text) whose server
answered 200, and also: such a record that is broken, whatever it held, and a stretch of bytes
that is no record. All other records are passed over.

A record stands at an offset: of the byte in the file at which it begins, or at which the packed
member begins that holds it; where a member holds several, the second stands one further, and so
on. Offsets only grow, and are the same in every pass.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import BinaryIO, NamedTuple

from sayso.errors import BadRecord, InputError
from sayso.intake import html
from sayso.intake.kept_page import Header, Page, article_of, page_of
from sayso.intake.options import Options
from sayso.intake.packed import (
    Raw,
    Tape,
    find_member,
    is_packed,
    skipped_frame,
    unpacked,
)
from sayso.types import Article, Failure

_ROWS = frozenset({"response", "resource"})
_OTHERS = frozenset(
    {"warcinfo", "request", "metadata", "revisit", "conversion", "continuation"},
)
_BEGINS = b"WARC/"
_BLANK_LINE = b"\r\n\r\n"
_START = re.compile(rb"WARC/[01]\.[0-9]\r\n[A-Za-z]{1,12}-")  # in no page, but of a WARC
_VERSION = re.compile(rb"WARC/[01]\.[0-9]+[ \t]*\r\n")
_LONGEST_START = 23
_MOST_HEADER = 1 << 16
_MOST_CONTENT = html.MAX_BYTES + _MOST_HEADER
_MOST_SKIPPED = 1 << 30  # of a packed record; what swells beyond is a bomb, and its member is left
_MOST_LOST = 10_000  # broken records without a whole one between: a member of nothing else is left
_MOST_SIZE_DIGITS = 15
_MOST_URL = 200
_DIGESTS = {"sha1": 20, "sha256": 32, "md5": 16}


class Kept(NamedTuple):
    """A row before its page is taken apart, which `make` does; `intact` says that it has one."""

    offset: int
    make: Callable[[], Article | Failure]
    url: str | None
    intact: bool


@dataclass(frozen=True, slots=True)
class _Record:
    """`content` is the whole block, or of a larger one than any page has its beginning."""

    offset: int
    header: Header = field(default_factory=dict)
    content: bytes = b""
    size: int = 0
    error: InputError | None = None
    lost: bool = False
    """Where the next record begins can't be told from this one."""

    @property
    def url(self) -> str | None:
        return self.header.get("warc-target-uri", "").strip("<> ") or None


def articles(
    stream: BinaryIO,
    options: Options,
    *,
    name: str | None = None,
    head: bytes = b"",
    start: int = 0,
    end: int | None = None,
) -> Iterator[tuple[int, Article | Failure]]:
    """The offset and the result of each row of a WARC, plain or packed (gzip, zstd, lz4).

    `head` is what of the stream has been read already. With `start` and `end`, which `cuts` gives,
    only the members that begin between them; the stream must then be able to seek.

    No more is held in memory than the largest page may have. Only reading the stream raises.
    """
    for row in kept(stream, options, name=name, head=head, start=start, end=end):
        yield row.offset, row.make()


def kept(
    stream: BinaryIO,
    options: Options,
    *,
    name: str | None = None,
    head: bytes = b"",
    start: int = 0,
    end: int | None = None,
) -> Iterator[Kept]:
    """What `articles` gives, for who wants to pass over some rows or to be ready for the worst."""
    dictionary = _dictionary(stream) if start else None
    for record in _records(_at(stream, head, start), end, dictionary):
        if record.header.get("warc-type") in _OTHERS:
            continue
        page = None
        if record.error is None:
            page = page_of(record.header, record.content, record.size)
        if record.error is not None or page is not None:
            intact = page is not None and page.size <= html.MAX_BYTES
            make = partial(_result, record, page, name, options)
            yield Kept(record.offset, make, record.url, intact)


def cuts(stream: BinaryIO, every: int) -> Iterator[int]:
    """Where the file can be cut: at the members that come next after each so many bytes.

    A plain file at its records, of which each is passed over. Nowhere in a file that is packed as
    a single member. The stream must be able to seek.
    """
    dictionary = _dictionary(stream)
    stream.seek(0)
    raw = Raw(stream)
    if not is_packed(raw.peek(_LONGEST_START)):
        yield from _plain_cuts(raw, every)
        return
    raw.go_to(every)
    while find_member(raw, _BEGINS, dictionary):
        yield raw.offset
        raw.go_to(raw.offset + every)


def _plain_cuts(raw: Raw, every: int) -> Iterator[int]:
    last = 0
    while (head := raw.peek(_LONGEST_START)) and not is_packed(head):
        if raw.offset >= last + every:
            last = raw.offset
            yield last
        _plain(raw)


def _at(stream: BinaryIO, head: bytes, start: int) -> Raw:
    if start:
        stream.seek(start)
    return Raw(stream, head, start)


def _dictionary(stream: BinaryIO) -> bytes | None:
    """What the members are unpacked by, where the file begins with it. The stream must seek."""
    stream.seek(0)
    try:
        return skipped_frame(Raw(stream))
    except InputError:  # which the reading of the first stretch tells
        return None


def _records(raw: Raw, end: int | None, dictionary: bytes | None) -> Iterator[_Record]:
    last = -1
    while (head := raw.peek(_LONGEST_START)) and (end is None or raw.offset < end):
        if not is_packed(head):
            found: Iterator[_Record] = iter([_plain(raw)])
        else:
            begin = raw.offset
            try:
                content = skipped_frame(raw)
            except InputError as error:
                found = iter([_Record(begin, error=error)])
                raw.go_to(begin + 1)
                find_member(raw, _BEGINS, dictionary)
            else:
                dictionary = content or dictionary
                found = iter([]) if content is not None else _member(raw, dictionary)
        for record in found:
            last = max(record.offset, last + 1)
            yield record if last == record.offset else replace(record, offset=last)


def _plain(raw: Raw) -> _Record:
    offset = raw.offset
    tape = Tape(raw.piece)

    def jump(size: int) -> int:
        raw.go_to(raw.offset - tape.ahead)
        tape.clear()
        return raw.skip(size)

    record = _record(tape, offset, jump)
    if record.lost:
        raw.go_to(offset + 1)
        find_member(raw, _BEGINS, or_plain=_START)
    else:
        raw.go_to(raw.offset - tape.ahead)
    return record


def _member(raw: Raw, dictionary: bytes | None) -> Iterator[_Record]:
    """The records of a member; then `raw` is at the next one."""
    begin = raw.offset
    tape = Tape(partial(next, unpacked(raw, dictionary), b""))
    number, lost, bomb = 0, 0, False
    while not bomb and (number == 0 or tape.peek(1)):
        record = _record(tape, begin + number, tape.skip, _MOST_SKIPPED)
        lost = lost + 1 if record.lost else 0
        bomb = record.size > _MOST_SKIPPED or lost == _MOST_LOST
        yield record
        if record.lost:
            tape.find(_START, _LONGEST_START)
        number += 1
    if tape.error is not None or bomb:
        raw.go_to(begin + 1)
        find_member(raw, _BEGINS, dictionary)


def _record(
    tape: Tape, offset: int, skip: Callable[[int], int], most: int | None = None
) -> _Record:
    """The record that begins here. What is behind it is next, or what it may have swallowed is.

    Of one larger than `most` the end is not looked for.
    """
    text, content = b"", b""
    header: dict[str, str] = {}
    size = 0
    try:
        text = tape.until(_BLANK_LINE, _MOST_HEADER)
        if tape.error is not None and not text.endswith(_BLANK_LINE):
            raise tape.error
        header = _header(text)
        size = _size(header)
        content = tape.read(_to_hold(header, size))
        reach = size if most is None else min(size, most)
        if len(content) + skip(reach - len(content)) < reach:
            raise tape.error or BadRecord("it breaks off in the middle")
        if reach == size:
            _check_end(tape)
    except InputError as error:
        tape.put_back((text + content)[1:])
        return _Record(offset, header, content, size, error, lost=True)
    return _Record(offset, header, content, size, _wrong_digest(header, content, size))


def _header(text: bytes) -> dict[str, str]:
    """The fields by their names in small letters."""
    if not _VERSION.match(text):
        raise BadRecord("there are bytes that are no record")
    if not text.endswith(_BLANK_LINE) or _START.search(text, 1):
        raise BadRecord("its header has no end")
    lines = text.decode("utf-8", errors="replace").rstrip("\r\n").split("\r\n")[1:]
    header: dict[str, str] = {}
    name = ""
    for line in lines:
        if line[:1] in (" ", "\t") and name:
            header[name] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if not colon:
            raise BadRecord("a line of its header is none")
        header[name] = value.strip()
    kind = header.setdefault("warc-type", "").lower()
    header["warc-type"] = kind
    if kind not in _ROWS | _OTHERS:
        raise BadRecord(f"it is of no known type: {kind[:20]!r}")
    return header


def _size(header: Header) -> int:
    told = header.get("content-length", "")
    if not (told.isascii() and told.isdigit() and len(told) <= _MOST_SIZE_DIGITS):
        raise BadRecord("it gives no length")
    return int(told)


def _to_hold(header: Header, size: int) -> int:
    if header["warc-type"] not in _ROWS:
        return 0
    return size if size <= _MOST_CONTENT else _MOST_HEADER


def _check_end(tape: Tape) -> None:
    """A record ends with two line breaks, or some, and then comes another or nothing."""
    ending = tape.peek(len(_BLANK_LINE))
    while tape.peek(1) in (b"\r", b"\n"):
        tape.skip(1)
    after = tape.peek(len(_BEGINS))
    if not after and tape.error is not None:
        raise tape.error
    if ending != _BLANK_LINE and after not in (b"", _BEGINS):
        raise BadRecord("its length is not the one that it gives")


def _wrong_digest(header: Header, content: bytes, size: int) -> BadRecord | None:
    """An error where the block is not the one that its digest is of; unknown digests are passed."""
    if not header.get("warc-block-digest") or len(content) != size:
        return None
    name, _, told = header["warc-block-digest"].partition(":")
    name = name.strip().lower().replace("-", "")
    digest = _digest(told.strip(), _DIGESTS.get(name, 0))
    if digest is None or hashlib.new(name, content, usedforsecurity=False).digest() == digest:
        return None
    return BadRecord("its bytes are not those that its digest is of: it is damaged")


def _digest(told: str, length: int) -> bytes | None:
    """A digest of so many bytes in base 32, as is usual, in base 16 or in base 64."""
    ways: tuple[Callable[[str], bytes], ...] = (
        bytes.fromhex,
        partial(base64.b32decode, casefold=True),
        partial(base64.b64decode, validate=True),
    )
    for way in ways:
        try:
            digest = way(told)
        except (ValueError, binascii.Error):
            continue
        if digest and len(digest) == length:
            return digest
    return None


def _result(
    record: _Record, page: Page | None, name: str | None, options: Options
) -> Article | Failure:
    try:
        if record.error is not None or page is None:
            raise record.error or BadRecord("it holds no page")
        return article_of(page, record.url, options)
    except InputError as error:
        place = f"the record at byte {record.offset:,}"
        if record.url is not None:
            place += f" ({record.url[:_MOST_URL]})"
        placed = type(error)(f"{place}: {error.told}", error.at_prompt)
        return Failure(placed, input=name)
