"""How a batch grows, as a picture: docs/benchmarks/scale.svg."""

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

RUNNERS = (
    ("bare", "bare reader", "#e69f00", "s"),
    ("native", "sayso batch", "#0072b2", "o"),
    ("ray", "sayso batch --ray", "#009e73", "^"),
)
"""With colours that the colour-blind tell apart too."""


def draw(results: dict[str, Any], path: Path) -> None:
    """Seconds, words a second and memory against the number of articles.

    The same figures give the same bytes.
    """
    matplotlib.rcParams |= {"svg.hashsalt": "sayso", "svg.fonttype": "none", "font.size": 9}
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    seconds, speed, memory = figure.subplots(1, 3)
    for runner, label, colour, mark in RUNNERS:
        points = [
            (size["size"], size[runner])
            for size in (*results["growth"], *results["ray"])
            if runner in size
        ]
        points = sorted(dict(points).items())
        for axes, field in (
            (seconds, "seconds"),
            (speed, "words_per_second"),
            (memory, "pss_mb"),
        ):
            values = [found[field] for _, found in points]
            sizes = [size for size, _ in points]
            axes.plot(sizes, values, color=colour, marker=mark, label=label)
    seconds.set_ylabel("seconds")
    seconds.set_yscale("log")
    speed.set_ylabel("words a second")
    speed.set_ylim(bottom=0)
    memory.set_ylabel("peak memory, MB")
    memory.set_ylim(bottom=0)
    seconds.legend(frameon=False)
    for axes in (seconds, speed, memory):
        axes.set_xscale("log")
        axes.set_xlabel("articles")
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
