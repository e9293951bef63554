"""A command, with its time and the memory of it and of the processes that it starts."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]

EVERY = 0.02
"""Seconds between looks at the memory in use."""
FAMILY = 25
"""Looks between two searches for new child processes: the search is what costs."""


class CommandFailed(Exception):
    """A measurement ended with an error; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command printed, the seconds to its first byte, and its memory at most."""

    output: str
    first_byte: float
    peak_bytes: int


def worker(task: str, *arguments: str) -> dict[str, Any]:
    """The figures of a task of `benchmarks.worker`."""
    return figures([sys.executable, "-m", "benchmarks.worker", task, *arguments])


def figures(command: Sequence[str]) -> dict[str, Any]:
    """The JSON object that the command prints, and `peak_mb`."""
    done = run(command)
    printed: dict[str, Any] = json.loads(done.output)
    return printed | {"peak_mb": round(done.peak_bytes / 1e6, 1)}


def run(command: Sequence[str]) -> Run:
    """Run it in the repository's root and watch it to its end.

    Raises CommandFailed where it doesn't end with status 0.
    """
    with TemporaryFile() as errors:
        start = perf_counter()
        with (
            subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, bufsize=0
            ) as process,
            _Watch(process.pid) as watch,
        ):
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            begun = process.stdout.read(1)
            first_byte = perf_counter() - start
            output = begun + b"".join(iter(partial(process.stdout.read, 1 << 16), b""))
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace")
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return Run(output.decode(), first_byte, watch.peak)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until it is left.

    Resident memory, added up: what processes share counts once for each.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._root = psutil.Process(pid)
        self._done = threading.Event()

    def __enter__(self) -> "_Watch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        looks, family = 0, [self._root]
        while not self._done.wait(EVERY):
            looks += 1
            if looks % FAMILY == 0:
                with suppress(psutil.NoSuchProcess):
                    family = [self._root, *self._root.children(recursive=True)]
            self.peak = max(self.peak, sum(map(_resident, family)))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
