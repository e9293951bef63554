"""The page that a WARC record keeps: its head read, its body unpacked, and made an article."""

import re
import zlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from sayso.errors import BadRecord, NotText
from sayso.intake import html
from sayso.intake.accept import accept_text
from sayso.intake.http import PAGES, TEXTS, charset, media_type
from sayso.intake.options import Options
from sayso.intake.packed import PIECE, Feed, Pieces, fastwarc_reader, inflated
from sayso.intake.text import decode
from sayso.types import Article

_STATUS = re.compile(rb"HTTP/[0-9.]+[ \t]+([0-9]{3})\b")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_GZIP = b"\x1f\x8b"
_MOST_PACKINGS = 3

Header = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A row's body as it was kept, and what its head says of it."""

    body: bytes
    size: int
    content_type: str
    packings: tuple[str, ...] = ()
    chunked: bool = False
    cut: bool = False
    """The crawler says that it stopped before the end."""


def page_of(header: Header, content: bytes, size: int) -> Page | None:
    """The page that an intact record keeps; None where it keeps none.

    `size` is that of the whole block, of which `content` is the beginning at least.
    """
    kind = media_type(header.get("content-type", ""))
    cut = "warc-truncated" in header
    if kind != "application/http" and not (kind == "" and _STATUS.match(content)):
        whole = Page(content, size, header.get("content-type", ""), cut=cut)
        return whole if kind in PAGES | TEXTS else None
    status = _STATUS.match(content)
    head_end = _HEADER_END.search(content)
    if status is None or status[1] != b"200" or head_end is None:
        return None
    head = _http_head(content[: head_end.start()])
    body = content[head_end.end() :]
    content_type = head.get("content-type", "")
    identified = header.get("warc-identified-payload-type", "")
    if media_type(content_type or identified) not in PAGES | TEXTS:
        return None
    return Page(
        body,
        size - head_end.end(),
        content_type or identified,
        packings=_listed(head, "content-encoding"),
        chunked="chunked" in _listed(head, "transfer-encoding"),
        cut=cut,
    )


def _http_head(text: bytes) -> dict[str, str]:
    head: dict[str, str] = {}
    for line in text.decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        head[name.strip().lower()] = value.strip()
    return head


def _listed(head: Header, name: str) -> tuple[str, ...]:
    values = (value.strip().lower() for value in head.get(name, "").split(","))
    return tuple(value for value in values if value not in ("", "identity"))


def article_of(page: Page, url: str | None, options: Options) -> Article:
    if page.size > html.MAX_BYTES:
        raise html.too_large()
    data = _unchunked(page.body, cut=page.cut) if page.chunked else page.body
    if len(page.packings) > _MOST_PACKINGS:
        raise NotText("the page is packed more often than any page is")
    for packing in reversed(page.packings):
        data = _unpacked(data, packing, cut=page.cut)
    stated = charset(page.content_type) or html.stated_charset(data)
    text = decode(data, url or "the page", stated)
    is_page = media_type(page.content_type) in PAGES or html.looks_like_page(text)
    return accept_text(text, options, is_page=is_page, url=url)


def _unchunked(body: bytes, *, cut: bool) -> bytes:
    """The chunks' content; or the body itself, where the crawler has done so and not said it."""
    if not _CHUNK.match(body):
        return body
    data, at = bytearray(), 0
    while (match := _CHUNK.match(body, at)) is not None:
        size = int(match[1], 16)
        if size == 0:
            return bytes(data)
        at = match.end() + size
        data += body[match.end() : at]
        at = at + 2 if body.startswith(b"\r\n", at) else at + 1
    if cut:
        return bytes(data)
    raise BadRecord("the page breaks off between its chunks")


def _unpacked(data: bytes, packing: str, *, cut: bool) -> bytes:
    unpack = _UNPACKERS.get(packing)
    if unpack is None:
        raise NotText(f"the page is packed in a way that is not known: {packing[:20]!r}")
    out = bytearray()
    try:
        for piece in unpack(data):
            out += piece
            if len(out) > html.MAX_BYTES:
                raise html.too_large()
    except BadRecord:
        if data.lstrip().startswith(b"<"):  # the crawler has unpacked it and not said so
            return data
        if not (cut and out):
            raise
    return bytes(out)


def _pieces(data: bytes) -> Pieces:
    return (data[at : at + PIECE] for at in range(0, len(data), PIECE))


def _gunzipped(data: bytes) -> Pieces:
    """What all members unpack to: what is packed with gzip may be several, one after the other."""
    chunks = _pieces(data)
    rest = next(chunks, b"")
    if not rest.startswith(_GZIP):  # the crawler has unpacked it and not said so
        yield data
        return
    while rest.startswith(_GZIP):
        rest = yield from _inflated(chain((rest,), chunks), 16 + zlib.MAX_WBITS)
        rest = rest or next(chunks, b"")


def _deflated(data: bytes) -> Pieces:
    """With zlib's header, as it should be, or without one, as some servers have it."""
    has_header = data[:1] != b"" and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0
    yield from _inflated(_pieces(data), zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _inflated(chunks: Pieces, bits: int) -> Generator[bytes, None, bytes]:
    try:
        return (yield from inflated(chunks, bits))
    except zlib.error as error:
        raise BadRecord(f"the page is packed in a damaged way ({error})") from error
    except EOFError as error:
        raise BadRecord("the page breaks off in the middle") from error


def _by_fastwarc(reader: str, data: bytes) -> Pieces:
    feed = Feed(_pieces(data))
    yield from feed.read_by(fastwarc_reader(reader)(feed))


_UNPACKERS: dict[str, Callable[[bytes], Pieces]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": partial(_by_fastwarc, "BrotliReader"),
    "zstd": partial(_by_fastwarc, "ZstdReader"),
}
