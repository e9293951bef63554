"""One matrix product as a graph for ONNX Runtime, in ONNX's wire format.

So the processor's peak can be measured by the engine's own kernels, without a package more. The
numbers of fields are those of onnx.proto3; nothing but what a product needs is here.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_FLOAT, _UINT8, _INT8, _INT32 = 1, 2, 3, 6
"""Types of elements, as ONNX numbers them."""
_IR, _OPSET = 8, 17


def int8(rows: int, inner: int, columns: int) -> bytes:
    """[rows, inner] in uint8 times a constant in int8 of seven bits, as in the models."""
    weights = np.random.default_rng(0).integers(-64, 65, (inner, columns)).astype(np.int8)
    zeros = (_tensor("zero", _UINT8, (), b"\x80"), _tensor("zeros", _INT8, (columns,), None))
    return _graph(
        "MatMulInteger",
        [("x", _UINT8, (rows, inner)), ("y", _INT32, (rows, columns))],
        [_tensor("w", _INT8, weights.shape, weights.tobytes()), *zeros],
        ("x", "w", "zero", "zeros"),
    )


def fp32(rows: int, inner: int, columns: int) -> bytes:
    """[rows, inner] times a constant, both in single precision."""
    weights: NDArray[np.float32] = np.ones((inner, columns), np.float32)
    return _graph(
        "MatMul",
        [("x", _FLOAT, (rows, inner)), ("y", _FLOAT, (rows, columns))],
        [_tensor("w", _FLOAT, weights.shape, weights.tobytes())],
        ("x", "w"),
    )


def _graph(
    kind: str,
    ends: list[tuple[str, int, tuple[int, ...]]],
    constants: Iterable[bytes],
    inputs: Iterable[str],
) -> bytes:
    """A model of one node, from its input's and its output's name, type and shape."""
    given, told = (_value(*end) for end in ends)
    names = b"".join(_text(1, name) for name in inputs)
    node = names + _text(2, "y") + _text(4, kind)
    parts = [_held(1, node), _text(2, "product"), *(_held(5, c) for c in constants)]
    graph = b"".join([*parts, _held(11, given), _held(12, told)])
    return _number(1, _IR) + _held(7, graph) + _held(8, _number(2, _OPSET))


def _tensor(name: str, kind: int, shape: tuple[int, ...], raw: bytes | None) -> bytes:
    sizes = b"".join(_number(1, n) for n in shape)
    content = bytes(shape[0]) if raw is None else raw
    return sizes + _number(2, kind) + _text(8, name) + _held(9, content)


def _value(name: str, kind: int, shape: tuple[int, ...]) -> bytes:
    sizes = b"".join(_held(1, _number(1, n)) for n in shape)
    return _text(1, name) + _held(2, _held(1, _number(1, kind) + _held(2, sizes)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _held(field, value.encode())


def _held(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
