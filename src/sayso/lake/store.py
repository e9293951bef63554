"""Where a lake's files are: a folder of this machine, or an address that pyarrow.fs knows.

Names are relative to the store, with `/` between their parts on every system.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sayso.errors import LakeError, UsageError

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_WHOLE_AT_ONCE = frozenset({"s3", "gcs", "abfs"})
"""Stores whose objects are there when they are written to the end, and not before."""
_PART = re.compile(r"\.[0-9a-f]{8}\.part$")
"""How the name of a file ends while it is being written; nobody else's `.part` is like it."""
_OF_A_DISK = "lost+found"
"""What a new disk has in it."""


@dataclass(frozen=True)
class Store:
    """A place for files; it is made by the first `put`. It pickles as its address.

    All methods raise `LakeError` where the place can't be used, and FileNotFoundError for a
    file that isn't there.
    """

    address: str

    def __reduce__(self) -> tuple[type["Store"], tuple[str]]:
        return Store, (self.address,)

    def __str__(self) -> str:
        return self.address

    @property
    def is_local(self) -> bool:
        return _ADDRESS.match(self.address) is None

    def path(self, name: str) -> str:
        """A file as messages name it, and as this machine opens it if the store is local."""
        if self.is_local:
            return str(Path(self.address, name))
        return f"{self.address.rstrip('/')}/{name}"

    def exists(self, name: str) -> bool:
        """Whether there is such a file; the address itself, by no name, may be one."""
        if self.is_local:
            return os.path.isfile(self.path(name))
        with self._mapped(name):
            return bool(self.filesystem.get_file_info(self._inside(name)).is_file)

    def read(self, name: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError."""
        with self._mapped(name):
            if self.is_local:
                return Path(self.path(name)).read_bytes()
            with self.filesystem.open_input_file(self._inside(name)) as file:
                return bytes(file.read())

    def put(self, name: str, data: bytes) -> None:
        """Write a file, in place of one that is there: whole or not at all, and in a folder of this
        machine on the disk for good.

        Any number of processes may put the same file at once; one of them is the last.
        """
        with self._mapped(name):
            if self.is_local:
                _put(Path(self.path(name)), data)
            else:
                self._upload(self._inside(name), data)

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens where there is none."""
        with self._mapped(name), suppress(FileNotFoundError):
            if self.is_local:
                os.unlink(self.path(name))
            else:
                self.filesystem.delete_file(self._inside(name))

    def is_empty(self) -> bool:
        """Whether there is neither a file nor a folder; what `put` has not finished is nothing."""
        with self._mapped(""):
            names = self._names() if self.is_local else self._names_there()
            return all(_PART.search(name) or name == _OF_A_DISK for name in names)

    def list(self, folder: str = "", *, deep: bool = False) -> Iterator[tuple[str, int]]:
        """The files of a folder, by name, with their bytes; `deep` those of folders in it too.

        What `put` has not finished is left out. Nothing comes of a folder that isn't there.
        """
        with self._mapped(folder):
            found = self._walk(folder, deep) if self.is_local else self._listed(folder, deep)
            yield from sorted(f for f in found if not _PART.search(f[0]))

    def unfinished(self) -> Iterator[str]:
        """What writers that were killed have left half written, which `remove` takes.

        Those who write now have some too: ask when nobody does.
        """
        with self._mapped(""):
            found = self._walk("", True) if self.is_local else self._listed("", True)
            yield from sorted(name for name, _ in found if _PART.search(name))

    # ---- elsewhere

    @property
    def filesystem(self) -> "FileSystem":
        """The file system as pyarrow has it, for readers that want one."""
        return self._place[0]

    def inside(self, name: str) -> str:
        """A file as `filesystem` names it."""
        return f"{self._folder}/{name}" if self.is_local else self._inside(name)

    @cached_property
    def _folder(self) -> str:
        return Path(self.address).as_posix().rstrip("/")

    @cached_property
    def _place(self) -> "tuple[FileSystem, str]":
        fs = _pyarrow_fs()
        if self.is_local:
            return fs.LocalFileSystem(), str(Path(self.address))
        try:
            return fs.FileSystem.from_uri(self.address)  # type: ignore[no-any-return]
        except OSError as error:  # the store is asked for where it is
            raise LakeError(f"can't use {self.address}: {error}") from error
        except Exception as error:  # pyarrow raises several sorts, fsspec's clients their own
            raise UsageError(f"{self.address} is no address of a store: {error}") from error

    def _inside(self, name: str) -> str:
        base = self._place[1].rstrip("/")
        return f"{base}/{name}" if name else base

    def _upload(self, path: str, data: bytes) -> None:
        at_once = self.filesystem.type_name in _WHOLE_AT_ONCE
        part = path if at_once else _part(path)
        if not at_once:
            self.filesystem.create_dir(str(PurePosixPath(path).parent), recursive=True)
        with self.filesystem.open_output_stream(part) as file:
            file.write(data)
        if not at_once:
            self.filesystem.move(part, path)

    def _listed(self, folder: str, deep: bool) -> Iterator[tuple[str, int]]:
        fs = _pyarrow_fs()
        inside = self._inside(folder)
        chosen = fs.FileSelector(inside, recursive=deep, allow_not_found=True)
        for info in self.filesystem.get_file_info(chosen):
            if info.is_file:
                name = info.path[len(inside) :].lstrip("/")
                yield (f"{folder}/{name}" if folder else name), info.size

    def _names(self) -> Iterator[str]:
        with suppress(FileNotFoundError), os.scandir(self.address) as entries:
            yield from (entry.name for entry in entries)

    def _names_there(self) -> Iterator[str]:
        chosen = _pyarrow_fs().FileSelector(self._inside(""), allow_not_found=True)
        yield from (info.base_name for info in self.filesystem.get_file_info(chosen))

    def _walk(self, folder: str, deep: bool) -> Iterator[tuple[str, int]]:
        waiting = [folder]
        while waiting:
            name = waiting.pop()
            with suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.path(name)) as es:
                for entry in es:
                    inner = f"{name}/{entry.name}" if name else entry.name
                    if entry.is_dir():
                        waiting += [inner] * deep
                    else:
                        with suppress(FileNotFoundError):  # another process put it in place
                            yield inner, entry.stat().st_size

    @contextmanager
    def _mapped(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except NotADirectoryError as error:  # what would be its folder is a file
            raise FileNotFoundError(*error.args) from error
        except OSError as error:
            told = error.strerror or error
            raise LakeError(f"can't use {self.path(name)}: {told}") from error


def _put(path: Path, data: bytes) -> None:
    _make(path.parent)
    part = Path(_part(str(path)))
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        _sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    """Make a folder, and have its name on the disk as well."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Have the folder's names on the disk: an entry must not outlive the files that it names."""
    if os.name == "nt":  # which opens no folders, and writes its names ahead
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _part(path: str) -> str:
    return f"{path}.{secrets.token_hex(4)}.part"


def _pyarrow_fs() -> Any:
    try:
        from pyarrow import fs
    except ImportError as error:
        raise UsageError(MISSING) from error
    return fs


MISSING = "a lake needs more than is installed: pip install 'sayso[scale]'"
