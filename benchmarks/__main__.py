"""`python -m benchmarks`: measure everything, then write figures, plots and page."""

import json
import sys
from typing import Any

from benchmarks import machine, measure, plots, report
from benchmarks.process import ROOT

RESULTS = ROOT / "benchmarks/results/latest.json"
PAGE = ROOT / "docs/benchmarks.md"
PLOTS = ROOT / "docs/benchmarks"


def main() -> None:
    results = machine.described() | measure.everything()
    write(results | {"ratios": report.ratios(results["warm"])})
    sys.stderr.write(f"Written: {PAGE}, with its plots and {RESULTS.name}\n")


def write(results: dict[str, Any]) -> None:
    """The results as JSON, as plots and as a page."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    plots.draw(results, PLOTS)
    PAGE.write_text(report.page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
