"""All places of an article where somebody may be meant, as columns: names, nouns, lists,
pronouns, sources.

What stands at a place belongs to a party: one referent, or several that are named together.
Pronouns and the sources of statements are open until they are resolved, and then mean a party
as well.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sayso.reader.drafts import Bounds
from sayso.reader.speakers.cast import Cast
from sayso.reader.speakers.lexicon import POSSESSIVES
from sayso.reader.speakers.nouns import Noun, Nouns
from sayso.reader.speakers.referents import Referent
from sayso.reader.tokens import Flags, Ints

Party = tuple[Referent, ...]
"""One referent, or several that are meant together."""

FORMS = ("full name", "name", "noun", "list", "source", "flow", "together", "pronoun")
FULL, NAME, NOUN, LIST, SOURCE, FLOW, TOGETHER, PRONOUN = range(len(FORMS))
THIRD_PERSON = re.compile(
    r"\b(?:he|him|his|himself|she|hers?|herself|they|them|theirs?|themselves|its?|itself"
    r"|both(?=\s+(?:of\s+them|are|were|have|had|do|did|can|could|may|might|must|shall|should|will|"
    r"would|said|say|men|women)\b|[.,;:!?]|$)"
    r")\b",
    re.I,
)
"""Pronouns that may mean somebody told of elsewhere."""
OPEN = -1
"""The party of a source or pronoun that is not resolved."""
_LINK = re.compile(r"(?:,| and| or|, and|, or| &)(?: the| an?| its| his| her)? ?")
_LAST = re.compile(r",? (?:and|or|&)(?: the| an?| its| his| her)? ?")
_OF = re.compile(r" (?:of|from|at) (?:the )?")
_SURELY = 0.8
_LONGEST = 12  # members of a list


@dataclass(slots=True)
class Parties:
    """The parties of an article by number."""

    found: list[Party] = field(default_factory=list)
    _numbers: dict[frozenset[Referent], int] = field(default_factory=dict)

    def number(self, party: Party) -> int:
        """The number of a party, in whatever order; a new one if it comes for the first time."""
        members = frozenset(party)
        known = self._numbers.get(members)
        if known is None:
            known = self._numbers[members] = len(self.found)
            self.found.append(party)
        return known


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions in the order of the text; `party` is filled in as they are resolved."""

    starts: Ints
    ends: Ints
    form: NDArray[np.int8]
    possessive: Flags
    party: Ints
    slots: tuple[int, ...]
    """Of each draft, the place of its source among the mentions."""
    plain: dict[Bounds, int]
    """The place among the mentions of each noun, and of each pronoun that is no source."""


def gather(
    cast: Cast, nouns: Nouns, sources: Sequence[Bounds], flows: Flags, parties: Parties
) -> Mentions:
    """Every name, noun and list of the article, and an open place for each draft's source and
    for each pronoun that is none."""
    rows: list[tuple[int, int, int, bool, int, int]] = []
    named: list[tuple[int, int, Referent]] = []
    for name, referent in zip(cast.names, cast.owners, strict=True):
        if referent is not None:
            form = FULL if len(name.words) > 1 else NAME
            rows.append(
                (name.start, name.end, form, name.possessive, parties.number((referent,)), OPEN)
            )
            named.append((name.lead, name.end, referent))
    for noun, referent in zip(nouns.nouns, nouns.owners, strict=True):
        rows.append((noun.start, noun.end, NOUN, False, parties.number((referent,)), OPEN))
        if not _is_within(cast, noun):
            named.append((noun.start, noun.end, referent))
    for start, end, party in lists(cast.text, sorted(named, key=lambda row: row[:2])):
        rows.append((start, end, LIST, False, parties.number(party), OPEN))
    for n, (start, end) in enumerate(sources):
        rows.append((start, end, FLOW if flows[n] else SOURCE, False, OPEN, n))
    worded = merged(place for place, flow in zip(sources, flows, strict=True) if not flow)
    pronouns = list(THIRD_PERSON.finditer(cast.text))
    starts = np.array([match.start() for match in pronouns], np.int64)
    for match, taken in zip(pronouns, inside(starts, worded).tolist(), strict=True):
        if not taken:
            own = match.group().casefold() in POSSESSIVES
            rows.append((*match.span(), PRONOUN, own, OPEN, OPEN))
    rows.sort(key=lambda row: (row[0], row[2]))
    columns = np.array(rows, np.int64).reshape(-1, 6)
    slots = np.zeros(len(sources), np.int64)
    own = columns[:, 5] != OPEN
    slots[columns[own, 5]] = np.flatnonzero(own)
    return Mentions(
        columns[:, 0],
        columns[:, 1],
        columns[:, 2].astype(np.int8),
        columns[:, 3].astype(bool),
        columns[:, 4].copy(),
        tuple(slots.tolist()),
        {(row[0], row[1]): n for n, row in enumerate(rows) if row[2] in (PRONOUN, NOUN)},
    )


def inside(starts: Ints, spans: Sequence[Bounds]) -> Flags:
    """Which places are within one of some spans, which don't overlap."""
    if not spans:
        return np.zeros(len(starts), bool)
    bounds = np.array(sorted(spans), np.int64)
    i = bounds[:, 0].searchsorted(starts, "right") - 1
    return np.asarray((i >= 0) & (starts < bounds[np.maximum(i, 0), 1]))


def merged(spans: Iterable[Bounds]) -> list[Bounds]:
    """The spans in order, one for those that touch or overlap."""
    found: list[Bounds] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _is_within(cast: Cast, noun: Noun) -> bool:
    """Whether a noun is a word of a name: the "Drivers" of "the Drivers' Guild"."""
    i = bisect_left(cast.starts, noun.end) - 1
    return i >= 0 and noun.end < cast.names[i].end


def lists(
    text: str, named: Iterable[tuple[int, int, Referent]]
) -> Iterator[tuple[int, int, Party]]:
    """What is named together: "the Guild, the Trust and Ramblers of the North"."""
    run: list[tuple[int, int, Referent]] = []
    for row in _of_bodies(text, named):
        if run and (row[0] < run[-1][1] or not _LINK.fullmatch(text, run[-1][1], row[0])):
            yield from _list(text, run)
            run = []
        run.append(row)
    yield from _list(text, run)


def _of_bodies(
    text: str, named: Iterable[tuple[int, int, Referent]]
) -> Iterator[tuple[int, int, Referent]]:
    """The names, those of people with the body that they are of: "Ada Pell of the Guild"."""
    before: tuple[int, int, Referent] | None = None
    for row in named:
        if before is not None and _is_of(text, before, row):
            before = (before[0], row[1], before[2])
            continue
        if before is not None:
            yield before
        before = row
    if before is not None:
        yield before


def _is_of(text: str, before: tuple[int, int, Referent], row: tuple[int, int, Referent]) -> bool:
    person, body = before[2].sorts, row[2].sorts
    between = text[before[1] : row[0]] if row[0] > before[1] else ""
    return person[0] > _SURELY and body[0] < 1 - _SURELY and bool(_OF.fullmatch(between))


def _list(text: str, run: list[tuple[int, int, Referent]]) -> Iterator[tuple[int, int, Party]]:
    """The run up to its last "and", where it has one and its members are different."""
    joints = [n for n, (a, b) in enumerate(pairwise(run), 1) if _LAST.fullmatch(text, a[1], b[0])]
    if not joints or joints[-1] >= _LONGEST:
        return
    members = run[: joints[-1] + 1]
    party = tuple(dict.fromkeys(referent for _, _, referent in members))
    if len(party) == len(members):
        yield members[0][0], members[-1][1], party
