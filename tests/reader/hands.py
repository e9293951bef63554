"""What stands in for the network: logits written by hand, and an encoder that knows one rule."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

import sayso.reader.models
from sayso.reader.candidates import Candidate
from sayso.reader.encoder import Encoded, Floats, Labelled
from sayso.reader.evidence import Evidence
from sayso.reader.labels import TokenSpans
from sayso.reader.sight import WIDTH
from sayso.reader.speakers.features import Reference
from sayso.reader.speakers.judge import NEW, Choice, Options
from sayso.reader.tokens import Ints, Tokenizer

FOLDER = Path(sayso.reader.models.__file__).parent / "weights" / "en-fast"
SURE = 12.0


def logits(labels: Sequence[int], classes: int) -> Floats:
    """Scores [n, classes] that are sure of these labels."""
    out = np.zeros((len(labels), classes), np.float32)
    out[np.arange(len(labels)), labels] = SURE
    return out


def candidate(
    content: TokenSpans,
    *,
    cue: TokenSpans = (),
    source: TokenSpans = (),
    score: float = 1.0,
    cut: tuple[bool, bool] = (False, False),
) -> Candidate:
    """A statement in tokens; one without a cue is cueless."""
    return Candidate(
        source=source,
        cue=cue,
        content=content,
        addressee=None,
        channel=None,
        when=None,
        said=True,
        denied=False,
        kind=None,
        cueless=not cue,
        cut=cut,
        evidence=Evidence(anchor=score),
    )


class RuleEncoder:
    """Knows one rule: "X said Y." has the source X (a token), the cue and the content Y.

    "refused" is a refusal with the token after it, and a “ that begins a line opens a cueless
    content up to its ”. Counts what it is asked.
    """

    def __init__(self, tokenizer: Tokenizer, reach: int = 96) -> None:
        self.reach = reach
        self._said, self._dot, self._refused, self._open, self._close = (
            int(tokenizer.encode(word).ids[0]) for word in ("said", ".", "refused", "“", "”")
        )
        self.windows = self.tokens = self.anchors = 0

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        self.windows += 1
        self.tokens += len(ids)
        anchors = np.where(ids == self._said, 1, 0)
        begins_line = np.isin(features[:, 1], (2, 3, 5))
        anchors[(ids == self._open) & begins_line] = 3
        refusals = np.where(ids == self._refused, 1, 0)
        refusals[1:] += 2 * refusals[:-1]
        states = ids[:, None].astype(np.float32)
        found = logits(anchors.tolist(), 4), logits(refusals.tolist(), 7)
        nothing = np.zeros((len(ids), 4), np.float32)
        return Encoded(states, *found, nothing, np.zeros((len(ids), WIDTH), np.float32))

    def label(self, encoded: Encoded, starts: Ints, ends: Ints) -> Labelled:
        self.anchors += len(starts)
        ids = encoded.states[:, 0].astype(int).tolist()
        length = min(2 * self.reach, len(ids))
        first = np.clip((starts + ends) // 2 - length // 2, 0, len(ids) - length).tolist()
        main = [
            self._roles(ids, int(at))[low : low + length]
            for at, low in zip(starts, first, strict=True)
        ]
        many = len(starts)
        return Labelled(
            main=np.stack([logits(roles, 7) for roles in main]),
            side=np.stack([logits([0] * length, 7)] * many),
            said=logits([1] * many, 2),
            denied=logits([0] * many, 2),
            kind=logits([0] * many, 7),
        )

    def _roles(self, ids: list[int], at: int) -> list[int]:
        out = [0] * len(ids)
        if ids[at] == self._open:
            start, stop = at, self._find(ids, self._close, at) + 1
        else:
            out[at - 1], out[at] = 1, 3
            start, stop = at + 1, self._find(ids, self._dot, at)
        stop = min(stop, len(ids) - 1)
        for t in range(start, stop):
            out[t] = 5 if t == start else 6
        return out

    @staticmethod
    def _find(ids: list[int], wanted: int, start: int) -> int:
        return next((t for t in range(start, len(ids)) if ids[t] == wanted), len(ids))


class FirstComer:
    """Sees the names that the rules see, and takes the first of all that may be meant."""

    def labels(self, hidden: Floats, rules: Floats) -> Floats:
        out = np.zeros((len(rules), 9), np.float32)
        out[:, :3] = SURE * rules[:, :3]
        return out

    def choose(self, asked: Reference, options: Options) -> Choice:
        number = int(options.index[0])
        return Choice(options.parties[number] if number >= 0 else (), number == NEW, 0.9)
