"""Pin what the installed models read in the golden reports now, and raise their floors.

    python -m tests.golden.renew

A model that reads worse than its floors is not pinned, and the exit status is 1. Look at the
difference in tests/golden/readings before you commit it: each line is a statement.
"""

import json
import sys

import click

from sayso import Reader
from sayso.reader.models import names
from tests.golden.golden import (
    FLOORS,
    MARGIN,
    READINGS,
    accuracy,
    articles,
    below,
    change,
    data_hash,
    floors,
    lines,
    pinned,
)
from tests.processor import processor


def renew(name: str) -> bool:
    """Pin one model; whether it reads as well as it did."""
    reader = Reader(name)
    readings = [reader.read(article) for article in articles()]
    records, reached = list(pinned(readings)), accuracy(readings)
    known, path, data = floors(), READINGS / f"{name}.jsonl", data_hash()
    was = known.get(name, {})
    old = was.get("floors", {}) if was.get("data") == data else {}
    told = change(lines(path) if path.exists() else [], records)
    figures = ", ".join(f"{k} {v:.3f}" for k, v in reached.items())
    click.echo(
        f"{reader.model}: {len(records)} statements, {len(told.gone)} gone, "
        f"{len(told.come)} come, confidence moved by {told.drift:.3f}; {figures}"
    )
    for line in told.lines() if path.exists() else ():
        click.echo(line)
    if worse := below(reached, old):
        click.echo("Not pinned, since these are below their floors:\n" + "\n".join(worse))
        return False
    raised = {k: max(round(v - MARGIN, 3), old.get(k, 0.0)) for k, v in reached.items()}
    known[name] = {
        "model": reader.model,
        "processor": processor(),
        "data": data,
        "floors": raised,
    }
    FLOORS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


if __name__ == "__main__":
    kept = [renew(name) for name in names()]
    sys.exit(0 if all(kept) else 1)
