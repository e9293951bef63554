"""Learns a lighter head for an installed model: of what it makes, most is made once for a window.

    python -m training.roles --shared ../shared [--model en-fast] [--passes 6]

The encoder stays as it is. The head that is there teaches the new one, of people's anchors and of
those that the model finds, and people's labels teach it beside that. Needs 6 GB of memory.
"""

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn

from sayso.reader.encoder import OnnxEncoder
from sayso.reader.models import model, names
from sayso.reader.tokens import Tokenizer
from sayso.reader.windows import LIMIT
from training.base import SHAPES
from training.batches import Epochs, of_like_length
from training.export import REACH, ship_roles
from training.losses import RARE, WEIGHTS, labelled, loss
from training.model import Roles
from training.quantised import reckon_rounded
from training.recipes import VERSIONS, Recipes
from training.seen import TOKEN, WHOLE, Seen, seen
from training.train import Average

TOGETHER = 12
"""Windows of a batch."""
PASSES, RATE, ROUNDING, SEED = 6.0, 1e-3, 0.25, 77
LIGHT = {"head_shared": 2, "head_layers": 1, "head_width": 128}
PEOPLE = 0.1
"""What people's label counts for: the head that teaches has learnt from it already."""


@dataclass(frozen=True)
class Batch:
    """B windows of at most T tokens side by side, and the N anchors in them."""

    states: Tensor
    aux: Tensor
    mask: Tensor
    row: Tensor
    """[N]: the window that each anchor stands in."""
    start: Tensor
    end: Tensor
    index: Tensor
    """[N, L]: the tokens around each anchor, padding where its window has fewer."""
    known: Tensor
    """[N, L]: those that are tokens."""
    labels: dict[str, Tensor]
    told: dict[str, Tensor]
    weight: Tensor
    gold: Tensor
    """[N]"""


def collate(windows: Sequence[Seen], length: int) -> Batch:
    """The windows as one batch, with roles for `length` tokens around each anchor."""
    size = 1 + max(len(w.states) for w in windows)
    row = np.repeat(np.arange(len(windows)), [len(w.start) for w in windows])
    low = np.concatenate([w.low for w in windows])
    most = np.array([w.told["main"].shape[1] for w in windows])[row]
    place = np.arange(length)
    index = np.where(place < most[:, None], low[:, None] + place, size - 1)
    lengths = np.array([len(w.states) for w in windows])
    mask = np.arange(size) < lengths[:, None]
    states, aux = (_padded([getattr(w, n) for w in windows], size) for n in ("states", "aux"))

    def joined(kind: str, name: str) -> Tensor:
        parts = [getattr(w, kind)[name] for w in windows]
        if name in WHOLE:
            return torch.from_numpy(np.concatenate(parts))
        return torch.cat([_widened(part, length) for part in parts])

    return Batch(
        states=states,
        aux=aux,
        mask=torch.from_numpy(mask),
        row=torch.from_numpy(row),
        start=torch.from_numpy(np.concatenate([w.start for w in windows])),
        end=torch.from_numpy(np.concatenate([w.end for w in windows])),
        index=torch.from_numpy(index),
        known=torch.from_numpy((index > 0) & (index < lengths[row, None] - 1)),
        labels={name: joined("labels", name).long() for name in TOKEN + WHOLE},
        told={name: joined("told", name).float() for name in TOKEN + WHOLE},
        weight=torch.tensor([windows[n].weight for n in row]),
        gold=torch.tensor([windows[n].gold for n in row]),
    )


@dataclass
class Lessons:
    """What is learnt from: windows in batches of like length, in another order at every pass."""

    windows: Sequence[Seen]
    length: int
    seed: int

    @property
    def size(self) -> int:
        """Batches of a pass."""
        return math.ceil(len(self.windows) / TOGETHER)

    def __iter__(self) -> Iterator[Batch]:
        rng = Random(self.seed)
        while True:
            made = of_like_length(list(self.windows), lambda w: len(w.states), _cut, rng)
            for batch in made:
                yield collate(batch, self.length)


def _cut(windows: list[Seen]) -> Iterator[list[Seen]]:
    return (windows[i : i + TOGETHER] for i in range(0, len(windows), TOGETHER))


def _padded(arrays: Sequence[np.ndarray], size: int) -> Tensor:
    """Arrays [T, C] side by side, as long as the longest may be."""
    out = torch.zeros(len(arrays), size, arrays[0].shape[1])
    for n, array in enumerate(arrays):
        out[n, : len(array)] = torch.from_numpy(array)
    return out


def _widened(array: np.ndarray, length: int) -> Tensor:
    """[N, l, ...] → [N, length, ...]"""
    wide = [(0, 0), (0, length - array.shape[1]), *[(0, 0)] * (array.ndim - 2)]
    return torch.from_numpy(np.pad(array, wide))


def losses(roles: Roles, batch: Batch) -> Tensor:
    """The weighted sum of the losses of what the head says."""
    found = dict(zip(TOKEN + WHOLE, labelled(roles, batch, batch.states, batch.aux), strict=True))
    parts = []
    for name, given in found.items():
        weight, gold = batch.weight, batch.gold
        if name in TOKEN:
            weight, gold = weight[:, None] * batch.known, gold[:, None]
        told, rare = batch.told[name], RARE.get(name, 1)
        part = loss(given, batch.labels[name], weight, gold, told, rare, PEOPLE)
        parts.append(WEIGHTS[name] * part)
    return torch.stack(parts).sum()


def learn(roles: Roles, lessons: Lessons, passes: float) -> None:
    """Teach the head; it ends with its averaged weights."""
    for module in roles.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0  # the teacher's doubts are enough
    total = math.ceil(passes * lessons.size)
    optimiser = torch.optim.AdamW(roles.parameters(), weight_decay=0.01)
    average = Average(roles)
    roles.train()
    for step, batch in zip(range(1, total + 1), lessons, strict=False):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, step / (0.05 * total)) * max(0.02, 1 - step / total)
        reckon_rounded(roles, step > total * (1 - ROUNDING))
        value = losses(roles, batch)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(roles.parameters(), 1.0)
        optimiser.step()
        average.update(roles, step)
        if step % 100 == 0:
            print(f"{step} of {total}: {value.item():.4f}", flush=True)
    roles.load_state_dict(average.weights, strict=False)
    reckon_rounded(roles, False)


def lighten(name: str, shared: Path, passes: float = PASSES) -> Roles:
    """Put a lighter head in the place of an installed model's own, which teaches it."""
    installed = model(name)
    settings = Recipes(shared, Path("runs")).pupil(name)
    vocabulary = installed.folder / "vocab.txt"
    epoch = next(Epochs(settings.mix, vocabulary, settings.tokens, SEED, longest=LIMIT)(0))
    encoder = OnnxEncoder(installed.folder)
    windows = list(seen(encoder, Tokenizer(vocabulary), chain.from_iterable(epoch)))
    print(f"{len(windows)} windows, {sum(len(w.start) for w in windows)} anchors", flush=True)
    torch.manual_seed(SEED)
    roles = Roles(replace(SHAPES[settings.base], reach=REACH, **LIGHT))
    learn(roles, Lessons(windows, 2 * REACH, SEED), passes)
    ship_roles(roles, installed.folder, VERSIONS[name])
    return roles


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--model", default="en-fast", choices=names())
    ap.add_argument("--passes", type=float, default=PASSES)
    args = ap.parse_args()
    lighten(args.model, args.shared, args.passes)


if __name__ == "__main__":
    main()
