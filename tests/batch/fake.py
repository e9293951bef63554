"""A reader without a model that does what an article's text says: it crashes, hangs, takes memory.

`python -m tests.batch.fake batch INPUT --out LAKE` is the command `sayso` with this reader in it;
or with its own, where the environment has SAYSO_TEST_REAL. SAYSO_TEST_ROWS makes shards small.
"""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sayso import Article, Failure, Reading
from tests.cli.fake import FakeReader

MODEL = "fake-1"


@dataclass
class Fake:
    """Reads as `tests.cli.fake` does, but for texts that begin with a word in capitals."""

    reader: FakeReader

    @property
    def model(self) -> str:
        return self.reader.model

    def attempt(self, item: Article | str | Failure) -> Reading | Failure:
        if isinstance(item, Failure):
            return item
        article = item if isinstance(item, Article) else Article(item)
        word, _, rest = article.text.partition(" ")
        if word == "CRASH":
            os.abort()
        if word == "HANG":
            time.sleep(3_600)
        if word == "MEMORY":
            sys.stderr.write(str(len(bytearray(64 << 30))))
        if word == "MISTAKE":
            raise ZeroDivisionError
        if word == "ONCE":
            _crash_once(Path(rest.split()[0]))
        if word == "SLOWLY":
            time.sleep(0.02)
        return self.reader.read(article)


def _crash_once(mark: Path) -> None:
    """As a machine without memory does, where the next has some."""
    if not mark.exists():
        mark.touch()
        os.abort()


def reader(model: str, max_chars: int) -> Fake:
    return Fake(FakeReader(MODEL, max_chars=max_chars))


if __name__ == "__main__":
    from sayso.batch import plan, shards
    from tests.batch import fake
    from tests.batch.conftest import use_fake

    if "SAYSO_TEST_REAL" not in os.environ:
        use_fake(fake.reader)
    if "SAYSO_TEST_ROWS" in os.environ:
        for module in (plan, shards):
            vars(module)["ROWS"] = int(os.environ["SAYSO_TEST_ROWS"])
    from sayso.cli import main

    main()
