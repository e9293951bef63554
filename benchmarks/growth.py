"""How a record grows, as a picture."""

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure


def draw(sizes: list[dict[str, Any]], path: Path) -> None:
    """Milliseconds of each verb, 19 of 20 below, and the file's size against the statements."""
    matplotlib.rcParams |= {"svg.hashsalt": "sayso", "svg.fonttype": "none", "font.size": 9}
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    times, disk = figure.subplots(1, 2)
    for verb, colour, mark in (
        ("search", "#0072b2", "o"),
        ("check", "#e69f00", "s"),
        ("timeline", "#009e73", "^"),
    ):
        points = [(s["statements"], s[verb]["p95_ms"]) for s in sizes if verb in s]
        if points:
            times.plot(*zip(*points, strict=True), color=colour, marker=mark, label=verb)
    disk.plot([s["statements"] for s in sizes], [s["bytes"] / 1e6 for s in sizes], marker="o")
    times.set_ylabel("ms, 95 % are below")
    disk.set_ylabel("file, MB")
    times.legend(frameon=False)
    for axes in (times, disk):
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("statements")
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
