"""How well and how fast what is the same in a lake is found: `python -m benchmarks.same`.

    choose SEED     tries rules on a made lake and prints how each does, the best last
    figures SEED…   precision and recall of pairs, with the rules as they are
    growth          time and memory from 1,000 to 100,000 statements

Rules are chosen on one seed and reported on others: docs/same.md has the figures.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import product

import pyarrow as pa
from tests.lake.same import made
from tests.lake.same.score import Score, score

from benchmarks.process import figures as figures_of
from sayso.lake.manifest import Lake
from sayso.lake.same import articles, engine, finding, kinds, statements
from sayso.lake.same.articles import Articles
from sayso.lake.same.kinds import Kind
from sayso.lake.same.statements import Statements
from sayso.lake.store import Store

STATEMENTS, ARTICLES = 6_000, 2_000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
TO_AN_ARTICLE = 10
"""Statements, in the lakes that growth is measured on."""


def main(arguments: Sequence[str]) -> None:
    match arguments:
        case ["choose", seed]:
            choose(int(seed))
        case ["figures", *seeds] if seeds:
            for seed in seeds:
                figures(int(seed))
        case ["growth"]:
            growth()
        case ["find", folder]:
            print(json.dumps(found(folder)))
        case _:
            sys.exit(__doc__)


# ---- precision and recall


def choose(seed: int) -> None:
    """Print how near alternative rules come, the best last."""
    with _lake(seed) as (whole, lake):
        tries: list[Sequence[Articles | Statements]] = [list(_articles()), list(_statements())]
        for alike in tries:
            tried = zip(_scores(whole, lake, alike), alike, strict=True)
            for reached, kind in sorted(tried, key=lambda each: each[0].f):
                print(kind.table, reached, kind.rules)


def figures(seed: int) -> None:
    """Print how near the rules come, and how near with one sort of bucket alone."""
    with _lake(seed) as (whole, lake):
        for of in (Articles, Statements):
            for told, kind in (
                ("all buckets", of()),
                ("MinHash bands alone", _without(of, "keys", [])),
                ("winnowed runs alone", _without(of, "folded", None)),
            ):
                (reached,) = _scores(whole, lake, [kind])
                print(f"seed {seed}, {kind.table}, {told}: {reached}", flush=True)


def _without(of: type[Articles] | type[Statements], column: str, value: object) -> Kind:
    """The kind without what one sort of its buckets is made from."""

    class Without(of):  # type: ignore[misc, valid-type]
        def prepared(self, rows: pa.Table) -> pa.StructArray:
            ready = super().prepared(rows)
            columns = dict(zip(self.kept.names, ready.flatten(), strict=True))
            columns[column] = [value] * len(ready)
            return kinds.structs(columns, self.kept, ready.is_null().to_pylist())

    made: Kind = Without()
    return made


def _articles() -> Iterator[Articles]:
    for shared, of_both, facts in product((0.3, 0.4, 0.5, 0.6), (0.1, 0.15, 0.2), (0, 0.5, 0.7)):
        yield Articles(articles.Rules(shared=shared, of_both=of_both, facts=facts))


def _statements() -> Iterator[Statements]:
    rules = statements.Rules()
    yield Statements(rules)
    for alike in (0.7, 0.75, 0.85, 0.9):
        yield Statements(replace(rules, alike=alike))
    for run in (8, 10, 15):
        yield Statements(replace(rules, run=run))
    for long in (12, 20):
        yield Statements(replace(rules, long=long))
    for days in ((1, 7, 60), (3, 7, 60), (2, 4, 60), (2, 14, 60), (2, 7, 30), (2, 7, 120)):
        yield Statements(replace(rules, days=days))
    for stock in (2, 5, 10**6):
        yield Statements(replace(rules, stock=stock))


@contextmanager
def _lake(seed: int) -> Iterator[tuple[made.Made, Lake]]:
    whole = made.made(seed, statements=STATEMENTS, articles=ARTICLES)
    with tempfile.TemporaryDirectory() as folder:
        yield whole, made.write(whole, f"{folder}/lake")


def _scores(whole: made.Made, lake: Lake, alike: Sequence[Kind]) -> Iterator[Score]:
    """Of kinds that differ in their rules for pairs alone."""
    truth = _truth(whole, alike[0].table)
    files = [lake.store.path(file.name) for file in lake.files(alike[0].table)]
    with finding.prepared(files, alike[0]) as folder:
        pairs = engine.candidates(folder)
        for kind in alike:
            yield score(finding.grouped(folder, kind, pairs), truth)


def _truth(whole: made.Made, table: str) -> dict[int, int]:
    """By the numbers that rows have while they are compared."""
    printed = {"articles": "date", "statements": "printed"}[table]
    days = {row["row"]: row[printed] for row in whole.rows[table]}
    return {
        kinds.number(days[name[0]], " ".join(name)): of for name, of in whole.truth[table].items()
    }


# ---- growth


def growth() -> None:
    """Print time and memory for lakes of growing size, a process each."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            whole = made.made(size, statements=size, articles=size // TO_AN_ARTICLE)
            made.write(whole, f"{folder}/lake")
            command = [sys.executable, "-m", "benchmarks.same", "find", f"{folder}/lake"]
            print(json.dumps({"statements": size} | figures_of(command)), flush=True)


def found(folder: str) -> dict[str, float]:
    """What finding takes and gives in one lake."""
    start, marks = time.perf_counter(), []
    lake = Lake.open(Store(folder))
    tables = finding.find(lake, tell=lambda told: marks.append(told))
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "core_seconds": round(time.process_time(), 1),
        "same_statements": tables.statements.num_rows,
        "same_articles": tables.articles.num_rows,
        "pairs": sum(int(mark.split()[1].replace(",", "")) for mark in marks),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
