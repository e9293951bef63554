"""The bare reader on a file: `python -m benchmarks.bare FILE MODEL JOBS`. It prints a line of JSON.

It reads what a batch reads, by as many processes, and keeps nothing.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from sayso import Article, Failure, Reader


def main(path: str, model: str, jobs: str) -> None:
    counts = {"articles": 0, "statements": 0, "words": 0, "failures": 0}
    for result in Reader(model, threads=1).read_many(_articles(Path(path)), jobs=int(jobs)):
        if isinstance(result, Failure):
            counts["failures"] += 1
        else:
            counts["articles"] += 1
            counts["statements"] += len(result.statements)
            counts["words"] += len(result.article.text.split())
    sys.stdout.write(json.dumps(counts) + "\n")


def _articles(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)
            yield Article(fields["text"], id=fields["id"], date=fields["date"])


if __name__ == "__main__":
    main(*sys.argv[1:])
