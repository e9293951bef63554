"""WARC files to test with: records by hand, and a hostile file that is made anew from a seed.

    python -m tests.intake.warcs 1000

makes the hostile file in a temporary folder, reads it in a process of its own, and tells what came
of each record, how long it took and how much memory.
"""

import argparse
import base64
import gzip
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

MB = 1_000_000
_PIECE = bytes(1 << 20)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row must come to: an article, where `code` is None, or a failure of that code."""

    offset: int
    kind: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One record, packed; `code` is "-" where it is no row."""

    kind: str
    member: bytes
    code: str | None


def record(
    block: bytes,
    *,
    kind: str = "response",
    url: str = "https://courier.example/a",
    content_type: str = "application/http; msgtype=response",
    length: int | None = None,
    fields: str = "",
) -> bytes:
    """A record of WARC 1.1; `length`, where it is given, is the one that it tells."""
    told = len(block) if length is None else length
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"WARC-Date: 2026-03-01T10:00:00Z\r\nWARC-Target-URI: {url}\r\n{fields}"
        f"Content-Type: {content_type}\r\nContent-Length: {told}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(
    body: bytes, *headers: str, status: str = "200 OK", kind: str | None = "text/html"
) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers]
    if kind is not None:
        lines.append(f"Content-Type: {kind}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def page(number: int = 0, *, charset: str = "") -> str:
    """A report that no other number gives."""
    meta = f'<meta charset="{charset}">' if charset else ""
    paragraphs = "".join(
        f"<p>The mayor of Quenby, Tilda Marsh, said on day {number} that café {i} would stay. "
        "“We listened,” she told the council’s members.</p>"
        for i in range(5)
    )
    return (
        f"<!DOCTYPE html><html><head>{meta}<title>Café {number}</title>"
        '<meta property="article:published_time" content="2026-03-01T09:00:00Z">'
        f"</head><body><article>{paragraphs}</article></body></html>"
    )


def digest(block: bytes) -> str:
    sha1 = hashlib.sha1(block, usedforsecurity=False).digest()
    return f"WARC-Block-Digest: sha1:{base64.b32encode(sha1).decode()}\r\n"


def chunked(body: bytes, size: int = 700) -> bytes:
    chunks = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


def deflated_zeros(size: int, bits: int = 31) -> bytes:
    """So many zeros, packed without ever being in memory."""
    deflate = zlib.compressobj(9, wbits=bits)
    out = b"".join(
        deflate.compress(_PIECE[: min(len(_PIECE), size - at)])
        for at in range(0, size, len(_PIECE))
    )
    return out + deflate.flush()


def large_member(size: int, url: str) -> bytes:
    """A whole page of `size` bytes in a member, made and packed piece by piece."""
    pieces = 1 + size // (1 << 20)
    piece = (b"<p>He said so, and she said no, and that was that. </p>" * 20_000)[: 1 << 20]
    head = answer(b"<!DOCTYPE html><html><body>")
    whole = record(head, url=url, length=len(head) + pieces * len(piece))
    deflate = zlib.compressobj(1, wbits=31)
    out = [deflate.compress(whole[:-4])]
    out += [deflate.compress(piece) for _ in range(pieces)]
    return b"".join([*out, deflate.compress(b"\r\n\r\n"), deflate.flush()])


def bomb_member(size: int, url: str) -> bytes:
    """A record of `size` zeros, some kilobytes packed."""
    head = answer(b"")
    pieces = 1 + size // len(_PIECE)
    deflate = zlib.compressobj(9, wbits=31)
    out = [deflate.compress(record(head, url=url, length=len(head) + pieces * len(_PIECE))[:-4])]
    out += [deflate.compress(_PIECE) for _ in range(pieces)]
    return b"".join([*out, deflate.compress(b"\r\n\r\n"), deflate.flush()])


class Hostile:
    """A maker of records, each kind in turn and in a random order.

    A large page has `large` bytes, what a bomb unpacks to has `bomb`.
    """

    def __init__(self, seed: int, *, large: int = 50 * MB, bomb: int = 300 * MB) -> None:
        self._random = random.Random(seed)
        self._zeros = deflated_zeros(bomb)
        self._bomb = bomb_member(bomb, "https://courier.example/bomb")
        self._large = large_member(large, "https://courier.example/large")
        self._number = 0

    def cases(self, number: int) -> Iterator[Case]:
        """Half of them as they should be, the other half of all the kinds that aren't."""
        kinds = sorted(name for name in dir(self) if name.startswith(("bad_", "not_", "good_")))
        turn: list[str] = []
        for at in range(number):
            self._number = at
            if at % 2:
                yield self._case("good_page")
                continue
            if not turn:
                turn = self._random.sample(kinds, len(kinds))
            yield self._case(turn.pop())

    def _case(self, name: str) -> Case:
        make: Callable[[], tuple[bytes, str | None]] = getattr(self, name)
        member, code = make()
        return Case(name, member, code)

    @property
    def _url(self) -> str:
        return f"https://courier.example/{self._number}"

    def _packed(self, block: bytes, **more: str) -> bytes:
        return gzip.compress(record(block, url=self._url, **more), 1)  # type: ignore[arg-type]

    def _page(self) -> bytes:
        return page(self._number).encode()

    def good_page(self) -> tuple[bytes, None]:
        block = answer(self._page(), kind="text/html; charset=utf-8")
        return self._packed(block, fields=digest(block)), None

    def good_text(self) -> tuple[bytes, None]:
        text = f"The mayor of Quenby said on day {self._number} that the ferry would stay."
        return self._packed(answer(text.encode(), kind="text/plain")), None

    def good_resource(self) -> tuple[bytes, None]:
        return self._packed(self._page(), kind="resource", content_type="text/html"), None

    def good_chunked(self) -> tuple[bytes, None]:
        block = answer(chunked(self._page()), "Transfer-Encoding: chunked")
        return self._packed(block), None

    def good_gzip(self) -> tuple[bytes, None]:
        return self._packed(answer(gzip.compress(self._page()), "Content-Encoding: gzip")), None

    def good_gzip_in_name_only(self) -> tuple[bytes, None]:
        return self._packed(answer(self._page(), "Content-Encoding: gzip")), None

    def good_legacy_encoding(self) -> tuple[bytes, None]:
        body = page(self._number).encode("cp1252")
        return self._packed(answer(body, kind="text/html; charset=windows-1252")), None

    def good_wrong_encoding(self) -> tuple[bytes, None]:
        """It says one thing and is another: what is UTF-8 shows it; the rest is guessed."""
        said, true = self._random.choice((("iso-8859-1", "utf-8"), ("utf-8", "cp1252")))
        body = page(self._number, charset=said).encode(true)
        return self._packed(answer(body, kind=f"text/html; charset={said}")), None

    def good_utf16(self) -> tuple[bytes, None]:
        return self._packed(answer(page(self._number).encode("utf-16"))), None

    def bad_no_encoding(self) -> tuple[bytes, str]:
        body = self._random.randbytes(5_000)
        return self._packed(answer(b"<html>" + body, kind="text/html; charset=utf-8")), "not_text"

    def bad_flipped(self) -> tuple[bytes, str]:
        member = bytearray(self._packed(answer(self._page())))
        member[self._random.randrange(10, len(member))] ^= 1 << self._random.randrange(8)
        return bytes(member), "bad_record"

    def bad_cut_off(self) -> tuple[bytes, str]:
        member = self._packed(answer(self._page()))
        return member[: self._random.randrange(30, len(member) - 10)], "bad_record"

    def bad_garbage(self) -> tuple[bytes, str]:
        return b"\r\n" + self._random.randbytes(300).replace(b"\x1f", b"-"), "bad_record"

    def bad_length_missing(self) -> tuple[bytes, str]:
        block = record(answer(self._page()), url=self._url).replace(b"Content-Length", b"Length")
        return gzip.compress(block), "bad_record"

    def bad_length_too_short(self) -> tuple[bytes, str]:
        return gzip.compress(record(answer(self._page()), length=300)), "bad_record"

    def bad_length_too_long(self) -> tuple[bytes, str]:
        length = self._random.choice((9_999, 999_999_999_999))
        return gzip.compress(record(answer(self._page()), length=length)), "bad_record"

    def bad_header(self) -> tuple[bytes, str]:
        return gzip.compress(b"WARC/1.1\r\nno field here\r\n\r\n" + self._page()), "bad_record"

    def bad_digest(self) -> tuple[bytes, str]:
        block = answer(self._page())
        return self._packed(block, fields=digest(block + b"x")), "bad_record"

    def bad_large_page(self) -> tuple[bytes, str]:
        return self._large, "too_long"

    def bad_bomb_of_a_record(self) -> tuple[bytes, str]:
        return self._bomb, "too_long"

    def bad_bomb_of_a_page(self) -> tuple[bytes, str]:
        return self._packed(answer(self._zeros, "Content-Encoding: gzip")), "too_long"

    def bad_bomb_in_a_bomb(self) -> tuple[bytes, str]:
        body = gzip.compress(self._zeros)
        return self._packed(answer(body, "Content-Encoding: gzip, gzip")), "too_long"

    def bad_many_elements(self) -> tuple[bytes, str]:
        return self._packed(answer(b"<!DOCTYPE html><body>" + b"<br>a" * 60_000)), "too_long"

    def bad_many_attributes(self) -> tuple[bytes, str]:
        return self._packed(answer(b"<html><body><p " + b"a " * 20_000 + b">")), "not_text"

    def bad_no_article(self) -> tuple[bytes, str]:
        return self._packed(answer(b"<html><body><div id=app></div></body></html>")), "empty"

    def bad_page_cut_in_packing(self) -> tuple[bytes, str]:
        body = gzip.compress(self._page())[:-20]
        return self._packed(answer(body, "Content-Encoding: gzip")), "bad_record"

    def bad_other_language(self) -> tuple[bytes, str]:
        german = "Der Bürgermeister sagte am Dienstag, dass die Fähre bleiben werde. " * 9
        body = f"<!DOCTYPE html><html><body><article><p>{german}</p></article></body></html>"
        return self._packed(answer(body.encode())), "not_english"

    def not_a_page(self) -> tuple[bytes, str]:
        return self._packed(answer(self._random.randbytes(999), kind="image/jpeg")), "-"

    def not_found(self) -> tuple[bytes, str]:
        return self._packed(answer(self._page(), status="404 Not Found")), "-"

    def not_a_response(self) -> tuple[bytes, str]:
        kind = self._random.choice(("request", "metadata", "revisit", "warcinfo", "conversion"))
        return self._packed(self._page(), kind=kind), "-"

    def not_http(self) -> tuple[bytes, str]:
        return self._packed(b"20260301 courier.example 192.0.2.1", content_type="text/dns"), "-"


def write_hostile(path: Path, number: int, *, seed: int = 9, **sizes: int) -> list[Expected]:
    """A file of so many records and one that breaks off; what its rows must come to."""
    expected = []
    with path.open("wb") as file:
        for case in Hostile(seed, **sizes).cases(number):
            if case.code != "-":
                expected.append(Expected(file.tell(), case.kind, case.code))
            file.write(case.member)
        expected.append(Expected(file.tell(), "bad_tail", "bad_record"))
        file.write(gzip.compress(record(answer(page().encode())))[:-60])
    return expected


def outcomes(path: Path) -> tuple[list[tuple[int, str | None]], float]:
    """Offset and code of each row, read in a process of its own; and the most MB that it held."""
    command = [sys.executable, "-m", "tests.intake.warcs", "--read", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    *rows, memory = (json.loads(line) for line in done.stdout.splitlines())
    return [(offset, code) for offset, code in rows], memory


def _read(path: Path) -> None:
    from sayso.intake import Options, warc
    from sayso.types import Failure

    with path.open("rb") as file:
        for offset, result in warc.articles(file, Options(), name=path.name):
            code = result.error.code if isinstance(result, Failure) else None
            _print(json.dumps([offset, code]))
    status = Path("/proc/self/status").read_text()
    held = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    _print(str(int(held) / 1024))


def _measure(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.warc.gz"
        began = time.monotonic()
        expected = write_hostile(path, number)
        made = time.monotonic() - began
        found, memory = outcomes(path)
        seconds = time.monotonic() - began - made
        size = path.stat().st_size
    codes = {row.offset: row for row in expected}
    wrong = [row for row in found if row[0] not in codes or codes[row[0]].code != row[1]]
    missing = [row for row in expected if row.offset not in dict(found)]
    _print(f"{number:,} records and a tail, {size / MB:,.0f} MB packed, made in {made:.0f} s")
    for code, count in sorted(Counter(str(code) for _, code in found).items()):
        _print(f"  {count:5,} {'articles' if code == 'None' else code}")
    _print(f"{len(found):,} rows of {len(expected):,}; wrong {wrong}, missing {missing}")
    _print(f"read in {seconds:.1f} s, {memory:.0f} MB at most")


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=1_000)
    parser.add_argument("--read", type=Path)
    given = parser.parse_args()
    if given.read is not None:
        _read(given.read)
    else:
        _measure(given.number)


def members(*blocks: bytes) -> BytesIO:
    """Records packed each for itself, as crawlers do."""
    return BytesIO(b"".join(map(gzip.compress, blocks)))


if __name__ == "__main__":
    main()
