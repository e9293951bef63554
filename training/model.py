"""The network: one encoder, taggers over its states, and a light head run for each anchor."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sayso.reader.tokens import FEATURES
from training.corpus import KINDS
from training.quantised import Linear

ANCHORS = 4
"""Anchor labels: 0 nothing, 1 cue begins, 2 cue goes on, 3 a cueless content begins."""
REFUSAL_LABELS = 7
"""0 nothing, then begin and inside of each kind of refusal."""
MAIN = 7
"""0 nothing, then begin and inside of source, cue, content."""
SIDE = 7
"""0 nothing, then begin and inside of addressee, channel, when."""
AUX = 4
"""What any statement makes of a token: nothing, source, cue, content."""


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; the encoder's are those of its base."""

    vocab: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    epsilon: float = 1e-12
    relative: int = 0
    """Buckets of relative distance that attention has a bias for: MPNet's 32, BERT's none."""
    head_shared: int = 0
    """Layers of the head that are run once for a window, whatever anchors it has."""
    head_wide: int = 192
    """Their width."""
    head_layers: int = 2
    """Layers that are run over the tokens around each anchor."""
    head_width: int = 192
    head_heads: int = 4
    reach: int = 96
    """Tokens on either side of an anchor that may have a role in its statement."""


def attention(q: Tensor, k: Tensor, v: Tensor, heads: int, bias: Tensor | None) -> Tensor:
    """Multi-head attention over [B, T, W]; `bias`, [B or 1, heads or 1, T or 1, T], is added
    to the scores."""
    b, t, w = q.shape
    q, k, v = (x.view(b, t, heads, w // heads).transpose(1, 2) for x in (q, k, v))
    bias = None if bias is None else bias.to(q.dtype)
    if q.is_cuda:
        bias = None if bias is None else bias.expand(b, -1, t, t)
        mixed = F.scaled_dot_product_attention(q, k, v, bias)
    else:
        scores = (q @ k.transpose(-1, -2)) * (w // heads) ** -0.5
        scores = scores if bias is None else scores + bias
        mixed = scores.float().softmax(-1).to(v.dtype) @ v
    return mixed.transpose(1, 2).reshape(b, t, w)


class Layer(nn.Module):
    """A transformer layer, normalised after (as BERT) or before each block."""

    def __init__(
        self,
        width: int,
        heads: int,
        inner: int,
        *,
        before: bool,
        dropout: float = 0.0,
        epsilon: float = 1e-12,
    ) -> None:
        super().__init__()
        self.heads, self.before, self.attention = heads, before, attention
        self.qkv, self.out = Linear(width, 3 * width), Linear(width, width)
        self.up, self.down = Linear(width, inner), Linear(inner, width, by_row=True)
        self.norm1, self.norm2 = (nn.LayerNorm(width, eps=epsilon) for _ in range(2))
        self.dropout = nn.Dropout(dropout)

    def attend(self, x: Tensor, bias: Tensor | None) -> Tensor:
        q, k, v = self.qkv(x).chunk(3, -1)
        return self.out(self.attention(q, k, v, self.heads, bias))

    def feed(self, x: Tensor) -> Tensor:
        return self.down(F.gelu(self.up(x)))

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        if self.before:
            x = x + self.dropout(self.attend(self.norm1(x), bias))
            return x + self.dropout(self.feed(self.norm2(x)))
        x = self.norm1(x + self.attend(x, bias))
        return self.norm2(x + self.feed(x))


class Distances(nn.Module):
    """A bias of attention for each head by how far apart two tokens are.

    Buckets as in T5 (Raffel et al. 2020, section 2.1) and MPNet: by sign, exact up to a quarter
    of them, then by logarithm up to 128 tokens.
    """

    def __init__(self, buckets: int, heads: int, positions: int) -> None:
        super().__init__()
        self.table = nn.Embedding(buckets, heads)
        self.most = positions - 1
        half, exact = buckets // 2, buckets // 4
        apart = torch.arange(-self.most, self.most + 1)
        far = apart.abs().clamp(min=1).float()
        log = exact + (far / exact).log() / math.log(128 / exact) * (half - exact)
        bucket = torch.where(apart.abs() < exact, apart.abs(), log.long().clamp(max=half - 1))
        self.register_buffer("bucket", bucket + half * (apart > 0), persistent=False)

    def forward(self, size: int) -> Tensor:
        """[1, heads, T, T]"""
        place = torch.arange(size, device=self.bucket.device)
        each = self.table(self.bucket)
        return each[place[None] - place[:, None] + self.most].permute(2, 0, 1)[None]


class Encoder(nn.Module):
    """Token ids and features → states [B, T, H], and the taggers' logits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocab, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.ModuleList(nn.Embedding(n, shape.hidden) for n in FEATURES.values())
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.distances = (
            Distances(shape.relative, shape.heads, shape.positions) if shape.relative else None
        )
        self.layers = nn.ModuleList(
            Layer(shape.hidden, shape.heads, shape.inner, before=False, epsilon=shape.epsilon)
            for _ in range(shape.layers)
        )
        self.dropout = nn.Dropout(0.1)
        self.anchor, self.refusal, self.aux = (
            Linear(shape.hidden, n) for n in (ANCHORS, REFUSAL_LABELS, AUX)
        )

    def forward(
        self, ids: Tensor, features: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        x = self.words(ids) + self.places(torch.arange(ids.shape[1], device=ids.device))
        for n, table in enumerate(self.features):
            x = x + table(features[..., n])
        x = self.norm(x)
        if torch.is_autocast_enabled(x.device.type):
            x = x.bfloat16()
        bias = None if mask is None else _bias(mask)
        if self.distances is not None:
            apart = self.distances(ids.shape[1])
            bias = apart if bias is None else apart + bias
        bias = None if bias is None else bias.to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        dropped = self.dropout(x)
        return x, self.anchor(dropped), self.refusal(dropped), self.aux(x)


class Roles(nn.Module):
    """For each anchor, what the tokens around it are to it, and what kind of statement it is."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, self.reach = shape.head_width, shape.reach
        wide = shape.head_wide if shape.head_shared else width

        def layers(many: int, width: int) -> nn.ModuleList:
            return nn.ModuleList(
                Layer(width, shape.head_heads, 2 * width, before=True, dropout=0.1)
                for _ in range(many)
            )

        self.token = Linear(shape.hidden + AUX, wide)
        self.shared = layers(shape.head_shared, wide)
        self.narrow = (
            nn.Sequential(nn.LayerNorm(wide), Linear(wide, width))
            if shape.head_shared
            else nn.Identity()
        )
        self.anchor = nn.Linear(shape.hidden, width)
        self.product = Linear(width, width, bias=False)
        self.distance = nn.Embedding(2 * 32 + 2, width)
        self.layers = layers(shape.head_layers, width)
        self.norm = nn.LayerNorm(width)
        self.main = Linear(width, MAIN)
        self.side = nn.Sequential(Linear(width, width), nn.GELU(), Linear(width, SIDE))
        self.said, self.denied, self.kind = (nn.Linear(2 * width, n) for n in (2, 2, len(KINDS)))

    def window(self, states: Tensor, aux: Tensor, mask: Tensor | None) -> Tensor:
        """What all anchors of a window have in common: states [B, T, H] and aux's probabilities
        [B, T, 4] → [B, T, D]."""
        x = self.token(torch.cat([states, aux.to(states.dtype)], -1))
        bias = None if mask is None else _bias(mask)
        for layer in self.shared:
            x = layer(x, bias)
        narrow: Tensor = self.narrow(x)
        return narrow

    def forward(
        self, states: Tensor, aux: Tensor, start: Tensor, end: Tensor
    ) -> tuple[Tensor, ...]:
        """For anchors [start, end) of one window: states [T, H] → logits.

        Returns main [N, L, 7], side [N, L, 7], said [N, 2], denied [N, 2], kind [N, 7]; L is
        2 * reach or T, whichever is less, and starts at clamp((start + end) // 2 - L // 2).
        """
        size = states.shape[0]
        length = _least(2 * self.reach, size)
        tokens = self.window(states[None], aux.softmax(-1)[None], None)[0]
        low = ((start + end) // 2 - length // 2).clamp(min=0)
        low = torch.minimum(low, torch.as_tensor(size - length))
        place = torch.arange(size, device=states.device)
        index = low[:, None] + torch.arange(length, device=states.device)[None]
        within = (place[None] >= start[:, None]) & (place[None] < end[:, None])
        pooled = (within.to(states.dtype) / (end - start)[:, None]) @ states
        return self.label(tokens[index], self.anchor(pooled), index, start, end, None)

    def label(
        self,
        tokens: Tensor,
        anchor: Tensor,
        index: Tensor,
        start: Tensor,
        end: Tensor,
        mask: Tensor | None,
    ) -> tuple[Tensor, ...]:
        """tokens [N, L, D], anchor [N, D], index [N, L] (places of the tokens in their window)."""
        x = tokens + anchor[:, None] + self.product(tokens * anchor[:, None])
        x = x + self.distance(buckets(index, start, end)).to(x.dtype)
        bias = None if mask is None else _bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        x = self.norm(x)
        main, side = self.main(x), self.side(x)
        at = ((index >= start[:, None]) & (index < end[:, None])).to(x.dtype)
        at = at / at.sum(1, keepdim=True).clamp(min=1)
        source = main.softmax(-1)[..., 1:3].sum(-1)
        if mask is not None:
            source = source * mask
        source = source / (source.sum(1, keepdim=True) + 0.1)
        pooled = torch.cat(
            [torch.einsum("nl,nld->nd", at, x), torch.einsum("nl,nld->nd", source.to(x.dtype), x)],
            -1,
        )
        return main, side, self.said(pooled), self.denied(pooled), self.kind(pooled)


def _least(most: int, size: int) -> Tensor | int:
    """The lesser of both; as a tensor where it is traced, so that the graph works it out."""
    if torch.onnx.is_in_onnx_export():
        return torch.minimum(torch.tensor(most), torch.as_tensor(size))
    return min(most, size)


def _bias(mask: Tensor) -> Tensor:
    """What is added to attention's scores [B, 1, 1, T]: nothing, or enough to hide padding."""
    return (~mask).float()[:, None, None] * -1e4


def buckets(index: Tensor, start: Tensor, end: Tensor) -> Tensor:
    """Signed distance to the anchor in 65 buckets: exact to 16, then by seven."""
    left, right = (start[:, None] - index).clamp(min=0), (index - end[:, None] + 1).clamp(min=0)
    far = torch.maximum(left, right)
    bucket = torch.where(far <= 16, far, (16 + (far - 16) // 7)).clamp(max=32)
    return torch.where(left > 0, bucket + 32, bucket)


class Network(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder, self.roles = Encoder(shape), Roles(shape)

    def start(self, weights: Mapping[str, Tensor]) -> None:
        """Take over what there is of the encoder; what is missing keeps its random start."""
        with torch.no_grad():
            own = self.encoder.state_dict()
            for name, value in weights.items():
                own[name].copy_(value)
