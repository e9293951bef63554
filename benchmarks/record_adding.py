"""What storing costs beside reading: new articles are read and added to a copy of a record."""

import shutil
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import archive
from sayso import Reader
from sayso.record import Record

ARTICLES = 100
MODEL = "en-fast"
_FIRST = 10_000_000
"""The number of the first of these articles: none that the record has."""


def adding(path: Path) -> dict[str, Any]:
    """Milliseconds an article, read and then stored in a transaction of its own, on the disk.

    `speed` is the share of the reader's own speed that is left, of the processor's time and by
    the clock; one after the other, though `sayso add` can read and store side by side.
    """
    reader = Reader(MODEL, threads=1)
    articles = [archive.reading(_FIRST + n, _FIRST).article for n in range(ARTICLES)]
    reader.read(articles[0])
    took: list[tuple[float, float, float, float]] = []
    with TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(shutil.copy(path, folder))
        with Record(copy) as record:
            for article in articles:
                start, began = time.perf_counter(), time.process_time()
                reading = reader.read(article)
                middle, between = time.perf_counter(), time.process_time()
                record.add(reading)
                end, done = time.perf_counter(), time.process_time()
                took.append((middle - start, end - middle, between - began, done - between))
    read, add, reads, adds = map(sum, zip(*took, strict=True))
    return {
        "articles": ARTICLES,
        "reading_ms": round(1000 * read / ARTICLES, 1),
        "adding_ms": round(1000 * add / ARTICLES, 1),
        "adding_median_ms": round(1000 * median(each[1] for each in took), 1),
        "reading_processor_ms": round(1000 * reads / ARTICLES, 1),
        "adding_processor_ms": round(1000 * adds / ARTICLES, 1),
        "speed": round(read / (read + add), 3),
        "processor_speed": round(reads / (reads + adds), 3),
    }
