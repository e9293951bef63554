"""Half an hour in the reading room, as a picture: docs/benchmarks/room.svg."""

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

SHARES = (("p50_ms", "half are below", "#0072b2"), ("p95_ms", "95 % are below", "#e69f00"))
"""With colours that the colour-blind tell apart too."""


def draw(results: dict[str, Any], path: Path) -> None:
    """Milliseconds of the requests of each minute, and the memory of the room over time.

    The same figures give the same bytes.
    """
    matplotlib.rcParams |= {"svg.hashsalt": "sayso", "svg.fonttype": "none", "font.size": 9}
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    times, memory = figure.subplots(1, 2)
    for share, label, colour in SHARES:
        values = [minute[share] for minute in results["minutes"]]
        times.plot([n + 0.5 for n in range(len(values))], values, color=colour, label=label)
    times.set_ylabel("ms")
    at = [row[0] / 60 for row in results["memory_mb"]]
    for column, label, colour in ((1, "pages", "#0072b2"), (2, "reading", "#e69f00")):
        values = [row[column] for row in results["memory_mb"]]
        memory.plot(at, values, color=colour, label=label)
    memory.set_ylabel("MB")
    for axes in (times, memory):
        axes.set_xlabel("minutes")
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False)
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
