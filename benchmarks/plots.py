"""The figures as pictures: docs/benchmarks/*.svg."""

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

COLOURS = {"en-fast": "#0072b2", "textacy": "#e69f00", "sayswho": "#009e73"}
"""Told apart by the colour-blind too."""
MARKS = {"en-fast": "o", "textacy": "s", "sayswho": "^"}


def draw(results: dict[str, Any], folder: Path) -> None:
    """Write growth.svg, the same bytes for the same results."""
    matplotlib.rcParams |= {"svg.hashsalt": "sayso", "svg.fonttype": "none", "font.size": 9}
    figure = Figure(figsize=(9, 6), layout="constrained")
    axes = figure.subplots(2, 2, sharex="col")
    for column, kind, words in ((0, "articles", "articles"), (1, "words", "words in one article")):
        peers = results["growth"][kind]
        _lines(axes[0][column], peers, "seconds", "seconds")
        _lines(axes[1][column], peers, "peak_mb", "peak memory, MB")
        axes[0][column].set_yscale("log")
        axes[1][column].set_ylim(bottom=0)
        axes[1][column].set_xlabel(words)
    axes[0][0].legend(frameon=False)
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / "growth.svg", metadata={"Date": None})


def _lines(axes: Axes, peers: dict[str, list[dict[str, Any]]], field: str, label: str) -> None:
    for name in COLOURS:
        line = peers[f"{name}-1"]
        sizes, values = [p["size"] for p in line], [p[field] for p in line]
        axes.plot(sizes, values, color=COLOURS[name], marker=MARKS[name], label=name)
    axes.set_xscale("log")
    axes.set_ylabel(label)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
