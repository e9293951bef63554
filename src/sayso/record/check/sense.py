"""Whether what a quotation leaves out of a printed sentence carries its sense.

The sentence is cut into clauses, and each word left out that can turn a sense (a negation, a
condition, a hedge, a doubt, whose word it is) is asked whether it governs something that was
kept. When in doubt it does: a quotation that is called altered is looked at by a person, one
that passes is printed.
"""

import re
from collections.abc import Iterator, Sequence

from sayso.record.check import beside, lexicon, within
from sayso.record.check.clauses import PAUSE, Item, Loss, any_kept, clauses, key_at

_ASIDE = 7
"""Words up to which a clause with a hedging phrase hedges the clauses beside it."""
_NEGATED = 10
"""Words after a negation that can tell what is denied."""
_NAMED = 3
"""Words after "everyone" that can tell who is meant."""
_TAG = re.compile(r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)n't")


def loss(items: Sequence[Item], end: str = "", *, asks: bool = False) -> Loss | None:
    """What of a sentence's sense goes with the words left out; None where none does.

    `end` is the sentence's closing punctuation; `asks` whether the quotation asks as well.
    """
    if all(item.kept for item in items) or not any(item.kept for item in items):
        return None
    return next(_losses(items, end, asks=asks), None)


def _losses(items: Sequence[Item], end: str, *, asks: bool) -> Iterator[Loss]:
    parts = clauses(items)
    if "?" in end and not asks:
        yield from _question(items, parts)
    for number, clause in enumerate(parts):
        if any_kept(items, clause):
            yield from within.losses(items, clause)
        else:
            yield from beside.losses(items, parts, number)
    yield from _phrases(items, parts)
    yield from _restrictions(items, parts)


def _question(items: Sequence[Item], parts: Sequence[range]) -> Iterator[Loss]:
    tail = [item for item in items[-3:] if not item.kept]
    kept = [clause for clause in parts if any_kept(items, clause)]
    if not items[0].kept and not all(items[c[0]].key in lexicon.GROUNDS for c in kept):
        yield Loss("question", items[0].key)
    if tail and (any(_TAG.fullmatch(i.key) for i in tail) or tail[-1].key in ("right", "no", "eh")):
        yield Loss("question", tail[0].key)


def _phrases(items: Sequence[Item], parts: Sequence[range]) -> Iterator[Loss]:
    """Phrases that hedge wherever they stand: "in theory", "as far as I know"."""
    for number, clause in enumerate(parts):
        around = parts[max(number - 1, 0) : number + 3] if len(clause) <= _ASIDE else [clause]
        if not any(any_kept(items, near) for near in around):
            continue
        for n in clause:
            yield from (Loss("hedge", " ".join(p)) for p in lexicon.PHRASES if _omits(items, n, p))


def _omits(items: Sequence[Item], n: int, phrase: tuple[str, ...]) -> bool:
    """Whether a phrase stands there, and all of it is left out."""
    if items[n].key != phrase[0]:
        return False
    words = items[n : n + len(phrase)]
    return tuple(w.key for w in words) == phrase and not any(w.kept for w in words)


def _restrictions(items: Sequence[Item], parts: Sequence[range]) -> Iterator[Loss]:
    """What tells how far a negation goes, or who is meant by everyone: "not on a Sunday",
    "everyone who asks"."""
    for n in range(1, len(items)):
        item = items[n]
        if item.kept or not items[n - 1].kept:
            continue
        clause = next(part for part in parts if n - 1 in part)
        before = [i.key for i in items[clause[0] : n] if i.kept]
        if item.key == "or" and not _denies(before):
            yield Loss("alternative", "or")
        if PAUSE.search(item.before) or (item.key == "that" and _takes_a_clause(before[-1])):
            continue
        if _restricts(items, n) and _denies(before[-_NEGATED:]):
            yield Loss("restriction", item.key)
        if item.key in lexicon.WHICH and lexicon.ALL.intersection(before[-_NAMED:]):
            yield Loss("restriction", item.key)


def _restricts(items: Sequence[Item], n: int) -> bool:
    """Whether "on a Sunday" or "to my face" begins there, and no "to go"."""
    key, after = items[n].key, key_at(items, n + 1)
    return key in lexicon.RESTRICTING or (key == "to" and after in lexicon.DETERMINERS)


def _denies(keys: Sequence[str]) -> bool:
    return any(key in lexicon.NOT or key.endswith("n't") for key in keys)


def _takes_a_clause(key: str) -> bool:
    """Whether "that" after a word begins what somebody was told, and not which one is meant."""
    return key in lexicon.COMMON | lexicon.SUPPOSING or key.endswith("ed")
