"""The corpora, and what one epoch makes of them: batches of windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sayso.reader.tokens import Tokenizer
from training import corpus
from training.augment import augment
from training.corpus import Document
from training.examples import Window, windows

TOKENS_A_BATCH = 4096
POOL = 512
"""Windows among which those of like length are put together."""


@dataclass(frozen=True)
class Source:
    """Articles of one corpus: how often an epoch goes over them, and what they weigh."""

    articles: list[list[Document]]
    times: float
    weight: float = 1.0


def sources(shared: Path, own: Path, silver: float) -> list[Source]:
    def single(docs: list[Document]) -> list[list[Document]]:
        return [[d] for d in docs]

    ours = [d for path in sorted(own.glob("own-*.jsonl")) for d in corpus.annotated(path, "own")]
    found = [
        Source(corpus.polnear(shared), 1),
        Source(single(corpus.annotated(shared / "data/bbc/train.jsonl", "bbc")), 3),
        Source(single(corpus.annotated(shared / "data/fiction/train.jsonl", "fiction")), 4),
        Source(single(ours), 4),
    ]
    return [*found, Source(single(corpus.silver(shared)), silver, 0.6)] if silver else found


def epoch(found: list[Source], tokenizer: Tokenizer, rng: Random) -> list[list[Window]]:
    """One epoch's batches: every article augmented afresh, windows of like length together."""
    made: list[Window] = []
    for source in found:
        for copies in source.articles:
            times = int(source.times) + (rng.random() < source.times % 1)
            for _ in range(times):
                doc = augment(rng.choice(copies), rng)
                made += windows(doc, tokenizer, rng, source.weight)
    rng.shuffle(made)
    pools = [
        sorted(made[i : i + POOL], key=lambda w: len(w.ids)) for i in range(0, len(made), POOL)
    ]
    batches = [batch for pool in pools for batch in _filled(pool)]
    rng.shuffle(batches)
    return batches


def _filled(pool: list[Window]) -> Iterator[list[Window]]:
    batch: list[Window] = []
    for w in pool:
        if batch and (len(batch) + 1) * (len(w.ids) + 2) > TOKENS_A_BATCH:
            yield batch
            batch = []
        batch.append(w)
    if batch:
        yield batch
