"""A reader without a model: it takes what stands in “…” for a statement by Ida Marsh.

`python -m tests.cli.fake read story.txt` is the command `sayso` with this reader in it.
"""

import re
from collections.abc import Iterable, Iterator

import sayso.reader
from sayso import Article, Failure, ModelError, Reading, Speaker, Statement

IDA = Speaker("Ida Marsh", "person")


class FakeReader:
    """Has the interface of `sayso.reader.Reader`."""

    def __init__(self, model: str | None = None, *, max_chars: int = 1_000_000) -> None:
        self.model = model or "fake-1"
        if self.model == "absent":
            raise ModelError("no model absent: there is fake-1")

    def read(self, article: Article) -> Reading:
        found = enumerate(re.finditer("“[^”]*”", article.text), start=1)
        statements = tuple(
            Statement(
                id=f"s{i}",
                type="direct",
                said=True,
                source=(),
                cue=(),
                content=(article.span(*match.span()),),
                speakers=(IDA,),
                confidence=round(1 / i, 2),
            )
            for i, match in found
        )
        return Reading(self.model, article, statements)

    def read_many(
        self, items: Iterable[Article | Failure], *, jobs: int = 1
    ) -> Iterator[Reading | Failure]:
        for item in items:
            yield item if isinstance(item, Failure) else self.read(item)


if __name__ == "__main__":
    from sayso.cli import main

    vars(sayso.reader)["Reader"] = FakeReader
    main()
