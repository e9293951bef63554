"""The accuracy gate on the annotated news, where it is there."""

import os
from collections import Counter
from pathlib import Path

import pytest
from training.corpus import read_jsonl
from training.evaluate import CASES, ORDINARY, SETS, gold_of
from training.reports import Report, held_out, whole
from training.tying import scorer

from sayso.reader.models import names
from training import about, gate

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
    for article in read_jsonl(gold_of(SHARED, dev)):
        told["refusals"] += len(article.get("refusals") or ())
        for a in article["attributions"]:
            told.update(role for role in ("addressee", "channel", "when", "date") if a.get(role))
            told["thoughts"] += a.get("said") is False
            told["by"] += sum(len(s.get("by") or ()) for s in a.get("speakers", ()))
    few = {row: n for row, n in gate.FEW[dev].items() if not row.startswith("recall")}
    assert few == {row: n for row, n in told.items() if n}


@pytest.mark.shared
@pytest.mark.parametrize("dev", SETS)
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no annotated news in {SHARED}")
def test_statements_are_counted_as_they_are_scored(dev: str) -> None:
    score = scorer(SHARED)
    articles = score.read_articles(gold_of(SHARED, dev))
    told = Counter(
        score.kind(article["text"], a["content"])
        for article, gold, _ in score.comparable(list(articles.values()), {})
        for a in gold
    )
    assert {f"recall {kind}": n for kind, n in told.items()} == {
        row: n for row, n in gate.FEW[dev].items() if row.startswith("recall")
    }
    assert gate.COUNTED[dev] - told.total() in (0, 1)  # a refusal of PolNeAR's kind is not scored


@pytest.mark.parametrize(
    ("figure", "reports"),
    [("about", held_out(about.OWN)), ("about ordinary", whole(ORDINARY))],
)
def test_what_is_mentioned_is_counted_as_gold_has_it(figure: str, reports: list[Report]) -> None:
    statements = ((report, a) for report in reports for a in report.record["attributions"])
    told = (about.mentioned(report, a["content"]) for report, a in statements if a["content"])
    assert gate.COUNTED[figure] == sum(map(len, told))


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "score").is_dir(), reason=f"no scorers in {SHARED}")
@pytest.mark.parametrize("name", CASES)
def test_our_own_cases_are_cases_of_the_checklist(name: str) -> None:
    """Of the same capabilities, other texts; what is told stands in them."""
    path, many = CASES[name]
    cases = list(read_jsonl(path))
    given = list(read_jsonl(SHARED / "data/checklist.jsonl"))
    assert len(cases) == many
    assert {case["capability"] for case in cases} == {case["capability"] for case in given}
    assert not {case["text"] for case in cases} & {case["text"] for case in given}
    for case in cases:
        for statement in case["statements"]:
            told = [*statement["content"], statement["source"] or "", statement["cue"] or ""]
            assert all(words in case["text"] for words in told), case["id"]
