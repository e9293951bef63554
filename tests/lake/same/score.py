"""How near found groups come to the truth, by pairs of members."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Score:
    """Pairs that are the same in truth, pairs that were found, and those that are both."""

    true: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.true if self.true else 1.0

    @property
    def f(self) -> float:
        return 2 * self.both / (self.true + self.found)

    def __str__(self) -> str:
        return f"P {self.precision:.4f}  R {self.recall:.4f}  ({self.found:,} of {self.true:,})"


def score(groups: Iterable[Iterable[K]], truth: Mapping[K, int]) -> Score:
    found = [Counter(truth[member] for member in group) for group in groups]
    return Score(
        true=_pairs(Counter(truth.values()).values()),
        found=sum(_pairs([sum(each.values())]) for each in found),
        both=sum(_pairs(each.values()) for each in found),
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
