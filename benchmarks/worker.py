"""One measurement in a process of its own: `python -m benchmarks.worker TASK PEER …`.

It prints one line of JSON. Its memory is watched from outside, by `benchmarks.process`.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from benchmarks import corpus
from benchmarks.peers import PEERS, Found, Peer

ENOUGH = 1.0
"""Seconds for which a short reading is repeated; its median counts."""


def main(task: str, peer: str, *arguments: str) -> None:
    result = TASKS[task](PEERS[peer], *arguments)
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()  # `first` is timed to its first byte, not to the end of the process


def warm(make: Callable[[], Peer], articles: str) -> dict[str, Any]:
    """Read a stream of articles, after one that isn't timed.

    Where other processes read, the clock runs in the stream's middle, while all are busy.
    `cpu_seconds` are this process's alone, all its threads together.
    """
    peer, measured = make(), corpus.articles(int(articles))
    before, after = (corpus.articles(peer.ahead, first=n) for n in (1_000_000, 2_000_000))
    if not peer.ahead:
        _exhaust(peer.read_many(corpus.articles(1, first=1_000_000)))
    results = peer.read_many([*before, *measured, *after])
    _exhaust(islice(results, peer.ahead))
    start, cpu_start = perf_counter(), process_time()
    found = list(islice(results, len(measured)))
    seconds, cpu_seconds = perf_counter() - start, process_time() - cpu_start
    _exhaust(results)
    return _summary(measured, found, seconds) | {"cpu_seconds": cpu_seconds}


def reports(make: Callable[[], Peer], number: str, size: str) -> dict[str, Any]:
    """Read reports of that many words, each on its own, after a first that isn't timed."""
    peer = make()
    seconds = []
    for n in range(int(number) + 1):
        text = corpus.article(int(size), first=100 * n)
        start = perf_counter()
        _exhaust(peer.read_many([text]))
        seconds.append(perf_counter() - start)
    return {"seconds": seconds[1:]}


def articles(make: Callable[[], Peer], path: str) -> dict[str, Any]:
    """Read the articles of a file as they come, so that none of the memory is theirs."""
    return _repeated(make(), partial(corpus.kept, Path(path)))


def words(make: Callable[[], Peer], number: str) -> dict[str, Any]:
    """Read one article of that many words."""
    text = corpus.article(int(number))
    return _repeated(make(), lambda: iter((text,)))


def first(make: Callable[[], Peer], path: str) -> dict[str, Any]:
    """Read one file: what a peer without a command of its own does from a cold start."""
    text = Path(path).read_text(encoding="utf-8")
    return _summary([text], list(make().read_many([text])), 0.0)


def _repeated(peer: Peer, texts: Callable[[], Iterator[str]]) -> dict[str, Any]:
    _exhaust(peer.read_many(corpus.articles(1, first=1_000_000)))
    times: list[float] = []
    found: list[Found] = []
    while sum(times) < ENOUGH:
        start = perf_counter()
        found = list(peer.read_many(texts()))
        times.append(perf_counter() - start)
    return _summary(texts(), found, median(times))


def _summary(texts: Iterable[str], found: list[Found], seconds: float) -> dict[str, Any]:
    return {
        "articles": len(found),
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
    "reports": reports,
    "articles": articles,
    "words": words,
    "first": first,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
