"""One measurement in a process of its own: `python -m benchmarks.worker TASK PEER …`.

It prints one line of JSON. Its memory is watched from outside, by `benchmarks.process`.
"""

import json
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks import corpus
from benchmarks.peers import PEERS, Found, Peer

LEAD = 32
"""Articles read before the clock starts and after it stops, so that it runs while all
processes are busy: more than any peer has in hand at a time."""

ENOUGH = 1.0
"""Seconds for which a short reading is repeated; its median counts."""


def main(task: str, peer: str, *arguments: str) -> None:
    result = TASKS[task](PEERS[peer], *arguments)
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()  # `first` is timed to its first byte, not to the end of the process


def warm(make: Callable[[], Peer], articles: str) -> dict[str, Any]:
    """Read a stream of articles; the clock runs while all but the lead are read.

    `cpu_seconds` are this process's alone, all its threads together.
    """
    texts = corpus.articles(int(articles) + 2 * LEAD)
    measured = texts[LEAD:-LEAD]
    results = make().read_many(texts)
    _exhaust(islice(results, LEAD))
    start, cpu_start = perf_counter(), process_time()
    found = list(islice(results, len(measured)))
    seconds, cpu_seconds = perf_counter() - start, process_time() - cpu_start
    _exhaust(results)
    return _summary(measured, found, seconds) | {"cpu_seconds": cpu_seconds}


def articles(make: Callable[[], Peer], number: str) -> dict[str, Any]:
    """Read that many articles, one by one."""
    return _repeated(make(), corpus.articles(int(number)))


def words(make: Callable[[], Peer], number: str) -> dict[str, Any]:
    """Read one article of that many words."""
    return _repeated(make(), [corpus.article(int(number))])


def first(make: Callable[[], Peer], path: str) -> dict[str, Any]:
    """Read one file: what a peer without a command of its own does from a cold start."""
    text = Path(path).read_text(encoding="utf-8")
    return _summary([text], list(make().read_many([text])), 0.0)


def _repeated(peer: Peer, texts: list[str]) -> dict[str, Any]:
    _exhaust(peer.read_many(corpus.articles(1, first=1_000_000)))
    times: list[float] = []
    found: list[Found] = []
    while sum(times) < ENOUGH:
        start = perf_counter()
        found = list(peer.read_many(iter(texts)))
        times.append(perf_counter() - start)
    return _summary(texts, found, median(times))


def _summary(texts: list[str], found: list[Found], seconds: float) -> dict[str, Any]:
    return {
        "articles": len(texts),
        "words": sum(map(corpus.words, texts)),
        "seconds": seconds,
        "statements": sum(f.statements for f in found),
        "direct": sum(f.direct for f in found),
        "refused": sum(f.refused for f in found),
    }


def _exhaust(results: Iterator[Found]) -> None:
    for _ in results:
        pass


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "warm": warm,
    "articles": articles,
    "words": words,
    "first": first,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
