"""A quotation laid along print, word by word: what is the same, left out, changed, added."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Literal

from sayso.record.check.lexicon import listed

Change = Literal["same", "left out", "changed", "added"]

_MATCH, _SMALL = 3.0, 1.0
_RUN = 0.8
_CHANGED, _ADDED = -0.8, -0.9
_SKIP, _SKIP_MORE = -1.3, -0.06
_DECLARED = -0.1
_CELLS = 30_000
"""Above so many pairs of words only the likeliest stretches of print are looked at."""
_STRETCHES = 4
_BESIDE = 20
"""Words on either side of a stretch that are looked at with it."""

SMALL = listed(
    "a an and as at be been but by for from had has have he her him his i in into is it its me my "
    "of on or our she so that the their them there they this to us was we were what which who will "
    "with would you your are am not do did does if s t"
)
"""Words so frequent that their standing in a text says little."""


@dataclass(frozen=True, slots=True)
class Op:
    """A stretch of the quotation `[quoted, quoted_end)` and of print `[printed, printed_end)`."""

    change: Change
    quoted: int
    quoted_end: int
    printed: int
    printed_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The ops, in order, from the first printed word that is matched to the last."""

    ops: tuple[Op, ...]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Each quoted word that is printed, with where."""
        return [
            (op.quoted + n, op.printed + n)
            for op in self.ops
            if op.change == "same"
            for n in range(op.quoted_end - op.quoted)
        ]

    @property
    def printed(self) -> tuple[int, int]:
        """The printed words that it covers."""
        places = [(op.printed, op.printed_end) for op in self.ops if op.printed < op.printed_end]
        return (places[0][0], places[-1][1]) if places else (0, 0)


def weight(key: str) -> float:
    """How much it says that a word is found."""
    return 0.25 if key in SMALL else 1.0


def coverage(quoted: Sequence[str], alignment: Alignment) -> float:
    """The share of the quotation, weighed, that is printed; 0 to 1."""
    whole = sum(map(weight, quoted))
    return sum(weight(quoted[q]) for q, _ in alignment.pairs) / whole if whole else 0.0


def exact(quoted: Sequence[str], printed: Sequence[str]) -> list[int]:
    """Every place where the quotation stands in print, word for word and in a row."""
    if not quoted:
        return []
    row, whole = _row(printed), _row(quoted)
    found, at = [], row.find(whole)
    while at >= 0:
        found.append(at)
        at = row.find(whole, at + 1)
    return _counted(row, found)


def _row(keys: Sequence[str]) -> str:
    """Words as one string; no key has a space."""
    return " " + " ".join(keys) + " "


def _counted(row: str, found: Sequence[int]) -> list[int]:
    """The positions of the words before which these spaces stand."""
    counts = accumulate(row.count(" ", a, b) for a, b in pairwise((0, *found)))
    return list(counts)


Equal = Callable[[int, int], bool]


def align(
    quoted: Sequence[str],
    printed: Sequence[str],
    *,
    gaps: frozenset[int] = frozenset(),
    equal: Equal | None = None,
) -> Alignment:
    """The best alignment of the whole quotation with a part of print.

    It prefers words that say something, in runs, with few places where print is skipped; an
    ellipsis in the quotation (`gaps`) makes skipping free. `equal` tells whether the words at
    two positions are the same, where that is not a matter of their keys.
    """
    if not quoted or not printed:
        return Alignment(())
    if equal is not None:
        return _traced(quoted, _by(equal, len(quoted), len(printed)), gaps)
    if len(quoted) * len(printed) <= _CELLS:
        return _traced(quoted, _same(quoted, printed), gaps)
    places = _likeliest(quoted, printed)
    same = _same(quoted, [printed[place] for place in places])
    return _traced(quoted, same, gaps, (*places, len(printed)))


def _likeliest(quoted: Sequence[str], printed: Sequence[str]) -> list[int]:
    """The positions of the few stretches of print that have most of the quotation's words, the
    rarest of which say most. Several: an ellipsis may stand for pages."""
    import numpy as np

    wanted = set(quoted)
    count = Counter(key for key in printed if key in wanted)
    worth = np.array([1 / count[key] if key in wanted else 0.0 for key in printed])
    long = min(2 * len(quoted) + _BESIDE, len(printed))
    sums = np.concatenate(([0.0], worth.cumsum()))
    found = sums[long:] - sums[:-long]
    chosen: set[int] = set()
    for _ in range(_STRETCHES):
        start = int(found.argmax())
        chosen.update(range(max(start - _BESIDE, 0), min(start + long + _BESIDE, len(printed))))
        found[max(start - long, 0) : start + long] = 0
    return sorted(chosen)


def _same(quoted: Sequence[str], printed: Sequence[str]) -> list[list[int]]:
    """For each quoted word the positions where it is printed."""
    places: dict[str, list[int]] = {}
    for p, key in enumerate(printed):
        places.setdefault(key, []).append(p)
    return [places.get(key, []) for key in quoted] + [[len(printed)]]


def _by(equal: Equal, many: int, wide: int) -> list[list[int]]:
    return [[p for p in range(wide) if equal(q, p)] for q in range(many)] + [[wide]]


_ADD, _CHANGE, _SAME, _JUMP = range(4)


def _traced(
    quoted: Sequence[str],
    same: Sequence[Sequence[int]],
    gaps: frozenset[int],
    places: Sequence[int] | None = None,
) -> Alignment:
    """Row by row: `score[p]` is the best of the words so far, the last of them at p or before.

    `places` are the positions in print of the words counted here, where they aren't the same.
    A word is added, stands in the place of another (changed), or is the same, straight after
    the word before it or with print skipped in between (jump): `back` and `since` lead back.
    """
    import numpy as np

    wide = same[-1][0] + 1
    counted = np.arange(wide)
    score, back, since = np.zeros(wide), [], []
    run = np.zeros(wide, bool)
    for q, key in enumerate(quoted):
        gain = _MATCH if weight(key) == 1 else _SMALL
        skip, more = (_DECLARED, 0.0) if q in gaps else (_SKIP, _SKIP_MORE)
        added, before = score + _ADDED, np.concatenate(([-np.inf], score[:-1]))
        step = np.where(before + _CHANGED > added, _CHANGE, _ADD)
        best = np.maximum(added, before + _CHANGED)
        reached = np.maximum.accumulate(score - more * counted)
        origin = np.maximum.accumulate(np.where(score - more * counted >= reached, counted, 0))
        straight = before + gain + _RUN * np.concatenate(([False], run[:-1]))
        jumped = np.full(wide, -np.inf)
        if q:
            jumped[1:] = (reached + more * counted)[:-1] + skip + gain
        found = np.zeros(wide, bool)
        found[np.asarray(same[q], dtype=int) + 1] = True
        here = found & (np.maximum(straight, jumped) > best)
        step = np.where(here, np.where(straight >= jumped, _SAME, _JUMP), step)
        score = np.where(here, np.maximum(straight, jumped), best)
        run = here
        back.append(step.astype(np.int8))
        since.append(np.concatenate(([0], origin[:-1])).astype(np.int32))
    steps = _way_back(int(score.argmax()), back, since)
    return _ops(steps if places is None else [(step, q, places[p]) for step, q, p in steps])


def from_pairs(
    pairs: Sequence[tuple[int, int]], many: int, start: int | None = None
) -> Iterator[Op]:
    """Ops out of pairs of words, in order; `start` is where what is quoted before the first
    pair may stand in print."""
    q, p = 0, pairs[0][1] if start is None or not pairs[0][0] else start
    for a, b in pairs:
        if a > q or b > p:
            change: Change = "changed" if a > q and b > p else "added" if a > q else "left out"
            yield Op(change, q, a, p, b)
        yield Op("same", a, a + 1, b, b + 1)
        q, p = a + 1, b + 1
    if q < many:
        yield Op("added", q, many, p, p)


def _way_back(p: int, back: Sequence[Any], since: Sequence[Any]) -> list[tuple[int, int, int]]:
    """The steps that led to a place, in order: each with its quoted and its printed word."""
    steps = []
    for q in range(len(back) - 1, -1, -1):
        step = int(back[q][p])
        if step == _ADD:
            steps.append((_ADD, q, p))
            continue
        steps.append((_CHANGE if step == _CHANGE else _SAME, q, p - 1))
        p = int(since[q][p]) if step == _JUMP else p - 1
    return steps[::-1]


def _ops(steps: Sequence[tuple[int, int, int]]) -> Alignment:
    """Steps of one quoted word each, as ops; what print has between them is left out."""
    ops: list[Op] = []
    place: int | None = None
    for step, q, p in steps:
        if step == _ADD:
            at = p if place is None else place
            _extend(ops, Op("added", q, q + 1, at, at))
            continue
        if place is not None and p > place:
            _extend(ops, Op("left out", q, q, place, p))
        _extend(ops, Op("same" if step == _SAME else "changed", q, q + 1, p, p + 1))
        place = p + 1
    return Alignment(tuple(_settled(ops)))


def _extend(ops: list[Op], op: Op) -> None:
    if ops and ops[-1].change == op.change and ops[-1].quoted_end == op.quoted:
        before = ops.pop()
        op = Op(op.change, before.quoted, op.quoted_end, before.printed, op.printed_end)
    ops.append(op)


def _settled(ops: list[Op]) -> list[Op]:
    """What is left out beside what is added is a change of one into the other."""
    settled: list[Op] = []
    for op in ops:
        before = settled[-1] if settled else None
        loose = {"left out", "added", "changed"}
        if before is not None and op.change in loose and before.change in loose:
            settled[-1] = Op(
                "changed", before.quoted, op.quoted_end, before.printed, op.printed_end
            )
        else:
            settled.append(op)
    while settled and settled[0].change == "left out":
        settled.pop(0)
    return settled
