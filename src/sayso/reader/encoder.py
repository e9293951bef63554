"""The seam between the reader and the network that scores tokens, roles and mentions."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ModelError
from sayso.reader.tokens import Ints

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window's states [T, H] and logits: anchors [T, 4], refusals [T, 7], aux [T, 4].

    `seen` [T, 192] tells of names and mentions (`sight.Sight`). T counts [CLS] and [SEP].
    """

    states: Floats
    anchors: Floats
    refusals: Floats
    aux: Floats
    seen: Floats


@dataclass(frozen=True, slots=True)
class Labelled:
    """Logits for N anchors of a window: roles [N, L, 7] twice, and what the statement is.

    `main` has the labels nothing, then begin and inside of source, cue and content; `side`
    those of addressee, channel and when. `said` and `denied` are [N, 2], `kind` [N, 7].
    """

    main: Floats
    side: Floats
    said: Floats
    denied: Floats
    kind: Floats


class Encoder(Protocol):
    """What the reader asks of a network."""

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        """One window: ids [T] with [CLS] and [SEP], features [T, 6]."""
        ...

    def label(self, encoded: Encoded, starts: Ints, ends: Ints) -> Labelled:
        """Roles for the anchors [start, end) of the window, counted with [CLS]."""
        ...


class OnnxEncoder:
    """The network as two ONNX graphs: the encoder, and the head that is run for anchors."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # windows run side by side instead
        options.log_severity_level = 3
        try:
            self._encoder, self._head = (
                ort.InferenceSession(folder / name, options, providers=["CPUExecutionProvider"])
                for name in ("encoder.onnx", "head.onnx")
            )
        except Exception as error:  # ONNX Runtime has no error class of its own to name
            raise ModelError(
                f"the weights in {folder} can't be loaded ({error}); install sayso again"
            ) from error

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        inputs = {"ids": ids[None], "features": features[None]}
        return Encoded(*(output[0] for output in self._encoder.run(None, inputs)))

    def label(self, encoded: Encoded, starts: Ints, ends: Ints) -> Labelled:
        inputs = {"states": encoded.states, "aux": encoded.aux, "start": starts, "end": ends}
        return Labelled(*self._head.run(None, inputs))
