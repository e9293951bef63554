"""The network in torch behind the reader's seam, to evaluate it before it is exported."""

from pathlib import Path

import numpy as np
import torch

from sayso.reader.encoder import Encoded, Labelled
from training.model import Network


class TorchEncoder:
    def __init__(self, net: Network) -> None:
        self.net, self.reach = net.eval(), net.shape.reach

    @classmethod
    def load(cls, base: Path, weights: Path) -> "TorchEncoder":
        net = Network.from_base(base / "model.safetensors")
        net.load_state_dict(torch.load(weights), strict=False)
        return cls(net)

    @torch.no_grad()
    def encode(self, ids: np.ndarray, features: np.ndarray) -> Encoded:
        out = self.net.encoder(torch.from_numpy(ids)[None], torch.from_numpy(features)[None], None)
        return Encoded(*(x[0].numpy() for x in out))

    @torch.no_grad()
    def label(self, encoded: Encoded, starts: np.ndarray, ends: np.ndarray) -> Labelled:
        arrays = (encoded.states, encoded.aux, starts, ends)
        return Labelled(*(x.numpy() for x in self.net.roles(*map(torch.from_numpy, arrays))))
