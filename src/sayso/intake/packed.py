"""A stream as members: packed with gzip, zstd or lz4, or the whole of it plain.

Everything is unpacked in pieces of bounded size, whatever it swells to. What is damaged raises
BadRecord, and the stream can be taken up again behind it.
"""

import re
import struct
import zlib
from collections.abc import Callable, Generator, Iterator
from io import BytesIO
from os import SEEK_END
from typing import BinaryIO, Protocol

from sayso.errors import BadRecord, InputError, Unreadable

PIECE = 1 << 16
_HELD = 4 << 20  # what a stream that can't seek is gone back by
_WIDEST = 64 << 20  # what a zstd frame may ask to be remembered while it is unpacked
_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LZ4 = b"\x04\x22\x4d\x18"
_MAGIC = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|\x28\xb5\x2f\xfd|\x04\x22\x4d\x18")
_LONGEST_MAGIC = 4
_LONGEST_WANTED = 23
_SKIPPED = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # frames that hold data of others
_LZ4_BLOCK_CHECKED, _LZ4_SIZED, _LZ4_CHECKED, _LZ4_NAMED = 0x10, 0x08, 0x04, 0x01

Pieces = Iterator[bytes]


class _Unpacks(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Raw:
    """A binary stream that can be gone back in: anywhere if it can seek, else by a few MB.

    `head` is what of it has been read already. Offsets count from where that began, which
    was at `start`.
    """

    def __init__(self, stream: BinaryIO, head: bytes = b"", start: int = 0) -> None:
        self._stream = stream
        self._held = bytearray(head)
        self._first = start
        self._at = 0
        self._zero = stream.tell() - len(head) - start if stream.seekable() else None

    @property
    def offset(self) -> int:
        """Where the next byte stands."""
        return self._first + self._at

    def piece(self, most: int = PIECE) -> bytes:
        """The next bytes, `most` or fewer; none only at the end."""
        if self._at == len(self._held):
            self._fill()
        data = bytes(self._held[self._at : self._at + most])
        self._at += len(data)
        return data

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end, which stay the next ones."""
        while len(self._held) - self._at < size and self._fill():
            pass
        return bytes(self._held[self._at : self._at + size])

    def exactly(self, size: int) -> bytes:
        """The next few bytes. Raises BadRecord where there are fewer."""
        data = self.peek(size)
        if len(data) < size:
            raise BadRecord("it breaks off in the middle")
        self._at += size
        return data

    def go_to(self, offset: int) -> None:
        """Go on at `offset`; or, where the stream can't seek, as near it as it goes."""
        if self._first <= offset <= self._first + len(self._held):
            self._at = offset - self._first
        elif self._zero is not None:
            self._stream.seek(self._zero + offset)
            self._held.clear()
            self._first, self._at = offset, 0
        elif offset < self._first:
            self._at = 0
        else:
            while self.offset < offset and self.piece(min(PIECE, offset - self.offset)):
                pass

    def skip(self, size: int) -> int:
        """Pass over `size` bytes, fewer only at the end. How many they were."""
        begin = self.offset
        if self._zero is None:
            self.go_to(begin + size)
        else:
            end = self._stream.seek(0, SEEK_END) - self._zero
            self._stream.seek(self._zero + self._first + len(self._held))
            self.go_to(min(begin + size, end))
        return self.offset - begin

    def find(self, pattern: re.Pattern[bytes], longest: int) -> bool:
        """Go to where `pattern`, `longest` bytes at most, comes next; else to the end."""
        while True:
            self.peek(PIECE)
            match = pattern.search(self._held, self._at)
            if match is not None:
                self._at = match.start()
                return True
            self._at = max(self._at, len(self._held) - longest + 1)
            if not self._fill():
                self._at = len(self._held)
                return False

    def _fill(self) -> bool:
        spare = self._at - _HELD
        if spare > 0:
            del self._held[:spare]
            self._first += spare
            self._at -= spare
        data = self._stream.read(PIECE)
        self._held += data
        return bool(data)


class Tape:
    """Bytes to be read in order; `piece` gives the next ones, and none only at the end.

    Where it finds damage, the tape ends, and `error` tells why.
    """

    def __init__(self, piece: Callable[[], bytes]) -> None:
        self._piece = piece
        self.error: InputError | None = None
        self._held = bytearray()

    @property
    def ahead(self) -> int:
        """How many bytes have been unpacked and not been read."""
        return len(self._held)

    def peek(self, size: int) -> bytes:
        while len(self._held) < size and (piece := self._next()):
            self._held += piece
        return bytes(self._held[:size])

    def _next(self) -> bytes:
        if self.error is not None:
            return b""
        try:
            return self._piece()
        except InputError as error:
            self.error = error
            return b""

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        data = self.peek(size)
        del self._held[: len(data)]
        return data

    def skip(self, size: int) -> int:
        """Pass over `size` bytes, fewer only at the end. How many they were."""
        left = size
        while left and (data := self.read(min(left, PIECE))):
            left -= len(data)
        return size - left

    def until(self, mark: bytes, most: int) -> bytes:
        """The bytes to the end of `mark`; all that there are, up to `most`, where it is not."""
        held, seen = b"", 0
        while len(held := self.peek(min(seen + PIECE, most))) > seen:
            place = held.find(mark, max(0, seen - len(mark)))
            if place >= 0:
                return self.read(place + len(mark))
            seen = len(held)
        return self.read(len(held))

    def clear(self) -> None:
        self._held.clear()

    def put_back(self, data: bytes) -> None:
        self._held[:0] = data

    def find(self, pattern: re.Pattern[bytes], longest: int) -> bool:
        """Go to where `pattern`, `longest` bytes at most, comes next; else to the end."""
        while True:
            held = self.peek(PIECE)
            match = pattern.search(held)
            if match is not None:
                del self._held[: match.start()]
                return True
            del self._held[: max(1, len(held) - longest + 1)]
            if not held:
                return False


def is_packed(head: bytes) -> bool:
    return _MAGIC.match(head) is not None or _SKIPPED.match(head) is not None


def unpacked(raw: Raw, dictionary: bytes | None = None) -> Pieces:
    """What the member that begins here unpacks to, in pieces; then `raw` is at its end.

    Raises BadRecord where it is damaged, Unreadable where what unpacks it isn't installed.
    """
    head = raw.peek(_LONGEST_MAGIC)
    if head.startswith(_GZIP):
        return _gzip(raw)
    if head == _ZSTD:
        return _framed("ZstdReader", _zstd_frame(raw), dictionary)
    return _framed("Lz4Reader", _lz4_frame(raw), None)


def skipped_frame(raw: Raw) -> bytes | None:
    """The content of a frame for data of others (zstd's dictionary, say), which is passed over.

    A dictionary may be packed itself. Raises BadRecord where it is damaged.
    """
    if not _SKIPPED.match(raw.peek(_LONGEST_MAGIC)):
        return None
    raw.exactly(4)
    (size,) = struct.unpack("<I", raw.exactly(4))
    if size > _HELD:
        raise BadRecord("a dictionary is larger than any is")
    content = raw.exactly(size)
    return _plain_dictionary(content) if content.startswith(_ZSTD) else content


def _plain_dictionary(packed: bytes) -> bytes:
    content = bytearray()
    for piece in unpacked(Raw(BytesIO(packed))):
        content += piece
        if len(content) > _HELD:
            raise BadRecord("a dictionary is larger than any is")
    return bytes(content)


def find_member(
    raw: Raw,
    begins: bytes,
    dictionary: bytes | None = None,
    *,
    or_plain: re.Pattern[bytes] | None = None,
) -> bool:
    """Go to the next member that can be unpacked and begins with `begins`; else to the end.

    Or to what comes next of `or_plain`, 23 bytes at most.
    """
    wanted = _MAGIC if or_plain is None else re.compile(or_plain.pattern + b"|" + _MAGIC.pattern)
    while raw.find(wanted, _LONGEST_WANTED):
        offset = raw.offset
        try:
            found = not is_packed(raw.peek(_LONGEST_MAGIC)) or next(
                unpacked(raw, dictionary), b""
            ).startswith(begins)
        except InputError:  # it is damaged, or what unpacks it isn't installed
            found = False
        raw.go_to(offset + (not found))
        if found:
            return True
    return False


def inflated(chunks: Pieces, bits: int) -> Generator[bytes, None, bytes]:
    """What a zlib stream unpacks to, in pieces; returns what of the last chunk is behind its end.

    Raises zlib.error where it is damaged, EOFError where it breaks off.
    """
    inflate = zlib.decompressobj(bits)
    for chunk in chunks:
        rest = chunk
        while True:
            piece = inflate.decompress(rest, PIECE)
            if piece:
                yield piece
            rest = inflate.unconsumed_tail
            if inflate.eof or not (rest or len(piece) == PIECE):
                break
        if inflate.eof:
            return inflate.unused_data
    raise EOFError


def _gzip(raw: Raw) -> Pieces:
    try:
        unused = yield from inflated(iter(raw.piece, b""), 16 + zlib.MAX_WBITS)
    except zlib.error as error:
        raise BadRecord(f"it is packed in a damaged way ({error})") from error
    except EOFError as error:
        raise BadRecord("it breaks off in the middle") from error
    raw.go_to(raw.offset - len(unused))


def _framed(name: str, frame: Pieces, dictionary: bytes | None) -> Pieces:
    feed = Feed(frame)
    more = {} if dictionary is None else {"dictionary": dictionary}
    reader = fastwarc_reader(name)(feed, **more)
    yield from feed.read_by(reader)
    for _ in frame:  # to its end, whatever the reader left of it
        pass


def fastwarc_reader(name: str) -> Callable[..., _Unpacks]:
    """One of fastwarc's unpackers. Raises Unreadable where it isn't installed."""
    try:
        from fastwarc import stream_io
    except ImportError as error:
        raise Unreadable(
            "what it is packed with needs a package more: pip install 'sayso[scale]'"
        ) from error
    reader: Callable[..., _Unpacks] = getattr(stream_io, name)
    return reader


class Feed:
    """Pieces as the file that fastwarc reads from."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._rest = b""
        self._read = 0
        self._error: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._rest or next(self._pieces, b"")
        except OSError as error:
            self._error = error
            raise
        size = len(data) if size < 0 else size
        self._rest = data[size:]
        self._read += min(size, len(data))
        return data[:size]

    def tell(self) -> int:
        return self._read

    def read_by(self, reader: _Unpacks) -> Pieces:
        """What `reader`, which reads from here, gives. Raises BadRecord where it finds damage."""
        try:
            while piece := reader.read(PIECE):
                yield piece
        except OSError as error:
            if error is self._error:  # the stream itself can't be read
                raise
            raise BadRecord(f"it is packed in a damaged way ({error})") from error


def _zstd_frame(raw: Raw) -> Pieces:
    """The bytes of one frame: its header, and its blocks by the sizes that they give."""
    head = raw.exactly(5)
    described = head[4]
    single, checked = described & 0x20, described & 0x04
    window = b"" if single else raw.exactly(1)
    _check_window(window)
    sizes = (1 if single else 0, 2, 4, 8)
    rest = raw.exactly((0, 1, 2, 4)[described & 3] + sizes[described >> 6])
    yield head + window + rest
    last = False
    while not last:
        block = raw.exactly(3)
        yield block
        told = int.from_bytes(block, "little")
        last, kind = bool(told & 1), told >> 1 & 3
        if kind == 3:
            raise BadRecord("it is packed in a damaged way (a block of no kind)")
        yield from _exactly(raw, 1 if kind == 1 else told >> 3)
    if checked:
        yield raw.exactly(4)


def _check_window(window: bytes) -> None:
    if window:
        base = 1 << (10 + (window[0] >> 3))
        if base + base // 8 * (window[0] & 7) > _WIDEST:
            raise BadRecord("to unpack it would take more memory than is given to it")


def _lz4_frame(raw: Raw) -> Pieces:
    head = raw.exactly(6)
    flags = head[4]
    sized, named = flags & _LZ4_SIZED, flags & _LZ4_NAMED
    yield head + raw.exactly((8 if sized else 0) + (4 if named else 0) + 1)
    check = 4 if flags & _LZ4_BLOCK_CHECKED else 0
    while True:
        block = raw.exactly(4)
        yield block
        size = int.from_bytes(block, "little") & 0x7FFFFFFF
        if size == 0:
            break
        if size > _HELD:
            raise BadRecord("it is packed in a damaged way (a block is too large)")
        yield from _exactly(raw, size + check)
    if flags & _LZ4_CHECKED:
        yield raw.exactly(4)


def _exactly(raw: Raw, size: int) -> Pieces:
    """The next bytes in pieces. Raises BadRecord where there are fewer."""
    left = size
    while left:
        piece = raw.piece(min(left, PIECE))
        if not piece:
            raise BadRecord("it breaks off in the middle")
        left -= len(piece)
        yield piece
