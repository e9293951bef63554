"""The real model on the bundled reports, against what a careful reader finds in them."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sayso import Article, Reader, Reading, Statement

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "src/sayso/demo/reports.jsonl"
SAME = 0.7
"""Word F1 from which two contents are the same statement."""
# What en-fast-1 reaches, less what another processor's arithmetic may change. Raised when the
# model improves, never lowered.
FLOORS = {"precision": 0.86, "recall": 0.845, "speakers": 0.75, "said": 0.985, "type": 0.96}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def overlap(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / max(1, a.total() + b.total())


@dataclass(frozen=True)
class Pair:
    """An expected statement and the one that was read for it."""

    gold: dict[str, Any]
    read: Statement


def pairs(gold: list[dict[str, Any]], reading: Reading) -> list[Pair]:
    """One to one, best first."""
    told = [words(" ".join(g["content"])) for g in gold]
    found = [words(" ".join(s.text for s in statement.content)) for statement in reading.statements]
    ranked = sorted(
        (
            (overlap(a, b), -abs(i - j), i, j)
            for i, a in enumerate(told)
            for j, b in enumerate(found)
        ),
        reverse=True,
    )
    out: list[Pair] = []
    left, right = set(range(len(told))), set(range(len(found)))
    for score, _, i, j in ranked:
        if score >= SAME and i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append(Pair(gold[i], reading.statements[j]))
    return out


@pytest.fixture(scope="module")
def read() -> list[tuple[list[dict[str, Any]], Reading]]:
    expected = {e["id"]: e["statements"] for e in lines(HERE / "expected.jsonl")}
    reader = Reader("en-fast")
    articles = [
        Article(r["text"], id=r["id"], title=r["title"], date=r["date"]) for r in lines(REPORTS)
    ]
    return [(expected[a.id], reader.read(a)) for a in articles]


def test_the_bundled_reports_are_read_as_well_as_before(
    read: list[tuple[list[dict[str, Any]], Reading]],
) -> None:
    matched = [pair for gold, reading in read for pair in pairs(gold, reading)]
    named = [sorted(s.name or "" for s in p.read.speakers) for p in matched]
    reached = {
        "precision": len(matched) / sum(len(reading.statements) for _, reading in read),
        "recall": len(matched) / sum(len(gold) for gold, _ in read),
        "speakers": share(
            n == sorted(p.gold["speakers"]) for n, p in zip(named, matched, strict=True)
        ),
        "said": share(p.gold["said"] == p.read.said for p in matched),
        "type": share(p.gold["type"] == p.read.type for p in matched),
    }
    assert {k: round(v, 3) for k, v in reached.items() if v < FLOORS[k]} == {}


def share(right: Iterable[bool]) -> float:
    found = [bool(r) for r in right]
    return sum(found) / len(found)


def test_every_span_resolves(read: list[tuple[list[dict[str, Any]], Reading]]) -> None:
    for _, reading in read:
        for statement in reading.statements:
            for span in (*statement.source, *statement.cue, *statement.content):
                assert reading.article.text[span.start : span.end] == span.text != ""
