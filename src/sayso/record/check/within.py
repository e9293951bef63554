"""What a word that is left out does to the rest of its own clause."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sayso.record.check import lexicon
from sayso.record.check.clauses import Item, Loss, key_at

_SCOPE = 4
"""Words before "always" and the like in which a negation makes "not always" of it."""


def losses(items: Sequence[Item], clause: range) -> Iterator[Loss]:
    """What is lost with the words of a clause of which others were kept."""
    kept = [n for n in clause if items[n].kept]
    claims = _claims(items, kept)
    for n in clause:
        if not items[n].kept and (found := _governing(items, clause, n, kept, claims=claims)):
            yield found


def _governing(
    items: Sequence[Item], clause: range, n: int, kept: Sequence[int], *, claims: bool
) -> Loss | None:
    """What is lost with a word; `kept` are the positions of those that were kept, `claims` is
    whether they say something."""
    key, after = items[n].key, key_at(items, n + 1)
    kept_before = kept[0] < n
    following = kept[bisect_right(kept, n)] if n < kept[-1] else None
    adjacent = following is not None and following - n <= 2
    touches = adjacent or kept_before or claims
    if _affirms(items, n):
        return None
    if lexicon.negates(key) and not _of_phrase(items, n, following):
        return Loss("negation", key) if touches else None
    if (key in lexicon.MODALS | lexicon.WILL or key.endswith(("'d", "'ll"))) and (
        found := _of_modal(items, n, kept_before=kept_before)
    ):
        return found
    if not touches:
        return None
    if key in lexicon.WISHES | lexicon.SUPPOSING and _in_relative(items, n):
        return None
    if _is_condition(items, n, following):
        return Loss("condition", key)
    if _concedes(items, clause, n):
        return Loss("concession", key)
    if _softens(items, n):
        return Loss("hedge", f"{key_at(items, n - 1)} {key}" if after != "of" else f"{key} of")
    if key in lexicon.DOUBTS:
        return Loss("doubt", key) if following is not None or kept_before else None
    if key in lexicon.WISHES and _to_follows(items, n):
        return Loss("wish", key) if kept_before and _verb_is_kept(items, n) else None
    if key in lexicon.INCLINED and adjacent and items[following or n].key.endswith("ing"):
        return Loss("wish", key) if kept_before else None
    if key in lexicon.SUPPOSING and following is None:
        return None
    if key in lexicon.HEDGES or _compares(items, n):
        return Loss("hedge", key)
    if key in lexicon.SCOPED and _negated(items, clause, n):
        return Loss("restriction", key)
    if key in lexicon.REPORTS and following is not None and not _own_word(items, n):
        return Loss("report", key)
    return _of_amount(items, n, following, kept_before=kept_before)


def _is_condition(items: Sequence[Item], n: int, following: int | None) -> bool:
    """ "If"; "even if" and "as if", "as though" only where what they open is kept."""
    key, before = items[n].key, key_at(items, n - 1)
    if key in lexicon.CONDITIONS and before not in lexicon.CONCESSIVE:
        return True
    opens = key in lexicon.CONDITIONS or (key == "though" and before == "as")
    return opens and following is not None


def _of_modal(items: Sequence[Item], n: int, *, kept_before: bool) -> Loss | None:
    """A modal only counts where its verb is kept."""
    key = items[n].key
    modal = key in lexicon.MODALS or key.endswith("'d")
    return Loss("modal", key) if _verb_is_kept(items, n) and (modal or kept_before) else None


def _verb_is_kept(items: Sequence[Item], n: int) -> bool:
    """Whether the verb of a modal is kept, be it after others: "might have been closed"."""
    before = ""
    for item in items[n + 1 :]:
        if item.kept:
            return not (before in lexicon.HAVING and item.key in lexicon.DETERMINERS)
        if item.key not in lexicon.BEFORE_VERBS and not item.key.endswith("ly"):
            return False
        before = item.key
    return False


def _of_amount(
    items: Sequence[Item], n: int, following: int | None, *, kept_before: bool
) -> Loss | None:
    key, after = items[n].key, key_at(items, n + 1)
    adjacent = following is not None and following - n <= 2
    if key in lexicon.QUANTITIES and (after == "of" or adjacent):
        return Loss("amount", key)
    if key in lexicon.BOUNDS and (_number_follows(items, n) or key_at(items, n - 1) == "at"):
        return Loss("amount", key)
    if kept_before and following is not None and (key, after) in lexicon.OF_SEVERAL:
        return Loss("amount", f"{key} {after}")
    if key == "than" and _comparison_is_kept(items, n, following):
        return Loss("amount", key)
    if key in lexicon.COMPARED and following == n + 1:
        return Loss("amount", key)
    return None


def _comparison_is_kept(items: Sequence[Item], n: int, following: int | None) -> bool:
    """Whether what is compared is kept: "less dangerous than", "more than ten"."""
    if following is not None and following == n + 1 and _number_follows(items, n):
        return True
    compared = [
        item.kept
        for item in items[:n]
        if item.key in lexicon.COMPARED or item.key.endswith("er") or item.key in ("rather", "else")
    ]
    return compared[-1] if compared else any(item.kept for item in items[:n])


def _affirms(items: Sequence[Item], n: int) -> bool:
    """Whether a negation is none: "not only … but", "no doubt that", "not least"."""
    for m in (n, n - 1, n - 2):
        if m < 0 or not lexicon.negates(items[m].key):
            continue
        following = [item.key for item in items[m + 1 : m + 3]]
        if n - m <= 1 and following[:1] in (["only"], ["just"], ["merely"], ["simply"]):
            return any(item.key == "but" for item in items[n:])
        if n - m <= 1 and following[:1] == ["least"]:
            return True
        cancelled = [k for k, key in enumerate(following, start=m + 1) if key in lexicon.DENIED]
        if cancelled and n in (m, cancelled[0]) and not items[cancelled[0]].kept:
            return not items[m].kept
    return False


def _concedes(items: Sequence[Item], clause: range, n: int) -> bool:
    """Whether what the sentence concedes at its start is all that is kept of it."""
    return (
        items[n].key in ("while", "although", "though", "whereas")
        and n == clause[0]
        and (n == 0 or (n == 1 and items[0].key in lexicon.COORDINATORS))
        and clause.stop < len(items)
        and not any(item.kept for item in items[clause.stop :])
    )


def _of_phrase(items: Sequence[Item], n: int, following: int | None) -> bool:
    """Whether a negating word only belongs to a phrase that is left out with it: "the wrong
    door", "for lack of sleep"."""
    key, before = items[n].key, key_at(items, n - 1)
    if n + 1 == len(items) or items[n + 1].kept:
        return False
    if key == "lack":
        return items[n + 1].key == "of" and following is None
    return key in lexicon.MISFITS and before in lexicon.DETERMINERS


def _claims(items: Sequence[Item], kept: Sequence[int]) -> bool:
    """Whether what is kept of a clause says something, and isn't a mere phrase."""
    keys = [items[n].key for n in kept]
    return any(
        key in lexicon.VERBS or key in ("i", "we", "they", "he", "she") for key in keys
    ) or any(key.endswith("ed") and len(key) > 4 for key in keys)


def _softens(items: Sequence[Item], n: int) -> bool:
    """ "A bit", "kind of", but no "what kind of"."""
    key, before, after = items[n].key, key_at(items, n - 1), key_at(items, n + 1)
    if key in ("kind", "sort") and after == "of":
        return before not in lexicon.POINTING
    return key in lexicon.DEGREES and before == "a" and not items[n - 1].kept


def _compares(items: Sequence[Item], n: int) -> bool:
    """ "It looks like …", where what it looks like is kept."""
    return items[n].key in lexicon.LOOKS and key_at(items, n + 1) in ("like", "as")


def _negated(items: Sequence[Item], clause: range, n: int) -> bool:
    near = [items[m] for m in clause if n - _SCOPE <= m < n]
    return any(item.kept and lexicon.negates(item.key) for item in near)


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


def _own_word(items: Sequence[Item], n: int) -> bool:
    """ "I say", "I can tell you", "I am proud to say": the speaker's own word, and no hearsay."""
    around = {items[m].key for m in range(max(0, n - 2), n)}
    if items[n].key in ("hear", "heard"):
        return False
    if items[n].key == "told" and around & lexicon.listed("am i'm been was were are"):
        return False
    if "to" in around and around & lexicon.listed("proud happy glad pleased delighted sorry sad"):
        return True
    return bool(around & lexicon.FIRST) and not around & lexicon.listed("to would could love like")


def _number_follows(items: Sequence[Item], n: int) -> bool:
    """Whether a word such as "about" stands before an amount: in the next words is a number."""
    near = [items[m].key for m in range(n + 1, min(n + 4, len(items)))]
    return any(key[:1].isdigit() or key in ("all", "every", "half", "everyone") for key in near)
