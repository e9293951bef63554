"""Bytes to text, with nothing altered: no newline is translated; only a leading BOM goes."""

import codecs
import logging
import re
from collections.abc import Iterator
from itertools import islice

from sayso.errors import NotText

logger = logging.getLogger("sayso.intake")

# The longer marks first: UTF-32's little-endian one begins with UTF-16's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PACKED = ("a ZIP archive", "a file packed with gzip")
_DOCUMENTS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", _PACKED[0]),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", _PACKED[1]),
)
_INSIDE = (
    (b"word/document", "a Word document"),
    ("WordDocument".encode("utf-16-le"), "a Word document"),
    (b"vnd.oasis.opendocument.text", "an OpenDocument text"),
    (b"application/epub+zip", "an e-book"),
    (b"xl/workbook", "an Excel workbook"),
    (b"ppt/presentation", "a PowerPoint presentation"),
)
"""What stands in an archive or an old office document of these kinds."""
_HOLDERS = (b"PK", b"\xd0\xcf")
# A page that names a codec of Python's own has no say; and Latin-1 has always meant Windows' own.
_AS_BROWSERS_DO: dict[str, str | None] = {
    "unicode-escape": None,
    "raw-unicode-escape": None,
    "punycode": None,
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
}
_WESTERN = ["cp1252", "mac_roman"]
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})
_SOME_CONTROLS = 0.05
_MANY_CONTROLS = 0.3
_CONTEXT = 60
_MAX_SAMPLES = 500


def decode(data: bytes, name: str, stated: str | None = None) -> str:
    """The text of `data`, which is UTF-8, UTF-16, UTF-32 or in a legacy encoding.

    `stated` is the encoding that a page or a server names; valid UTF-8 is UTF-8 whatever
    they say. A guessed encoding is told: a warning to the logger `sayso.intake` gives it with
    `name`, the input's. Raises NotText.
    """
    for mark, label in _DOCUMENTS:
        if data.startswith(mark):
            kind = _kind(data, label)
            remedy = "unpack it" if kind in _PACKED else "copy its text, or save it as plain text"
            raise NotText(f"{name} is {kind}: {remedy}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    wide = _utf16_without_mark(data)
    if wide is not None:
        logger.warning("%s: no encoding is stated; read as %s", name, wide)
        return _strict(data, wide, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, name, _codec(stated))
    if _controls(data) > _MANY_CONTROLS:
        raise _no_text(name)
    return text


def _kind(data: bytes, label: str) -> str:
    """What a document is, by what stands in it, else by how it begins."""
    if not data.startswith(_HOLDERS):
        return label
    return next((kind for mark, kind in _INSIDE if mark in data), label)


def _codec(stated: str | None) -> str | None:
    """Python's codec for the encoding that a page names, as browsers understand the name.

    None for UTF-8, UTF-16 and the like: what is in one of them shows it, and need not say so.
    """
    try:
        codec = codecs.lookup(stated or "").name
        b"ab".decode(codec, errors="replace")
    except (LookupError, UnicodeError):
        return None
    return None if codec.startswith("utf-") else _AS_BROWSERS_DO.get(codec, codec)


def _strict(data: bytes, encoding: str, name: str) -> str:
    """Decode by an encoding that the data itself states; a few damaged bytes become U+FFFD."""
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > len(text) // 20:
        raise _no_text(name)
    return text


def _no_text(name: str) -> NotText:
    return NotText(f"{name} is not text in any known encoding: save it as UTF-8 text first")


def _utf16_without_mark(data: bytes) -> str | None:
    """In UTF-16, every other byte of English text is zero, and hardly any of the rest."""
    head = data[:4_096]
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _controls(data: bytes) -> float:
    """The share of control characters."""
    return 1 - len(data.translate(None, delete=_CONTROLS)) / len(data) if data else 0


def _not_utf8(data: bytes, name: str, codec: str | None) -> str:
    if _is_damaged_utf8(data):
        logger.warning("%s: damaged UTF-8; bytes that can't be read stand as U+FFFD", name)
        return data.decode("utf-8", errors="replace")
    if 0 in data or _controls(data) > _SOME_CONTROLS:
        raise _no_text(name)
    if codec is not None:
        return _strict(data, codec, name)
    encoding = _legacy_encoding(data)
    if encoding is None:
        raise _no_text(name)
    logger.warning("%s: not UTF-8; the encoding is guessed to be %s", name, encoding)
    return data.decode(encoding, errors="replace")


def _is_damaged_utf8(data: bytes) -> bool:
    """Much valid UTF-8 beyond ASCII and little that is not: cut off, or pasted together."""
    valid = data.decode("utf-8", errors="ignore").encode()
    beyond = len(valid) - len(_NOT_ASCII.sub(b"", valid))
    return beyond > 4 * (len(data) - len(valid))


def _legacy_encoding(data: bytes) -> str | None:
    """The likeliest encoding. What is mostly ASCII is Western: that is what English was kept in."""
    from charset_normalizer import from_bytes

    sample = b" ".join(_surroundings(data))
    beyond = sum(len(run) for run in _NOT_ASCII.findall(data))
    match = from_bytes(sample, cp_isolation=_WESTERN).best() if beyond < len(data) / 10 else None
    match = match or from_bytes(sample).best()
    return None if match is None else match.encoding


def _surroundings(data: bytes) -> Iterator[bytes]:
    """The first stretches beyond ASCII, with what stands around them."""
    for run in islice(_NOT_ASCII.finditer(data), _MAX_SAMPLES):
        yield data[max(0, run.start() - _CONTEXT) : run.end() + _CONTEXT]
