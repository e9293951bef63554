"""Training windows as an installed model sees them: its encoder's states, and its head's word.

What is learnt over a frozen encoder can be learnt from these, without running it again.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.reader.anchors import softmax
from sayso.reader.encoder import Encoded, Encoder
from sayso.reader.tokens import Ints, Tokenizer
from training.examples import IGNORE, Target, Window
from training.states import Halves

TOKEN, WHOLE = ("main", "side"), ("said", "denied", "kind")
"""What the head says of each token around an anchor, and of the whole statement."""
CUE, CUELESS = 0.5, 0.35
"""How sure the tagger is of anchors that are looked at besides people's: a little less than what
the reader takes."""
MOST = 64
"""Anchors of a window."""


@dataclass(frozen=True)
class Seen:
    """One window of T tokens, [CLS] and [SEP] counted, with its N anchors [start, end).

    Each anchor's roles are those of the L tokens from `low` on.
    """

    states: Halves
    """[T, H]"""
    aux: Halves
    """[T, 4]: probabilities."""
    start: Ints
    end: Ints
    low: Ints
    told: dict[str, Halves]
    """The head's probabilities: main and side [N, L, 7], said and denied [N, 2], kind [N, 7]."""
    labels: dict[str, NDArray[np.int8]]
    """People's: main and side [N, L], said, denied and kind [N]; IGNORE where they gave none."""
    weight: float
    gold: bool


def seen(encoder: Encoder, tokenizer: Tokenizer, windows: Iterable[Window]) -> Iterator[Seen]:
    """The windows that have anchors: people's, and others that the model finds."""

    def one(window: Window) -> Seen | None:
        around = np.concatenate([[tokenizer.cls], window.ids, [tokenizer.sep]]).astype(np.int64)
        features = np.pad(window.features, ((1, 1), (0, 0))).astype(np.int64)
        return _seen(encoder, encoder.encode(around, features), window)

    with ThreadPoolExecutor(2) as pool:
        yield from (found for found in pool.map(one, windows) if found is not None)


def _seen(encoder: Encoder, encoded: Encoded, window: Window) -> Seen | None:
    marked = [(t.start + 1, t.end + 1) for t in window.targets]
    places = (marked + _others(encoded, marked))[:MOST]
    if not places:
        return None
    start, end = np.array(places, np.int64).T
    labelled = encoder.label(encoded, start, end)
    size, length = len(encoded.states), labelled.main.shape[1]
    low = np.clip((start + end) // 2 - length // 2, 0, size - length)
    return Seen(
        states=encoded.states.astype(np.float16),
        aux=softmax(encoded.aux).astype(np.float16),
        start=start,
        end=end,
        low=low,
        told={n: softmax(getattr(labelled, n)).astype(np.float16) for n in TOKEN + WHOLE},
        labels=_labels(window.targets[:MOST], size, low, length),
        weight=window.weight,
        gold=window.gold,
    )


def _others(encoded: Encoded, marked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Anchors that the tagger finds and people did not mark, apart from theirs."""
    p = softmax(encoded.anchors)
    cue = p[:, 1] + p[:, 2]
    goes_on = (cue >= CUE) & (p[:, 2] > p[:, 1])
    free = np.ones(len(p), bool)
    free[[0, -1]] = False
    for start, end in marked:
        free[start:end] = False
    found, covered = [], 0
    for at in np.flatnonzero(free & ((cue >= CUE) | (p[:, 3] >= CUELESS))).tolist():
        if at < covered:
            continue
        covered = at + 1
        while p[at, 3] <= cue[at] and free[covered] and goes_on[covered]:
            covered += 1
        found.append((at, covered))
    return found


def _labels(
    targets: Sequence[Target], size: int, low: Ints, length: int
) -> dict[str, NDArray[np.int8]]:
    whole = np.full((len(TOKEN), len(low), size), IGNORE, np.int8)
    single = np.full((len(WHOLE), len(low)), IGNORE, np.int8)
    for n, target in enumerate(targets):
        whole[:, n, 1:-1] = target.main, target.side
        single[:, n] = [getattr(target, name) for name in WHOLE]
    around = np.take_along_axis(whole, (low[:, None] + np.arange(length))[None], 2)
    return dict(zip(TOKEN, around, strict=True)) | dict(zip(WHOLE, single, strict=True))
