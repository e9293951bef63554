"""Learns names and speakers for an installed model, and writes them into it.

    python -m training.speakers --shared ../shared [--model en-fast]

The encoder stays as it is: its middle layers know more of names and of who is who than the last.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from sayso.reader.models import DEFAULT, Model, model, names
from training import naming, ranking
from training.attach import attach
from training.reports import taught
from training.states import states
from training.tying import scorer

LAYERS: Mapping[str, tuple[int, int]] = {"en": (4, 6), "en-fast": (2, 3)}
"""From which layer names are told, and from which the vectors of mentions."""
OWN = Path("training/data")


def learn(told: Model, shared: Path, own: Path = OWN) -> str:
    """Learn and attach; a line on what was learnt from."""
    reports = taught(shared, own)
    at = LAYERS[told.name]
    found = states(told, [report.text for report in reports], at)
    known = naming.train(reports, found)
    examples = ranking.collect(reports, found, known, scorer(shared, "who"))
    judge, asking, meant = ranking.network(ranking.train(examples), known)
    vectors = np.concatenate([asking, meant], 1)
    attach(told.folder, at, (known.states, known.bias), vectors, judge)
    return (
        f"{told.name}: {len(reports)} reports, {len(examples.found)} references, "
        f"{examples.lost} without their answer"
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", default=DEFAULT, choices=names())
    args = ap.parse_args()
    torch.set_num_threads(2)
    print(learn(model(args.model), args.shared))


if __name__ == "__main__":
    main()
