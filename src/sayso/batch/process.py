"""The reading process from outside: started, listened to, ended when it takes too long.

A worker has one for each shard that it reads at a time. They stay for the shards to come, since
loading the model takes longer than reading a report.
"""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO, cast

from sayso.batch.child import Job, receive, send
from sayso.batch.setting import Setting
from sayso.errors import SaysoError, WorkerError

_COMMAND = "from sayso.batch.child import main; main()"
_LOADING = 600.0
_PASSING = 600.0
"""Seconds in which to come to the first row of a chunk, over those that others read."""

Message = tuple[Any, ...]


class Died(Exception):
    """The process ended in the middle of its work. `late` says that it was ended by us."""

    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self.late = late


class Process:
    """One reading process. Whoever has it is alone with it."""

    def __init__(self, setting: Setting) -> None:
        apart: dict[str, Any] = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]
            if os.name == "nt"
            else {"process_group": 0}
        )  # a terminal's Ctrl-C is for the command alone
        self._process = subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-P", "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            **apart,
        )
        self._frames: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._send(sys.path)
        self._send(setting)
        self._expect_ready()

    def begin(self, job: Job) -> None:
        """Give it a shard. It then waits to be asked for chunks of it, in growing order."""
        self._send(job)

    def read(self, chunk: int) -> Iterator[Message]:
        """What it tells of a chunk, to its end. Raises Died, or what is wrong with the shard."""
        self._send(chunk)
        deadline = time.monotonic() + _PASSING
        while True:
            message = self._next(deadline)
            if message[0] == "failed":
                raise message[1]
            if message[0] == "at":
                deadline = time.monotonic() + message[3]
            yield message
            if message[0] != "at":
                return

    def _send(self, message: Any) -> None:
        with suppress(OSError):  # that it has died is heard when it should answer
            send(self._stdin, message)

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        with suppress(OSError):  # what it has not taken any more
            self._stdin.close()
        self._process.wait()
        self._listener.join()

    @property
    def _stdin(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    def _expect_ready(self) -> None:
        try:
            told, *values = self._next(time.monotonic() + _LOADING)
        except Died as death:
            told, values = "broken", [WorkerError(_no_start(self._process, death))]
        if told == "broken":
            self.close()
            error: SaysoError = values[0]
            raise error

    def _next(self, deadline: float) -> Message:
        try:
            message = self._frames.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            self.close()
            raise Died(late=True) from None
        if message is None:
            self.close()
            raise Died(late=False)
        return message

    def _listen(self) -> None:
        with cast(BinaryIO, self._process.stdout) as stream, suppress(EOFError, OSError):
            while True:
                self._frames.put(receive(stream))
        self._frames.put(None)


def _no_start(process: "subprocess.Popen[bytes]", death: Died) -> str:
    how = "took too long" if death.late else f"ended with status {process.poll()}"
    return f"a reading process can't be started: it {how}; is there memory for the model?"


def _environment() -> dict[str, str]:
    """One thread a process for what would take all the cores: there is a process for each."""
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}
    return {**os.environ, **threads}


class Pool:
    """Reading processes of one setting, lent to one thread each; `most` of them at a time."""

    def __init__(self, setting: Setting, most: int) -> None:
        self._setting = setting
        self._free = most
        self._idle: list[Process] = []
        self._lent: set[Process] = set()
        self._changed = threading.Condition()
        self._closed = False

    def take(self, enough: Callable[[], bool]) -> Process | None:
        """A process that waits for work, else a new one, else the next to be free.

        None once it is `enough`, whose change must be told by `tell`. Raises SaysoError.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or enough() or self._free > 0)
            if self._closed:
                raise WorkerError("the run has been ended")
            if enough():
                return None
            self._free -= 1
            if self._idle:
                process = self._idle.pop()
                self._lent.add(process)
                return process
        try:
            process = Process(self._setting)
        except BaseException:
            self._free_one()
            raise
        with self._changed:
            self._lent.add(process)
            closed = self._closed
        if closed:
            process.close()
        return process

    def give_back(self, process: Process) -> None:
        """It waits for a shard."""
        with self._changed:
            self._lent.discard(process)
            self._idle.append(process)
        self._free_one()

    def drop(self, process: Process) -> None:
        """It has died, or is in the middle of what nobody wants any more."""
        process.close()
        with self._changed:
            self._lent.discard(process)
        self._free_one()

    def tell(self) -> None:
        """Something has changed that those who wait may wait for."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            processes = [*self._idle, *self._lent]
            self._changed.notify_all()
        for process in processes:
            process.close()

    def _free_one(self) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify_all()
