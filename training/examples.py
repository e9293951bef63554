"""Documents → windows of token ids, features and targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np

from sayso.reader.tokens import Tokenizer, Tokens
from training.corpus import KINDS, REFUSALS, Attribution, Document, Spans

IGNORE = -100
SIZES = (120, 240, 300, 340, 380)
"""Tokens of windows."""


@dataclass(frozen=True)
class Target:
    """One anchor of a window: [start, end) and labels for every token of the window."""

    start: int
    end: int
    main: np.ndarray
    side: np.ndarray
    said: int
    denied: int
    kind: int


@dataclass(frozen=True)
class Window:
    """Tokens without [CLS] and [SEP], with what is to be learnt of each.

    `gold`: the labels are people's; else a teacher's, and its doubts are taught with them.
    """

    ids: np.ndarray
    features: np.ndarray
    anchors: np.ndarray
    refusals: np.ndarray
    aux: np.ndarray
    targets: tuple[Target, ...]
    weight: float
    gold: bool


@dataclass(frozen=True)
class _Placed:
    """An attribution in token indexes."""

    anchor: tuple[int, int]
    cueless: bool
    roles: dict[str, np.ndarray | None]
    gold: Attribution


def windows(
    doc: Document,
    tokenizer: Tokenizer,
    rng: Random,
    weight: float,
    *,
    gold: bool = True,
    longest: int = max(SIZES),
) -> Iterator[Window]:
    """The document cut at random lines into windows of SIZES, `longest` tokens at most."""
    tokens = tokenizer.encode(doc.text)
    placed = [p for a in doc.attributions if (p := _place(tokens, a)) is not None]
    anchors, refusals, aux = _token_targets(doc, tokens, placed)
    for lo, hi in _cuts(tokens, rng, longest):
        if hi - lo < 8:
            continue
        targets = tuple(t for p in placed if (t := _target(p, lo, hi)) is not None)
        ids, features = tokens.slice(lo, hi)
        layers = (anchors[lo:hi], refusals[lo:hi], aux[lo:hi])
        yield Window(ids.astype(np.int32), features.astype(np.int8), *layers, targets, weight, gold)


def _cuts(tokens: Tokens, rng: Random, longest: int) -> Iterator[tuple[int, int]]:
    lo, n = 0, len(tokens)
    while lo < n:
        hi = lo + min(longest, rng.choice(SIZES))
        if hi < n:
            lines = tokens.lines[(tokens.lines > lo + (hi - lo) // 2) & (tokens.lines <= hi)]
            hi = int(lines[-1]) if len(lines) and rng.random() < 0.85 else hi
        yield lo, min(hi, n)
        lo = hi


def indexes(tokens: Tokens, spans: Spans | None) -> np.ndarray:
    """The tokens that touch any of the spans."""
    parts = [
        np.arange(
            np.searchsorted(tokens.ends, s, "right"), np.searchsorted(tokens.starts, e, "left")
        )
        for s, e in spans or ()
    ]
    return np.unique(np.concatenate(parts)).astype(np.int64) if parts else np.zeros(0, np.int64)


def _place(tokens: Tokens, a: Attribution) -> _Placed | None:
    names = ("source", "cue", "content", "addressee", "channel", "when")
    roles = {r: None if getattr(a, r) is None else indexes(tokens, getattr(a, r)) for r in names}
    cue, content = roles["cue"], roles["content"]
    if not len(content):
        return None
    if len(cue):
        first = cue[: 1 + int(np.argmax(np.append(np.diff(cue) > 1, True)))]
        return _Placed((int(first[0]), int(first[-1]) + 1), False, roles, a)
    return _Placed((int(content[0]), int(content[0]) + 1), True, roles, a)


def _token_targets(doc: Document, tokens: Tokens, placed: list[_Placed]) -> tuple[np.ndarray, ...]:
    n = len(tokens)
    anchors, aux, refusals = (np.zeros(n, np.int8) for _ in range(3))
    for p in placed:
        aux[p.roles["content"]] = 3
    if doc.outermost:
        anchors[aux == 3] = IGNORE
    for p in placed:
        aux[p.roles["source"]] = 1
        aux[p.roles["cue"]] = 2
        start, end = p.anchor
        anchors[start:end] = 2
        anchors[start] = 3 if p.cueless else 1
    for s, e, kind in doc.refusals:
        found = indexes(tokens, ((s, e),))
        label = 1 + 2 * REFUSALS.index(kind)
        refusals[found] = label + 1
        refusals[found[:1]] = label
    unknown = indexes(tokens, doc.unknown)
    anchors[unknown] = IGNORE
    return anchors, refusals, aux


def _target(p: _Placed, lo: int, hi: int) -> Target | None:
    content, source = p.roles["content"], p.roles["source"]
    if p.anchor[0] < lo or p.anchor[1] > hi:
        return None
    inside = (content >= lo) & (content < hi)
    if inside.mean() < 0.5 or not ((source >= lo) & (source < hi)).all():
        return None
    main, side = (np.zeros(hi - lo, np.int8) for _ in range(2))
    _paint(main, content - lo, 5)
    _paint(main, source - lo, 1)
    _paint(main, p.roles["cue"] - lo, 3)
    phrases = [p.roles[role] for role in ("addressee", "channel", "when")]
    if any(found is None for found in phrases):
        side[:] = IGNORE
    else:
        for n, found in enumerate(phrases):
            _paint(side, found - lo, 1 + 2 * n)
    a = p.gold
    return Target(
        p.anchor[0] - lo, p.anchor[1] - lo, main, side,
        IGNORE if a.said is None else int(a.said),
        IGNORE if a.denied is None else int(a.denied),
        IGNORE if a.kind is None else KINDS.index(a.kind),
    )  # fmt: skip


def _paint(labels: np.ndarray, found: np.ndarray, begin: int) -> None:
    found = found[(found >= 0) & (found < len(labels))]
    if len(found):
        first = np.append(True, np.diff(found) > 1)
        labels[found] = np.where(first, begin, begin + 1)
