"""The seam between the rules that find who may be meant and the network that says who is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from sayso.errors import ModelError
from sayso.reader.encoder import Floats
from sayso.reader.speakers.features import WIDTH, Reference
from sayso.reader.speakers.mentions import Party
from sayso.reader.tokens import Ints

FILE = "speakers.npz"
"""The network's name in a model's folder."""
SCALE = ".scale"
"""What an array's name ends in that holds another's scale."""
NEW, NOBODY = -2, -3
"""Instead of a party's number: what is mentioned here first, and nobody."""
_ALONE = 1 << 19  # multiplications that OpenBLAS does on one thread, measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The m mentions that a reference may refer to.

    `index` [m] holds the number of the party among `parties`, or NEW or NOBODY; `rows` are
    `features.rows`, `asking` [64] and `meant` [m, 64] the network's vectors.
    """

    parties: Sequence[Party]
    index: Ints
    rows: Floats
    asking: Floats
    meant: Floats


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a reference means and how probable that is, and whom it means if not."""

    party: Party
    """Blank for nobody, and for what is new."""
    new: bool
    probability: float
    next: Party = ()
    """The next likely; blank where that is nobody, or new."""


class Judge(Protocol):
    """What the resolution of names asks of a network."""

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        """Logits [n, 9] of the labels of names, from the encoder's columns [n, 64] and what
        the rules for names say of each token [n, 8]."""
        ...

    def choose(self, asked: Reference, options: Options) -> Choice:
        """Whom the reference means."""
        ...


@dataclass(frozen=True, slots=True)
class Network:
    """The trained judge: small matrices beside the encoder's."""

    names_rules: Floats
    names_out: Floats
    names_bias: Floats
    rank_rows: Floats
    rank_both: Floats
    rank_asking: Floats
    rank_meant: Floats
    rank_bias: Floats
    rank_out: Floats

    @classmethod
    def load(cls, path: Path) -> "Network":
        """From an archive of arrays, in half precision or in whole numbers with the scale of each
        column; raises ModelError where it is damaged."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                names = (name for name in arrays.files if not name.endswith(SCALE))
                found = cls(**{name: _read(arrays, name) for name in names})
        except Exception as error:  # a damaged archive fails in as many ways as it can be damaged
            raise ModelError(
                f"the weights in {path} can't be loaded ({error}); install sayso again"
            ) from error
        if found.rank_rows.shape[0] != WIDTH:
            raise ModelError(f"the weights in {path} are of another version; install sayso again")
        return found

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        whole: Floats = hidden + rules @ self.names_rules
        out: Floats = relu(whole) @ self.names_out + self.names_bias
        return out

    def scores(self, options: Options) -> Floats:
        """One number for each mention, the logarithm of its share."""
        both = options.meant * options.asking
        hidden = product(np.asarray(options.rows, np.float32), self.rank_rows)
        hidden += product(both, self.rank_both) + product(options.meant, self.rank_meant)
        hidden += options.asking @ self.rank_asking + self.rank_bias
        out: Floats = relu(hidden) @ self.rank_out
        return out

    def choose(self, asked: Reference, options: Options) -> Choice:
        return chosen(options, self.scores(options))


def _read(arrays: Mapping[str, Floats], name: str) -> Floats:
    found: Floats = arrays[name].astype(np.float32)
    return found * arrays[name + SCALE] if name + SCALE in arrays else found


def product(rows: Floats, weights: Floats) -> Floats:
    """`rows @ weights`, some rows at a time: of more, OpenBLAS would wake other threads, and wait
    for them far longer than it reckons."""
    many = max(1, _ALONE // weights.size)
    parts = [rows[i : i + many] @ weights for i in range(0, len(rows), many)]
    out: Floats = np.concatenate(parts) if parts else rows @ weights
    return out


def relu(x: Floats) -> Floats:
    out: Floats = np.maximum(x, np.float32(0))
    return out


def chosen(options: Options, scores: Floats) -> Choice:
    """The party whose mentions have most of the probability, softmax of the scores."""
    share = np.exp(scores - scores.max())
    share /= share.sum()
    totals: dict[int, float] = {}
    for number, part in zip(options.index.tolist(), share.tolist(), strict=True):
        totals[number] = totals.get(number, 0.0) + part
    ranked = sorted(totals, key=lambda number: -totals[number])
    first, second = ranked[0], ranked[1] if len(ranked) > 1 else NOBODY

    def party(number: int) -> Party:
        return options.parties[number] if number >= 0 else ()

    return Choice(party(first), first == NEW, totals[first], party(second))


def log_odds(p: float) -> float:
    p = min(max(p, 0.001), 0.999)
    return math.log(p / (1 - p))
