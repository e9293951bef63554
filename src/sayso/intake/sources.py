"""What a command line names, to articles: files, folders, globs, `-` and addresses."""

import glob
import os
import re
import stat
from collections.abc import Iterator, Set
from pathlib import PurePath
from typing import BinaryIO

from sayso.errors import BadRecord, EmptyText, InputError, TooLong, Unreadable
from sayso.intake import html, jsonl
from sayso.intake.accept import accept_text
from sayso.intake.options import Options
from sayso.intake.text import decode
from sayso.types import Article, Failure

Results = Iterator[Article | Failure]

RECORDS = frozenset({".jsonl", ".ndjson"})
PAGES = frozenset({".html", ".htm"})
TEXTS = frozenset({".txt", ".text", ".md"})
ARCHIVES = frozenset({".warc", ".warc.gz", ".warc.zst", ".warc.lz4"})
TABLES = frozenset({".csv", ".tsv"})
"""Refused by name: read as one text, its rows would run into each other."""
READ_FROM_FOLDERS = RECORDS | PAGES | TEXTS | ARCHIVES

_NO_TABLE = (
    "this is a table: save it as JSON Lines, an object with its text, title, date and publisher a "
    "line (with pandas: to_json('news.jsonl', orient='records', lines=True))"
)
_BYTES_A_CHAR = 4
_HEAD = 4_096
_WARC = b"WARC/1."
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_HOST = re.compile(
    r"www\.|https?:/|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|uk|gov|edu|eu)(?:/|$)", re.I
)
"""What an address begins with whose scheme is left out or broken."""


def paths(name: str) -> list[str]:
    """What a name that is no address stands for: itself, or what it matches as a glob.

    Shells that expand globs have done so; those of Windows leave it to programs.

    Raises Unreadable where there is nothing.
    """
    if os.path.lexists(name):
        return [name]
    if not glob.has_magic(name):
        web = ": an address begins with https://" if _HOST.match(name) else ""
        raise Unreadable(f"there is no file or folder {name!r}{web}")
    found = sorted(glob.glob(name, recursive=True))
    if not found:
        raise Unreadable(f"nothing matches {name!r}: quote it, or name a folder to read it all")
    return found


def is_address(name: str) -> bool:
    return _ADDRESS.match(name) is not None


def at_address(address: str, options: Options) -> Article | Failure:
    from sayso.intake.url import fetch

    try:
        page = fetch(address, allow_private=options.allow_private)
        stated = page.charset or html.stated_charset(page.data)
        text = decode(page.data, address, stated)
        is_page = page.is_html or html.looks_like_page(text)
        if not is_page:
            jsonl.check_no_json(page.data[:_HEAD])
        return accept_text(text, options, is_page=is_page, url=page.url)
    except InputError as error:
        return Failure(error, input=address)


def at_path(path: str, options: Options) -> Results:
    """A folder's files, those of its folders among them, by name; or a single file.

    From a folder, what ends in .txt, .text, .md, .html, .htm, .jsonl, .ndjson, .warc, .warc.gz,
    .warc.zst or .warc.lz4 is read, and nothing hidden. Links to folders are not followed.
    """
    if not os.path.isdir(path):
        yield from _file(path, options, pipes=True)
        return
    empty = True
    for file in files(path):
        empty = False
        if isinstance(file, Failure):
            yield file
        else:
            yield from _file(file, options, pipes=False)
    if empty:
        endings = ", ".join(sorted(READ_FROM_FOLDERS))
        advice = f"{shown(path)} holds no file to read: name files, or give them one of {endings}"
        yield Failure(Unreadable(advice), input=shown(path))


def files(folder: str, endings: Set[str] = READ_FROM_FOLDERS) -> Iterator[str | Failure]:
    """The files to read from a folder, and a failure for each folder in it that won't open."""
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                chosen = (entry for entry in entries if _is_wanted(entry, endings))
                wanted = sorted(chosen, key=lambda entry: entry.name)
        except OSError as error:
            yield Failure(unreadable(path, error), input=shown(path))
        else:
            waiting += [(e.path, e.is_dir(follow_symlinks=False)) for e in reversed(wanted)]


def _is_wanted(entry: os.DirEntry[str], endings: Set[str]) -> bool:
    if entry.name.startswith("."):
        return False
    return entry.is_dir(follow_symlinks=False) or ending(entry.name) in endings


def ending(path: str) -> str:
    """What a name ends in, dot and all, in small letters; of an archive, both that it has."""
    suffixes = PurePath(path).suffixes
    both = "".join(suffixes[-2:]).lower()
    return both if both in ARCHIVES else "".join(suffixes[-1:]).lower()


def _file(path: str, options: Options, *, pipes: bool) -> Results:
    name = shown(path)
    try:
        check_kind(path, pipes=pipes)
        with open(path, "rb") as stream:
            yield from from_stream(stream, name, options, suffix=ending(path))
    except OSError as error:
        yield Failure(unreadable(path, error), input=name)
    except Unreadable as error:
        yield Failure(error, input=name)


def check_kind(path: str, *, pipes: bool) -> None:
    """Devices can be without end; a pipe in a folder would wait for a writer forever."""
    mode = os.stat(path).st_mode
    if not (stat.S_ISREG(mode) or (pipes and stat.S_ISFIFO(mode))):
        raise Unreadable(
            f"{shown(path)} is not a regular file: give its content on standard input (-)"
        )


def unreadable(path: str, error: OSError) -> Unreadable:
    return Unreadable(f"{shown(path)} can't be read: {error.strerror or error}")


def shown(path: str) -> str:
    """A path as text: file systems allow names that no encoding has."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def from_stream(stream: BinaryIO, name: str, options: Options, *, suffix: str = "") -> Results:
    """JSON Lines, WARC, a page or plain text, by the ending of the name or else its beginning."""
    head = beginning(stream)
    results = _several(stream, head, name, options, suffix)
    if results is None:
        yield _whole(stream, head, name, options, suffix)
        return
    empty = True
    for result in results:
        empty = False
        yield result
    if empty:
        yield Failure(EmptyText("there is no record in it"), input=name)


def _several(
    stream: BinaryIO, head: bytes, name: str, options: Options, suffix: str
) -> Results | None:
    """The results of what holds several articles; None where it is a page or plain text."""
    sniffed = suffix not in RECORDS | ARCHIVES | PAGES | TEXTS
    if suffix in ARCHIVES or (sniffed and head.startswith(_WARC)):
        from sayso.intake import warc

        found = warc.articles(stream, options, name=name, head=head)
        return (result for _, result in found)
    if suffix in RECORDS or (suffix not in PAGES | TEXTS and jsonl.looks_like_records(head)):
        return jsonl.records(stream, head, name, options)
    return None


def beginning(stream: BinaryIO) -> bytes:
    """The beginning, up to the first line that isn't blank."""
    head = b""
    while len(head) < _HEAD and not head.strip():
        line = stream.readline(_HEAD)
        if not line:
            break
        head += line
    return head


def _whole(
    stream: BinaryIO, head: bytes, name: str, options: Options, suffix: str
) -> Article | Failure:
    limit = max(html.MAX_BYTES, options.max_chars * _BYTES_A_CHAR)
    data = head + stream.read(limit + 1)
    try:
        if suffix in TABLES:
            raise BadRecord(_NO_TABLE)
        if suffix not in PAGES | TEXTS:
            jsonl.check_no_json(data[:_HEAD])
        if len(data) > limit:
            raise TooLong(f"there are more than {limit:,} bytes in it: split it into articles")
        text = decode(data, name, html.stated_charset(data))
        is_page = suffix in PAGES or html.looks_like_page(text)
        if is_page and len(data) > html.MAX_BYTES:
            raise html.too_large()
        return accept_text(text, options, is_page=is_page)
    except InputError as error:
        return Failure(error, input=name)
