"""A statement's words as they are compared across articles, and how two sets of them overlap.

Print changes a statement's clothes: quotation marks, spelling, the person and tense of indirect
speech ("he would" for "I will"). These are folded away. What changes its sense is not: a number,
a "not", a weekday.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from sayso.record.check.lexicon import listed
from sayso.record.check.normal import words as normal_words
from sayso.record.check.turned import unfolded

_TURNS = (
    "i he she we they you it me him her us them my his our their your its mine hers ours theirs "
    "yours myself himself herself itself ourselves themselves yourself",
    "is am are was were be been being",
    "have has had",
    "will would shall",
    "can could",
    "may might",
    "do does did",
    "this that",
    "these those",
    "here there",
)
"""Words of which indirect speech puts one for another; the first stands for all."""
_TURNED = {word: row.split()[0] for row in _TURNS for word in row.split()}

_TELLING = listed(
    """
    not never no nor neither none nobody nothing nowhere without hardly
    hundred hundreds thousand thousands million millions billion billions trillion half third
    quarter double twice triple dozen dozens first second fourth fifth sixth seventh eighth ninth
    tenth last next monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december more less fewer up down before after
    against for higher lower highest lowest rise fall risen fallen rose fell increase decrease
    guilty innocent always all
    """
)
"""Words that make another statement of one, wherever they come or go; figures do so too."""
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ied|ies|ed|es|s|d|e|y)$")
_LEAD = 6
"""Words that may lead to others: "it is simply not true that"."""
_BESIDE = 3
"""Words before and after a common run in which a telling difference makes two of it."""


def words(text: str) -> list[str]:
    """The words of a content as they are compared."""
    keys = [word.key for word in normal_words(text)]
    return [_form(turned.key) for turned in unfolded(keys)]


@lru_cache(maxsize=100_000)
def _form(key: str) -> str:
    if key in _TELLING or key[:1].isdigit():
        return key
    return _TURNED.get(key) or _ENDING.sub("", key)


_DENYING = frozenset(
    map(_form, listed("not never no hardly false untrue wrong deny lie doubt myth"))
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two contents share where they lie over one another."""

    words: int
    """Words in common, in order."""
    alike: float
    """The part of the stretch in which they lie over one another that these are."""
    run: int
    """The longest stretch in which all are the same."""
    clash: bool
    """Whether a number, a "not" or the like is another in that stretch."""
    near: bool
    """Whether it is so right before or after the run."""
    denied: bool
    """Whether one of the two begins by saying that the rest is not so."""


def overlap(a: Sequence[str], b: Sequence[str]) -> Overlap:
    """Lays two lists of words over one another at their longest common run."""
    found = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    if not found.size:
        return Overlap(0, 0.0, 0, clash=False, near=False, denied=False)
    i, j, size = found.a, found.b, found.size
    before, after = min(i, j), min(len(a) - i, len(b) - j) - size
    left = a[i - before : i], b[j - before : j]
    right = a[i + size : i + size + after], b[j + size : j + size + after]
    common = size + LCSseq.similarity(*left) + LCSseq.similarity(*right)
    return Overlap(
        words=common,
        alike=common / (before + size + after),
        run=size,
        clash=_clash(*left) or _clash(*right),
        near=_clash(left[0][-_BESIDE:], left[1][-_BESIDE:])
        or _clash(right[0][:_BESIDE], right[1][:_BESIDE]),
        denied=_denies(a[: i - before]) != _denies(b[: j - before]),
    )


def _denies(before: Sequence[str]) -> bool:
    """Whether words that lead to others take them back: "it is not true that"."""
    led = before[-_LEAD:]
    return bool(led) and led[-1] == _TURNED["that"] and not _DENYING.isdisjoint(led)


def _clash(a: Iterable[str], b: Iterable[str]) -> bool:
    return _telling(a) != _telling(b)


def _telling(found: Iterable[str]) -> list[str]:
    return sorted(word for word in found if word in _TELLING or word[0].isdigit())
