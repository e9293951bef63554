"""Who is on stage at a place of the text: the candidates that a pronoun may mean, and which.

The seam for a trained ranker: `Scene.candidates` says who may be meant and what speaks for
each of them, `Scene.choose` picks one by a table of weights.
"""

import math
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.reader.drafts import Bounds, Draft
from sayso.reader.speakers.cast import Cast, Referent
from sayso.reader.speakers.nouns import Noun, Nouns
from sayso.reader.speakers.sentences import Sentences

Pronoun = Literal["person", "thing", "plural", "flow"]

REACH = 2500  # characters back to the furthest name looked at
_NAMES = 60
_NOUNS = 30
_ASKED_BY = re.compile(
    r"\b(?:asked|questioned|examined|interviewed|pressed|quizzed|challenged)\b[^.!?;]{0,40}\bby\s+$",
    re.I,
)
"""Before the name of one who asks: in "asked by Ms Reed, she said" somebody else answers."""
_MUCH = 2.0  # lead in weight at which a pronoun tells its antecedent's gender
_EVENTS = 8

FEATURES = (
    "same sentence",
    "sentence before",
    "same paragraph",
    "distance",
    "subject",
    "subject of this sentence",
    "spoke last",
    "spoke before that",
    "in a content",
    "possessive",
    "mentions",
    "gender agrees",
    "gender unknown",
    "person",
    "body",
    "group",
    "document",
    "unnamed",
    "full name",
    "outer speaker",
    "asks",
)

WEIGHTS: Mapping[Pronoun, tuple[float, ...]] = {
    "person": (
        *(0.1, 0.8, 1.4, -0.6, 0.9, 0.4, 1.4, 0.0, -1.0, -0.1),
        *(0.2, 1.4, 0.6, 2.5, 0.0, 0.0, 0.0, 0.1, 0.1, -0.5, -5.0),
    ),
    "thing": (
        *(1.8, 1.0, 2.2, -0.4, 0.6, 0.1, 1.7, 1.0, -0.4, -1.8),
        *(0.7, 0.0, 1.0, 0.0, 1.0, 0.0, 1.2, 0.0, 0.2, -1.0, -5.0),
    ),
    "plural": (
        *(1.4, 0.3, 0.5, -0.5, 0.9, -0.5, 1.6, 0.5, -0.4, 0.0),
        *(0.1, 0.0, 1.0, 0.0, 2.2, 2.8, -1.6, 1.9, 0.5, -0.8, -5.0),
    ),
    "flow": (
        *(0.2, 2.0, 1.6, -0.1, -0.3, 0.0, 1.5, 1.3, -0.7, -1.2),
        *(1.0, 0.0, -0.5, 1.0, 0.2, -0.6, 1.2, 1.0, 1.2, 0.0, -5.0),
    ),
}
"""Fitted to who spoke in annotated reports, by feature; but for the last, which is set."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One or several referents that may be meant together, with what speaks for them."""

    referents: tuple[Referent, ...]
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Those for whom most speaks, out of so many, and by how much more than for the next."""

    referents: tuple[Referent, ...]
    rivals: int
    lead: float

    @property
    def is_sure(self) -> bool:
        return self.lead > _MUCH


@dataclass(frozen=True, slots=True)
class _Event:
    """A source that has been resolved."""

    at: int
    end: int
    referents: tuple[Referent, ...]


class Scene:
    """The article as far as it is resolved: its cast, sentences and who has spoken where."""

    def __init__(
        self, cast: Cast, nouns: Nouns, sentences: Sentences, drafts: Sequence[Draft]
    ) -> None:
        self.text = cast.text
        self.cast = cast
        self.nouns = nouns
        self.sentences = sentences
        self._contents = _merged(span for draft in drafts for span in draft.content)
        self._content_starts = [start for start, _ in self._contents]
        self._events: list[_Event] = []
        self.choices: list[Choice] = []
        """All that were made between candidates, in order."""

    def spoke(self, at: int, end: int, referents: tuple[Referent, ...]) -> None:
        """Remember whom a source at this place meant."""
        if referents:
            insort(self._events, _Event(at, end, referents), key=lambda event: event.at)

    def speakers_before(self, at: int, count: int = _EVENTS) -> list[_Event]:
        """The last sources resolved before a place, the nearest first."""
        i = bisect_right(self._events, at - 1, key=lambda event: event.at)
        return self._events[max(0, i - count) : i][::-1]

    def speakers_after(self, at: int, count: int = 1) -> list[_Event]:
        i = bisect_right(self._events, at, key=lambda event: event.at)
        return self._events[i : i + count]

    def in_content(self, at: int) -> bool:
        i = bisect_right(self._content_starts, at) - 1
        return i >= 0 and at < self._contents[i][1]

    def candidates(
        self,
        at: int,
        *,
        without: Sequence[Bounds] = (),
        gender: str | None = None,
        outer: tuple[Referent, ...] = (),
        reach: int = REACH,
    ) -> list[Candidate]:
        """All that were named or spoke before a place, but for names in the spans `without`."""
        last: dict[tuple[Referent, ...], tuple[int, int, bool, bool]] = {}
        counts: dict[Referent, int] = {}
        for n, (name, referent) in enumerate(self.cast.before(at, reach)):
            if n >= _NAMES:
                break
            if not any(start <= name.start < end for start, end in without):
                counts[referent] = counts.get(referent, 0) + 1
                known = (name.lead, name.end, name.possessive, len(name.words) > 1)
                last.setdefault((referent,), known)
        for noun, referent in self._nouns_before(at):
            if not any(start <= noun.start < end for start, end in without):
                last.setdefault((referent,), (noun.start, noun.end, False, False))
        events = [
            e
            for e in self.speakers_before(at)
            if e.at >= at - reach and not any(start <= e.at < end for start, end in without)
        ]
        for event in events:
            seen = last.get(event.referents)
            if seen is None or seen[0] < event.at:
                full = bool(seen and seen[3])
                last[event.referents] = (event.at, event.end, False, full)
            for referent in event.referents:
                counts[referent] = counts.get(referent, 0) + 1
        spoke = [event.referents for event in events[:2]]
        return [
            Candidate(
                referents,
                self._features(at, referents, mention, counts, spoke, gender, outer),
            )
            for referents, mention in last.items()
            if not _clash(referents, gender)
        ]

    def choose(self, candidates: Iterable[Candidate], pronoun: Pronoun) -> Choice:
        """Those for whom most speaks; nobody where there are no candidates."""
        choice = _chosen(candidates, WEIGHTS[pronoun])
        if choice.rivals:
            self.choices.append(choice)
        return choice

    def _nouns_before(self, at: int) -> Iterator[tuple[Noun, Referent]]:
        last = bisect_left(self.nouns.starts, at)
        for i in range(last - 1, max(-1, last - 1 - _NOUNS), -1):
            if self.nouns.nouns[i].end > at:
                continue
            if self.nouns.starts[i] < at - REACH // 3:
                return
            yield self.nouns.nouns[i], self.nouns.owners[i]

    def _features(
        self,
        at: int,
        referents: tuple[Referent, ...],
        mention: tuple[int, int, bool, bool],
        counts: Mapping[Referent, int],
        spoke: Sequence[tuple[Referent, ...]],
        gender: str | None,
        outer: tuple[Referent, ...],
    ) -> tuple[float, ...]:
        start, _, possessive, full = mention
        between = self.sentences.index(at) - self.sentences.index(start)
        subject = self._is_subject(start)
        first = referents[0]
        kind = "group" if len(referents) > 1 else first.kind
        sure = bool(first.kinds)
        values = (
            between == 0,
            between == 1,
            self.sentences.paragraph(at) == self.sentences.paragraph(start),
            math.log2(1 + (at - start) / 40),
            subject,
            subject and between == 0,
            bool(spoke) and spoke[0] == referents,
            len(spoke) > 1 and spoke[1] == referents and spoke[0] != referents,
            self.in_content(start),
            possessive,
            math.log2(1 + counts.get(first, 0)),
            gender is not None and first.gender == gender,
            first.gender is None,
            sure and kind == "person",
            sure and kind == "organisation",
            kind == "group",
            kind == "document",
            kind == "unnamed",
            full,
            referents == outer,
            between == 0 and self._asks(start),
        )
        return tuple(map(float, values))

    def _asks(self, start: int) -> bool:
        return bool(_ASKED_BY.search(self.text, self.sentences.start(start), start))

    def _is_subject(self, start: int) -> bool:
        """Whether a mention opens its sentence, at most a few words in."""
        return start - self.sentences.start(start) < 25


def _chosen(candidates: Iterable[Candidate], weights: Sequence[float]) -> Choice:
    scores = sorted(
        (sum(w * f for w, f in zip(weights, c.features, strict=True)), -i, c.referents)
        for i, c in enumerate(candidates)
    )
    if not scores:
        return Choice((), 0, 0.0)
    lead = scores[-1][0] - scores[-2][0] if len(scores) > 1 else math.inf
    return Choice(scores[-1][2], len(scores), lead)


def _clash(referents: tuple[Referent, ...], gender: str | None) -> bool:
    if gender is None:
        return False
    return len(referents) > 1 or referents[0].is_surely_not(gender)


def _merged(spans: Iterable[Bounds]) -> list[Bounds]:
    merged: list[Bounds] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
