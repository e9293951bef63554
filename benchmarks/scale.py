"""`python -m benchmarks.scale --folder FOLDER`: a batch as it grows, and what may happen to it.

An archive of JSON Lines is read into lakes in FOLDER, and the figures go to
benchmarks/results/scale.json, with plots and pages into docs/benchmarks.md and docs/at-scale.md. A
run that is stopped goes on with the same command; each part can be run alone, and pages are written
of what there is:

    growth   `sayso batch` beside the bare reader on 1 article, 10, 100 … and at last on as many
             as take --minutes; sizes near that are left out
    core     the batch on one core and on all, for what a core adds in speed and in memory
    real     the batch on --real FILE, JSON Lines of news as it is printed: the archive's articles
             repeat each other, and so take less room than others would
    ray      batches of `growth` through a local Ray: speed, memory, and the same rows?
    same     killed and begun again, a node lost, shards in another order: the same rows?
    months   the same articles of one month and of all: what small files cost
    head     manifest, plan and a question at the sizes of a large archive; after `months`
    page     the pages alone
"""

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import (
    at_scale,
    machine,
    report,
    scale_files,
    scale_head,
    scale_plot,
    scale_runs,
    scale_same,
)
from benchmarks.peers import CORES, MODELS
from benchmarks.scale_runs import Place
from benchmarks.steps import Steps, say

SIZES = (1, 10, 100, 1_000, 10_000, 100_000)
PACKAGES = ("sayso", "onnxruntime", "daft", "pyarrow", "duckdb", "ray")
_ALWAYS = 100
"""Articles that are read however long they take: before, the start is nearly all of it."""
_RAYS = 3
"""Sizes that go through Ray, the largest."""
_SPARE, _NEAR = 0.93, 0.4
"""Shares of the minutes: what the largest run is meant to take, and what else takes too long."""


def main() -> None:
    """Measure what is wanted and not there, then tell all that there is."""
    options = _options()
    _check()
    lasting = ("model", "same_articles", "months_articles")
    setup = machine.described(PACKAGES) | {name: getattr(options, name) for name in lasting}
    steps = Steps(options.folder / "steps", setup)
    bench = Bench(Place(options.folder.resolve(), options.model, CORES), steps, options)
    for part in options.parts:
        if part != "page":
            getattr(bench, part)()
            _write(setup, bench)
    _write(setup, bench)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--minutes", type=float, default=20.0, help="of the largest run (20)")
    parser.add_argument("--model", choices=MODELS, default="en-fast")
    parser.add_argument("--real", type=Path, metavar="FILE", help="for the part real; else none")
    parser.add_argument("--ray-articles", type=int, default=10_000, help="at most (10000)")
    parser.add_argument("--same-articles", type=int, default=960, help="in 16 shards (960)")
    parser.add_argument("--months-articles", type=int, default=2_000, help="in one shard (2000)")
    return parser.parse_args()


def _check() -> None:
    missing = [name for name in ("daft", "pyarrow", "duckdb", "ray") if find_spec(name) is None]
    if missing:
        sys.exit(f"This needs {', '.join(missing)}: pip install 'sayso[scale,cluster]'")


class Bench:
    """The parts, each of steps that are kept when they are done."""

    def __init__(self, place: Place, steps: Steps, options: argparse.Namespace) -> None:
        self._place, self._steps, self._options = place, steps, options

    def growth(self) -> None:
        limit, rate, start = 60 * self._options.minutes, 0.0, 0.0
        for size in SIZES:
            if size > _ALWAYS and start + size / rate > limit * _NEAR:
                largest = _two_figures((limit - start) * rate * _SPARE)
                if largest > max(n for n in SIZES if n < size):
                    self._both(largest)
                return
            self._both(size)
            seconds = self._of(f"native-{size}")["seconds"]
            start = start or seconds
            rate = size / max(seconds - start, 0.1)

    def _of(self, step: str) -> dict[str, Any]:
        return self._steps.found(step) or {}

    def _both(self, size: int) -> None:
        path = self._lines(size)
        self._steps.do(
            f"native-{size}", partial(scale_runs.native, self._place, path, f"native-{size}")
        )
        self._steps.do(f"bare-{size}", partial(scale_runs.bare, self._place, path))

    def core(self) -> None:
        """On fewer articles on one core, since it takes as long."""
        size = max(1, min(self._options.same_articles, 1_000))
        path = self._lines(size)
        for cores in (1, self._place.cores):
            call = partial(scale_runs.native, self._place, path, f"cores-{cores}", cores)
            self._steps.do(f"cores-{cores}", call)

    def real(self) -> None:
        if self._options.real is None:
            say("There is no --real FILE: what others' news takes is left out")
            return
        path = self._options.real.resolve()
        self._steps.do("real", partial(scale_runs.native, self._place, path, "real"))

    def ray(self) -> None:
        sizes = [n for n in self._sizes() if n <= self._options.ray_articles]
        if not sizes:
            sys.exit("There is no native run to compare with: run the part growth first")
        for size in sizes[-_RAYS:]:
            call = partial(scale_runs.on_ray, self._place, self._lines(size), f"ray-{size}")
            self._steps.do(f"ray-{size}", call)
            for name in (f"native-{size}", f"ray-{size}"):
                self._digest(name)

    def _digest(self, lake: str) -> None:
        self._steps.do(f"rows-{lake}", partial(scale_same.digest, self._place.lake(lake)))

    def same(self) -> None:
        size = self._options.same_articles // scale_same.SHARDS * scale_same.SHARDS
        deeds: dict[str, Callable[[Place, int], dict[str, Any]]] = {
            "unbroken": scale_same.unbroken,
            "other-order": scale_same.other_order,
            "killed": scale_same.killed,
            "lost-node": scale_same.lost_node,
        }
        for name, deed in deeds.items():
            self._steps.do(f"same-{name}", partial(self._told, deed, size))

    def _told(self, deed: Callable[[Place, int], dict[str, Any]], size: int) -> dict[str, Any]:
        return deed(self._place, size) | {"articles": size, "shards": scale_same.SHARDS}

    def months(self) -> None:
        size = self._options.months_articles
        self._steps.do("months", partial(scale_head.months, self._place, size))

    def head(self) -> None:
        if self._steps.found("months") is None:
            sys.exit("The part head needs what months has made: run that first")
        self._steps.do("head", partial(scale_head.head, self._place))

    def results(self) -> dict[str, Any]:
        """All that there is, by part."""
        found = self._steps.found
        same = {
            name: figures
            for name in ("unbroken", "other-order", "killed", "lost-node")
            if (figures := found(f"same-{name}"))
        }
        ray = [
            {"size": size, "native": native, "ray": ray, "same": one == other}
            for size in self._sizes()
            if (native := found(f"native-{size}"))
            and (ray := found(f"ray-{size}"))
            and (one := found(f"rows-native-{size}"))
            and (other := found(f"rows-ray-{size}"))
        ]
        cores = {n: found(f"cores-{n}") for n in (1, self._place.cores)}
        return {
            "growth": [
                {"size": size, "native": native, "bare": bare}
                for size in self._sizes()
                if (native := found(f"native-{size}")) and (bare := found(f"bare-{size}"))
            ],
            "cores": {str(n): each for n, each in cores.items() if each},
            "real": found("real"),
            "ray": ray,
            "same": same,
            "months": found("months"),
            "head": found("head"),
        }

    def _sizes(self) -> list[int]:
        """Of the native runs that are done."""
        names = (path.stem for path in self._steps.folder.glob("native-*.json"))
        return sorted(int(name.removeprefix("native-")) for name in names)

    def _lines(self, size: int) -> Path:
        return scale_files.lines(self._place.inputs, size, self._place.cores)


def _two_figures(articles: float) -> int:
    """No more than that, and a number that can be remembered."""
    unit = 10 ** max(0, len(str(int(articles))) - 2)
    return int(articles) // unit * unit


def _write(setup: dict[str, Any], bench: Bench) -> None:
    """Figures, plots and pages of what there is."""
    results = setup | bench.results()
    report.SCALE.parent.mkdir(exist_ok=True)
    report.SCALE.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    if results["growth"]:
        scale_plot.draw(results, report.PLOTS / "scale.svg")
        at_scale.write(results)
        report.write()
        say(f"Written: {report.SCALE.name}, {report.TARGET.name}, {at_scale.TARGET.name}")


PARTS = ("growth", "core", "real", "ray", "same", "months", "head", "page")

if __name__ == "__main__":
    main()
