"""What the network is taught: a loss for each of its outputs, over what is annotated."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from sayso.reader.tokens import FEATURES, Tokenizer
from training.examples import IGNORE, Window
from training.model import Network

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


def losses(net: Network, tokenizer: Tokenizer, batch: list[Window]) -> dict[str, Tensor]:
    """Mean cross-entropies of one batch, by output."""
    ids, features, mask = _inputs(tokenizer, batch)
    weight = torch.tensor([w.weight for w in batch])
    with torch.autocast("cpu", torch.bfloat16):
        states, *logits = net.encoder(ids, features, mask)
    token = weight[:, None].expand(mask.shape)
    out = {
        name: _loss(found, _gold([getattr(w, layer) for w in batch], mask.shape[1]), token)
        for name, layer, found in zip(
            ("anchor", "refusal", "aux"), ("anchors", "refusals", "aux"), logits, strict=True
        )
    }
    if any(w.targets for w in batch):
        out |= _role_losses(net, batch, states, logits[-1], mask)
    return out


def _inputs(tokenizer: Tokenizer, batch: list[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids [B, T] with [CLS] and [SEP], features [B, T, 6] and the mask [B, T] of both."""
    size = max(len(w.ids) for w in batch) + 2
    ids = torch.full((len(batch), size), tokenizer.pad)
    features = torch.zeros(len(batch), size, len(FEATURES), dtype=torch.long)
    mask = torch.zeros(len(batch), size, dtype=torch.bool)
    for k, w in enumerate(batch):
        n = len(w.ids)
        ids[k, 0], ids[k, n + 1] = tokenizer.cls, tokenizer.sep
        ids[k, 1 : n + 1] = torch.from_numpy(w.ids)
        features[k, 1 : n + 1] = torch.from_numpy(w.features)
        mask[k, : n + 2] = True
    return ids, features, mask


def _gold(labels: list[np.ndarray], size: int) -> Tensor:
    """Labels of several windows, side by side, nothing taught of [CLS], [SEP] and padding."""
    out = torch.full((len(labels), size), IGNORE)
    for k, row in enumerate(labels):
        out[k, 1 : len(row) + 1] = torch.from_numpy(row)
    return out


def _role_losses(
    net: Network, batch: list[Window], states: Tensor, aux: Tensor, mask: Tensor
) -> dict[str, Tensor]:
    targets = [t for w in batch for t in w.targets]
    row = torch.tensor([k for k, w in enumerate(batch) for _ in w.targets])
    start, end = torch.tensor([(t.start + 1, t.end + 1) for t in targets]).unbind(1)
    size = states.shape[1]
    length = min(2 * net.roles.reach, size)
    low = ((start + end) // 2 - length // 2).clamp(0, size - length)
    index = low[:, None] + torch.arange(length)
    with torch.autocast("cpu", torch.bfloat16):
        tokens = net.roles.token(torch.cat([states, aux.float().softmax(-1).to(states.dtype)], -1))
        flat = (row[:, None] * size + index).flatten()
        around = tokens.flatten(0, 1).index_select(0, flat).view(*index.shape, -1)
        anchor = net.roles.anchor(_pooled(states, row, start, end))
        logits = net.roles.label(around, anchor, index, start, end, mask[row[:, None], index])
    each = torch.tensor([w.weight for w in batch])[row]
    token = each[:, None].expand(-1, length)
    out = {}
    for name, found in zip(("main", "side"), logits[:2], strict=True):
        gold = _gold([getattr(t, name) for t in targets], size).gather(1, index)
        out[name] = _loss(found, gold, token * _rare(gold, RARE[name]))
    for name, found in zip(("said", "denied", "kind"), logits[2:], strict=True):
        out[name] = _loss(found, torch.tensor([getattr(t, name) for t in targets]), each)
    return out


def _rare(gold: Tensor, weight: float) -> Tensor:
    return torch.where(gold > 0, weight, 1.0)


def _pooled(states: Tensor, row: Tensor, start: Tensor, end: Tensor) -> Tensor:
    """The mean state of each anchor, by one product: slicing costs a gradient an anchor."""
    place = torch.arange(states.shape[1])
    within = ((place >= start[:, None]) & (place < end[:, None])).to(states.dtype)
    spread = torch.zeros(len(row), *states.shape[:2], dtype=states.dtype)
    spread[torch.arange(len(row)), row] = within / (end - start)[:, None]
    return spread.flatten(1) @ states.flatten(0, 1)


def _loss(logits: Tensor, gold: Tensor, weight: Tensor) -> Tensor:
    """Weighted mean cross-entropy over what is annotated; zero where nothing is."""
    flat, gold, weight = (
        logits.float().reshape(-1, logits.shape[-1]),
        gold.reshape(-1),
        weight.reshape(-1),
    )
    known = (gold != IGNORE).float() * weight
    each = F.cross_entropy(flat, gold, ignore_index=IGNORE, reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1)
