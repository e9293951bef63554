"""The golden reports: what a careful reader finds in them, and what each model read last."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso import Article, Reading, Statement

HERE = Path(__file__).parent
REPORTS = (HERE.parents[1] / "src/sayso/demo/reports.jsonl", HERE / "reports.jsonl")
EXPECTED = HERE / "expected.jsonl"
READINGS = HERE / "readings"
FLOORS = HERE / "floors.json"
ALIKE = 0.7
"""Word F1 from which two contents are the same statement."""
MARGIN = 0.01
"""A floor is that much below what was reached: another processor may cost a statement."""
SAME = {"en": 0.95, "en-fast": 0.98}
"""The share of statements that must be in every field as they were read last, on any processor.

With other kernels of the same processor .973 and .994 were (docs/how-it-works.md).
"""
DRIFT, NEAR = 0.02, 0.95
"""That far the confidence of one that is the same may be from what it was: of this share."""
FAR = 0.1
"""No confidence may be farther from what it was."""

Record = dict[str, Any]


def lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def articles() -> list[Article]:
    return [
        Article(r["text"], id=r["id"], title=r["title"], date=r["date"])
        for path in REPORTS
        for r in lines(path)
    ]


# How much of what a careful reader finds is read


@dataclass(frozen=True)
class Pair:
    """An expected statement and the one that was read for it."""

    gold: Record
    read: Statement


def accuracy(readings: Iterable[Reading]) -> dict[str, float]:
    """How well the reports are read, by what `expected.jsonl` has."""
    expected = {e["id"]: e["statements"] for e in lines(EXPECTED)}
    told = [(expected[str(reading.id)], reading) for reading in readings]
    matched = [pair for gold, reading in told for pair in pairs(gold, reading)]
    named = [sorted(s.name or "" for s in p.read.speakers) for p in matched]
    return {
        "precision": len(matched) / sum(len(reading.statements) for _, reading in told),
        "recall": len(matched) / sum(len(gold) for gold, _ in told),
        "speakers": _share(
            n == sorted(p.gold["speakers"]) for n, p in zip(named, matched, strict=True)
        ),
        "said": _share(p.gold["said"] == p.read.said for p in matched),
        "type": _share(p.gold["type"] == p.read.type for p in matched),
    }


def pairs(gold: list[Record], reading: Reading) -> list[Pair]:
    """One to one, best first."""
    told = [_words(" ".join(g["content"])) for g in gold]
    found = [
        _words(" ".join(s.text for s in statement.content)) for statement in reading.statements
    ]
    ranked = sorted(
        (
            (_overlap(a, b), -abs(i - j), i, j)
            for i, a in enumerate(told)
            for j, b in enumerate(found)
        ),
        reverse=True,
    )
    out: list[Pair] = []
    left, right = set(range(len(told))), set(range(len(found)))
    for score, _, i, j in ranked:
        if score >= ALIKE and i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append(Pair(gold[i], reading.statements[j]))
    return out


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _overlap(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / max(1, a.total() + b.total())


def _share(right: Iterable[bool]) -> float:
    found = [bool(r) for r in right]
    return sum(found) / len(found)


# Whether a reading is what it was


def pinned(readings: Iterable[Reading]) -> Iterator[Record]:
    """A record for each statement that says all of it, and nothing of the others' numbers."""
    for reading in readings:
        told = {s["id"]: s for s in reading.to_dict(text=False)["statements"]}
        names = {e.id: e.name for e in reading.entities}
        for s, statement in zip(told.values(), reading.statements, strict=True):
            speakers = [{k: v for k, v in who.items() if k != "entity"} for who in s["speakers"]]
            apart = {"speakers": speakers, "about": [names[e] for e in s["about"]]}
            apart["inside"] = told[s["inside"]]["content"] if s["inside"] else None
            start = {"report": reading.id, "words": statement.text}
            yield start | {k: v for k, v in s.items() if k != "id"} | apart


@dataclass(frozen=True)
class Change:
    """What is otherwise than it was read last: statements gone and come, and confidences."""

    gone: list[Record]
    come: list[Record]
    share: float
    """Of the statements, those that are the same."""
    near: float
    """Of these, those whose confidence is within DRIFT of what it was."""
    drift: float
    """The farthest that the confidence of one of these moved."""

    def lines(self) -> list[str]:
        """A line for each statement that is gone (-) or has come (+)."""
        marked = [*(("-", r) for r in self.gone), *(("+", r) for r in self.come)]
        return [f"{mark} {r['report']} {r['content']}: {r['words']}" for mark, r in marked]


def change(before: list[Record], now: list[Record]) -> Change:
    was, found = ({_key(r): r for r in records} for records in (before, now))
    both = was.keys() & found.keys()
    drifts = [abs(was[key]["confidence"] - found[key]["confidence"]) for key in both]
    return Change(
        gone=[r for key, r in was.items() if key not in found],
        come=[r for key, r in found.items() if key not in was],
        share=len(both) / max(1, len(was), len(found)),
        near=sum(drift <= DRIFT for drift in drifts) / max(1, len(both)),
        drift=max(drifts, default=0.0),
    )


def _key(record: Record) -> str:
    return json.dumps({k: v for k, v in record.items() if k != "confidence"}, sort_keys=True)


# What is kept of a model


def data_hash() -> str:
    """Of the reports and of what is expected in them: floors hold for these alone."""
    whole = sha256()
    for path in (*REPORTS, EXPECTED):
        whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()[:16]


def floors() -> Record:
    """Of each model: its version, the processor it was pinned on, the data's hash, its floors."""
    found: Record = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return found


def below(reached: dict[str, float], floor: dict[str, float]) -> list[str]:
    """A sentence for each figure that lies under its floor."""
    return [f"{k}: {reached[k]:.3f}, floor {v:.3f}" for k, v in floor.items() if reached[k] < v]
