"""The corpora, and what one epoch makes of them: batches of windows."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TypeVar

from sayso.reader.tokens import Tokenizer
from training import corpus
from training.augment import augment
from training.corpus import Document
from training.examples import SIZES, Window, windows

Made = TypeVar("Made")
POOL = 512
"""Windows among which those of like length are put together."""
TIMES = {
    "polnear": 1.0,
    "bbc": 3.0,
    "fiction": 4.0,
    "own": 3.0,
    "corrections": 3.0,
    "unlabelled": 0.6,
}
"""How often an epoch goes over the articles of each corpus."""
SILVER_WEIGHT = 0.6
"""What the unlabelled reports weigh, read by a machine."""


@dataclass(frozen=True)
class Source:
    """Articles of one corpus: how often an epoch goes over them, and what they weigh."""

    articles: list[list[Document]]
    times: float
    weight: float = 1.0
    gold: bool = True


@dataclass(frozen=True)
class Mix:
    """What a run learns from: which corpora, what part of them, and which augmentations."""

    shared: Path
    own: Path = Path("training/data")
    without: frozenset[str] = field(default=frozenset())
    """Names of corpora and of augmentations to leave out; "augment" is all of these."""
    share: float = 1.0
    """The part of each corpus's articles that is used, the same at every call."""
    times: tuple[tuple[str, float], ...] = ()
    """How often an epoch goes over a corpus, where that differs from TIMES."""

    def sources(self) -> list[Source]:
        made: dict[str, Callable[[], Source]] = {
            "polnear": lambda: Source(corpus.polnear(self.shared), 1),
            "bbc": lambda: self._annotated("bbc"),
            "fiction": lambda: self._annotated("fiction"),
            "own": lambda: self._ours("own"),
            "corrections": lambda: self._ours("corrections"),
            "unlabelled": self._unlabelled,
        }
        times = TIMES | dict(self.times)
        return [
            Source(self._part(s.articles), times[name], s.weight, s.gold)
            for name, make in made.items()
            if name not in self.without
            for s in [make()]
        ]

    def _annotated(self, name: str) -> Source:
        return Source(_single(corpus.annotated(self.shared / f"data/{name}/train.jsonl", name)), 1)

    def _ours(self, name: str) -> Source:
        """The project's own reports, or what was exported from records; there may be none."""
        paths = sorted(self.own.glob(f"{name}-*.jsonl"))
        return Source(_single([d for p in paths for d in corpus.annotated(p, name)]), 1)

    def _unlabelled(self) -> Source:
        return Source(_single(corpus.silver(self.shared)), 1, SILVER_WEIGHT, gold=False)

    def _part(self, articles: list[list[Document]]) -> list[list[Document]]:
        mixed = articles.copy()
        Random(0).shuffle(mixed)
        return mixed[: max(1, round(len(mixed) * self.share))]


def _single(docs: list[Document]) -> list[list[Document]]:
    return [[d] for d in docs]


@dataclass(frozen=True)
class Epochs:
    """The epochs of a run, each made from its number and the seed alone.

    With `workers` they are made ahead, by so many processes.
    """

    mix: Mix
    vocabulary: Path
    tokens: int
    """Tokens of a batch, padding counted."""
    seed: int
    workers: int = 0
    longest: int = max(SIZES)
    """Tokens of a window at most."""

    def __call__(self, first: int) -> Iterator[list[list[Window]]]:
        """Endlessly, from the epoch of that number."""
        if not self.workers:
            yield from map(_maker(self), count(first))
            return
        with ProcessPoolExecutor(self.workers, get_context("spawn")) as pool:
            ahead = deque(pool.submit(_made, self, first + n) for n in range(self.workers))
            for number in count(first + self.workers):
                yield ahead.popleft().result()
                ahead.append(pool.submit(_made, self, number))


def _made(epochs: Epochs, number: int) -> list[list[Window]]:
    return _maker(epochs)(number)


@lru_cache(1)  # one run at a time: the last one's articles need not be kept
def _maker(epochs: Epochs) -> Callable[[int], list[list[Window]]]:
    """What makes an epoch from its number; the articles are read once a process."""
    found, tokenizer = epochs.mix.sources(), Tokenizer(epochs.vocabulary)

    def make(number: int) -> list[list[Window]]:
        rng = Random(f"{epochs.seed}-{number}")
        return epoch(found, tokenizer, rng, epochs.tokens, epochs.mix.without, epochs.longest)

    return make


def epoch(
    found: list[Source],
    tokenizer: Tokenizer,
    rng: Random,
    tokens: int,
    without: frozenset[str] = frozenset(),
    longest: int = max(SIZES),
) -> list[list[Window]]:
    """One epoch's batches: every article augmented afresh, windows of like length together."""
    made: list[Window] = []
    for source in found:
        for copies in source.articles:
            times = int(source.times) + (rng.random() < source.times % 1)
            for _ in range(times):
                doc = augment(rng.choice(copies), rng, without)
                made += windows(
                    doc, tokenizer, rng, source.weight, gold=source.gold, longest=longest
                )
    return of_like_length(made, lambda w: len(w.ids), lambda pool: _filled(pool, tokens), rng)


def of_like_length(
    made: list[Made],
    length: Callable[[Made], int],
    cut: Callable[[list[Made]], Iterable[list[Made]]],
    rng: Random,
) -> list[list[Made]]:
    """The windows in mixed order, put together with some of like length; `cut` makes batches of
    such a row, the shortest first."""
    rng.shuffle(made)
    pools = [sorted(made[i : i + POOL], key=length) for i in range(0, len(made), POOL)]
    batches = [batch for pool in pools for batch in cut(pool)]
    rng.shuffle(batches)
    return batches


def _filled(pool: list[Window], tokens: int) -> Iterator[list[Window]]:
    batch: list[Window] = []
    for w in pool:
        if batch and (len(batch) + 1) * (len(w.ids) + 2) > tokens:
            yield batch
            batch = []
        batch.append(w)
    if batch:
        yield batch
