"""What speaks for a statement: the network's logits, and how its speakers were found."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from sayso.types import Kind


class Evidence(NamedTuple):
    """What the network's logits say for one statement."""

    anchor: float = 0.0
    """Log-odds of the anchor."""
    content: float = 0.5
    """How much of what may be the content is labelled so, and the other way round: the
    intersection over union of the labels and the tokens' probabilities."""
    lowest: float = 0.0
    """Log-probability that the least sure token of the content belongs to it."""
    end: float = 0.0
    """Log-probability that the content does not go on after its end."""
    cue: float = 0.0
    """Mean log-probability of the cue's tokens."""
    said: float = 0.0
    """By how much the likelier of said and thought leads, in logits."""
    source: float = 0.5
    """As `content`; of a statement without a source, how sure it is that there is none."""
    kinds: Mapping[Kind | None, float] = MappingProxyType({})
    """The probability of each kind of speaker, None for nobody."""


NOTHING_SEEN = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """How a statement's first speaker was found. Where there is none, all is as it stands."""

    named: bool = False
    """Whether the text has a name for it, not only a description."""
    titled: bool = False
    """Whether a title stands before the name somewhere: "Dr"."""
    place: bool = False
    """Whether the name also stands where a place's would."""
    signs: int = 0
    """What the text has that tells its kind, counted."""
    distance: int | None = None
    """Characters back from the source to its last mention; None where there is none before."""
    chosen: bool = False
    """Whether the network had to choose it among others."""
    lead: float = 0.0
    """Log-odds of the least sure choice that had to be made."""
