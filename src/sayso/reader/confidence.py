"""How sure a statement is: a logistic curve over what the network's logits say, fit on dev."""

import math
from collections.abc import Sequence

from sayso.reader.drafts import Draft
from sayso.types import Speaker

FEATURES = (
    *("anchor", "content", "edges", "source", "cue"),
    *("cueless", "sourceless", "inside", "nobody", "named", "pronoun"),
)
"""What the curve's weights are for, in order; a bias comes after them."""
_PRONOUNS = frozenset(
    ("i", "we", "he", "she", "it", "they", "who", "which", "that", "his", "her", "their", "you")
)


def features(draft: Draft, source: str, speakers: Sequence[Speaker]) -> tuple[float, ...]:
    """The draft's evidence and what is plain to see; `source` is the words of its source."""
    name = {word for s in speakers for word in (s.name or "").split()}
    flags = (
        not draft.cue,
        not draft.source,
        draft.inside is not None,
        not speakers,
        any(word[:1].isupper() and word in name for word in source.split()),
        source.casefold() in _PRONOUNS,
    )
    return (*draft.evidence, *map(float, flags))


def confidence(
    draft: Draft, source: str, speakers: Sequence[Speaker], weights: Sequence[float]
) -> float:
    """The probability that content and speakers are right, to three places."""
    values = (*features(draft, source, speakers), 1.0)
    odds = sum(w * v for w, v in zip(weights, values, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 3)
