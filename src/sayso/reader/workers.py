"""Reading in several processes: in the order of the articles, so many ahead and no more."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from sayso.errors import WorkerError
from sayso.reader import Reader
from sayso.reader.ahead import Item
from sayso.types import Article, Failure, Reading

AHEAD = 4
"""Articles that wait for each process: enough to keep it busy, few enough to hold."""

Waiting = deque[tuple[Item, Future[Reading | Failure]]]


def spread(
    articles: Iterable[Item], jobs: int, *, model: str, max_chars: int
) -> Iterator[Reading | Failure]:
    """A result for each article, in order, read by `jobs` processes of one thread each.

    Raises WorkerError where a process dies.
    """
    waiting: Waiting = deque()
    setting = (model, max_chars)
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, setting) as pool:
        try:
            for item in articles:
                waiting.append((item, pool.submit(_work, item)))
                if len(waiting) > AHEAD * jobs:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            for _, future in waiting:
                future.cancel()


def _next(waiting: Waiting) -> Reading | Failure:
    item, future = waiting.popleft()
    try:
        return future.result()
    except BrokenProcessPool as error:
        name = repr(item.id) if isinstance(item, Article) else "without an id"
        raise WorkerError(
            f"a reading process died at the article {name} or near it: for want of memory, so that "
            "fewer jobs would help, or in a script that doesn't have its calls under "
            '`if __name__ == "__main__":`'
        ) from error


_readers: list[Reader] = []


def _start(model: str, max_chars: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, which ends us
    _readers.append(Reader(model, threads=1, max_chars=max_chars))


def _work(item: Item) -> Reading | Failure:
    return _readers[0].attempt(item)
