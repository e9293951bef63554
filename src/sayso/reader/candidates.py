"""The windows' logits → candidate statements, in tokens of the article."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from sayso.reader import labels
from sayso.reader.anchors import Anchor, anchors, softmax
from sayso.reader.encoder import Encoded, Encoder, Floats, Labelled
from sayso.reader.evidence import Evidence
from sayso.reader.labels import TokenSpans
from sayso.reader.tokens import Ints, Tokens
from sayso.reader.windows import Window
from sayso.types import Kind

KINDS: tuple[Kind | None, ...] = (
    "person",
    "organisation",
    "group",
    "document",
    "unnamed",
    "author",
    None,
)
"""The classes of the network's kind logits; None where nobody is named."""

_NOTHING = -1e4
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement as the network sees it, before the article's others are looked at.

    Spans count the article's tokens.
    """

    source: TokenSpans
    cue: TokenSpans
    content: TokenSpans
    addressee: tuple[int, int] | None
    channel: tuple[int, int] | None
    when: tuple[int, int] | None
    said: bool
    denied: bool
    kind: Kind | None
    cueless: bool
    cut: tuple[bool, bool]
    """Whether the content touches the beginning, and the end, of what the roles could cover."""
    evidence: Evidence

    @property
    def start(self) -> int:
        return self.content[0][0]

    @property
    def end(self) -> int:
        return self.content[-1][1]

    @property
    def anchor(self) -> int:
        """The token that the statement hangs on: its cue's first, else its content's."""
        return (self.cue or self.content)[0][0]

    @property
    def size(self) -> int:
        """Tokens of the content."""
        return sum(e - s for s, e in self.content)

    def holds(self, token: int) -> bool:
        """Whether the token stands in the content."""
        return any(s <= token < e for s, e in self.content)

    def shared(self, other: "Candidate") -> int:
        """How many tokens of the content are the other's too."""
        pairs = ((a, b) for a in self.content for b in other.content)
        return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a, b in pairs)

    def with_content(self, spans: TokenSpans) -> "Candidate":
        return replace(self, content=spans)


@dataclass(frozen=True, slots=True)
class Scored:
    """The anchors that begin in one window's core, with their logits.

    `offsets` [N]: the number in the article of the first of the L tokens that each anchor's
    logits are for; [CLS] counts, so it may be one less than the window's first.
    """

    window: Window
    anchors: list[Anchor]
    labelled: Labelled
    offsets: Ints


def score(encoder: Encoder, encoded: Encoded, window: Window, tokens: Tokens) -> Scored | None:
    """The window's anchors, labelled; None where it has none."""
    found = anchors(encoded.anchors, window, tokens.joined)
    if not found:
        return None
    starts = np.array([a.start + 1 for a in found], np.int64)
    ends = np.array([a.end + 1 for a in found], np.int64)
    labelled = encoder.label(encoded, starts, ends)
    size, length = len(encoded.states), labelled.main.shape[1]
    first = np.clip((starts + ends) // 2 - length // 2, 0, size - length)
    return Scored(window, found, labelled, window.start - 1 + first)


def candidates(scored: Sequence[Scored], tokens: Tokens) -> list[Candidate]:
    """The statements of several windows, decoded together (which changes nothing but speed)."""
    if not scored:
        return []
    length = max(s.labelled.main.shape[1] for s in scored)
    offsets = np.concatenate([s.offsets for s in scored])
    ends = np.concatenate([np.full(len(s.anchors), s.window.end) for s in scored])
    bounds = _bounds(tokens, offsets[:, None] + np.arange(length), ends)
    decoded = labels.decode(_stacked([s.labelled.main for s in scored], length), bounds)
    phrases = labels.phrases(_stacked([s.labelled.side for s in scored], length), bounds)
    said, denied = (
        softmax(np.concatenate([getattr(s.labelled, name) for s in scored]))[:, 1] >= 0.5
        for name in ("said", "denied")
    )
    kinds = np.concatenate([s.labelled.kind for s in scored]).argmax(1)
    out = []
    places = (
        (
            anchor,
            _Place(int(offset), s.labelled.main.shape[1], s.window),
            partial(beliefs.evidence, k),
        )
        for s, beliefs in zip(scored, map(_Beliefs, scored), strict=True)
        for k, (anchor, offset) in enumerate(zip(s.anchors, s.offsets, strict=True))
    )
    for n, ((anchor, place, evidence), told) in enumerate(zip(places, decoded, strict=True)):
        spans = {role: place.spans(told.spans[role]) for role in labels.NAMES}
        if not spans["content"]:
            continue
        out.append(
            Candidate(
                source=spans["source"],
                cue=() if anchor.cueless else spans["cue"] or place.anchor(anchor),
                content=spans["content"],
                **{role: place.phrase(phrases[n].get(role)) for role in labels.PHRASES},
                said=bool(said[n]),
                denied=bool(denied[n]),
                kind=KINDS[kinds[n]],
                cueless=anchor.cueless,
                cut=(spans["content"][0][0] <= place.start, spans["content"][-1][1] >= place.end),
                evidence=evidence(told),
            )
        )
    return out


def _stacked(logits: Sequence[Floats], length: int) -> Floats:
    """Logits of several windows [N, length, 7]; the tokens that a window lacks are nothing."""
    out = np.full((sum(map(len, logits)), length, logits[0].shape[2]), _NOTHING, np.float32)
    out[..., 0] = 0
    at = 0
    for part in logits:
        out[at : at + len(part), : part.shape[1]] = part
        at += len(part)
    return out


def _bounds(tokens: Tokens, index: Ints, ends: Ints) -> labels.Bounds:
    """Where labels may change, for tokens by their number in the article [N, L].

    `ends` [N]: where each one's window ends, be it within a word.
    """
    within = np.clip(index, 0, len(tokens) - 1)
    beyond = (within != index) | (index >= ends[:, None])
    return labels.Bounds(tokens.joined[within] & ~beyond, tokens.marks[within] | beyond)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the tokens of an anchor's roles stand in the article."""

    offset: int
    length: int
    window: Window

    @property
    def start(self) -> int:
        """The first of the tokens that could have a role."""
        return max(self.offset, self.window.start)

    @property
    def end(self) -> int:
        """The end of the tokens that could have a role."""
        return min(self.offset + self.length, self.window.end)

    def spans(self, found: TokenSpans) -> TokenSpans:
        """Spans in the article's tokens, [CLS] and [SEP] left out, neighbours joined."""
        out: list[tuple[int, int]] = []
        for s, e in found:
            start = max(s + self.offset, self.start)
            end = min(e + self.offset, self.end)
            if out and out[-1][1] == start:
                out[-1] = (out[-1][0], end)
            elif start < end:
                out.append((start, end))
        return tuple(out)

    def phrase(self, found: tuple[int, int] | None) -> tuple[int, int] | None:
        spans = self.spans((found,)) if found else ()
        return spans[0] if spans else None

    def anchor(self, anchor: Anchor) -> TokenSpans:
        return ((anchor.start + self.window.start, anchor.end + self.window.start),)


class _Beliefs:
    """How sure the network is of what one window's anchors were labelled."""

    def __init__(self, scored: Scored) -> None:
        p = softmax(scored.labelled.main)
        self._source, self._content = p[..., 1:3].sum(-1), p[..., 5:].sum(-1)
        self._goes_on = p[..., 6]
        self._said = np.abs(scored.labelled.said @ np.array([-1, 1], np.float32))
        self._kinds = softmax(scored.labelled.kind).tolist()
        self._anchors = scored.anchors

    def evidence(self, n: int, found: labels.Labels) -> Evidence:
        """What speaks for the n-th anchor's labels, among which is a content."""
        score = min(max(self._anchors[n].score, 1e-4), 1 - 1e-4)
        content, spans = self._content[n], found.spans["content"]
        end = spans[-1][1]
        goes_on = float(self._goes_on[n, end]) if end < len(content) else 0.0
        return Evidence(
            anchor=math.log(score / (1 - score)),
            content=_agreement(content, spans),
            lowest=math.log(min(float(content[s:e].min()) for s, e in spans) + _LEAST),
            end=math.log(max(1 - goes_on, _LEAST)),
            cue=found.cue,
            said=float(self._said[n]),
            source=_agreement(self._source[n], found.spans["source"]),
            kinds=dict(zip(KINDS, self._kinds[n], strict=True)),
        )


def _agreement(p: Floats, spans: TokenSpans) -> float:
    """Intersection over union of a role's spans and its tokens' probabilities [L]."""
    inside, every = sum(float(p[s:e].sum()) for s, e in spans), float(p.sum())
    if not spans:
        return 1 / (1 + every)
    return inside / (sum(e - s for s, e in spans) + every - inside)
