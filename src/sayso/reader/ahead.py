"""Reading in one process, several articles at a time.

While the network is at one article's windows, which leaves Python alone, the rules are at
another's. The network's threads stay as many as they are, whatever the articles.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from sayso.types import Article, Failure, Reading

Item = Article | str | Failure


def read_ahead(
    attempt: Callable[[Item], Reading | Failure], articles: Iterable[Item], many: int
) -> Iterator[Reading | Failure]:
    """A result for each article, in order; `many` of them are read at a time."""
    waiting: deque[Future[Reading | Failure]] = deque()
    with ThreadPoolExecutor(many, "sayso-article") as pool:
        try:
            for item in articles:
                waiting.append(pool.submit(attempt, item))
                if len(waiting) > many:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
