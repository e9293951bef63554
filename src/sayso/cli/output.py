"""Where a command's data goes, so that a full disk or a closed pipe is no accident."""

import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sayso.errors import OutputError, UsageError

_STANDARD = 1
"""The file descriptor of standard output, which libraries write to beside Python."""


class PipeClosed(Exception):
    """The program that took standard output has ended."""


class Output:
    """Text out as UTF-8, line ends as they are, flushed at each write so that pipes stream."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name

    def write(self, text: str) -> None:
        """Raises `OutputError`, or `PipeClosed` where nobody reads any more."""
        try:
            self._file.write(text.encode("utf-8", "replace"))
            self._file.flush()
        except BrokenPipeError as error:
            raise PipeClosed from error
        except OSError as error:
            raise _unwritable(self._name, error) from error


@contextmanager
def standard_output() -> Iterator[Output]:
    """Standard output, and nothing of it left behind to fail again when Python ends."""
    if sys.stdout is None:  # closed by the shell: `>&-`
        raise OutputError("can't write standard output: it is closed")
    try:
        yield Output(sys.stdout.buffer, "standard output")
    except (OutputError, PipeClosed):
        abandon_standard_output()
        raise


def abandon_standard_output() -> None:
    """Send what is still buffered nowhere: Python's last flush would fail, and say so."""
    if sys.stdout is None:
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


@contextmanager
def unused_output() -> Iterator[None]:
    """Nothing gets to standard output meanwhile: some libraries write there what nobody asked."""
    try:
        kept = os.dup(_STANDARD)
    except OSError:  # closed by the shell: `>&-`
        yield
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), _STANDARD)
    try:
        yield
    finally:
        os.dup2(kept, _STANDARD)
        os.close(kept)


@contextmanager
def file_output(path: Path, *, force: bool) -> Iterator[Output]:
    """A file that is whole or not there: written beside its place, moved there at the end.

    Raises `UsageError` where the place is taken, and `OutputError`. An old file stays as it was
    until the new one is complete.
    """
    target = _target(path, force=force)
    part = target.with_name(f".sayso-{secrets.token_hex(4)}.part")
    try:
        file = part.open("xb")
    except OSError as error:
        raise _unwritable(str(path), error) from error
    try:
        yield Output(file, str(path))
        _finish(file, part, target)
    finally:
        with suppress(OSError):  # it failed before and was reported then
            file.close()
        part.unlink(missing_ok=True)


def _target(path: Path, *, force: bool) -> Path:
    """The place itself, behind links. Raises `UsageError` where nothing may be put there."""
    target = path.resolve()
    if target.is_dir():
        raise UsageError(f"{path} is a folder: name a file in it")
    if target.exists() and not target.is_file():
        raise UsageError(f"{path} is no ordinary file: write to standard output, as in > {path}")
    if target.exists() and not force:
        raise UsageError(f"{path} is there already: add --force to replace it, or name another")
    return target


def _finish(file: BinaryIO, part: Path, target: Path) -> None:
    try:
        file.close()
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except OSError as error:
        raise _unwritable(str(target), error) from error


def _unwritable(name: str, error: OSError) -> Exception:
    """What a failed write means. Windows gives EINVAL for a pipe that nobody reads."""
    if error.errno == errno.EINVAL and os.name == "nt" and name == "standard output":
        return PipeClosed()
    return OutputError(f"can't write {name}: {error.strerror or error}")
