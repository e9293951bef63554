"""Tagger logits → anchors: cues, and the beginnings of contents that have none."""

from dataclasses import dataclass

import numpy as np

from sayso.reader.encoder import Floats
from sayso.reader.tokens import Flags
from sayso.reader.windows import Window

CUE = 0.55
"""A cue begins where the tagger is at least this sure that a token belongs to one."""
CUELESS = 0.4
MOST = 64
"""Anchors of one window at most: what an article of nothing but quotation marks can cost."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Tokens [start, end) of the window (without [CLS]); `score` is a probability."""

    start: int
    end: int
    cueless: bool
    score: float


def softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    out: Floats = shifted / shifted.sum(-1, keepdims=True)
    return out


def anchors(logits: Floats, window: Window, joined: Flags) -> list[Anchor]:
    """The anchors that begin in the window's core, in order, whole words each.

    `logits` [T, 4] with [CLS] and [SEP]: nothing, cue begins, cue goes on, cueless. `joined`
    tells of the article's tokens which go on with a word.
    """
    p = softmax(logits[1:-1])
    cue = p[:, 1] + p[:, 2]
    going = (p[:, 2] > p[:, 1]) & (p[:, 2] > p[:, 0])
    within = joined[window.start : window.end]
    low, high = window.core_start - window.start, window.core_end - window.start
    found: list[Anchor] = []
    covered = 0
    for at in np.flatnonzero((cue >= CUE) | (p[:, 3] >= CUELESS)).tolist():
        if at < covered:
            continue
        if p[at, 3] > cue[at]:
            found.append(Anchor(at, at + 1, True, float(p[at, 3])))
            continue
        start, covered = at, at + 1
        while within[start] and start > low:
            start -= 1
        while covered < len(p) and (going[covered] or within[covered] or cue[covered] >= CUE):
            covered += 1
        found.append(Anchor(start, covered, False, float(cue[at:covered].mean())))
    found = [a for a in found if low <= a.start < high]
    if len(found) > MOST:
        found = sorted(sorted(found, key=lambda a: -a.score)[:MOST], key=lambda a: a.start)
    return found
