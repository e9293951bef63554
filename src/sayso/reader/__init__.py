"""The reader: articles in, readings out. No files but the weights, no network, no database."""

import os
from collections.abc import Iterable, Iterator, Sized
from functools import cache

from sayso.errors import SaysoError, UsageError
from sayso.intake import accept
from sayso.reader.models import model as find_model
from sayso.types import Article, Failure, Reading

__all__ = ["Reader", "read"]


class Reader:
    """A loaded model. Reading the same article gives the same reading, whatever the company.

    `model` names one of the installed models (else `SAYSO_MODEL`, else the default);
    `threads` bounds the processor threads used, by default one a core; an article of more
    than `max_chars` characters is refused.
    """

    def __init__(
        self, model: str | None = None, *, threads: int | None = None, max_chars: int = 1_000_000
    ) -> None:
        if threads is not None and threads < 1:
            raise UsageError(f"threads must be at least 1, not {threads}")
        from sayso.reader.pipeline import Pipeline

        self._threads = threads or os.cpu_count() or 1
        self._pipeline = Pipeline.load(find_model(model), self._threads)
        self._max_chars = max_chars

    @property
    def model(self) -> str:
        """The model's name and version, as readings give it."""
        return self._pipeline.model.id

    def read(self, article: Article | str) -> Reading:
        """Read one article. Raises an InputError where it can't be read."""
        whole = article if isinstance(article, Article) else Article(article)
        return self._pipeline.read(accept(whole, self._max_chars))

    def read_many(
        self, articles: Iterable[Article | str | Failure], *, jobs: int = 1
    ) -> Iterator[Reading | Failure]:
        """Read articles as they come: exactly one result for each, in order.

        An article that can't be read gives a Failure, and a Failure passes through. Where the
        articles are at hand, as in a list, a few are read at a time, by the reader's threads;
        what only an iterator gives is taken one by one, as it is asked for. With `jobs` more
        than one, so many processes read (a script must then have its calls under
        `if __name__ == "__main__":`); memory stays bounded either way.
        """
        if jobs < 1:
            raise UsageError(f"jobs must be at least 1, not {jobs}")
        if isinstance(articles, str):
            raise UsageError("read_many takes articles, not one text: use read")
        if jobs == 1:
            if self._threads == 1 or not isinstance(articles, Sized):
                return map(self.attempt, articles)
            from sayso.reader.ahead import read_ahead

            return read_ahead(self.attempt, articles, self._threads + 1)
        from sayso.reader.workers import spread

        return spread(articles, jobs, model=self._pipeline.model.name, max_chars=self._max_chars)

    def attempt(self, item: Article | str | Failure) -> Reading | Failure:
        """Read one article, or tell why not; a Failure is given back."""
        if isinstance(item, Failure):
            return item
        try:
            return self.read(item)
        except SaysoError as error:
            return Failure(error, id=item.id if isinstance(item, Article) else None)


def read(article: Article | str) -> Reading:
    """Read one article with the default model, loaded once."""
    return _default().read(article)


@cache
def _default() -> Reader:
    return Reader()
