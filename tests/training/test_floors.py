"""The accuracy gate on the annotated news, where it is there."""

import os
from collections import Counter
from pathlib import Path

import pytest
from training.corpus import read_jsonl

from sayso.reader.models import names
from training import gate

SHARED = Path(os.environ.get("SHARED", Path(gate.__file__).parents[2] / "shared"))


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no annotated news in {SHARED}")
@pytest.mark.parametrize("model", names())
def test_no_figure_is_below_its_floor(model: str) -> None:
    _, under = gate.check(SHARED, model)
    assert not under, "\n".join(under)


@pytest.mark.shared
@pytest.mark.parametrize("dev", gate.FEW)
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no annotated news in {SHARED}")
def test_what_is_counted_is_what_gold_has(dev: str) -> None:
    """`date` and its like are of statements, `by` and refusals of what is told in them."""
    told: Counter[str] = Counter()
    for article in read_jsonl(SHARED / f"data/{dev}/dev.jsonl"):
        told["refusals"] += len(article.get("refusals") or ())
        for a in article["attributions"]:
            told.update(role for role in ("addressee", "channel", "when", "date") if a.get(role))
            told["thoughts"] += a.get("said") is False
            told["by"] += sum(len(s.get("by") or ()) for s in a.get("speakers", ()))
    few = {row: n for row, n in gate.FEW[dev].items() if not row.startswith("recall")}
    assert few == {row: n for row, n in told.items() if n}
