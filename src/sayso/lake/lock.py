"""One writer at a time: what one sweeps up as a leftover may be what another is about to finish.

The lock is the system's own, on a file of the lake. So it goes with the process that has it,
whatever ends that, and none is ever left behind.
"""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sayso.errors import LakeBusy, LakeError
from sayso.lake.store import Store

_NAME = "_writer.lock"
_PLACE = 1 << 30  # Windows lets nobody read what is locked, and who has it is told at the beginning
_MOST_TOLD = 300


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Nobody else who asks for the same writes to this lake meanwhile; it must be there.

    Stores have no locks, and nor have some disks of a network: there nobody is kept out.

    Raises LakeBusy.
    """
    if not store.is_local:
        yield
        return
    try:
        file = os.open(store.path(_NAME), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LakeError(f"can't use {store.path(_NAME)}: {error.strerror or error}") from error
    try:
        if not _locked(file):
            raise LakeBusy(
                f"{_holder(file)} is writing to the lake {store}: wait for its end, and give the "
                "command again"
            )
        with suppress(OSError):  # it is told for people only
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, f"process {os.getpid()} on {socket.gethostname()}".encode())
        yield
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    """Lock the file; False where another has."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # this file system has no locks
        return True
    return True


def _holder(file: int) -> str:
    told = b""
    with suppress(OSError):
        os.lseek(file, 0, os.SEEK_SET)
        told = os.read(file, _MOST_TOLD)
    return told.decode("utf-8", errors="replace").strip() or "another process"
