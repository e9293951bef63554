"""Role logits → token spans of each statement: the best sequence of labels that is allowed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.reader.encoder import Floats
from sayso.reader.tokens import Flags

TokenSpans = tuple[tuple[int, int], ...]

NAMES = ("source", "cue", "content")
PHRASES = ("addressee", "channel", "when")
_NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Labels:
    """The decoded labels of one anchor's L tokens."""

    spans: dict[str, TokenSpans]
    """Spans of each role by index into the anchor's tokens."""
    cue: float
    """Mean log-probability of the cue's labels, 0 where there is none."""


def log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return out


LEAVE = 1.5
"""What it costs in log-probability to end a content before a word, and not at a mark."""
ENTER = 0.5
"""What it costs to begin one: contents in many pieces are rare."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where labels may change, by token of each anchor [N, L].

    `joined` tokens go on with a word, whose label they share; before `marks` (punctuation, a
    line's end) a content may end at no cost.
    """

    joined: Flags
    marks: Flags


def paths(logp: Floats, bounds: Bounds, leave: float) -> NDArray[np.int8]:
    """The best allowed labels for [N, L, 7] log-probabilities: an inside follows its own kind.

    Labels: 0 nothing, then (begin, inside) of three roles; `leave` is what it costs to end the
    third one before a word. Viterbi over all N at once.
    """
    n, length, _ = logp.shape
    back = np.zeros((length, n, 7), np.int8)
    score = logp[:, 0].copy()
    score[:, 2::2] = _NEVER
    begins, insides = np.array([1, 3, 5], np.int8), np.array([2, 4, 6], np.int8)
    cost = np.where(bounds.marks, np.float32(0), np.float32(leave))
    for t in range(1, length):
        left = score.copy()
        left[:, 5:] -= cost[:, t, None]
        best = left.argmax(1).astype(np.int8)
        top = left.max(1)
        own = score[:, 1::2] >= score[:, 2::2]
        word = bounds.joined[:, t]
        back[t, :, 0] = np.where(word, 0, best)
        back[t, :, 1::2] = best[:, None]
        back[t, :, 2::2] = np.where(own, begins, insides)
        step = np.repeat(top[:, None], 7, 1)
        step[:, 2::2] = np.where(own, score[:, 1::2], score[:, 2::2])
        step[word, 0] = score[word, 0]
        step[word, 1::2] = _NEVER
        score = step + logp[:, t]
    out = np.zeros((n, length), np.int8)
    label = score.argmax(1).astype(np.int8)
    rows = np.arange(n)
    for t in range(length - 1, -1, -1):
        out[:, t] = label
        label = back[t, rows, label]
    return out


def decode(main: Floats, bounds: Bounds) -> list[Labels]:
    """Main role logits [N, L, 7] → labels of each anchor."""
    logp = log_softmax(main)
    logp[..., 5] -= ENTER
    return [_labels(*one) for one in zip(paths(logp, bounds, LEAVE), logp, strict=True)]


def _labels(path: NDArray[np.int8], logp: Floats) -> Labels:
    spans = {role: _runs(path, 1 + 2 * n) for n, role in enumerate(NAMES)}
    cue = [t for s, e in spans["cue"] for t in range(s, e)]
    return Labels(spans, float(logp[cue, path[cue]].mean()) if cue else 0.0)


def _runs(path: NDArray[np.int8], begin: int) -> TokenSpans:
    """Runs of one role, a new one at each begin."""
    of_role = (path == begin) | (path == begin + 1)
    if not of_role.any():
        return ()
    starts = np.flatnonzero(of_role & ((path == begin) | ~np.roll(of_role, 1)))
    stops = np.flatnonzero(of_role & ~np.append(of_role[1:] & (path[1:] == begin + 1), False)) + 1
    return tuple(zip(starts.tolist(), stops.tolist(), strict=True))


def phrases(side: Floats, bounds: Bounds) -> list[dict[str, tuple[int, int]]]:
    """Side logits [N, L, 7] → for each anchor, the likeliest span of each phrase that has one."""
    logp = log_softmax(side)
    named = np.flatnonzero((logp[..., 0] < np.log(0.5)).any(1))
    out: list[dict[str, tuple[int, int]]] = [{} for _ in range(len(side))]
    if not len(named):
        return out
    found = paths(logp[named], Bounds(bounds.joined[named], bounds.marks[named]), 0.0)
    for n, path in zip(named.tolist(), found, strict=True):
        for k, role in enumerate(PHRASES):
            runs = _runs(path, 1 + 2 * k)
            if runs:
                sure = [logp[n, s:e, 1 + 2 * k : 3 + 2 * k].max(1).mean() for s, e in runs]
                out[n][role] = runs[int(np.argmax(sure))]
    return out
