"""`python -m benchmarks`: measure everything, then write figures, plots and page."""

import json
import sys
from typing import Any

from benchmarks import machine, measure, plots, report
from benchmarks.report import PLOTS, RESULTS, TARGET


def main() -> None:
    results = machine.described() | measure.everything()
    write(results | {"ratios": report.ratios(results["warm"])})
    sys.stderr.write(f"Written: {TARGET}, with its plots and {RESULTS.name}\n")


def write(results: dict[str, Any]) -> None:
    """The results as JSON, as plots and as a page."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    plots.draw(results, PLOTS)
    report.write()


if __name__ == "__main__":
    main()
