"""Linear layers that can reckon much as the shipped int8 graph does: training gets used to it.

Weights are rounded to seven bits, one scale an output channel, because processors without VNNI
add two products in 16 bits, which eight overflow. Inputs are rounded to eight bits, one scale a
window (ONNX Runtime's DynamicQuantizeLinear; an anchor, in the head). Most layers of the shipped
graph do a little better: their inputs are of like size by channel and token (`training.export`).
Gradients pass the rounding as if it weren't there (Bengio et al. 2013, "straight-through").
"""

import torch
from torch import Tensor, nn

MOST = 64
"""Weights are whole numbers from -MOST to MOST."""


class Linear(nn.Linear):
    """A linear layer; `by_row`: each token's input is brought to [-1, 1] before it is rounded."""

    def __init__(
        self, inputs: int, outputs: int, *, bias: bool = True, by_row: bool = False
    ) -> None:
        super().__init__(inputs, outputs, bias=bias)
        self.by_row, self.rounding = by_row, False

    def forward(self, x: Tensor) -> Tensor:
        if not self.rounding:
            return super().forward(x)
        if self.by_row:
            size = x.detach().abs().amax(-1, keepdim=True) + 1e-6
            x = rounded_input(x / size) * size
        else:
            x = rounded_input(x)
        return nn.functional.linear(x, rounded_weight(self.weight), self.bias)


def rounded_weight(weight: Tensor) -> Tensor:
    """The weights [out, in] as seven bits hold them."""
    with torch.no_grad():
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / MOST
        off = (weight / scale).round() * scale - weight
    return weight + off


def rounded_input(x: Tensor) -> Tensor:
    """The input [B, ...] as eight bits hold it, one scale for each of the B windows."""
    with torch.no_grad():
        wide = x.float()
        rest = tuple(range(1, x.dim()))
        low, high = wide.amin(rest, keepdim=True).clamp(max=0), wide.amax(rest, keepdim=True)
        scale = (high.clamp(min=0) - low).clamp(min=1e-8) / 255
        zero = (-low / scale).round()
        off = (((wide / scale).round() + zero).clamp(0, 255) - zero) * scale - wide
    return x + off.to(x.dtype)


def reckon_rounded(net: nn.Module, rounding: bool) -> None:
    """Switch rounding on or off in all the network's layers that ship in int8."""
    for module in net.modules():
        if isinstance(module, Linear):
            module.rounding = rounding
