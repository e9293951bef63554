"""`python -m benchmarks.record --folder FOLDER`: how fast a record answers, as it grows.

An archive is added to a record in FOLDER, with a copy at 1,000 statements, 10,000 and so on (a run
that is stopped goes on where it was), and each copy is asked the same questions: see
`benchmarks.record_questions`. The figures go to benchmarks/results/record.json, and with a plot
into docs/benchmarks.md. `--as-is` asks the copies that there are.
"""

import argparse
import json
import resource
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import growth, machine, record_files, record_questions, report
from benchmarks.record_adding import adding
from benchmarks.record_commands import cold_starts, forget
from benchmarks.record_questions import Question
from sayso.record import Record

RUNS = 3
COLD = 100
"""Searches that are asked of a file that has to come from the disk."""


def main() -> None:
    """Build, ask, tell."""
    options = _options()
    grown = [] if options.as_is else record_files.grow(options.folder, options.statements)
    for path in grown:
        _say(f"made {path}")
    results = _everything(record_files.copies(options.folder))
    report.RECORD.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    growth.draw(results["sizes"], report.PLOTS / "record.svg")
    report.write()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--as-is", action="store_true")
    return parser.parse_args()


def _everything(copies: Sequence[Path]) -> dict[str, Any]:
    with Record(copies[0], read_only=True) as smallest:
        questions = record_questions.questions(smallest)
    sizes = []
    for path in copies:
        sizes.append(_holds(path) | _asked(path, questions) | {"adding": adding(path)})
        _say(json.dumps(sizes[-1]))
    return {
        **machine.described(("sayso", "onnxruntime", "rapidfuzz")),
        "sqlite": sqlite3.sqlite_version,
        "runs": RUNS,
        "sizes": sizes,
        "cold_start": cold_starts(copies[-1]),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
    }


def _holds(path: Path) -> dict[str, Any]:
    """What is in a record, and what it takes on disk."""
    with Record(path, read_only=True) as record:
        held = {
            f"{table}s": record.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("statement", "article", "person")
        }
    size = path.stat().st_size
    return held | {"bytes": size, "bytes_per_statement": round(size / held["statements"])}


def _asked(path: Path, questions: dict[str, list[Question]]) -> dict[str, Any]:
    """Milliseconds of each kind of question, in one process, the record opened once.

    `cold_search` are the first searches with nothing of the file in the system's cache; then all
    of it is.
    """
    forget(path)
    with Record(path, read_only=True) as record:
        found = {"cold_search": timed(record, questions["search"][:COLD])}
    with path.open("rb") as file:
        while file.read(1 << 20):
            pass
    with Record(path, read_only=True) as record:
        asked = questions | {"hard_timeline": record_questions.most_quoted(record)}
        runs = [{kind: timed(record, each) for kind, each in asked.items()} for _ in range(RUNS)]
    return found | {kind: _middle([run[kind] for run in runs]) for kind in asked}


def _middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run with the middle figure: other programs may disturb one."""
    return sorted(runs, key=lambda run: float(run["p95_ms"]))[len(runs) // 2]


def timed(record: Record, questions: Iterable[Question]) -> dict[str, Any]:
    """The milliseconds, by the clock and of the processor: other programs stretch the first."""
    took, told = list[tuple[float, float]](), list[str]()
    for question in questions:
        wall, work = time.perf_counter(), time.process_time()
        question.ask(record)
        took.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - work)))
        told.append(question.told)
    found: dict[str, Any] = {"questions": len(took), "slowest": told[took.index(max(took))]}
    for n, name in enumerate(("ms", "processor_ms")):
        ranked = sorted(each[n] for each in took)
        middle, tail = len(ranked) // 2, int(len(ranked) * 0.95)
        for what, value in (("p50", ranked[middle]), ("p95", ranked[tail]), ("most", ranked[-1])):
            found[f"{what}_{name}"] = round(value, 1)
    return found


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    main()
