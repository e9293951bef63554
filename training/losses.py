"""What the network is taught: a loss for each of its outputs, over what is annotated.

Where a teacher's probabilities stand beside a label, the loss is the cross-entropy with a
mixture of both; where nothing is annotated, with the teacher's alone (Hinton et al. 2015).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Protocol, Self

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sayso.reader.tokens import FEATURES, Tokenizer
from training.examples import IGNORE, Window
from training.model import Network, Roles

WEIGHTS = {
    "anchor": 1.0,
    "refusal": 0.5,
    "aux": 0.5,
    "main": 1.0,
    "side": 0.5,
    "said": 0.2,
    "denied": 0.2,
    "kind": 0.2,
}
RARE = {"main": 1.0, "side": 6.0}
"""What a token with a role weighs beside one without: few have an addressee or a time."""
TAGGED = ("anchor", "refusal", "aux")
TOLD = ("said", "denied", "kind")
GOLD_SHARE = 0.5
"""What people's label counts for beside the teacher's."""

Logits = dict[str, Tensor]


@dataclass(frozen=True)
class Batch:
    """Windows side by side: B of at most T tokens, and the N anchors in them.

    Padding is added up to the longest window and to a multiple of eight.
    """

    ids: Tensor
    features: Tensor
    mask: Tensor
    """[B, T]: [CLS], the window's tokens, [SEP]."""
    inner: Tensor
    """[B, T]: the window's tokens alone."""
    weight: Tensor
    gold: Tensor
    """[B]: whether the labels are people's."""
    anchor: Tensor
    refusal: Tensor
    aux: Tensor
    row: Tensor
    """[N]: the window that each anchor stands in."""
    start: Tensor
    end: Tensor
    index: Tensor
    """[N, L]: the tokens around each anchor."""
    main: Tensor
    side: Tensor
    said: Tensor
    denied: Tensor
    kind: Tensor

    def to(self, device: torch.device) -> Self:
        moved = {f.name: getattr(self, f.name).to(device, non_blocking=True) for f in fields(self)}
        return type(self)(**moved)


def collate(windows: Sequence[Window], tokenizer: Tokenizer, reach: int) -> Batch:
    """The windows as one batch."""
    many, size = len(windows), (max(len(w.ids) for w in windows) + 9) // 8 * 8
    ids = np.full((many, size), tokenizer.pad, np.int64)
    features = np.zeros((many, size, len(FEATURES)), np.int64)
    inner = np.zeros((many, size), bool)
    labels = np.full((3, many, size), IGNORE, np.int64)
    for k, w in enumerate(windows):
        n = len(w.ids)
        ids[k, 0], ids[k, n + 1] = tokenizer.cls, tokenizer.sep
        ids[k, 1 : n + 1], features[k, 1 : n + 1], inner[k, 1 : n + 1] = w.ids, w.features, True
        labels[:, k, 1 : n + 1] = w.anchors, w.refusals, w.aux
    lengths = np.array([len(w.ids) + 2 for w in windows])
    mask = np.arange(size) < lengths[:, None]
    weight = np.array([w.weight for w in windows], np.float32)
    gold = np.array([w.gold for w in windows])
    return Batch(
        *map(torch.from_numpy, (ids, features, mask, inner, weight, gold, *labels)),
        **_anchors(windows, size, reach),
    )


def _anchors(windows: Sequence[Window], size: int, reach: int) -> dict[str, Tensor]:
    targets = [(k, t) for k, w in enumerate(windows) for t in w.targets]
    length = min(2 * reach, size)
    start, end = (
        np.array([getattr(t, side) + 1 for _, t in targets], np.int64) for side in ("start", "end")
    )
    low = np.clip((start + end) // 2 - length // 2, 0, size - length)
    roles = np.full((2, len(targets), size), IGNORE, np.int64)
    for k, (_, t) in enumerate(targets):
        roles[:, k, 1 : len(t.main) + 1] = t.main, t.side
    index = low[:, None] + np.arange(length)
    around = np.take_along_axis(roles, index[None], 2)
    told = {name: np.array([getattr(t, name) for _, t in targets], np.int64) for name in TOLD}
    row = np.array([k for k, _ in targets], np.int64)
    found = {"row": row, "start": start, "end": end, "index": index, **told}
    found |= {"main": around[0], "side": around[1]}
    return {name: torch.from_numpy(value) for name, value in found.items()}


def logits(net: Network, batch: Batch) -> Logits:
    """All outputs: [B, T, C] by token, [N, L, C] by token around each anchor, [N, C] for each."""
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        states, *tagged = net.encoder(batch.ids, batch.features, batch.mask)
        found = dict(zip(TAGGED, tagged, strict=True))
        if len(batch.row):
            names = ("main", "side", *TOLD)
            aux = found["aux"].float().softmax(-1)
            found |= dict(zip(names, labelled(net.roles, batch, states, aux), strict=True))
    return found


class Anchors(Protocol):
    """Where the N anchors of a batch of windows are, and the L tokens around each of them."""

    @property
    def mask(self) -> Tensor:
        """[B, T]"""

    @property
    def row(self) -> Tensor:
        """[N]: the window that each stands in."""

    @property
    def start(self) -> Tensor:
        """[N]"""

    @property
    def end(self) -> Tensor:
        """[N]"""

    @property
    def index(self) -> Tensor:
        """[N, L]"""


def labelled(roles: Roles, batch: Anchors, states: Tensor, aux: Tensor) -> tuple[Tensor, ...]:
    """The head's logits for all anchors of a batch: states [B, T, H], aux's probabilities."""
    size = states.shape[1]
    tokens = roles.window(states, aux, batch.mask)
    flat = (batch.row[:, None] * size + batch.index).flatten()
    around = tokens.flatten(0, 1).index_select(0, flat).view(*batch.index.shape, -1)
    anchor = roles.anchor(_pooled(states, batch))
    mask = batch.mask[batch.row[:, None], batch.index]
    return roles.label(around, anchor, batch.index, batch.start, batch.end, mask)


def _pooled(states: Tensor, batch: Anchors) -> Tensor:
    """The mean state of each anchor, by one product: slicing costs a gradient an anchor."""
    place = torch.arange(states.shape[1], device=states.device)
    within = (place >= batch.start[:, None]) & (place < batch.end[:, None])
    share = within.to(states.dtype) / (batch.end - batch.start)[:, None]
    spread = torch.zeros(len(batch.row), *states.shape[:2], dtype=states.dtype, device=place.device)
    spread[torch.arange(len(batch.row), device=place.device), batch.row] = share
    return spread.flatten(1) @ states.flatten(0, 1)


class Teachers:
    """Networks whose mean probabilities are taught."""

    def __init__(self, nets: Sequence[Network]) -> None:
        self.nets = [net.eval() for net in nets]

    @torch.no_grad()
    def __call__(self, batch: Batch) -> Logits:
        """Probabilities by output, of the shapes of `logits`."""
        told = [logits(net, batch) for net in self.nets]
        return {
            name: torch.stack([t[name].float().softmax(-1) for t in told]).mean(0)
            for name in told[0]
        }


def losses(net: nn.Module, batch: Batch, taught: Mapping[str, Tensor] | None) -> Logits:
    """Mean cross-entropy by output; `taught` are a teacher's probabilities for the batch."""
    found, out = logits(net, batch), {}
    inner = batch.inner[batch.row[:, None], batch.index] if len(batch.row) else batch.inner
    for name, given in found.items():
        told = None if taught is None else taught[name]
        if name in TAGGED:
            each, gold, known = batch.weight[:, None], batch.gold[:, None], batch.inner
        elif name in TOLD:
            each, gold = batch.weight[batch.row], batch.gold[batch.row]
            known = torch.ones_like(gold)
        else:
            each, gold = batch.weight[batch.row][:, None], batch.gold[batch.row][:, None]
            known = inner
        out[name] = loss(given, getattr(batch, name), each * known, gold, told, RARE.get(name, 1))
    return out


def loss(
    given: Tensor,
    label: Tensor,
    weight: Tensor,
    gold: Tensor,
    told: Tensor | None,
    rare: float,
    share: float = GOLD_SHARE,
) -> Tensor:
    """Weighted mean cross-entropy over what is known; zero where nothing is.

    given [..., C], label [...], weight and gold of shapes that broadcast to [...], told [..., C].
    Where people have labelled it, their label counts for `share` beside what is told.
    """
    log = given.float().log_softmax(-1)
    labelled = label != IGNORE
    sure = F.one_hot(label.clamp(min=0), given.shape[-1]).to(log.dtype)
    if told is None:
        weight = weight * labelled * torch.where(label > 0, rare, 1.0)
        target = sure
    else:
        people = (labelled & gold).to(log.dtype)[..., None] * share
        target = people * sure + (1 - people) * told
        weight = weight * (1 + (rare - 1) * (1 - target[..., 0]))
    each = -(target * log).sum(-1)
    return (each * weight).sum() / weight.expand_as(each).sum().clamp(min=1)
