"""Those who may be meant together by "they", "both" or "the two men", though no list names them.

People, or bodies, of whom one sentence tells; the last who spoke; those told of most.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

import numpy as np

from sayso.reader.speakers.mentions import Party
from sayso.reader.speakers.referents import Referent

_NEAR = 4  # sentences up to the reference in which several may be told of
_MOST = 4  # of one sort in a sentence
_LARGEST = 4
_MANY = 10

Told = tuple[int, int, Referent]
"""The place of a mention in a row of them, its sentence, and who is mentioned there."""
Group = tuple[Party, list[int]]
"""Several, with the places of the last mention of each, in order."""


def together(
    told: Sequence[Told], spoke: Sequence[Party], sentence: int, many: int | None
) -> list[Group]:
    """The groups, likely ones first.

    `told` are mentions before the reference, in their order, `spoke` who spoke before it, the
    nearest first, `many` how many are meant, where that is known.
    """
    last = {referent: place for place, _, referent in told}
    found: dict[frozenset[Referent], Party] = {}
    for party in _groups(told, spoke, sentence, many or 2):
        if all(referent in last for referent in party):
            found.setdefault(frozenset(party), party)
        if len(found) == _MANY:
            break
    return [(party, sorted(last[referent] for referent in party)) for party in found.values()]


def _groups(
    told: Sequence[Told], spoke: Sequence[Party], sentence: int, size: int
) -> Iterator[Party]:
    if size > _LARGEST:
        return
    for at in range(sentence, sentence - _NEAR, -1):
        here = list(dict.fromkeys(referent for _, n, referent in told if n == at))
        for alike in _alike(here):
            if len(alike) <= _MOST:
                yield from combinations(alike, size)
    speakers = dict.fromkeys(party[0] for party in spoke if len(party) == 1 and party[0].named)
    for alike in _alike(speakers):
        yield from islice(combinations(alike[: size + 1], size), size)
    times = Counter(referent for _, _, referent in told)
    for alike in _alike(referent for referent, _ in times.most_common()):
        yield from islice(combinations(alike[: size + 1], size), size)


def _alike(referents: Iterable[Referent]) -> Iterator[list[Referent]]:
    """The people among these, and the bodies."""
    sorts: dict[int, list[Referent]] = {0: [], 1: []}
    for referent in referents:
        sort = int(np.argmax(referent.sorts))
        if sort in sorts and any(referent.sorts):
            sorts[sort].append(referent)
    yield from sorts.values()
