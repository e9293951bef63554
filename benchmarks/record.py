"""`python -m benchmarks.record --statements N --db FILE`: how fast a record answers, as it grows.

An archive is added to a new file, and at 1,000 statements, 10,000 and so on the same seeded
questions are asked: searches for one to three words drawn by frequency from the contents, a third
of them phrases, a quarter with filters; quotations to check, half as printed and half changed;
timelines. It prints milliseconds (and of the processor's time, which other programs don't
stretch), writes them to FILE.json, and growth to FILE.svg. Of a FILE that is there, the questions
are asked as it is, and nothing is written.
"""

import argparse
import json
import os
import platform
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.processor import processor

from benchmarks import archive
from sayso import Reading
from sayso.record import Record
from sayso.record.database import write
from sayso.record.filters import Filters
from sayso.record.hits import load
from sayso.record.search import search
from sayso.record.timeline import timeline

BATCH = 200
"""Articles that are added in one transaction: an archive's way, faster than one by one."""
QUESTIONS = {"search": 1_000, "check": 200, "timeline": 200}
MILESTONES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
SHARE = 19.9
"""Statements of an article, on average."""

Question = Callable[[], Any]


def main() -> None:
    """Build, ask, tell."""
    options = _options()
    results = _machine() | {"sizes": []}
    if options.db.exists():
        _tell(_measured(options.db))
        return
    archive.read()
    readings = archive.readings(int(options.statements / SHARE) + 50)
    sizes = [m for m in MILESTONES if m < options.statements] + [options.statements]
    with Record(options.db) as record:
        for size in sizes:
            added = _grow(record, readings, size)
            results["sizes"].append(added | _measured(options.db))
            _tell(results["sizes"][-1])
            _write(results, options.db)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--db", type=Path, required=True)
    return parser.parse_args()


def _machine() -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


# ---- building


def _grow(record: Record, readings: Iterator[Reading], size: int) -> dict[str, Any]:
    """Add readings until the record has that many statements; what was added, how fast."""
    before = reached = _statements(record)
    articles, wall, work = 0, time.perf_counter(), time.process_time()
    while reached < size:
        with write(record.db):
            for reading, _ in zip(readings, range(BATCH), strict=False):
                record.add(reading)
                articles += 1
                reached += len(reading.statements)
                if reached >= size:
                    break
    seconds = time.perf_counter() - wall
    return {
        "statements": reached,
        "added": {
            "statements": reached - before,
            "articles_per_second": round(articles / seconds, 1),
            "articles_per_processor_second": round(articles / (time.process_time() - work), 1),
        },
    }


def _statements(record: Record) -> int:
    return int(record.db.execute("SELECT coalesce(max(id), 0) FROM statement").fetchone()[0])


# ---- asking


def _measured(path: Path) -> dict[str, Any]:
    """All questions, asked of the record as a reader of its own has it."""
    with Record(path) as record:
        record.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size, statements = path.stat().st_size, _statements(record)
    with Record(path, read_only=True) as record:
        asked = {
            "search": _searches(record, QUESTIONS["search"]),
            "check": _checks(record, QUESTIONS["check"]),
            "timeline": _timelines(record, QUESTIONS["timeline"]),
        }
        told = {name: _timed(questions) for name, questions in asked.items() if questions}
    return {
        "statements": statements,
        "bytes": size,
        "bytes_per_statement": round(size / statements),
    } | told


def _timed(questions: Sequence[Question]) -> dict[str, float]:
    walls, works = [], []
    for question in questions:
        wall, work = time.perf_counter(), time.process_time()
        question()
        walls.append(1000 * (time.perf_counter() - wall))
        works.append(1000 * (time.process_time() - work))
    found = {"questions": len(walls), "most_ms": round(max(walls), 1)}
    for name, values in (("ms", walls), ("processor_ms", works)):
        ranked = sorted(values)
        found[f"p50_{name}"] = round(ranked[len(ranked) // 2], 1)
        found[f"p95_{name}"] = round(ranked[int(len(ranked) * 0.95)], 1)
    return found


def _searches(record: Record, of: int) -> list[Question]:
    """Words are drawn from statements drawn at random, so a frequent word comes often."""
    draw = random.Random(1)
    names = _names(record, draw)
    found: list[Question] = []
    while len(found) < of:
        content = _content(record, draw).split()
        size = draw.randrange(1, 4)
        if len(content) < size:
            continue
        at = draw.randrange(len(content) - size + 1)
        words = " ".join(draw.sample(content, size))
        if draw.random() < 1 / 3:
            words = '"' + " ".join(content[at : at + size]).replace('"', "") + '"'
        filters = _filters(draw, names) if draw.random() < 1 / 4 else Filters()
        if any(map(str.isalnum, words)):
            found.append(partial(search, record.db, words, filters))
    return found


def _filters(draw: random.Random, names: Sequence[str]) -> Filters:
    year, month = draw.randrange(2015, 2026), draw.randrange(1, 10)
    days = {"since": f"{year}-{month:02d}-11", "until": f"{year}-{month + 2:02d}-19"}
    choices: list[dict[str, Any]] = [
        {"by": (draw.choice(names),)},
        {"about": (draw.choice(names),)},
        {"outlets": (archive.outlet(draw.randrange(archive.OUTLETS)),)},
        days,
        days | {"dates": "said"},
        {"types": (draw.choice(("direct", "mixed", "indirect")),)},
        {"said": draw.random() < 0.5},
        {"unnamed": True},
        {"min_confidence": 0.9},
    ]
    chosen: dict[str, Any] = {}
    for each in draw.sample(choices, draw.randrange(1, 3)):
        chosen |= each
    return Filters(**chosen)


def _timelines(record: Record, of: int) -> list[Question]:
    """Of people who are in the news as often as others ask for them; the first say most."""
    draw = random.Random(2)
    return [
        partial(timeline, record.db, name)
        for name in (*_most_quoted(record), *_names(record, draw))[:of]
    ]


def _checks(record: Record, of: int) -> list[Question]:
    """Quotations as printed, and every other one with a word changed."""
    check = getattr(record, "check", None)
    if check is None:
        return []
    draw = random.Random(3)
    found: list[Question] = []
    while len(found) < of:
        words = _content(record, draw).split()
        if len(words) < 4:
            continue
        if len(found) % 2:
            words[draw.randrange(len(words))] = draw.choice(words)
        quotation = " ".join(words)
        found.append(partial(check, quotation))
    return found


def _content(record: Record, draw: random.Random) -> str:
    (hit,) = load(record.db, [draw.randrange(1, _statements(record) + 1)]) or (None,)
    return "" if hit is None else hit.text


def _names(record: Record, draw: random.Random) -> list[str]:
    """The entries' numbers of speakers of statements drawn at random."""
    rows: list[Any] = []
    while len(rows) < QUESTIONS["timeline"]:
        rows += record.db.execute(
            "SELECT person FROM speaker WHERE statement = ? AND person IS NOT NULL LIMIT 1",
            (draw.randrange(1, _statements(record) + 1),),
        ).fetchall()
    return [str(row[0]) for row in rows]


def _most_quoted(record: Record) -> list[str]:
    rows = record.db.execute(
        "SELECT person FROM speaker WHERE person IS NOT NULL GROUP BY person "
        "ORDER BY count(*) DESC LIMIT 20"
    )
    return [str(row[0]) for row in rows]


# ---- telling


def _tell(size: dict[str, Any]) -> None:
    print(f"{size['statements']:,} statements, {size['bytes_per_statement']:,} bytes each")
    for name in ("added", *QUESTIONS):
        if name in size:
            print(f"  {name}: {json.dumps(size[name])}", flush=True)


def _write(results: dict[str, Any], db: Path) -> None:
    told = json.dumps(results, indent=2) + "\n"
    db.with_suffix(".json").write_text(told, encoding="utf-8")
    if len(results["sizes"]) > 1:
        from benchmarks import growth

        part = db.with_suffix(f".{os.getpid()}.svg")
        growth.draw(results["sizes"], part)
        part.replace(db.with_suffix(".svg"))


if __name__ == "__main__":
    main()
