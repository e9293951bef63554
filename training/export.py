"""Trained weights → the package's model folder: two ONNX graphs in int8, and their settings.

Embeddings are kept as int8 rows with a scale each. Matrix products are int8, their weights in
seven bits; inputs of the transformers' layers are brought to like sizes by channel and by token
first. Attention is ONNX Runtime's own operator.
"""

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.reader.confidence import WEIGHTS as CURVE
from sayso.reader.encoder import Encoded, Labelled, OnnxEncoder
from sayso.reader.encoder import Encoder as Seam
from sayso.reader.tokens import FEATURES, Tokenizer
from sayso.reader.windows import LIMIT
from training.corpus import read_jsonl
from training.model import Encoder, Layer, Network, Roles, attention
from training.quantised import Linear
from training.states import ENCODER
from training.torch_encoder import TorchEncoder

WEIGHTS = Path("src/sayso/reader/weights")
HEAD = "head.onnx"
REACH = 64
"""Tokens on either side of an anchor, fewer than in training: the head costs a third less, and
what that cuts off of a long quotation is completed from its marks."""
REPORTS, SAMPLE = Path("training/data/own-a.jsonl"), 100
"""Where what is usual in the encoder is looked up, and in how many reports."""
POSITIONS = LIMIT + 2
"""Windows have no more tokens, [CLS] and [SEP] counted."""


class Int8Embedding(nn.Module):
    """A table of int8 rows, each with its own scale."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class Smoothed(nn.Module):
    """A linear layer whose input channels are of like size when they are quantised.

    A few channels of the large encoder are a hundred times the others, and one scale for all
    leaves these few steps. They are divided by what the weights are multiplied by, so that both
    are as hard to round (Xiao et al. 2023, "SmoothQuant", with half of it each). Then each
    token's input is brought to [-1, 1], so that no token's outlier costs the others their steps.
    """

    def __init__(self, linear: Linear, largest: Tensor) -> None:
        super().__init__()
        weight = linear.weight.detach()
        scale = (largest / weight.abs().amax(0).clamp(min=1e-5)).clamp(min=1e-5).sqrt()
        self.register_buffer("inverse", 1 / scale)
        self.register_buffer("weight", weight * scale)
        self.register_buffer("bias", linear.bias.detach())

    def forward(self, x: Tensor) -> Tensor:
        x = x * self.inverse
        size = x.abs().amax(-1, keepdim=True) + 1e-6
        return (x / size) @ self.weight.T * size + self.bias


def smooth(net: nn.Module, largest: Mapping[str, Tensor]) -> None:
    """Put smoothed layers in the place of the network's; `largest` by their names."""
    for name, most in largest.items():
        parent, _, own = name.rpartition(".")
        module = net.get_submodule(parent)
        setattr(module, own, Smoothed(getattr(module, own), most))


def largest_inputs(net: nn.Module, reader: Seam, tokenizer: Tokenizer) -> dict[str, Tensor]:
    """The largest size of each input channel of the network's layers, as `reader`, of which it
    is part, goes over our reports."""
    found: dict[str, Tensor] = {}

    def look(name: str) -> Callable[[nn.Module, tuple[Tensor]], None]:
        def hook(_: nn.Module, given: tuple[Tensor]) -> None:
            most = given[0].detach().abs().flatten(0, -2).amax(0)
            found[name] = torch.maximum(found.get(name, most), most)

        return hook

    layers = {
        f"{name}.{part}": linear
        for name, layer in net.named_modules()
        if isinstance(layer, Layer)
        for part, linear in layer.named_children()
        if isinstance(linear, Linear)
    }
    hooks = [module.register_forward_pre_hook(look(name)) for name, module in layers.items()]
    for report in read_jsonl(REPORTS)[:SAMPLE]:
        encoded = reader.encode(*_window(tokenizer, report["text"]))
        at = np.flatnonzero(np.isin(encoded.anchors.argmax(-1), (1, 3)))
        if len(at):
            reader.label(encoded, at, at + 1)
    for hook in hooks:
        hook.remove()
    return found


def _window(tokenizer: Tokenizer, text: str) -> tuple[np.ndarray, np.ndarray]:
    """Ids and features of a text's first window, with [CLS] and [SEP]."""
    ids, features = tokenizer.encode(text).slice(0, POSITIONS - 2)
    around = np.concatenate([[tokenizer.cls], ids, [tokenizer.sep]])
    return around, np.pad(features, ((1, 1), (0, 0)))


class FusedAttention(torch.autograd.Function):
    """Attention as one operator of ONNX Runtime; in torch it is `training.model.attention`."""

    @staticmethod
    def forward(
        ctx: object, q: Tensor, k: Tensor, v: Tensor, heads: int, bias: Tensor | None
    ) -> Tensor:
        return attention(q, k, v, heads, bias)

    @staticmethod
    def symbolic(g, q, k, v, heads, bias):  # type: ignore[no-untyped-def]
        inputs = [q, k, v]
        if bias is not None:
            nothing = g.op("prim::Constant")
            nothing.setType(torch._C.OptionalType.ofTensor())
            inputs += [nothing, nothing, bias]  # no bias of q, k and v, and no mask
        fused = g.op("com.microsoft::MultiHeadAttention", *inputs, num_heads_i=heads)
        return fused.setType(q.type())


def _fused(q: Tensor, k: Tensor, v: Tensor, heads: int, bias: Tensor | None) -> Tensor:
    return FusedAttention.apply(q, k, v, heads, bias)


class EncoderGraph(nn.Module):
    """The encoder as exported: one window, nothing padded."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        return self.encoder(ids, features, None)


Net = TypeVar("Net", bound=nn.Module)


def _exported(net: Net, largest: Mapping[str, Tensor]) -> Net:
    """A copy with smoothed layers and the runtime's attention."""
    net = deepcopy(net).eval()
    smooth(net, largest)
    for module in net.modules():
        if isinstance(module, Layer):
            module.attention = _fused
    return net


def export(net: Network, largest: Mapping[str, Tensor], folder: Path) -> None:
    """Write encoder.onnx and head.onnx, embeddings in int8 and all else in fp32."""
    net = _exported(net, largest)
    encoder = net.encoder
    encoder.words = Int8Embedding(encoder.words.weight.detach())
    encoder.places = Int8Embedding(encoder.places.weight[:POSITIONS].detach())
    ids = torch.randint(1000, 2000, (1, 250))
    features = torch.zeros(1, 250, len(FEATURES), dtype=torch.long)
    states, _, _, aux = encoder(ids, features, None)
    outputs = ["states", "anchors", "refusals", "aux"]
    timed = {n: {1: "time"} for n in ("ids", "features", *outputs)}
    encoder_inputs = {"ids": ids, "features": features}
    _write(EncoderGraph(encoder), encoder_inputs, outputs, timed, folder / ENCODER)
    _write_roles(net.roles, states[0], aux[0], folder / HEAD)


def _write_roles(roles: Roles, states: Tensor, aux: Tensor, path: Path) -> None:
    """Write the head: states [T, H] and logits [T, 4] are an example of what it is given."""
    at = torch.tensor([4, 60, 200])
    inputs = {"states": states, "aux": aux, "start": at, "end": at + 1}
    axes = {n: {0: "time"} for n in ("states", "aux")}
    axes |= {n: {0: "many"} for n in ("start", "end", "said", "denied", "kind")}
    axes |= {n: {0: "many", 1: "length"} for n in ("main", "side")}
    labels = ["main", "side", "said", "denied", "kind"]
    _write(roles, inputs, labels, axes, path)


def _write(
    module: nn.Module,
    inputs: dict[str, Tensor],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    path: Path,
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing and of the older exporter, which we mean
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            path,
            dynamo=False,
            opset_version=17,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            custom_opsets={"com.microsoft": 1},
        )


def quantise(source: Path, target: Path) -> None:
    """Matrix products with constant weights in int8, of which the weights use seven bits."""
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul"],
    )


def parity(reference: Seam, shipped: Seam, tokenizer: Tokenizer, texts: list[str]) -> str:
    """How far the shipped graphs are from fp32, over one window of each text."""
    states, changed, tokens, roles, labels = [], 0, 0, 0, 0
    for text in texts:
        ids, features = _window(tokenizer, text)
        a, b = reference.encode(ids, features), shipped.encode(ids, features)
        whole = a.states[:, : b.states.shape[1]]
        states.append(np.linalg.norm(whole - b.states) / np.linalg.norm(whole))
        changed += int((a.anchors.argmax(-1) != b.anchors.argmax(-1)).sum())
        tokens += len(ids)
        at = np.flatnonzero(np.isin(a.anchors.argmax(-1), (1, 3)))
        if len(at):
            x, y = reference.label(a, at, at + 1).main, shipped.label(b, at, at + 1).main
            roles += int((x.argmax(-1) != y.argmax(-1)).sum())
            labels += x.shape[0] * x.shape[1]
    return (
        f"states off by {100 * np.mean(states):.1f} %; anchor labels changed: {changed} of "
        f"{tokens}; role labels changed: {roles} of {labels}"
    )


def ship(run: Path, name: str, version: str) -> None:
    """Write the model's folder in the package, but for what `training.speakers` puts there."""
    logging.disable(logging.INFO)  # the quantiser tells of every node
    reference = TorchEncoder.load([run])
    (net,) = reference.nets
    net.roles.reach = REACH
    folder = WEIGHTS / name
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(run / "vocab.txt", folder / "vocab.txt")
    with tempfile.TemporaryDirectory() as made:
        largest = largest_inputs(net, reference, Tokenizer(run / "vocab.txt"))
        export(net, largest, Path(made))
        for graph in (ENCODER, HEAD):
            quantise(Path(made) / graph, folder / graph)
    configure(folder, version)


def ship_roles(roles: Roles, folder: Path, version: str) -> None:
    """Write a head over the encoder of an installed model, in the place of the one it has."""
    logging.disable(logging.INFO)
    reader, tokenizer = Over(OnnxEncoder(folder), roles.eval()), Tokenizer(folder / "vocab.txt")
    largest = largest_inputs(roles, reader, tokenizer)
    encoded = reader.encode(*_window(tokenizer, read_jsonl(REPORTS)[0]["text"]))
    states, aux = torch.from_numpy(encoded.states), torch.from_numpy(encoded.aux)
    with tempfile.TemporaryDirectory() as made:
        _write_roles(_exported(roles, largest), states, aux, Path(made) / HEAD)
        quantise(Path(made) / HEAD, folder / HEAD)
    configure(folder, version)


@dataclass(frozen=True)
class Over:
    """A head in torch over an installed encoder."""

    encoder: Seam
    roles: Roles

    def encode(self, ids: np.ndarray, features: np.ndarray) -> Encoded:
        return self.encoder.encode(ids, features)

    @torch.no_grad()
    def label(self, encoded: Encoded, starts: np.ndarray, ends: np.ndarray) -> Labelled:
        given = map(torch.from_numpy, (encoded.states, encoded.aux, starts, ends))
        return Labelled(*(found.numpy() for found in self.roles(*given)))


def configure(folder: Path, version: str) -> None:
    """Write the model's settings; the curve of confidence stays, if it is of today's kind."""
    settings = folder / "config.json"
    known = json.loads(settings.read_text(encoding="utf-8")) if settings.exists() else {}
    curve = known.get("calibration", ())
    curve = curve if len(curve) == len(CURVE) else [0.0] * len(CURVE)
    config = {"model": version, "calibration": curve}
    settings.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def told(run: Path, name: str, shared: Path, light: Roles | None = None) -> str:
    """What an installed model weighs, and how near it is to its run in fp32, with the lighter
    head if it has one."""
    folder = WEIGHTS / name
    reference = TorchEncoder.load([run])
    (net,) = reference.nets
    net.roles = light or net.roles
    net.roles.reach = REACH
    texts = [d["text"] for d in read_jsonl(shared / "data/bbc/dev.jsonl")]
    size = sum(f.stat().st_size for f in folder.iterdir()) / 1e6
    tokenizer = Tokenizer(folder / "vocab.txt")
    return f"{size:.1f} MB; {parity(reference, OnnxEncoder(folder), tokenizer, texts)}"
