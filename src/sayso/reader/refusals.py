"""Tagger logits → refusals: the clauses that tell who was asked and did not answer."""

import re

import numpy as np

from sayso.reader.anchors import softmax
from sayso.reader.drafts import RefusalDraft
from sayso.reader.encoder import Floats
from sayso.reader.tokens import Flags, Ints, Tokens
from sayso.reader.windows import Window
from sayso.types import RefusalKind

KINDS: tuple[RefusalKind, ...] = ("declined", "no response", "approached")
SURE = 0.5
"""A sentence tells of a refusal where the tagger is this sure of a token of it."""
LIKELY = 0.3
"""The clause goes from the sentence's first token of this probability to its last."""
SHORTEST = 2
APART = 4
"""Likely tokens on either side of a conjunction that parts two refusals."""
_JOINED = re.compile(r"\b(?:and|but|while)\b")
_SILENT = re.compile(r"\b(?:respon|repl|reached|return|answered|unavailable)", re.I)
_ASKED = re.compile(r"\b(?:approached|contacted|asked)\b", re.I)
_REFUSED = re.compile(r"\b(?:declin|refus|would|will|could|not|n[’']t|no|never)\w*", re.I)


def refusals(logits: Floats, window: Window, tokens: Tokens, text: str) -> list[RefusalDraft]:
    """The refusals that begin in the window's core.

    `logits` [T, 7] with [CLS] and [SEP]: nothing, then begin and inside of each kind.
    """
    p = softmax(logits[1:-1])
    refused = p[:, 1:].sum(1)
    if not (refused >= SURE).any():
        return []
    out = []
    edges = _sentence_starts(window, tokens, text)
    for start, end in zip([0, *edges], [*edges, len(p)], strict=True):
        likely = start + np.flatnonzero(refused[start:end] >= LIKELY)
        for told in _clauses(likely + window.start, refused[likely] >= SURE, tokens, text):
            if not window.core_start <= told[0] < window.core_end:
                continue
            span = int(tokens.starts[told[0]]), int(tokens.ends[told[-1]])
            of_kind = p[told - window.start, 1:].sum(0).reshape(len(KINDS), 2).sum(1)
            out.append(RefusalDraft(span=span, kind=_kind(text[slice(*span)], of_kind)))
    return out


def _clauses(likely: Ints, sure: Flags, tokens: Tokens, text: str) -> list[Ints]:
    """A sentence's likely tokens, as clauses: apart where "and" or "but" joins two refusals.

    A clause has a sure token, and more than one word; what lies between its tokens is its own.
    """
    cuts = [
        n
        for n in range(1, len(likely))
        if _JOINED.search(text[tokens.ends[likely[n - 1]] : tokens.starts[likely[n]]])
        and n >= APART
        and len(likely) - n >= APART
    ]
    parts = zip(np.split(likely, cuts), np.split(sure, cuts), strict=True)
    return [told for told, known in parts if known.any() and told[-1] - told[0] >= SHORTEST - 1]


def _sentence_starts(window: Window, tokens: Tokens, text: str) -> list[int]:
    """The window's tokens that come after a full stop, or begin a line."""
    low, high = tokens.lines.searchsorted([window.start, window.end])
    starts = set((tokens.lines[low:high] - window.start).tolist())
    for at in range(window.start + 1, window.end):
        stop = tokens.starts[at - 1]
        if text[stop] in ".!?" and tokens.starts[at] > tokens.ends[at - 1]:
            starts.add(at - window.start)
    return sorted(starts)


def _kind(words: str, of_kind: Floats) -> RefusalKind:
    """By the clause's own words where they say it, else as the tagger has it."""
    if _SILENT.search(words):
        return "no response"
    if _ASKED.search(words) and not _REFUSED.search(words):
        return "approached"
    return KINDS[int(of_kind.argmax())]
