"""The commands from nothing: Python starts, imports, opens the record, answers and ends."""

import os
import re
import sys
from pathlib import Path
from statistics import median

from benchmarks.process import run
from sayso.record import Record
from sayso.record.hits import load

STARTS = 7


def cold_starts(path: Path) -> dict[str, dict[str, float]]:
    """Median seconds to the first byte; `cold` with nothing of the file in the system's cache."""
    with Record(path, read_only=True) as record:
        hits = load(record.db, range(1, 200))
        hit = next(h for h in hits if h.type == "direct" and h.speakers[0].person is not None)
    person, words = str(hit.speakers[0].person), re.findall(r"\w+", hit.text)[:2]
    commands = {
        "--version": ["--version"],
        "search": ["search", *words, "--format", "jsonl"],
        "check": ["check", hit.text, "--format", "json"],
        "timeline": ["timeline", person, "--format", "jsonl"],
    }
    found = {}
    for name, arguments in commands.items():
        command = [sys.executable, "-m", "sayso", *arguments]
        if name != "--version":
            command += ["--db", str(path)]
        found[name] = {
            "cached": _seconds(command, None),
            "cold": _seconds(command, path),
        }
    return found


def _seconds(command: list[str], forgotten: Path | None) -> float:
    times = []
    for _ in range(STARTS):
        if forgotten is not None:
            forget(forgotten)
        times.append(run(command).first_byte)
    return round(median(times), 3)


def forget(path: Path) -> None:
    """Have the system drop what it keeps of a file in memory."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)
