"""Addresses to pages: http and https, public hosts, a bounded size and a bounded time."""

import re
import ssl
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import httpcore
import httpx

from sayso.errors import FetchFailed, FetchRefused
from sayso.intake.address import check_host
from sayso.intake.http import PAGES, TEXTS, charset, media_type
from sayso.intake.network import CheckedBackend, Deadline, Resolve, resolve

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
SECONDS = 20.0

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LAST_PORT = 65_535
_NUMBER = re.compile(r"\[Errno -?\d+\] ")
_DOCUMENTS = {
    "application/pdf": "a PDF",
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
}
_HEADERS: dict[bytes | str, bytes | str] = {
    "User-Agent": "sayso",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
    # Only what can be unpacked in bounded steps is asked for.
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: `url` is where the redirects ended."""

    url: str
    data: bytes
    is_html: bool
    charset: str | None


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    seconds: float = SECONDS,
    resolve: Resolve = resolve,
) -> Page:
    """The page at an address, its redirects followed.

    `seconds` limits everything together: names looked up, redirects, the page itself.
    `allow_private` switches off the check of network addresses and nothing else.

    Raises FetchRefused or FetchFailed.
    """
    backend = CheckedBackend(Deadline(seconds), resolve, allow_private=allow_private)
    url = _checked(address)
    with httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=backend) as pool:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _get(pool, url)
            if isinstance(answer, Page):
                return answer
            url = _checked(answer)
    raise FetchFailed(f"the address redirects more than {MAX_REDIRECTS} times")


@cache
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _checked(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused(f"that is no address of a page ({error})") from error
    if not url.scheme:
        raise FetchRefused("https:// is missing at the beginning of the address")
    if url.scheme not in ("http", "https"):
        raise FetchRefused(f"only http and https addresses are fetched, not {url.scheme!r}")
    if url.userinfo:
        raise FetchRefused("the address holds a user name or password: leave it out")
    if url.port is not None and not 1 <= url.port <= _LAST_PORT:
        raise FetchRefused(f"there is no port {url.port}: they go from 1 to {_LAST_PORT}")
    check_host(url.raw_host.decode("ascii"))
    return url


def _get(pool: httpcore.ConnectionPool, url: httpx.URL) -> Page | str:
    """The page, or the address that it redirects to."""
    try:
        with pool.stream("GET", str(url), headers=_HEADERS) as response:
            headers = httpx.Headers(response.headers)
            if response.status in _REDIRECTS and "location" in headers:
                return _target(url, headers["location"])
            _check_answer(response.status, headers)
            chunks = response.iter_stream()
            data = _bounded(_unpacked(chunks, headers.get("content-encoding", "")))
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        reason = _NUMBER.sub("", str(error)) or type(error).__name__
        raise FetchFailed(f"{url.host} gave no page ({reason})") from error
    content_type = _content_type(headers)
    return Page(str(url), data, media_type(content_type) in PAGES, charset(content_type))


def _target(url: httpx.URL, location: str) -> str:
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(f"{url.host} redirects to no address ({error})") from error


def _check_answer(status: int, headers: httpx.Headers) -> None:
    if status != 200:
        raise FetchFailed(
            f"the server answered {status} and no page: check the address, or save the page "
            "in a browser and read the file"
        )
    given = media_type(_content_type(headers))
    if given not in PAGES | TEXTS:
        sort = _DOCUMENTS.get(given, given or "an unnamed type")
        raise FetchFailed(f"the address gives {sort}, no page or text")


def _content_type(headers: httpx.Headers) -> str:
    return str(headers.get("content-type", ""))


def _unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Pieces of at most `MAX_BYTES` + 1 each, so that nothing packed can swell unnoticed."""
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip"):
        raise FetchFailed(f"the page is packed in a way that was not asked for: {encoding}")
    try:
        yield from _unzipped(chunks)
    except zlib.error as error:
        raise FetchFailed(f"the page is packed in a damaged way ({error})") from error


def _unzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The text of all members: what is packed with gzip may be several, one after the other."""
    gzip = _gzip()
    for chunk in chunks:
        rest = chunk
        while rest:
            gzip = _gzip() if gzip.eof else gzip
            yield gzip.decompress(rest, MAX_BYTES + 1)
            rest = gzip.unused_data
    if not gzip.eof:
        raise FetchFailed("the page breaks off in the middle")


def _gzip() -> "zlib._Decompress":
    return zlib.decompressobj(16 + zlib.MAX_WBITS)


def _bounded(chunks: Iterable[bytes]) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MAX_BYTES:
            raise FetchFailed(f"the page is larger than {MAX_BYTES // 1_000_000} MB")
    return bytes(data)
