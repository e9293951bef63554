"""The network: one encoder, taggers over its states, and a light head run for each anchor."""

from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from sayso.reader.tokens import FEATURES
from training.corpus import KINDS

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
    head_width: int = 192
    head_layers: int = 2
    head_heads: int = 4
    reach: int = 96
    """Tokens on either side of an anchor that may have a role in its statement."""

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


def attention(q: Tensor, k: Tensor, v: Tensor, heads: int, bias: Tensor | None) -> Tensor:
    """Multi-head attention over [B, T, W]; `bias` [B, 1, 1, T] is added to the scores."""
    b, t, w = q.shape
    q, k, v = (x.view(b, t, heads, w // heads).transpose(1, 2) for x in (q, k, v))
    scores = (q @ k.transpose(-1, -2)) * (w // heads) ** -0.5
    if bias is not None:
        scores = scores + bias.to(scores.dtype)
    mixed = scores.float().softmax(-1).to(v.dtype) @ v
    return mixed.transpose(1, 2).reshape(b, t, w)


class Layer(nn.Module):
    """A transformer layer, normalised after (as BERT) or before each block."""

    def __init__(
        self, width: int, heads: int, inner: int, *, before: bool, dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.heads, self.before, self.attention = heads, before, attention
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
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


class Encoder(nn.Module):
    """Token ids and features → states [B, T, H], and the taggers' logits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocab, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.ModuleList(nn.Embedding(n, shape.hidden) for n in FEATURES.values())
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(shape.hidden, shape.heads, shape.inner, before=False) for _ in range(shape.layers)
        )
        self.dropout = nn.Dropout(0.1)
        self.anchor, self.refusal, self.aux = (
            nn.Linear(shape.hidden, n) for n in (ANCHORS, REFUSAL_LABELS, AUX)
        )

    def forward(
        self, ids: Tensor, features: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        x = self.words(ids) + self.places.weight[: ids.shape[1]]
        for n, table in enumerate(self.features):
            x = x + table(features[..., n])
        x = self.norm(x)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        bias = None if mask is None else _bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        dropped = self.dropout(x)
        return x, self.anchor(dropped), self.refusal(dropped), self.aux(x)


class Roles(nn.Module):
    """For each anchor, what the tokens around it are to it, and what kind of statement it is."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, self.reach = shape.head_width, shape.reach
        self.token = nn.Linear(shape.hidden + AUX, width)
        self.anchor = nn.Linear(shape.hidden, width)
        self.product = nn.Linear(width, width, bias=False)
        self.distance = nn.Embedding(2 * 32 + 2, width)
        self.layers = nn.ModuleList(
            Layer(width, shape.head_heads, 2 * width, before=True, dropout=0.1)
            for _ in range(shape.head_layers)
        )
        self.norm = nn.LayerNorm(width)
        self.main = nn.Linear(width, MAIN)
        self.side = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, SIDE))
        self.said, self.denied, self.kind = (nn.Linear(2 * width, n) for n in (2, 2, len(KINDS)))

    def forward(
        self, states: Tensor, aux: Tensor, start: Tensor, end: Tensor
    ) -> tuple[Tensor, ...]:
        """For anchors [start, end) of one window: states [T, H] → logits.

        Returns main [N, L, 7], side [N, L, 7], said [N, 2], denied [N, 2], kind [N, 7]; L is
        2 * reach or T, whichever is less, and starts at clamp((start + end) // 2 - L // 2).
        """
        size = states.shape[0]
        length = _least(2 * self.reach, size)
        tokens = self.token(torch.cat([states, aux.softmax(-1)], -1))
        low = ((start + end) // 2 - length // 2).clamp(min=0)
        low = torch.minimum(low, torch.as_tensor(size - length))
        index = low[:, None] + torch.arange(length)[None]
        within = (torch.arange(size)[None] >= start[:, None]) & (
            torch.arange(size)[None] < end[:, None]
        )
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

    @classmethod
    def from_base(cls, weights: Path, shape: Shape | None = None) -> "Network":
        """A network whose encoder starts from BERT-shaped weights in a safetensors file."""
        net = cls(shape or Shape())
        found = {k.removeprefix("bert."): v for k, v in load_file(weights).items()}
        enc = net.encoder
        with torch.no_grad():
            enc.words.weight.copy_(found["embeddings.word_embeddings.weight"])
            types = found["embeddings.token_type_embeddings.weight"][0]
            enc.places.weight.copy_(found["embeddings.position_embeddings.weight"] + types)
            _copy(enc.norm, found, "embeddings.LayerNorm")
            for n, layer in enumerate(enc.layers):
                at = f"encoder.layer.{n}."
                for part in ("weight", "bias"):
                    qkv = [
                        found[f"{at}attention.self.{w}.{part}"] for w in ("query", "key", "value")
                    ]
                    getattr(layer.qkv, part).copy_(torch.cat(qkv))
                _copy(layer.out, found, at + "attention.output.dense")
                _copy(layer.norm1, found, at + "attention.output.LayerNorm")
                _copy(layer.up, found, at + "intermediate.dense")
                _copy(layer.down, found, at + "output.dense")
                _copy(layer.norm2, found, at + "output.LayerNorm")
        return net


def _copy(module: nn.Module, found: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(found[name + ".weight"])
    module.bias.copy_(found[name + ".bias"])
