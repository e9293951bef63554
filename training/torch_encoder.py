"""The network in torch behind the reader's seam, to read with it before it is exported."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from sayso.reader.confidence import WEIGHTS
from sayso.reader.encoder import Encoded, Floats, Labelled
from sayso.reader.models import Model
from sayso.reader.pipeline import Pipeline
from sayso.reader.sight import WIDTH
from sayso.reader.speakers.features import OF_PARTY, OF_REFERENCE, PLACED, Reference
from sayso.reader.speakers.judge import NEW, Choice, Options
from sayso.reader.tokens import Tokenizer
from training.model import AUX, Network
from training.naming import LABELS
from training.quantised import reckon_rounded
from training.train import load

AFTER = OF_REFERENCE + OF_PARTY + PLACED.index("after")


class TorchEncoder:
    """One network, or the mean of several: of their probabilities, given as logarithms.

    The states of several networks, and what each of them makes of a token, stand side by side.
    """

    def __init__(self, nets: Sequence[Network], device: str = "cpu") -> None:
        self.nets = [net.eval().to(device) for net in nets]
        self.device = torch.device(device)

    @classmethod
    def load(
        cls, runs: Sequence[Path], device: str = "cpu", *, rounded: bool = False
    ) -> "TorchEncoder":
        """The networks of these runs; `rounded`: reckoning as the shipped int8 graph does."""
        nets = [load(run) for run in runs]
        for net in nets:
            reckon_rounded(net, rounded)
        return cls(nets, device)

    @torch.no_grad()
    def encode(self, ids: np.ndarray, features: np.ndarray) -> Encoded:
        inputs = (torch.from_numpy(x)[None].to(self.device) for x in (ids, features))
        given = tuple(inputs)
        told = [[x[0] for x in net.encoder(*given, None)] for net in self.nets]
        states = torch.cat([x for states, _, _, aux in told for x in (states, aux)], -1)
        anchors, refusals, aux = (_mean([t[n] for t in told]) for n in (1, 2, 3))
        found = (x.cpu().numpy() for x in (states, anchors, refusals, aux))
        return Encoded(*found, np.zeros((len(ids), WIDTH), np.float32))

    @torch.no_grad()
    def label(self, encoded: Encoded, starts: np.ndarray, ends: np.ndarray) -> Labelled:
        arrays = (encoded.states, starts, ends)
        states, start, end = (torch.from_numpy(x).to(self.device) for x in arrays)
        sizes = [size for net in self.nets for size in (net.shape.hidden, AUX)]
        parts = states.split(sizes, -1)
        told = [
            net.roles(parts[2 * n], parts[2 * n + 1], start, end) for n, net in enumerate(self.nets)
        ]
        return Labelled(*(_mean(list(found)).cpu().numpy() for found in zip(*told, strict=True)))


def _mean(logits: list[Tensor]) -> Tensor:
    """Logarithms of the mean probabilities; one network's logits as they are."""
    if len(logits) == 1:
        return logits[0]
    return torch.stack([x.softmax(-1) for x in logits]).mean(0).log()


class RulesAlone:
    """The judge of a network that has not learnt speakers yet: names by rules, and of all who
    may be meant the nearest."""

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        out = np.zeros((len(rules), LABELS), np.float32)
        out[:, :3] = rules[:, :3]
        return out

    def choose(self, asked: Reference, options: Options) -> Choice:
        before = int((options.rows[:, AFTER] == 0).sum())
        number = int(options.index[max(0, before - 1)])
        return Choice(options.parties[number] if number >= 0 else (), number == NEW, 0.5)


def pipeline(runs: Sequence[Path], device: str, *, rounded: bool = False) -> Pipeline:
    """The reader with networks of training runs instead of an installed model."""
    encoder = TorchEncoder.load(runs, device, rounded=rounded)
    name = runs[0].name
    told = Model(name, name, runs[0], (0.0,) * len(WEIGHTS))
    return Pipeline(told, Tokenizer(runs[0] / "vocab.txt"), encoder, RulesAlone())
