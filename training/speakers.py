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
from training.reports import referring, taught
from training.states import states
from training.tying import scorer

LAYERS: Mapping[str, tuple[int, int]] = {"en": (4, 6), "en-fast": (2, 3)}
"""From which layer names are told, and from which the vectors of mentions."""
OWN = Path("training/data")


def learn(told: Model, shared: Path, own: Path = OWN) -> str:
    """Learn and attach; a line on what was learnt from.

    A first ranker learns from the reports alone. The second learns from what that one makes of
    the pronouns before each reference: from the reports twice, for what they are taught of is
    what is asked most, and from the articles once.
    """
    reports, more = taught(shared, own), referring(shared, own)
    at, who = LAYERS[told.name], scorer(shared, "who")
    found = states(told, [report.text for report in reports], at)
    known = naming.train(reports, found)
    first = ranking.train(ranking.collect(reports, found, known, who))
    follow = ranking.network(first, known)
    further = states(told, [article.text for article in more], at)
    twice = ([*reports, *more, *reports], [*found, *further, *found])
    examples = ranking.collect(*twice, known, who, follow=follow)
    learnt = ranking.network(ranking.train(examples), known)
    vectors = np.concatenate([learnt.asking, learnt.meant], 1)
    attach(told.folder, at, (known.states, known.bias), vectors, learnt.judge)
    return (
        f"{told.name}: {len(reports)} reports and {len(more)} articles, "
        f"{len(examples.found)} references, {examples.lost} without their answer"
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", default=DEFAULT, choices=names())
    args = ap.parse_args()
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    print(learn(model(args.model), args.shared))


if __name__ == "__main__":
    main()
