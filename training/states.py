"""The states of an installed model's encoder, at layers that its graph does not give out."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from sayso.reader.models import Model
from sayso.reader.pipeline import inputs
from sayso.reader.tokens import Ints, Tokenizer
from sayso.reader.windows import windows

Halves = NDArray[np.float16]
ENCODER = "encoder.onnx"
SEEN = "seen"
"""The output that `training.attach` adds, and the prefix of the names of what makes it."""


@dataclass(frozen=True)
class States:
    """One text's n tokens with their states [n, width] at each layer asked for."""

    starts: Ints
    ends: Ints
    layers: tuple[Halves, ...]


def layer(number: int) -> str:
    """The name of what a layer, counted from 0, gives to the next."""
    return f"/encoder/layers.{number}/norm2/LayerNormalization_output_0"


def bare_graph(path: Path) -> onnx.ModelProto:
    """The encoder without what `training.attach` may have added."""
    model = onnx.load(str(path))
    graph = model.graph
    for found in (graph.node, graph.initializer, graph.output):
        for one in [x for x in found if x.name.startswith(SEEN)]:
            found.remove(one)
    return model


def states(model: Model, texts: Iterable[str], numbers: Sequence[int]) -> list[States]:
    """The states of each text, every token's from the window in whose core it stands."""
    graph = bare_graph(model.folder / ENCODER)
    names = [layer(number) for number in numbers]
    for name in names:
        graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        graph.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer(model.folder / "vocab.txt")

    def one(text: str) -> States:
        tokens = tokenizer.encode(text)
        parts: list[list[Halves]] = []
        for window in windows(tokens):
            ids, features = inputs(tokens, window, tokenizer)
            found = session.run(names, {"ids": ids[None], "features": features[None]})
            low = 1 + window.core_start - window.start
            high = 1 + window.core_end - window.start
            parts.append([x[0, low:high].astype(np.float16) for x in found])
        layers = tuple(np.concatenate(of) for of in zip(*parts, strict=True))
        return States(tokens.starts, tokens.ends, layers)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, texts))
