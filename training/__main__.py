"""Make the weights: train teacher and pupils, export, calibrate, score; resumes.

    python -m training --shared ../shared [--models en en-fast] [--device cuda --workers 4]

On a graphics card this takes a quarter of an hour, without one days: stop and start as you like,
every run goes on from its last checkpoint.
"""

import argparse
import sys
from pathlib import Path

from sayso.reader.models import model as installed
from training import calibrate, gate, roles, speakers
from training.export import ship, told
from training.publish import fill
from training.recipes import LIGHTER, VERSIONS, Recipes
from training.train import Run


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--runs", type=Path, default=Path("runs"))
    ap.add_argument("--models", nargs="+", choices=tuple(VERSIONS), default=list(VERSIONS))
    ap.add_argument("--device", default="cpu")
    ap.add_argument("--workers", type=int, default=0, help="processes that prepare text")
    args = ap.parse_args()
    recipes = Recipes(args.shared, args.runs, args.device, args.workers)
    Run(recipes.teacher()).train()
    for name in args.models:
        Run(recipes.pupil(name)).train()
    worse = [publish(name, args.shared, args.runs / name) for name in args.models]
    return max(worse)


def publish(model: str, shared: Path, run: Path) -> int:
    """Export a trained run into the package, make its head lighter where that is meant, teach it
    names and speakers, calibrate and score it; 1 where a figure fell."""
    ship(run, model, VERSIONS[model])
    light = roles.lighten(model, shared) if model in LIGHTER else None
    print(speakers.learn(installed(model), shared))
    parity = told(run, model, shared, light)
    fill(gate.CARD, f"parity {model}", parity)
    print(parity)
    print(calibrate.calibrate(shared, model))
    return gate.renew(shared, model)


if __name__ == "__main__":
    sys.exit(main())
