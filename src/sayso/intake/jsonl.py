"""JSON Lines to articles: one object a line, in UTF-8, as `sayso schema` has it."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from sayso.errors import BadRecord, InputError, NotText, TooLong
from sayso.intake.accept import accept
from sayso.intake.options import Options
from sayso.types import Article, Failure, iso_day

_BOM = b"\xef\xbb\xbf"
_KNOWN = ("id", "date", "url", "publisher")
_BYTES_A_CHAR = 12  # a character beyond the BMP, escaped: \ud83d\ude00
_SLACK = 1 << 20
_DEEPEST = 64
_NAMED = 12
_ESCAPES = re.compile(
    rb"""\\\\                                              # a backslash, not the start of one
    | \\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}
    | (?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})""",
    re.VERBOSE,
)
_LOOKS_LIKE_RECORD = re.compile(rb'\s*\{\s*["}]')
_LOOKS_LIKE_JSON = re.compile(rb'(?:\xff\xfe|\xfe\xff)?\s*(?:\[\s*)?\{\s*(?:["}]|\Z)')
_WIDE = re.compile(rb"\xff\xfe|(?:\0\0)?\xfe\xff|[\s\0]*(?:\{\0|\0\{)")  # UTF-16 or UTF-32

Id = str | int | float | None


def looks_like_records(head: bytes) -> bool:
    """Whether a first line begins with an object's first field, whole or broken off."""
    return _LOOKS_LIKE_RECORD.match(head.removeprefix(_BOM)) is not None


def check_no_json(head: bytes) -> None:
    """Refuse, by BadRecord, what begins as JSON in another shape or encoding than JSON Lines."""
    if _LOOKS_LIKE_JSON.match(head.removeprefix(_BOM).replace(b"\0", b"")):
        raise BadRecord(
            "this is JSON, but no JSON Lines: write one object a line, without an array around "
            "them, in UTF-8"
        )


def records(
    stream: BinaryIO, head: bytes, name: str, options: Options
) -> Iterator[Article | Failure]:
    """An article or a failure for each line that isn't blank, as they come.

    `head` is what of the stream has been read already.
    """
    if is_wide(head):
        advice = "the records are in UTF-16 or UTF-32: save them as UTF-8"
        yield Failure(NotText(advice), input=name)
        return
    for number, line in lines(stream, head, options):
        yield record(line, options, name, number)


def is_wide(head: bytes) -> bool:
    """Whether a file that begins so is in an encoding whose lines can't be told."""
    return _WIDE.match(head) is not None


def lines(
    stream: BinaryIO, head: bytes, options: Options, *, first: int = 1
) -> Iterator[tuple[int, bytes]]:
    """The lines that aren't blank, each with its number; the stream's first line has `first`.

    A line is held in memory only up to what an article of `max_chars` characters may need: of
    one that is longer come its first bytes, which `record` refuses.
    """
    for number, line in _lines(stream, head, _limit(options), first):
        if line.strip():
            yield number, line.removesuffix(b"\n")


def record(line: bytes, options: Options, name: str, number: int) -> Article | Failure:
    """The article of a line, or why it gives none."""
    limit = _limit(options)
    if len(line) > limit:
        advice = f"the line is longer than {limit:,} bytes: split the article"
        return Failure(TooLong(advice), input=name, line=number)
    try:
        fields = _fields(line)
    except InputError as error:
        return Failure(error, input=name, line=number)
    return article(fields, options, name, number)


def article(fields: dict[str, Any], options: Options, name: str, number: int) -> Article | Failure:
    """The article of a record's fields, as JSON has them, none of them null."""
    id: Id = None
    try:
        id = _id(fields)
        return accept(_article(fields, id, options), options.max_chars)
    except InputError as error:
        return Failure(error, input=name, line=number, id=id)


def check_depth(value: Any) -> None:
    """Refuse, by BadRecord, a value nested too deep to be carried on by recursion."""
    if _deep(value):
        raise BadRecord(f"the record is nested more than {_DEEPEST} deep: flatten it")


def _limit(options: Options) -> int:
    return options.max_chars * _BYTES_A_CHAR + _SLACK


def _lines(stream: BinaryIO, head: bytes, limit: int, first: int) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; of one that is too long, its first bytes, more than `limit` of them."""
    *whole, partial = head.removeprefix(_BOM).split(b"\n")
    yield from enumerate(whole, start=first)
    number = first - 1 + len(whole)
    line = partial + stream.readline(limit + 1)
    while line:
        number += 1
        begun = line
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
            if begun.isspace() and not line.isspace():
                begun += line  # it is no blank line, after all
        yield number, begun
        line = stream.readline(limit + 1)


def _fields(line: bytes) -> dict[str, Any]:
    """The record's fields that aren't null."""
    try:
        record = msgspec.json.decode(_ESCAPES.sub(_whole, line))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRecord(
            f"the line is not JSON ({error}): each line must be one whole object, in UTF-8"
        ) from error
    if not isinstance(record, dict):
        raise BadRecord('the line is not a JSON object: write {"text": "…"}')
    check_depth(record)
    return {name: value for name, value in record.items() if value is not None}


def _deep(value: Any, level: int = 0) -> bool:
    """Whether a value is nested too deep to be carried on: processes pickle by recursion."""
    if level > _DEEPEST:
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_deep(v, level + 1) for v in inner)


def _whole(escape: re.Match[bytes]) -> bytes:
    """JSON allows escapes of lone surrogates, no text does: they become U+FFFD."""
    return rb"\ufffd" if escape["lone"] else escape[0]


def _id(fields: dict[str, Any]) -> Id:
    id = fields.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | float | None):
        raise BadRecord("the field 'id' must be a string or a number")
    return id


def _article(fields: dict[str, Any], id: Id, options: Options) -> Article:
    if options.text_field not in fields:
        has = ", ".join(sorted(fields)[:_NAMED]) or "nothing that isn't null"
        raise BadRecord(
            f"the record has no field {options.text_field!r}, or it is null: name the one with the "
            f"text (--text-field); it has {has}"
        )
    known = {options.text_field, options.title_field, *_KNOWN}
    return Article(
        _string(fields, options.text_field) or "",
        id=id,
        title=options.title or _string(fields, options.title_field),
        date=options.date or _day(fields),
        url=_string(fields, "url"),
        publisher=options.publisher or _string(fields, "publisher"),
        extra={name: value for name, value in fields.items() if name not in known},
    )


def _string(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if not isinstance(value, str | None):
        raise BadRecord(f"the field {name!r} must be a string, not {_kind(value)}")
    return value


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")


def _day(fields: dict[str, Any]) -> str | None:
    value = _string(fields, "date")
    day = iso_day(value) if value is not None else None
    if value is not None and day is None:
        raise BadRecord("the field 'date' must be a date or a datetime that begins YYYY-MM-DD")
    return day
