"""What the benchmark of a batch reads: JSON Lines of `benchmarks.archive`, so many as needed."""

import json
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks import archive

SPAN = 100_000
"""Articles of the whole archive, from its first day to its last: of fewer it is the beginning."""

_CHUNK = 50


def lines(folder: Path, articles: int, jobs: int) -> Path:
    """A file with the first so many articles in order of printing, made where it isn't there."""
    path = folder / f"{articles}.jsonl"
    if not path.exists():
        whole = _archive(folder, articles, jobs)
        with whole.open(encoding="utf-8") as source:
            _put(path, list(islice(source, articles)))
    return path


def cut(folder: Path, articles: int, into: int, jobs: int) -> list[Path]:
    """The same in so many files of the same number of articles."""
    with lines(folder, articles, jobs).open(encoding="utf-8") as source:
        read = source.readlines()
    size = articles // into
    parts = folder / f"{articles}-in-{into}"
    parts.mkdir(exist_ok=True)
    paths = [parts / f"{n:04d}.jsonl" for n in range(into)]
    for n, path in enumerate(paths):
        if not path.exists():
            _put(path, read[n * size : (n + 1) * size])
    return paths


def months(folder: Path, articles: int, of: int, name: str) -> Path:
    """So many articles as if they were the first of `of`: of all days, or of a few."""
    path = folder / f"{name}-{articles}.jsonl"
    if not path.exists():
        _put(path, [line(n, of) for n in range(articles)])
    return path


def line(n: int, of: int) -> str:
    """One article as a line."""
    article = archive.reading(n, of).article
    fields = {
        "id": article.id if article.id is not None else f"made-{n}",
        "title": article.title,
        "date": article.date,
        "url": article.url,
        "publisher": article.publisher,
        "text": article.text,
        **article.extra,
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _archive(folder: Path, articles: int, jobs: int) -> Path:
    """The archive so far, with no fewer articles than that."""
    folder.mkdir(parents=True, exist_ok=True)
    path, part = folder / "archive.jsonl", folder / "archive.part"
    there = sum(1 for _ in path.open(encoding="utf-8")) if path.exists() else 0
    if there >= articles:
        return path
    with get_context("spawn").Pool(jobs) as pool, part.open("w", encoding="utf-8") as file:
        if there:
            file.write(path.read_text(encoding="utf-8"))
        wanted = ((n, SPAN) for n in range(there, articles))
        file.writelines(pool.imap(_line, wanted, _CHUNK))
    part.replace(path)
    return path


def _line(numbers: tuple[int, int]) -> str:
    return line(*numbers)


def _put(path: Path, text: list[str]) -> None:
    part = path.with_suffix(".part")
    part.write_text("".join(text), encoding="utf-8")
    part.replace(path)
