"""Small runs that show what an idea is worth: three seeds each, a fixed part of the data.

    python -m training.screen --shared ../shared --out runs/screen [--device cuda --side 5]
    python -m training.screen --shared ../shared --out runs/screen --only whole without-bbc

Each run trains the small encoder on a tenth of every corpus, with STEPS batches of TOKENS
whatever is left out, and is scored on the dev sets; what is there already is not run again.
Prints the table of docs/experiments.md.
"""

import argparse
import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import torch

from training.batches import TIMES, Mix
from training.evaluate import SETS, evaluate
from training.torch_encoder import pipeline
from training.train import Run, Settings

SHARE, SEEDS = 0.1, (1, 2, 3)
STEPS, TOKENS = 400, 1024
"""Batches of a run and tokens of each: a quarter of a full run's, for its steps teach more than as
much text in fewer."""
CHANGED = ("restyle_quotes", "wrap_sentence", "delete_cue")
CURVE = (0.025, 0.05, 0.1, 0.2, 0.4)
"""Parts of each corpus: the less there is, the more often a run goes over it."""
FIGURES = (
    ("polnear partial", "polnear", "content partial"),
    ("exact", "polnear", "content exact"),
    ("+ source", "polnear", "content partial + source"),
    ("all", "polnear", "all exact"),
    ("bbc", "bbc", "content partial"),
    ("fiction", "fiction", "content partial"),
    ("wikinews", "wikinews", "content partial"),
)


@dataclass(frozen=True)
class Trial:
    """One idea at one seed."""

    name: str
    settings: Settings


def trials(shared: Path, out: Path, teachers: tuple[Path, ...]) -> list[Trial]:
    """The learning curve, and the whole without each of its parts."""
    mix = Mix(shared, share=SHARE)
    ideas: dict[str, dict[str, Any]] = {"whole": {"mix": mix}}
    ideas |= {
        f"share-{share}": {"mix": replace(mix, share=share)} for share in CURVE if share != SHARE
    }
    parts = (*TIMES, "augment", *CHANGED)
    ideas |= {f"without-{p}": {"mix": replace(mix, without=frozenset({p}))} for p in parts}
    if teachers:
        ideas["teachers"] = {"mix": mix, "teachers": teachers}
        alone = replace(mix, without=frozenset({"unlabelled"}))
        ideas["teachers-without-unlabelled"] = {"mix": alone, "teachers": teachers}
    layers = tuple(range(6))
    return [
        Trial(name, Settings(base="minilm", run=out / f"{name}-{seed}", layers=layers, seed=seed,
                             steps=STEPS, tokens=TOKENS, **idea))
        for seed in SEEDS
        for name, idea in ideas.items()
    ]  # fmt: skip


def run(trial: Trial, device: str) -> dict[str, Any]:
    """Train and score one trial: {"name", "seed", and each of FIGURES}."""
    if device != "cpu":
        torch.set_num_threads(1)
    folder = trial.settings.run
    told = folder / "scores.json"
    if not told.exists():
        Run(replace(trial.settings, device=device, workers=int(device != "cpu"))).train()
        read = pipeline([folder], device).read
        scores = evaluate(read, trial.settings.mix.shared, folder, SETS)
        told.write_text(json.dumps(scores), encoding="utf-8")
        (folder / "state.pt").unlink()
    scores = json.loads(told.read_text(encoding="utf-8"))
    figures = {name: scores[dev][row]["f1"] for name, dev, row in FIGURES}
    return {"name": trial.name, "seed": trial.settings.seed} | figures


def table(rows: Iterable[dict[str, Any]]) -> str:
    """Mean and standard deviation over the seeds of each idea, as Markdown."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_name.setdefault(row["name"], []).append(row)
    names = [name for name, _, _ in FIGURES]
    lines = [f"| run | {' | '.join(names)} |", "| --- |" + " --- |" * len(names)]
    for idea, found in by_name.items():
        cells = [_cell([row[name] for row in found]) for name in names]
        lines.append(f"| {idea} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(values: list[float]) -> str:
    spread = f" ± {stdev(values):.3f}" if len(values) > 1 else ""
    return f"{mean(values):.3f}{spread}"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--teachers", type=Path, nargs="*", default=())
    ap.add_argument("--only", nargs="*", help="names of ideas")
    ap.add_argument("--device", default="cpu")
    ap.add_argument("--side", type=int, default=1, help="runs side by side")
    args = ap.parse_args()
    chosen = [
        t
        for t in trials(args.shared, args.out, tuple(args.teachers))
        if not args.only or t.name in args.only
    ]
    with ProcessPoolExecutor(args.side, get_context("spawn")) as pool:
        rows = list(pool.map(run, chosen, [args.device] * len(chosen)))
    print(table(rows))


if __name__ == "__main__":
    main()
