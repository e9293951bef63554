"""A printed sentence cut into clauses, at its punctuation and conjunctions: no parser."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.record.check import lexicon

Kind = Literal[
    "negation", "condition", "hedge", "doubt", "report", "question", "amount", "wish", "modal",
    "restriction", "concession", "alternative",
]  # fmt: skip

PAUSE = re.compile(r"[;:()\[\]—–,]|\s-{1,2}\s|\.\.\.|…")


@dataclass(frozen=True, slots=True)
class Item:
    """A word of a printed sentence: what stands before it, and whether the quotation has it."""

    key: str
    kept: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """What of the sense was left out, and the word that carries it."""

    kind: Kind
    word: str

    def __str__(self) -> str:
        return f"{self.kind} left out: {self.word}"


def clauses(items: Sequence[Item]) -> list[range]:
    """The positions of each clause's words."""
    starts = [0]
    for n in range(1, len(items)):
        if _begins(items, n) and n > starts[-1]:
            starts.append(n)
    return [range(a, b) for a, b in zip(starts, [*starts[1:], len(items)], strict=True)]


def key_at(items: Sequence[Item], n: int) -> str:
    """The word there; empty where the sentence has none."""
    return items[n].key if 0 <= n < len(items) else ""


def any_kept(items: Sequence[Item], places: range) -> bool:
    return any(items[n].kept for n in places)


def _begins(items: Sequence[Item], n: int) -> bool:
    key, after = items[n].key, key_at(items, n + 1)
    following = [item.key for item in items[n + 1 : n + 4]]
    if PAUSE.search(items[n].before) or key in lexicon.SUBORDINATORS:
        return True
    if key == "as":
        return after in lexicon.SUBJECTS or _subject_and_verb(following)
    if key in lexicon.CONDITIONS | lexicon.TIMES:
        return items[n - 1].key not in lexicon.CONCESSIVE and after != ""
    if key in lexicon.COORDINATORS:
        opens = lexicon.SUBJECTS | lexicon.CONDITIONS | lexicon.VERBS
        return (
            after in opens or lexicon.negates(after) or key == "but" or _subject_and_verb(following)
        )
    return False


def _subject_and_verb(keys: Sequence[str]) -> bool:
    """Whether words begin like "dull is" or "the firm wants", and not like "Ida to be"."""
    verbs = [n for n, key in enumerate(keys) if key in lexicon.VERBS]
    return bool(verbs) and verbs[0] > 0 and keys[verbs[0] - 1] != "to"
