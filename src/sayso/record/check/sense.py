"""Whether what a quotation leaves out of a printed sentence carries its sense.

No parser: the sentence is cut into clauses at its punctuation and conjunctions, and each word
left out that can turn a sense (a negation, a condition, a hedge, a doubt, whose word it is) is
asked whether it governs something that was kept. When in doubt it does: a quotation that is
called altered is looked at by a person, one that passes is printed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.record.check import lexicon

Kind = Literal[
    "negation", "condition", "hedge", "doubt", "report", "question", "amount", "wish", "modal"
]


@dataclass(frozen=True, slots=True)
class Item:
    """A word of a printed sentence: what stands before it, and whether the quotation has it."""

    key: str
    kept: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """What was left out, and what it is."""

    kind: Kind
    word: str

    def __str__(self) -> str:
        return f"{self.kind} left out: {self.word}"


_ELLIPTIC = 3
"""Words up to which "but won't" and the like only answer the clause before."""
_ASIDE, _SHORT = 7, 5
"""Words up to which a clause is an aside, and up to which one with a verb is."""
_IN_ASIDES = lexicon.HEDGES - lexicon.BOUNDS - {"former", "only"}
_ENDS_CLAUSE = re.compile(r"[;:()\[\]—–,]|\s-{1,2}\s|\.\.\.|…")
_TAG = re.compile(r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)n't")


def loss(items: Sequence[Item], end: str = "", *, asks: bool = False) -> Loss | None:
    """What of a sentence's sense goes with the words left out; None where none does.

    `end` is the sentence's closing punctuation; `asks` whether the quotation asks as well.
    """
    if all(item.kept for item in items) or not any(item.kept for item in items):
        return None
    if "?" in end and not asks and (found := _question(items)):
        return found
    clauses = _clauses(items)
    for number, clause in enumerate(clauses):
        if found := _of_clause(items, clauses, number, clause):
            return found
    return None


def _question(items: Sequence[Item]) -> Loss | None:
    tail = [item for item in items[-3:] if not item.kept]
    kept = [clause for clause in _clauses(items) if any(items[n].kept for n in clause)]
    if not items[0].kept and not all(_grounds(items, clause) for clause in kept):
        return Loss("question", items[0].key)
    if tail and (any(_TAG.fullmatch(i.key) for i in tail) or tail[-1].key in ("right", "no", "eh")):
        return Loss("question", tail[0].key)
    return None


def _grounds(items: Sequence[Item], clause: range) -> bool:
    return items[clause[0]].key in lexicon.GROUNDS


def _clauses(items: Sequence[Item]) -> list[range]:
    """The positions of each clause's words."""
    starts = [0]
    for n in range(1, len(items)):
        if _begins(items, n) and n > starts[-1]:
            starts.append(n)
    return [range(a, b) for a, b in zip(starts, [*starts[1:], len(items)], strict=True)]


def _begins(items: Sequence[Item], n: int) -> bool:
    key, after = items[n].key, items[n + 1].key if n + 1 < len(items) else ""
    if _ENDS_CLAUSE.search(items[n].before):
        return True
    if key in lexicon.SUBORDINATORS:
        return True
    if key == "as":
        return after in lexicon.SUBJECTS or _subject_and_verb([i.key for i in items[n + 1 : n + 4]])
    if key in lexicon.CONDITIONS | lexicon.TIMES:
        return items[n - 1].key not in lexicon.CONCESSIVE and after != ""
    if key in lexicon.COORDINATORS:
        return (
            after in lexicon.SUBJECTS
            or after in lexicon.CONDITIONS
            or lexicon.negates(after)
            or key == "but"
            or after in lexicon.VERBS
            or _subject_and_verb([item.key for item in items[n + 1 : n + 4]])
        )
    return False


def _subject_and_verb(keys: Sequence[str]) -> bool:
    """Whether words begin like "dull is" or "the firm wants"."""
    return any(key in lexicon.VERBS for key in keys[1:]) and keys[0] not in lexicon.VERBS


def _of_clause(
    items: Sequence[Item], clauses: Sequence[range], number: int, clause: range
) -> Loss | None:
    if all(items[n].kept for n in clause):
        return None
    if any(items[n].kept for n in clause):
        return next(filter(None, (_governing(items, clause, n) for n in clause)), None)
    beside = [
        side
        for side in (number - 1, number + 1)
        if 0 <= side < len(clauses) and any(items[n].kept for n in clauses[side])
    ]
    if not beside:
        return None
    return _around(items, clauses, number, beside)


def _governing(items: Sequence[Item], clause: range, n: int) -> Loss | None:
    """What an omitted word does to the rest of its own clause."""
    item = items[n]
    if item.kept:
        return None
    key = item.key
    kept_before = any(items[m].kept for m in clause if m < n)
    following = next((m for m in clause if m > n and items[m].kept), None)
    adjacent = following is not None and following - n <= 2
    claims = _claims(items, clause)
    if lexicon.negates(key) and not _of_phrase(items, n, following):
        return Loss("negation", key) if claims or adjacent or kept_before else None
    if not claims and not adjacent and not kept_before:
        return None
    if key in lexicon.WISHES | lexicon.SUPPOSING and _in_relative(items, n):
        return None
    after = items[n + 1].key if n + 1 < len(items) else ""
    if key in lexicon.CONDITIONS and (n == 0 or items[n - 1].key not in lexicon.CONCESSIVE):
        return Loss("condition", key)
    if _softens(items, n):
        return Loss("hedge", f"{items[n - 1].key} {key}" if after != "of" else f"{key} of")
    if key in lexicon.DOUBTS:
        return Loss("doubt", key) if following is not None or kept_before else None
    if key in lexicon.WISHES and _to_follows(items, n):
        return Loss("wish", key) if kept_before else None
    if key in lexicon.SUPPOSING and following is None:
        return None
    if key in lexicon.HEDGES and not (key in lexicon.BOUNDS and not _amount(items, n)):
        return Loss("hedge", key)
    if key in lexicon.REPORTS and following is not None and not _own_word(items, n):
        return Loss("report", key)
    if key in lexicon.MODALS or key.endswith("'d"):
        return Loss("modal", key) if kept_before or adjacent else None
    if key in lexicon.WILL or key.endswith("'ll"):
        return Loss("modal", key) if kept_before else None
    if key in lexicon.QUANTITIES and (after == "of" or adjacent):
        return Loss("amount", key)
    if key in lexicon.BOUNDS and _amount(items, n):
        return Loss("amount", key)
    if key == "than" and kept_before:
        return Loss("amount", key)
    if key in lexicon.COMPARED and following == n + 1 and key != "as":
        return Loss("amount", key)
    return None


def _of_phrase(items: Sequence[Item], n: int, following: int | None) -> bool:
    """Whether a negating word only belongs to a phrase that is left out with it: "the wrong
    door", "for lack of sleep"."""
    key, before = items[n].key, items[n - 1].key if n else ""
    if n + 1 == len(items) or items[n + 1].kept:
        return False
    if key == "lack":
        return items[n + 1].key == "of" and following is None
    return key in lexicon.MISFITS and before in lexicon.DETERMINERS


def _around(
    items: Sequence[Item], clauses: Sequence[range], number: int, beside: Sequence[int]
) -> Loss | None:
    """What a clause that is left out whole does to the clauses beside it."""
    clause = clauses[number]
    keys = [items[n].key for n in clause]
    lead = 1 if keys[0] in lexicon.COORDINATORS and len(keys) > 1 else 0
    first = keys[lead]
    if first in lexicon.CONDITIONS or (
        first == "as" and keys[lead + 1 : lead + 3] in (["long", "as"],)
    ):
        return Loss("condition", first)
    if first in ("so", "as") and keys[lead + 1 : lead + 3] == ["long", "as"]:
        return Loss("condition", " ".join(keys[lead : lead + 3]))
    if keys[0] == "but" and beside[0] < number and _exception(items, clauses[beside[0]], keys):
        return Loss("condition", "but")
    if first in lexicon.TIMES and not _past(keys):
        if "," in items[clause[0]].before and beside[0] < number:
            return None
        if first in ("after", "before") and not _future(items, clauses, beside):
            return None
        return Loss("condition", first)
    if first in ("although", "though", "while", "whereas", "because", "since", "even"):
        return None
    if first in lexicon.RELATIVES and beside[0] < number:
        return None
    if found := _aside(keys, lead):
        return found
    after_it = [side for side in beside if side > number]
    if after_it and (keys[-1] == "that" or items[clauses[after_it[0]][0]].key == "that"):
        return _first_turn(keys)
    before_it = [side for side in beside if side < number]
    if lead and first in lexicon.VERBS and len(keys) > _ELLIPTIC:
        return None
    if before_it and first not in lexicon.SUBJECTS and not _own_subject(keys, lead):
        return _first_turn(keys[lead:])
    return None


def _exception(items: Sequence[Item], kept: range, keys: Sequence[str]) -> bool:
    """ "But that", after "everything": it has no verb of its own."""
    said = {items[n].key for n in kept if items[n].kept}
    own = any(key in lexicon.VERBS or lexicon.negates(key) for key in keys) or _past(keys)
    return bool(said & lexicon.ALL) and not own


def _aside(keys: Sequence[str], lead: int) -> Loss | None:
    """A short clause such as "I think", "they tell me", "in our view", "apparently"."""
    if len(keys) > _ASIDE:
        return None
    own = bool(set(keys) & lexicon.FIRST) and not ("told" in keys and "am" in keys)
    for place, key in enumerate(keys):
        if lead and _feels_like(keys, place):
            continue
        if key in lexicon.OPINIONS and keys[lead] in ("in", "to"):
            return Loss("hedge", key)
        if key in _IN_ASIDES and (key not in lexicon.SUPPOSING or len(keys) - lead <= _SHORT):
            return Loss("hedge", key)
        hearsay = key in lexicon.REPORTS and (not own or key in ("told", "hear", "heard"))
        if hearsay and (lead or len(keys) <= _SHORT) and keys[lead] != "as":
            return Loss("report", key)
    return None


def _first_turn(keys: Sequence[str]) -> Loss | None:
    for key in keys:
        if lexicon.negates(key):
            return Loss("negation", key)
        if key in lexicon.CONDITIONS:
            return Loss("condition", key)
        if key in lexicon.DOUBTS:
            return Loss("doubt", key)
        if key in lexicon.HEDGES and key not in lexicon.BOUNDS:
            return Loss("hedge", key)
        if key in lexicon.REPORTS:
            return Loss("report", key)
    return None


def _claims(items: Sequence[Item], clause: range) -> bool:
    """Whether what is kept of a clause says something, and isn't a mere phrase."""
    kept = [items[n].key for n in clause if items[n].kept]
    return any(
        key in lexicon.VERBS or key in ("i", "we", "they", "he", "she") for key in kept
    ) or any(key.endswith("ed") and len(key) > 4 for key in kept)


def _own_subject(keys: Sequence[str], lead: int) -> bool:
    """Whether a clause has a subject and a verb of its own."""
    for place, key in enumerate(keys[lead:], start=lead):
        if key in lexicon.VERBS or key.endswith("n't"):
            return place > lead
    return False


def _softens(items: Sequence[Item], n: int) -> bool:
    """ "A bit", "kind of", but no "what kind of"."""
    key, before = items[n].key, items[n - 1].key if n else ""
    after = items[n + 1].key if n + 1 < len(items) else ""
    if key in ("kind", "sort") and after == "of":
        return before not in lexicon.POINTING
    return key in lexicon.DEGREES and before == "a" and not items[n - 1].kept


def _to_follows(items: Sequence[Item], n: int) -> bool:
    return any(items[m].key == "to" for m in range(n + 1, min(n + 3, len(items))))


def _in_relative(items: Sequence[Item], n: int) -> bool:
    """Whether a word left out belongs to a relative clause that is left out whole: "the thing
    that I want to stress is …"."""
    first, last = n, n
    while first and not items[first - 1].kept:
        first -= 1
    while last + 1 < len(items) and not items[last + 1].kept:
        last += 1
    if not first or last + 1 == len(items) or items[last + 1].key not in lexicon.FINITE:
        return False
    noun, who, whose = (items[m].key for m in range(first - 1, first + 2))
    verbs = lexicon.VERBS | lexicon.REPORTS | lexicon.SUPPOSING | lexicon.WISHES | lexicon.DOUBTS
    return (
        first + 1 < n
        and who in ("that", "which", "who", "whom")
        and whose in lexicon.SUBJECTS
        and noun not in verbs | lexicon.SUBJECTS
    )


def _feels_like(keys: Sequence[str], place: int) -> bool:
    """ "But it felt like the first time", and no "it felt like we had lost"."""
    after = keys[place + 2 :]
    return (
        keys[place] in ("feel", "feels", "felt")
        and keys[place + 1 : place + 2] == ["like"]
        and bool(after)
        and after[0] not in lexicon.SUBJECTS - lexicon.listed("the a an my our your his her its")
        and not lexicon.VERBS & set(after)
    )


def _own_word(items: Sequence[Item], n: int) -> bool:
    """ "I say", "I can tell you", "I told them": the speaker's own word, and no hearsay."""
    around = [items[m].key for m in range(max(0, n - 2), n)]
    if items[n].key in ("hear", "heard", "told") and set(around) & lexicon.listed(
        "am i'm been was were are"
    ):
        return False
    if items[n].key in ("hear", "heard"):
        return False
    return bool(set(around) & lexicon.FIRST) and not set(around) & lexicon.listed(
        "to would could love like"
    )


def _amount(items: Sequence[Item], n: int) -> bool:
    """Whether a word such as "about" stands before an amount: in the next words is a number."""
    near = [items[m].key for m in range(n + 1, min(n + 4, len(items)))]
    return any(key[:1].isdigit() or key in ("all", "every", "half", "everyone") for key in near)


def _past(keys: Sequence[str]) -> bool:
    return any(key in lexicon.PASTS or (key.endswith("ed") and len(key) > 4) for key in keys)


def _future(items: Sequence[Item], clauses: Sequence[range], beside: Sequence[int]) -> bool:
    kept = [items[n].key for side in beside for n in clauses[side] if items[n].kept]
    return any(key in lexicon.MODALS | lexicon.WILL or key.endswith("'ll") for key in kept)
