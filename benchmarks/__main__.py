"""`python -m benchmarks`: measure everything, then write figures, plots and page.

What is measured is kept step by step in --folder, so that a run that is stopped goes on with the
same command; when all of it is there the page is written, and the steps are cleared away. Each part
can be run alone:

    cold_start   from nothing to the first byte
    import       what `import sayso` costs
    reports      reports one by one, warm
    warm         words a second, as they come, on one core, with a process a core
    disk_mb      the models on disk
    growth       one core, from 1 article to 100,000, as far as --minutes go, and longer articles

A batch, the record and the room have benchmarks of their own: `python -m benchmarks.scale`,
`benchmarks.record`, `benchmarks.room`, each with --help.
"""

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import machine, plots, report
from benchmarks.measure import PARTS, Measure
from benchmarks.process import ROOT
from benchmarks.report import PLOTS, RESULTS, TARGET
from benchmarks.steps import Steps


def main() -> None:
    options = _options()
    setup = machine.described() | {"minutes": options.minutes}
    steps = Steps(options.folder, setup)
    measure = Measure(steps, options.minutes)
    found = {part: steps.do(part, partial(measure.part, part)) for part in options.parts}
    missing = [part for part in PARTS if steps.found(part) is None]
    if missing:
        sys.stderr.write(f"Measured: {', '.join(found)}. Before the page: {', '.join(missing)}\n")
        return
    results = setup | {part: steps.found(part) for part in PARTS}
    write(results | {"ratios": report.ratios(results["warm"])})
    steps.clear()
    sys.stderr.write(f"Written: {TARGET}, with its plots and {RESULTS.name}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=ROOT / "runs/bench")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--minutes", type=float, default=5.0, help="of a reader for a size (5)")
    return parser.parse_args()


def write(results: dict[str, Any]) -> None:
    """The results as JSON, as plots and as a page."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    plots.draw(results, PLOTS)
    report.write()


if __name__ == "__main__":
    main()
