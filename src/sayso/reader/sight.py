"""What the network makes out at every token of an article beside its statements: names, and
vectors by which the mentions of one and the same are told.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.reader.tokens import Ints
from sayso.reader.wraps import Unwrapped

Seen = NDArray[np.floating[Any]]
"""In half precision where it comes from the encoder: an article has many tokens."""
HIDDEN = 64
"""Numbers by which names are told."""
VECTOR = 64
"""Numbers in each vector."""
WIDTH = HIDDEN + 2 * VECTOR
"""Columns of what the encoder gives for a token: those of names, then both vectors."""


@dataclass(frozen=True, slots=True)
class Sight:
    """An article's n tokens, with what tells of names [n, 64] and two vectors [n, 64].

    `asking` tells of a token what it refers to, `meant` what it may be referred to as.
    """

    starts: Ints
    ends: Ints
    hidden: Seen
    asking: Seen
    meant: Seen

    @classmethod
    def of(cls, starts: Ints, ends: Ints, seen: Seen) -> "Sight":
        """From the columns that the encoder gives, [n, WIDTH]."""
        middle = HIDDEN + VECTOR
        return cls(starts, ends, seen[:, :HIDDEN], seen[:, HIDDEN:middle], seen[:, middle:])

    def unwrapped(self, flat: Unwrapped) -> "Sight":
        """The same where the tokens stand in the unwrapped text."""
        starts, ends = flat.places(self.starts, self.ends)
        return replace(self, starts=starts, ends=ends)
