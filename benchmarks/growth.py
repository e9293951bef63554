"""How a record grows, as a picture: docs/benchmarks/record.svg."""

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

VERBS = (
    ("search", "#0072b2", "o"),
    ("check", "#e69f00", "s"),
    ("timeline", "#009e73", "^"),
)
"""With colours that the colour-blind tell apart too."""


def draw(sizes: list[dict[str, Any]], path: Path) -> None:
    """Milliseconds of each verb, 19 of 20 below, and the file's size against the statements.

    The same figures give the same bytes.
    """
    matplotlib.rcParams |= {"svg.hashsalt": "sayso", "svg.fonttype": "none", "font.size": 9}
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    times, disk = figure.subplots(1, 2)
    statements = [size["statements"] for size in sizes]
    for verb, colour, mark in VERBS:
        values = [size[verb]["p95_ms"] for size in sizes]
        times.plot(statements, values, color=colour, marker=mark, label=verb)
    disk.plot(statements, [size["bytes"] / 1e6 for size in sizes], color="#0072b2", marker="o")
    times.set_ylabel("ms, 95 % are below")
    disk.set_ylabel("file, MB")
    times.legend(frameon=False)
    for axes in (times, disk):
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("statements")
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
