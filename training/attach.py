"""Writes what tells names and mentions into an installed model: into its graph and beside it."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from sayso.reader.encoder import Floats
from sayso.reader.sight import WIDTH
from sayso.reader.speakers.judge import FILE, SCALE, Network
from training.states import ENCODER, SEEN, bare_graph, layer

_LARGEST = 127


def attach(
    folder: Path, at: tuple[int, int], names: tuple[Floats, Floats], vectors: Floats, judge: Network
) -> None:
    """Add the output `seen` to the encoder, and write the judge.

    The columns of names come from the first of the layers `at`, by weights [width, 64] and a
    bias, those of the vectors from the second, by weights [width, 128].
    """
    model = bare_graph(folder / ENCODER)
    graph = model.graph
    weights, bias = names
    for name, source, matrix in (("names", at[0], weights), ("vectors", at[1], vectors)):
        _project(graph, name, layer(source), matrix)
    graph.initializer.append(numpy_helper.from_array(bias.astype(np.float32), f"{SEEN}.bias"))
    _node(graph, "Add", [f"{SEEN}.names", f"{SEEN}.bias"], f"{SEEN}.hidden")
    _node(graph, "Concat", [f"{SEEN}.hidden", f"{SEEN}.vectors"], SEEN, axis=-1)
    _without_names(graph)
    graph.output.append(helper.make_tensor_value_info(SEEN, TensorProto.FLOAT, [1, "time", WIDTH]))
    onnx.save(model, str(folder / ENCODER))
    np.savez_compressed(folder / FILE, **_kept(judge))


def _without_names(graph: onnx.GraphProto) -> None:
    """Drop the names of nodes. Shapes stay: without them the runtime reckons otherwise."""
    for node in graph.node:
        if not node.name.startswith(SEEN):
            node.ClearField("name")


def _kept(judge: Network) -> dict[str, NDArray[Any]]:
    """The judge's arrays in half precision, the large ones of the ranker in whole numbers."""
    kept: dict[str, NDArray[Any]] = {}
    for name in Network.__slots__:
        array = getattr(judge, name)
        if name.startswith("rank") and array.ndim > 1:
            kept[name], kept[name + SCALE] = rounded(array)
        else:
            kept[name] = array.astype(np.float16)
    return kept


def rounded(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """A matrix in whole numbers, with the scale of each column."""
    scale = np.maximum(np.abs(matrix).max(0), 1e-9).astype(np.float32) / _LARGEST
    return np.rint(matrix / scale).astype(np.int8), scale


def _project(graph: onnx.GraphProto, name: str, source: str, matrix: Floats) -> None:
    """Multiply a layer's states by a matrix that is kept in int8."""
    whole, scale = rounded(matrix)
    prefix = f"{SEEN}.{name}"
    graph.initializer.extend(
        numpy_helper.from_array(array, f"{prefix}.{part}")
        for part, array in {
            "whole": whole,
            "scale": scale,
            "zero": np.zeros(len(scale), np.int8),
        }.items()
    )
    parts = [f"{prefix}.{part}" for part in ("whole", "scale", "zero")]
    _node(graph, "DequantizeLinear", parts, f"{prefix}.weight", axis=1)
    _node(graph, "MatMul", [source, f"{prefix}.weight"], prefix)


def _node(
    graph: onnx.GraphProto, kind: str, inputs: list[str], output: str, **settings: int
) -> None:
    graph.node.append(helper.make_node(kind, inputs, [output], name=output, **settings))
