"""Two writers and three readers on one record, for as long as is wanted.

    python -m benchmarks.record_crowd --seconds 600

The writers add, read anew, merge and correct; the readers search and look articles up, and must
never see half an article or wait for long. At the end all that was told as stored must be there,
and `fsck` must be clean.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.record_kills import NAMES, Fake, article, keys
from sayso import NotInRecord, Record, SaysoError
from sayso.record import correcting, merging, undoing

WRITERS, READERS = 2, 3


def write(record: Record, draw: random.Random) -> str:
    """Do something to the record, and tell what."""
    kind = draw.choices(("add", "reread", "merge", "correct"), (80, 4, 4, 12))[0]
    if kind == "add":
        return f"add {record.add(Fake().read(article(draw))).key}"
    if kind == "reread":
        rereading = record.reread(Fake(f"fake-{draw.randrange(10**6)}"))
        for _ in zip(range(3), rereading, strict=False):
            pass
    elif kind == "merge":
        with suppress(NotInRecord):
            merging.merge(record.db, *draw.sample(NAMES, 2), who="desk")
            undoing.undo(record.db)
    else:
        key = draw.choice(keys(record))
        correcting.right(record.db, f"{key}/s0", who="desk")
    return kind


def read(record: Record, draw: random.Random) -> str:
    """Look something up, and make sure that it is whole."""
    if draw.random() < 0.5:
        found = record.search(f"bridge {draw.randrange(10)}*")
        return "search" if found.hits or not found.matched else "SEARCH"
    key = draw.choice(keys(record)[-50:])
    reading = record.reading(key, corrected=False)
    if reading != Fake(reading.model).read(reading.article):
        raise SaysoError(f"{key} is garbled")
    return "look up"


def work(deed: Callable[[Record, random.Random], str], path: Path, seed: int, until: float) -> Any:
    """What one process did, how long the slowest took, and what went wrong."""
    draw, did, slowest, wrong = random.Random(seed), list[str](), 0.0, list[str]()
    while time.time() < until:
        with Record(path) as record:  # again and again, as commands do
            for _ in range(200):
                started = time.perf_counter()
                try:
                    did.append(deed(record, draw))
                except NotInRecord:
                    time.sleep(0.05)
                except SaysoError as error:
                    if error.code != "usage":  # they were one already
                        wrong.append(f"{type(error).__name__}: {error}")
                slowest = max(slowest, time.perf_counter() - started)
                if time.time() > until:
                    break
    return did, slowest, wrong


def _lost(path: Path, told: set[str]) -> Iterator[str]:
    with Record(path) as record:
        yield from (f"{key} is lost" for key in told - set(keys(record)))
        yield from (str(damage) for damage in record.fsck())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    seconds = parser.parse_args().seconds
    with TemporaryDirectory() as folder, get_context("spawn").Pool(WRITERS + READERS) as pool:
        path, until = Path(folder) / "record.db", time.time() + seconds
        deeds = [write] * WRITERS + [read] * READERS
        results = pool.starmap(work, [(deed, path, n, until) for n, deed in enumerate(deeds)])
        did = Counter(what.split()[0] for done, _, _ in results for what in done)
        told = {what.split()[1] for done, _, _ in results for what in done if what[:4] == "add "}
        wrong = [what for _, _, wrongs in results for what in wrongs]
        wrong += list(_lost(path, told))
    report = {
        "seconds": seconds,
        "cores": os.cpu_count(),
        "did": did,
        "slowest_write_s": round(max(slow for _, slow, _ in results[:WRITERS]), 2),
        "slowest_read_s": round(max(slow for _, slow, _ in results[WRITERS:]), 2),
        "wrong": wrong[:20],
    }
    print(json.dumps(report, indent=2))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
