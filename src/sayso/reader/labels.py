"""Role logits → token spans of each statement: the best sequence of labels that is allowed."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.reader.encoder import Floats
from sayso.reader.tokens import Flags

TokenSpans = tuple[tuple[int, int], ...]

NAMES = ("source", "cue", "content")
PHRASES = ("addressee", "channel", "when")
_NEVER = np.float32(-1e9)
_APART = [0, 1, 3, 5, 2, 4, 6]
"""The labels with the insides after the begins, which makes each of them one slice."""
_TOGETHER = [0, 1, 4, 2, 5, 3, 6]
"""Their places then, in their own order."""
_LAST = [3, 6]
"""The places of the third role."""
_BEGINS, _INSIDES = (np.array(labels, np.int8)[:, None] for labels in ((1, 3, 5), (2, 4, 6)))

_RUNS = {begin: re.compile(b"[%c%c]%c*" % (begin, begin + 1, begin + 1)) for begin in (1, 3, 5)}
"""By its begin, the labels of a role as bytes: a begin or an inside, and the insides after it."""
_SOURCES = re.compile(b"[\1\2]+")
"""Sources that touch are one."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The decoded labels of one anchor's L tokens."""

    spans: dict[str, TokenSpans]
    """Spans of each role by index into the anchor's tokens; a source's pieces, of which one is
    the statement's, by how sure they are."""
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
    gain = np.ascontiguousarray(logp.transpose(1, 2, 0)[:, _APART])
    word = np.ascontiguousarray(bounds.joined.T)
    gain[1:, 1:4] += np.where(word[1:, None], _NEVER, np.float32(0))
    gain[0, 4:] = _NEVER
    cost = np.zeros_like(gain)
    cost[:, _LAST] = np.where(bounds.marks.T, np.float32(0), np.float32(leave))[:, None]
    score = np.empty_like(gain)
    score[0] = gain[0]
    left, step = np.empty_like(gain[0]), np.empty_like(gain[0])
    begins, insides, top = step[:4], step[4:], np.empty_like(gain[0, 0])
    for before, here, more, less, within in zip(
        score, score[1:], gain[1:], cost[1:], word[1:], strict=False
    ):
        np.subtract(before, less, out=left)
        left.max(0, out=top)
        begins[:] = top
        np.copyto(step[0], before[0], where=within)
        np.maximum(before[1:4], before[4:], out=insides)
        np.add(step, more, out=here)
    return _followed(score, cost, word)


def _followed(score: Floats, cost: Floats, word: Flags) -> NDArray[np.int8]:
    """The labels [N, L] that lead to the best of the last scores, each back to its best."""
    length, _, n = score.shape
    before = score[:-1]
    back = np.empty((length, 7, n), np.int8)
    back[1:] = (before - cost[1:])[:, _TOGETHER].argmax(1)[:, None]
    back[1:, 0][word[1:]] = 0
    own = before[:, 1:4] >= before[:, 4:]
    back[1:, 2::2] = np.where(own, _BEGINS, _INSIDES)
    out = np.zeros((length, n), np.int8)
    rows = np.arange(n)
    label = score[-1, _TOGETHER].argmax(0)
    for here, told in zip(out[::-1], back[::-1], strict=True):
        here[:] = label
        label = told[label, rows]
    return np.ascontiguousarray(out.T)


def decode(main: Floats, bounds: Bounds) -> list[Labels]:
    """Main role logits [N, L, 7] → labels of each anchor."""
    logp = log_softmax(main)
    logp[..., 5] -= ENTER
    return [_labels(*one) for one in zip(paths(logp, bounds, LEAVE), logp, strict=True)]


def _labels(path: NDArray[np.int8], logp: Floats) -> Labels:
    spans = {role: _runs(path, 1 + 2 * n) for n, role in enumerate(NAMES)}
    sources = [run.span() for run in _SOURCES.finditer(path.tobytes())]
    if len(sources) > 1:
        sources.sort(key=lambda run: -_lead(run, logp))
    spans["source"] = tuple(sources)
    cue = [t for s, e in spans["cue"] for t in range(s, e)]
    return Labels(spans, float(logp[cue, path[cue]].mean()) if cue else 0.0)


def _lead(run: tuple[int, int], logp: Floats) -> float:
    """By how much a source's tokens are likelier a source than nothing, on the mean."""
    s, e = run
    return float((logp[s:e, 1:3].max(1) - logp[s:e, 0]).mean())


def _runs(path: NDArray[np.int8], begin: int) -> TokenSpans:
    """Runs of one role, a new one at each begin."""
    return tuple(run.span() for run in _RUNS[begin].finditer(path.tobytes()))


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
