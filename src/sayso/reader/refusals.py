"""Tagger logits → refusals: the clauses that tell who was asked and did not answer."""

import numpy as np

from sayso.reader.anchors import softmax
from sayso.reader.drafts import RefusalDraft
from sayso.reader.encoder import Floats
from sayso.reader.tokens import Tokens
from sayso.reader.windows import Window
from sayso.types import RefusalKind

KINDS: tuple[RefusalKind, ...] = ("declined", "no response", "approached")
SURE = 0.5
SHORTEST = 2


def refusals(logits: Floats, window: Window, tokens: Tokens) -> list[RefusalDraft]:
    """The refusals that begin in the window's core; logits [T, 7] with [CLS] and [SEP]."""
    p = softmax(logits[1:-1])
    refused = p[:, 1:].sum(1) >= SURE
    edges = np.flatnonzero(np.diff(refused.astype(np.int8), prepend=0, append=0))
    out = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if (
            not window.core_start <= start + window.start < window.core_end
            or end - start < SHORTEST
        ):
            continue
        of_kind = p[start:end, 1:].sum(0).reshape(len(KINDS), 2).sum(1)
        bounds = tokens.starts[start + window.start], tokens.ends[end - 1 + window.start]
        span = int(bounds[0]), int(bounds[1])
        out.append(RefusalDraft(span=span, kind=KINDS[int(of_kind.argmax())]))
    return out
