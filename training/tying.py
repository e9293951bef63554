"""The scorers as modules, and statements tied as they tie them."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

ROLES = ("source", "cue", "content")
MATCH = 0.5
"""The scorer's: contents and sources that share this much are tied, or right."""
TOUCH = 0.1
"""What contents share of the shorter one, to be the same words otherwise cut or joined."""

Chars = frozenset[int]
Scorer = Any
"""score.py or who.py, as a module."""


@dataclass(frozen=True)
class Told:
    """A statement, gold or read: the contract's fields, and the characters that are compared.

    A gold one's type is what the scorer takes it for.
    """

    given: Mapping[str, Any]
    source: Chars
    cue: Chars
    content: Chars

    @property
    def type(self) -> str:
        return str(self.given["type"])

    @property
    def nested(self) -> bool:
        return self.given.get("inside") is not None


@dataclass(frozen=True)
class Pairing:
    """An article's gold and read statements, and which of them the scorer ties together."""

    id: str
    text: str
    gold: tuple[Told, ...]
    read: tuple[Told, ...]
    tied: Mapping[int, int]
    """Read statements by their gold ones, as indices."""

    def flipped(self) -> "Pairing":
        """The same with gold and read in each other's place."""
        tied = {j: i for i, j in self.tied.items()}
        return Pairing(self.id, self.text, self.read, self.gold, tied)

    def pairs(self) -> Iterator[tuple[Told, Told]]:
        return ((self.gold[i], self.read[j]) for i, j in self.tied.items())

    def untied(self) -> Iterator[tuple[Told, tuple[Told, ...]]]:
        """Each gold statement that nothing is tied to, with what has its words otherwise.

        Words that the other side's statement shares with what it is tied to are accounted for:
        a nested statement does not overlap because the one around it was read.
        """
        left = {j: read.content for j, read in enumerate(self.read)}
        left |= {j: left[j] - self.gold[i].content for i, j in self.tied.items()}
        for i, one in enumerate(self.gold):
            if i not in self.tied:
                yield one, tuple(r for j, r in enumerate(self.read) if _touch(one, r, left[j]))


def _touch(one: Told, other: Told, left: Chars) -> bool:
    shared = len(one.content & left)
    return shared > 0 and shared >= TOUCH * min(len(one.content), len(other.content))


def scorer(shared: Path, name: str = "score") -> Scorer:
    """A scorer of `shared` as a module; of who.py, which imports it, score.py comes first."""
    if name != "score" and "score" not in sys.modules:
        scorer(shared)
    sys.modules[name] = module = ModuleType(name)
    SourceFileLoader(name, str(shared / "score" / f"{name}.py")).exec_module(module)
    return module


def pairing(score: Scorer, article: Mapping[str, Any], gold: Any, read: Any) -> Pairing:
    """Tie the statements of an article as score.py does: best total overlap of contents first."""
    text = article["text"]
    told = tuple(_told(score, text, a | {"type": score.kind(text, a["content"])}) for a in gold)
    seen = tuple(_told(score, text, a) for a in read)
    tied = {}
    if told and seen:
        overlap = np.array([[score.iou(a.content, b.content) for b in seen] for a in told])
        for i, j in zip(*linear_sum_assignment(-overlap), strict=True):
            if overlap[i, j] >= MATCH:
                tied[int(i)] = int(j)
    return Pairing(article["id"], text, told, seen, tied)


def _told(score: Scorer, text: str, given: Mapping[str, Any]) -> Told:
    source, cue, content = (Chars(score.chars(text, given.get(role))) for role in ROLES)
    return Told(given, source, cue, content)
