"""Make the weights of a model: train, export, calibrate, score. Goes on where it was stopped.

python -m training --shared ../shared [--run runs/en-fast] [--epochs 2.8]
"""

import argparse
import sys
from pathlib import Path

from training import calibrate, gate
from training.base import minilm
from training.export import ship
from training.phrases import Phrases
from training.publish import fill
from training.train import Run, Settings

MODEL, VERSION = "en-fast", "en-fast-1"


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--run", type=Path, default=Path("runs") / MODEL)
    ap.add_argument("--epochs", type=float, default=2.8)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    base = minilm()
    run = Run(Settings(args.shared, base, args.run, epochs=args.epochs, seed=args.seed))
    run.train()
    if not run.taught.exists() or run.taught.stat().st_mtime < run.weights.stat().st_mtime:
        Phrases(args.shared, base, run.settings.own, run.weights, run.taught, args.seed).teach()
    parity = ship(base, run.taught, MODEL, VERSION, args.shared)
    fill(gate.CARD, "parity", parity)
    print(parity)
    print(calibrate.calibrate(args.shared, MODEL))
    return gate.renew(args.shared, MODEL)


if __name__ == "__main__":
    sys.exit(main())
