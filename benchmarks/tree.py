"""A command, with its time, and the memory of it and of all that it starts, shared memory once."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psutil

from benchmarks.process import ROOT, CommandFailed

_SOON, _LATER = 0.25, 2.0
"""Seconds between two looks, in the first ten and then: a look costs some milliseconds."""
_FINE = (0, 1)
"""Statuses of a batch that came to its end; 1 says that some articles could not be read."""


@dataclass(slots=True)
class Peak:
    """The most memory at a time. `pss_mb` shares out what several processes have in common."""

    pss_mb: float = 0.0
    rss_mb: float = 0.0
    processes: int = 0


class Watch(threading.Thread):
    """Looks at the memory of some processes and their families until it is left."""

    def __init__(self, pids: Sequence[int]) -> None:
        super().__init__(daemon=True)
        self.peak = Peak()
        self._pids = pids
        self._done = threading.Event()

    def __enter__(self) -> "Watch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        begun = time.monotonic()
        while not self._done.wait(_SOON if time.monotonic() - begun < 10 else _LATER):
            found = family(self._pids)
            peak, pss = self.peak, sum(map(_shared_out, found)) / 1e6
            if pss > peak.pss_mb:
                peak.pss_mb, peak.processes = round(pss, 1), len(found)
            peak.rss_mb = max(peak.rss_mb, round(sum(map(_resident, found)) / 1e6, 1))


def family(pids: Sequence[int]) -> list[psutil.Process]:
    """These processes and all that came of them, each once."""
    found: dict[int, psutil.Process] = {}
    for pid in pids:
        with suppress(psutil.NoSuchProcess):
            root = psutil.Process(pid)
            found |= {each.pid: each for each in (root, *root.children(recursive=True))}
    return list(found.values())


def kill(pids: Sequence[int]) -> None:
    """End these processes and all that came of them, at once."""
    found = family(pids)
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(found, timeout=30)


def _shared_out(process: psutil.Process) -> int:
    try:
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it is gone, or this is no Linux
        return _resident(process)
    return sum(1024 * int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


@contextmanager
def started(
    command: Sequence[str], environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A command of this Python, in the repository's root; nothing of it is left afterwards."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | (environment or {}),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill([process.pid])
        process.wait()


def measured(
    command: Sequence[str],
    *,
    beside: Sequence[int] = (),
    cores: int | None = None,
    environment: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Run a command of this Python: its output, seconds, processor's seconds, and its `Peak`.

    `beside` are processes whose memory counts too. Of the processor's seconds only those of its
    own family count. Raises CommandFailed where it doesn't come to its end.
    """
    before = os.times()
    begun = time.perf_counter()
    with TemporaryFile() as output, TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            stdout=output,
            stderr=errors,
            env=os.environ | (environment or {}),
        )
        if cores is not None:
            os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:cores])
        try:
            with Watch([process.pid, *beside]) as watch:
                status = process.wait()
        except BaseException:
            kill([process.pid])
            raise
        seconds = time.perf_counter() - begun
        after = os.times()
        if status not in _FINE:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-2_000:]
            raise CommandFailed(f"{' '.join(command)} ended with {status}:\n{said}")
        output.seek(0)
        printed = output.read().decode()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    found = {"seconds": round(seconds, 2), "cpu_seconds": round(used, 2), "output": printed}
    return found | asdict(watch.peak)
