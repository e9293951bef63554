"""Inputs where they lie: files of this machine, or objects of a store that Daft knows."""

import errno
import io
import os
import re
from dataclasses import dataclass
from typing import BinaryIO

from sayso.errors import Unreadable, UsageError
from sayso.intake import sources

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
_KNOWN = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "hf", "http", "https", "file"})
_BUFFER = 1 << 20
_NUMBERED = re.compile(r"^\s*\d+: ")
"""How Daft begins a line for what was the cause of the line before."""

MAGIC = re.compile(r"[*?\[]")
"""What makes a pattern of a name."""
FILES = "file://"
"""How an address of this machine's files begins, which are the same ones without it."""

PARQUET = frozenset({".parquet", ".pq"})
ENDINGS = sources.READ_FROM_FOLDERS | PARQUET
"""What is read from folders and stores."""


@dataclass(frozen=True, slots=True)
class Found:
    """An input that is there. `stamp` changes when it does; `error` tells why it can't be read.

    `address` is its `identity`, and `name` as the caller has it. What it holds is told by the
    ending of the name: a link may lead to a file without one.
    """

    address: str
    name: str
    size: int = 0
    stamp: str = ""
    error: str | None = None


def is_elsewhere(name: str) -> bool:
    """Whether it is an address of a store. Raises UsageError for one that nothing knows."""
    match = _SCHEME.match(name)
    if match is None:
        return False
    scheme = match[1].lower()
    if scheme not in _KNOWN:
        raise UsageError(f"{name}: there is no way to {scheme} addresses")
    if scheme.startswith("http") and sources.ending(name) not in ENDINGS - sources.PAGES:
        raise UsageError(
            f"{name} is no file of records: a batch reads archives, and sayso read reads pages"
        )
    return True


def identity(address: str) -> str:
    """What an input or a lake is told by from all others, whatever leads to it."""
    path = address.removeprefix(FILES)
    return address if _SCHEME.match(path) else os.path.realpath(path)


def local(path: str, name: str | None = None) -> Found:
    """A file of this machine, called `name` in what is told of it."""
    name, address = name or sources.shown(path), identity(path)
    try:
        sources.check_kind(path, pipes=False)
        state = os.stat(path)
        with open(path, "rb"):
            pass
    except OSError as error:
        return Found(address, name, error=sources.unreadable(name, error).message)
    except Unreadable as error:
        return Found(address, name, error=error.message)
    return Found(address, name, state.st_size, f"{state.st_size}-{state.st_mtime_ns}")


def opened(address: str) -> BinaryIO:
    """The input's bytes, to be read from anywhere in it. Raises OSError."""
    if _SCHEME.match(address) is None:
        return open(address, "rb")
    from sayso.batch.engine import open_elsewhere

    return io.BufferedReader(_Raw(open_elsewhere(address)), _BUFFER)


def as_os_error(error: Exception) -> OSError:
    """What Daft says of a store, with a number: one without it is taken for damage of the file."""
    if isinstance(error, OSError) and error.errno is not None:
        return error
    causes = str(error).strip().splitlines() or [type(error).__name__]
    number = errno.ENOENT if isinstance(error, FileNotFoundError) else errno.EIO
    return OSError(number, _NUMBERED.sub("", causes[-1]))


class _Raw(io.RawIOBase):
    """What Daft opens, as Python's own streams are."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        try:
            return self._file.seek(offset, whence)
        except Exception as error:  # Daft has errors of many sorts for stores
            raise as_os_error(error) from error

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        try:
            data = self._file.read(len(buffer))
        except Exception as error:  # Daft has errors of many sorts for stores
            raise as_os_error(error) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class Window(io.RawIOBase):
    """A stretch of a stream, read as if there were no more of it."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self._stream, self._left = stream, end - start
        stream.seek(start)

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        """As of any stream, and quick: there is nothing between it and the stream's own."""
        most = self._left if size is None or size < 0 else min(size, self._left)
        line = self._stream.readline(most) if most else b""
        self._left -= len(line)
        return line

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._stream.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)
